"""Polychoric correlations against closed forms, numerical integrals and the likelihood itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_cases import items
from scipy.integrate import quad
from scipy.stats import norm

from lcdiag.statistics.arrays import Grouping
from lcdiag.statistics.bivariate_normal import (
    bivariate_cdf,
    bivariate_density,
    normal_density,
    slope_along_limit,
)
from lcdiag.statistics.contingency import contingency, tabulated
from lcdiag.statistics.latent_correlation import by_row_threshold, cells_of, joint, two_step
from lcdiag.statistics.latent_sampling import (
    correlation_errors,
    influence,
    sampling_covariance,
)
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.pair_tables import (
    chosen_first,
    filled,
    pair_reasons,
    thresholds_from,
    thresholds_of,
)
from lcdiag.statistics.polychoric import estimated, ordinal_alpha, polychoric

PAIR = np.array([[0], [1]])


def people_of(counts: object) -> np.ndarray:
    rows, columns = np.indices(np.shape(counts))
    return np.repeat(np.c_[rows.ravel(), columns.ravel()], np.ravel(counts), axis=0)


def answers(seed: int, n: int = 60, k: int = 4, options: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(n, 1)) + rng.normal(size=(n, k))
    return np.clip(np.round(latent * options / 5 + (options + 1) / 2), 1, options)


@pytest.mark.parametrize("rho", [-0.999, -0.6, 0.0, 0.3, 0.95, 0.9999])
@pytest.mark.parametrize(
    ("h", "k"), [(0.4, -1.1), (-0.5, -0.4), (0.0, 0.7), (-0.2, 0.0), (1.3, 1.3)]
)
def test_cdf_is_the_integral_of_a_conditional_distribution(h: float, k: float, rho: float) -> None:
    s = np.sqrt(1 - rho**2)
    turn = [k / rho] if rho else []
    wanted = quad(
        lambda x: norm.pdf(x) * norm.cdf((k - rho * x) / s),
        -9,
        h,
        points=[p for p in turn if -9 < p < h],
        epsabs=1e-13,
        limit=200,
    )[0]
    assert bivariate_cdf(h, k, rho) == pytest.approx(wanted, abs=1e-9)


def test_cdf_at_its_corners() -> None:
    tiny = -5e-324  # a product with it is 0
    assert bivariate_cdf(tiny, 1.0, 0.0) == pytest.approx(norm.cdf(1) / 2, abs=1e-15)
    assert bivariate_cdf(-1.0, tiny, 0.0) == pytest.approx(norm.cdf(-1) / 2, abs=1e-15)
    for small in (5e-324, -5e-324, 1e-310, -1e-200):
        for other in (0.0, small, -small, 3 * small):
            assert bivariate_cdf(small, other, 0.5) == pytest.approx(1 / 3, abs=1e-15)
            assert bivariate_cdf(other, small, -0.5) == pytest.approx(1 / 6, abs=1e-15)
    assert bivariate_cdf(0, 0, 0.5) == pytest.approx(1 / 3, abs=1e-15)
    assert bivariate_cdf(0, 0, -0.5) == pytest.approx(1 / 6, abs=1e-15)
    assert bivariate_cdf(np.inf, 0.3, 0.8) == pytest.approx(norm.cdf(0.3), abs=1e-15)
    assert bivariate_cdf(-0.3, np.inf, -0.8) == pytest.approx(norm.cdf(-0.3), abs=1e-15)
    assert bivariate_cdf(-np.inf, 0.3, 0.8) == 0
    assert bivariate_cdf(np.inf, np.inf, 0.8) == pytest.approx(1, abs=1e-15)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-0.95, 0.95))
def test_slopes_are_those_of_the_cdf(h: float, k: float, rho: float) -> None:
    step = 1e-5
    along_rho = (bivariate_cdf(h, k, rho + step) - bivariate_cdf(h, k, rho - step)) / (2 * step)
    along_h = (bivariate_cdf(h + step, k, rho) - bivariate_cdf(h - step, k, rho)) / (2 * step)
    assert bivariate_density(h, k, rho) == pytest.approx(along_rho, abs=1e-6)
    assert slope_along_limit(h, k, rho) == pytest.approx(along_h, abs=1e-6)
    assert normal_density(h) == pytest.approx(norm.pdf(h))


def test_tables_count_pairs_of_options() -> None:
    data = np.array([[1, 5.5], [1, 7], [3, 7], [np.nan, 5.5], [3, 7]])
    complete, pairs = contingency(data), contingency(data, "pairwise")
    assert not isinstance(complete, str)
    assert not isinstance(pairs, str)
    assert [own.tolist() for own in complete.levels] == [[1, 3], [5.5, 7]]
    assert complete.tables[0, 1].tolist() == [[1, 1], [0, 2]]
    assert complete.tables[1, 0].tolist() == [[1, 0], [1, 2]]
    assert complete.margins.tolist() == [[2, 2], [1, 3]]
    assert (complete.rows, pairs.rows) == (4, 5)
    assert pairs.tables[0, 1].tolist() == [[1, 1], [0, 2]]
    assert pairs.margins.tolist() == [[2, 2], [2, 3]]
    assert pairs.codes.tolist() == [[0, 0], [0, 1], [1, 1], [-1, 0], [1, 1]]
    again = tabulated(complete.codes, complete.levels)
    assert np.array_equal(again.tables, complete.tables)


def test_tables_of_more_rows_than_are_counted_at_once() -> None:
    data = np.tile(answers(1, 500, 3), (40, 1))
    once, often = contingency(data[:500]), contingency(data)
    assert not isinstance(once, str)
    assert not isinstance(often, str)
    assert np.array_equal(once.tables * 40, often.tables)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (np.ones((5, 1)), "fewer-than-2-items"),
        (np.ones((1, 3)), "fewer-than-2-respondents"),
        (np.full((4, 3), np.nan), "fewer-than-2-respondents"),
        (np.arange(102.0).reshape(51, 2), "too-many-options"),
    ],
)
def test_why_there_are_no_tables(data: np.ndarray, reason: str) -> None:
    assert contingency(data) == reason
    found = polychoric(data)
    assert found.absent == reason
    assert (found.reasons == reason).all()
    assert np.isnan(found.matrix).all()
    assert found.matrix.shape == (data.shape[1], data.shape[1])
    assert found.estimate(0, 0).absent == reason
    alpha = ordinal_alpha(data)
    assert (alpha.absent, alpha.n) == (reason, 0)


def test_fifty_options_are_still_ordinal() -> None:
    assert polychoric(np.arange(100.0).reshape(50, 2)).absent is None


def test_an_empty_item_is_absent_only_pairwise() -> None:
    data = np.c_[answers(2), np.full(60, np.nan)]
    assert polychoric(data, missing="pairwise").absent == "empty-item"
    assert polychoric(data).absent == "fewer-than-2-respondents"


@given(st.integers(1, 40), st.integers(1, 40))
def test_median_splits_have_a_closed_form(same: int, other: int) -> None:
    found = polychoric(people_of([[same, other], [other, same]]))
    share = same / (2 * (same + other))
    assert found.matrix[0, 1] == pytest.approx(np.sin(2 * np.pi * (share - 0.25)), abs=1e-8)
    assert found.thresholds[0] == pytest.approx([0.0], abs=1e-15)
    assert found.n[0, 1] == 2 * (same + other)
    assert found.reasons[0, 1] == ""


def tetrachoric(counts: np.ndarray) -> float:
    share = counts / counts.sum()
    rows = norm.ppf(share.sum(axis=1)[:1])[None]
    columns = norm.ppf(share.sum(axis=0)[:1])[None]
    return float(two_step(counts[None], rows, columns)[0][0])


def test_errors_follow_from_the_influence_of_each_person() -> None:
    counts = np.array([[40.0, 12.0], [9.0, 25.0]])
    n = counts.sum()
    moved = np.zeros((2, 2))
    for cell in np.ndindex(2, 2):
        more, less = counts.copy(), counts.copy()
        more[cell] += 1e-3
        less[cell] -= 1e-3
        moved[cell] = (tetrachoric(more) - tetrachoric(less)) / 2e-3
    wanted = np.sqrt((counts * moved**2).sum())
    found = polychoric(people_of(counts.astype(int)))
    assert found.errors[0, 1] == pytest.approx(wanted, rel=1e-5)
    assert found.errors[0, 0] == 0
    data = contingency(people_of(counts.astype(int)))
    assert not isinstance(data, str)
    thresholds, rho = thresholds_of(data), found.matrix[[0], [1]]
    own = influence(counts[None], data.margins.astype(float), thresholds, PAIR, rho)
    whole = own.on_rho[0] + own.through_rows[0][:, None] + own.through_columns[0]
    assert whole / n == pytest.approx(moved, rel=1e-4)
    assert correlation_errors(own, counts[None], data.margins, PAIR) == pytest.approx(wanted)


def test_pairwise_errors_count_who_answered_one_item() -> None:
    both = people_of([[40, 12], [9, 25]]).astype(float)
    alone = np.c_[np.repeat([0.0, 1.0], [30, 20]), np.full(50, np.nan)]
    more = polychoric(np.r_[both, alone], missing="pairwise")
    assert more.n.tolist() == [[136, 86], [86, 86]]
    assert more.errors[0, 1] != polychoric(both).errors[0, 1]
    counts = np.array([[40.0, 12.0], [9.0, 25.0]])

    def at(table: np.ndarray, extra: np.ndarray) -> float:
        first = table.sum(axis=1) + extra
        rows = norm.ppf(first[:1] / first.sum())[None]
        columns = norm.ppf(table.sum(axis=0)[:1] / table.sum())[None]
        return float(two_step(table[None], rows, columns)[0][0])

    assert more.matrix[0, 1] == pytest.approx(at(counts, np.array([30.0, 20.0])))


def test_sampling_covariance_over_clusters() -> None:
    rows = answers(5, 80, 3, 3)
    data, twice = contingency(rows), contingency(np.repeat(rows, 2, axis=0))
    assert not isinstance(data, str)
    assert not isinstance(twice, str)
    pairs = np.asarray(np.triu_indices(3, 1))
    thresholds = thresholds_of(data)
    rho, errors, bound = estimated(data, thresholds, pairs, 0.5, "2x2")
    assert not bound.any()
    tables, used = data.tables[pairs[0], pairs[1]].astype(float), np.isfinite(thresholds)
    own = influence(tables, data.margins.astype(float), thresholds, pairs, rho)
    plain = sampling_covariance(own, data, used, pairs)
    assert np.diagonal(plain)[6:] == pytest.approx(80 * errors**2)
    share = norm.cdf(thresholds.ravel())
    binomial = share * (1 - share) / norm.pdf(thresholds.ravel()) ** 2
    assert np.diagonal(plain)[:6] == pytest.approx(binomial)
    alone = Grouping(np.arange(80), np.arange(80))
    single = sampling_covariance(own, data, used, pairs, alone)
    assert single == pytest.approx(plain * 80 / 79, abs=1e-12)
    couples = Grouping(np.arange(80), np.repeat(np.arange(80), 2))
    double = sampling_covariance(own, twice, used, pairs, couples)
    assert double == pytest.approx(2 * plain * 80 / 79, abs=1e-12)


def log_likelihood(counts: np.ndarray, rho: float, rows: np.ndarray, columns: np.ndarray) -> float:
    share = cells_of(rows[None], columns[None], np.array([rho])).share[0]
    return float((counts * np.log(np.where(counts > 0, share, 1.0)))[counts > 0].sum())


def test_joint_likelihood_passes_that_of_polycor() -> None:
    # polychor(ML = TRUE) of polycor 0.8-1 stops at these values, its search at reltol 1e-8
    theirs = 0.63238651682813
    rows = np.array([-1.20395012, -0.08475172, 0.72452394, 1.64686922])
    columns = np.array([-1.7500970, -0.6324496, 0.2021933, 1.1035477])
    data = contingency(items("synth_team").dropna().iloc[:, :2])
    assert not isinstance(data, str)
    counts, thresholds = data.tables[0, 1].astype(float), thresholds_of(data)
    ours, error, settled = joint(counts[None], thresholds[[0]], thresholds[[1]], np.array([0.6305]))
    assert settled[0]
    assert ours[0] == pytest.approx(theirs, abs=5e-4)
    assert error[0] == pytest.approx(0.04713747, abs=1e-3)

    from scipy.optimize import minimize

    def best(rho: float) -> float:
        found = minimize(
            lambda at: -log_likelihood(counts, rho, at[:4], at[4:]), thresholds.ravel(), tol=1e-12
        )
        return -float(found.fun)

    assert log_likelihood(counts, theirs, rows, columns) < best(ours[0]) - 1e-5
    assert best(theirs) < best(ours[0]) - 1e-5
    assert best(ours[0] + 1e-3) < best(ours[0])
    assert best(ours[0] - 1e-3) < best(ours[0])


def test_slopes_of_cells() -> None:
    rows, columns = np.array([[-0.6, 0.4, np.inf]]), np.array([[-1.0, 0.1, 0.8]])
    rho, step = np.array([0.45]), 1e-6
    cells = cells_of(rows, columns, rho)
    assert cells.share.sum() == pytest.approx(1)
    assert cells.share[0, 3] == pytest.approx(np.zeros(4), abs=1e-15)
    up, down = cells_of(rows, columns, rho + step), cells_of(rows, columns, rho - step)
    assert cells.by_rho == pytest.approx((up.share - down.share) / (2 * step), abs=1e-8)
    shift = np.array([[0.0, step, 0.0]])
    up, down = cells_of(rows + shift, columns, rho), cells_of(rows - shift, columns, rho)
    moved = (up.share - down.share)[0] / (2 * step)
    slope = by_row_threshold(rows, columns, rho)[0]
    assert moved[1] == pytest.approx(slope[1], abs=1e-8)
    assert moved[2] == pytest.approx(-slope[1], abs=1e-8)
    assert slope[2] == pytest.approx(np.zeros(4), abs=1e-15)


def test_which_empty_cells_receive_the_correction() -> None:
    data = contingency(people_of([[30, 0], [5, 25]]))
    assert not isinstance(data, str)
    table = data.tables[[0], [1]].astype(float)
    kept = [[29.5, 0.5], [5.5, 24.5]]
    assert filled(table, data, PAIR, 0.5, "2x2")[0].tolist() == kept
    assert filled(table, data, PAIR, 0.5, "all")[0].tolist() == kept
    assert filled(table, data, PAIR, 0, "2x2")[0].tolist() == table[0].tolist()
    wide = contingency(people_of([[20, 6, 0], [0, 18, 7]]))
    assert not isinstance(wide, str)
    table = wide.tables[[0], [1]].astype(float)
    assert filled(table, wide, PAIR, 0.5, "2x2")[0].tolist() == table[0].tolist()
    every = filled(table, wide, PAIR, 0.25, "all")[0]
    assert every[:2].tolist() == [[20, 6, 0.25], [0.25, 18, 7]]
    assert every[2].tolist() == [0, 0, 0]  # no option, so no cell
    # where a cell beside it has too little to give, the empty one still receives
    thin = contingency(people_of([[1, 0], [1, 25]]))
    assert not isinstance(thin, str)
    table = thin.tables[[0], [1]].astype(float)
    assert filled(table, thin, PAIR, 1, "2x2")[0].tolist() == [[1, 1], [1, 25]]


def test_options_that_nobody_chose_come_last() -> None:
    margins = np.array([[0.0, 3.0, 0.0, 1.0], [2.0, 2.0, 0.0, 4.0]])
    order = chosen_first(margins)
    assert order.tolist() == [[1, 3, 0, 2], [0, 1, 3, 2]]
    found = thresholds_from(np.take_along_axis(margins, order, axis=1))
    assert found[0].tolist() == [pytest.approx(norm.ppf(0.75)), np.inf, np.inf]
    assert found[1].tolist() == [pytest.approx(norm.ppf(0.25)), pytest.approx(0), np.inf]
    both = people_of([[8, 2, 3], [4, 6, 5]]).astype(float)
    more = np.r_[both, [[2, np.nan]]]  # an option that comes with no answer to the other item
    together = polychoric(more, missing="pairwise", method="ml")
    assert together.matrix[0, 1] == pytest.approx(polychoric(both, method="ml").matrix[0, 1])
    assert together.errors[0, 1] == pytest.approx(polychoric(both, method="ml").errors[0, 1])


def test_correction_and_bound_are_told() -> None:
    data = people_of([[30, 0], [5, 25]])
    found = polychoric(data)
    assert found.corrected[0, 1]
    assert not found.at_bound[0, 1]
    assert found.method == "two-step, listwise, correction 0.5 (2x2)"
    bare = polychoric(data, correction=0)
    assert bare.at_bound[0, 1]
    assert not bare.corrected[0, 1]
    assert bare.matrix[0, 1] == 1
    assert np.isnan(bare.errors[0, 1])
    assert bare.estimate(0, 1).method == "two-step, listwise, correction 0 (2x2), at the bound"
    assert ordinal_alpha(data, correction=0).value == 1
    assert ordinal_alpha(data, correction=0).method.endswith(", a correlation at its bound")
    far = people_of([[96, 0], [2, 2]])  # distant thresholds: the likelihood is flat before 1
    assert polychoric(far, correction=0).matrix[0, 1] == 1
    turned = polychoric(np.c_[data[:, 0], -data[:, 1]], correction=0)
    assert turned.matrix[0, 1] == -1


def test_only_the_pair_with_an_empty_cell_is_corrected() -> None:
    data = people_of([[30, 0], [5, 25]])
    third = np.tile([1.0, 2.0], len(data) // 2)
    found = polychoric(np.c_[data, third])
    assert found.corrected[0, 1]
    assert not found.corrected[0, 2]
    assert not found.corrected[1, 2]


def test_reasons_of_pairs() -> None:
    nan = np.nan
    data = np.array(
        [
            [1, 1, 7, nan],
            [1, 2, 7, nan],
            [2, 1, 7, nan],
            [2, 2, 7, 1],
            [nan, 2, 7, 2],
            [nan, 2, 7, 1],
        ]
    )
    found = polychoric(data, missing="pairwise")
    assert found.reasons[0].tolist() == ["", "", "constant-item", "no-overlap"]
    assert found.reasons[1].tolist() == ["", "", "constant-item", "constant-pair"]
    assert found.n[0].tolist() == [4, 4, 4, 1]
    assert np.isnan(found.matrix[0, 2])
    assert np.isnan(found.matrix[2, 0])
    assert found.estimate(1, 3).absent == "constant-pair"
    assert found.matrix[0, 1] == pytest.approx(found.matrix[1, 0], abs=0)
    assert found.thresholds[2].size == 0
    tables = contingency(data, "pairwise")
    assert not isinstance(tables, str)
    assert pair_reasons(tables, PAIR).tolist() == [""]
    alpha = ordinal_alpha(data, missing="pairwise")
    assert (alpha.absent, alpha.n) == ("constant-item", 6)


def test_negative_alpha_is_kept_and_told() -> None:
    data = answers(9)
    data[:, 0] = 6 - data[:, 0]
    found = ordinal_alpha(data[:, :2])
    assert found.value is not None
    assert found.value < 0
    assert found.method.endswith(", negative")
    r = polychoric(data[:, :2]).matrix[0, 1]
    assert found.value == pytest.approx(2 * (1 - 2 / (2 + 2 * r)))
    assert not ordinal_alpha(data[:, 1:]).method.endswith(", negative")


@given(st.integers(0, 10_000))
def test_order_of_rows_and_items_and_names_of_options_do_not_matter(seed: int) -> None:
    moved, wanted = in_other_orders_and_names(seed, "two-step")
    assert moved == pytest.approx(wanted, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nor_do_they_where_all_is_estimated_together(seed: int) -> None:
    moved, wanted = in_other_orders_and_names(seed, "ml")
    assert moved == pytest.approx(wanted, abs=1e-6, nan_ok=True)


@given(st.integers(0, 10_000))
def test_only_the_order_of_options_matters(seed: int) -> None:
    data = answers(seed, 40, 3)
    found, stretched = polychoric(data).matrix, polychoric(np.exp(data)).matrix
    assert stretched == pytest.approx(found, abs=1e-9, nan_ok=True)


def in_other_orders_and_names(seed: int, way: str) -> tuple[np.ndarray, np.ndarray]:
    """Correlations of rows, items and options in other orders, and what they should be."""
    data = answers(seed, 40, 3)
    found = polychoric(data, method=way).matrix
    rng = np.random.default_rng(seed)
    order = rng.permutation(3)
    turned = polychoric(rng.permutation(data)[:, order] * 10.0 - 3, method=way).matrix
    reversed_ = data.copy()
    reversed_[:, 0] = 9 - reversed_[:, 0]
    flipped = polychoric(reversed_, method=way).matrix
    sign = np.array([-1, 1, 1])
    wanted = [found[np.ix_(order, order)], found * np.outer(sign, sign)]
    return np.stack([turned, flipped]), np.stack(wanted)


@given(st.integers(0, 10_000))
def test_any_answers_give_a_correlation_or_a_reason(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(0, 12)), int(rng.integers(1, 4)))
    data = rng.integers(0, 3, size=shape).astype(float)
    data[rng.random(shape) < 0.2] = np.nan
    for found in (
        polychoric(data),
        polychoric(data, missing="pairwise", method="ml", correction=0),
        polychoric(data, missing="pairwise", corrected="all"),
    ):
        assert np.array_equal(np.isnan(found.matrix), found.reasons != "")
        known = found.matrix[~np.isnan(found.matrix)]
        assert (np.abs(known) <= 1).all()
        assert (found.errors[~np.isnan(found.errors)] >= 0).all()


@pytest.mark.parametrize(
    ("forks", "words"),
    [
        ({"correction": -1}, "correction is a count of 0 or more"),
        ({"correction": np.inf}, "correction is a count of 0 or more"),
        ({"method": "three-step"}, "method is one of"),
        ({"corrected": "none"}, "corrected is one of"),
        ({"missing": "some"}, "missing is 'listwise' or 'pairwise'"),
    ],
)
def test_unknown_forks_are_refused(forks: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        polychoric(answers(1), **forks)


def test_moments_and_infinite_values_are_refused() -> None:
    with pytest.raises(ValueError, match="the answers, not their moments"):
        polychoric(moments_of(answers(1)))
    with pytest.raises(ValueError, match="finite"):
        polychoric(np.array([[1.0, np.inf], [2.0, 1.0]]))
