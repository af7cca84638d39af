from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from planned_designs import design, report_of
from planned_widths import TABLES, Key, Strips, strips, study_of_sizes

import lcdiag
from lcdiag.base.errors import LcdiagError
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.outlook.plan import plan_study
from lcdiag.planning.plan_model import Plan
from lcdiag.planning.truth_file import SpreadStated, StatedWorld
from lcdiag.views.extents import page_states, row_states
from lcdiag.views.plain import plain_text
from lcdiag.views.plan_pages import plan_pages, render_plan

DESIGNS = range(1, 31)
OTHER = 100
"""Reports are made of answers with other starts than the plan's own."""


@pytest.fixture(scope="module")
def planned() -> dict[int, tuple[Plan, Diagnosis]]:
    """Return the plan of each design, of one draw, and the report on other answers."""
    found = {}
    for number in DESIGNS:
        study, world = design(number)
        plan = plan_study(study, world=world, starts=(1,))
        found[number] = (plan, report_of(study, world, OTHER + number))
    return found


def test_pages_that_the_plan_calls_shown_or_hidden_are_so_in_the_report(
    planned: dict[int, tuple[Plan, Diagnosis]],
) -> None:
    states = defaultdict[str, int](int)
    for number, (plan, report) in planned.items():
        assert report.communities == tuple(one.name for one in plan.communities)
        for one in plan.communities:
            told = {(page.page, page.wave): page.state for page in one.pages}
            seen = {(page.page, page.wave): page.state for page in page_states(report, one.name)}
            assert told == seen, f"design {number}, {one.name}"
            for state in told.values():
                states[state] += 1
    assert min(states[name] for name in ("shown", "hidden", "not-asked", "later")) >= 10


def test_rows_that_the_plan_calls_shown_or_hidden_are_nearly_always_so(
    planned: dict[int, tuple[Plan, Diagnosis]],
) -> None:
    right, shown = [], 0
    for plan, report in planned.values():
        for one in plan.communities:
            seen = {
                (row.unit.kind, row.unit.name, row.wave): row.shown
                for row in row_states(report, one.name)
            }
            for row in one.rows:
                if row.state != "depends":
                    there = seen.get((row.kind, row.name, row.wave), False)
                    right.append(there == (row.state == "shown"))
                    shown += row.state == "shown"
    assert len(right) > 400
    assert shown > 50
    assert np.mean(right) >= 0.97, "a rounded row that protects another can fall either way"


@pytest.mark.parametrize("number", [3, 7, 12])
def test_a_hidden_page_has_no_figure_in_the_file_that_is_handed_out(
    number: int, planned: dict[int, tuple[Plan, Diagnosis]]
) -> None:
    plan, report = planned[number]
    for one in plan.communities:
        last = max(page.wave for page in one.pages)
        text = lcdiag.render(report, one.name, explore=False)
        for page in one.pages:
            if page.wave != last or page.state not in ("shown", "hidden"):
                continue
            section = re.search(rf'<section id="{page.page}".*?</section>', text, re.DOTALL)
            section = section or re.search(
                rf'<section[^>]* id="{page.page}"[^>]*>.*?</section>', text, re.DOTALL
            )
            figures = 0 if section is None else section[0].count("<figure")
            assert (figures > 0) == (page.state == "shown"), (number, one.name, page.page)


@pytest.fixture(scope="module")
def widths() -> Mapping[Key, Strips]:
    """Return expected and released widths by statistic, kind of unit and size class."""
    study = study_of_sizes()
    world = StatedWorld(spread=SpreadStated(missing=0.01), turnover=0.1)
    return strips(plan_study(study, world=world), study, world, range(101, 113))


@pytest.mark.parametrize("statistic", ["mean", "perception_gap", "abilene_gap", "change"])
def test_expected_widths_agree_with_reports_within_a_tenth(
    statistic: str, widths: Mapping[Key, Strips]
) -> None:
    classes = {key: pair for key, pair in widths.items() if key[0] == statistic}
    assert len(classes) >= 3
    for key, pair in classes.items():
        assert len(pair.seen) >= 40, key
        assert pair.ratio() == pytest.approx(1, abs=0.10), key


def test_a_plan_is_whole_and_comes_back_from_its_json() -> None:
    study = study_of_sizes()
    plan = lcdiag.plan(study, people=80)
    assert Plan.from_json(plan.to_json()) == plan
    assert [one.name for one in plan.communities] == [f"C{place}" for place in range(len(TABLES))]
    assert plan.ratings == len(study.questionnaire.codes)
    assert plan.minutes == study.questionnaire.minutes
    assert all(len(one.power) == 2 for one in plan.communities)
    for one in plan.communities:
        for at in one.power:
            assert (at.share is None) == (at.n < plan.paired), "no gap is shown, none is seen"
            assert (at.absent == "too-few-answers") == (at.n < plan.paired)
    strips = [line.width for line in plan.sizes]
    assert strips == sorted(strips, reverse=True), "more answers, narrower strips"


def test_the_same_study_gives_the_same_plan() -> None:
    study, world = design(20)
    one, again = (lcdiag.plan(study, truth=world).to_json() for _ in range(2))
    assert one == again


def test_more_response_shows_more_and_is_narrower() -> None:
    study = study_of_sizes()
    half, all_ = (
        plan_study(study, world=StatedWorld(response=share), starts=(1,)) for share in (0.4, 1.0)
    )

    def shown(plan: Plan) -> int:
        return sum(page.state == "shown" for one in plan.communities for page in one.pages)

    def width(plan: Plan) -> float:
        whole = [w for w in plan.communities[-1].widths if w.kind == "community"]
        return float(np.mean([w.width for w in whole if w.statistic == "mean"]))

    assert shown(half) < shown(all_)
    assert width(all_) < width(half)
    chances = [(one.waves[0].chance_shown, one.waves[0].chance_exact) for one in half.communities]
    assert all(0 <= exact <= enough <= 1 for enough, exact in chances)
    assert all(one.waves[0].chance_shown == 1 for one in all_.communities)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_design_makes_a_whole_page_and_text(
    language: str, planned: dict[int, tuple[Plan, Diagnosis]]
) -> None:
    for plan, _ in list(planned.values())[:8]:
        text = plain_text(plan_pages(plan), language)
        page = render_plan(plan, language)
        assert "{" not in text
        assert f'lang="{language}"' in page
        assert page.count("<figure") >= 1 or not plan.sizes
        for one in plan.communities:
            assert one.name in text


def test_a_plan_without_people_says_what_to_do() -> None:
    study, _ = design(1)
    with pytest.raises(LcdiagError) as refused:
        plan_study(replace(study, roster=()))
    assert [one.code for one in refused.value.findings] == ["planning.no-people"]
