"""What every kind of figure shares: places on an axis, strips, hidden cells, tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from lcdiag.base.estimate import Band, Cell, Estimate, Hidden
from lcdiag.base.text import Message, Number, Text
from lcdiag.views.figures import Axis
from lcdiag.views.html import Speech, joined, mark, tag

Say = Callable[[Text], Any]
"""Turns a text into what a Plotly figure carries: a string, or a place in the text table."""

HIDDEN = Message("charts.hidden")
ABSENT = Message("charts.absent")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a figure as rows; the first cell of a row is its heading."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    links: tuple[str, ...] = ()
    """One a row: the id of the figure or page that says more, or ""."""


@dataclass(frozen=True, slots=True)
class ChartKind:
    """One kind of figure: how its cells become marks, rows and a Plotly figure.

    Attributes
    ----------
    figure : type
        The class of `views.figures` that it draws.
    draw : callable
        From the cells and the texts to HTML and SVG marks; x in per cent, text in pixels.
    table : callable
        From the same cells to rows.
    explore : callable
        From the same cells to the JSON of a Plotly figure (data and layout).
    """

    figure: type
    draw: Callable[[Any, Speech], Markup]
    table: Callable[[Any], Table]
    explore: Callable[[Any, Say], dict[str, Any]]


def share(value: float, axis: Axis) -> float:
    """Return the place of a value on an axis, 0 to 1; outside values stand at the end."""
    return min(1.0, max(0.0, (value - axis.low) / (axis.high - axis.low)))


def percent(part: float) -> str:
    """Return a share as an SVG percentage with at most two decimals."""
    return f"{100 * part:.2f}".rstrip("0").rstrip(".") + "%"


def bands(cell: Estimate) -> tuple[Band | None, Band | None]:
    """Return the narrow (50 %) and the wide (90 %) band of a cell, where it has them.

    A cell without a 90 % band lends its main interval, so that uncertainty is never left out.
    """
    wide = cell.band(0.90)
    if wide is None and cell.low is not None and cell.high is not None:
        wide = Band(cell.confidence or 0.0, cell.low, cell.high)
    return cell.band(0.50), wide


def strip(cell: Cell, axis: Axis, *, dot: str = "m") -> Markup:
    """Return the graded strip of a cell and its dot; nothing where there is no value."""
    if isinstance(cell, Hidden) or cell.value is None:
        return Markup("")
    narrow, wide = bands(cell)
    marks = [
        _bar(band, axis, name) for band, name in ((wide, "b9"), (narrow, "b5")) if band is not None
    ]
    marks.append(mark("circle", class_=dot, cx=percent(share(cell.value, axis))))
    return joined(marks)


def plot(content: Markup, cell: Cell | None, speech: Speech, class_: str = "p") -> Markup:
    """Return the place of one row's marks; hidden and absent cells say so in words."""
    if isinstance(cell, Hidden):
        return tag("div", speech.tag("span", HIDDEN), class_=f"{class_} h")
    if cell is not None and cell.value is None:
        return tag("div", speech.tag("span", ABSENT), class_=f"{class_} none")
    return tag("div", tag("svg", content), class_=class_)


def grid(axis: Axis, speech: Speech) -> Markup:
    """Return the quiet lines behind a row, the reference line a little stronger."""
    lines = []
    for step in steps(axis):
        place = percent(share(step, axis))
        strong = axis.zero is not None and step == axis.zero
        lines.append(mark("line", class_="z" if strong else None, x1=place, x2=place, y2="100%"))
    if axis.zero is not None and axis.zero not in steps(axis):
        place = percent(share(axis.zero, axis))
        lines.append(mark("line", class_="z", x1=place, x2=place, y2="100%"))
    return speech.shared(joined(lines))


def scale(
    axis: Axis, speech: Speech, *, signed: bool = False, ends: bool = True, sparse: bool = False
) -> Markup:
    """Return the numbers under the lines and the words at both ends.

    A sparse scale carries numbers only at its ends and its reference line.
    """
    places = steps(axis)
    if sparse:
        places = tuple(step for step in places if step in (axis.low, axis.zero, axis.high))
    numbers = joined(
        speech.tag(
            "text", Number(step, _decimals(step), signed=signed), x=percent(share(step, axis))
        )
        for step in places
    )
    words = Markup("")
    if ends:
        words = tag(
            "div",
            speech.tag("span", axis.low_label),
            speech.tag("span", axis.high_label),
            class_="e",
        )
    return tag("div", tag("svg", numbers), words, class_="a")


def steps(axis: Axis) -> tuple[float, ...]:
    """Return where the numbers of an axis stand: at most nine, ends included."""
    if axis.high < axis.low:  # an axis that runs down
        return tuple(reversed(steps(replace(axis, low=axis.high, high=axis.low))))
    span = axis.high - axis.low
    for size in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0):
        count = span / size
        if count <= 8 and abs(count - round(count)) < 1e-9 and (size >= 1 or span <= 2):
            return tuple(axis.low + size * i for i in range(round(count) + 1))
    return (axis.low, axis.high)


def value_text(cell: Cell | None, decimals: int = 1, *, signed: bool = False) -> Text:
    """Return what a table says in a cell; never 0 or nothing for what is hidden."""
    if cell is None:
        return Message("charts.not-there")
    if isinstance(cell, Hidden):
        return HIDDEN
    if cell.value is None:
        return ABSENT
    return Number(cell.value, decimals, signed=signed)


def band_text(cell: Cell | None, which: int, decimals: int = 1, *, signed: bool = False) -> Text:
    """Return the limits of the narrow (0) or the wide (1) band in words."""
    if not isinstance(cell, Estimate) or cell.value is None:
        return value_text(cell)
    band = bands(cell)[which]
    if band is None:
        return Message("charts.not-there")
    low, high = (Number(limit, decimals, signed=signed) for limit in (band.low, band.high))
    return Message("charts.range", {"low": low, "high": high})


def count_text(cell: Cell | None) -> Text:
    """Return how many answers a cell rests on."""
    if isinstance(cell, Estimate) and cell.value is not None:
        return Number(cell.n, 0)
    return value_text(cell)


def counts_text(cells: Sequence[Cell]) -> Text:
    """Return how many answers these cells rest on: one number, or the least and the most."""
    known = [c.n for c in cells if isinstance(c, Estimate) and c.value is not None]
    if not known:
        return HIDDEN if any(isinstance(c, Hidden) for c in cells) else ABSENT
    least, most = Number(min(known), 0), Number(max(known), 0)
    return least if least == most else Message("charts.range", {"low": least, "high": most})


def _bar(band: Band, axis: Axis, name: str) -> Markup:
    left, right = share(band.low, axis), share(band.high, axis)
    return mark("rect", class_=name, x=percent(left), width=percent(right - left))


def _decimals(step: float) -> int:
    return 0 if float(step).is_integer() else 1
