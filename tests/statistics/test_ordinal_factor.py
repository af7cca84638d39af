"""One factor behind ordinal items: exact cases, clusters, hostile answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_cases import items, table

from lcdiag.statistics.contingency import contingency
from lcdiag.statistics.factor import one_factor
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.ordinal_factor import clusters_of, wlsmv
from lcdiag.statistics.ordinal_model import (
    OrdinalModel,
    fit_ordinal,
    slopes_of,
    weighted_loadings,
)
from lcdiag.statistics.polychoric import polychoric


def answers(seed: int, n: int = 80, k: int = 4) -> np.ndarray:
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(n, 1)) + rng.normal(size=(n, k))
    return np.clip(np.round(latent + 3), 1, 5)


def model_of(rows: object) -> OrdinalModel:
    data = contingency(rows)
    assert not isinstance(data, str)
    found = fit_ordinal(data)
    assert isinstance(found, OrdinalModel)
    return found


def test_the_door_of_all_estimators_leads_here() -> None:
    rows, cluster = answers(1), np.arange(80) // 8
    for forks in ({}, {"cluster": cluster}):
        through, direct = one_factor(rows, method="wlsmv", **forks), wlsmv(rows, **forks)
        assert np.array_equal(through.loadings, direct.loadings)
        assert np.array_equal(through.loadings_error, direct.loadings_error)
        assert through.method == direct.method


def test_three_items_are_fitted_exactly() -> None:
    rows = answers(2, 200, 3)
    fit, r = wlsmv(rows), polychoric(rows).matrix
    assert fit.loadings[0] == pytest.approx(np.sqrt(r[0, 1] * r[0, 2] / r[1, 2]), abs=1e-9)
    assert fit.own == pytest.approx(1 - fit.loadings**2)
    assert fit.plain.chi_square.value == pytest.approx(0, abs=1e-15)
    assert fit.plain.df.value == 0
    assert fit.plain.p_value.absent == "no-degrees-of-freedom"
    assert fit.scaled is not None
    assert fit.robust is not None
    assert fit.scaled.cfi.absent == "no-degrees-of-freedom"
    assert fit.robust.rmsea.absent == "no-degrees-of-freedom"
    assert fit.srmr.value == pytest.approx(0, abs=1e-9)
    assert fit.parameters == 3 + sum(len(own) for own in fit.thresholds)
    assert (fit.n, fit.absent, fit.converged, fit.heywood) == (200, None, True, False)
    assert fit.method == "wlsmv, polychoric, listwise, delta, robust errors"
    assert np.isnan(fit.own_error).all()
    assert np.isnan(fit.intercepts_error).all()
    assert (fit.intercepts == 0).all()
    for name in ("log_likelihood", "aic", "bic", "gfi"):
        assert getattr(fit, name).absent == "no-likelihood"


def test_loadings_are_those_of_least_weighted_squares() -> None:
    rng = np.random.default_rng(4)
    pairs = np.asarray(np.triu_indices(6, 1))
    true = np.array([0.9, 0.2, -0.5, 0.7, 0.4, 0.6])
    rho = true[pairs[0]] * true[pairs[1]]
    found, settled = weighted_loadings(rho, rng.uniform(0.5, 2, 15), pairs, 6)
    assert settled
    assert found == pytest.approx(true, abs=1e-8)
    rho = rho + rng.normal(size=15) * 0.1
    weights = rng.uniform(0.5, 2, 15)
    found, _ = weighted_loadings(rho, weights, pairs, 6)
    slope = slopes_of(found, pairs).T @ (weights * (rho - found[pairs[0]] * found[pairs[1]]))
    assert slope == pytest.approx(np.zeros(6), abs=1e-8)
    assert found.sum() >= 0
    step = np.eye(6)[2] * 1e-6
    moved = (found + step)[pairs[0]] * (found + step)[pairs[1]]
    moved = moved - (found - step)[pairs[0]] * (found - step)[pairs[1]]
    assert slopes_of(found, pairs)[:, 2] == pytest.approx(moved / 2e-6, abs=1e-8)


def test_loadings_follow_correlations_as_told() -> None:
    model = model_of(answers(2, 200, 3))  # fitted exactly, so that one step is all
    for pair in range(3):
        step = np.eye(3)[pair] * 1e-6
        up, _ = weighted_loadings(model.rho + step, model.weights, model.pairs, 3)
        down, _ = weighted_loadings(model.rho - step, model.weights, model.pairs, 3)
        assert model.from_rho[:, pair] == pytest.approx((up - down) / 2e-6, abs=1e-5)
    whole = model.matrix(model.fitted)
    assert whole == pytest.approx(
        np.outer(model.loadings, model.loadings) + np.diag(1 - model.loadings**2)
    )
    sampling = model.sampling(None)
    count = int(np.isfinite(model.thresholds).sum())
    assert 1 / np.diagonal(sampling)[count:] == pytest.approx(model.weights)


def test_large_samples_find_what_is_there() -> None:
    rng = np.random.default_rng(1)
    true = np.array([0.8, 0.7, 0.6, 0.5, 0.4])
    latent = rng.normal(size=(40_000, 1)) * true
    latent = latent + rng.normal(size=(40_000, 5)) * np.sqrt(1 - true**2)
    rows = np.digitize(latent, [-1.0, 0.3, 1.2])
    fit = wlsmv(rows)
    assert np.abs((fit.loadings - true) / fit.loadings_error).max() < 3
    assert fit.thresholds[0] == pytest.approx([-1.0, 0.3, 1.2], abs=0.03)
    assert fit.scaled is not None
    assert fit.scaled.p_value.value > 0.01
    assert fit.scaled.scaling.value == pytest.approx(0.6, abs=0.4)


def test_clusters_change_errors_and_tests_but_not_loadings() -> None:
    rows = answers(5, 100, 5)
    plain = wlsmv(rows)
    alone = wlsmv(rows, cluster=np.arange(100))
    assert np.array_equal(alone.loadings, plain.loadings)
    assert alone.loadings_error == pytest.approx(plain.loadings_error * np.sqrt(100 / 99))
    double = np.repeat(rows, 2, axis=0)
    twice, couples = wlsmv(double), wlsmv(double, cluster=np.repeat(np.arange(100), 2))
    assert couples.loadings_error == pytest.approx(
        twice.loadings_error * np.sqrt(2 * 100 / 99), rel=1e-9
    )
    assert couples.plain.chi_square.value == twice.plain.chi_square.value
    assert couples.scaled is not None
    assert twice.scaled is not None
    assert couples.scaled.scaling.value == pytest.approx(
        twice.scaled.scaling.value * 2 * 100 / 99, rel=1e-9
    )
    assert couples.method.endswith(", robust errors by cluster")
    assert wlsmv(rows, cluster=np.zeros(100)).absent == "fewer-than-2-clusters"


def test_clusters_of_complete_rows() -> None:
    complete = np.array([True, False, True, True])
    found = clusters_of(["b", "c", "a", "b"], complete)
    assert found is not None
    assert found.labels.tolist() == ["a", "b"]
    assert found.codes.tolist() == [1, 0, 1]
    assert clusters_of(None, complete) is None


def test_rows_with_a_missing_answer_do_not_count() -> None:
    rows = answers(6)
    holes = np.r_[rows, [[1, np.nan, 2, 3]]]
    teams = np.r_[np.arange(80) // 4, 99]
    assert np.array_equal(wlsmv(holes).loadings, wlsmv(rows).loadings)
    assert wlsmv(holes).n == 80
    assert np.array_equal(
        wlsmv(holes, cluster=teams).loadings_error, wlsmv(rows, cluster=teams[:80]).loadings_error
    )


def test_order_of_items_does_not_matter() -> None:
    data = items("synth_team")
    order = [3, 0, 5, 1, 4, 2]
    first, second = wlsmv(data), wlsmv(data.iloc[:, order])
    assert second.loadings == pytest.approx(first.loadings[order], abs=1e-8)
    for name, value in first.measures().items():
        other = second.measures()[name]
        if value.value is None:
            assert other.absent == value.absent
        else:
            assert other.value == pytest.approx(value.value, abs=1e-6)


def test_confidence_is_that_of_rmsea() -> None:
    data = table("synth_careless.csv").iloc[:, :6]
    wide, narrow = wlsmv(data, confidence=0.99).measures(), wlsmv(data).measures()
    for name in ("rmsea", "rmsea_scaled", "rmsea_robust"):
        assert (wide[name].confidence, narrow[name].confidence) == (0.99, 0.90)
        assert wide[name].low < narrow[name].low
        assert wide[name].high > narrow[name].high
        assert narrow[name].n == 195


def test_independent_items_are_not_identified() -> None:
    every = np.array(np.meshgrid([0, 1], [0, 1], [0, 1], [0, 1])).reshape(4, -1).T
    fit = wlsmv(np.repeat(every, 3, axis=0))
    assert (fit.absent, fit.n) == ("not-identified", 48)
    assert np.isnan(fit.loadings).all()
    assert fit.srmr.absent == "not-identified"


def test_heywood_cases_are_told() -> None:
    told = broken = 0
    for seed in range(60):
        rows = answers(seed, 8)
        fit = wlsmv(rows)
        if fit.absent is not None:
            continue
        assert fit.heywood == bool((fit.loadings**2).max() >= 1)
        assert (", heywood" in fit.method) == fit.heywood
        told += fit.heywood
        fitted = np.outer(fit.loadings, fit.loadings)
        np.fill_diagonal(fitted, 1)
        lowest = min(np.linalg.eigvalsh(m)[0] for m in (fitted, polychoric(rows).matrix))
        assert fit.robust is not None
        assert (fit.robust.cfi.absent == "not-positive-definite") == (lowest < 1e-10)
        broken += lowest < 1e-10
    assert told
    assert broken


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (answers(1)[:, :2], "fewer-than-3-items"),
        (np.c_[answers(1), np.ones(80)], "constant-item"),
        (np.c_[answers(1), answers(1)[:, 0]], "perfect-correlation"),
        (np.c_[answers(1), np.full(80, np.nan)], "fewer-than-2-respondents"),
        (answers(1)[:1], "fewer-than-2-respondents"),
        (np.empty((0, 3)), "fewer-than-2-respondents"),
        (np.random.default_rng(1).normal(size=(90, 3)), "too-many-options"),
    ],
)
def test_why_there_is_no_fit(rows: np.ndarray, reason: str) -> None:
    for fit in (wlsmv(rows), wlsmv(rows, cluster=np.zeros(len(rows)))):
        assert fit.absent == reason
        assert fit.plain.cfi.absent == reason
        assert len(fit.loadings) == rows.shape[1]


def test_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="the answers, not their moments"):
        wlsmv(moments_of(answers(1)))
    with pytest.raises(ValueError, match="must be numbers"):
        wlsmv([["a", "b"]])


@given(st.integers(0, 10_000))
def test_any_answers_give_a_fit_or_a_reason(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(0, 25)), int(rng.integers(1, 5)))
    rows = rng.integers(0, int(rng.integers(2, 5)), size=shape).astype(float)
    rows[rng.random(shape) < 0.05] = np.nan
    fit = wlsmv(rows)
    if fit.absent is None:
        assert np.isfinite(fit.loadings).all()
        assert np.isfinite(fit.loadings_error).all()
        assert fit.heywood == bool((np.abs(fit.loadings) >= 1).any())
    else:
        assert np.isnan(fit.loadings).all()


def test_few_people_leave_nothing_to_scale_a_test_by() -> None:
    fit = wlsmv(np.array([[0, 0, 0, 0], [1, 1, 0, 1], [1, 1, 1, 1], [1, 0, np.nan, 0]]))
    assert fit.absent is None
    assert fit.plain.chi_square.value == pytest.approx(0, abs=1e-9)
    for measures in (fit.scaled, fit.robust):
        assert measures is not None
        assert measures.chi_square.absent == "not-positive-definite"


@pytest.mark.parametrize("seed", [556, 696, 1615, 2197, 2970, 6592])
def test_loadings_that_nothing_determines_end_in_a_reason(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(0, 25)), int(rng.integers(1, 5)))
    rows = rng.integers(0, int(rng.integers(2, 5)), size=shape).astype(float)
    rows[rng.random(shape) < 0.05] = np.nan
    fit = wlsmv(rows)
    assert fit.absent is not None or np.isfinite(fit.loadings_error).all()
