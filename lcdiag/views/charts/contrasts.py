"""Own view, estimated view of others and practice on one line, with the strips of both gaps."""

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
    clears,
    grid,
    percent,
    plot,
    scale,
    share,
    strip,
    value_text,
)
from lcdiag.views.figures import Axis, ContrastRow, Contrasts
from lcdiag.views.html import Speech, joined, mark, tag
from lcdiag.views.layers import cells_layer, plane

OWN, OTHERS, PRACTICE = (
    Message("charts.own"),
    Message("charts.others"),
    Message("charts.practice"),
)
GAP, LAG = Message("charts.gap"), Message("charts.lag")


def draw(chart: Contrasts, speech: Speech) -> Markup:
    """Return one row a topic: three marks with a line, then two strips around zero."""
    rows = joined(_row(chart, row, speech) for row in chart.rows)
    foot = tag(
        "div",
        scale(chart.axis, speech),
        scale(chart.gap_axis, speech, signed=True, ends=False, sparse=True),
        scale(chart.gap_axis, speech, signed=True, ends=False, sparse=True),
        class_="gr",
    )
    head = tag(
        "div",
        tag("div", _key(speech), class_="p hd"),
        speech.tag("div", GAP, class_="p2 hd"),
        speech.tag("div", LAG, class_="p3 hd"),
        class_="gr hr",
    )
    body = tag("div", rows, class_="gr")
    return tag("div", head, body, foot, class_="c contrasts")


def table(chart: Contrasts) -> Table:
    """Return the three means and both gaps with their wide strips."""
    rows: list[tuple[Text, ...]] = [
        (
            row.label,
            *(value_text(cell) for cell in (row.own, row.others, row.practice)),
            value_text(row.gap, signed=True),
            band_text(row.gap, 1, signed=True),
            value_text(row.lag, signed=True),
            band_text(row.lag, 1, signed=True),
        )
        for row in chart.rows
    ]
    range_head = Message("charts.col-band90")
    head = (Message("charts.col-topic"), OWN, OTHERS, PRACTICE, GAP, range_head, LAG, range_head)
    return Table(head, tuple(rows))


def explore(chart: Contrasts, say: Say) -> dict[str, Any]:
    """Return the Plotly figure of the three means."""
    labels = [row.label for row in chart.rows]
    data = [
        cells_layer([row.practice for row in chart.rows], PRACTICE, "diamond", say),
        cells_layer([row.others for row in chart.rows], OTHERS, "ring", say),
        cells_layer([row.own for row in chart.rows], OWN, "dot", say),
    ]
    notes = []
    for row in chart.rows:
        three = (row.own, row.others, row.practice)
        notes.append(value_text(_worst(three)) if all(map(_no_dot, three)) else None)
    return {"data": data, "layout": plane(labels, chart.axis, say, notes=notes)}


def _row(chart: Contrasts, row: ContrastRow, speech: Speech) -> Markup:
    three = (row.own, row.others, row.practice)
    shown = [c.value for c in three if isinstance(c, Estimate) and c.value is not None]
    label = tag("div", speech.text(row.label), _left_out(three, speech), class_="l")
    if not shown:
        return joined([label, plot(Markup(""), _worst(three), speech, "p all")])
    places = [share(value, chart.axis) for value in shown]
    left, right = percent(min(places)), percent(max(places))
    line = mark("line", class_="cn", x1=left, x2=right, y1="50%", y2="50%")
    marks = [grid(chart.axis, speech), line]
    if isinstance(row.practice, Estimate) and row.practice.value is not None:
        place = percent(share(row.practice.value, chart.axis))
        marks.append(mark("use", href="#dm", x=place, y="50%"))
    for cell, name in ((row.others, "o"), (row.own, "m")):
        if isinstance(cell, Estimate) and cell.value is not None:
            marks.append(mark("circle", class_=name, cx=percent(share(cell.value, chart.axis))))
    return joined(
        [
            label,
            tag("div", tag("svg", *marks), class_="p"),
            _gap(row.gap, chart.gap_axis, speech, "p2"),
            _gap(row.lag, chart.gap_axis, speech, "p3"),
        ]
    )


def _left_out(three: tuple[Cell, Cell, Cell], speech: Speech) -> Markup:
    """Name the marks that are not there, so that a missing dot is never just blank."""
    names = [
        name for cell, name in zip(three, (OWN, OTHERS, PRACTICE), strict=True) if _no_dot(cell)
    ]
    if len(names) in {0, 3}:
        return Markup("")
    hidden = any(isinstance(cell, Hidden) for cell in three)
    why = Message("charts.hidden-some" if hidden else "charts.absent-some")
    listed = Markup(", ").join(speech.text(name) for name in names)
    return tag("small", speech.text(why), " ", listed)


def _no_dot(cell: Cell) -> bool:
    return isinstance(cell, Hidden) or cell.value is None


def _gap(cell: Cell, axis: Axis, speech: Speech, class_: str) -> Markup:
    if isinstance(cell, Hidden):
        words = speech.tag("span", Message("charts.hidden-short"))
        return tag("div", words, class_=f"{class_} h")
    far = clears(cell)
    marks = strip(cell, axis, dot="m" if far else "i", tone=" far" if far else "")
    return plot(joined([grid(axis, speech), marks]), cell, speech, class_)


def _worst(cells: tuple[Cell, ...]) -> Cell:
    for cell in cells:
        if isinstance(cell, Hidden):
            return cell
    return cells[0]


def _key(speech: Speech) -> Markup:
    signs = (
        (mark("circle", class_="m", cx="50%"), OWN),
        (mark("circle", class_="o", cx="50%"), OTHERS),
        (mark("use", href="#dm", x="50%", y="50%"), PRACTICE),
    )
    return tag(
        "div",
        *(tag("span", tag("svg", s, class_="kg"), speech.text(t), class_="k") for s, t in signs),
        class_="key",
    )


CHART = ChartKind(Contrasts, draw, table, explore)
