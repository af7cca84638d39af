"""Own view, estimated view of others and practice on one line, with the strips of both gaps."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.text import Message, Number, Text
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
    """Return one row a topic: three marks with a line, then two strips around zero.

    What counts as ordinary is a dashed line on the axis of the gap; the strips carry no colour
    of their own, since a gap beside zero may still be ordinary.
    """
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
        _gap_head(GAP, chart.gap_margin, speech, "p2 hd"),
        _gap_head(LAG, chart.lag_margin, speech, "p3 hd"),
        class_="gr hr",
    )
    body = tag("div", rows, class_="gr")
    return tag("div", head, body, foot, class_="c contrasts")


def table(chart: Contrasts) -> Table:
    """Return the three means and both gaps, each with its wide strip, and the answers."""
    rows: list[tuple[Text, ...]] = []
    for row in chart.rows:
        cells: list[Text] = [row.label]
        for cell in (row.own, row.others, row.practice):
            cells += [value_text(cell), band_text(cell, 1)]
        for cell in (row.gap, row.lag):
            cells += [value_text(cell, signed=True), band_text(cell, 1, signed=True)]
        cells.append(counts_text((row.own, row.others, row.practice, row.gap, row.lag)))
        rows.append(tuple(cells))
    head: list[Text] = [chart.subject or Message("charts.col-topic")]
    gaps = (_with_margin(GAP, chart.gap_margin), _with_margin(LAG, chart.lag_margin))
    for name in (OWN, OTHERS, PRACTICE, *gaps):
        head += [name, Message("charts.col-band90")]
    return Table((*head, Message("charts.col-n")), tuple(rows))


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
    said = _left_out(three, speech)
    label = tag("div", speech.text(row.label), said, class_="l", data_u=row.unit or None)
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
            _gap(row.gap, chart.gap_axis, chart.gap_margin, speech, "p2"),
            _gap(row.lag, chart.gap_axis, chart.lag_margin, speech, "p3"),
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


def _with_margin(name: Text, margin: float | None) -> Text:
    if margin is None:
        return name
    return Message("charts.name-ordinary", {"name": name, "margin": Number(margin)})


def _gap_head(name: Text, margin: float | None, speech: Speech, class_: str) -> Markup:
    """Return the name of a gap, with the key of the dashed line where there is one."""
    key = Markup("")
    if margin is not None:
        line = mark("line", class_="mg", x1="50%", x2="50%", y2="100%")
        words = Message("charts.ordinary", {"margin": Number(margin)})
        key = tag("small", tag("svg", line, class_="kg"), speech.text(words), class_="k")
    return tag("div", speech.text(name), key, class_=class_)


def _gap(cell: Cell, axis: Axis, margin: float | None, speech: Speech, class_: str) -> Markup:
    if isinstance(cell, Hidden):
        words = speech.tag("span", Message("charts.hidden-short"))
        return tag("div", words, class_=f"{class_} h")
    marks = [grid(axis, speech), strip(cell, axis, dot="i")]
    if margin is not None:
        place = percent(share(margin, axis))
        marks.append(mark("line", class_="mg", x1=place, x2=place, y2="100%"))
    return plot(joined(marks), cell, speech, class_)


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
