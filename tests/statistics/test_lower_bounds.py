from __future__ import annotations

import sys
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.items import item_total
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.reliability import (
    compare_alphas,
    cronbach_alpha,
    greatest_lower_bound,
    guttman_lambdas,
    kr_20,
    principal_alpha,
    score_errors,
    split_halves,
    standard_error_of_measurement,
    ten_berge_mu,
    two_halves,
)

NAN = np.nan
REASONS = [
    ([[1], [2]], "fewer-than-2-items"),
    ([[1, 2]], "fewer-than-2-respondents"),
    ([[1, NAN], [2, NAN]], "empty-item"),
    ([[1, 2], [1, 3]], "constant-item"),
    ([[1, -1], [2, -2], [4, -4]], "no-total-variance"),
]


def rows_of(start: int, n: int = 30, k: int = 6) -> np.ndarray:
    """Answers that have more than one thing in common."""
    rng = np.random.default_rng(start)
    common = rng.normal(size=(n, 2)) @ rng.uniform(0, 1, (2, k))
    return np.round(4 + common + rng.normal(size=(n, k)))


def values(*cells: object) -> list[float]:
    found = [cell.value for cell in cells]  # type: ignore[attr-defined]
    assert all(value is not None for value in found)
    return found


@given(st.integers(1, 5000))
@settings(derandomize=True)
def test_the_bounds_stand_in_their_order(start: int) -> None:
    rows = rows_of(start)
    found, alpha = guttman_lambdas(rows), cronbach_alpha(rows).value
    if alpha is None:
        return
    one, two, three, five, plus = values(
        found.lambda_1, found.lambda_2, found.lambda_3, found.lambda_5, found.lambda_5_plus
    )
    assert three == pytest.approx(alpha, abs=1e-12)
    assert two >= three - 1e-12
    assert plus >= five >= one - 1e-12
    if alpha >= 0:
        assert three >= one - 1e-12
    mus = values(*ten_berge_mu(rows))
    assert mus[0] == pytest.approx(three)
    assert mus[1] == pytest.approx(two)
    assert all(later >= before - 1e-12 for before, later in pairwise(mus))
    splits = split_halves(rows)
    assert splits.mean.value == pytest.approx(alpha, abs=1e-10)
    assert splits.worst.value <= splits.median.value <= splits.best.value  # type: ignore[operator]


@given(st.integers(1, 5000))
@settings(derandomize=True)
def test_no_bound_and_no_split_passes_the_greatest_lower_bound(start: int) -> None:
    pytest.importorskip("clarabel")
    rows = rows_of(start)
    found = greatest_lower_bound(rows)
    if found.bound.value is None:
        return
    bounds = guttman_lambdas(rows)
    cells = (bounds.lambda_2, bounds.lambda_3, bounds.lambda_5, split_halves(rows).best)
    for value in values(*cells):
        assert found.bound.value >= value - 1e-6
    if bounds.lambda_6.value is not None:
        assert found.bound.value >= bounds.lambda_6.value - 1e-6
    covariance = np.cov(rows, rowvar=False)
    errors = np.diagonal(covariance) - found.common
    assert (errors >= -1e-6).all()
    assert np.linalg.eigvalsh(covariance - np.diag(errors))[0] > -1e-5
    assert found.bound.value == pytest.approx(1 - errors.sum() / covariance.sum())


def test_every_coefficient_says_what_it_is() -> None:
    rows = rows_of(1)
    rows[0, 0] = NAN
    found = guttman_lambdas(rows)
    assert found.lambda_2.method == "lambda 2, covariance, pairwise, observed variance"
    assert found.lambda_2.n == 30
    assert found.lambda_2.low is None
    cor = guttman_lambdas(rows, metric="cor", missing="listwise")
    assert cor.lambda_6.method == "lambda 6, correlation, listwise, observed variance"
    assert cor.lambda_6.n == 29
    assert [mu.method.split(",")[0] for mu in ten_berge_mu(rows, steps=1)] == ["mu 0", "mu 1"]
    splits = split_halves(rows)
    names = [cell.method.split(",")[1] for cell in (splits.best, splits.worst, splits.mean)]
    assert names == [" best", " worst", " mean"]
    assert principal_alpha(rows).method.endswith("variance of the component")
    assert standard_error_of_measurement(rows).method == (
        "error of the sum, alpha, covariance, listwise, observed variance"
    )
    assert greatest_lower_bound(rows).bound.method.startswith("glb, covariance, pairwise")
    halves = two_halves(rows)
    assert halves.horst.method == "halves, Horst, covariance, listwise, observed variance"
    assert halves.horst.n == 29


@pytest.mark.parametrize(("rows", "reason"), REASONS)
def test_each_coefficient_says_why_it_is_not_there(rows: object, reason: str) -> None:
    found = guttman_lambdas(rows)
    cells = [found.lambda_1, found.lambda_2, found.lambda_3, found.lambda_5, found.lambda_5_plus]
    cells += [found.lambda_6, *ten_berge_mu(rows), standard_error_of_measurement(rows)]
    splits, halves = split_halves(rows), two_halves(rows)
    cells += [splits.best, splits.worst, splits.mean, splits.median]
    cells += [halves.correlation, halves.spearman_brown, halves.guttman, halves.horst]
    cells.append(greatest_lower_bound(rows).bound)
    cells.append(kr_20(np.clip(np.array(rows, float) - 1, 0, 1)))
    assert {cell.absent for cell in cells[:-1]} == {reason}
    assert cells[-1].value is None
    assert splits.count == 0
    assert np.isnan(splits.quantiles()).all()
    assert len(greatest_lower_bound(rows).common) == 0


def test_a_double_item_leaves_no_lambda_6_and_an_impossible_matrix_no_greatest_bound() -> None:
    rows = rows_of(1)
    double = np.column_stack([rows, rows[:, 0]])
    found = guttman_lambdas(double)
    assert found.lambda_6.absent == "not-positive-definite"
    assert found.lambda_5.value is not None
    # each pair over other people: correlations that no one group could have
    n = NAN
    parts = [[1, 1, n], [2, 2, n], [4, 4, n], [n, 1, 1], [n, 2, 2], [n, 4, 4], [1, n, 2]]
    parts += [[2, n, 1.5], [4, n, 1.9], [3, n, 2.2]]
    matrix = moments_of(parts).covariance()
    assert np.linalg.eigvalsh(matrix)[0] < 0
    assert greatest_lower_bound(parts).bound.absent == "not-positive-definite"


def test_without_the_solver_the_bound_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "clarabel", None)
    found = greatest_lower_bound(rows_of(1))
    assert found.bound.absent == "needs-clarabel"
    assert len(found.common) == 0


def test_splits_are_all_splits_each_once() -> None:
    rows = rows_of(2, k=5)
    covariance = np.cov(rows, rowvar=False)
    by_hand = []
    for half in combinations(range(5), 2):
        mark = np.isin(np.arange(5), half).astype(float)
        by_hand.append(4 * mark @ covariance @ (1 - mark) / covariance.sum())
    found = split_halves(rows)
    np.testing.assert_allclose(found.values, np.sort(by_hand), atol=1e-12)
    assert (found.count, found.exact) == (10, True)
    best = np.isin(np.arange(5), found.best_half).astype(float)
    assert 4 * best @ covariance @ (1 - best) / covariance.sum() == pytest.approx(max(by_hand))
    worst = np.isin(np.arange(5), found.worst_half).astype(float)
    assert 4 * worst @ covariance @ (1 - worst) / covariance.sum() == pytest.approx(min(by_hand))
    np.testing.assert_allclose(found.quantiles([0, 0.5, 1])[[0, 2]], [min(by_hand), max(by_hand)])
    assert found.median.value == pytest.approx(float(np.median(by_hand)))
    assert split_halves(rows_of(2, k=4)).count == 3
    assert split_halves(rows_of(2, k=2)).count == 1


def test_too_many_splits_are_drawn_or_absent() -> None:
    rows = rows_of(1, n=60, k=24)
    absent = split_halves(rows)
    assert absent.best.absent == "too-many-splits"
    assert not absent.exact
    drawn = split_halves(rows, rng=np.random.default_rng(1))
    assert not drawn.exact
    assert drawn.count == 200_000
    alpha = cronbach_alpha(rows).value
    assert drawn.mean.value == pytest.approx(alpha, abs=1e-3)
    assert len(drawn.best_half) == 12


def test_one_split_by_hand() -> None:
    rows = rows_of(3, k=3)
    a, b = rows[:, 0] + rows[:, 2], rows[:, 1]
    r = np.corrcoef(a, b)[0, 1]
    found = two_halves(rows)
    assert found.correlation.value == pytest.approx(r)
    assert found.spearman_brown.value == pytest.approx(2 * r / (1 + r))
    total = (a + b).var(ddof=1)
    rulon = 2 * (1 - (a.var(ddof=1) + b.var(ddof=1)) / total)
    assert found.guttman.value == pytest.approx(rulon)
    p, q = 2 / 3, 1 / 3
    horst = (np.sqrt(r**4 + 4 * r**2 * (1 - r**2) * p * q) - r**2) / (2 * p * q * (1 - r**2))
    assert found.horst.value == pytest.approx(horst)
    other = two_halves(rows, [0, 1])
    assert other.correlation.value == pytest.approx(
        np.corrcoef(rows[:, 0] + rows[:, 1], rows[:, 2])[0, 1]
    )
    for half in ([], [0, 1, 2], [3], [0, 0], [-1]):
        with pytest.raises(ValueError, match="each once"):
            two_halves(rows, half)


def test_halves_that_do_not_vary_or_are_the_same_say_so() -> None:
    base = np.array([1.0, 2.0, 4.0, 3.0])
    flat = np.column_stack([base, base * 2, -base])
    assert two_halves(flat).correlation.absent == "constant-half"
    same = np.column_stack([base, base])
    assert two_halves(same).spearman_brown.value == pytest.approx(1)
    assert two_halves(same).horst.absent == "perfect"
    against = np.column_stack([base, -2 * base])
    assert two_halves(against).correlation.value == pytest.approx(-1)
    assert two_halves(against).spearman_brown.absent == "negative"
    assert two_halves(against).horst.absent == "negative"


def test_forks_that_do_not_exist_are_refused() -> None:
    rows = rows_of(1)
    for call, words in (
        (lambda: guttman_lambdas(rows, metric="raw"), "metric"),  # type: ignore[arg-type]
        (lambda: guttman_lambdas(rows, correlation="tau"), "correlation"),  # type: ignore[arg-type]
        (lambda: ten_berge_mu(rows, steps=-1), "steps"),
        (lambda: ten_berge_mu(rows, steps=11), "steps"),
        (lambda: standard_error_of_measurement(rows, score="total"), "score"),
        (lambda: kr_20(rows), "0 and 1"),
        (lambda: kr_20([[0, 1]], divisor="k"), "divisor"),  # type: ignore[arg-type]
        (lambda: item_total(rows, kind="raw"), "kind"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError, match=words):
            call()


def test_right_and_wrong_answers_have_the_same_alpha_under_two_names() -> None:
    rows = (rows_of(1) > 4).astype(float)
    n, k = rows.shape
    assert kr_20(rows).value == pytest.approx(cronbach_alpha(rows).value)
    p = rows.mean(axis=0)
    by_hand = k / (k - 1) * (1 - (p * (1 - p)).sum() / rows.sum(axis=1).var(ddof=1))
    found = kr_20(rows, divisor="n")
    assert found.value == pytest.approx(by_hand)
    assert found.method.startswith("kr-20, divisor n, covariance, listwise")
    assert found.n == n


def test_the_error_of_a_score() -> None:
    rows = rows_of(1)
    alpha = cronbach_alpha(rows).value
    found = standard_error_of_measurement(rows)
    wanted = rows.sum(axis=1).std(ddof=1) * np.sqrt(1 - alpha)  # type: ignore[operator]
    assert found.value == pytest.approx(wanted)
    assert standard_error_of_measurement(rows, score="mean").value == pytest.approx(wanted / 6)
    perfect = score_errors(3, sd=1, reliability=1, mean=2, bands=(0.5,))
    assert perfect.measurement == perfect.prediction == 0
    assert perfect.true.value == 3
    assert perfect.observed.low is None
    useless = score_errors(3, sd=2, reliability=0, mean=1)
    assert (useless.true.value, useless.estimation, useless.prediction) == (1, 0, 2)
    assert useless.observed.high == pytest.approx(3 + 2 * 1.959964)
    half = score_errors(3, sd=2, reliability=0.5, mean=1, confidence=0.5)
    assert half.true.value == 2
    assert half.true.method == "true score, error of estimation"
    assert half.observed.method == "observed score, error of measurement"
    for wrong in ({"reliability": 1.1}, {"reliability": -0.1}, {"sd": 0}, {"mean": NAN}):
        with pytest.raises(ValueError, match="reliability"):
            score_errors(3, **({"sd": 2, "reliability": 0.5, "mean": 1} | wrong))


def test_equal_alphas_do_not_differ_and_the_order_does_not_matter() -> None:
    same = compare_alphas([0.8, 0.8], [50, 70])
    assert same.statistic == pytest.approx(1)
    assert same.p > 0.9
    assert same.test == "F, two groups"
    one, other = compare_alphas([0.8, 0.6], [50, 70]), compare_alphas([0.6, 0.8], [70, 50])
    assert one.p == pytest.approx(other.p)
    assert one.statistic == pytest.approx(1 / other.statistic)
    three = compare_alphas([0.8, 0.8, 0.8], 60, [5, 6, 7], correlations=0.3)
    assert three.statistic == pytest.approx(0, abs=1e-20)
    assert three.p == pytest.approx(1)
    assert three.test == "chi-square, same people"
    assert (three.df1, three.df2) == (2, None)
    tied = compare_alphas([0.7, 0.8, 0.85], 60, 6, correlations=0.6)
    free = compare_alphas([0.7, 0.8, 0.85], 60, 6)
    loose = compare_alphas([0.7, 0.8, 0.85], 60, 6, correlations=0.0)
    assert tied.statistic > free.statistic
    assert loose.statistic == pytest.approx(free.statistic)
    assert free.test == "chi-square, groups"
    whole = np.array([[1, 0.6, 0.6], [0.6, 1, 0.6], [0.6, 0.6, 1]])
    again = compare_alphas([0.7, 0.8, 0.85], 60, 6, correlations=whole)
    assert again.statistic == pytest.approx(tied.statistic)


def test_the_test_of_many_alphas_keeps_its_level() -> None:
    rejected = 0
    for start in range(1, 301):
        rng = np.random.default_rng(start)
        alphas = []
        for _ in range(3):
            rows = rng.normal(size=(80, 1)) + rng.normal(size=(80, 5))
            alphas.append(cronbach_alpha(rows).value)
        rejected += compare_alphas(alphas, 80, 5).p < 0.05  # type: ignore[arg-type]
    # 15 expected; a 99 % binomial interval around it
    assert 6 <= rejected <= 25


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("two numbers", ([0.8], 50)),
        ("two numbers", ([0.8, 1.0], 50)),
        ("two numbers", ([0.8, NAN], 50)),
        ("3 people", ([0.8, 0.7], [50, 2])),
        ("number of items", ([0.8, 0.7, 0.6], 50)),
        ("2 items", ([0.8, 0.7, 0.6], 50, 1)),
    ],
)
def test_alphas_that_cannot_be_compared_are_refused(words: str, given: tuple) -> None:
    with pytest.raises(ValueError, match=words):
        compare_alphas(*given)


def test_correlations_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one number or 2 by 2"):
        compare_alphas([0.8, 0.7], 50, correlations=np.eye(3))
    with pytest.raises(ValueError, match="one number or 2 by 2"):
        compare_alphas([0.8, 0.7], 50, correlations=1.2)
    with pytest.raises(ValueError, match="one n"):
        compare_alphas([0.8, 0.7], [50, 60], correlations=0.2)
    with pytest.raises(ValueError, match="perfectly"):
        compare_alphas([0.8, 0.7], 50, correlations=1.0)


def test_item_total_says_why_it_is_not_there() -> None:
    rows = np.array([[1, 2, NAN], [2, 2, NAN], [4, 2, NAN], [3, 2, NAN]])
    assert item_total(rows).reasons.tolist() == ["", "constant-item", "empty-item"]
    assert item_total(rows[:1]).reasons.tolist()[0] == "fewer-than-2-respondents"
    assert item_total(rows[:, :1]).reasons.tolist() == ["fewer-than-2-items"]
    double = np.column_stack([rows_of(1), rows_of(1)[:, 0]])
    assert set(item_total(double, kind="corrected").reasons) == {"not-positive-definite"}
    assert set(item_total(double, kind="standardized").reasons) == {""}
    found = item_total(rows_of(1))
    assert found.method == "item-total, available, pairwise"
    assert found.n.tolist() == [30] * 6
    listwise = item_total(rows_of(1), kind="standardized", missing="listwise")
    whole = rows_of(1)
    standard = (whole - whole.mean(axis=0)) / whole.std(axis=0)
    by_hand = [np.corrcoef(whole[:, at], standard.sum(axis=1))[0, 1] for at in range(6)]
    np.testing.assert_allclose(np.asarray(listwise), by_hand, atol=1e-12)


def test_the_alpha_of_a_component_is_that_of_its_largest_eigenvalue() -> None:
    r = np.corrcoef(rows_of(1), rowvar=False)
    largest = np.linalg.eigvalsh(r)[-1]
    assert principal_alpha(rows_of(1)).value == pytest.approx(6 / 5 * (1 - 1 / largest))
