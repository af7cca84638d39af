"""How each party sees each other party: the ratings of a round robin, giver by receiver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.base.levels import Level
from lcdiag.diagnosis.cells import column_estimates
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.scored import scored_scales
from lcdiag.diagnosis.units import Place, group_rows
from lcdiag.instrument.model import Instrument, Scale
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.round_robin import seated_parties
from lcdiag.statistics.means import group_means

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


def directed_measures(
    evidence: Evidence, questions: Sequence[GridQuestion] | None = None
) -> list[RawMeasure]:
    """Return the mean rating of each party by each other one at its table, wave by wave.

    Every pair at a table has a measure, also one that nobody rated: whether somebody did is an
    answer as well.

    Parameters
    ----------
    evidence : Evidence
        The answers.
    questions : sequence of GridQuestion, optional
        Those of the study if not given.
    """
    questions = grid_questions(evidence) if questions is None else questions
    if not questions or not len(evidence.responses):
        return []
    grouping = group_rows(evidence, "party")
    at_table = seated(evidence)
    measures: list[RawMeasure] = []
    for question in questions:
        codes = tuple(question.receivers)
        columns = [evidence.responses.columns.index(code) for code in codes]
        found = _means(evidence.responses.values[:, columns], grouping.label, question)
        for number, place in enumerate(grouping.places):
            here = at_table[place.unit.community]
            measures += [
                _measure(question, code, place, found.get(number * len(codes) + column))
                for column, code in enumerate(codes)
                if question.receivers[code] in here and question.receivers[code] != place.unit.name
            ]
    return measures


def _means(
    values: Floats, label: np.ndarray[tuple[int], np.dtype[np.int64]], question: GridQuestion
) -> dict[int, Estimate]:
    """Return the means by place and column, numbered together."""
    rows, columns = np.nonzero(~np.isnan(values) & (label >= 0)[:, None])
    if not len(rows):
        return {}
    key = label[rows] * values.shape[1] + columns
    bounds = (question.low, question.high)
    means = group_means(values[rows, columns][:, None], key, bounds=bounds)
    numbers = [int(one) for one in means.groups]
    return dict(zip(numbers, column_estimates(means, 0), strict=True))


def _measure(question: GridQuestion, code: str, place: Place, cell: Estimate | None) -> RawMeasure:
    cell = Estimate.missing("no-answers") if cell is None else cell
    at = Address(
        statistic=STATISTIC,
        subject=code,
        level=question.level,
        unit=place.unit,
        wave=place.wave,
    )
    return RawMeasure(at, cell, "directed", cell.n, place.people, 1, question.low, question.high)
