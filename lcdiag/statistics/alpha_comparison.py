"""Whether alphas of different groups, or of scales that the same people answered, are equal.

Notes
-----
Formula: F = (1 - a2) / (1 - a1) with n1 - 1 and n2 - 1 degrees of freedom; t = (a1 - a2)
sqrt(n - 2) / sqrt(4 (1 - a1)(1 - a2)(1 - r^2)); chi-square = sum (z - mean z)^2 / (mean
variance - mean covariance) with z = (1 - a)^(-1/3), variance 2 / (9 (N - 1)(1 - a)^(2/3)),
N = n (k - 1) / (k + 1), and for the same people covariance 2 r^2 / (9 (N - 1)(1 - a)^(1/3)
(1 - b)^(1/3)).

Default: independent groups.

Agrees with cocron 1.0 (``cocron.two.coefficients``, ``cocron.n.coefficients``).

References
----------
Feldt (1980), Psychometrika 45(1); Feldt, Woodruff & Salih (1987), Applied Psychological
Measurement 11(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Floats, as_numbers

__all__ = ["AlphaComparison", "compare_alphas"]


@dataclass(frozen=True, slots=True)
class AlphaComparison:
    """A test that alphas are equal.

    Attributes
    ----------
    statistic : float
        F, t or chi-square, as `test` says.
    df1, df2 : float or None
        Degrees of freedom; df2 for F only.
    p : float
        Two-sided.
    test : str
        ``"F"``, ``"t"`` or ``"chi-square"``, with what it is for.
    """

    statistic: float
    df1: float
    df2: float | None
    p: float
    test: str


def compare_alphas(
    alphas: Sequence[float],
    n: Sequence[int] | int,
    items: Sequence[int] | int | None = None,
    *,
    correlations: Any = None,
) -> AlphaComparison:
    """Return a test that two or more alphas are equal.

    Parameters
    ----------
    alphas : sequence of float, shape (m,)
        Below 1.
    n : sequence of int, or int
        People behind each alpha; one number where the same people answered.
    items : sequence of int, or int, optional
        Items of each scale; needed for more than two alphas.
    correlations : float or array_like, shape (m, m), optional
        Correlations of the scale scores, where the same people answered; groups are independent
        without it. One number goes for every pair.

    Returns
    -------
    AlphaComparison
        F for two independent alphas, t for two dependent ones, chi-square for more.

    Raises
    ------
    ValueError
        For fewer than two alphas, an alpha of 1 or more, sizes below 3, correlations that do not
        fit, different n for the same people, missing item numbers.

    Notes
    -----
    More in the notes of this module.
    """
    a = as_numbers(alphas, "alphas")
    if a.ndim != 1 or len(a) < 2 or not np.isfinite(a).all() or (a >= 1).any():
        raise ValueError("alphas are two numbers or more, each below 1")
    people = np.broadcast_to(as_numbers(n, "n"), a.shape)
    if (people < 3).any():
        raise ValueError("each alpha rests on 3 people or more")
    r = None if correlations is None else _correlations(correlations, len(a), people)
    if len(a) > 2:
        return _many(a, people, items, r)
    if r is None:
        return _two_groups(a, people)
    from scipy.special import stdtr

    below = 4 * (1 - a[0]) * (1 - a[1]) * (1 - r[0, 1] ** 2)
    if below <= 0:
        raise ValueError("scores that correlate perfectly cannot be compared")
    t = float((a[0] - a[1]) * np.sqrt(people[0] - 2) / np.sqrt(below))
    df = float(people[0] - 2)
    return AlphaComparison(abs(t), df, None, float(2 * stdtr(df, -abs(t))), "t, same people")


def _correlations(given: Any, m: int, people: Floats) -> Floats:
    r = as_numbers(given, "correlations")
    if r.ndim == 0:
        r = np.full((m, m), float(r))
        np.fill_diagonal(r, 1.0)
    if r.shape != (m, m) or not np.isfinite(r).all() or (np.abs(r) > 1).any():
        raise ValueError(f"correlations are one number or {m} by {m} numbers from -1 to 1")
    if len(set(people.tolist())) > 1:
        raise ValueError("the same people answered, so there is one n")
    return r


def _two_groups(a: Floats, people: Floats) -> AlphaComparison:
    from scipy.special import fdtr, fdtrc

    f = float((1 - a[1]) / (1 - a[0]))
    df1, df2 = float(people[0] - 1), float(people[1] - 1)
    p = 2 * min(float(fdtr(df1, df2, f)), float(fdtrc(df1, df2, f)))
    return AlphaComparison(f, df1, df2, min(p, 1.0), "F, two groups")


def _many(a: Floats, people: Floats, items: Any, r: Floats | None) -> AlphaComparison:
    from scipy.special import chdtrc

    if items is None:
        raise ValueError("more than two alphas need the number of items of each scale")
    k = np.broadcast_to(np.asarray(items, dtype=np.float64), a.shape)
    size = people * (k - 1) / (k + 1)
    if (k < 2).any() or (size <= 1).any():
        raise ValueError("each scale needs 2 items or more, and enough people for them")
    z = (1 - a) ** (-1 / 3)
    spread = float((2 / (9 * (size - 1)) * (1 - a) ** (-2 / 3)).mean())
    if r is not None:
        # the same people: what two scales share is no difference between them
        common = 2 * r**2 / (9 * (size.mean() - 1)) * np.outer(z, z)
        spread -= float(common[~np.eye(len(a), dtype=bool)].mean())
    if spread <= 0:
        raise ValueError("scores that correlate perfectly cannot be compared")
    statistic = float(((z - z.mean()) ** 2).sum() / spread)
    who = "groups" if r is None else "same people"
    return AlphaComparison(
        statistic,
        float(len(a) - 1),
        None,
        float(chdtrc(len(a) - 1, statistic)),
        f"chi-square, {who}",
    )
