"""What is seen from outside the table, beside what the people at it say."""

from __future__ import annotations

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.views.blocks import Block, Facts, Prose
from lcdiag.views.reading import Reading, shown

SOURCES = ("facilitator", "home")


def outside_blocks(reading: Reading) -> tuple[Block, ...]:
    """Return a table of both views, or the sentence that nobody looked from outside.

    Parameters
    ----------
    reading : Reading
        One community in one wave. A mean that is not shown stands in the table as not shown.
    """
    tables = tuple(table for source in SOURCES for table in _table(reading, source))
    if not tables:
        return (Prose(Message("views.outside-none"), kind="note"),)
    return (*tables, Prose(Message("views.outside-how"), kind="note"))


def _table(reading: Reading, source: str) -> tuple[Facts, ...]:
    """Return one table a source; the group's own column only where it was asked the same."""
    cells = [
        (measure.at.subject, measure.cell, reading.cell("mean", measure.at.subject))
        for measure in reading.diagnosis.measures
        if measure.at.statistic == f"outside_mean.{source}"
        and measure.at.wave == reading.wave
        and measure.at.unit == reading.unit
    ]
    if not cells:
        return ()
    both = any(inside is not None for _, _, inside in cells)
    heads = ("what", source, "own") if both else ("what", source)
    rows = tuple(
        (_label(reading, subject), _value(outside), *((_own(inside),) if both else ()))
        for subject, outside, inside in cells
    )
    head = tuple(Message(f"views.outside-{name}") for name in heads)
    return (Facts(caption=Message(f"views.outside-by-{source}"), head=head, rows=rows),)


def _own(inside: Cell | None) -> Text:
    return Message("views.outside-not-asked") if inside is None else _value(inside)


def _label(reading: Reading, subject: str) -> Text:
    words = reading.diagnosis.words
    for scale in words.scales:
        if scale.id == subject:
            return Wording(scale.label)
    for item in (*words.items, *words.outside):
        if item.id == subject:
            return Wording(item.text)
    return subject


def _value(cell: Cell) -> Text:
    """Return the number with how many people it rests on, where it is shown."""
    known = shown(cell)
    if known is None or known.value is None:
        return Message("views.not-shown")
    value = Number(known.value)
    if known.n == 1:  # one person's statement, which is no mean
        return value
    return Message("views.outside-value", {"value": value, "n": known.n})
