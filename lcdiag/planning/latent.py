"""What a stated model implies for answers as they are given: means and covariances, exactly.

An answer is a normal variable cut at thresholds. Its mean is a sum of normal tail areas. The
covariance of two answers whose normal variables correlate r is the series sum of r^k c_k d_k over
the Hermite coefficients of both step functions (Mehler's formula); for a step at a, the k-th
coefficient is He_(k-1)(a) phi(a) / sqrt(k!). So the truth on the scale of the answers needs no
simulation.

References
----------
Kendall, M. G. (1941). Proof of relations connected with the tetrachoric series and its
generalization. Biometrika, 32, 196-198.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

Floats = npt.NDArray[np.float64]

TERMS = 120
"""Of the series; the rest is below 0.9^120, or 3e-6 points squared, for correlations up to .9."""
_TINY = 1e-9


def expected_codes(mean: Floats, sd: Floats, cuts: Floats, low: Floats) -> Floats:
    """Return the mean of answers that are normal variables cut at thresholds.

    Parameters
    ----------
    mean : (..., k) array of float
        Of the variable behind each item, in points.
    sd : (k,) array of float
        Its standard deviation; 0 is a variable without spread.
    cuts : (k, c) array of float
        Thresholds, infinite where an item has fewer.
    low : (k,) array of float
        The lowest code of each item.

    Returns
    -------
    (..., k) array of float
        In points.
    """
    above = ndtr((mean[..., None] - cuts) / np.maximum(sd, _TINY)[:, None])
    expected: Floats = low + above.sum(axis=-1)
    return expected


@dataclass(frozen=True)
class Latent:
    """The normal variables behind the items of one kind of row, and where they are cut.

    Attributes
    ----------
    mean : (k,) array of float
        In points, in the scored direction.
    shared : mapping of str to (k, k) array of float
        Name of a part of the model to the covariance that two rows have which share it.
    own : (k,) array of float
        Variance of the rest of each item, which no two answers share.
    cuts : (k, c) array of float
        Thresholds, infinite where an item has fewer.
    low : (k,) array of float
        The lowest code of each item.
    """

    mean: Floats
    shared: dict[str, Floats]
    own: Floats
    cuts: Floats
    low: Floats

    @cached_property
    def sd(self) -> Floats:
        """Return the standard deviation of each variable."""
        total: Floats = np.sqrt(sum((np.diag(one) for one in self.shared.values()), self.own))
        return total

    @cached_property
    def expected(self) -> Floats:
        """Return the mean answer to each item, (k,)."""
        return expected_codes(self.mean, self.sd, self.cuts, self.low)

    def between_rows(self, parts: Collection[str]) -> Floats:
        """Return the covariance of answers of two rows that share these parts, (k, k)."""
        k = len(self.mean)
        latent = sum((self.shared[one] for one in parts if one in self.shared), np.zeros((k, k)))
        sd = np.maximum(self.sd, _TINY)
        correlation = latent / np.outer(sd, sd)
        found, power = np.zeros((k, k)), np.ones((k, k))
        for column in self._coefficients.T:
            power = power * correlation
            found += power * np.outer(column, column)
        return found

    @cached_property
    def within_row(self) -> Floats:
        """Return the covariance of the answers of one row, (k, k)."""
        found = self.between_rows(self.shared)
        at = (self.mean[:, None] - self.cuts) / np.maximum(self.sd, _TINY)[:, None]
        above = ndtr(at)
        # E[(x - low)^2] = sum over thresholds of (2 t - 1) P(x above the t-th)
        steps = 2 * np.arange(self.cuts.shape[1]) + 1
        second = (steps * above).sum(axis=1)
        np.fill_diagonal(found, second - above.sum(axis=1) ** 2)
        return found

    @cached_property
    def _coefficients(self) -> Floats:
        """Return the Hermite coefficients from the first on, (k, TERMS)."""
        at = (self.cuts - self.mean[:, None]) / np.maximum(self.sd, _TINY)[:, None]
        finite = np.isfinite(at)
        at = np.where(finite, at, 0.0)
        density = np.where(finite, np.exp(-at * at / 2) / np.sqrt(2 * np.pi), 0.0)
        before, now = np.zeros_like(at), density  # He_(k-1) phi / sqrt((k-1)!), from k = 1
        columns = []
        for k in range(1, TERMS + 1):
            columns.append(now.sum(axis=1) / np.sqrt(k))
            before, now = now, (at * now - np.sqrt(k - 1) * before) / np.sqrt(k)
        return np.stack(columns, axis=1)
