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
    rows = [row for source in SOURCES for row in _rows(reading, source)]
    if not rows:
        return (Prose(Message("views.outside-none"), kind="note"),)
    return (
        Facts(
            caption=Message("views.outside-caption"),
            head=tuple(Message(f"views.outside-{name}") for name in ("what", "who", "seen", "own")),
            rows=tuple(rows),
        ),
        Prose(Message("views.outside-how"), kind="note"),
    )


def _rows(reading: Reading, source: str) -> list[tuple[Text, ...]]:
    found: list[tuple[Text, ...]] = []
    for measure in reading.diagnosis.measures:
        at = measure.at
        here = at.wave == reading.wave and at.unit == reading.unit
        if here and at.statistic == f"outside_mean.{source}":
            inside = reading.cell("mean", at.subject)
            asked: Text = Message("views.outside-not-asked")
            who = Message(f"views.outside-by-{source}")
            own = asked if inside is None else _value(inside)
            found.append((_label(reading, at.subject), who, _value(measure.cell), own))
    return found


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
    return Message("views.outside-value", {"value": value, "n": known.n})
