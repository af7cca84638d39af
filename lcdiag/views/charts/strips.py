"""Means with their graded strips, one row a theme, on one full axis."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.text import Message, Text
from lcdiag.views.drawing import (
    ChartKind,
    Say,
    Table,
    band_text,
    count_text,
    grid,
    percent,
    plot,
    scale,
    share,
    strip,
    value_text,
)
from lcdiag.views.figures import StripRow, Strips
from lcdiag.views.html import Speech, joined, mark, tag
from lcdiag.views.layers import band_layers, cells_layer, notes_for, plane

CLOSE = 0.03
"""Share of the axis within which the dot of last time would hide the dot of now."""


def draw(chart: Strips, speech: Speech) -> Markup:
    """Return the rows: label, strip with dot and the dot of last time, number."""
    rows = joined(_row(chart, row, speech) for row in chart.rows)
    body = tag("div", rows, class_="gr")
    foot = tag("div", scale(chart.axis, speech), class_="gr")
    compared = any(row.previous is not None for row in chart.rows)
    class_ = "c strips pv" if compared else "c strips"
    return tag("div", body, foot, _key(chart, speech), class_=class_)


def table(chart: Strips) -> Table:
    """Return the same cells as rows."""
    if chart.value is not None:
        return _of_numbers(chart, chart.value)
    before = any(row.previous is not None for row in chart.rows)
    names = ["charts.col-mean", "charts.col-band50", "charts.col-band90", "charts.col-n"]
    names += ["charts.col-previous"] if before else []
    head = (chart.subject or Message("charts.col-theme"), *map(Message, names))
    rows = []
    for row in chart.rows:
        cells = [row.label, value_text(row.cell, chart.decimals)]
        cells += [band_text(row.cell, 0, chart.decimals), band_text(row.cell, 1, chart.decimals)]
        cells += [count_text(row.cell)]
        cells += [value_text(row.previous, chart.decimals)] if before else []
        rows.append(tuple(cells))
    return Table(head, tuple(rows), tuple(row.link for row in chart.rows))


def _of_numbers(chart: Strips, value: Text) -> Table:
    """Return the rows of numbers that are no means: with one interval each."""
    head = (
        chart.subject or Message("charts.col-theme"),
        value,
        Message("charts.col-interval"),
        chart.rests or Message("charts.col-rests-on"),
    )
    rows = tuple(
        (
            row.label,
            value_text(row.cell, chart.decimals),
            band_text(row.cell, 1, chart.decimals),
            count_text(row.cell if chart.counted else Hidden()),
        )
        for row in chart.rows
    )
    return Table(head, rows, tuple(row.link for row in chart.rows))


def explore(chart: Strips, say: Say) -> dict[str, Any]:
    """Return the Plotly figure of the same cells."""
    labels = [row.label for row in chart.rows]
    now = [row.cell for row in chart.rows]
    layers = band_layers(now, say, chart.decimals)
    if chart.value is not None:
        layers = [{**layers[0], "name": say(Message("charts.col-interval"))}]
    if any(row.previous is not None for row in chart.rows):
        before = [row.previous for row in chart.rows]
        layers.append(cells_layer(before, Message("charts.previous"), "ring", say, chart.decimals))
    name = chart.value or Message("charts.mean")
    layers.append(cells_layer(now, name, "dot", say, chart.decimals))
    return {"data": layers, "layout": plane(labels, chart.axis, say, notes=notes_for(now))}


def _row(chart: Strips, row: StripRow, speech: Speech) -> Markup:
    marks = joined([grid(chart.axis, speech), strip(row.cell, chart.axis)])
    if isinstance(row.previous, Estimate) and row.previous.value is not None:
        before = share(row.previous.value, chart.axis)
        marks = joined([marks, _ring(before, row.cell, chart)])
    theme = row.theme or None
    label = speech.tag("div", row.label, class_="l", data_th=theme, data_u=row.unit or None)
    shown = chart.numbers and isinstance(row.cell, Estimate) and row.cell.value is not None
    number = (
        speech.tag("div", value_text(row.cell, chart.decimals), class_="v")
        if shown
        else tag("div", class_="v")
    )
    return joined([label, plot(marks, row.cell, speech), number])


def _ring(before: float, cell: Cell, chart: Strips) -> Markup:
    """Return the hollow dot of last time; around the dot of now where both would coincide."""
    now = share(cell.value, chart.axis) if isinstance(cell, Estimate) and cell.value else None
    around = now is not None and abs(now - before) < CLOSE
    return mark("circle", class_="o eq" if around else "o", cx=percent(before))


def _key(chart: Strips, speech: Speech) -> Markup:
    if chart.value is not None:
        band = mark("rect", class_="b9", x="5%", width="90%")
        sign = tag("svg", band, mark("circle", class_="m", cx="50%"), class_="kg wide")
        said = Message("charts.key-number", {"value": chart.value})
        return tag("div", _entry(sign, said, speech), class_="key")
    parts = [_entry(strip_key(), Message("charts.key-mean"), speech)]
    if any(row.previous is not None for row in chart.rows):
        ring = tag("svg", mark("circle", class_="o", cx="50%"), class_="kg")
        parts.append(_entry(ring, Message("charts.previous"), speech))
    return tag("div", *parts, class_="key")


def strip_key() -> Markup:
    """Return the small strip that stands in a key."""
    return tag(
        "svg",
        mark("rect", class_="b9", x="5%", width="90%"),
        mark("rect", class_="b5", x="28%", width="44%"),
        mark("circle", class_="m", cx="50%"),
        class_="kg wide",
    )


def _entry(sign: Markup, text: Message, speech: Speech) -> Markup:
    return tag("span", sign, speech.text(text), class_="k")


CHART = ChartKind(Strips, draw, table, explore)
