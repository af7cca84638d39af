"""Small multiples over waves, each with its strips and the strip of the change."""

from __future__ import annotations

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
    count_text,
    grid,
    percent,
    plot,
    scale,
    share,
    steps,
    strip,
    value_text,
)
from lcdiag.views.figures import Axis, WavePanel, Waves
from lcdiag.views.html import Speech, joined, mark, tag
from lcdiag.views.layers import ACCENT, GRID, note

HEIGHT = 132
"""Pixels of a panel's plane; a fixed height keeps slopes comparable between panels."""


def draw(chart: Waves, speech: Speech) -> Markup:
    """Return one panel a theme: the waves from left to right, then the change."""
    return tag("div", *(_panel(chart, panel, speech) for panel in chart.panels), class_="c waves")


def table(chart: Waves) -> Table:
    """Return one row a theme: each wave with its strip and answers, and the change.

    The change has no count of its own: together with the counts of both waves it would say how
    few people answered only once.
    """
    head: list[Text] = [Message("charts.col-theme")]
    for wave in chart.waves:
        head += [wave, Message("charts.col-band90"), Message("charts.col-n")]
    head += [Message("charts.col-change"), Message("charts.col-band90")]
    rows: list[tuple[Text, ...]] = []
    for panel in chart.panels:
        cells: list[Text] = [panel.label]
        for cell in panel.cells:
            cells += [value_text(cell), band_text(cell, 1), count_text(cell)]
        cells += [value_text(panel.change, signed=True), band_text(panel.change, 1, signed=True)]
        rows.append(tuple(cells))
    return Table(tuple(head), tuple(rows))


def explore(chart: Waves, say: Say) -> dict[str, Any]:
    """Return the Plotly figure: one line a theme, which the reader can switch off."""
    count = len(chart.waves)
    data = []
    for place, panel in enumerate(chart.panels):
        shown = [
            (wave, cell)
            for wave, cell in enumerate(panel.cells)
            if isinstance(cell, Estimate) and cell.value is not None
        ]
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": say(panel.label),
                "x": [wave + 0.04 * (place - len(chart.panels) / 2) for wave, _ in shown],
                "y": [cell.value for _, cell in shown],
                "error_y": _errors([cell for _, cell in shown]),
                "text": [say(band_text(cell, 1)) for _, cell in shown],
                "hovertemplate": "%{fullData.name}: %{y} (%{text})<extra></extra>",
                "marker": {"size": 10, "symbol": place},
            }
        )
    axis = chart.axis
    return {
        "data": data,
        "layout": {
            "height": 460,
            "annotations": _notes(chart, say),
            "xaxis": {
                "tickvals": list(range(count)),
                "ticktext": [say(wave) for wave in chart.waves],
                "range": [-0.4, count - 0.6],
                "showgrid": False,
                "zeroline": False,
            },
            "yaxis": {"range": [axis.low, axis.high], "gridcolor": GRID, "zeroline": False},
            "colorway": [ACCENT, "#8a4b0f", "#41546b", "#7a5c86", "#5c6a2d", "#1c2429"],
        },
    }


def change_axis(axis: Axis) -> Axis:
    """Return the axis of a change: half the span of the means on both sides of zero."""
    half = float(max(1, round((axis.high - axis.low) / 2)))
    return Axis(-half, half, "", "", 0)


def _notes(chart: Waves, say: Say) -> list[dict[str, Any]]:
    found = []
    for wave in range(len(chart.waves)):
        hidden = [p.label for p in chart.panels if isinstance(p.cells[wave], Hidden)]
        for place, label in enumerate(hidden):
            text = Message("charts.hidden-label", {"label": label})
            found.append(note(wave, chart.axis.low + 0.3 * (place + 1), text, say))
    return found


def _panel(chart: Waves, panel: WavePanel, speech: Speech) -> Markup:
    label = speech.tag("div", panel.label, class_="l", data_th=panel.theme or None)
    lines = _lines(chart.axis, speech)
    count = len(chart.waves)
    marks: list[Markup] = []
    before: tuple[float, float] | None = None
    for place, cell in enumerate(panel.cells):
        x = (place + 0.5) / count
        here = _height(cell, chart.axis)
        if here is not None and before is not None:
            marks.append(
                mark(
                    "line",
                    class_="cn",
                    x1=percent(before[0]),
                    y1=round(before[1], 1),
                    x2=percent(x),
                    y2=round(here, 1),
                )
            )
        before = None if here is None else (x, here)
    for place, cell in enumerate(panel.cells):
        marks.append(_column(cell, chart.axis, (place + 0.5) / count, count))
    names = joined(speech.tag("span", wave, class_="wn") for wave in chart.waves)
    note = Markup("")
    if any(isinstance(cell, Hidden) for cell in panel.cells):
        note = tag("p", tag("i", class_="hs"), speech.text(HIDDEN), class_="hn")
    plane = tag("div", tag("svg", lines, *marks), class_="wp")
    return tag(
        "div",
        label,
        plane,
        tag("div", names, class_="wl"),
        note,
        _change(panel, chart.axis, speech),
        class_="panel",
    )


def _lines(axis: Axis, speech: Speech) -> Markup:
    found, numbers = [], []
    for step in steps(axis):
        y = round(HEIGHT * (1 - share(step, axis)), 1)
        strong = "z" if step == axis.zero else "n"
        found.append(mark("line", class_=strong, x2="100%", y1=y, y2=y))
        if step in (axis.low, axis.high):
            numbers.append(speech.tag("text", Number(step, 0), class_="y", x="-6", y=y))
    return joined([speech.shared(joined(found)), *numbers])


def _column(cell: Cell | None, axis: Axis, x: float, count: int) -> Markup:
    if isinstance(cell, Hidden):
        width = 0.5 / count
        return mark("rect", class_="hx2", x=percent(x - width / 2), width=percent(width), y="0")
    here = _height(cell, axis)
    if here is None or not isinstance(cell, Estimate):
        return Markup("")
    marks = []
    for band, name in zip(reversed(bands(cell)), ("v9", "v5"), strict=True):
        if band is not None:
            top = HEIGHT * (1 - share(band.high, axis))
            bottom = HEIGHT * (1 - share(band.low, axis))
            marks.append(
                mark(
                    "rect",
                    class_=name,
                    x=percent(x),
                    y=round(top, 1),
                    height=round(bottom - top, 1),
                )
            )
    marks.append(mark("circle", class_="mv", cx=percent(x), cy=round(here, 1)))
    return joined(marks)


def _change(panel: WavePanel, axis: Axis, speech: Speech) -> Markup:
    if panel.change is None:
        return Markup("")
    around = change_axis(axis)
    marks = strip(panel.change, around, dot="i")
    shown = isinstance(panel.change, Estimate) and panel.change.value is not None
    words: list[Markup] = [speech.tag("span", Message("charts.col-change"))]
    if shown:
        words.append(speech.tag("b", value_text(panel.change, signed=True)))
    body = plot(joined([grid(around, speech), marks]), panel.change, speech)
    below = scale(around, speech, signed=True, ends=False, sparse=True) if shown else Markup("")
    return tag("div", tag("div", *words, class_="cl"), body, below, class_="change")


def _height(cell: Cell | None, axis: Axis) -> float | None:
    if not isinstance(cell, Estimate) or cell.value is None:
        return None
    return HEIGHT * (1 - share(cell.value, axis))


def _errors(cells: list[Estimate]) -> dict[str, Any]:
    up, down = [], []
    for cell in cells:
        wide = bands(cell)[1]
        value = cell.value or 0.0
        up.append(round(wide.high - value, 6) if wide else 0)
        down.append(round(value - wide.low, 6) if wide else 0)
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "width": 0}


CHART = ChartKind(Waves, draw, table, explore)
