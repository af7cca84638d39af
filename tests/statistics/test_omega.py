from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from lcdiag.statistics.factor import one_factor
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.omega import mcdonald_omega
from lcdiag.statistics.omega_interval import error_of, omega_percentiles, symmetric_limits
from lcdiag.statistics.omega_total import Forks, total_omega
from lcdiag.statistics.reliability import cronbach_alpha

NAN = float("nan")
Z95 = 1.959963984540054


def scale(start: int = 1, n: int = 90, k: int = 5, gone: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(start)
    factor = rng.normal(size=(n, 1))
    rows = factor * np.linspace(0.5, 1.0, k) + 0.7 * rng.normal(size=(n, k)) + 3
    rows[rng.random(rows.shape) < gone] = NAN
    return rows


def exact(covariance: np.ndarray, n: int = 60) -> np.ndarray:
    rows = np.random.default_rng(4).normal(size=(n, len(covariance)))
    rows -= rows.mean(axis=0)
    root = np.linalg.cholesky(rows.T @ rows / n)
    return rows @ np.linalg.inv(root).T @ np.linalg.cholesky(covariance).T


@given(loading=st.floats(0.3, 1.5), own=st.lists(st.floats(0.2, 2.0), min_size=3, max_size=6))
@settings(derandomize=True)
def test_omega_is_alpha_under_equal_loadings(loading: float, own: list[float]) -> None:
    rows = exact(loading**2 * np.ones((len(own), len(own))) + np.diag(own))
    alpha = cronbach_alpha(rows).value
    for forks in ({}, {"missing": "fiml"}, {"variance": "observed"}, {"missing": "pairwise"}):
        assert mcdonald_omega(rows, **forks).value == pytest.approx(alpha, abs=1e-6)


@pytest.mark.parametrize("missing", ["listwise", "fiml"])
@pytest.mark.parametrize("variance", ["implied", "observed"])
@pytest.mark.parametrize("metric", ["covariance", "correlation"])
def test_every_denominator_and_metric_by_its_definition(
    missing: str, variance: str, metric: str
) -> None:
    rows = scale(gone=0.1) * [1, 2, 3, 1, 0.5]
    fit = one_factor(rows, missing=missing)
    found = mcdonald_omega(rows, missing=missing, variance=variance, metric=metric)
    whole = rows[~np.isnan(rows).any(axis=1)]
    if metric == "correlation":
        common, own = fit.loadings_std.sum() ** 2, fit.own_std.sum()
        total = np.corrcoef(whole.T).sum()
    else:
        common, own = fit.loadings.sum() ** 2, fit.own.sum()
        total = np.cov(whole.T, bias=True).sum()
    if variance == "implied":
        assert found.value == pytest.approx(common / (common + own), rel=1e-4)
    elif missing == "listwise":
        assert found.value == pytest.approx(common / total, rel=1e-6)
    assert found.n == (len(whole) if missing == "listwise" else 90)
    words = f"total, cfa, {variance} variance, {metric}, {missing}"
    modelled = (variance, metric) == ("implied", "covariance")
    assert found.method == words + (", robust-logit" if modelled else "")
    assert (found.low is not None) == modelled


def test_the_error_is_the_delta_method_s() -> None:
    loadings, own = np.array([0.8, 0.5, 0.9]), np.array([0.4, 0.7, 0.6])
    half = np.random.default_rng(1).normal(size=(6, 9))
    spread = half @ half.T / 100

    def omega(at: np.ndarray) -> float:
        return float(at[:3].sum() ** 2 / (at[:3].sum() ** 2 + at[3:].sum()))

    at = np.concatenate([loadings, own])
    steps = 1e-6 * np.eye(6)
    slope = np.array([(omega(at + step) - omega(at - step)) / 2e-6 for step in steps])
    assert error_of(loadings, own, spread) == pytest.approx(np.sqrt(slope @ spread @ slope))
    assert error_of(loadings, own, np.full((6, 6), NAN)) is None
    assert error_of(loadings, own, -spread) is None


def test_limits_on_the_logit_stay_inside_and_meet_the_plain_ones_far_from_the_ends() -> None:
    plain, inside = (symmetric_limits(0.8, 0.05, logit=one) for one in (False, True))
    assert plain(0.95) == pytest.approx((0.8 - Z95 * 0.05, 0.8 + Z95 * 0.05))
    half = Z95 * 0.05 / 0.16
    assert inside(0.95) == pytest.approx((expit(logit(0.8) - half), expit(logit(0.8) + half)))
    assert symmetric_limits(0.8, None, logit=False) is None
    assert symmetric_limits(1.0, 0.1, logit=True) is None
    assert symmetric_limits(0.0, 0.1, logit=True) is None
    assert symmetric_limits(1.0, 0.1, logit=False) is not None


@pytest.mark.parametrize("interval", ["delta", "logit", "robust", "robust-logit"])
def test_an_interval_comes_from_the_errors_it_names(interval: str) -> None:
    rows = scale()
    found = mcdonald_omega(rows, interval=interval, bands=(0.9, 0.5))
    errors = "robust" if "robust" in interval else "model"
    fit = one_factor(rows, errors=errors)
    error = error_of(fit.loadings, fit.own, fit.covariance)
    limits = symmetric_limits(found.value, error, logit="logit" in interval)
    assert (found.low, found.high) == pytest.approx(limits(0.95))
    assert [band.confidence for band in found.bands] == [0.5, 0.9]
    assert found.bands[0].low == pytest.approx(limits(0.5)[0])
    assert found.method == f"total, cfa, implied variance, covariance, listwise, {interval}"


def test_communities_make_the_interval_their_own() -> None:
    rng = np.random.default_rng(2)
    codes = np.arange(120) % 12
    rows = scale(n=120) + rng.normal(size=(12, 1))[codes]
    found, people = mcdonald_omega(rows, cluster=codes), mcdonald_omega(rows)
    assert found.value == people.value
    assert found.high - found.low != pytest.approx(people.high - people.low, rel=0.02)
    assert found.method == people.method + " by cluster"
    fit = one_factor(rows, cluster=codes)
    limits = symmetric_limits(
        found.value, error_of(fit.loadings, fit.own, fit.covariance), logit=True
    )
    assert (found.low, found.high) == pytest.approx(limits(0.95))
    assert mcdonald_omega(rows, cluster=[1] * 120).absent == "fewer-than-2-clusters"
    bare = mcdonald_omega(rows, cluster=codes, variance="observed")
    assert bare.method == "total, cfa, observed variance, covariance, listwise"


def test_moments_give_the_interval_that_needs_no_people() -> None:
    rows = scale()
    found = mcdonald_omega(moments_of(rows))
    assert found.method.endswith(", logit")
    wanted = mcdonald_omega(rows, interval="logit")
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))


def test_the_bootstrap_draws_people_or_whole_communities() -> None:
    rows, codes = scale(n=60, gone=0.03), np.arange(60) % 6
    drawn = []

    def size(some: np.ndarray) -> float:
        drawn.append(some)
        return 0.5

    for missing, cluster in (("listwise", None), ("fiml", None), ("listwise", codes)):
        drawn.clear()
        chance = np.random.default_rng(1)
        limits = omega_percentiles(rows, chance, 20, cluster, size, missing)
        assert limits(0.95) == (0.5, 0.5)
        assert len(drawn) == 20
        whole = int((~np.isnan(rows).any(axis=1)).sum())
        sizes = {len(some) for some in drawn}
        if cluster is None:
            assert sizes == {whole if missing == "listwise" else 60}
        else:
            assert len(sizes) > 1
            for some in drawn:  # who is drawn, is drawn with all of the community
                _, times = np.unique(some, axis=0, return_counts=True)
                assert times.sum() == len(some)
        if missing == "listwise":
            assert not any(np.isnan(some).any() for some in drawn)
    found = [
        mcdonald_omega(
            rows, interval="bootstrap", cluster=one, rng=np.random.default_rng(1), resamples=40
        )
        for one in (None, None, codes)
    ]
    assert found[0] == found[1]
    assert found[0].low < found[0].value < found[0].high
    assert found[2].low != found[0].low
    assert found[2].method.endswith(", bootstrap by cluster")


def test_a_heywood_case_has_a_value_and_no_interval_from_the_model() -> None:
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    for forks in ({}, {"missing": "fiml"}, {"interval": "delta"}):
        found = mcdonald_omega(exact(r), **forks)
        assert found.value is not None
        assert found.low is None
        assert found.method.endswith("logit, heywood" if not forks.get("interval") else ", heywood")


def test_observed_variance_can_be_too_small_for_the_model() -> None:
    # one factor fits the first three; the fourth cancels part of the variance of the sum
    loadings = np.array([0.9, 0.9, 0.9, 0.3])
    made = np.outer(loadings, loadings) + np.diag([0.3, 0.3, 0.3, 3.0])
    made[3, 0] = made[0, 3] = made[3, 1] = made[1, 3] = -0.75
    found = mcdonald_omega(exact(made), variance="observed")
    implied = mcdonald_omega(exact(made))
    assert found.absent in (None, "above-1")
    assert 0 <= implied.value <= 1


@pytest.mark.parametrize(
    ("forks", "rule"),
    [
        ({"interval": "wald"}, "interval is one of"),
        ({"missing": "mean"}, "missing is one of"),
        ({"metric": "ranks"}, "metric is one of"),
        ({"variance": "both"}, "variance is one of"),
        ({"method": "pca"}, "method is one of"),
        ({"method": "efa", "missing": "fiml"}, "goes with method='cfa'"),
        ({"metric": "correlation", "interval": "robust"}, "use interval='bootstrap'"),
        ({"missing": "pairwise", "interval": "logit"}, "use interval='bootstrap'"),
        ({"cluster": [1] * 90, "interval": "delta"}, "takes people as independent"),
        ({"interval": "bootstrap"}, "Generator"),
        ({"confidence": 1.0}, "between 0 and 1"),
    ],
)
def test_forks_that_do_not_exist_are_refused(forks: dict, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        mcdonald_omega(scale(), **forks)


def test_what_needs_people_refuses_moments() -> None:
    for forks in ({"interval": "robust"}, {"interval": "robust-logit"}, {"cluster": [1] * 90}):
        with pytest.raises(ValueError, match="not their moments"):
            mcdonald_omega(moments_of(scale()), **forks)


@given(start=st.integers(0, 10**6))
@settings(derandomize=True)
def test_omega_of_any_answers_is_a_share_or_a_reason(start: int) -> None:
    rng = np.random.default_rng(start)
    n, k = rng.integers(0, 30), rng.integers(0, 6)
    rows = rng.integers(1, rng.integers(2, 8) + 1, (n, k)).astype(float)
    rows[rng.random(rows.shape) < rng.choice([0, 0.1, 0.5, 1])] = NAN
    for forks in ({}, {"missing": "fiml"}, {"cluster": rng.integers(0, 4, n)}):
        found = mcdonald_omega(rows, **forks)
        if found.value is not None:
            assert 0 <= found.value <= 1
        if found.low is not None:
            assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_door_leads_to_one_factor() -> None:
    forks = Forks("cfa", "implied", "covariance", "listwise")
    found = total_omega(
        scale(),
        forks,
        interval="logit",
        cluster=None,
        confidence=0.8,
        bands=(0.5,),
        rng=None,
        resamples=500,
    )
    assert found == mcdonald_omega(scale(), interval="logit", confidence=0.8, bands=(0.5,))
    for bad in ("sum", "omega"):
        with pytest.raises(ValueError, match="kind is 'total', 'hierarchical'"):
            mcdonald_omega(scale(), kind=bad)
    with pytest.raises(ValueError, match="goes with kind='categorical'"):
        mcdonald_omega(scale(), scale="latent")
