"""Relations between scales that were expected beforehand, as far as a questionnaire can show."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

from lcdiag.base.levels import Referent
from lcdiag.instrument.model import Expectation, Instrument, Scale, Translated
from lcdiag.instrument.questionnaire import Questionnaire


class ExpectedRelation(NamedTuple):
    """Two scores and which way they should go together.

    Attributes
    ----------
    first, second : str
        Addresses of the scales, ``"lc-safety:safety"``, in the order of the file that states it.
    sign : str
        ``"positive"`` or ``"negative"``.
    why : dict
        The reason, for each language.
    source : str
        What it rests on.
    """

    first: str
    second: str
    sign: Literal["positive", "negative"]
    why: Translated
    source: str


def expected_relations(questionnaire: Questionnaire) -> tuple[ExpectedRelation, ...]:
    """Return the expected relations of which both scales are asked in full and scored.

    Parameters
    ----------
    questionnaire : Questionnaire
        What a study asks.

    Returns
    -------
    tuple of ExpectedRelation
        Each pair once, in the order of the instruments and their files. A pair about which two
        statements contradict each other is left out: then no direction was expected. So are
        scales shown item by item, and ratings of each other party, which are about that party.
    """
    scored = {
        address(home, scale.id)
        for home, scale in questionnaire.scales
        if has_score(home, scale) and not questionnaire.over_parties(scale)
    }
    stated: dict[frozenset[str], list[ExpectedRelation]] = defaultdict(list)
    for home in questionnaire.instruments:
        for one in home.expected:
            first, second = pair_of(home, one)
            if first != second and {first, second} <= scored:
                found = ExpectedRelation(first, second, one.sign, one.why, one.source)
                stated[frozenset((first, second))].append(found)
    return tuple(same[0] for same in stated.values() if len({one.sign for one in same}) == 1)


def has_score(home: Instrument, scale: Scale) -> bool:
    """Return whether a scale gives a person one score, not one an item or one a party."""
    about_parties = {item.id for item in home.items if item.referent is Referent.OTHER_PARTY}
    return not scale.per_item and about_parties.isdisjoint(scale.items)


def address(home: Instrument, scale: str) -> str:
    """Return a scale with its instrument before it: ``"lc-safety:safety"``."""
    return f"{home.id}:{scale}"


def pair_of(home: Instrument, one: Expectation) -> tuple[str, str]:
    """Return the addresses of the two scales of an expectation."""
    other = one.other if ":" in one.other else address(home, one.other)
    return address(home, one.scale), other
