from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lcdiag.instrument.compose import compose
from lcdiag.outlook.subjects import planned_subjects, subject_at
from lcdiag.planning.stated import Measurement, Spread, Truth
from lcdiag.planning.widths import (
    Subject,
    change_width,
    expected_width,
    falls_short,
    variance_within,
)
from lcdiag.statistics.change import wave_difference

ASKED = compose([["lc-safety:safety"], ["lc-collusion:topics"]], ("nl",))
PLANNED = planned_subjects(ASKED)
SIZES = st.integers(2, 60)
SPREADS = st.floats(0, 1.5)


def subjects(spread: Spread) -> list[Subject]:
    return subject_at(ASKED, PLANNED, Truth(), spread, Measurement())


@settings(max_examples=200, deadline=None)
@given(variance=st.floats(0.001, 9), n=SIZES, more=st.integers(1, 40))
def test_more_answers_or_less_confidence_make_a_strip_narrower(
    variance: float, n: int, more: int
) -> None:
    width = expected_width(variance, n)
    assert expected_width(variance, n + more) < width
    assert expected_width(variance, n, 0.9) < width
    assert expected_width(4 * variance, n) == pytest.approx(2 * width)
    assert expected_width(0.0, n) == 0.0


@settings(max_examples=25, deadline=None)
@given(
    parties=st.lists(st.integers(1, 6), min_size=1, max_size=5).filter(lambda one: sum(one) > 1),
    party=SPREADS,
    answer=st.floats(0.3, 1.5),
    stay=st.floats(0, 1),
)
def test_widths_of_any_study_are_finite_and_people_who_stay_make_changes_surer(
    parties: list[int], party: float, answer: float, stay: float
) -> None:
    for one in subjects(Spread(party=party, answer=answer, community=0.3)):
        variance = variance_within(one, parties)
        assert 0 <= variance <= one.of_one() + 1e-12
        apart = variance_within(one, [1] * sum(parties))
        assert variance <= apart + 1e-12, "people of one party are alike"
        if sum(parties) > 2:
            some, nobody = (change_width(one, parties, share) for share in (stay, 0.0))
            assert np.isfinite(some)
            assert some >= 0
            assert change_width(one, parties, 1.0) > 0 or variance == 0
            assert np.isfinite(nobody)


def test_people_who_do_not_differ_leave_no_width() -> None:
    still = Spread(general=0, scale=0, party=0, item=0, answer=0)
    for one in subjects(still):
        assert variance_within(one, [3, 2]) == pytest.approx(0, abs=1e-12)
        assert expected_width(variance_within(one, [3, 2]), 5) == pytest.approx(0, abs=1e-5)
        assert change_width(one, [3, 2], 0.9) == pytest.approx(0, abs=1e-5)


def test_what_a_sample_deviation_falls_short_is_that_of_normal_samples() -> None:
    for n in (2, 5, 30):
        assert falls_short(n) == pytest.approx(stats.chi.mean(n - 1) / np.sqrt(n - 1))


def drawn(variance: float, covariance: float, n: int, both: int, start: int) -> float:
    """Return the mean width over drawn pairs of waves with so many people in both."""
    rng = np.random.default_rng(start)
    names = np.arange(2 * n)
    root = np.linalg.cholesky([[variance, covariance], [covariance, variance]])
    widths = []
    for _ in range(1500):
        x, y = root @ rng.normal(size=(2, n))
        y[both:] = rng.normal(0, np.sqrt(variance), n - both)
        second = np.r_[names[:both], names[n : 2 * n - both]]
        band = wave_difference(x, y, first_ids=names[:n], second_ids=second).band(0.95)
        assert band is not None
        widths.append(band.high - band.low)
    return float(np.mean(widths))


@pytest.mark.parametrize("n", [6, 15])
def test_widths_of_changes_are_those_of_drawn_waves(n: int) -> None:
    one = subjects(Spread(party=0.0, missing=0.0))[0]
    variance, parties = variance_within(one, [1] * n), [1] * n
    lasting = one.of_two(
        ("general", "scale", "method", "community", "party", "organisation", "group")
    )
    for both, stay in ((n, 1.0), (0, 0.0)):
        seen = drawn(variance, lasting if both else 0.0, n, both, n + both)
        assert change_width(one, parties, stay) == pytest.approx(seen, rel=0.04)
