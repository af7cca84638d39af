"""Means of communities drawn towards the mean of all, as far as each is unsure by itself."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from lcdiag.base.estimate import Band, Estimate, Hidden
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Diagnosis, Measure, ScaleWords
from lcdiag.diagnosis.rounding import EXACT, round_cell
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.statistics.intervals import BANDS, t_quantile
from lcdiag.statistics.shrinkage import empirical_bayes_from_summaries

STATISTIC = "mean_shrunken"
FEWEST = 5
FEW = "fewer-than-5-groups"
GRIDS = (1.0, 0.5, EXACT)


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return ``mean_shrunken`` beside the mean of every scale, community and wave.

    It is worked out from the released means, their strips and n of all communities in the wave,
    so it says nothing that these do not. Its value stands on the grid of the mean beside it.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        Tells which scores are of ratings of the other parties: these have no such row.

    Notes
    -----
    Absent when: as the mean; ``fewer-than-5-groups`` (communities with a released mean: from fewer
    one could work out another's); ``no-strip`` (a mean without an interval); as
    `shrinkage.empirical_bayes_means`. Hidden where the mean is.
    """
    tables = community_means(diagnosis, questionnaire)
    internal = diagnosis.provenance.internal
    return tuple(
        measure for scale, rows in tables for measure in _beside(rows, scale, exact=internal)
    )


def community_means(
    diagnosis: Diagnosis, questionnaire: Questionnaire
) -> list[tuple[ScaleWords, list[Measure]]]:
    """Return the means of the communities, a list a scale and wave.

    Without scores of ratings of the other parties: who sits at which table decides what these rest
    on, so means of several communities have nothing in common.
    """
    over_parties = {
        f"{home.id}:{scale.id}"
        for home, scale in questionnaire.scales
        if questionnaire.over_parties(scale)
    }
    scales = {one.id: one for one in diagnosis.words.scales if one.id not in over_parties}
    tables: dict[tuple[str, int], list[Measure]] = defaultdict(list)
    for one in diagnosis.measures:
        at = one.at
        if at.statistic == "mean" and at.unit.kind == "community" and at.subject in scales:
            tables[at.subject, at.wave].append(one)
    return [(scales[subject], rows) for (subject, _), rows in tables.items()]


def _beside(rows: Sequence[Measure], scale: ScaleWords, *, exact: bool) -> list[Measure]:
    """Return one row a community of one scale in one wave."""
    known = [
        (place, one.cell, error)
        for place, one in enumerate(rows)
        if isinstance(one.cell, Estimate)
        and (error := standard_error(one.cell, scale.low, scale.high, exact=exact)) is not None
    ]
    cells = [_without(one.cell) for one in rows]
    if len(known) < FEWEST:
        for place, cell, _ in known:
            cells[place] = Estimate.missing(FEW, n=cell.n)
    else:
        found = empirical_bayes_from_summaries(
            [cell.value for _, cell, _ in known],
            [error for _, _, error in known],
            [cell.n for _, cell, _ in known],
            bands=BANDS,
        )
        for number, (place, cell, _) in enumerate(known):
            drawn = _within(found.estimate(number), scale.low, scale.high)
            cells[place] = drawn if exact else round_cell(drawn, grid_of(cell))
    return [
        Measure.model_construct(at=one.at.model_copy(update={"statistic": STATISTIC}), cell=cell)
        for one, cell in zip(rows, cells, strict=True)
    ]


def _without(cell: Estimate | Hidden) -> Estimate | Hidden:
    """Return what stands beside a mean that cannot be drawn anywhere."""
    if isinstance(cell, Hidden):
        return cell
    return Estimate.missing(cell.absent or "no-strip", n=cell.n)


def standard_error(cell: Estimate, low: float, high: float, *, exact: bool) -> float | None:
    """Return the standard error that a mean's strip tells, or None where it has none.

    A released strip was moved outward to its grid on both sides, by half a step on average, which
    is taken off again. Where it was cut at an end of the scale, the other side tells.

    Parameters
    ----------
    cell : Estimate
        A mean with limits.
    low, high : float
        Ends of the scale.
    exact : bool
        Whether the strip was not rounded.
    """
    if cell.value is None or cell.low is None or cell.high is None or cell.n < 2:
        return None
    whole = low < cell.low and cell.high < high
    half = (cell.high - cell.low) / 2
    if not whole:
        half = max(cell.high - cell.value, cell.value - cell.low)
    if not exact:
        half = max(half - grid_of(cell) / 2, 0.0)
    return half / float(t_quantile(cell.n - 1, cell.confidence or 0.95))


def grid_of(cell: Estimate) -> float:
    """Return the coarsest grid on which a released mean and all its limits stand.

    Parameters
    ----------
    cell : Estimate
        A released mean.
    """
    ends = [end for band in cell.bands for end in (band.low, band.high)]
    numbers = [one for one in (cell.value, cell.low, cell.high, *ends) if one is not None]
    for grid in GRIDS:
        if all(math.isclose(one / grid, round(one / grid), abs_tol=1e-6) for one in numbers):
            return grid
    return EXACT


def _within(cell: Estimate, low: float, high: float) -> Estimate:
    """Return the cell with its limits inside the scale."""

    def cut(value: float) -> float:
        return float(np.clip(value, low, high))

    if cell.value is None or cell.low is None or cell.high is None:
        return cell
    return Estimate(
        cut(cell.value),
        cut(cell.low),
        cut(cell.high),
        cell.confidence,
        tuple(Band(one.confidence, cut(one.low), cut(one.high)) for one in cell.bands),
        cell.n,
        cell.method,
    )


DERIVATION = Derivation("shrunken_means", derive)
