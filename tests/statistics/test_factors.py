"""Several factors, the omegas they give, and whether items share enough, by definitions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.statistics.exploratory import (
    check_factors,
    exploratory_factors,
    factors_or_reason,
    fit_factors,
)
from lcdiag.statistics.factor import (
    bartlett_sphericity,
    eigenvalues,
    kmo,
    parallel_analysis,
    schmid_leiman,
)
from lcdiag.statistics.factor_omega import omega_of_factors
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.omega import mcdonald_omega
from lcdiag.statistics.rotation import rotated

seeds = st.integers(0, 10_000)


def answers(seed: int, n: int = 200, groups: int = 3, each: int = 3) -> Any:
    """Items in groups, which share one factor."""
    rng = np.random.default_rng(seed)
    general = rng.standard_normal((n, 1))
    group = np.repeat(rng.standard_normal((n, groups)), each, axis=1)
    return general + 0.7 * group + rng.standard_normal((n, groups * each))


def correlations_of(loadings: Any) -> Any:
    r = loadings @ loadings.T
    np.fill_diagonal(r, 1.0)
    return r


def exact(r: Any, n: int = 300) -> Any:
    """Rows whose correlations are exactly r."""
    z = np.random.default_rng(5).standard_normal((n, len(r)))
    z -= z.mean(axis=0)
    z = z @ np.linalg.inv(np.linalg.cholesky(np.cov(z.T))).T
    return z @ np.linalg.cholesky(r).T


TRUE_GENERAL = np.array([0.7, 0.6, 0.5, 0.6, 0.5, 0.4, 0.6, 0.5, 0.4])
TRUE_GROUP = np.kron(np.eye(3), np.ones((3, 1))) * TRUE_GENERAL[:, None] * np.array([0.8, 0.7, 0.9])
KNOWN = exact(correlations_of(np.column_stack([TRUE_GENERAL, TRUE_GROUP])))


@pytest.mark.parametrize("method", ["uls", "minres", "ml"])
def test_a_known_structure_is_found_again(method: Any) -> None:
    found = schmid_leiman(KNOWN, 3, method=method)
    assert found.absent is None
    assert found.method == f"{method}, oblimin, correlation, pairwise"
    assert found.n == 300
    assert found.general == pytest.approx(TRUE_GENERAL, abs=2e-3)
    for column in TRUE_GROUP.T:
        assert np.abs(found.group - column[:, None]).max(axis=0).min() < 2e-3
    squares = TRUE_GENERAL**2 + (TRUE_GROUP**2).sum(axis=1)
    assert found.communality == pytest.approx(squares, abs=2e-3)
    assert found.own == pytest.approx(1 - squares, abs=2e-3)
    assert found.general_share == pytest.approx(TRUE_GENERAL**2 / squares, abs=5e-3)
    assert found.explained.value == pytest.approx((TRUE_GENERAL**2).sum() / squares.sum(), abs=2e-3)
    total = squares**2 / (TRUE_GENERAL**4 + (TRUE_GROUP**4).sum(axis=1))
    assert found.complexity == pytest.approx(total, abs=2e-2)


def test_omegas_of_a_known_structure_follow_their_definitions() -> None:
    weights = np.array([1.0, 2, 3, 1, 2, 3, 1, 2, 3])
    data = KNOWN * weights
    general = (weights @ TRUE_GENERAL) ** 2
    common = general + ((weights @ TRUE_GROUP) ** 2).sum()
    own = weights**2 @ (1 - TRUE_GENERAL**2 - (TRUE_GROUP**2).sum(axis=1))
    for kind, wanted in (
        ("hierarchical", general / (common + own)),
        ("total", common / (common + own)),
        ("limit", general / common),
    ):
        for forks in ({}, {"variance": "observed"}, {"variance": "observed", "common": "own"}):
            found = omega_of_factors(data, kind=kind, **forks)
            assert found.value == pytest.approx(wanted, abs=1e-3)
        start = f"{kind}, efa, 3 factors, uls, oblimin, implied variance, common from loadings, "
        assert omega_of_factors(data, kind=kind).method == start + "covariance, listwise"
    even = omega_of_factors(data, metric="correlation", variance="implied")
    ones = TRUE_GENERAL.sum() ** 2
    group = (TRUE_GROUP.sum(axis=0) ** 2).sum()
    rest = 9 - (TRUE_GENERAL**2).sum() - (TRUE_GROUP**2).sum()
    assert even.value == pytest.approx(ones / (ones + group + rest), abs=1e-3)
    assert even.low is None


def test_two_factors_share_one_number() -> None:
    loadings = np.zeros((6, 2))
    loadings[:3, 0], loadings[3:, 1] = 0.8, 0.6
    r = loadings @ np.array([[1, 0.5], [0.5, 1]]) @ loadings.T
    np.fill_diagonal(r, 1.0)
    data = exact(r)
    assert schmid_leiman(data, 2).on_general == pytest.approx([np.sqrt(0.5)] * 2, abs=1e-4)
    assert schmid_leiman(data, 2).method.endswith("pairwise, equal")
    first = schmid_leiman(data, 2, two_factors="first")
    assert first.on_general == pytest.approx([1.0, 0.5], abs=1e-4)
    assert first.general == pytest.approx([0.8] * 3 + [0.3] * 3, abs=1e-4)
    assert first.group[:, 0] == pytest.approx([0] * 6, abs=1e-6)
    second = schmid_leiman(data, 2, two_factors="second")
    assert second.on_general == pytest.approx([0.5, 1.0], abs=1e-4)
    assert second.general == pytest.approx([0.4] * 3 + [0.6] * 3, abs=1e-4)
    assert "heywood" not in first.method
    assert omega_of_factors(data, n_factors=2, two_factors="first").method.startswith(
        "hierarchical, efa, 2 factors, uls, oblimin, first, implied"
    )
    apart = exact(np.where(np.eye(6) == 1, 1, loadings @ loadings.T - 0.05 * (r != 1)))
    found = schmid_leiman(apart, 2)
    assert found.absent == "no-general-factor"
    assert np.isnan(found.general).all()


def test_one_factor_is_its_own_general_factor() -> None:
    data = answers(1)
    found = schmid_leiman(data, 1)
    assert found.group == pytest.approx(np.zeros((9, 1)), abs=1e-12)
    assert found.explained.value == pytest.approx(1.0)
    hierarchical = omega_of_factors(data, n_factors=1)
    total = omega_of_factors(data, n_factors=1, kind="total")
    assert hierarchical.value == total.value
    assert omega_of_factors(data, n_factors=1, kind="limit").value == 1.0
    once = mcdonald_omega(data, method="efa")
    assert hierarchical.value == pytest.approx(once.value, abs=1e-6)


def test_the_door_of_omega_leads_to_several_factors() -> None:
    data = answers(2)
    assert mcdonald_omega(data, kind="hierarchical") == omega_of_factors(data)
    assert mcdonald_omega(data, kind="limit") == omega_of_factors(data, kind="limit")
    total = mcdonald_omega(data, n_factors=2, fm="ml", two_factors="second", common="own")
    assert total == omega_of_factors(
        data, kind="total", n_factors=2, fm="ml", two_factors="second", common="own"
    )
    with pytest.raises(ValueError, match="method='efa'"):
        mcdonald_omega(data, kind="hierarchical", method="cfa")
    with pytest.raises(ValueError, match="fiml"):
        mcdonald_omega(data, kind="hierarchical", missing="fiml")
    with pytest.raises(ValueError, match="no interval 'delta'"):
        mcdonald_omega(data, kind="hierarchical", interval="delta")
    with pytest.raises(ValueError, match="1 or more"):
        mcdonald_omega(data, kind="hierarchical", n_factors=0)


def test_the_bootstrap_draws_people_or_communities() -> None:
    data = answers(3, n=80)
    rng = np.random.default_rng(1)
    people = omega_of_factors(data, interval="bootstrap", rng=rng, resamples=30, bands=(0.5,))
    assert people.low is not None
    assert people.high is not None
    assert people.value is not None
    assert 0 <= people.low < people.high <= 1
    assert len(people.bands) == 1
    assert people.method.endswith("listwise, bootstrap")
    same = omega_of_factors(
        data, interval="bootstrap", rng=np.random.default_rng(1), resamples=30, bands=(0.5,)
    )
    assert same == people
    cluster = np.repeat(np.arange(8), 10)
    whole = mcdonald_omega(
        data, kind="hierarchical", interval="bootstrap", rng=rng, resamples=20, cluster=cluster
    )
    assert whole.method.endswith("listwise, bootstrap by cluster")
    assert whole.value == people.value
    assert whole.low != people.low
    with pytest.raises(ValueError, match="rng"):
        omega_of_factors(data, interval="bootstrap")


@given(seeds)
def test_hierarchical_never_passes_total(seed: int) -> None:
    data = np.random.default_rng(seed).integers(1, 6, size=(40, 6)).astype(float)
    for forks in ({}, {"variance": "observed", "common": "own"}):
        hierarchical = omega_of_factors(data, n_factors=2, **forks)
        total = omega_of_factors(data, n_factors=2, kind="total", **forks)
        if hierarchical.value is None or total.value is None:
            assert (hierarchical.absent or total.absent) is not None
            continue
        assert 0 <= hierarchical.value <= total.value <= 1


@given(seeds, st.sampled_from(["uls", "ml"]))
def test_both_layers_say_the_same_of_the_correlations(seed: int, method: Any) -> None:
    found = schmid_leiman(answers(seed, n=120), 3, method=method)
    if found.absent or "heywood" in found.method:
        return
    both = np.column_stack([found.general, found.group])
    # three factors fix the one behind them exactly
    implied = found.pattern @ found.correlations @ found.pattern.T
    assert both @ both.T == pytest.approx(implied, abs=1e-4)
    assert np.diagonal(implied) == pytest.approx(found.communality, abs=1e-6)


@given(seeds)
def test_turning_an_item_changes_no_omega(seed: int) -> None:
    data = answers(seed, n=120)
    turned = data * np.array([1, -1, 1, 1, 1, 1, -1, 1, 1])
    one, other = omega_of_factors(data), omega_of_factors(turned)
    assert one.absent == other.absent
    if one.value is not None:
        assert other.value == pytest.approx(one.value, abs=1e-4)


@given(seeds, st.sampled_from(["oblimin", "varimax"]))
def test_rotation_keeps_what_is_common(seed: int, rotation: Any) -> None:
    loadings = np.random.default_rng(seed).uniform(-0.6, 0.6, (7, 3))
    found, correlations = rotated(loadings, rotation)
    assert found @ correlations @ found.T == pytest.approx(loadings @ loadings.T, abs=1e-9)
    assert np.diagonal(correlations) == pytest.approx([1] * 3)
    if rotation == "varimax":
        assert correlations == pytest.approx(np.eye(3), abs=1e-9)
    sums = (found**2).sum(axis=0)
    assert (np.diff(sums) <= 1e-12).all()
    assert (found.sum(axis=0) >= 0).all()


def test_rotation_finds_simple_structure() -> None:
    simple = np.zeros((6, 2))
    simple[:3, 0], simple[3:, 1] = [0.9, 0.8, 0.7], [0.6, 0.5, 0.4]
    turn = np.array([[np.cos(0.6), -np.sin(0.6)], [np.sin(0.6), np.cos(0.6)]])
    for rotation in ("oblimin", "varimax"):
        found, correlations = rotated(simple @ turn, rotation)
        assert found == pytest.approx(simple, abs=1e-6)
        assert correlations == pytest.approx(np.eye(2), abs=1e-6)
    kept, none = rotated(simple @ turn, "none")
    assert kept == pytest.approx(simple @ turn)
    assert none == pytest.approx(np.eye(2))
    # varimax of columns: no small turn makes the variance of squares larger
    start = np.random.default_rng(3).uniform(-0.7, 0.7, (8, 2))
    best = (rotated(start, "varimax")[0] ** 2).var(axis=0).sum()
    for angle in np.linspace(0, np.pi, 181):
        at = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        assert ((start @ at) ** 2).var(axis=0).sum() <= best + 1e-9


def test_the_slopes_of_every_fit_are_those_of_its_worth() -> None:
    r = np.corrcoef(answers(4).T)
    for method in ("uls", "ml"):
        found = fit_factors(r, 3, method)
        assert found.converged
        assert not found.heywood
        left = r - found.loadings @ found.loadings.T - np.diag(found.own)
        assert np.diagonal(left) == pytest.approx(np.zeros(9), abs=1e-9)
    # at the optimum of ml (R - S) S^-1 L is 0; at that of uls (R - S) L is
    model = found.loadings @ found.loadings.T + np.diag(found.own)
    assert np.linalg.solve(model, (r - model)) @ np.linalg.solve(
        model, found.loadings
    ) == pytest.approx(np.zeros((9, 3)), abs=1e-5)
    least = fit_factors(r, 3, "uls")
    gap = r - least.loadings @ least.loadings.T - np.diag(least.own)
    assert gap @ least.loadings == pytest.approx(np.zeros((9, 3)), abs=1e-5)


def test_explored_factors_say_what_they_rest_on() -> None:
    data = answers(6)
    data[:7, 0] = np.nan
    found = exploratory_factors(data, 3)
    assert found.absent is None
    assert (found.n, found.df) == (200, 12)
    assert found.method == "uls, oblimin, correlation, pairwise"
    assert found.communality + found.own == pytest.approx(np.ones(9))
    listwise = exploratory_factors(data, 2, method="ml", rotation="varimax", missing="listwise")
    assert (listwise.n, listwise.df) == (193, 19)
    assert listwise.method == "ml, varimax, correlation, listwise"
    assert listwise.correlations == pytest.approx(np.eye(2))
    r = np.corrcoef(data[7:].T)
    left = (r - listwise.loadings @ listwise.loadings.T)[np.tril_indices(9, -1)]
    assert listwise.rms.value == pytest.approx(np.sqrt((left**2).mean()))
    loose = exploratory_factors(data[:, :4], 2)
    assert loose.df == -1
    assert loose.method.endswith("not unique")
    again = exploratory_factors(moments_of(data), 3)
    assert again.loadings == pytest.approx(found.loadings, abs=1e-6)


def test_more_factors_than_there_are_is_a_reason() -> None:
    data = answers(7)
    assert exploratory_factors(data, 9).absent == "too-many-factors"
    assert np.isnan(exploratory_factors(data, 9).loadings).all()
    assert schmid_leiman(data, 9).absent == "too-many-factors"
    assert omega_of_factors(data, n_factors=9).absent == "too-many-factors"
    assert factors_or_reason(np.eye(2), 1, "uls") == "fewer-than-3-items"
    assert factors_or_reason(np.eye(4), 1, "uls") == "not-identified"
    flat = np.ones((4, 4))
    assert factors_or_reason(flat, 1, "ml") == "not-positive-definite"


def test_a_heywood_case_says_so() -> None:
    r = np.array([[1, 0.9, 0.9, 0.3], [0.9, 1, 0.7, 0.2], [0.9, 0.7, 1, 0.2], [0.3, 0.2, 0.2, 1]])
    found = exploratory_factors(exact(r), 1)
    assert found.method == "uls, oblimin, correlation, pairwise, heywood"
    assert found.own.min() < 0
    assert schmid_leiman(exact(r), 1).method.endswith("pairwise, ultra-heywood")
    assert omega_of_factors(exact(r), n_factors=1).absent == "negative-own-variance"
    ml = omega_of_factors(exact(r), n_factors=1, fm="ml")
    assert ml.method.endswith("listwise, heywood")
    bound = exploratory_factors(exact(r), 1, method="ml")
    assert bound.own.min() == pytest.approx(0.005, abs=2e-4)
    common = bound.loadings.sum() ** 2
    assert ml.value == pytest.approx(common / (common + bound.own.sum()))


def test_the_better_of_two_optima_of_the_rotation_is_taken() -> None:
    """Strongly correlated factors: near the axes of the fit there is only a lesser optimum."""
    simple = np.kron(np.eye(3), np.ones((3, 1))) * 0.7
    phi = np.array([[1, 0.9, 0.9], [0.9, 1, 0.66], [0.9, 0.66, 1]])
    found = schmid_leiman(exact(correlations_of(simple @ np.linalg.cholesky(phi))), 3)
    assert np.sort(found.pattern, axis=1) == pytest.approx(np.array([[0, 0, 0.7]] * 9), abs=1e-4)
    assert np.sort(found.correlations[np.tril_indices(3, -1)]) == pytest.approx(
        [0.66, 0.9, 0.9], abs=1e-4
    )
    # .9 x .9 / .66 passes 1: one factor lies beyond the general one and has nothing beside it
    assert found.method.endswith("pairwise, ultra-heywood")
    beyond = int(np.argmax(found.on_general))
    assert found.on_general[beyond] > 1
    assert (found.group[:, beyond] == 0).all()
    assert (found.group.max(axis=0)[np.arange(3) != beyond] > 0.3).all()


def test_a_model_that_does_not_hold_is_told() -> None:
    r = correlations_of(np.full((4, 1), 0.6))
    r[0, 1] = r[1, 0] = -0.3
    observed: Any = {"n_factors": 1, "variance": "observed"}
    loaded, own = (
        omega_of_factors(exact(r), kind="total", common=common, **observed)
        for common in ("loadings", "own")
    )
    assert loaded.value is not None
    assert own.value is not None
    assert own.value < loaded.value
    assert omega_of_factors(exact(r), **observed).value == loaded.value
    assert omega_of_factors(exact(r), common="own", **observed).absent == "above-total"
    # with the implied variance there is one common variance only
    one = omega_of_factors(exact(r), n_factors=1)
    assert omega_of_factors(exact(r), n_factors=1, common="own").value == one.value


HOSTILE = [
    (np.full((5, 4), np.nan), "fewer-than-2-respondents"),
    (np.empty((0, 4)), "fewer-than-2-respondents"),
    (np.ones((1, 4)), "fewer-than-2-respondents"),
    (np.arange(5.0), "fewer-than-2-items"),
    (np.column_stack([answers(0)[:, :3], np.ones(200)]), "constant-item"),
    (np.column_stack([answers(0)[:, :3], np.full(200, np.nan)]), "empty-item"),
]


@pytest.mark.parametrize(("data", "reason"), HOSTILE)
def test_hostile_answers_give_a_reason(data: Any, reason: str) -> None:
    rng = np.random.default_rng(0)
    assert kmo(data).overall.absent == reason
    assert set(kmo(data).items.reasons) == {reason}
    sphere = bartlett_sphericity(data)
    assert sphere.chi_square.absent == sphere.p.absent == reason
    assert np.isnan(eigenvalues(data)).all()
    found = parallel_analysis(data, rng, resamples=2)
    assert found.n_components.absent == found.n_factors.absent == reason
    assert exploratory_factors(data, 1).absent == reason
    assert schmid_leiman(data, 2).absent == reason
    assert omega_of_factors(data, missing="pairwise").absent == reason


def test_what_cannot_be_read_is_refused() -> None:
    rng = np.random.default_rng(0)
    for bad in ([["a", "b"]], [[np.inf, 1.0], [2.0, 3.0]]):
        for ask in (
            kmo,
            bartlett_sphericity,
            eigenvalues,
            schmid_leiman,
            omega_of_factors,
            lambda x: exploratory_factors(x, 1),
            lambda x: parallel_analysis(x, rng),
        ):
            with pytest.raises(ValueError, match="items must be"):
                ask(bad)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("forks", "words"),
    [
        ({"kind": "x"}, "kind is one of"),
        ({"n_factors": 0}, "whole number of 1 or more"),
        ({"n_factors": True}, "whole number of 1 or more"),
        ({"n_factors": 2.0}, "whole number of 1 or more"),
        ({"fm": "x"}, "fitted by one of"),
        ({"rotation": "x"}, "rotation is one of"),
        ({"rotation": "varimax"}, "must correlate"),
        ({"two_factors": "x"}, "two_factors is one of"),
        ({"variance": "x"}, "variance is one of"),
        ({"common": "x"}, "common is one of"),
        ({"metric": "x"}, "metric is one of"),
        ({"missing": "x"}, "missing is one of"),
        ({"interval": "x"}, "interval is one of"),
        ({"confidence": 1.0}, "between 0 and 1"),
    ],
)
def test_forks_that_are_not_offered_are_refused(forks: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        omega_of_factors(answers(0), **forks)
    check_factors(1, "ml", "none")


def test_adequacy_follows_its_definition() -> None:
    r = np.array([[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]])
    partial = {
        (0, 1): (0.5 - 0.4 * 0.3) / np.sqrt((1 - 0.16) * (1 - 0.09)),
        (0, 2): (0.4 - 0.5 * 0.3) / np.sqrt((1 - 0.25) * (1 - 0.09)),
        (1, 2): (0.3 - 0.5 * 0.4) / np.sqrt((1 - 0.25) * (1 - 0.16)),
    }
    found = kmo(exact(r, n=50))
    squares, others = 0.25 + 0.16 + 0.09, sum(q**2 for q in partial.values())
    assert found.overall.value == pytest.approx(squares / (squares + others))
    first = 0.41 / (0.41 + partial[0, 1] ** 2 + partial[0, 2] ** 2)
    assert found.items.values[0] == pytest.approx(first)
    assert (found.overall.n, list(found.items.n)) == (50, [50, 50, 50])
    assert found.overall.method == found.items.method == "kmo, correlation, pairwise"
    twins = np.column_stack([answers(1)[:, :3], answers(1)[:, 0]])
    assert kmo(twins).overall.absent == "not-positive-definite"
    assert bartlett_sphericity(twins).p.absent == "not-positive-definite"
    assert eigenvalues(twins)[-1] == pytest.approx(0, abs=1e-12)


def test_adequacy_without_any_correlation_is_absent() -> None:
    plan = np.array([[a, b, c] for a in (0.0, 1) for b in (0.0, 1) for c in (0.0, 1)])
    found = kmo(plan)
    assert found.overall.absent == "no-correlation"
    assert set(found.items.reasons) == {"no-correlation"}
    assert bartlett_sphericity(plan).chi_square.value == 0.0
    assert bartlett_sphericity(plan).p.value == 1.0


def test_sphericity_counts_people_as_it_is_told() -> None:
    data = answers(8, n=60)[:, :4]
    data[:5, 1] = np.nan
    complete, rows = bartlett_sphericity(data), bartlett_sphericity(data, n="rows")
    assert (complete.chi_square.n, rows.chi_square.n, rows.df) == (55, 60, 6)
    assert complete.chi_square.method == "bartlett, correlation, pairwise, n of complete rows"
    assert rows.p.method == "bartlett, correlation, pairwise, n of all rows"
    assert rows.chi_square.value is not None
    assert complete.chi_square.value is not None
    ratio = complete.chi_square.value / rows.chi_square.value
    assert ratio == pytest.approx((54 - 13 / 6) / (59 - 13 / 6))
    listwise = bartlett_sphericity(data, missing="listwise")
    logdet = np.log(np.linalg.det(np.corrcoef(data[5:].T)))
    assert listwise.chi_square.value == pytest.approx(-(54 - 13 / 6) * logdet)
    few = answers(9, n=20)[:, :3]
    few[2:8, 0] = few[8:14, 1] = few[14:, 2] = np.nan
    assert bartlett_sphericity(few).p.absent == "fewer-than-k-respondents"
    assert bartlett_sphericity(few, n="rows").p.absent is None
    with pytest.raises(ValueError, match="'complete' or 'rows'"):
        bartlett_sphericity(data, n="all")  # type: ignore[arg-type]


@given(seeds)
def test_factorability_does_not_depend_on_the_order_of_items(seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = rng.integers(1, 6, size=(30, 5)).astype(float)
    order = rng.permutation(5)
    one, other = kmo(data), kmo(data[:, order])
    assert one.overall.absent == other.overall.absent
    if one.overall.value is not None:
        assert 0 <= one.overall.value <= 1
        assert other.overall.value == pytest.approx(one.overall.value)
        assert other.items.values == pytest.approx(one.items.values[order])
    first, second = bartlett_sphericity(data), bartlett_sphericity(data[:, order])
    assert first.p.absent == second.p.absent
    if first.chi_square.value is not None:
        assert second.chi_square.value == pytest.approx(first.chi_square.value, abs=1e-9)
    values = eigenvalues(data)
    assert values.sum() == pytest.approx(5)
    assert (np.diff(values) <= 0).all()


@pytest.mark.parametrize("chance", ["permuted", "normal"])
def test_parallel_analysis_counts_what_chance_does_not_make(chance: Any) -> None:
    data = exact(correlations_of(TRUE_GROUP * 1.4), n=400)
    data[:3, 0] = np.nan
    found = parallel_analysis(data, np.random.default_rng(2), resamples=40, chance=chance)
    assert found.n_components.value == found.n_factors.value == 3.0
    assert found.n_components.n == 400
    assert found.n_factors.method == f"parallel, {chance}, pairwise, quantile 0.95 of 40 draws"
    assert found.quantile == 0.95
    assert found.components_by_chance.shape == found.factors_by_chance.shape == (40, 9)
    assert found.components_by_chance.sum(axis=1) == pytest.approx(np.full(40, 9.0))
    assert found.components == pytest.approx(eigenvalues(data))
    own = exploratory_factors(data, 1).own
    r = found.components.sum() - own.sum()
    assert found.factors.sum() == pytest.approx(r)
    limit = np.quantile(found.components_by_chance, 0.95, axis=0)
    assert list(found.components > limit)[:4] == [True, True, True, False]
    same = parallel_analysis(data, np.random.default_rng(2), resamples=40, chance=chance)
    assert np.array_equal(same.factors_by_chance, found.factors_by_chance)


def test_parallel_analysis_of_noise_and_of_few_draws() -> None:
    noise = np.random.default_rng(4).standard_normal((300, 6))
    noise[0, 0] = np.nan
    found = parallel_analysis(
        noise, np.random.default_rng(1), resamples=50, quantile=0.9999, missing="listwise"
    )
    assert found.n_components.value == 0.0
    assert found.n_components.n == 299
    two = parallel_analysis(noise[:, :2], np.random.default_rng(1), resamples=2)
    assert two.n_factors.absent == "fewer-than-3-items"
    for forks, words in (
        ({"quantile": 1.0}, "between 0 and 1"),
        ({"resamples": 1}, "2 draws or more"),
        ({"chance": "x"}, "'permuted' or 'normal'"),
    ):
        with pytest.raises(ValueError, match=words):
            parallel_analysis(noise, np.random.default_rng(1), **forks)
    with pytest.raises(ValueError, match=r"needs rng"):
        parallel_analysis(noise, None)  # type: ignore[arg-type]
