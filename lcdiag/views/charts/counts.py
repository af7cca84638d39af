"""Diverging bars of counts, the neutral point split over the middle."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Text
from lcdiag.views.drawing import (
    HIDDEN,
    ChartKind,
    Say,
    Table,
    band_text,
    grid,
    percent,
    plot,
    scale,
    strip,
    value_text,
)
from lcdiag.views.figures import Axis, CountRow, Counts
from lcdiag.views.html import Speech, joined, mark, tag
from lcdiag.views.layers import band_layers, cells_layer, notes_for, plane, spoken

TONES = ("d3", "d2", "d1", "d0", "u1", "u2", "u3")
"""From the strongest disagreement to the strongest agreement; d0 is the neutral point."""

COLORS = {
    "d3": "#83500f",
    "d2": "#b88a50",
    "d1": "#dcc29a",
    "d0": "#c9cdce",
    "u1": "#a3cfca",
    "u2": "#5b9e95",
    "u3": "#0b6259",
}


def tones(points: int) -> tuple[str, ...]:
    """Return one tone a point, the same distance from the middle on both sides."""
    half = points // 2
    order = [min(3, max(1, round(3 * (i + 1) / half))) for i in range(half)] if half else []
    low = [f"d{step}" for step in reversed(order)]
    high = [f"u{step}" for step in order]
    return (*low, *(["d0"] if points % 2 else []), *high)


def segments(counts: tuple[int, ...]) -> list[tuple[float, int]]:
    """Return where each segment starts (in people from the middle) and how many it holds.

    The middle lies in the middle of the neutral point, or between the two middle points.
    """
    half = len(counts) // 2
    start = -float(sum(counts[:half]))
    if len(counts) % 2:
        start -= counts[half] / 2
    found = []
    for count in counts:
        found.append((start, count))
        start += count
    return found


def reach(chart: Counts) -> float:
    """Return the people at the ends of the axis: the longest side of any row."""
    sides = [1.0]
    for row in chart.rows:
        if row.counts is not None:
            start = segments(row.counts)[0][0]
            sides += [-start, start + sum(row.counts)]
    return max(sides)


def points_axis(chart: Counts) -> Axis:
    """Return the axis of the answer points, for rows that show their mean."""
    high = chart.low + len(chart.points) - 1
    return Axis(chart.low, high, chart.points[0], chart.points[-1], (chart.low + high) / 2)


def draw(chart: Counts, speech: Speech) -> Markup:
    """Return one row a sentence: its bar of counts, or the strip of its mean."""
    side = reach(chart)
    axis = points_axis(chart)
    counted = any(row.counts is not None for row in chart.rows)
    meant = any(row.counts is None and isinstance(row.mean, Estimate) for row in chart.rows)
    rows = joined(_row(row, axis, side, speech) for row in chart.rows)
    body = tag("div", rows, class_="gr")
    foot = tag("div", scale(axis, speech), class_="gr") if meant else Markup("")
    key = _key(chart, speech) if counted else Markup("")
    return tag("div", _head(chart, speech), body, foot, key, class_="c counts")


def table(chart: Counts) -> Table:
    """Return counts a point where they are shown, else the mean with its strip."""
    counted = any(row.counts is not None for row in chart.rows)
    head: list[Text] = [Message("charts.col-item")]
    if counted:
        head += [_point(chart, place) for place in range(len(chart.points))]
    head += [Message("charts.col-n"), Message("charts.col-mean"), Message("charts.col-band90")]
    rows = []
    for row in chart.rows:
        cells: list[Text] = [row.label]
        if counted:
            if row.counts is None:
                cells += [HIDDEN] * len(chart.points)
            else:
                cells += [Number(count, 0) for count in row.counts]
        cells += [HIDDEN if row.n is None else Number(row.n, 0)]
        cells += [value_text(row.mean), band_text(row.mean, 1)]
        rows.append(tuple(cells))
    return Table(tuple(head), tuple(rows))


def explore(chart: Counts, say: Say) -> dict[str, Any]:
    """Return the Plotly figure of the same counts, or of the same means."""
    labels = [row.label for row in chart.rows]
    if not any(row.counts is not None for row in chart.rows):
        means = [row.mean for row in chart.rows]
        data = [*band_layers(means, say), cells_layer(means, Message("charts.mean"), "dot", say)]
        flat = plane(labels, points_axis(chart), say, notes=notes_for(means), height=48)
        return {"data": data, "layout": flat}
    side = reach(chart)
    data = []
    for place, tone in enumerate(tones(len(chart.points))):
        shown = [
            (y, *segments(row.counts)[place])
            for y, row in enumerate(chart.rows)
            if row.counts is not None
        ]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": say(chart.points[place]),
                "base": [start for _, start, _ in shown],
                "x": [count for _, _, count in shown],
                "y": [y for y, _, _ in shown],
                "width": 0.6,
                "customdata": [count for _, _, count in shown],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {
                    "color": COLORS[tone],
                    "pattern": _HATCH if tone in TONES[:3] else {},
                },
            }
        )
    axis = Axis(-side, side, chart.points[0], chart.points[-1], 0)
    notes = [None if row.counts is not None else _instead(row) for row in chart.rows]
    layout = plane(labels, axis, say, notes=notes, height=48)
    layout["xaxis"]["showticklabels"] = False
    return {"data": data, "layout": layout}


_HATCH = {
    "shape": "/",
    "fillmode": "overlay",
    "fgcolor": "#2b1a04",
    "fgopacity": 0.4,
    "size": 7,
    "solidity": 0.2,
}


def _instead(row: CountRow) -> Text:
    if isinstance(row.mean, Estimate) and row.mean.value is not None:
        return Message("charts.mean-is", {"value": spoken(row.mean)})
    return value_text(row.mean)


def _row(row: CountRow, axis: Axis, side: float, speech: Speech) -> Markup:
    words = [speech.text(row.label)]
    if row.turned:
        words.append(tag("small", speech.text(Message("charts.turned"))))
    label = tag("div", joined(words), class_="l")
    number = tag("div", class_="v")
    if row.n is not None:
        number = speech.tag("div", Number(row.n, 0), class_="v")
    if row.counts is not None:
        middle = speech.shared(mark("line", class_="z", x1="50%", x2="50%", y2="100%"))
        bars = tag("svg", middle, _bars(row.counts, side))
        return joined([label, tag("div", bars, class_="p"), number])
    marks = joined([grid(axis, speech), strip(row.mean, axis)])
    return joined([label, plot(marks, row.mean, speech), number])


def _bars(counts: tuple[int, ...], side: float) -> Markup:
    parts = segments(counts)
    names = tones(len(counts))
    marks, words = [], []
    for (start, count), tone in zip(parts, names, strict=True):
        if not count:
            continue
        left, width = 0.5 + start / (2 * side), count / (2 * side)
        marks.append(mark("rect", class_=f"s {tone}", x=percent(left), width=percent(width)))
        if width >= 0.042 * len(str(count)):
            words.append(
                tag("text", str(count), class_=f"w {tone}w", x=percent(left + width / 2), y="50%")
            )
    low = sum(counts[: len(counts) // 2])
    if low:
        left = 0.5 + parts[0][0] / (2 * side)
        marks.append(_hatch(left, left + low / (2 * side)))
    return joined([*marks, *words])


def _hatch(left: float, right: float) -> Markup:
    """Return stripes over a part of a bar: one dashed line, which stays small in print."""
    return mark("line", class_="hx", x1=percent(left), x2=percent(right), y1="50%", y2="50%")


def _head(chart: Counts, speech: Speech) -> Markup:
    ends = tag("div", class_="p x")
    if any(row.counts is not None for row in chart.rows):
        ends = tag(
            "div",
            speech.tag("span", Message("charts.pole-low", {"label": chart.points[0]})),
            speech.tag("span", Message("charts.pole-high", {"label": chart.points[-1]})),
            class_="p e",
        )
    return tag("div", ends, speech.tag("div", Message("charts.n"), class_="v hd"), class_="gr hr")


def _key(chart: Counts, speech: Speech) -> Markup:
    entries = []
    for tone, point in zip(tones(len(chart.points)), chart.points, strict=True):
        extra = _hatch(0, 1) if tone in TONES[:3] else Markup("")
        sign = tag("svg", mark("rect", class_=f"s {tone}", width="100%"), extra, class_="kg sw")
        entries.append(tag("span", sign, speech.text(point), class_="k"))
    return tag("div", *entries, class_="key")


def _point(chart: Counts, place: int) -> Text:
    code = Number(chart.low + place, 0)
    return Message("charts.point", {"code": code, "label": chart.points[place]})


CHART = ChartKind(Counts, draw, table, explore)
