"""Stated factors: exact cases, one factor as a special case, order and names, hostile answers."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_cases.structure import ONE, THREE, TWO, whole

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.contingency import contingency
from lcdiag.statistics.factor import (
    StructureFit,
    one_factor,
    stated_structure,
    structure_difference,
)
from lcdiag.statistics.likelihood import log_likelihood
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.ordinal_model import Latent, latent_of
from lcdiag.statistics.ordinal_structure import (
    OrdinalStructure,
    fit_ordinal_structure,
    fitted_structure,
    weighted_structure,
)
from lcdiag.statistics.patterns import complete_pattern
from lcdiag.statistics.scoring_steps import maximise
from lcdiag.statistics.stated_factors import facing_up, first_guess, stated_factors, undetermined
from lcdiag.statistics.structure import simple_structure
from lcdiag.statistics.structure_fit import LikelihoodBasis, OrdinalBasis

NAN = float("nan")
FACTOR_OF = np.array([0, 0, 0, 1, 1, 1, 2, 2])
LOADINGS = np.array([0.9, 0.6, 1.1, 0.8, 0.7, 1.2, 0.5, 0.9])
OWN = np.array([0.5, 1.0, 0.3, 0.8, 0.6, 0.4, 0.7, 0.5])
BETWEEN = np.array([[1, 0.6, -0.3], [0.6, 1, 0.2], [-0.3, 0.2, 1]])
MADE = BETWEEN[np.ix_(FACTOR_OF, FACTOR_OF)] * np.outer(LOADINGS, LOADINGS) + np.diag(OWN)
STATED = {"a": [0, 1, 2], "b": [3, 4, 5], "c": [6, 7]}
PAIRS = [("a", "b"), ("a", "c"), ("b", "c")]


def exact(covariance: np.ndarray, n: int = 200) -> np.ndarray:
    """Rows whose covariances (divisor n) are exactly these, whose means are 5."""
    rows = np.random.default_rng(4).normal(size=(n, len(covariance)))
    rows -= rows.mean(axis=0)
    root = np.linalg.cholesky(rows.T @ rows / n)
    return rows @ np.linalg.inv(root).T @ np.linalg.cholesky(covariance).T + 5


def answers(seed: int, n: int = 120, between: float = 0.5, per: int = 3) -> np.ndarray:
    """Five options; two factors of `per` items each."""
    rng = np.random.default_rng(seed)
    root = np.linalg.cholesky([[1, between], [between, 1]])
    latent = np.repeat(rng.normal(size=(n, 2)) @ root.T, per, axis=1)
    return np.clip(np.round(3 + latent + 0.8 * rng.normal(size=latent.shape)), 1, 5)


TWO_OF = {"first": [0, 1, 2], "second": [3, 4, 5]}


@pytest.mark.parametrize("missing", ["listwise", "fiml"])
def test_the_model_that_made_the_covariances_is_found(missing: str) -> None:
    fit = stated_structure(exact(MADE), STATED, missing=missing)
    assert fit.absent is None
    assert fit.loadings == pytest.approx(LOADINGS, abs=1e-6)
    assert fit.own == pytest.approx(OWN, abs=1e-6)
    assert fit.intercepts == pytest.approx([5] * 8)
    assert fit.correlations == pytest.approx(BETWEEN, abs=1e-6)
    assert fit.loadings_std == pytest.approx(LOADINGS / np.sqrt(np.diagonal(MADE)), abs=1e-6)
    assert fit.plain.chi_square.value == pytest.approx(0, abs=1e-7)
    assert (fit.plain.df.value, fit.parameters, fit.n) == (17, 19, 200)
    assert (fit.plain.cfi.value, fit.plain.rmsea.value) == (1, 0)
    assert (fit.heywood, fit.definite, fit.converged) == (False, True, True)
    assert fit.method == f"ml, covariance, {missing}, 3 factors, model errors"
    assert fit.items == (0, 1, 2, 3, 4, 5, 6, 7)
    assert fit.factor_of.tolist() == FACTOR_OF.tolist()
    assert list(fit.between) == PAIRS
    assert fit.extracted_by("c").value == pytest.approx((fit.loadings_std[6:] ** 2).mean())


def test_limits_of_a_correlation_follow_from_the_error_of_the_fit() -> None:
    fit = stated_structure(whole(), THREE, cluster=whole()["team"])
    for (one, other), found in fit.between.items():
        place = fit.factors.index(one), fit.factors.index(other)
        r, error = fit.correlations[place], fit.correlations_error[place]
        assert found.value == r
        half = 1.959963984540054 * error
        assert (found.low, found.high) == (pytest.approx(r - half), pytest.approx(r + half))
        assert (found.confidence, found.n) == (0.95, fit.n)
        assert [band.confidence for band in found.bands] == [0.5, 0.9, 0.95]
        assert found.method.endswith("robust errors by cluster, delta")
        assert fit.correlation(one, other) == fit.correlation(other, one) == found
    assert fit.correlations_error == pytest.approx(fit.correlations_error.T, nan_ok=True)
    assert np.isnan(np.diagonal(fit.correlations_error)).all()
    for one, other in (("a", "a"), ("a", "z")):
        with pytest.raises(KeyError, match="no pair of factors"):
            fit.correlation(one, other)
    with pytest.raises(KeyError, match="no factor"):
        fit.extracted_by("z")


@pytest.mark.parametrize(
    "forks",
    [
        {},
        {"missing": "fiml"},
        {"errors": "robust"},
        {"cluster": np.arange(120) // 8},
        {"method": "wlsmv"},
        {"method": "wlsmv", "cluster": np.arange(120) // 8},
        {"confidence": 0.95},
    ],
)
def test_one_stated_factor_is_one_factor(forks: dict) -> None:
    rows = answers(3)
    if forks.get("missing"):
        rows[::7, 2] = NAN
    fit = stated_structure(rows, {"all": range(6)}, **forks)
    plain = one_factor(rows, **forks)
    for name in ("loadings", "own", "intercepts", "loadings_std", "own_std", "covariance"):
        assert getattr(fit, name) == pytest.approx(getattr(plain, name), abs=1e-7)
    for name in ("loadings_error", "own_error", "intercepts_error"):
        assert getattr(fit, name) == pytest.approx(getattr(plain, name), abs=1e-7, nan_ok=True)
    found = fit.measures()
    for name, wanted in plain.measures().items():
        assert found[name].absent == wanted.absent
        for field in ("value", "low", "high", "confidence"):
            assert getattr(found[name], field) == pytest.approx(getattr(wanted, field), abs=1e-6)
    assert (fit.parameters, fit.n, fit.heywood) == (plain.parameters, plain.n, plain.heywood)
    assert fit.between == {}
    assert fit.correlations.tolist() == [[1.0]]


@given(seed=st.integers(0, 10**6), method=st.sampled_from(["ml", "wlsmv"]))
@settings(derandomize=True, max_examples=30)
def test_order_of_rows_and_of_items_and_names_change_nothing(seed: int, method: str) -> None:
    rng = np.random.default_rng(seed)
    rows = answers(seed, n=80)
    order = [rng.permutation(some).tolist() for some in TWO_OF.values()]
    fit = stated_structure(rows, TWO_OF, method=method)
    other = stated_structure(rng.permutation(rows), {"y": order[1], "x": order[0]}, method=method)
    assert other.absent == fit.absent
    assert other.factors == ("y", "x")
    if fit.absent is None and not fit.heywood:
        place = [fit.items.index(item) for item in other.items]
        assert other.loadings == pytest.approx(fit.loadings[place], abs=1e-4)
        assert other.loadings_error == pytest.approx(fit.loadings_error[place], abs=1e-4)
        assert other.correlations[0, 1] == pytest.approx(fit.correlations[0, 1], abs=1e-5)
        assert other.plain.chi_square.value == pytest.approx(fit.plain.chi_square.value, abs=1e-5)
        one, two = other.correlation("x", "y"), fit.correlation("first", "second")
        assert one.low == pytest.approx(two.low, abs=1e-4)


@given(seed=st.integers(0, 10**6))
@settings(derandomize=True, max_examples=15)
def test_halves_that_are_parallel_hardly_differ_from_one_factor(seed: int) -> None:
    rng = np.random.default_rng(seed)
    factor = rng.normal(size=(2000, 1))
    rows = factor + 0.8 * rng.normal(size=(2000, 8))
    fit = stated_structure(rows, {"odd": [0, 2, 4, 6], "even": [1, 3, 5, 7]})
    assert fit.correlations[0, 1] > 0.97
    found = fit.between["odd", "even"]
    if fit.heywood:
        assert found.absent == "perfect-correlation"
        assert structure_difference(fit).chi_square.value == pytest.approx(0, abs=1e-6)
    else:
        assert 0.9 < found.low < found.value < found.high <= 1
        assert structure_difference(fit).chi_square.value < 20


def test_a_factor_turned_around_turns_its_correlations() -> None:
    rows = answers(5)
    fit = stated_structure(rows, TWO_OF)
    turned = stated_structure(rows * [1, 1, 1, -1, -1, -1], TWO_OF)
    assert turned.loadings == pytest.approx(fit.loadings, abs=1e-6)
    assert turned.correlations[0, 1] == pytest.approx(-fit.correlations[0, 1], abs=1e-6)
    mixed = stated_structure(rows * [1, 1, -1, 1, 1, 1], TWO_OF)
    assert mixed.loadings == pytest.approx(fit.loadings * [1, 1, -1, 1, 1, 1], abs=1e-6)
    moved = stated_structure(rows * [1, 10, 1e-3, 1e4, 1, 1] + 100, TWO_OF)
    assert moved.loadings_std == pytest.approx(fit.loadings_std, abs=1e-6)
    assert moved.loadings_std_error == pytest.approx(fit.loadings_std_error, abs=1e-6)
    assert moved.correlations == pytest.approx(fit.correlations, abs=1e-6)


def test_columns_of_a_frame_go_by_name_or_place_and_others_do_not_count() -> None:
    rows = answers(6)
    frame = pd.DataFrame(rows, columns=list("pqrstu"))
    frame["team"] = "words"
    named = stated_structure(frame, {"first": list("pqr"), "second": list("stu")})
    places = stated_structure(frame, {"first": [0, 1, 2], "second": np.array([3, 4, 5])})
    plain = stated_structure(rows, TWO_OF)
    for fit in (named, places):
        assert fit.loadings.tolist() == plain.loadings.tolist()
    assert named.items == tuple("pqrstu")
    table = named.to_frame()
    assert table["factor"].tolist() == ["first"] * 3 + ["second"] * 3
    assert table["item"].tolist() == list("pqrstu")
    assert table["loading_std_error"].tolist() == named.loadings_std_error.tolist()


@pytest.mark.parametrize("method", ["ml", "wlsmv"])
def test_factors_that_are_one_are_held_at_a_correlation_of_1(method: str) -> None:
    held = 0
    for seed in range(12):
        fit = stated_structure(answers(seed, between=0.999), TWO_OF, method=method)
        assert fit.absent is None
        found = fit.between["first", "second"]
        assert fit.heywood == (abs(fit.correlations[0, 1]) == 1) == (found.value is None)
        if not fit.heywood:
            continue
        held += 1
        assert found.absent == "perfect-correlation"
        assert fit.method.endswith(", factors at a correlation of 1")
        assert np.isnan(fit.correlations_error).all()
        assert np.isfinite(fit.loadings_error).all()
        together = one_factor(answers(seed, between=0.999), method=method)
        assert fit.loadings == pytest.approx(together.loadings, abs=1e-5)
        test = structure_difference(fit)
        assert test.chi_square.value == pytest.approx(0, abs=1e-6)
        assert test.scaled_chi_square.absent == "no-scaling-factor"
    assert held


def test_correlations_that_no_factors_have_are_told() -> None:
    r = np.array([[1, 0.9, 0.9], [0.9, 1, 0.3], [0.9, 0.3, 1]])
    which = np.repeat(np.arange(3), 3)
    made = 0.4 * r[np.ix_(which, which)] + 0.6 * np.eye(9)
    fit = stated_structure(exact(made), {"a": [0, 1, 2], "b": [3, 4, 5], "c": [6, 7, 8]})
    assert fit.correlations == pytest.approx(r, abs=1e-5)
    assert (fit.definite, fit.heywood) == (False, False)
    assert fit.method.endswith(", factors not positive definite")
    assert fit.correlation("a", "b").value == pytest.approx(0.9, abs=1e-5)


def test_an_own_variance_at_its_floor_is_told() -> None:
    made = MADE.copy()
    made[0, 1] = made[1, 0] = 0.95 * math.sqrt(made[0, 0] * made[1, 1])
    fit = stated_structure(exact(made), STATED)
    assert fit.absent is None
    assert fit.heywood
    assert ", heywood" in fit.method
    assert np.isnan(fit.own_error).sum() == 1
    assert np.isfinite(fit.loadings_std_error).all()


REASONS = [
    (answers(1)[:, :5], {"first": [0, 1, 2, 3], "second": [4]}, "fewer-than-2-items"),
    (answers(1), {"first": [0, 1, 2], "second": []}, "fewer-than-2-items"),
    (answers(1), {"first": [0, 1]}, "fewer-than-3-items"),
    (np.empty((0, 6)), TWO_OF, "fewer-than-2-respondents"),
    (answers(1)[:1], TWO_OF, "fewer-than-2-respondents"),
    (np.full((9, 6), NAN), TWO_OF, "fewer-than-2-respondents"),
    (np.c_[answers(1)[:, :5], np.ones(120)], TWO_OF, "constant-item"),
]


@pytest.mark.parametrize(("rows", "stated", "reason"), REASONS)
@pytest.mark.parametrize("method", ["ml", "wlsmv"])
def test_what_has_no_such_structure_says_why(
    rows: np.ndarray, stated: dict, reason: str, method: str
) -> None:
    fit = stated_structure(rows, stated, method=method)
    assert fit.absent == reason
    assert not fit.converged
    assert {one.absent for one in fit.measures().values()} == {reason}
    assert {one.absent for one in fit.between.values()} <= {reason}
    assert fit.extracted_by("first").absent == reason
    assert len(fit.loadings) == sum(map(len, stated.values()))
    assert np.isnan(fit.correlations).all()
    assert len(fit.to_frame()) == len(fit.loadings)
    assert structure_difference(fit).chi_square.absent == reason


def test_few_people_few_communities_and_repeated_items_are_told() -> None:
    rows = answers(1)
    assert stated_structure(rows[:6], TWO_OF).absent == "not-positive-definite"
    twice = np.c_[rows, rows[:, 0]]
    stated = {"first": [0, 1, 2, 6], "second": [3, 4, 5]}
    assert stated_structure(twice, stated).absent == "not-positive-definite"
    assert stated_structure(twice, stated, method="wlsmv").absent == "perfect-correlation"
    for method in ("ml", "wlsmv"):
        fit = stated_structure(rows, TWO_OF, method=method, cluster=["a"] * 120)
        assert fit.absent == "fewer-than-2-clusters"


def test_factors_that_nothing_determines_are_not_identified() -> None:
    apart = np.eye(4)
    apart[0, 1] = apart[1, 0] = apart[2, 3] = apart[3, 2] = 0.5
    for made in (np.eye(4), apart):
        fit = stated_structure(exact(made), {"a": [0, 1], "b": [2, 3]})
        assert fit.absent == "not-identified"
    every = np.array(np.meshgrid(*[[0, 1]] * 4)).reshape(4, -1).T
    fit = stated_structure(np.repeat(every, 3, axis=0), {"a": [0, 1], "b": [2, 3]}, method="wlsmv")
    assert fit.absent == "not-identified"
    none, related = np.eye(2), np.array([[1, 0.4], [0.4, 1]])
    two = np.array([0, 0, 1, 1])
    assert undetermined(np.full(4, 0.7), none, two, 1e-6)
    assert not undetermined(np.full(4, 0.7), related, two, 1e-6)
    assert undetermined(np.array([0.7, 0.7, 0.7, 0]), related, two, 1e-6)


@given(st.integers(0, 10**6))
@settings(derandomize=True, max_examples=80)
def test_any_answers_give_a_fit_or_a_reason(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(0, 40)), int(rng.integers(4, 8)))
    rows = rng.integers(0, int(rng.integers(2, 6)), size=shape).astype(float)
    rows += rng.integers(0, 3, size=(shape[0], 1))
    rows[rng.random(shape) < 0.03] = NAN
    stated = {"a": range(shape[1] // 2), "b": range(shape[1] // 2, shape[1])}
    team = rng.integers(0, 6, shape[0])
    for forks in ({}, {"missing": "fiml"}, {"cluster": team}, {"method": "wlsmv"}):
        fit = stated_structure(rows, stated, **forks)
        test = structure_difference(fit)
        assert isinstance(test.chi_square, Estimate)
        found = fit.between["a", "b"]
        if fit.absent is not None:
            assert np.isnan(fit.loadings).all()
            assert found.absent == test.chi_square.absent == fit.absent
            continue
        assert np.isfinite(fit.loadings).all()
        assert np.isfinite(fit.correlations).all()
        assert (np.abs(fit.correlations) <= 1).all()
        if found.low is not None:
            assert -1 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        ({}, "factors name one factor or more"),
        ([[0, 1]], "factors name one factor or more"),
        ({"a": "01"}, "the items of factor 'a' are a list; received '01'"),
        ({"a": 3}, "the items of factor 'a' are a list; received 3"),
        ({"a": [0, 1], "b": [1, 2]}, "every item has one factor; received 1 twice"),
        ({"a": [0, 6]}, "columns of the answers, once; received 6"),
        ({"a": [0, -1]}, "columns of the answers, once; received -1"),
        ({"a": [0, "q"]}, "columns of the answers, once; received 'q'"),
        ({"a": [0, True]}, "columns of the answers, once; received True"),
        ({"a": [0, 1.0]}, "columns of the answers, once; received 1.0"),
    ],
)
def test_structures_that_make_no_sense_are_refused(stated: object, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        stated_structure(answers(1), stated)
    with pytest.raises(ValueError, match=rule):
        stated_factors(answers(1), stated)


@pytest.mark.parametrize(
    ("forks", "rule"),
    [
        ({"method": "minres"}, "method is one of .* received 'minres'"),
        ({"missing": "pairwise"}, "missing is one of .* received 'pairwise'"),
        ({"errors": "none"}, "errors is one of .* received 'none'"),
        ({"method": "wlsmv", "missing": "fiml"}, "complete rows and robust errors only"),
        ({"method": "wlsmv", "errors": "model"}, "complete rows and robust errors only"),
        ({"errors": "model", "cluster": [1] * 120}, "takes people as independent"),
        ({"confidence": 1.0}, "a confidence lies between 0 and 1"),
        ({"cluster": [1] * 9}, "one label a row"),
    ],
)
def test_forks_that_do_not_go_together_are_refused(forks: dict, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        stated_structure(answers(1), TWO_OF, **forks)


def test_moments_and_doubled_names_are_refused() -> None:
    with pytest.raises(ValueError, match="needs the answers, not their moments"):
        stated_structure(moments_of(answers(1)), TWO_OF)
    doubled = pd.DataFrame(answers(1), columns=list("aabcde"))
    with pytest.raises(ValueError, match="once; received 'a'"):
        stated_structure(doubled, {"x": ["a", "b", "c"]})


def test_fewer_factors_are_tested_against_the_stated_ones() -> None:
    rows = whole()
    loose, tight = stated_structure(rows, THREE), stated_structure(rows, TWO)
    test = structure_difference(loose, tight)
    change = tight.plain.chi_square.value - loose.plain.chi_square.value
    assert test.chi_square.value == pytest.approx(change)
    assert test.df.value == 2
    assert test.chi_square.method.endswith("3 factors, model errors, against 2 factors")
    shuffled = {"c": THREE["c"], "ab": TWO["ab"][::-1]}
    for method in ("ml", "wlsmv"):
        loose = stated_structure(rows, THREE, method=method)
        tight = stated_structure(rows, TWO, method=method)
        one = structure_difference(loose, tight)
        other = structure_difference(loose, stated_structure(rows, shuffled, method=method))
        for name in ("chi_square", "scaled_chi_square", "delta_cfi"):
            wanted = getattr(one, name).value
            assert getattr(other, name).value == pytest.approx(wanted, abs=1e-5)
        same = structure_difference(loose, stated_structure(rows, THREE, method=method))
        assert same.chi_square.absent == "no-degrees-of-freedom"
    single = stated_structure(rows, ONE)
    assert structure_difference(single).df.absent == "no-degrees-of-freedom"


def test_fits_that_cannot_be_compared_are_refused() -> None:
    rows = whole()
    loose = stated_structure(rows, THREE)
    crossed = {"x": ["x1", "x2", "x5", "x8"], "y": ["x3", "x4", "x6", "x7", "x9"]}
    for other, rule in (
        (stated_structure(rows, {"a": THREE["a"]}), "same items, people and method"),
        (stated_structure(rows, TWO, missing="fiml"), "same items, people and method"),
        (stated_structure(rows.dropna() + np.eye(262, 11), TWO), "same items, people and method"),
        (stated_structure(rows, crossed), "some of them together"),
    ):
        with pytest.raises(ValueError, match=rule):
            structure_difference(loose, other)
    with pytest.raises(ValueError, match="some of them together"):
        structure_difference(stated_structure(rows, TWO), loose)


def test_a_test_of_alike_people_needs_no_scaling() -> None:
    rows = exact(MADE, n=20_000)
    test = structure_difference(stated_structure(rows, STATED))
    assert test.scaled_chi_square.value == pytest.approx(test.chi_square.value, rel=0.05)


def test_bounds_from_above_hold_as_those_from_below() -> None:
    pattern = complete_pattern(100, np.zeros(8), MADE)
    structure = simple_structure(FACTOR_OF)
    start = np.concatenate([LOADINGS, OWN, np.zeros(8), np.zeros(3)])
    upper = np.full(27, np.inf)
    upper[24] = 0.4  # the relation of a and b, 0.6 where it is free
    found = maximise([(structure, pattern)], start, np.full(27, -np.inf), upper)
    assert found.converged
    assert found.parameters[24] == 0.4
    assert found.at_bound.nonzero()[0].tolist() == [24]
    step = np.eye(27)[24] * 1e-4
    inside = log_likelihood([(structure, pattern)], found.parameters - step)
    assert inside < found.value < log_likelihood([(structure, pattern)], found.parameters + step)


def test_a_first_guess_is_exact_where_the_structure_is() -> None:
    which = np.repeat([0, 1], 3)
    r = np.where(which[:, None] == which, 0.49, 0.49 * 0.5)
    np.fill_diagonal(r, 1)
    loadings, between = first_guess(r, which)
    assert loadings == pytest.approx(np.full(6, 0.7))
    assert between == pytest.approx(np.array([[1, 0.5], [0.5, 1]]))
    wild = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    three = np.repeat(np.arange(3), 2)
    wide = 0.5 * wild[np.ix_(three, three)] + 0.5 * np.eye(6)
    _, between = first_guess(wide, three)
    assert np.linalg.eigvalsh(between)[0] == pytest.approx(0.05)
    assert np.diagonal(between) == pytest.approx(1)
    assert facing_up(np.array([1.0, -2, 3, 1]), np.array([0, 0, 1, 1])).tolist() == [-1, 1]


def test_weighted_squares_end_where_no_slope_is_left() -> None:
    data = contingency(answers(9, n=300))
    assert not isinstance(data, str)
    which = np.repeat([0, 1], 3)
    model = fit_ordinal_structure(data, which)
    assert isinstance(model, OrdinalStructure)
    slope = model.slopes.T @ (model.weights * (model.rho - model.fitted))
    assert slope == pytest.approx(np.zeros(7), abs=1e-6)
    assert model.parameters == 7
    latent = latent_of(data)
    assert isinstance(latent, Latent)
    again = fitted_structure(latent, which)
    assert isinstance(again, OrdinalStructure)
    assert again.loadings.tolist() == model.loadings.tolist()
    for place, moved in enumerate(np.eye(7) * 1e-6):
        up, down = (
            weighted_structure(model.fitted + way * model.slopes @ moved, model.weights,
                               model.pairs, which)
            for way in (1, -1)
        )  # fmt: skip
        change = np.r_[up[0] - down[0], up[1][0, 1] - down[1][0, 1]] / 2e-6
        assert change == pytest.approx(np.eye(7)[place], abs=1e-4)


def test_a_structure_that_fits_badly_settles_too() -> None:
    rng = np.random.default_rng(3)
    pairs, which = np.asarray(np.triu_indices(6, 1)), np.repeat([0, 1], 3)
    for _ in range(40):
        rho, weights = rng.uniform(-0.5, 0.8, 15), rng.uniform(0.3, 2, 15)
        loadings, between, settled = weighted_structure(rho, weights, pairs, which)
        if np.abs(loadings).max() > 10:  # no loadings are the best: the larger, the better
            continue
        assert settled

        def lost(at: np.ndarray, rho: np.ndarray = rho, weights: np.ndarray = weights) -> float:
            across = np.where(which[pairs[0]] == which[pairs[1]], 1.0, at[6])
            return float((weights * (rho - at[pairs[0]] * at[pairs[1]] * across) ** 2).sum())

        at = np.r_[loadings, between[0, 1]]
        for step in np.eye(7) * 1e-4:
            for there in (at + step, at - step):
                assert abs(there[6]) > 1 or lost(there) > lost(at) - 1e-12


@pytest.mark.parametrize("forks", [{}, {"missing": "fiml"}, {"method": "wlsmv"}])
def test_two_communities_leave_errors_that_are_numbers(forks: dict) -> None:
    for seed in range(10):
        rows = answers(seed, n=40)
        fit = stated_structure(rows, TWO_OF, cluster=np.arange(40) % 2, **forks)
        assert fit.absent is None
        assert (fit.loadings_error >= 0).all()
        assert (fit.loadings_std_error >= 0).all()


def test_a_fit_keeps_what_tests_of_it_need() -> None:
    ml, ordinal = (stated_structure(answers(1), TWO_OF, method=m) for m in ("ml", "wlsmv"))
    assert isinstance(ml, StructureFit)
    assert isinstance(ml.fit, LikelihoodBasis)
    assert isinstance(ordinal.fit, OrdinalBasis)
    assert ordinal.fit.of_rho.shape == (15, 15)
    assert ml.fit.against.people == 120
