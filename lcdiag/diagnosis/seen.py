"""How each person sees each other party or sector, and the means of it by who rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.cells import column_estimates
from lcdiag.diagnosis.complementary import FEWEST_PARTIES
from lcdiag.diagnosis.directed import (
    STATISTIC,
    GridQuestion,
    grid_questions,
    seated,
    sector_subjects,
    sectors_about,
)
from lcdiag.diagnosis.evidence import Evidence, Floats, Mask, RawMeasure
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.units import Labels, UnitKind, group_rows, subgroup_kinds
from lcdiag.statistics.means import group_means


@dataclass(frozen=True)
class Seen:
    """One question of a round robin: how each person sees each receiver.

    Attributes
    ----------
    kind : str
        ``"party"`` or ``"sector"``: what the receivers are, and the givers too.
    subjects : tuple of str
        One a receiver: the code of the column about a party, the subject of a sector; "" for
        parties without a sector.
    values : (n, k) array of float
        The person's rating of the party, or the mean of their ratings of the parties of the
        sector, their own party left out. NaN where they did not rate all of these.
    sizes : (n, k) array of int
        How many parties a value averages at the table of that row; 0 where it has none.
    members : (n,) array of str
        The party of each row, "" where it is not known.
    fits : (n,) array of bool
        False where somebody rated more parties than others of their sector could, so that what
        they say of the sectors does not add up to their score.
    """

    kind: UnitKind
    subjects: tuple[str, ...]
    values: Floats
    sizes: Labels
    members: npt.NDArray[np.object_]
    fits: Mask

    @property
    def fewest(self) -> int:
        """Return how many parties a receiver must hold to have a cell."""
        return FEWEST_PARTIES if self.kind == "sector" else 1


def giving_kind(evidence: Evidence) -> UnitKind | None:
    """Return what rates and is rated: parties, where these agreed to rows; else sectors, or none.

    Never both: one party's cell would follow from its sector's and those of the others.
    """
    kinds = [kind for kind in subgroup_kinds(evidence) if kind in ("party", "sector")]
    return kinds[0] if kinds else None


def how_seen(evidence: Evidence, question: GridQuestion, kind: UnitKind) -> Seen:
    """Return how each person sees each party, or each sector, that a question is about."""
    responses = evidence.responses
    codes = tuple(question.receivers)
    ratings = responses.values[:, [responses.columns.index(code) for code in codes]]
    about = np.array([question.receivers[code] for code in codes], dtype=np.object_)
    at_table = np.zeros(ratings.shape, dtype=bool)
    for community, here in seated(evidence).items():
        at_table[responses.community == community] = np.isin(about.astype(str), here)
    others = at_table & (responses.party[:, None] != about[None, :])
    if kind == "sector":
        return _of_sectors(evidence, question, ratings, about, at_table)
    whole = np.ones(len(ratings), dtype=bool)
    return Seen("party", codes, ratings, others.astype(np.int64), responses.party, whole)


def _of_sectors(
    evidence: Evidence,
    question: GridQuestion,
    ratings: Floats,
    about: npt.NDArray[np.object_],
    at_table: Mask,
) -> Seen:
    """Return how each person sees each sector.

    Everybody leaves one party of their own sector out: their own. So all people of a sector have
    the same number of others there, also those of whom only the sector is known, as a form asks
    where parties agreed to rows of sectors: the one row that they left empty is taken as their
    own party. Whoever left two empty is of an unknown party and did not rate that sector whole.
    """
    responses = evidence.responses
    sector_of = evidence.study.sectors
    names = sectors_about(evidence.study.questionnaire, sector_of)
    home = np.array([sector_of.get(party, "") for party in about], dtype=np.object_)
    member = (home[:, None] == np.array(names, dtype=np.object_)[None, :]).astype(np.int64)
    own = responses.sector[:, None] == np.array(names, dtype=np.object_)[None, :]
    sizes = np.maximum(at_table @ member - (own & (responses.sector != "")[:, None]), 0)
    rated = ~np.isnan(ratings)
    counted = rated & at_table & (responses.party[:, None] != about[None, :])
    sums = np.where(counted, ratings, 0.0) @ member
    complete = (counted @ member == sizes) & (sizes > 0)
    values = np.where(complete, sums / np.maximum(sizes, 1), np.nan)
    fits = ((rated & at_table) @ member <= sizes).all(axis=1)
    fits &= rated.sum(axis=1) <= sizes.sum(axis=1)
    empty = at_table & ~rated & (responses.sector[:, None] == home[None, :])
    guess = np.where(empty.sum(axis=1) == 1, about[empty.argmax(axis=1)], "")
    subject = sector_subjects(question.scale, names)
    return Seen(
        "sector",
        tuple(subject.get(name, "") for name in names),
        values,
        sizes,
        np.where(responses.party != "", responses.party, guess),
        fits,
    )


def directed_measures(
    evidence: Evidence, questions: Sequence[GridQuestion] | None = None
) -> list[RawMeasure]:
    """Return the mean rating of each party or sector by each one at its table, wave by wave.

    Every pair at a table has a measure, also one that nobody rated: whether somebody did is an
    answer as well. There is none where the parties agreed to rows of neither.

    Parameters
    ----------
    evidence : Evidence
        The answers.
    questions : sequence of GridQuestion, optional
        Those of the study if not given.
    """
    questions = grid_questions(evidence) if questions is None else questions
    kind = giving_kind(evidence)
    if kind is None or not len(evidence.responses):
        return []
    grouping = group_rows(evidence, kind)
    # all people of a place are asked about as many parties of each receiver: the first row tells
    _, first = np.unique(grouping.label[grouping.seated], return_index=True)
    rows = np.flatnonzero(grouping.seated)[first]
    measures: list[RawMeasure] = []
    for question in questions:
        seen = how_seen(evidence, question, kind)
        found = _means(seen.values, grouping.label, question)
        asked = (seen.sizes[rows] >= seen.fewest) & (np.array(seen.subjects) != "")
        for number, column in zip(*(side.tolist() for side in np.nonzero(asked)), strict=True):
            place = grouping.places[number]
            cell = found.get(number * len(seen.subjects) + column)
            cell = Estimate.missing("no-answers") if cell is None else cell
            at = Address(
                statistic=STATISTIC,
                subject=seen.subjects[column],
                level=question.level,
                unit=place.unit,
                wave=place.wave,
            )
            size = int(seen.sizes[rows[number], column])
            ends = (question.low, question.high)
            measures.append(RawMeasure(at, cell, "directed", cell.n, place.people, size, *ends))
    return measures


def _means(values: Floats, label: Labels, question: GridQuestion) -> dict[int, Estimate]:
    """Return the means by place and column, numbered together."""
    rows, columns = np.nonzero(~np.isnan(values) & (label >= 0)[:, None])
    if not len(rows):
        return {}
    key = label[rows] * values.shape[1] + columns
    bounds = (question.low, question.high)
    means = group_means(values[rows, columns][:, None], key, bounds=bounds)
    numbers = [int(one) for one in means.groups]
    return dict(zip(numbers, column_estimates(means, 0), strict=True))
