"""Agreement against other expectations than answers at random, beside the uniform one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.diagnosis.released_counts import Counts, Place, released_counts
from lcdiag.diagnosis.rounding import SHARE, round_cell, to_grid
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.statistics.agreement import rwg_j
from lcdiag.statistics.nulls import PUBLISHED_OPTIONS, null_variance

NULLS = ("slight_skew", "max_dissensus")
FEW = "too-few-answers-for-agreement"
UNKNOWN = "item-counts-not-shown"

UNPUBLISHED = ("slight_skew",)
"""Nulls that are published for some numbers of options only."""

Known = Mapping[tuple[str, str, Place], float]
Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return ``rwg_j.slight_skew`` and ``rwg_j.max_dissensus`` beside every ``rwg_j``.

    From the released counts of the scale's items: exactly what the answers themselves would give.
    Where these are not all released, from ``rwg_j`` itself, if its two decimals settle those of
    the other.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        Not needed.

    Notes
    -----
    Absent when: as ``rwg_j``; ``too-few-answers-for-agreement`` (a shown mean rests on fewer
    answers than the study's limit for exact cells); ``item-counts-not-shown`` (the counts of some
    item are not released, or rest on other people than the scale, and ``rwg_j`` does not settle
    it); ``null-not-published`` (the skewed one is for 5 to 11 options). Otherwise hidden where
    ``rwg_j`` is.
    """
    shared = [
        one
        for one in diagnosis.measures
        if one.at.statistic == "rwg_j" and one.at.unit.kind == "community"
    ]
    if not shared:
        return ()
    options = {item.id: item.high - item.low + 1 for item in diagnosis.words.items}
    points = {
        one.id: options[one.items[0]] for one in diagnosis.words.scales if one.items[0] in options
    }
    items = {one.id: len(one.items) for one in diagnosis.words.scales}
    known = _known(diagnosis, points)
    return tuple(
        Measure.model_construct(
            at=one.at.model_copy(update={"statistic": f"rwg_j.{null}"}),
            cell=_cell(diagnosis, one, null, points[one.at.subject], items[one.at.subject], known),
        )
        for null in NULLS
        for one in shared
    )


def _cell(
    diagnosis: Diagnosis, one: Measure, null: str, points: int, items: int, known: Known
) -> Estimate | Hidden:
    """Return agreement against one null where the released counts tell it."""
    at, cell = one.at, one.cell
    if isinstance(cell, Hidden):
        mean = diagnosis.cell("mean", at.subject, at.unit, at.wave)
        if isinstance(mean, Estimate) and 0 < mean.n < diagnosis.thresholds.exact:
            return Estimate.missing(FEW, n=mean.n)
        return cell
    if cell.value is None:
        return cell
    if null in UNPUBLISHED and points not in PUBLISHED_OPTIONS:
        return Estimate.missing("null-not-published", n=cell.n)
    place = (at.unit.community, at.wave)
    uniform = known.get(("uniform", at.subject, place))
    # the counts must be those of the people whose agreement was released
    if uniform is None or abs(uniform - cell.value) > SHARE / 2 + 1e-6:
        value = converted(cell.value, null, points, items)
        if value is None:
            return Estimate.missing(UNKNOWN, n=cell.n)
    else:
        value = known[null, at.subject, place]
    found = Estimate(value=value, n=cell.n, method=f"{cell.method}, {null}")
    return found if diagnosis.provenance.internal else round_cell(found, SHARE)


def converted(released: float, null: str, points: int, items: int) -> float | None:
    """Return agreement against a null as a released uniform one alone tells it, or None.

    The exact value lies within half a step of the released one. Where both ends give the same
    two decimals under the other null, so does whatever lies between.

    Parameters
    ----------
    released : float
        rwg(J) against the uniform null, rounded to two decimals.
    null : str
        The other null.
    points, items : int
        How many options an item has, and how many items the scale has (J).
    """
    times = null_variance("uniform", points) / null_variance(null, points)
    ends = []
    for end in (released - SHARE / 2, min(released + SHARE / 2, 1.0)):
        # rwg(J) turned round: mean item variance over the null's; unknown where cut off at 0
        ratio = items * (1 - end) / (items * (1 - end) + end) * times if end > 0 else np.inf
        ends.append(items * (1 - ratio) / (items * (1 - ratio) + ratio) if ratio < 1 else 0.0)
    low, high = to_grid(np.array(ends), SHARE).tolist()
    return float(low * SHARE) if low == high else None


def _known(diagnosis: Diagnosis, points: Mapping[str, int]) -> Known:
    """Return agreement by null, scale and place, where the counts of all items are released."""
    counts = released_counts(diagnosis)
    # who did not rate a topic whole is left out of its items, not out of a scale
    topics = {
        code for one in diagnosis.words.topics for code in (one.own, one.others, one.practice)
    }
    found: dict[tuple[str, str, Place], float] = {}
    for scale in diagnosis.words.scales:
        tables = [counts.get(code, {}) for code in scale.items]
        places = sorted(set.intersection(*(set(table) for table in tables)))
        if not places or topics & set(scale.items) or scale.id not in points:
            continue
        answers, groups = _answers([[table[place] for table in tables] for place in places])
        for null in ("uniform", *NULLS):
            if null in UNPUBLISHED and points[scale.id] not in PUBLISHED_OPTIONS:
                continue
            values = rwg_j(answers, groups, null=null, options=points[scale.id])
            for row, value in zip(values.groups.tolist(), values.values.tolist(), strict=True):
                if value == value:
                    found[null, scale.id, places[row]] = value
    return found


def _answers(rows: list[list[Counts]]) -> tuple[Floats, Labels]:
    """Return answers (n, J) with these counts in each group, and the groups.

    Who gave which answers together is unknown, and agreement does not ask for it.
    """
    most = [max(one.n for one in row) for row in rows]
    answers = np.full((sum(most), len(rows[0])), np.nan)
    start = 0
    for row, people in zip(rows, most, strict=True):
        for column, one in enumerate(row):
            values = np.arange(one.low, one.low + len(one.counts))
            answers[start : start + one.n, column] = values.repeat(one.counts)
        start += people
    return answers, np.arange(len(rows)).repeat(most)


DERIVATION = Derivation("agreement_nulls", derive)
