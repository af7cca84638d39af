"""The mean of every scale over the whole study, from the released means of its communities."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from lcdiag.base.estimate import Band, Estimate
from lcdiag.diagnosis.derivations.shrunken_means import (
    FEW,
    FEWEST,
    community_means,
    standard_error,
)
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Diagnosis, Measure, ScaleWords
from lcdiag.diagnosis.rounding import EXACT, round_cell
from lcdiag.diagnosis.units import STUDY
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.statistics.intervals import BANDS, t_quantile

STATISTIC = "mean_over_study"
METHOD = "released means weighted by n, t"


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return ``mean_over_study`` of every scale in every wave.

    The mean of the communities with a released mean, each counted by its answers; `n` is their
    sum. A community whose mean is hidden is not in it. It tells what people of the study said, not
    what other communities would say: communities are taken as they are. A study of one community
    has no such row, since it would be that of the community.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        Tells which scores are of ratings of the other parties: these have no such number.

    Notes
    -----
    Absent when ``fewer-than-5-groups`` (communities with a released mean and strip: from fewer,
    one that knows its own could come close to another's).
    """
    exact = diagnosis.provenance.internal
    return tuple(
        Measure(
            at=rows[0].at.model_copy(update={"statistic": STATISTIC, "unit": STUDY}),
            cell=_together(rows, scale, exact=exact),
        )
        for scale, rows in community_means(diagnosis, questionnaire)
        if len(rows) > 1
    )


def _together(rows: Sequence[Measure], scale: ScaleWords, *, exact: bool) -> Estimate:
    """Return the mean of the people of all communities that have one."""
    known = [
        (one.cell.value, error, one.cell.n)
        for one in rows
        if isinstance(one.cell, Estimate)
        and one.cell.value is not None
        and (error := standard_error(one.cell, scale.low, scale.high, exact=exact)) is not None
    ]
    if len(known) < FEWEST:
        return Estimate.missing(FEW, n=sum(n for _, _, n in known))
    means, errors, sizes = (
        np.array(column, dtype=np.float64) for column in zip(*known, strict=True)
    )
    share = sizes / sizes.sum()
    mean = float(share @ means)
    error = math.sqrt(float(share**2 @ errors**2))
    freedom = float(sizes.sum() - len(sizes))

    def end(confidence: float, sign: int) -> float:
        reach = sign * error * float(t_quantile(freedom, confidence))
        return float(np.clip(mean + reach, scale.low, scale.high))

    bands = tuple(Band(level, end(level, -1), end(level, 1)) for level in BANDS)
    n = int(sizes.sum())
    cell = Estimate(mean, end(0.95, -1), end(0.95, 1), 0.95, bands, n, METHOD)
    return cell if exact else round_cell(cell, EXACT)


DERIVATION = Derivation("study_means", derive)
