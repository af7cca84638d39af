"""Whatever the answers are: a number or a reason, never an exception, a warning or a NaN."""

from __future__ import annotations

import itertools
import math
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
from lcdiag.statistics.intraclass import icc_1, icc_k, rater_icc
from lcdiag.statistics.items import item_rest, item_summary
from lcdiag.statistics.means import group_means, mean_interval
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.polychoric import polychoric
from lcdiag.statistics.reliability import (
    alpha_by_level,
    alpha_if_dropped,
    cronbach_alpha,
    mcdonald_omega,
)

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


@pytest.mark.parametrize("rows", [[[2, 2], [0, 3]], [[1, 1], [3, 0]]])
def test_raters_as_unlike_as_can_be_have_no_limit_of_their_mean(rows: list[list[int]]) -> None:
    forms = rater_icc(rows).forms
    assert forms["ICC2"].low == pytest.approx(-1)  # -1 / (k - 1): the mean has no end there
    assert forms["ICC2k"].value == pytest.approx(-8)
    assert forms["ICC2k"].low is None


def test_a_level_with_next_to_no_variance_has_no_limits() -> None:
    rows = """-11 112 343 523 225 352 010 -23 132 322 254 232 330 220
              445 111 030 113 353 020 532 -12 243 433 324 232 545"""
    values = [[math.nan if c == "-" else int(c) for c in row] for row in rows.split()]
    groups = [int(c) for c in "444200322140051505302103514"]
    found = alpha_by_level(values, groups)
    assert found.between.value < -1000
    assert found.between.low is None
    assert found.within.low < found.within.value < found.within.high


@pytest.mark.parametrize("start", range(1, 31))
def test_polychoric_correlations_of_four_people_are_numbers_or_reasons(start: int) -> None:
    rng = np.random.default_rng(start)
    rows = rng.integers(0, 4, (4, 6)).astype(float)
    rows[rng.random(rows.shape) < 0.2] = np.nan
    found = polychoric(rows, method="ml", missing="pairwise")
    pairs = list(itertools.combinations(range(6), 2))
    if found.absent is None:
        reasons = [found.estimate(one, two).absent for one, two in pairs]
    else:
        reasons = [found.absent] * len(pairs)
    values = [found.matrix[pair] for pair in pairs]
    assert [reason is None for reason in reasons] == np.isfinite(values).tolist()
