from __future__ import annotations

import math

import pytest

from lcdiag.base.estimate import Band, Estimate


def test_a_value_and_a_reason_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="either a value or the reason"):
        Estimate(value=1.0, absent="why")
    with pytest.raises(ValueError, match="either a value or the reason"):
        Estimate(value=None)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_numbers_are_finite(wrong: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Estimate(value=wrong)
    with pytest.raises(ValueError, match="finite"):
        Estimate(value=1.0, low=wrong)


def test_the_band_of_a_confidence_is_found_among_bands_and_limits() -> None:
    estimate = Estimate(3.0, 2.0, 4.0, 0.95, bands=(Band(0.5, 2.7, 3.3),), n=9, method="t")
    assert estimate.band(0.5) == Band(0.5, 2.7, 3.3)
    assert estimate.band(0.95) == Band(0.95, 2.0, 4.0)
    assert estimate.band(0.9) is None
    assert Estimate.missing("too-few").band(0.95) is None
