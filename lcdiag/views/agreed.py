"""What a group agreed before, beside what came of it: a plain table and lines to write on."""

from __future__ import annotations

from lcdiag.base.dates import day
from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Agreed
from lcdiag.views.blocks import Block, Facts, Heading, Lines
from lcdiag.views.reading import Reading, wave_name


def agreed_blocks(reading: Reading) -> tuple[Block, ...]:
    """Return what was agreed after earlier waves, or empty lines where nothing is written down.

    All points of the previous wave, and of waves before it those that are not done.

    Parameters
    ----------
    reading : Reading
        Of the wave that is looked at; later points are not shown, they were made with it.
    """
    points = [one for one in reading.diagnosis.agreed if _is_due(one, reading)]
    if not points:
        return (Lines(Message("views.agreed-lines"), count=3),)
    waves = {one.wave for one in points}
    columns: dict[str, list[Text]] = {
        "text": [one.text for one in points],
        "wave": [
            wave_name(reading.diagnosis, one.wave) if len(waves) > 1 else "" for one in points
        ],
        "who": [one.who for one in points],
        "by": [day(one.by, reading.diagnosis.languages) if one.by else "" for one in points],
        "done": [_done(one) for one in points],
    }
    kept = [name for name, cells in columns.items() if any(cell != "" for cell in cells)]
    table = Facts(
        caption=Message("views.agreed-caption"),
        head=tuple(Message(f"views.agreed-{name}") for name in kept),
        rows=tuple(zip(*(columns[name] for name in kept), strict=True)),
    )
    return (
        Heading(Message("views.agreed")),
        table,
        Lines(Message("views.agreed-how"), count=2),
    )


def _is_due(one: Agreed, reading: Reading) -> bool:
    if one.community != reading.community or one.wave >= reading.wave:
        return False
    return one.done is not True or one.wave == reading.previous


def _done(one: Agreed) -> Text:
    if one.done is None:
        return ""
    return Message("views.agreed-yes" if one.done else "views.agreed-no")
