"""Points in a plane of two full axes, numbered, with their strips and their names beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.text import Message, Number, Text
from lcdiag.views.drawing import (
    HIDDEN,
    ChartKind,
    Say,
    Table,
    band_text,
    bands,
    counts_text,
    percent,
    share,
    steps,
    value_text,
)
from lcdiag.views.figures import Axis, Plane, PlanePoint
from lcdiag.views.html import Speech, joined, mark, tag
from lcdiag.views.layers import ACCENT, GRID

HEIGHT = 252
"""Pixels from the lowest to the highest value."""

WIDTH = 280
"""Pixels across that numbers are kept apart for: those of a phone."""

BADGE = 20
"""Pixels that a number takes."""


def draw(chart: Plane, speech: Speech) -> Markup:
    """Return the plane, then the names of its points in the order of their numbers."""
    shown = [(place, p) for place, p in enumerate(chart.points, start=1) if is_shown(p)]
    places = [_place(chart, point) for _, point in shown]
    marks = [_grid(chart), *_numbers(chart, speech), *_path(chart, places)]
    marks += [_strips(chart, point) for _, point in shown]
    badges = apart(places)
    marks += [_stalk(place, badge) for place, badge in zip(places, badges, strict=True)]
    marks += [
        _badge(number, place[0], badge)
        for (number, _), place, badge in zip(shown, places, badges, strict=True)
    ]
    plane = tag("div", tag("svg", joined(marks)), class_="pl")
    ends = tag(
        "div",
        speech.tag("span", chart.across.low_label),
        speech.tag("b", chart.across_name),
        speech.tag("span", chart.across.high_label),
        class_="e",
    )
    up = tag("div", speech.tag("b", chart.up_name), class_="up")
    drawing = tag("div", up, plane, ends)
    return tag("div", drawing, _names(chart, speech), class_="c plane")


def table(chart: Plane) -> Table:
    """Return both values of each point with their strips, and the answers."""
    head = [chart.subject, chart.across_name, Message("charts.col-band90"), chart.up_name]
    strips = any(_wide(point.up) is not None for point in chart.points)
    head += [Message("charts.col-band90")] if strips else []
    rows = []
    for point in chart.points:
        cells = [point.label, value_text(point.across), band_text(point.across, 1)]
        cells += [value_text(point.up, chart.decimals)]
        cells += [band_text(point.up, 1, chart.decimals)] if strips else []
        rows.append((*cells, counts_text((point.across, point.up))))
    return Table((*head, Message("charts.col-n")), tuple(rows))


def explore(chart: Plane, say: Say) -> dict[str, Any]:
    """Return the Plotly figure: each point a layer of its own, with its strips as bars."""
    data = []
    for place, point in enumerate(chart.points, start=1):
        if not is_shown(point):
            continue
        across, up = point.across, point.up
        assert isinstance(across, Estimate) and isinstance(up, Estimate)  # noqa: PT018
        data.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": say(point.label),
                "x": [across.value],
                "y": [up.value],
                "error_x": _bars(across),
                "error_y": _bars(up),
                "text": [str(place)],
                "textfont": {"color": "#ffffff", "size": 12},
                "hovertext": [say(point.label)],
                "hovertemplate": "%{hovertext}: %{x}, %{y}<extra></extra>",
                "marker": {"size": 20, "color": ACCENT},
            }
        )
    return {
        "data": data,
        "layout": {
            "height": 480,
            "xaxis": _axis(chart.across, chart.across_name, say),
            "yaxis": _axis(chart.up, chart.up_name, say),
        },
    }


def is_shown(point: PlanePoint) -> bool:
    """Return whether both values of a point are there."""
    return _value(point.across) is not None and _value(point.up) is not None


def _value(cell: Cell) -> float | None:
    return cell.value if isinstance(cell, Estimate) else None


def _place(chart: Plane, point: PlanePoint) -> tuple[float, float]:
    across, up = _value(point.across), _value(point.up)
    assert across is not None and up is not None  # noqa: PT018  (only shown points are placed)
    return share(across, chart.across), HEIGHT * (1 - share(up, chart.up))


def _grid(chart: Plane) -> Markup:
    lines = []
    for step in steps(chart.across):
        x = percent(share(step, chart.across))
        name = "z" if step == chart.across.zero else "n"
        lines.append(mark("line", class_=name, x1=x, x2=x, y2=HEIGHT))
    around = {} if chart.up.zero is None else {chart.up.zero: "z"}
    for step, name in (dict.fromkeys(steps(chart.up), "n") | around).items():
        y = round(HEIGHT * (1 - share(step, chart.up)), 1)
        lines.append(mark("line", class_=name, x2="100%", y1=y, y2=y))
    return tag("g", *lines, class_="gl")


def _numbers(chart: Plane, speech: Speech) -> list[Markup]:
    found = []
    for step in steps(chart.across):
        x = percent(share(step, chart.across))
        found.append(
            speech.tag("text", Number(step, _decimals(step)), class_="n", x=x, y=HEIGHT + 18)
        )
    for step in steps(chart.up):
        y = round(HEIGHT * (1 - share(step, chart.up)), 1)
        found.append(speech.tag("text", Number(step, _decimals(step)), class_="y", x="-8", y=y))
    found.append(speech.tag("text", chart.up.high_label, class_="ue", x="6", y=14))
    found.append(speech.tag("text", chart.up.low_label, class_="ue", x="6", y=HEIGHT - 6))
    return found


def _path(chart: Plane, places: list[tuple[float, float]]) -> list[Markup]:
    if not chart.path:
        return []
    return [
        mark(
            "line",
            class_="cn",
            x1=percent(x1),
            y1=round(y1, 1),
            x2=percent(x2),
            y2=round(y2, 1),
        )
        for (x1, y1), (x2, y2) in pairwise(places)
    ]


def _strips(chart: Plane, point: PlanePoint) -> Markup:
    """Return the wide strips of both values as bars that cross in the point."""
    x, y = _place(chart, point)
    across, up = _wide(point.across), _wide(point.up)
    marks = []
    if across is not None:
        left, right = sorted(share(limit, chart.across) for limit in across)
        row = {"y": round(y - 3.5, 1), "height": 7}
        marks.append(mark("rect", class_="b", x=percent(left), width=percent(right - left), **row))
    if up is not None:
        # an axis may run down: then the lower limit stands higher
        high, low = sorted(HEIGHT * (1 - share(limit, chart.up)) for limit in up)
        marks.append(
            mark("rect", class_="b u", x=percent(x), y=round(high, 1), height=round(low - high, 1))
        )
    return joined(marks)


def apart(places: Sequence[tuple[float, float]]) -> list[float]:
    """Return the height of the number of each point: above it where there is room, else below.

    It moves away from its point until it stands on no other number.
    """
    taken: list[tuple[float, float]] = []
    for x, y in places:
        up = _free(x, y - 18, -4, taken)
        taken.append((x, up if up > BADGE / 2 else _free(x, y + 18, 4, taken)))
    return [round(height, 1) for _, height in taken]


def _free(x: float, height: float, step: float, taken: Sequence[tuple[float, float]]) -> float:
    """Return the first height from here where no number stands, step by step."""
    while any(
        abs(x - other) * WIDTH < BADGE + 1 and abs(height - high) < BADGE + 1
        for other, high in taken
    ):
        height += step
    return height


def _stalk(place: tuple[float, float], badge: float) -> Markup:
    """Return the point itself, with a line to its number."""
    x, y = percent(place[0]), round(place[1], 1)
    line = mark("line", class_="st", x1=x, x2=x, y1=y, y2=badge)
    return joined([line, mark("circle", class_="pn", cx=x, cy=y, r=5.5)])


def _badge(number: int, across: float, badge: float) -> Markup:
    x = percent(across)
    circle = mark("circle", class_="pg", cx=x, cy=badge, r=9)
    return joined([circle, tag("text", str(number), class_="pt", x=x, y=badge)])


def _names(chart: Plane, speech: Speech) -> Markup:
    items = []
    for point in chart.points:
        parts = [speech.text(point.label)]
        if not is_shown(point):
            hidden = any(isinstance(cell, Hidden) for cell in (point.across, point.up))
            why = HIDDEN if hidden else Message("charts.absent")
            parts += [Markup(" "), tag("span", speech.text(why), class_="hs2")]
        items.append(tag("li", *parts, data_th=point.theme or None))
    return tag("ol", *items, class_="pk")


def _wide(cell: Cell) -> tuple[float, float] | None:
    if not isinstance(cell, Estimate) or cell.value is None:
        return None
    wide = bands(cell)[1]
    return None if wide is None else (wide.low, wide.high)


def _bars(cell: Estimate) -> dict[str, Any]:
    wide = _wide(cell)
    value = cell.value or 0.0
    if wide is None:
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(wide[1] - value, 6)],
        "arrayminus": [round(value - wide[0], 6)],
        "color": "#93a3a5",
        "thickness": 5,
        "width": 0,
    }


def _axis(axis: Axis, name: Text, say: Say) -> dict[str, Any]:
    edge = 0.03 * (axis.high - axis.low)
    return {
        "range": [axis.low - edge, axis.high + edge],
        "gridcolor": GRID,
        "zeroline": False,
        "title": {"text": say(name), "font": {"size": 13}},
    }


def _decimals(step: float) -> int:
    return 0 if float(step).is_integer() else 1


CHART = ChartKind(Plane, draw, table, explore)
