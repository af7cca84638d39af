"""The standard normal distribution of two correlated variables, for whole arrays at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats

FAR = 40.0
"""Beyond this nothing of a normal distribution is left in double precision."""

_NOTHING = 1e-150
"""What is nearer to 0 changes no probability, but products with it lose their digits."""


def bivariate_cdf(h: npt.ArrayLike, k: npt.ArrayLike, rho: npt.ArrayLike) -> Floats:
    """Return P(X <= h, Y <= k) of two standard normal variables that correlate rho.

    Parameters
    ----------
    h, k : array_like
        Limits, infinite ones too; broadcast against each other.
    rho : array_like
        Strictly between -1 and 1.

    Returns
    -------
    array
        Between 0 and 1.

    Notes
    -----
    Formula: (Phi(h) + Phi(k)) / 2 - T(h, (k - rho h) / (h s)) - T(k, (h - rho k) / (k s)) - d,
    with s = sqrt(1 - rho^2), T Owen's function, and d = 1/2 where h and k lie on different sides
    of 0 (or one is 0 and the other negative), else 0.

    References
    ----------
    Owen (1956), Annals of Mathematical Statistics 27.
    """
    from scipy.special import ndtr, owens_t

    a, b, r = np.broadcast_arrays(_limit(h), _limit(k), np.asarray(rho, dtype=np.float64))
    s = np.sqrt((1 - r) * (1 + r))
    centre = (a == 0) & (b == 0)
    side = np.sign(a) * np.sign(b)
    apart = (side < 0) | ((side == 0) & (a + b < 0))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # at h = 0 the slope is infinite, and T(0, infinity) is 1/4; 0/0 is the centre
        first, second = (b - r * a) / (a * s), (a - r * b) / (b * s)
    first, second = np.where(centre, 0.0, first), np.where(centre, 0.0, second)
    below = (ndtr(a) + ndtr(b)) / 2 - owens_t(a, first) - owens_t(b, second) - apart / 2
    middle = 0.25 + np.arcsin(r) / (2 * np.pi)
    return np.asarray(np.clip(np.where(centre, middle, below), 0.0, 1.0), dtype=np.float64)


def _limit(at: npt.ArrayLike) -> Floats:
    """Return a limit that can be divided by: 0 where products with it would be lost."""
    found = np.clip(np.asarray(at, dtype=np.float64), -FAR, FAR)
    # this makes -0 a 0 too, by which a division would change sides
    return np.asarray(np.where(np.abs(found) < _NOTHING, 0.0, found))


def bivariate_density(h: npt.ArrayLike, k: npt.ArrayLike, rho: npt.ArrayLike) -> Floats:
    """Return the density at (h, k): also the slope of `bivariate_cdf` along rho.

    Parameters
    ----------
    h, k, rho : array_like
        As in `bivariate_cdf`.

    Notes
    -----
    Formula: exp(-(h^2 - 2 rho h k + k^2) / (2 s^2)) / (2 pi s), with s^2 = 1 - rho^2.
    """
    a = np.clip(np.asarray(h, dtype=np.float64), -FAR, FAR)
    b = np.clip(np.asarray(k, dtype=np.float64), -FAR, FAR)
    r = np.asarray(rho, dtype=np.float64)
    s2 = (1 - r) * (1 + r)
    # (a - b)^2 + 2 a b (1 - r) loses nothing where a and b are close and r is near 1
    away = ((a - b) ** 2 + 2 * a * b * (1 - r)) / (2 * s2)
    return np.asarray(np.exp(-away) / (2 * np.pi * np.sqrt(s2)), dtype=np.float64)


def slope_along_limit(h: npt.ArrayLike, k: npt.ArrayLike, rho: npt.ArrayLike) -> Floats:
    """Return the slope of `bivariate_cdf` along h: phi(h) Phi((k - rho h) / s).

    Parameters
    ----------
    h, k, rho : array_like
        As in `bivariate_cdf`.
    """
    from scipy.special import ndtr

    a = np.clip(np.asarray(h, dtype=np.float64), -FAR, FAR)
    b = np.clip(np.asarray(k, dtype=np.float64), -FAR, FAR)
    r = np.asarray(rho, dtype=np.float64)
    s = np.sqrt((1 - r) * (1 + r))
    return np.asarray(normal_density(a) * ndtr((b - r * a) / s), dtype=np.float64)


def normal_density(h: npt.ArrayLike) -> Floats:
    """Return the density of the standard normal distribution: exp(-h^2 / 2) / sqrt(2 pi)."""
    value = np.asarray(h, dtype=np.float64)
    return np.asarray(np.exp(-(value**2) / 2) / np.sqrt(2 * np.pi), dtype=np.float64)
