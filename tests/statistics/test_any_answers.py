"""Whatever the answers are: a number or a reason, never an exception, a warning or a NaN."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.agreement import ad_m_j, rstar_wg_j, rwg_j
from lcdiag.statistics.agreement_interval import agreement_interval
from lcdiag.statistics.change import wave_difference
from lcdiag.statistics.discrepancy import (
    control_margin,
    hidden_consensus,
    perception_gap,
    projection,
)
from lcdiag.statistics.intraclass import icc_1, icc_k
from lcdiag.statistics.items import item_rest, item_summary
from lcdiag.statistics.means import group_means, mean_interval
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.reliability import alpha_if_dropped, cronbach_alpha, mcdonald_omega

SCALE = (1, 8)


def answers(start: int) -> tuple[np.ndarray, np.ndarray, np.random.Generator]:
    """A few answers, often missing, constant, alone, or none at all."""
    rng = np.random.default_rng(start)
    n, k = rng.integers(0, 12), rng.integers(0, 6)
    rows = rng.integers(1, rng.integers(2, 8) + 1, (n, k)).astype(float)
    rows[rng.random(rows.shape) < rng.choice([0, 0.1, 0.5, 1])] = np.nan
    return rows, rng.integers(0, rng.integers(1, 5), n), rng


def of_scales(rows: np.ndarray, rng: np.random.Generator) -> Iterator[Estimate]:
    for missing in ("pairwise", "listwise"):
        yield cronbach_alpha(rows, missing=missing)
        yield cronbach_alpha(rows, missing=missing, standardized=True, interval="duhachek")
        yield cronbach_alpha(
            rows, missing=missing, standardized=True, correlation="from-covariance"
        )
        yield cronbach_alpha(rows, missing=missing, interval="bootstrap", rng=rng, resamples=10)
        yield mcdonald_omega(rows, missing=missing)
        yield mcdonald_omega(rows, missing=missing, method="efa", variance="observed")
        yield mcdonald_omega(rows, missing=missing, variance="observed", metric="correlation")
        dropped, rest = alpha_if_dropped(rows, missing=missing), item_rest(rows, missing=missing)
        for item in range(rows.shape[1]):
            yield dropped.estimate(item)
            yield rest.estimate(item)
    item_summary(rows, bounds=SCALE)
    moments_of(rows).correlation()


def of_groups(rows: np.ndarray, groups: np.ndarray) -> Iterator[Estimate]:
    results = [ad_m_j(rows, groups, around=around) for around in ("mean", "median")]
    for missing in ("available", "every-item", "listwise"):
        results.append(rstar_wg_j(rows, groups, options=8, missing=missing))
        forks = {"null": "heavy_skew", "options": 8, "missing": missing}
        results.extend(
            rwg_j(rows, groups, out_of_range=rule, **forks) for rule in ("zero", "raw", "absent")
        )
    for result in results:
        yield from (result.estimate(group) for group in result.groups)
    means = group_means(rows, groups, bounds=SCALE, population={0: 12})
    yield from (means.estimate(g, v) for g in means.groups for v in range(rows.shape[1]))
    yield agreement_interval(rows, 4.0)


def of_columns(values: np.ndarray, other: np.ndarray, groups: np.ndarray) -> Iterator[Estimate]:
    for size in ("mean", "k0", "harmonic"):
        yield icc_1(values, groups, size=size, negative="zero")
        yield icc_1(values, groups, size=size)
    yield icc_k(values, groups)
    yield mean_interval(values)
    yield mean_interval(values, bounds=SCALE, method="score")
    yield mean_interval(values, cluster=groups)
    yield mean_interval(values, population=len(values))
    ids = np.arange(len(values))
    for later in (ids, ids + 2):
        yield wave_difference(values, other, first_ids=ids, second_ids=later, bounds=SCALE)


def of_ratings(rows: np.ndarray, other: np.ndarray, groups: np.ndarray) -> Iterator[Estimate]:
    yield perception_gap(rows, other, bounds=SCALE)
    yield control_margin(rows, other, groups)
    for centre in ("community", "community-and-person"):
        yield projection(rows, other, groups, centre=centre, minimum=3)
    consensus = hidden_consensus(rows, bounds=SCALE)
    yield from (consensus.own, consensus.share, consensus.agreement)


@pytest.mark.parametrize("first", range(1, 201, 20))
def test_a_number_or_a_reason(first: int) -> None:
    seen = 0
    for start in range(first, first + 20):
        rows, groups, rng = answers(start)
        other = rng.permutation(rows.ravel()).reshape(rows.shape)
        parts = [of_scales(rows, rng), of_groups(rows, groups), of_ratings(rows, other, groups)]
        if rows.shape[1]:
            parts.append(of_columns(rows[:, 0], rows[:, -1], groups))
        for part in parts:
            for estimate in part:  # an Estimate refuses NaN and infinity by itself
                seen += 1
                assert estimate.absent != ""
                if estimate.low is not None:
                    assert estimate.low <= estimate.high
    assert seen > 400
