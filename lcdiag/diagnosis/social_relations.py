"""What of how parties see each other lies with who rates, who is rated, and the pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.directed import GridQuestion
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.units import STUDY
from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.roundrobin import SocialRelations, social_relations
from lcdiag.statistics.spread import deviations

COMPONENTS = {
    "actor": "actor",
    "partner": "partner",
    "relationship": "relationship",
    "reciprocity.generalised": "actor-partner",
    "reciprocity.dyadic": "relationship covariance",
}
"""Last part of the statistic's name, and what the model calls it."""

SPREAD = "directed_spread"

Texts = npt.NDArray[np.str_]


@dataclass(frozen=True)
class PartyMeans:
    """Means of how each party sees each other, one a row, of one question in one wave.

    Attributes
    ----------
    values : (m,) array of float
        Mean rating over the people of the giving party.
    givers, receivers, communities : (m,) arrays of str
        Whose view, of whom, at which table.
    people : mapping of str to int
        How many people rated somebody, by community.
    """

    values: Floats
    givers: Texts
    receivers: Texts
    communities: Texts
    people: dict[str, int]


def relation_measures(evidence: Evidence, questions: Sequence[GridQuestion]) -> list[RawMeasure]:
    """Return shares, reciprocities and the spread of directed means over the study, wave by wave.

    Every community is a group, every party in it a member. A party with missing ratings, most
    often one that nobody sat for, is left out of its group. Ratings of people without a party
    belong to no member.
    """
    found: list[RawMeasure] = []
    for question in questions:
        for wave in evidence.waves:
            means = party_means(evidence, question, wave)
            if not len(means.values):
                continue
            # by their place in the study: which of two is left out must not depend on names
            place = {name: number for number, name in enumerate(question.receivers.values())}
            givers, receivers = (
                [place.setdefault(str(name), len(place)) for name in names]
                for names in (means.givers, means.receivers)
            )
            relations = social_relations(
                means.values, givers, receivers, means.communities, missing="drop"
            )
            cells = {
                f"social_relations.{name}": _of_parties(relations.share(of))
                for name, of in COMPONENTS.items()
            }
            people = _people_in(relations, means)
            found += [_measure(question, name, cell, wave, people) for name, cell in cells.items()]
            found.append(_spread(evidence, question, means, wave))
    return found


def party_means(evidence: Evidence, question: GridQuestion, wave: int) -> PartyMeans:
    """Return the directed means of one question in one wave, over all communities."""
    responses = evidence.responses
    codes = tuple(question.receivers)
    columns = [responses.columns.index(code) for code in codes]
    seated = (responses.wave == wave) & (responses.party != "")
    values = responses.values[seated][:, columns]
    rows, column = np.nonzero(~np.isnan(values))
    community = responses.community[seated].astype(str)
    label = np.column_stack(
        [
            community[rows],
            responses.party[seated].astype(str)[rows],
            np.array([question.receivers[code] for code in codes])[column],
        ]
    )
    raters = community[np.unique(rows)].tolist()
    if not len(rows):
        none = np.zeros(0, dtype=str)
        return PartyMeans(np.zeros(0), none, none, none, {})
    cells, place = np.unique(label, axis=0, return_inverse=True)
    place = place.reshape(-1)
    means = np.bincount(place, values[rows, column]) / np.bincount(place)
    people = {name: raters.count(name) for name in dict.fromkeys(raters)}
    return PartyMeans(means, cells[:, 1], cells[:, 2], cells[:, 0], people)


def _of_parties(cell: Estimate) -> Estimate:
    """Return an estimate whose reason speaks of parties, which are the members here."""
    if cell.absent == "fewer-than-4-people":
        return replace(cell, absent="fewer-than-4-parties")
    return cell


def _people_in(relations: SocialRelations, means: PartyMeans) -> tuple[int, int]:
    """Return how many people's ratings it rests on: in all, and without the largest community."""
    used = [
        means.people[str(group)]
        for group, n in zip(relations.by_group.groups, relations.by_group.n, strict=True)
        if n
    ]
    total = sum(used)
    return total, total - max(used) if len(used) > 1 else total


def _spread(evidence: Evidence, question: GridQuestion, means: PartyMeans, wave: int) -> RawMeasure:
    """Return the standard deviation of directed means around that of their community."""
    here = set(evidence.responses.community[evidence.responses.wave == wave].tolist())
    grouping = as_grouping(means.communities, len(means.values))
    count, _, squares = deviations(means.values[:, None], grouping, None)
    freedom = int(np.maximum(count - 1, 0).sum())
    cell = Estimate.missing("fewer-than-2-ratings", n=len(means.values), method="sd")
    if here != set(means.people):
        # else two communities of three could each take their own part off
        cell = Estimate.missing("not-every-community", n=len(means.values), method="sd")
    elif freedom:
        root = float(np.sqrt(squares.sum() / freedom))
        cell = Estimate(value=root, n=len(means.values), method="sd")
    total = sum(means.people.values())
    return _measure(question, SPREAD, cell, wave, (total, total))


def _measure(
    question: GridQuestion, name: str, cell: Estimate, wave: int, people: tuple[int, int]
) -> RawMeasure:
    at = Address(
        statistic=name, subject=question.scale, level=question.level, unit=STUDY, wave=wave
    )
    total, others = people
    return RawMeasure(at, cell, "study", others, total, 1, -1.0, question.high - question.low)
