"""The conversation guide: questions with their closed figure, plans, agreements."""

from __future__ import annotations

import pytest
from sample import SAMPLES, Builder, small
from test_pages import pages, parts

from lcdiag.base.text import resolve
from lcdiag.views.blocks import Agreements, Asked, MeetingTools, Variants
from lcdiag.views.figures import Contrasts, Strips
from lcdiag.views.pages.guide import PLANS
from lcdiag.views.reading import latest
from lcdiag.views.render import render_dashboard


@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_of_a_question_is_one_row_of_released_cells(name: str) -> None:
    diagnosis = SAMPLES[name]()
    reading = latest(diagnosis, diagnosis.communities[0])
    asked = list(parts(pages(diagnosis)["guide"], Asked))
    assert 3 <= len(asked) <= 5
    for one in asked:
        if one.figure is None:
            assert one.guess_axis is None
            continue
        chart = one.figure.chart
        assert isinstance(chart, Strips | Contrasts)
        assert len(chart.rows) == 1
        if isinstance(chart, Strips):
            assert one.guess_axis == chart.axis
            label = resolve(chart.rows[0].label, "nl")
            scale = next(s for s in reading.scales() if s.label["nl"] == label)
            assert chart.rows[0].cell == reading.cell("mean", scale.id)


def test_plans_last_as_long_as_they_say() -> None:
    (plans,) = parts(pages(small())["guide"], Variants)
    for (minutes, parts_of), (name, blocks) in zip(PLANS.items(), plans.parts, strict=True):
        assert sum(parts_of.values()) == minutes
        assert str(minutes) in resolve(name, "nl")
        assert len(blocks[0].rows) == len(parts_of)
    assert resolve(plans.parts[plans.opened][0], "nl") == "Plan voor 60 minuten"


def test_notes_of_two_reports_do_not_meet() -> None:
    (one,) = parts(pages(small())["guide"], MeetingTools)
    (again,) = parts(pages(small())["guide"], MeetingTools)
    (other,) = parts(pages(Builder(waves=(1,)).build())["guide"], MeetingTools)
    assert one.keep == again.keep != other.keep
    assert "Warmte" not in one.keep


def test_a_file_of_agreements_is_about_the_wave_that_was_talked_about() -> None:
    diagnosis = small()
    (sheet,) = parts(pages(diagnosis)["guide"], Agreements)
    assert (sheet.community, sheet.wave) == (diagnosis.communities[0], 2)


def test_without_the_script_there_are_lines_and_no_fields_to_be_seen() -> None:
    diagnosis = small()
    html = render_dashboard(diagnosis, diagnosis.communities[0], explore=False)
    sheet = html.split('class="agree"')[1].split("</section>")[0]
    assert sheet.count("<i></i>") == 8
    for part in sheet.split("<input")[:-1]:
        assert 'class="fields js"' in part or "<label" in part
