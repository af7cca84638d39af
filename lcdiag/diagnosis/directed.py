"""The questions of a round robin: who is asked about whom, and what each answer is a rating of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lcdiag.base.levels import Level
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.scored import scored_scales
from lcdiag.instrument.model import Instrument, Scale
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.round_robin import party_keys, seated_parties

STATISTIC = "directed"


@dataclass(frozen=True)
class GridQuestion:
    """One question about each other party that is a scale by itself.

    Attributes
    ----------
    scale : str
        Address of its scale, whose mean of the community is released.
    receivers : mapping
        Column code to the party that it is about, in the order of asking.
    level : Level
        Of the question.
    low, high : float
        Ends of its scale.
    """

    scale: str
    receivers: Mapping[str, str]
    level: Level
    low: float
    high: float


def pair_scales(asked: Questionnaire) -> tuple[tuple[Instrument, Scale], ...]:
    """Return the scales of one question about each other party, with their instruments.

    A scale of several such questions has no numbers of one party about another: its community
    number rests on all of them, and nothing here says what follows from both.
    """
    found = []
    for home, scale in asked.scales:
        questions = {asked.asked_as.get(code, "") for code in scale.items}
        turned = any(home.item(code).reversed for code in scale.items)
        if asked.over_parties(scale) and len(questions) == 1 and not turned:
            found.append((home, scale))
    return tuple(found)


def receivers(asked: Questionnaire, scale: Scale) -> Mapping[str, str]:
    """Return the columns of a scale of `pair_scales`, each with the party that it is about."""
    return {code: asked.about[code] for code in scale.items}


def grid_questions(evidence: Evidence) -> tuple[GridQuestion, ...]:
    """Return the scored questions of which one party's rating of another can be a number."""
    asked = evidence.study.questionnaire
    single = {f"{home.id}:{scale.id}" for home, scale in pair_scales(asked)}
    found = []
    for one in scored_scales(evidence):
        about = (
            {
                code: party
                for code, party in receivers(asked, one.scale).items()
                if code in evidence.responses.columns
            }
            if one.address in single
            else {}
        )
        if about:
            level = one.home.item(next(iter(about))).level
            found.append(GridQuestion(one.address, about, level, one.low, one.high))
    return tuple(found)


def parties_about(asked: Questionnaire) -> tuple[str, ...]:
    """Return the parties that questions are about, in the order of the study."""
    return tuple(dict.fromkeys(asked.about.values()))


def seated(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """Return for every community the parties that its people were asked about."""
    study = evidence.study
    about = parties_about(study.questionnaire)
    found = {}
    for community in evidence.communities:
        here = seated_parties(study.settings, study.roster, community)
        found[community] = tuple(name for name in about if name in here) or about
    return found


def sectors_about(asked: Questionnaire, sector_of: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sectors of the parties that questions are about, in the order of the study.

    A party without a sector gives ``""``, so that nobody overlooks that it was rated as well.
    """
    return tuple(dict.fromkeys(sector_of.get(party, "") for party in parties_about(asked)))


def sector_subjects(scale: str, sectors: Sequence[str]) -> Mapping[str, str]:
    """Return the subject of how a sector is seen, for each sector but ``""``.

    Built as a column code is, from a key of small letters and digits: the name of a sector may
    hold any sign, and a subject goes into tables, pages and files of other programs.

    Examples
    --------
    >>> sector_subjects("lc-party-grid:keeps", ["Onderwijs & onderzoek"])
    {'Onderwijs & onderzoek': 'lc-party-grid:keeps.sector.onderwijsond'}
    """
    keys = party_keys(name for name in sectors if name)
    return {name: f"{scale}.sector.{key}" for name, key in keys.items()}
