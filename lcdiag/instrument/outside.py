"""What can be rated from outside the table: by the facilitator, or by those represented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lcdiag.base.errors import LcdiagError
from lcdiag.base.levels import Referent
from lcdiag.instrument.model import Format, Instrument, Item, Scale
from lcdiag.instrument.questionnaire import Questionnaire

HOME_INSTRUMENT = "lc-achterban"
"""What the people represented are asked."""

VISIBLE = (Referent.GROUP, Referent.PARTIES)
"""What someone who is there can see; what is about oneself or one's own party is not."""

OUTSIDE_HEADINGS: dict[str, dict[str, str]] = {
    "community": {"nl": "gemeenschap", "en": "community"},
    "wave": {"nl": "meetmoment", "en": "wave"},
    "source": {"nl": "bron", "en": "source"},
    "scale": {"nl": "schaal", "en": "scale"},
    "rating": {"nl": "oordeel", "en": "rating"},
    "share": {"nl": "delen", "en": "share"},
}
"""The columns of ``external.csv``: we write the keys, and read either language."""


class OutsideSource(StrEnum):
    """Who looks from outside."""

    FACILITATOR = "facilitator"
    HOME = "home"


SOURCE_WORDS = {
    OutsideSource.FACILITATOR: {"nl": "begeleider", "en": "facilitator"},
    OutsideSource.HOME: {"nl": "achterban", "en": "home"},
}
"""What people write, in every language we write."""


@dataclass(frozen=True, slots=True)
class OutsideSubject:
    """Something that is rated from outside.

    Attributes
    ----------
    address : str
        What stands in the column `scale`: a scale (``"lc-safety:safety"``) or an item code.
    instrument : Instrument
        Where it comes from.
    format : Format
        The points of a rating.
    scale : Scale or None
        The scale that is rated as a whole.
    item : Item or None
        The single statement that is rated.
    """

    address: str
    instrument: Instrument
    format: Format
    scale: Scale | None = None
    item: Item | None = None


def source_of(word: str) -> OutsideSource | None:
    """Return the source that a word means in any language, or None where it means none."""
    folded = word.strip().casefold()
    for source, words in SOURCE_WORDS.items():
        if folded in words.values():
            return source
    return None


def source_words() -> tuple[str, ...]:
    """Return all words for a source, Dutch before English."""
    return tuple(word for words in SOURCE_WORDS.values() for word in words.values())


def visible_scales(questionnaire: Questionnaire) -> tuple[OutsideSubject, ...]:
    """Return the scored scales that somebody who is at the meetings can rate by looking.

    In the order of asking: the general opinion, which a set asks first, stands first here too.
    """
    place = {code: number for number, code in enumerate(questionnaire.codes)}
    found = [
        OutsideSubject(f"{home.id}:{scale.id}", home, home.format_of(scale.items[0]), scale=scale)
        for home, scale in sorted(
            questionnaire.scales, key=lambda pair: min(place[code] for code in pair[1].items)
        )
        if not scale.per_item and all(home.item(code).referent in VISIBLE for code in scale.items)
    ]
    return tuple(found)


def visible_items(questionnaire: Questionnaire) -> tuple[OutsideSubject, ...]:
    """Return the single statements about the group or the parties together."""
    return tuple(
        _single(questionnaire.instrument_of(item.id), item)
        for item in questionnaire.items
        if item.referent in VISIBLE
    )


def home_items(questionnaire: Questionnaire) -> tuple[OutsideSubject, ...]:
    """Return the statements for the people represented; `questionnaire` asks `HOME_INSTRUMENT`."""
    return tuple(_single(questionnaire.instrument_of(i.id), i) for i in questionnaire.items)


def home_questionnaire(languages: Sequence[str]) -> Questionnaire:
    """Return what the people represented are asked, in these languages.

    Raises
    ------
    LcdiagError
        If there is no such instrument, or not in one of the languages.
    """
    from lcdiag.instrument.compose import compose

    return compose([[HOME_INSTRUMENT]], languages)


def subjects_of(source: OutsideSource, questionnaire: Questionnaire) -> tuple[OutsideSubject, ...]:
    """Return what may be rated by a source in a study; nothing where it asks nothing of the kind.

    Parameters
    ----------
    source : OutsideSource
        Who looks.
    questionnaire : Questionnaire
        What the people at the table are asked.
    """
    if source is OutsideSource.FACILITATOR:
        return visible_scales(questionnaire) + visible_items(questionnaire)
    try:
        return home_items(home_questionnaire(()))
    except LcdiagError:
        return ()


def _single(home: Instrument, item: Item) -> OutsideSubject:
    return OutsideSubject(item.id, home, home.formats[item.format], item=item)
