"""Signals of indicators as pages tell them: which may be told, and where their reasons stand."""

from __future__ import annotations

from lcdiag.base.text import Message, Param, Text, Wording
from lcdiag.diagnosis.model import Address, IndicatorWords, Signal
from lcdiag.views.reading import Reading, axis_slug, shown, slug

POOL = "lc-collusion:critical"
"""What the signature of own view, others and practice rests on; it has a page of its own."""
MOST = 2
"""At most so many of the others on a page: one of several may stand there by chance."""


def readable(reading: Reading, signal: Signal) -> bool:
    """Return whether a signal is of this community and wave, and all of its reasons are shown."""
    if signal.unit != reading.unit or signal.wave != reading.wave or not signal.because:
        return False
    cells = [reading.diagnosis.cell(a.statistic, a.subject, a.unit, a.wave) for a in signal.because]
    return all(shown(cell) is not None for cell in cells)


def indications(reading: Reading) -> tuple[tuple[Signal, IndicatorWords], ...]:
    """Return the signals a page may tell, the surest first, each with the words of its indicator.

    At most two. Left out are the signature that has its own page, and an indicator without
    another reading or a question: a page never tells an indication alone.
    """
    words = {one.id: one for one in reading.diagnosis.words.indicators}
    found = [
        (signal, words[signal.indicator])
        for signal in reading.diagnosis.signals
        if signal.indicator in words
        and readable(reading, signal)
        and not any(at.subject == POOL for at in signal.because)
    ]
    whole = [pair for pair in found if pair[1].other and pair[1].question]
    return tuple(sorted(whole, key=lambda pair: -pair[0].strength)[:MOST])


def told(reading: Reading, signal: Signal, words: IndicatorWords) -> Text:
    """Return a signal as a page tells it: with what it is about, another reading and its status.

    One or two reasons are named; where it rests on more, its label says what they have in common.
    """
    facts: dict[str, Param] = {
        "label": Wording(words.label),
        "other": Wording(words.other),
        "status": Message(f"views.status-is-{words.status}"),
    }
    names = [_name(reading, at.subject) for at in signal.because]
    known = [name for name in names if name is not None]
    if len(known) < len(names) or len(known) > 2:
        return Message("views.see-indication", facts)
    which = Message("views.quoted", {"name": known[0]})
    if len(known) == 2:
        which = Message("views.quoted-two", {"first": known[0], "second": known[1]})
    return Message("views.see-indication-of", facts | {"which": which})


def _name(reading: Reading, subject: str) -> Text | None:
    """Return the label of a scale, topic or item."""
    words = reading.diagnosis.words
    labels = {one.id: one.label for one in words.items}
    labels |= {one.id: one.label for one in words.topics}
    labels |= {one.id: one.label for one in words.scales}
    return Wording(labels[subject]) if subject in labels else None


def figure_of(reading: Reading, at: Address) -> str:
    """Return the id of the figure that shows a scale, item or topic; "" where there is none."""
    for scale in reading.scales():
        if scale.id == at.subject:
            return f"brief-{axis_slug(reading, scale)}-w{reading.wave}"
    for singles in reading.single_items():
        for item in singles.items:
            if item.id == at.subject:
                return f"levels-{item.level}-{slug(singles.subject)}-w{reading.wave}"
    if any(at.subject == topic.id for topic in reading.topics("critical")):
        return f"say-critical-w{reading.wave}"
    return ""
