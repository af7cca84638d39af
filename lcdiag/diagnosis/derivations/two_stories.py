"""Whether answers to an item lie in two heaps rather than one: perhaps two stories live there."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.diagnosis.released_counts import Counts, released_counts
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.statistics.polarisation import polarisation_by_group

APART = (0.54, 0.6)
"""Least spread over the options (Leik, 0 to 1) is the first plus the second over n: 0.6 for ten
people. An even spread over seven options has 0.57, half of the people at each end 1."""
DIP = (0.07, 0.8)
"""Least depth of the valley, alike: how far the share of some option lies below the heaps on both
sides. Each alone marks what is no two heaps: a wide single heap, or one option that few happened to
take. Chance makes both larger where few answered; they are calibrated by simulation
(docs/two_stories.md)."""
FEWEST = 10
OPTIONS = (5, 7)
"""Numbers of options for which the limits were tried."""
METHOD = "Leik and valley"


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return 1 (two heaps) or 0 for each item, community and wave with released counts.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        Not needed.

    Notes
    -----
    Absent when: ``fewer-than-10-answers``; ``options-not-tried`` (another number of options than
    five or seven). Counts that are not released give no cell at all.
    """
    by_format: dict[tuple[int, int], list[Counts]] = defaultdict(list)
    for places in released_counts(diagnosis).values():
        for one in places.values():
            by_format[one.low, len(one.counts)].append(one)
    return tuple(
        measure
        for (_, options), rows in sorted(by_format.items())
        for measure in _flags(rows, options)
    )


def _flags(rows: list[Counts], options: int) -> list[Measure]:
    table = np.array([one.counts for one in rows], dtype=np.int64)
    split = two_heaps(table) if options in OPTIONS else [False] * len(rows)
    return [_measure(one, flag) for one, flag in zip(rows, split, strict=True)]


def two_heaps(table: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[bool]:
    """Return for each row of counts (m, K) whether it is spread wide with a valley in between.

    Parameters
    ----------
    table : (m, K) array of int
        Answers in each of K options.
    """
    bounds = (1, table.shape[1])
    values = np.tile(np.arange(1.0, bounds[1] + 1), len(table)).repeat(table.ravel())
    groups = np.arange(len(table)).repeat(table.sum(axis=1))
    if not len(values):
        return [False] * len(table)
    spread = polarisation_by_group(values, groups, bounds, measure="leik")
    valley = polarisation_by_group(values, groups, bounds, measure="valley")
    found = np.zeros(len(table), dtype=bool)
    people = spread.n
    # the nudge: 3 of 20 is 0.15 whatever way it is computed
    apart = spread.values >= APART[0] + APART[1] / people - 1e-9
    dip = valley.values >= DIP[0] + DIP[1] / people - 1e-9
    found[spread.groups] = apart & dip
    answer: list[bool] = found.tolist()
    return answer


def _measure(one: Counts, split: bool) -> Measure:
    cell = Estimate(value=float(split), n=one.n, method=METHOD)
    if one.n < FEWEST:
        cell = Estimate.missing("fewer-than-10-answers", n=one.n, method=METHOD)
    elif len(one.counts) not in OPTIONS:
        cell = Estimate.missing("options-not-tried", n=one.n, method=METHOD)
    at = one.at.model_copy(update={"statistic": "two_stories"})
    return Measure.model_construct(at=at, cell=cell)


DERIVATION = Derivation("two_stories", derive)
