"""Dumbbells: what two say of each other on one line, with the strip of the difference."""

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
    counts_text,
    grid,
    percent,
    plot,
    scale,
    share,
    strip,
    value_text,
)
from lcdiag.views.figures import PairRow, Pairs
from lcdiag.views.html import Speech, joined, mark, tag
from lcdiag.views.layers import cells_layer, notes_for, plane

THERE, BACK = Message("charts.pair-there"), Message("charts.pair-back")
DIFFERENCE = Message("charts.pair-difference")


def draw(chart: Pairs, speech: Speech) -> Markup:
    """Return one row a pair: a dot for each direction, then the strip of the difference."""
    head = tag(
        "div",
        tag("div", _key(speech), class_="p hd"),
        speech.tag("div", DIFFERENCE, class_="p2 hd"),
        class_="gr hr",
    )
    rows = tag("div", *(_row(chart, row, speech) for row in chart.rows), class_="gr")
    foot = tag(
        "div",
        scale(chart.axis, speech),
        scale(chart.gap_axis, speech, signed=True, ends=False, sparse=True),
        class_="gr",
    )
    return tag("div", head, rows, foot, class_="c contrasts pairs")


def table(chart: Pairs) -> Table:
    """Return both directions and the difference, each with its strip, and the answers."""
    head: list[Text] = [Message("charts.col-pair")]
    for name in (THERE, BACK, DIFFERENCE):
        head += [name, Message("charts.col-band90")]
    rows = []
    for row in chart.rows:
        cells: list[Text] = [_label(row)]
        for cell in (row.there, row.back):
            cells += [value_text(cell), band_text(cell, 1)]
        cells += [
            value_text(row.difference, signed=True),
            band_text(row.difference, 1, signed=True),
        ]
        rows.append((*cells, counts_text((row.there, row.back))))
    return Table((*head, Message("charts.col-n")), tuple(rows))


def explore(chart: Pairs, say: Say) -> dict[str, Any]:
    """Return the Plotly figure of both directions."""
    there, back = [row.there for row in chart.rows], [row.back for row in chart.rows]
    data = [cells_layer(back, BACK, "ring", say), cells_layer(there, THERE, "dot", say)]
    labels = [_label(row) for row in chart.rows]
    return {"data": data, "layout": plane(labels, chart.axis, say, notes=notes_for(there))}


def _label(row: PairRow) -> Text:
    return Message("charts.pair", {"first": row.first, "second": row.second})


def _row(chart: Pairs, row: PairRow, speech: Speech) -> Markup:
    both = (row.there, row.back)
    first, second = (name if isinstance(name, str) else None for name in (row.first, row.second))
    label = tag(
        "div",
        speech.text(_label(row)),
        _left_out(both, speech),
        class_="l",
        data_u=first,
        data_v=second,
    )
    places = [share(value, chart.axis) for cell in both if (value := _value(cell)) is not None]
    if not places:
        hidden = next((cell for cell in both if isinstance(cell, Hidden)), row.there)
        return joined([label, plot(Markup(""), hidden, speech, "p all")])
    line = mark(
        "line", class_="cn", x1=percent(min(places)), x2=percent(max(places)), y1="50%", y2="50%"
    )
    marks = [grid(chart.axis, speech), line]
    for cell, name in ((row.back, "o"), (row.there, "m")):
        value = _value(cell)
        if value is not None:
            marks.append(mark("circle", class_=name, cx=percent(share(value, chart.axis))))
    if isinstance(row.difference, Hidden):
        words = speech.tag("span", Message("charts.hidden-short"))
        gap = tag("div", words, class_="p2 h")
    else:
        around = [grid(chart.gap_axis, speech), strip(row.difference, chart.gap_axis, dot="i")]
        gap = plot(joined(around), row.difference, speech, "p2")
    return joined([label, tag("div", tag("svg", *marks), class_="p"), gap])


def _left_out(both: tuple[Cell, Cell], speech: Speech) -> Markup:
    """Name the direction that is not there, so that a missing dot is never just blank."""
    names = [name for cell, name in zip(both, (THERE, BACK), strict=True) if _value(cell) is None]
    if len(names) != 1:
        return Markup("")
    hidden = any(isinstance(cell, Hidden) for cell in both)
    why = Message("charts.hidden-some" if hidden else "charts.absent-some")
    return tag("small", speech.text(why), " ", speech.text(names[0]))


def _value(cell: Cell) -> float | None:
    return cell.value if isinstance(cell, Estimate) else None


def _key(speech: Speech) -> Markup:
    signs = (
        (mark("circle", class_="m", cx="50%"), THERE),
        (mark("circle", class_="o", cx="50%"), BACK),
    )
    return tag(
        "div",
        *(tag("span", tag("svg", s, class_="kg"), speech.text(t), class_="k") for s, t in signs),
        class_="key",
    )


CHART = ChartKind(Pairs, draw, table, explore)
