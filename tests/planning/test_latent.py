from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from lcdiag.planning.latent import Latent, expected_codes

CUTS = np.array([1.5, 2.5, 3.5, 4.5, 5.5, 6.5])


def pair(mean: float, sd: float, correlation: float, cuts: np.ndarray) -> Latent:
    shared = {"person": sd**2 * correlation * np.ones((2, 2))}
    own = np.full(2, sd**2 * (1 - correlation))
    return Latent(np.full(2, mean), shared, own, np.vstack([cuts, cuts]), np.ones(2))


@pytest.mark.parametrize("correlation", [0.0, 0.2, 0.5, 0.8, 0.9])
def test_two_halves_of_the_normal_plane_have_the_covariance_of_sheppard(correlation: float) -> None:
    # P(both above their means) = 1/4 + asin(r) / (2 pi); Sheppard (1899)
    found = pair(0.0, 1.0, correlation, np.array([0.0])).within_row
    assert found[0, 1] == pytest.approx(np.arcsin(correlation) / (2 * np.pi), abs=2e-6)
    assert found[0, 0] == pytest.approx(0.25, abs=1e-12)


def test_mean_and_variance_are_those_of_the_cut_normal_variable() -> None:
    mean, sd = 4.7, 1.1
    chances = np.diff(norm.cdf((np.r_[-np.inf, CUTS, np.inf] - mean) / sd))
    points = np.arange(1, 8)
    expected = float(chances @ points)
    found = pair(mean, sd, 0.4, CUTS)
    assert found.expected == pytest.approx([expected, expected], abs=1e-12)
    variance = float(chances @ points**2 - expected**2)
    assert found.within_row[0, 0] == pytest.approx(variance, abs=1e-10)


def test_fine_steps_give_back_the_covariance_of_the_variables() -> None:
    fine = np.arange(-8, 8, 0.25)  # a step of 1 code a quarter point
    found = pair(0.0, 1.0, 0.6, fine).within_row
    assert found[0, 1] / 16 == pytest.approx(0.6, abs=1e-3)


def test_without_spread_every_answer_is_the_nearest_point() -> None:
    found = expected_codes(np.array([4.6, 1.2]), np.zeros(2), np.vstack([CUTS, CUTS]), np.ones(2))
    assert found.tolist() == [5.0, 1.0]


def test_fewer_thresholds_stand_as_infinite_ones() -> None:
    cuts = np.array([[1.5, np.inf], [1.5, 2.5]])
    part = {"person": 0.5 * np.ones((2, 2))}
    found = Latent(np.array([1.5, 2.0]), part, np.full(2, 0.5), cuts, np.ones(2))
    assert found.expected[0] == pytest.approx(1.5)
    assert found.within_row[0, 0] == pytest.approx(0.25)


@settings(max_examples=50)
@given(
    mean=st.floats(1, 7),
    sd=st.floats(0.2, 3),
    correlation=st.floats(0, 0.85),
)
def test_answers_of_one_row_vary_together_no_more_than_each_varies(
    mean: float, sd: float, correlation: float
) -> None:
    found = pair(mean, sd, correlation, CUTS)
    covariance = found.within_row
    assert np.allclose(covariance, covariance.T)
    assert -1e-9 <= covariance[0, 1] <= covariance[0, 0] + 1e-9
    assert 1 <= found.expected[0] <= 7
    # cutting a variable never makes it more like another one
    if covariance[0, 0] > 0.01:
        assert covariance[0, 1] / covariance[0, 0] <= correlation + 1e-6
