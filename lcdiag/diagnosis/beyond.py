"""How sure it is that a released mean lies beyond a limit: read from its interval."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate

CONFIDENCE = 0.95
"""Of the interval that is read; disclosure releases it, rounded outward."""


def probability_beyond(cell: Estimate, side: str, limit: float) -> float | None:
    """Return the probability that a mean lies on one side of a limit.

    Parameters
    ----------
    cell : Estimate
        A released mean with its 95 % interval; `n` people.
    side : {"above", "below"}
        On which side of the limit.
    limit : float
        In the unit of the value.

    Returns
    -------
    float or None
        From 0 to 1; None where there is no interval or fewer than two people.

    Notes
    -----
    Student's t with n - 1 degrees of freedom around the near end of the interval:
    P = T(t + (near - limit) / s), with t the quantile of the interval and s its wider half by t.
    Where the near end touches the limit this is .975, whatever the rounding; beyond that it is
    lower than from the exact interval, since strips are rounded outward. It is the posterior
    probability under a flat prior, and 1 minus the one-sided p-value of the limit. Below .975 it is
    an approximation.

    References
    ----------
    Box & Tiao (1973), Bayesian Inference in Statistical Analysis, section 2.4.
    """
    from scipy.special import stdtr, stdtrit

    band = cell.band(CONFIDENCE)
    if band is None or cell.value is None or cell.n < 2 or side not in ("above", "below"):
        return None
    ahead = band.low - limit if side == "above" else limit - band.high
    half = max(cell.value - band.low, band.high - cell.value)
    if half <= 0:
        return float(ahead > 0)
    quantile = float(stdtrit(cell.n - 1, 0.5 + CONFIDENCE / 2))
    return float(stdtr(cell.n - 1, quantile * (1 + ahead / half)))


def at_least(probabilities: list[float], needed: int) -> float:
    """Return a bound on the probability that at least so many of several conditions hold.

    Parameters
    ----------
    probabilities : list of float
        One a condition; dependent in any way.
    needed : int
        From 1 to their number.

    Returns
    -------
    float
        1 - (k - m + 1) (1 - p), with p the m-th largest of k, never below 0. Where all k must
        hold this is the smallest of them; where one is enough, Bonferroni's bound.

    Notes
    -----
    One minus it is a valid p-value against "fewer than m hold". It is no bound on the joint
    probability from below: for all of k that would be 1 - the sum of (1 - p).

    References
    ----------
    Berger (1982), Technometrics 24(4); Benjamini & Heller (2008), Biometrics 64(4).
    """
    count = len(probabilities)
    last = sorted(probabilities, reverse=True)[needed - 1]
    return max(0.0, 1.0 - (count - needed + 1) * (1.0 - last))
