"""What careless answers do to a scale: the same numbers without people who seem to be so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Evidence, Mask, Measured, Part
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.responses.seems_careless import seems_careless
from lcdiag.statistics.reliability import mcdonald_omega

LEAST = 5
"""Fewer people who seem careless could be known by the difference they make."""


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
    """Return who seems careless; nobody is left out of the other numbers for it."""
    return seems_careless(evidence.responses, evidence.once)


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
