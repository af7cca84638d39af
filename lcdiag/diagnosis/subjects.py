"""What the conditions of an indicator are about: their subjects as a Diagnosis names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lcdiag.base.levels import Level
from lcdiag.diagnosis.model import Words
from lcdiag.instrument.model import Condition


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition whose subject is asked.

    Attributes
    ----------
    condition : Condition
        As the instrument file states it.
    subject : str
        As addresses name it: ``"lc-conflict:task"``, or the code of an item.
    level : Level
        What the subject is about.
    """

    condition: Condition
    subject: str
    level: Level


def asked_conditions(
    words: Words, home: str, conditions: Sequence[Condition], at_least: int | None = None
) -> tuple[Asked, ...]:
    """Return the conditions whose subject is asked; none where the indicator must be silent.

    Parameters
    ----------
    words : Words
        Of everything that is asked.
    home : str
        Id of the instrument that states the conditions.
    conditions : sequence of Condition
        A required one that is not asked makes the indicator silent; an optional one is left out.
    at_least : int or None
        How many must hold; fewer that are asked make the indicator silent as well.
    """
    found = []
    for condition in conditions:
        subject = _subject(words, home, condition.subject)
        if subject is not None:
            found.append(Asked(condition, *subject))
        elif not condition.optional:
            return ()
    return tuple(found) if len(found) >= (at_least or 1) else ()


def _subject(words: Words, home: str, name: str) -> tuple[str, Level] | None:
    """Return the address and level of a scale, pool, topic or item; None where it is not asked."""
    full = name if ":" in name else f"{home}:{name}"
    there, _, part = full.partition(":")
    for scale in words.scales:
        if scale.id == full and not scale.per_item:
            return full, scale.level
    for topic in words.topics:
        if topic.instrument == there and part in (topic.kind, topic.id.partition(":")[2]):
            item = next((one for one in words.items if one.id == topic.practice), None)
            return full, item.level if item is not None else Level.GROUP
    for item in words.items:
        if (item.instrument, item.id) == (there, part):
            return item.id, item.level
    return None
