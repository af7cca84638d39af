from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from lcdiag.statistics import likelihood
from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.full_information import saturated_moments
from lcdiag.statistics.invariance_models import LEVELS, over_groups, over_waves
from lcdiag.statistics.likelihood import (
    expected_information,
    log_likelihood,
    observed_information,
    padded_inverses,
    score_blocks,
    slopes,
    value_and_slopes,
)
from lcdiag.statistics.model_fit import saturate
from lcdiag.statistics.patterns import complete_pattern, patterns_of
from lcdiag.statistics.robust_fit import (
    inverse_of,
    sandwich,
    saturated_trace,
    squared_scores,
    trace_of,
)
from lcdiag.statistics.scoring_steps import maximise
from lcdiag.statistics.structure import part, saturated, single_factor, unrelated

NAN = float("nan")


def answers(start: int, n: int = 60, k: int = 3, gone: float = 0.2) -> np.ndarray:
    rng = np.random.default_rng(start)
    rows = rng.normal(size=(n, 1)) * np.linspace(0.9, 0.5, k) + 0.8 * rng.normal(size=(n, k)) + 3
    rows[rng.random(rows.shape) < gone] = NAN
    return rows[~np.isnan(rows).all(axis=1)]


def models(start: int = 1) -> list[tuple[list, np.ndarray]]:
    """Groups and parameters of every kind of model, with missing answers."""
    one, other = patterns_of(answers(start)), patterns_of(answers(start + 1, n=45) + 0.3)
    both = saturate([one, other], None, robust=False)
    wide = saturate([patterns_of(answers(start, n=80, k=6))], None, robust=False)
    assert not isinstance(both, str)
    assert not isinstance(wide, str)
    found = [([(single_factor(3), one)], np.array([0.8, 0.7, 0.5, 0.6, 0.7, 0.5, 3, 3.1, 2.8]))]
    found.append(([(single_factor(3, equal=True), one)], np.array([0.7, 0.6, 0.7, 0.5, 3, 3, 3])))
    rng = np.random.default_rng(start)
    for level in LEVELS:
        for proposal, data in (
            (over_groups(both, level), both.data),
            (over_waves(wide, level, 2), wide.data),
        ):
            moved = proposal.start + 0.03 * rng.normal(size=len(proposal.start))
            found.append((list(zip(proposal.structures, data, strict=True)), moved))
    return found


def test_the_likelihood_is_that_of_each_person_s_own_answers() -> None:
    rows = answers(3)
    means, covariance = (
        np.array([3.0, 2.9, 3.2]),
        np.array([[2, 0.5, 0.3], [0.5, 1, 0.2], [0.3, 0.2, 1.5]]),
    )
    wanted = 0.0
    for row in rows:
        held = ~np.isnan(row)
        wanted += multivariate_normal.logpdf(row[held], means[held], covariance[np.ix_(held, held)])
    data = patterns_of(rows)
    assert data.people == len(rows)
    assert len(data.n) > 3
    value, _, _ = value_and_slopes(data, means, covariance)
    assert value == pytest.approx(wanted, abs=1e-9)
    flat = np.concatenate([covariance[np.tril_indices(3)], means])
    assert log_likelihood([(saturated(3), data)], flat) == pytest.approx(wanted, abs=1e-9)


def test_covariances_that_cannot_be_have_no_likelihood() -> None:
    data = complete_pattern(10, np.zeros(2), np.eye(2))
    bad = np.array([[1.0, 2.0], [2.0, 1.0]])
    assert padded_inverses(data, bad) is None
    value, by_mean, by_covariance = value_and_slopes(data, np.zeros(2), bad)
    assert value == -np.inf
    assert not by_mean.any()
    assert by_covariance.shape == (2, 2)
    at = np.array([1.0, 2.0, 1.0, 0.0, 0.0])
    for information in (expected_information, observed_information):
        assert np.isnan(information([(saturated(2), data)], at)).all()


@pytest.mark.parametrize("number", range(8))
def test_slopes_and_information_are_the_derivatives(number: int) -> None:
    groups, at = models()[number]
    value, slope = slopes(groups, at)
    assert value == pytest.approx(log_likelihood(groups, at), abs=1e-9)
    second = observed_information(groups, at)
    for place in range(len(at)):
        step = np.zeros(len(at))
        step[place] = 1e-5
        up, down = slopes(groups, at + step), slopes(groups, at - step)
        assert slope[place] == pytest.approx((up[0] - down[0]) / 2e-5, rel=1e-5, abs=1e-5)
        wanted = -(up[1] - down[1]) / 2e-5
        assert second[place] == pytest.approx(wanted, rel=1e-5, abs=1e-4)
    assert np.allclose(second, second.T)


@pytest.mark.parametrize("number", range(8))
def test_expected_information_is_the_observed_one_of_data_that_fit(number: int) -> None:
    groups, at = models()[number]
    exact = [(structure, complete_pattern(50, *structure.implied(at))) for structure, _ in groups]
    wanted = observed_information(exact, at)
    assert expected_information(exact, at) == pytest.approx(wanted, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("number", range(8))
def test_both_ways_to_add_patterns_agree(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    groups, at = models()[number]
    first = expected_information(groups, at), observed_information(groups, at)
    monkeypatch.setattr(likelihood, "_WIDEST_SHARED", 0)
    second = expected_information(groups, at), observed_information(groups, at)
    for one, other in zip(first, second, strict=True):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("number", range(8))
def test_scores_add_up_to_the_slopes(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    groups, at = models()[number]
    total, square = np.zeros(len(at)), np.zeros((len(at), len(at)))
    for structure, data in groups:
        whole = np.full((data.people, len(at)), NAN)
        for rows, scores in score_blocks(structure, data, at):
            whole[rows] = scores
        total += whole.sum(axis=0)
        square += whole.T @ whole
        one = [(structure, patterns_of(data.rows[:1]))]
        assert whole[0] == pytest.approx(slopes(one, at)[1], abs=1e-9)
    assert total == pytest.approx(slopes(groups, at)[1], abs=1e-8)
    assert squared_scores(groups, at, None) == pytest.approx(square)
    monkeypatch.setattr(likelihood, "_NUMBERS_AT_ONCE", 100)
    assert squared_scores(groups, at, None) == pytest.approx(square)


def test_scores_need_people() -> None:
    data = complete_pattern(10, np.zeros(2), np.eye(2))
    with pytest.raises(ValueError, match="need the answers of people"):
        next(score_blocks(unrelated(2), data, np.array([1.0, 1.0, 0.0, 0.0])))


def test_communities_add_their_scores_first() -> None:
    groups, at = models()[2]
    sizes = [data.people for _, data in groups]
    labels = np.arange(sum(sizes)) % 7
    across = as_grouping(labels, len(labels))
    clusters = [
        as_grouping(np.concatenate([labels[: sizes[0]]]), sizes[0]),
        as_grouping(labels[sizes[0] :], sizes[1]),
    ]
    scores = [np.zeros((size, len(at))) for size in sizes]
    for kept, (structure, data) in zip(scores, groups, strict=True):
        for rows, some in score_blocks(structure, data, at):
            kept[rows] = some
    sums = np.zeros((7, len(at)))
    np.add.at(sums, across.codes, np.concatenate(scores))
    assert squared_scores(groups, at, clusters) == pytest.approx(sums.T @ sums * 7 / 6)
    # where each community lies in one group, each group has its own correction
    apart = as_grouping(np.arange(7), 7).labels
    clusters = [
        type(across)(apart, np.arange(sizes[0]) % 3),
        type(across)(apart, 3 + np.arange(sizes[1]) % 4),
    ]
    wanted = np.zeros((len(at), len(at)))
    for kept, one, many in zip(scores, clusters, (3, 4), strict=True):
        sums = np.zeros((7, len(at)))
        np.add.at(sums, one.codes, kept)
        wanted += sums.T @ sums * many / (many - 1)
    assert squared_scores(groups, at, clusters) == pytest.approx(wanted)


def test_a_sandwich_leaves_out_what_is_at_its_bound() -> None:
    groups, at = models()[0]
    free = np.ones(len(at), bool)
    free[4] = False
    found = sandwich(groups, at, free, None)
    assert found is not None
    assert not found[4].any()
    known = inverse_of(observed_information(groups, at)[np.ix_(free, free)])
    inner = squared_scores(groups, at, None)[np.ix_(free, free)]
    assert found[np.ix_(free, free)] == pytest.approx(known @ inner @ known)
    assert trace_of(groups, at, free, None) == pytest.approx(np.trace(known @ inner))


@pytest.mark.parametrize("matrix", [[[1.0, 1.0], [1.0, 1.0]], [[1.0, NAN], [NAN, 1.0]], [[0.0]]])
def test_what_has_no_inverse_has_none(matrix: list) -> None:
    assert inverse_of(np.array(matrix)) is None


def test_an_inverse_does_not_mind_units() -> None:
    matrix = np.array([[1e-12, 2e-7], [2e-7, 1e6]])
    wanted = np.array([[1e6, -2e-7], [-2e-7, 1e-12]]) / (1e-6 - 4e-14)
    assert inverse_of(matrix) == pytest.approx(wanted, rel=1e-9)


def test_the_saturated_trace_of_complete_answers_is_about_their_kurtosis() -> None:
    rows = answers(5, n=50, gone=0)
    data = patterns_of(rows)
    means, covariance, _ = saturated_moments(data)
    away = rows - means
    distance = np.einsum("ij,jk,ik->i", away, np.linalg.inv(covariance), away)
    # means give p, covariances half of mean d^4 - p (Mardia's kurtosis)
    wanted = 3 + (np.mean(distance**2) - 3) / 2
    found = saturated_trace([(unrelated(3), data)], [(means, covariance)], None)
    assert found == pytest.approx(wanted, rel=1e-9)


@given(start=st.integers(0, 10**6))
@settings(derandomize=True)
def test_full_information_has_no_slope_left(start: int) -> None:
    data = patterns_of(answers(start, n=40))
    found = saturated_moments(data)
    assert not isinstance(found, str)
    value, by_mean, by_covariance = value_and_slopes(data, found[0], found[1])
    assert value == found[2]
    assert np.abs(by_mean).max() < 1e-5
    assert np.abs(by_covariance).max() < 1e-5


def test_complete_answers_are_their_own_full_information() -> None:
    rows = answers(8, gone=0)
    means, covariance, _ = saturated_moments(patterns_of(rows))
    assert means == pytest.approx(rows.mean(axis=0))
    assert covariance == pytest.approx(np.cov(rows.T, bias=True))
    assert saturated_moments(patterns_of(rows[:, [0, 0, 1]])) == "not-positive-definite"
    few = np.array([[1, 2, NAN], [2, 1, NAN], [NAN, 2, 3], [NAN, 1, 1], [3, NAN, 1], [1, NAN, 3]])
    assert saturated_moments(patterns_of(few)) == "not-positive-definite"


def test_a_maximum_is_found_from_far_and_stays_above_its_bounds() -> None:
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])  # a loading of 1.13 is needed
    groups = [(single_factor(3), complete_pattern(100, np.zeros(3), r))]
    lower = np.concatenate([np.full(3, -np.inf), np.full(3, 0.005), np.full(3, -np.inf)])
    for first in (0.1, 0.5, 0.9):
        start = np.concatenate([np.full(3, first), np.full(3, 0.5), np.zeros(3)])
        found = maximise(groups, start, lower)
        assert found.converged
        assert found.at_bound.tolist() == [False] * 3 + [True] + [False] * 5
        assert found.parameters[3] == 0.005
        _, slope = slopes(groups, found.parameters)
        assert slope[3] < -1
        assert np.abs(np.delete(slope, 3)).max() < 1e-3
        assert found.value == pytest.approx(log_likelihood(groups, found.parameters))


def test_a_start_below_a_bound_is_moved_to_it() -> None:
    groups = [(unrelated(1), complete_pattern(10, np.zeros(1), np.array([[2.0]])))]
    found = maximise(groups, np.array([-3.0, 1.0]), np.array([0.5, -np.inf]))
    assert found.parameters == pytest.approx([2.0, 0.0], abs=1e-6)
    assert not found.at_bound.any()


def test_a_fixed_part_has_no_parameters() -> None:
    fixed = part((2, 2), 0.5)
    assert fixed.at(np.array([9.0])).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert fixed.gathered(np.ones((2, 2)), 3).tolist() == [0, 0, 0]


def test_what_models_imply() -> None:
    means, covariance = single_factor(2).implied(np.array([2.0, 3.0, 0.5, 0.7, 4.0, 5.0]))
    assert means.tolist() == [4, 5]
    assert covariance.tolist() == [[4.5, 6], [6, 9.7]]
    means, covariance = single_factor(2, equal=True).implied(np.array([2.0, 0.5, 0.7, 4.0, 5.0]))
    assert covariance.tolist() == [[4.5, 4], [4, 4.7]]
    means, covariance = unrelated(2).implied(np.array([1.0, 2.0, 3.0, 4.0]))
    assert (means.tolist(), covariance.tolist()) == ([3, 4], [[1, 0], [0, 2]])
    means, covariance = saturated(2).implied(np.array([1.0, 0.5, 2.0, 3.0, 4.0]))
    assert (means.tolist(), covariance.tolist()) == ([3, 4], [[1, 0.5], [0.5, 2]])
