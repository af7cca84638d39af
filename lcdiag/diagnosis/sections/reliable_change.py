"""How many people changed beyond error of measurement, and which changes are worth a word.

``smallest_change`` is half a standard deviation: a convention about the size of a change, found
to lie near what people notice in studies of health. ``detectable_change`` is what error of
measurement alone seldom makes of one person's score. Neither is a verdict, and a change of a mean
may be clear and still smaller than both.

References
----------
Norman, Sloan & Wyrwich (2003), Medical Care 41(5); Jacobson & Truax (1991), Journal of Consulting
and Clinical Psychology 59(1); Beckerman et al. (2001), Quality of Life Research 10.
"""

from __future__ import annotations

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure, Section
from lcdiag.diagnosis.followed import Step, rows_at_the_start, steps
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.scored import Scored, scored_scales
from lcdiag.diagnosis.units import STUDY
from lcdiag.statistics.change import reliable_change, smallest_detectable_change
from lcdiag.statistics.reliability import cronbach_alpha
from lcdiag.statistics.reliable_change import HIGHER, LOWER, UNCHANGED

DIRECTIONS = (
    ("reliable_change.up", HIGHER),
    ("reliable_change.same", UNCHANGED),
    ("reliable_change.down", LOWER),
)
_HALF = "half a standard deviation"


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return per scale the counts of every step, and two sizes to hold a change against.

    One standard error serves a scale in the whole study: reliability and spread are those of
    everybody in each community's first wave, so that the same change of a person counts alike
    in every community and wave.
    """
    followed = steps(evidence)
    if not followed:
        return []
    start = rows_at_the_start(evidence)
    measures = []
    for one in scored_scales(evidence):
        if one.over_parties:
            continue
        reliability = _reliability(one, evidence, start)
        values = evidence.scores.scale(one.address)
        measures += _sizes(one, values[start], reliability)
        measures += _counts(one, values, followed, values[start], reliability)
    return measures


def _reliability(one: Scored, evidence: Evidence, start: np.ndarray) -> float | None:
    """Return alpha of the first waves as a page shows it, or None where it cannot serve."""
    found = cronbach_alpha(one.items(evidence)[start]).value
    # as it is shown, to two decimals, so that a reader can work the counts out from it
    return None if found is None or found < 0 else min(round(found, 2), 1.0)


def _sizes(one: Scored, base: Floats, reliability: float | None) -> list[RawMeasure]:
    """Return half a standard deviation, and what errors alone seldom make of one person."""
    known = base[~np.isnan(base)]
    n = len(known)
    half = Estimate.missing("no-spread", n=n, method=_HALF)
    if n >= 2 and np.ptp(known) > 0:
        half = Estimate(value=float(known.std(ddof=1)) / 2, n=n, method=_HALF)
    detectable = Estimate.missing("no-reliability", n=n, method="smallest detectable change")
    if reliability is not None:
        detectable = smallest_detectable_change(base, reliability)
    return [
        RawMeasure(
            at=Address(
                statistic=statistic,
                subject=one.address,
                level=one.scale.level,
                unit=STUDY,
                wave=0,
            ),
            cell=cell,
            kind="study",
            n=cell.n,
            people=n,
            ratings=one.ratings,
            low=0.0,
            high=one.high - one.low,
        )
        for statistic, cell in (("smallest_change", half), ("detectable_change", detectable))
    ]


def _counts(
    one: Scored,
    values: Floats,
    followed: tuple[Step, ...],
    base: Floats,
    reliability: float | None,
) -> list[RawMeasure]:
    """Return how many of the linked people of every step went up, down, or neither."""
    place = np.repeat(np.arange(len(followed)), [len(step.first) for step in followed])
    first = values[np.concatenate([step.first for step in followed])]
    second = values[np.concatenate([step.second for step in followed])]
    directions = np.full(len(place), "", dtype=object)
    absent = "no-reliability"
    if reliability is not None:
        found = reliable_change(
            first, second, method="jacobson-truax", reliability=reliability, compare=(base, base)
        )
        directions, absent = found.directions, found.standard_error.absent or ""
    both = ~np.isnan(first) & ~np.isnan(second)
    people = np.bincount(place[both], minlength=len(followed)).tolist()
    measures = []
    for statistic, word in DIRECTIONS:
        counts = np.bincount(place[directions == word], minlength=len(followed)).tolist()
        for step, count, n in zip(followed, counts, people, strict=True):
            missing = absent or ("no-answers" if n == 0 else "")
            method = f"jacobson-truax, from wave {step.before.wave}"
            cell = Estimate(value=float(count), n=n, method=method)
            if missing:
                cell = Estimate.missing(missing, n=n, method=method)
            measures.append(_count(one, statistic, step, cell))
    return measures


def _count(one: Scored, statistic: str, step: Step, cell: Estimate) -> RawMeasure:
    return RawMeasure(
        at=Address(
            statistic=statistic,
            subject=one.address,
            level=one.scale.level,
            unit=step.now.unit,
            wave=step.now.wave,
        ),
        cell=cell,
        kind="moved",
        n=cell.n,
        people=min(step.before.people, step.now.people),
        ratings=one.ratings,
        low=0.0,
        high=float(cell.n),
    )


SECTION = Section("reliable_change", measure)
