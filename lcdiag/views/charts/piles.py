"""Dot piles: every answer a dot above the point that was chosen."""

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
    percent,
    value_text,
)
from lcdiag.views.figures import Pile, Piles
from lcdiag.views.html import Speech, joined, mark, tag
from lcdiag.views.layers import ACCENT, GRID, note

HEIGHT = 104
"""Pixels of the tallest pile; the dots of all panels have the same size."""

LARGEST = 12.0
"""Pixels from one dot to the next, where there is room."""

SMALLEST = 4.0
"""Below this, dots are no longer told apart: a pile is drawn as one bar."""


def spacing(chart: Piles) -> float:
    """Return the pixels from one dot to the next, the same in all panels."""
    highest = max((max(row.counts) for row in chart.rows if row.counts), default=1)
    return min(LARGEST, HEIGHT / max(1, highest))


def draw(chart: Piles, speech: Speech) -> Markup:
    """Return one panel a sentence."""
    panels = tag("div", *(_panel(chart, row, speech) for row in chart.rows), class_="piles")
    dot = tag("svg", mark("circle", class_="pd", cx="50%", cy="50%", r=5), class_="kg")
    mean = tag("svg", mark("use", href="#tr", x="50%", y="2"), class_="kg")
    signs = ((dot, Message("charts.key-person")), (mean, Message("charts.mean")))
    key = (tag("span", sign, speech.text(said), class_="k") for sign, said in signs)
    return tag("div", panels, tag("div", *key, class_="key"), class_="c")


def table(chart: Piles) -> Table:
    """Return how many chose each point, with the mean and its strip."""
    head: list[Text] = [Message("charts.col-item")]
    head += [_point(chart, place) for place in range(len(chart.points))]
    head += [Message("charts.col-n"), Message("charts.col-mean"), Message("charts.col-band90")]
    rows = []
    for row in chart.rows:
        cells: list[Text] = [row.label]
        if row.counts is None:
            cells += [HIDDEN] * (len(chart.points) + 1)
        else:
            cells += [Number(count, 0) for count in (*row.counts, sum(row.counts))]
        rows.append((*cells, value_text(row.mean), band_text(row.mean, 1)))
    return Table(tuple(head), tuple(rows))


def explore(chart: Piles, say: Say) -> dict[str, Any]:
    """Return the Plotly figure: one line of counts a sentence, which can be switched off."""
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    points = list(range(chart.low, chart.low + len(chart.points)))
    for row in chart.rows:
        if row.counts is None:
            text = Message("charts.hidden-label", {"label": row.label})
            notes.append(note(points[len(points) // 2], 0.5 + len(notes), text, say))
            continue
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": say(row.label),
                "x": points,
                "y": list(row.counts),
                "hovertemplate": "%{y}<extra></extra>",
                "line": {"shape": "hvh", "width": 2},
                "marker": {"size": 8, **({"color": ACCENT} if len(chart.rows) == 1 else {})},
            }
        )
    return {
        "data": data,
        "layout": {
            "annotations": notes,
            "height": 420,
            "xaxis": {"tickvals": points, "gridcolor": GRID, "zeroline": False},
            "yaxis": {"rangemode": "tozero", "gridcolor": GRID},
        },
    }


def _panel(chart: Piles, row: Pile, speech: Speech) -> Markup:
    label = speech.tag("div", row.label, class_="l", data_th=row.theme or None)
    if row.counts is None:
        return tag("div", label, tag("div", speech.tag("span", HIDDEN), class_="p h"))
    step = spacing(chart)
    count = len(chart.points)
    marks: list[Markup] = []
    for place, many in enumerate(row.counts):
        x = (place + 0.5) / count
        if many:
            marks.append(speech.shared(_pile(many, step), x=percent(x)))
    marks.append(mark("line", class_="z", x2="100%", y1=HEIGHT + 1, y2=HEIGHT + 1))
    if isinstance(row.mean, Estimate) and row.mean.value is not None:
        x = (row.mean.value - chart.low + 0.5) / count
        marks.append(mark("use", href="#tr", x=percent(x), y=HEIGHT + 3))
    marks.extend(
        speech.tag(
            "text",
            Number(chart.low + place, 0),
            class_="n",
            x=percent((place + 0.5) / count),
            y=HEIGHT + 26,
        )
        for place in range(count)
    )
    ends = tag(
        "div",
        speech.tag("span", chart.points[0]),
        speech.tag("span", chart.points[-1]),
        class_="e",
    )
    answers = speech.tag("p", Message("charts.answers", {"n": sum(row.counts)}), class_="an")
    plane = tag("div", tag("svg", joined(marks)), class_="pp")
    return tag("div", label, plane, ends, answers)


def _pile(many: int, step: float) -> Markup:
    """Return the dots of one point from below, or one bar where they would be too small."""
    if step < SMALLEST:
        tall = round(many * step, 1)
        return mark("rect", class_="pb", y=round(HEIGHT - tall, 1), height=tall)
    radius = round(min(5.0, step / 2 - 0.6), 1)
    heights = (round(HEIGHT - step * (at + 0.5), 1) for at in range(many))
    return joined(mark("circle", class_="pd", cy=height, r=radius) for height in heights)


def _point(chart: Piles, place: int) -> Text:
    code = Number(chart.low + place, 0)
    return Message("charts.point", {"code": code, "label": chart.points[place]})


CHART = ChartKind(Piles, draw, table, explore)
