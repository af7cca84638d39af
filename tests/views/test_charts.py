from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from engine_sample import AXIS, HIDDEN, cell, charts, counts, w
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.text import Text, resolve
from lcdiag.views import figures as f
from lcdiag.views.charts.counts import COLORS, reach, segments, tones
from lcdiag.views.charts.waves import HEIGHT
from lcdiag.views.drawing import percent, share, steps
from lcdiag.views.frame import kind_of, kinds
from lcdiag.views.html import Speech

NAMES = sorted(charts())


def drawn(chart: f.Chart) -> str:
    return str(kind_of(chart).draw(chart, Speech(("nl", "en"))))


def rows_of(chart: f.Chart, language: str = "nl") -> list[list[str]]:
    table = kind_of(chart).table(chart)
    return [[resolve(text, language) for text in row] for row in table.rows]


def value_at(place: str, axis: f.Axis) -> float:
    return axis.low + float(place.rstrip("%")) / 100 * (axis.high - axis.low)


def test_every_kind_of_figure_has_one_drawer() -> None:
    assert set(kinds()) == set(get_args(f.Chart))
    with pytest.raises(TypeError, match="draws object"):
        kind_of(object())


@pytest.mark.parametrize("name", NAMES)
def test_marks_are_well_formed_and_never_styled_by_attribute(name: str) -> None:
    class Check(HTMLParser):
        open_: list[str]

        def __init__(self) -> None:
            super().__init__()
            self.open_ = []

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            assert "style" not in dict(attrs)
            assert not any(key.startswith("on") for key, _ in attrs)
            self.open_.append(tag)

        def handle_startendtag(self, tag: str, attrs: Any) -> None:
            assert "style" not in dict(attrs)

        def handle_endtag(self, tag: str) -> None:
            assert self.open_.pop() == tag

    check = Check()
    check.feed(drawn(charts()[name]))
    assert check.open_ == []


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_rectangular_and_hide_nothing_as_zero_or_blank(name: str) -> None:
    table = kind_of(charts()[name]).table(charts()[name])
    for row in table.rows:
        assert len(row) == len(table.head)
        for language in ("nl", "en"):
            assert all(resolve(text, language).strip(" -–—") for text in row)


def test_the_table_of_strips_can_be_rebuilt_from_the_marks() -> None:
    chart = charts()["strips"]
    html = drawn(chart)
    rows = re.split(r'class="l"', html)[1:]
    for row, cells in zip(rows, rows_of(chart, "en"), strict=True):
        if not re.match(r"[−\d.]+$", cells[1]):
            assert cells[1] in {"niet getoond", "not shown, to protect people", "no number"}
            assert "<circle" not in row.split('class="a"')[0]
            continue
        (dot,) = re.findall(r'class="m" cx="([\d.]+%)"', row.split('class="key"')[0])
        assert value_at(dot, AXIS) == pytest.approx(float(cells[1]), abs=0.051)
        for class_, text in (("b5", cells[2]), ("b9", cells[3])):
            x, width = re.findall(rf'class="{class_}" x="([\d.]+)%" width="([\d.]+)%"', row)[0]
            low, high = (float(part) for part in text.split(" to "))
            assert value_at(x, AXIS) == pytest.approx(low, abs=0.051)
            assert value_at(str(float(x) + float(width)), AXIS) == pytest.approx(high, abs=0.051)


def test_the_counts_can_be_rebuilt_from_the_bars() -> None:
    chart = counts()
    side = reach(chart)
    rows = re.split(r'class="l"', drawn(chart))[1:]
    for row, cells in zip(chart.rows, rows, strict=True):
        widths = re.findall(r'class="s [du]\d" x="[\d.]+%" width="([\d.]+)%"', cells)
        seen = [round(float(width) / 100 * 2 * side) for width in widths]
        if row.counts is None:
            assert not re.search(r'class="s [du]\d" x=', cells.split('class="key"')[0])
        else:
            assert seen == [count for count in row.counts if count]


def test_hidden_cells_carry_words_and_no_number() -> None:
    chart = f.Strips((f.StripRow(w("Begeleiding", "Facilitation"), HIDDEN),), AXIS)
    html = drawn(chart)
    row = html.split('class="a"')[0]
    assert "niet getoond, om mensen te beschermen" in row
    assert not re.search(r"\d+[.,]?\d*%", row)
    assert rows_of(chart)[0][1:4] == ["niet getoond, om mensen te beschermen"] * 3


def test_a_missing_dot_is_named_in_its_row() -> None:
    row = f.ContrastRow(w("Iets", "It"), cell(5), HIDDEN, cell(4), HIDDEN, cell(1))
    chart = f.Contrasts((row,), AXIS, f.Axis(-3, 3, "", "", 0))
    assert re.search(r"<small>.*niet getoond:.*de anderen, denk ik", drawn(chart))


def test_what_is_ordinary_is_a_labelled_line_where_it_is_known() -> None:
    row = f.ContrastRow(w("Iets", "It"), cell(5), cell(4), cell(4), cell(1), cell(1))
    axis = f.Axis(-3, 3, "", "", 0)
    known = f.Contrasts((row,), AXIS, axis, gap_margin=0.6)
    html = drawn(known)
    (place,) = re.findall(r'class="mg" x1="([\d.]+%)"', html.split('class="gr"')[1])
    assert value_at(place, axis) == pytest.approx(0.6)
    assert html.count("gewoon tot 0,6") == 1
    table = kind_of(known).table(known)
    assert [resolve(text, "nl") for text in table.head][7] == "ik min de anderen (gewoon tot 0,6)"
    without = drawn(f.Contrasts((row,), AXIS, axis))
    assert "mg" not in without
    assert "gewoon" not in without


def test_a_gap_looks_the_same_on_both_sides_of_zero() -> None:
    def strips_of(gap: Estimate) -> set[str]:
        made = f.ContrastRow(w("Iets", "It"), cell(5), cell(4), cell(4), gap, gap)
        html = drawn(f.Contrasts((made,), AXIS, f.Axis(-3, 3, "", "", 0)))
        return set(re.findall(r'class="([^"]+)" (?:x|cx)=', html.split('class="p2"')[-1]))

    assert strips_of(cell(1.0, 0.2, 0.5)) == strips_of(cell(0.0, 0.2, 1.0))


def test_every_number_of_a_contrast_and_a_wave_has_its_strip_and_its_answers() -> None:
    row = f.ContrastRow("Iets", cell(5, n=9), cell(4, n=8), HIDDEN, cell(1, n=8), HIDDEN)
    (cells,) = rows_of(f.Contrasts((row,), AXIS, f.Axis(-3, 3, "", "", 0)))
    assert cells[1:5] == ["5,0", "4,3 tot 5,7", "4,0", "3,3 tot 4,7"]
    assert cells[5:7] == ["niet getoond, om mensen te beschermen"] * 2
    assert cells[-1] == "8 tot 9"
    panel = f.WavePanel("Tijd", (cell(4, n=12), HIDDEN, None), cell(0.5, n=10))
    (cells,) = rows_of(f.Waves((panel,), ("1", "2", "3"), AXIS))
    assert cells[1:4] == ["4,0", "3,3 tot 4,7", "12"]
    assert cells[6] == "niet getoond, om mensen te beschermen"
    assert cells[9] == "geen"
    assert cells[10:] == ["+0,5", "−0,2 tot +1,2"]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=9))
def test_the_middle_of_the_scale_stands_in_the_middle(found: list[int]) -> None:
    parts = segments(tuple(found))
    assert [count for _, count in parts] == found
    half = len(found) // 2
    start, count = parts[half]
    assert start + (count / 2 if len(found) % 2 else 0) == pytest.approx(0)
    assert len(tones(len(found))) == len(found)


@given(st.floats(-100, 100), st.sampled_from([(1, 7), (1, 5), (0, 10), (-3, 3), (0, 100)]))
def test_places_stay_on_the_axis(value: float, ends: tuple[float, float]) -> None:
    axis = f.Axis(*ends, "", "")
    assert 0 <= share(value, axis) <= 1
    assert steps(axis)[0] == axis.low
    assert steps(axis)[-1] == axis.high
    assert len(steps(axis)) <= 11
    assert re.fullmatch(r"\d+(\.\d{1,2})?%", percent(share(value, axis)))


def test_waves_stand_at_their_height_and_a_hidden_wave_has_none() -> None:
    panel = f.WavePanel("Tijd", (cell(4), HIDDEN, None, cell(7)), None)
    html = drawn(f.Waves((panel,), ("1", "2", "3", "4"), AXIS))
    heights = [float(y) for y in re.findall(r'class="mv" cx="[\d.]+%" cy="([\d.]+)"', html)]
    assert heights == [HEIGHT / 2, 0]
    assert html.count('class="hx2"') == 1
    assert 'class="cn"' not in html


def test_squares_show_who_is_silent_and_say_when_nobody_knows() -> None:
    assert drawn(f.Squares(9, 11)).count('<i class="f">') == 9
    assert drawn(f.Squares(9, 11)).count("<i") == 11
    assert "aantal uitgenodigd onbekend" in drawn(f.Squares(9, None))
    assert "niet getoond" in drawn(f.Squares(None, 11))


def test_a_group_whose_answers_are_hidden_has_no_square_and_says_so() -> None:
    chart = charts()["responses"]
    assert isinstance(chart, f.Responses)
    first, hidden, unknown = drawn(chart).split('class="rr"')[1:]
    assert (first.count('<i class="f">'), first.count("<i")) == (9, 11)
    assert (hidden.count("<i"), "niet getoond" in hidden) == (0, True)
    assert (unknown.count('<i class="f">'), unknown.count("<i")) == (6, 6)
    assert rows_of(chart)[1][1:] == ["8", "niet getoond, om mensen te beschermen"]


@pytest.mark.parametrize("name", NAMES)
def test_the_explore_figure_is_plain_json_of_the_same_cells(name: str) -> None:
    chart = charts()[name]

    def say(text: Text) -> str:
        return resolve(text, "nl")

    made = kind_of(chart).explore(chart, say)
    assert set(made) == {"data", "layout"}
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    hidden = json.dumps(made, ensure_ascii=False)
    cells = [getattr(row, "cell", None) or getattr(row, "mean", None)
             for row in getattr(chart, "rows", ())]  # fmt: skip
    if any(isinstance(one, Hidden) for one in cells):
        assert "niet getoond" in hidden


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """The colours of both looks, by name."""
    from lcdiag.views.theme import static

    found = {}
    light, dark = static("dashboard/1-tokens.css").split("@media screen and")
    for name, text in (("light", light), ("dark", dark)):
        color = dict(re.findall(r"--([a-z]\w*):(#[0-9a-f]{3,6})\b", text))
        whole = {k: "#" + "".join(c * 2 for c in v[1:]) for k, v in color.items() if len(v) == 4}
        found[name] = color | whole
    return found


@pytest.mark.parametrize("look", ["light", "dark"])
def test_poles_are_equal_in_grey(look: str) -> None:
    color = palettes()[look]
    for step in "123":
        assert contrast(color[f"d{step}"], color[f"u{step}"]) < 1.15


@pytest.mark.parametrize("look", ["light", "dark"])
def test_texts_and_marks_stand_out_from_the_paper(look: str) -> None:
    color = palettes()[look]
    for paper in ("paper", "card", "mist", "sand"):
        assert contrast(color["ink"], color[paper]) >= 7
        for text in ("accent", "earth", "soft", "alarm"):
            assert contrast(color[text], color[paper]) >= 4.5, (text, paper)
    assert contrast(color["soft"], color["pill"]) >= 4.5
    for mark in ("edge", "accent", "d3", "d2", "u2", "u3"):
        assert contrast(color[mark], color["card"]) >= 3, mark
    assert contrast(color["edge"], color["wide"]) >= 2.5
    for text, bars in (("far", ("d3", "u3")), ("mid", ("d2", "u2")), ("near", ("d1", "d0", "u1"))):
        for bar in bars:
            assert contrast(color[text], color[bar]) >= 4.5, bar


def test_the_explored_figure_has_the_colours_of_the_page() -> None:
    light = palettes()["light"]
    assert {key: light[key] for key in COLORS} == COLORS
