"""What careless answers do to a scale: the same numbers without people who seem to be so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Evidence, Mask, Measured, Part
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.statistics.careless import longstring, mahalanobis_tail
from lcdiag.statistics.reliability import mcdonald_omega

LEAST = 5
"""Fewer people who seem careless could be known by the difference they make."""
TAIL = 0.001


def lines(of: Measured) -> Iterator[Line]:
    """Yield what omega and the mean (in standard deviations) change without careless people."""
    people = of.people()
    flagged = careless(of.evidence)[people.rows]
    kept = ~flagged
    for criterion in ("careless-omega", "careless-mean"):
        if 0 < flagged.sum() < LEAST:
            cell = Estimate.missing("few-careless")
        elif criterion == "careless-mean":
            cell = _of_mean(people.scores, kept)
        elif people.items.shape[1] < 3:
            continue
        else:
            cell = _of_omega(people.items, kept)
        yield line(criterion, cell, At(people.n))


def careless(evidence: Evidence) -> Mask:
    """Return who seems careless: half of the items in a row the same, or an odd mixture.

    A run of the same answer over half of all ratings (Curran, 2016), or a distance from all others
    that chance gives one of a thousand (Meade & Craig, 2012). An indication, never a verdict about
    a person: nobody is left out of the other numbers for it.
    """
    raw = evidence.responses.values.astype(np.float64)
    raw[evidence.responses.codes < 0] = np.nan
    found = np.zeros(len(raw), dtype=bool)
    half = raw.shape[1] / 2
    if raw.shape[1] >= 10:
        found |= np.nan_to_num(np.asarray(longstring(raw))) >= half
    rows = evidence.once & (np.isnan(raw).mean(axis=1) < 0.5)
    used = raw[rows][:, ~np.isnan(raw[rows]).all(axis=0)]
    if rows.sum() > 2 * used.shape[1]:
        tails = np.asarray(mahalanobis_tail(used))
        found[np.flatnonzero(rows)[np.nan_to_num(tails, nan=1.0) < TAIL]] = True
    return found


def _of_mean(scores: np.ndarray[tuple[int], np.dtype[np.float64]], kept: Mask) -> Estimate:
    known = ~np.isnan(scores)
    all_, rest = scores[known], scores[known & kept]
    if len(rest) < 2 or all_.std() == 0:
        return Estimate.missing("no-variation", n=len(rest))
    moved = abs(float(rest.mean() - all_.mean())) / float(all_.std(ddof=1))
    return Estimate(moved, n=len(rest), method="difference of means, in standard deviations")


def _of_omega(items: np.ndarray[tuple[int, int], np.dtype[np.float64]], kept: Mask) -> Estimate:
    whole, rest = mcdonald_omega(items), mcdonald_omega(items[kept])
    if whole.value is None or rest.value is None:
        return Estimate.missing(whole.absent or rest.absent or "", n=int(kept.sum()))
    return Estimate(abs(rest.value - whole.value), n=rest.n, method="difference of omega total")


PART = Part(whole=lines)
