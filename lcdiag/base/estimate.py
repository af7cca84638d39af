"""A number with its uncertainty, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """An interval at one confidence level.

    Attributes
    ----------
    confidence : float
        Between 0 and 1, for instance 0.90.
    low, high : float
        The limits, in the unit of the value.
    """

    confidence: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number, its interval, and what it rests on.

    Attributes
    ----------
    value : float or None
        None exactly when `absent` says why. Never NaN or infinite.
    low, high : float or None
        Limits of the main interval at `confidence`; None where no interval exists.
    confidence : float or None
        Confidence of the main interval.
    bands : tuple of Band
        Further intervals (50, 90 and 95 %) where a page draws them, narrowest first.
    n : int
        How many respondents (or groups, where `method` says so) the number rests on.
    method : str
        How it was computed: a short stable name such as ``"t"`` or ``"feldt"``.
    absent : str or None
        The reason why there is no value, for instance ``"fewer-than-2-groups"``.

    Raises
    ------
    ValueError
        If value and absent are both given or both missing, or a number is not finite.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    bands: tuple[Band, ...] = ()
    n: int = 0
    method: str = ""
    absent: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.absent is None):
            raise ValueError(
                "an Estimate has either a value or the reason why it is absent; "
                f"received value={self.value!r}, absent={self.absent!r}"
            )
        for name, number in (("value", self.value), ("low", self.low), ("high", self.high)):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"Estimate.{name} must be finite; received {number!r}")

    @classmethod
    def missing(cls, reason: str, *, n: int = 0, method: str = "") -> Estimate:
        """Return an Estimate without a value, with the reason."""
        return cls(value=None, n=n, method=method, absent=reason)

    def band(self, confidence: float) -> Band | None:
        """Return the band at this confidence, or None where it was not computed."""
        for band in self.bands:
            if math.isclose(band.confidence, confidence):
                return band
        if self.low is None or self.high is None or self.confidence is None:
            return None
        if math.isclose(self.confidence, confidence):
            return Band(self.confidence, self.low, self.high)
        return None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A cell that exists but is not shown; it carries no number.

    Attributes
    ----------
    reason : str
        A stable code. Pages show one sentence for every reason, so that a reader cannot
        tell a small cell from one that protects another.
    """

    reason: str = "protects-people"


Cell = Estimate | Hidden
