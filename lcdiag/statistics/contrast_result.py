"""What a family of contrasts gives: a difference and two effect sizes with limits, and tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Band, Estimate
from lcdiag.statistics.arrays import Counts, Floats, Labels

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame


@dataclass(frozen=True, eq=False)
class Measure:
    """One measure of every contrast.

    Attributes
    ----------
    values : array, shape (m,)
        NaN where absent.
    limits : tuple of (confidence, low, high)
        The main interval first, each (m,); NaN where there is none.
    method : str
        How the limits were made.
    """

    values: Floats
    limits: tuple[tuple[float, Floats, Floats], ...]
    method: str

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.values, dtype=dtype)

    def estimate(self, place: int, n: int, reason: str) -> Estimate:
        """Return one contrast as an Estimate of n people, absent with this reason if it is NaN.

        Notes
        -----
        Absent when: the value is NaN, with the reason that is given.
        """
        value = float(self.values[place])
        if not np.isfinite(value):
            return Estimate.missing(reason, n=n, method=self.method)
        found = [
            Band(level, float(low[place]), float(high[place]))
            for level, low, high in self.limits
            if np.isfinite(low[place])
        ]
        if not found:
            return Estimate(value=value, n=n, method=f"{self.method}, no interval")
        main = found[0]
        bands = tuple(found[1:])
        return Estimate(value, main.low, main.high, main.confidence, bands, n, self.method)


@dataclass(frozen=True, eq=False)
class Contrasts:
    """Differences between units, one row a contrast, in the order of the labels.

    Attributes
    ----------
    one, other : array, shape (m,)
        Labels; `other` is "rest" where units stand against everybody else.
    n_one, n_other : array of int, shape (m,)
        People with an answer.
    difference : Measure
        Mean of `one` - mean of `other`, in the unit of the values.
    standardised : Measure
        That divided by the pooled standard deviation (Hedges' g or Cohen's d).
    common_language : Measure
        Chance that somebody of `one` is higher than somebody of `other`, 0 to 1.
    t, freedom, p, adjusted : array, shape (m,)
        The test, and p corrected for the number of contrasts; NaN where absent.
    reasons : tuple of str
        Why p is absent; "" where it is not.
    test, correction : str
        How p was made, and corrected.
    """

    one: Labels
    other: Labels
    n_one: Counts
    n_other: Counts
    difference: Measure
    standardised: Measure
    common_language: Measure
    t: Floats
    freedom: Floats
    p: Floats
    adjusted: Floats
    reasons: tuple[str, ...]
    test: str
    correction: str

    def __len__(self) -> int:
        return len(self.one)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.difference.values, dtype=dtype)

    def position(self, one: Any, other: Any = "rest") -> int:
        """Return the row of a contrast, or raise KeyError where it does not occur."""
        found = np.flatnonzero((self.one == one) & (self.other == other))
        if not len(found):
            raise KeyError(f"there is no contrast of {one!r} with {other!r}")
        return int(found[0])

    def estimate(self, one: Any, other: Any = "rest", measure: str = "difference") -> Estimate:
        """Return one measure of one contrast as an Estimate.

        Parameters
        ----------
        one, other : label
            As in `Contrasts`.
        measure : {"difference", "standardised", "common_language", "p", "adjusted"}
            Which.

        Raises
        ------
        KeyError
            If the contrast does not occur.
        ValueError
            For another measure.

        Notes
        -----
        Absent when: as in `contrasts`.
        """
        row = self.position(one, other)
        n = int(self.n_one[row] + self.n_other[row])
        reason = self.reasons[row]
        if measure in ("p", "adjusted"):
            name = self.test if measure == "p" else f"{self.test}, {self.correction}"
            if reason:
                return Estimate.missing(reason, n=n, method=name)
            return Estimate(value=float(getattr(self, measure)[row]), n=n, method=name)
        if measure not in ("difference", "standardised", "common_language"):
            raise ValueError(
                "measure is 'difference', 'standardised', 'common_language', 'p' or 'adjusted'; "
                f"received {measure!r}"
            )
        if not self.n_one[row] or not self.n_other[row]:
            reason = "no-answers"
        elif n < 3:
            reason = "fewer-than-3-answers"
        else:
            reason = "no-spread"
        found: Measure = getattr(self, measure)
        return found.estimate(row, n, reason)

    def to_frame(self) -> Frame:
        """Return one row a contrast: labels, n, the measures with their limits, and the test."""
        from lcdiag.statistics.results import frame

        columns: dict[str, Any] = {
            "one": self.one,
            "other": self.other,
            "n_one": self.n_one,
            "n_other": self.n_other,
        }
        for name in ("difference", "standardised", "common_language"):
            measure: Measure = getattr(self, name)
            _, low, high = measure.limits[0]
            columns |= {name: measure.values, f"{name}_low": low, f"{name}_high": high}
        tests = {"t": self.t, "freedom": self.freedom, "p": self.p, "adjusted": self.adjusted}
        return frame({**columns, **tests, "absent": list(self.reasons)})
