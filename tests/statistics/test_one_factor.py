from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, ncx2

from lcdiag.statistics.factor import one_factor
from lcdiag.statistics.factor_fit import absent_fit, no_measures
from lcdiag.statistics.fit_measures import comparative, fit_measures, rmsea_of, robust_measures
from lcdiag.statistics.likelihood import log_likelihood
from lcdiag.statistics.minimum_residuals import minres_fit
from lcdiag.statistics.model_difference import difference, no_difference
from lcdiag.statistics.model_fit import fit_model, saturate
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.one_factor_data import read, why_no_model
from lcdiag.statistics.one_factor_results import (
    described,
    fit_equal,
    fit_free,
    parameter_covariance,
    started,
)
from lcdiag.statistics.patterns import complete_pattern, patterns_of
from lcdiag.statistics.residual_measures import residual_measures
from lcdiag.statistics.structure import single_factor

NAN = float("nan")
LISTWISE = "ml, covariance, listwise, free loadings, model errors"


def exact_rows(covariance: np.ndarray, n: int = 200) -> np.ndarray:
    """Rows whose covariances (divisor n) are exactly these, whose means are 5."""
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(n, len(covariance)))
    rows -= rows.mean(axis=0)
    root = np.linalg.cholesky(rows.T @ rows / n)
    return rows @ np.linalg.inv(root).T @ np.linalg.cholesky(covariance).T + 5


def scale(start: int = 1, n: int = 90, k: int = 5) -> np.ndarray:
    rng = np.random.default_rng(start)
    factor = rng.normal(size=(n, 1))
    return factor * np.linspace(0.5, 1.0, k) + 0.7 * rng.normal(size=(n, k)) + 3


LOADINGS, OWN = np.array([0.9, 0.6, 1.1, 0.4]), np.array([0.5, 1.0, 0.3, 0.8])
MADE = np.outer(LOADINGS, LOADINGS) + np.diag(OWN)


@pytest.mark.parametrize("missing", ["listwise", "fiml"])
def test_the_model_that_made_the_covariances_is_found(missing: str) -> None:
    fit = one_factor(exact_rows(MADE), missing=missing)
    assert fit.absent is None
    assert fit.loadings == pytest.approx(LOADINGS, abs=1e-6)
    assert fit.own == pytest.approx(OWN, abs=1e-6)
    assert fit.intercepts == pytest.approx([5] * 4)
    deviations = np.sqrt(np.diagonal(MADE))
    assert fit.loadings_std == pytest.approx(LOADINGS / deviations, abs=1e-6)
    assert fit.own_std == pytest.approx(OWN / deviations**2, abs=1e-6)
    assert fit.intercepts_error == pytest.approx(deviations / math.sqrt(200), rel=1e-6)
    assert fit.plain.chi_square.value == pytest.approx(0, abs=1e-8)
    assert fit.plain.df.value == 2
    assert fit.plain.p_value.value == pytest.approx(1)
    assert (fit.plain.cfi.value, fit.plain.rmsea.value) == (1, 0)
    assert fit.srmr.value == pytest.approx(0, abs=1e-7)
    assert fit.gfi.value == pytest.approx(1)
    assert (fit.n, fit.parameters, fit.heywood, fit.converged) == (200, 8, False, True)
    assert fit.method == f"ml, covariance, {missing}, free loadings, model errors"
    share = (LOADINGS**2).sum() / (LOADINGS**2).sum() * (LOADINGS**2).sum()
    assert fit.extracted.value == pytest.approx(share / (share + OWN.sum()), abs=1e-6)
    assert fit.tau_test is None
    assert fit.plain.chi_square.method == fit.method.replace(", model errors", ", model errors")


def test_moments_give_the_fit_without_what_needs_people() -> None:
    rows = scale()
    fit, other = one_factor(rows), one_factor(moments_of(rows))
    assert other.loadings == pytest.approx(fit.loadings)
    assert other.own_error == pytest.approx(fit.own_error)
    assert other.intercepts == pytest.approx(rows.mean(axis=0))
    assert other.n == 90
    assert (other.scaled, other.robust) == (None, None)
    assert fit.scaled is not None
    assert fit.robust is not None
    bare = one_factor(moments_of(rows), errors="robust")
    assert np.isnan(bare.loadings_error).all()
    for forks in ({"missing": "fiml"}, {"cluster": np.arange(90) % 9}):
        with pytest.raises(ValueError, match="not their moments"):
            one_factor(moments_of(rows), **forks)


def test_units_and_signs_do_not_matter() -> None:
    rows = scale()
    fit, moved = one_factor(rows), one_factor(rows * [1, 10, 1e-3, 1e4, 1] + 1e5)
    assert moved.loadings_std == pytest.approx(fit.loadings_std, abs=1e-6)
    assert moved.plain.chi_square.value == pytest.approx(fit.plain.chi_square.value, abs=1e-5)
    assert moved.scaled.scaling.value == pytest.approx(fit.scaled.scaling.value, abs=1e-5)
    assert moved.loadings_error[3] == pytest.approx(1e4 * fit.loadings_error[3], rel=1e-5)
    turned = one_factor(-rows)
    assert turned.loadings == pytest.approx(fit.loadings)
    assert turned.covariance == pytest.approx(fit.covariance)
    mixed = one_factor(rows * [1, 1, 1, 1, -1])
    assert mixed.loadings == pytest.approx(fit.loadings * [1, 1, 1, 1, -1])
    assert mixed.covariance[0, 4] == pytest.approx(-fit.covariance[0, 4])


@given(start=st.integers(0, 10**6))
@settings(derandomize=True)
def test_order_of_items_and_rows_changes_nothing_but_order(start: int) -> None:
    rng = np.random.default_rng(start)
    rows = scale(start, n=40)
    rows[rng.random(rows.shape) < 0.1] = NAN
    order = rng.permutation(5)
    fit = one_factor(rows, missing="fiml")
    other = one_factor(rng.permutation(rows)[:, order], missing="fiml")
    assert other.absent == fit.absent
    if fit.absent is None and not fit.heywood:
        assert other.loadings == pytest.approx(fit.loadings[order], abs=1e-4)
        wanted = fit.plain.chi_square.value
        assert other.plain.chi_square.value == pytest.approx(wanted, abs=1e-6)


def test_a_heywood_case_says_so_and_its_bound_has_no_error() -> None:
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    fit = one_factor(exact_rows(r))
    assert fit.heywood
    assert fit.method == LISTWISE + ", heywood"
    assert fit.own[0] == pytest.approx(0.005)
    assert np.isnan(fit.own_error).tolist() == [True, False, False]
    assert np.isfinite(fit.loadings_error).all()
    assert fit.plain.p_value.absent == "no-degrees-of-freedom"
    assert fit.plain.rmsea.absent == "no-degrees-of-freedom"
    assert fit.plain.tli.absent == "no-degrees-of-freedom"
    assert fit.scaled.chi_square.absent == "no-degrees-of-freedom"
    assert one_factor(exact_rows(r), method="minres").heywood


REASONS = [
    (np.empty((0, 3)), "fewer-than-2-respondents"),
    (np.full((4, 3), NAN), "fewer-than-2-respondents"),
    (np.ones((4, 1)), "fewer-than-2-items"),
    (np.empty((5, 0)), "fewer-than-2-items"),
    (np.array([[1, NAN, 2], [2, NAN, 3], [4, NAN, 1]]), "empty-item"),
    (np.array([[1, 3, 2], [2, 3, 3], [4, 3, 1]], dtype=float), "constant-item"),
    (scale(k=2), "fewer-than-3-items"),
    (scale(n=4), "not-positive-definite"),
    (scale()[:, [0, 0, 1]], "not-positive-definite"),
]


@pytest.mark.parametrize(("rows", "reason"), REASONS)
@pytest.mark.parametrize("missing", ["listwise", "fiml"])
def test_what_has_no_factor_says_why(rows: np.ndarray, reason: str, missing: str) -> None:
    fit = one_factor(rows, missing=missing)
    assert fit.absent == reason
    assert not fit.converged
    assert fit.extracted.absent == reason
    assert {one.absent for one in fit.measures().values()} == {reason}
    assert fit.loadings.shape == (rows.shape[1],)
    assert fit.covariance.shape == (2 * rows.shape[1], 2 * rows.shape[1])
    assert len(fit.to_frame()) == rows.shape[1]
    assert fit.n <= len(rows)


def test_items_that_do_not_hang_together_are_not_identified() -> None:
    for method in ("ml", "minres"):
        fit = one_factor(exact_rows(np.eye(4)), method=method)
        assert fit.absent == "not-identified"


def test_few_communities_are_told() -> None:
    assert one_factor(scale(), cluster=["a"] * 90).absent == "fewer-than-2-clusters"
    fit = one_factor(scale(), cluster=np.arange(90) % 3)
    assert fit.method == LISTWISE.replace("model errors", "robust errors by cluster")
    assert fit.scaled.rmsea.method.endswith("scaled by Yuan-Bentler over 3 clusters")


def test_clusters_of_one_are_people_but_for_the_correction() -> None:
    rows = scale()
    alone, people = one_factor(rows, cluster=np.arange(90)), one_factor(rows, errors="robust")
    assert alone.loadings_error**2 == pytest.approx(people.loadings_error**2 * 90 / 89)
    assert alone.scaled.scaling.value == pytest.approx(people.scaled.scaling.value * 90 / 89)


@pytest.mark.parametrize(
    ("forks", "rule"),
    [
        ({"method": "pca"}, "method is one of"),
        ({"missing": "mean"}, "missing is one of"),
        ({"loadings": "some"}, "loadings is one of"),
        ({"errors": "none"}, "errors is one of"),
        ({"method": "minres", "missing": "fiml"}, "goes with method='ml'"),
        ({"missing": "pairwise"}, "goes with method='minres'"),
        ({"method": "minres", "loadings": "equal"}, "goes with method='ml'"),
        ({"errors": "model", "cluster": [1] * 90}, "takes people as independent"),
        ({"method": "minres", "errors": "robust"}, "no standard errors"),
        ({"method": "wlsmv", "missing": "pairwise"}, "complete rows and robust errors"),
        ({"method": "wlsmv", "errors": "model"}, "complete rows and robust errors"),
        ({"method": "minres", "cluster": [1] * 90}, "no standard errors"),
    ],
)
def test_forks_that_do_not_go_together_are_refused(forks: dict, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        one_factor(scale(), **forks)


def test_text_and_infinite_answers_are_refused() -> None:
    rows = scale()
    rows[0, 0] = np.inf
    for missing in ("listwise", "fiml"):
        with pytest.raises(ValueError, match="infinite"):
            one_factor(rows, missing=missing)
    with pytest.raises(ValueError, match="must be numbers"):
        one_factor([["a", "b", "c"]] * 9)


def test_equal_loadings_of_a_tau_equivalent_scale_fit_as_well_as_free_ones() -> None:
    made = np.full((4, 4), 0.64) + np.diag(OWN)
    fit = one_factor(exact_rows(made), loadings="equal")
    assert fit.loadings == pytest.approx([0.8] * 4, abs=1e-6)
    assert fit.own == pytest.approx(OWN, abs=1e-6)
    assert (fit.parameters, fit.plain.df.value) == (5, 5)
    assert fit.covariance.shape == (8, 8)
    assert np.ptp(fit.covariance[:4, :4]) == pytest.approx(0, abs=1e-12)
    test = fit.tau_test
    assert test.chi_square.value == pytest.approx(0, abs=1e-8)
    assert test.df.value == 3
    assert test.p_value.value == pytest.approx(1)
    assert fit.method == "ml, covariance, listwise, equal loadings, model errors"


def test_two_items_have_equal_loadings_and_nothing_to_test_them_against() -> None:
    made = np.array([[1.0, 0.5], [0.5, 2.0]])
    fit = one_factor(exact_rows(made), loadings="equal")
    assert fit.loadings == pytest.approx([math.sqrt(0.5)] * 2, abs=1e-6)
    assert fit.tau_test.chi_square.absent == "not-identified"
    assert one_factor(np.ones((9, 1)), loadings="equal").absent == "fewer-than-2-items"


def test_scaled_and_robust_versions_are_named() -> None:
    names = one_factor(scale()).measures()
    for name in ("cfi", "cfi_scaled", "cfi_robust", "rmsea_scaled", "scaling_scaled", "srmr"):
        assert names[name].value is not None
    assert names["nfi_robust"].absent == "not-defined"
    rows = scale()
    rows[0, 0] = NAN
    fit = one_factor(rows, missing="fiml")
    assert {one.absent for one in fit.robust.named().values()} == {"not-defined-with-missing"}
    assert fit.scaled.cfi.value is not None


def test_more_items_than_scores_can_hold_have_no_scaled_version() -> None:
    assert one_factor(scale(n=200, k=61)).scaled is None


def test_a_frame_has_one_row_an_item() -> None:
    fit = one_factor(scale())
    frame = fit.to_frame()
    assert list(frame["item"]) == [0, 1, 2, 3, 4]
    assert list(frame["loading"]) == fit.loadings.tolist()
    assert list(frame["own_error"]) == fit.own_error.tolist()


def test_measures_of_fit_by_hand() -> None:
    found = fit_measures(30.0, 10, 210.0, 15, 100, method="x")
    assert found.cfi.value == pytest.approx(1 - 20 / 195)
    assert found.tli.value == pytest.approx((14 - 3) / 13)
    assert found.nfi.value == pytest.approx(180 / 210)
    assert found.rni.value == pytest.approx(1 - 20 / 195)
    assert found.p_value.value == pytest.approx(chi2.sf(30, 10))
    assert found.rmsea.value == pytest.approx(math.sqrt(20 / 1000))
    assert found.rmsea.confidence == 0.90
    for limit, share in ((found.rmsea.low, 0.95), (found.rmsea.high, 0.05)):
        assert ncx2.cdf(30, 10, limit**2 * 1000) == pytest.approx(share, abs=1e-8)
    assert found.rmsea_close.value == pytest.approx(ncx2.sf(30, 10, 0.05**2 * 1000))
    assert found.scaling.value == 1
    assert {one.n for one in found.named().values()} == {100}
    assert {one.method for one in found.named().values()} == {"x"}
    two = fit_measures(30.0, 10, 210.0, 15, 100, groups=2).rmsea
    assert two.value == pytest.approx(math.sqrt(2) * found.rmsea.value)
    scaled = fit_measures(30.0, 10, 210.0, 15, 100, scaling=1.5)
    assert scaled.rmsea.value == pytest.approx(found.rmsea.value)
    share = ncx2.cdf(45, 15, scaled.rmsea.high**2 * 1500)
    assert share == pytest.approx(0.05, abs=1e-8)


def test_measures_at_their_edges() -> None:
    good = fit_measures(3.0, 10, 12.0, 15, 100)
    assert (good.cfi.value, good.rmsea.value, good.rmsea.low) == (1.0, 0.0, 0.0)
    assert good.rni.value == pytest.approx(1 - -7 / -3)
    assert good.rmsea.high > 0 or good.rmsea.high == 0
    perfect = fit_measures(0.0, 5, 0.0, 15, 100)
    assert (perfect.cfi.value, perfect.rmsea.high) == (1.0, 0.0)
    assert perfect.p_value.value == 1
    assert perfect.nfi.absent == "no-baseline"
    assert perfect.rmsea_close.value == pytest.approx(1)
    even = comparative(3.0, 2, 15.0, 15)
    assert math.isnan(even["tli"])
    assert math.isnan(even["rni"])
    assert even["cfi"] == 0
    assert no_measures("why", 3, "m").cfi.absent == "why"
    assert absent_fit("why", 2, 3, "m").aic.n == 3


def test_robust_measures_by_hand() -> None:
    scaled = fit_measures(20.0, 10, 140.0, 15, 100, scaling=1.5)
    found = robust_measures(scaled, 30.0, 1.5, 210.0, 1.5, 100, 1, "r")
    over, baseline = 30 - 15, 210 - 22.5
    assert found.cfi.value == pytest.approx(1 - over / baseline)
    assert found.tli.value == pytest.approx(1 - over / baseline * 15 / 10)
    assert found.rmsea.value == pytest.approx(math.sqrt(over / 1000))
    assert found.chi_square.value == 20
    rmsea, close = rmsea_of(20.0, 10, 100, scaling=1.5)
    assert found.rmsea.high == rmsea.high
    assert ncx2.cdf(20, 10, rmsea.high**2 * 1000 / 1.5) == pytest.approx(0.05, abs=1e-8)
    assert close.value == found.rmsea_close.value


def test_robust_measures_without_a_baseline() -> None:
    scaled = fit_measures(20.0, 10, 15.0, 15, 100, scaling=1.5)
    found = robust_measures(scaled, 30.0, 1.5, 22.5, 1.5, 100, 1, "r")
    assert (found.tli.absent, found.rni.absent) == ("no-baseline", "no-baseline")
    assert found.cfi.value == 0
    near = robust_measures(scaled, 30.0, 1.5, 23.5, 1.5, 100, 1, "r")
    assert near.tli.value == pytest.approx(1 - 15 * 15 / 10)
    assert near.rni.value == pytest.approx(1 - 15)


def test_residual_measures_by_hand() -> None:
    seen = np.array([[2.0, 0.6], [0.6, 1.0]])
    at = np.array([1.0, 0.5, 1.0, 0.5, 0.0, 0.0])
    model = np.array([[2.0, 0.5], [0.5, 0.75]])
    data = complete_pattern(10, np.array([0.2, 0.0]), seen)
    groups, moments = [(single_factor(2), data)], [(np.array([0.2, 0.0]), seen)]
    srmr, rmr, gfi = residual_measures(groups, at, moments, False, "m")
    assert rmr.value == pytest.approx(math.sqrt((0.01 + 0.0625) / 3))
    assert srmr.value == pytest.approx(math.sqrt((0.01 / 2 + 0.0625) / 3))
    inverse = np.linalg.inv(model)
    lost = np.trace(np.linalg.matrix_power(inverse @ (seen - model), 2))
    whole = np.trace(np.linalg.matrix_power(inverse @ seen, 2))
    assert gfi.value == pytest.approx(1 - lost / whole)
    srmr, rmr, gfi = residual_measures(groups, at, moments, True, "m")
    assert rmr.value == pytest.approx(math.sqrt((0.01 + 0.0625 + 0.04) / 5))
    assert srmr.value == pytest.approx(math.sqrt((0.005 + 0.0625 + 0.02) / 5))
    away = np.array([0.2, 0.0])
    added = away @ inverse @ away
    assert gfi.value == pytest.approx(1 - (lost / 2 + added) / (whole / 2 + added))


def test_a_difference_by_hand() -> None:
    rows = scale()
    against = read(rows, "listwise", None)
    free, equal = fit_free(against, "f"), fit_equal(against, "e")
    found = difference(equal, free, 90, "d")
    change = equal.chi_square - free.chi_square
    assert found.chi_square.value == pytest.approx(change)
    assert found.df.value == 4
    assert found.p_value.value == pytest.approx(chi2.sf(change, 4))
    factor = (9 * equal.scaling - 5 * free.scaling) / 4
    assert found.scaled_chi_square.value == pytest.approx(change / factor)
    assert found.scaled_p_value.value == pytest.approx(chi2.sf(change / factor, 4))
    assert found.delta_cfi.value == equal.plain.cfi.value - free.plain.cfi.value
    assert (found.df.n, found.df.method) == (90, "d")
    plain = read(rows, "listwise", None, robust=False)
    bare = difference(fit_equal(plain, ""), fit_free(plain, ""), 90, "")
    assert bare.scaled_chi_square.absent == "no-scaling-factor"
    assert no_difference("why", 1, "m").delta_rmsea.absent == "why"


def test_the_parts_of_a_fit() -> None:
    rows = scale()
    assert why_no_model(moments_of(rows)) == ""
    assert why_no_model(moments_of(rows[:, :2])) == "fewer-than-3-items"
    assert why_no_model(moments_of(rows[:, :2]), equal=True) == ""
    against = saturate([patterns_of(rows)], None)
    covariance = np.cov(rows.T, bias=True)
    assert against.counted == 20
    assert against.people == 90
    assert against.complete
    start, lower = started(*against.moments[0])
    assert lower[5:10] == pytest.approx(0.005 * np.diagonal(covariance))
    assert np.isinf(lower[[0, 4, 10, 14]]).all()
    found = fit_model([single_factor(5)], against, start, lower, method="m", means=False)
    assert found.plain.chi_square.value == pytest.approx(
        2 * (against.value - log_likelihood(found.groups, found.maximum.parameters))
    )
    assert found.free.all()
    for errors, name in (("model", "loadings_error"), ("robust", "own_error")):
        spread = parameter_covariance(found, against, errors)
        fit = described(found, against, "n", errors, equal=False)
        part = slice(0, 5) if name == "loadings_error" else slice(5, 10)
        assert getattr(fit, name) == pytest.approx(np.sqrt(np.diagonal(spread))[part])
    value = fit.log_likelihood.value
    assert fit.aic.value == pytest.approx(20 - 2 * value)
    assert fit.bic.value == pytest.approx(10 * math.log(90) - 2 * value)


def test_minimum_residuals_say_what_they_are_not() -> None:
    fit = minres_fit(scale(), "listwise")
    assert fit.method == "minres, correlation, listwise"
    for one in (fit.log_likelihood, fit.aic, fit.bic, fit.gfi):
        assert one.absent == "no-likelihood"
    assert fit.n == 90
    assert fit.loadings**2 + fit.own == pytest.approx(np.ones(5))
    residuals = np.corrcoef(scale().T) - np.outer(fit.loadings, fit.loadings)
    off = residuals[~np.eye(5, dtype=bool)]
    assert fit.rmr.value == pytest.approx(math.sqrt((off**2).mean()))
    assert fit.srmr.value == pytest.approx(math.sqrt((off**2).sum() / 2 / 15))
    assert (fit.scaled, fit.robust) == (None, None)
    assert minres_fit(scale(k=3), "listwise").plain.p_value.absent == "no-degrees-of-freedom"
    assert minres_fit(scale(k=2), "listwise").absent == "fewer-than-3-items"
    assert minres_fit(scale() * [1, 1, 1, 1, 0], "listwise").absent == "constant-item"
    few = minres_fit(scale(n=4), "listwise")
    assert few.absent is None
    assert few.plain.chi_square.absent == "not-positive-definite"
    assert minres_fit(scale(n=5, k=4), "pairwise").n == 5


@given(start=st.integers(0, 10**6))
@settings(derandomize=True)
def test_any_answers_have_a_factor_or_a_reason(start: int) -> None:
    rng = np.random.default_rng(start)
    n, k = rng.integers(0, 30), rng.integers(0, 6)
    rows = rng.integers(1, rng.integers(2, 8) + 1, (n, k)).astype(float)
    rows[rng.random(rows.shape) < rng.choice([0, 0.1, 0.5, 1])] = NAN
    clusters = rng.integers(0, 4, n)
    for forks in (
        {},
        {"missing": "fiml", "cluster": clusters},
        {"loadings": "equal"},
        {"method": "minres", "missing": "pairwise"},
    ):
        fit = one_factor(rows, **forks)
        assert (fit.absent is None) == bool(np.isfinite(fit.loadings).all() and len(fit.loadings))
        if fit.absent is None:
            assert (fit.own > 0).all()
            assert fit.loadings.sum() >= 0


def test_three_items_have_a_difference_but_no_change_of_rmsea() -> None:
    test = one_factor(scale(k=3), loadings="equal").tau_test
    assert test.df.value == 2
    assert test.delta_rmsea.absent == "no-degrees-of-freedom"
    assert test.scaled_chi_square.value > 0
