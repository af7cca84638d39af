"""Means, errors and n of groups give what their answers give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.shrinkage import empirical_bayes_from_summaries, empirical_bayes_means

NAN = np.nan


def summaries(y: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    parts = [y[group == label] for label in np.unique(group)]
    n = np.array([len(part) for part in parts])
    errors = [np.std(part, ddof=1) / len(part) ** 0.5 if len(part) > 1 else NAN for part in parts]
    return np.array([part.mean() for part in parts]), np.array(errors), n


@given(st.integers(1, 5000))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_summaries_give_what_the_answers_themselves_give(start: int) -> None:
    rng = np.random.default_rng(start)
    group = np.concatenate([np.arange(7), rng.integers(0, 6, 40)])  # the last group has one answer
    y = rng.normal(size=7)[group] * rng.choice([0, 0.5, 2]) + rng.normal(size=47) + 4
    wanted = empirical_bayes_means(y, group)
    found = empirical_bayes_from_summaries(*summaries(y, group))
    assert np.asarray(found) == pytest.approx(np.asarray(wanted), abs=1e-6)
    assert found.errors == pytest.approx(wanted.errors, abs=1e-5)
    assert found.reliability == pytest.approx(wanted.reliability, abs=1e-6)
    assert found.n.tolist() == wanted.n.tolist()


def test_equal_groups_follow_the_closed_form() -> None:
    # five groups of nine, error 1/3, so sigma^2 = 1; variance of the means 2.5, so
    # tau^2 = 2.5 - 1/9 and every mean keeps 1 - (1/9) / 2.5 of its distance
    found = empirical_bayes_from_summaries([1, 2, 3, 4, 5], [1 / 3] * 5, [9] * 5)
    keep = 1 - (1 / 9) / 2.5
    assert np.asarray(found) == pytest.approx(3 + keep * (np.arange(5) - 2), abs=1e-6)
    assert found.estimate(0).n == 9


def test_a_group_without_figures_has_no_mean_and_others_keep_theirs() -> None:
    means, errors, n = [1.0, 2.0, 3.0, 5.0], [0.3] * 4, [9] * 4
    whole = empirical_bayes_from_summaries(means, errors, n)
    wider = empirical_bayes_from_summaries([*means, NAN, 4.0], [*errors, 0.2, NAN], [*n, 8, 8])
    assert np.asarray(wider)[:4] == pytest.approx(np.asarray(whole), abs=1e-9)
    assert wider.estimate(4).absent == "no-answers"
    assert wider.estimate(5).absent == "no-answers"
    assert empirical_bayes_from_summaries([], [], []).absent == "no-answers"


def test_figures_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="of one length"):
        empirical_bayes_from_summaries([1, 2], [0.1], [5, 5])
    with pytest.raises(ValueError, match="errors are 0 or more"):
        empirical_bayes_from_summaries([1, 2], [0.1, -0.1], [5, 5])
    with pytest.raises(ValueError, match="whole numbers"):
        empirical_bayes_from_summaries([1, 2], [0.1, 0.1], [5, 5.5])
    with pytest.raises(ValueError, match="must be numbers"):
        empirical_bayes_from_summaries(["a", "b"], [0.1, 0.1], [5, 5])
    with pytest.raises(ValueError, match="uncertainty is one of"):
        empirical_bayes_from_summaries([1, 2], [0.1, 0.1], [5, 5], uncertainty="all")  # type: ignore[arg-type]
