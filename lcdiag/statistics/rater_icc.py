"""How alike several raters rate the same targets: the six intraclass correlations.

Forks
-----
components : {None, "anova", "reml"}
    Mean squares from an analysis of variance (complete tables only), or put together from REML
    variance components of targets and raters, which allow empty cells and are never negative.
    None: anova where the table is complete, else reml.
average_interval : {"spearman-brown", "own"}
    Interval of ICC2k: ICC2's stepped up (McGraw and Wong, psych), or with the degrees of
    freedom of ICC2k's own value (irr).
confidence, bands : float, sequence of float
    As in `means.mean_interval`.

Notes
-----
One-way: each target has its own raters. Two-way: the same raters rate all targets; then agreement
counts how strict a rater is as error, consistency does not. Single: one rater. Average: the mean
of the k raters.

Formula: with mean squares between targets B, within targets W, between raters J, rest E:
ICC1 = (B - W) / (B + (k - 1) W); ICC2 = (B - E) / (B + (k - 1) E + k (J - E) / n); ICC3 =
(B - E) / (B + (k - 1) E); ICC1k = (B - W) / B; ICC2k = (B - E) / (B + (J - E) / n); ICC3k =
(B - E) / B.

Default: no target is dropped for an empty cell. With empty cells the degrees of freedom are
those of the full table, so intervals are a little too narrow.

Agrees with psych 2.5.3 (``ICC``, with and without ``lmer``) and irr 0.84.1 (``icc``).

Differs from pingouin, which leaves out a whole target for one empty cell.

References
----------
Shrout & Fleiss (1979), Psychological Bulletin 86(2); McGraw & Wong (1996), Psychological
Methods 1(1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import as_matrix
from lcdiag.statistics.intervals import Limits, check_levels, with_intervals
from lcdiag.statistics.mean_squares import Components, FTest, MeanSquares, mean_squares

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame

AverageInterval = Literal["spearman-brown", "own"]
_NAMES = {
    "ICC1": ("oneway", "agreement", "single"),
    "ICC2": ("twoway", "agreement", "single"),
    "ICC3": ("twoway", "consistency", "single"),
    "ICC1k": ("oneway", "agreement", "average"),
    "ICC2k": ("twoway", "agreement", "average"),
    "ICC3k": ("twoway", "consistency", "average"),
}
_NO_END = 1e-9  # so near to a division by zero, the limit of a mean of raters is none


@dataclass(frozen=True, eq=False)
class RaterIccs:
    """Six intraclass correlations of one table of ratings.

    Attributes
    ----------
    forms : dict of str to Estimate
        Under the names of Shrout and Fleiss: ICC1, ICC2, ICC3 (one rater), ICC1k, ICC2k, ICC3k
        (the mean of k raters).
    tests : dict of str to FTest
        Per form; with Satterthwaite's degrees of freedom under "ICC2 satterthwaite" and "ICC2k
        satterthwaite". Empty where the forms are absent.
    targets, raters : int
        n and k.
    method : str
        Where the mean squares come from.
    """

    forms: dict[str, Estimate]
    tests: dict[str, FTest]
    targets: int
    raters: int
    method: str

    def form(self, name: str, kind: str = "", unit: str = "") -> Estimate:
        """Return one form, by either of its names.

        Parameters
        ----------
        name, kind, unit : str
            ``form("ICC2k")``, or as McGraw and Wong call it, ``form("twoway", "agreement",
            "average")``. One-way forms are the same for agreement and consistency.

        Raises
        ------
        KeyError
            If there is no such form.
        """
        if name in self.forms:
            return self.forms[name]
        asked = (name, "agreement" if name == "oneway" else kind, unit)
        for short, long in _NAMES.items():
            if long == asked:
                return self.forms[short]
        raise KeyError(f"forms are {', '.join(_NAMES)}; received {name!r}, {kind!r}, {unit!r}")

    def to_frame(self) -> Frame:
        """Return one row a form."""
        from lcdiag.statistics.results import frame

        cells = list(self.forms.values())
        return frame(
            {
                "form": list(self.forms),
                "value": [cell.value for cell in cells],
                "low": [cell.low for cell in cells],
                "high": [cell.high for cell in cells],
                "n": [cell.n for cell in cells],
                "absent": [cell.absent or "" for cell in cells],
            }
        )


def rater_icc(
    ratings: Any,
    *,
    components: Components | None = None,
    average_interval: AverageInterval = "spearman-brown",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> RaterIccs:
    """Return the share of the variance of ratings that is between targets, in six forms.

    Parameters
    ----------
    ratings : array_like or DataFrame, shape (n_targets, k_raters)
        NaN = not rated.
    components, average_interval, confidence, bands
        See the forks and notes of this module.

    Returns
    -------
    RaterIccs
        Negative values are kept. n of each form = targets.

    Raises
    ------
    ValueError
        For text, infinite values, an unknown fork, ``anova`` with empty cells.

    Notes
    -----
    Absent when: ``fewer-than-2-groups`` (targets); ``fewer-than-2-raters``; ``empty-group`` (a
    target or rater without any rating); ``no-variation``; ``no-variation-within`` (nothing is left
    beside targets and raters); ``no-total-variance`` (ICC2k only); as `variance.variance_shares`
    for ``reml``.

    Without limits: the mean of k raters where the interval of one reaches -1 / (k - 1).
    """
    levels = check_levels(confidence, bands)
    _check(components, average_interval)
    matrix = as_matrix(ratings, "ratings")
    whole = not bool(np.isnan(matrix).any())
    chosen = components or ("anova" if whole else "reml")
    if chosen == "anova" and not whole:
        raise ValueError("an analysis of variance needs all cells; use components='reml'")
    n, k = matrix.shape
    squares = mean_squares(matrix, chosen)
    methods = {name: _method(name, chosen) for name in _NAMES}
    if isinstance(squares, str):
        none = {name: Estimate.missing(squares, n=n, method=methods[name]) for name in _NAMES}
        return RaterIccs(none, {}, n, k, chosen)
    values = squares.values()
    makers = _makers(squares, values, average_interval, max((confidence, *levels)))
    forms = {
        name: Estimate.missing("no-total-variance", n=n, method=method)
        if np.isnan(values[name])
        else with_intervals(
            values[name], makers[name], (-np.inf, 1.0), confidence, levels, n=n, method=method
        )
        for name, method in methods.items()
    }
    return RaterIccs(forms, squares.tests(values), n, k, chosen)


def _check(components: str | None, average_interval: str) -> None:
    if components not in (None, "anova", "reml"):
        raise ValueError(f"components is 'anova', 'reml' or None; received {components!r}")
    if average_interval not in ("spearman-brown", "own"):
        raise ValueError(
            f"average_interval is 'spearman-brown' or 'own'; received {average_interval!r}"
        )


def _method(name: str, components: str) -> str:
    return f"{' '.join(_NAMES[name])}, {components}"


def _makers(
    squares: MeanSquares, values: dict[str, float], average: AverageInterval, widest: float
) -> dict[str, Limits | None]:
    """Return the interval of each form."""
    n, k = squares.n, squares.k
    one = _consistency(squares.between / squares.within, n - 1, n * (k - 1), k)
    three = _consistency(squares.between / squares.rest, n - 1, (n - 1) * (k - 1), k)
    two = _agreement(squares, values["ICC2"], average=False)
    own = _agreement(squares, values["ICC2k"], average=True)
    return {
        "ICC1": one,
        "ICC2": two,
        "ICC3": three,
        "ICC1k": _stepped(one, k, widest),
        "ICC2k": own if average == "own" else _stepped(two, k, widest),
        "ICC3k": _stepped(three, k, widest),
    }


def _consistency(f: float, df1: int, df2: int, k: int) -> Limits:
    from scipy.special import fdtri

    def limits(level: float) -> tuple[float, float]:
        upper = 0.5 + level / 2
        low, high = f / float(fdtri(df1, df2, upper)), f * float(fdtri(df2, df1, upper))
        return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)

    return limits


def _stepped(single: Limits | None, k: int, widest: float) -> Limits | None:
    """Return the interval of the mean of k raters, by Spearman and Brown's formula.

    None where one rater's reaches -1 / (k - 1), the least possible: the mean's has no end there.
    """
    if single is None or 1 + (k - 1) * single(widest)[0] < _NO_END:
        return None

    def limits(level: float) -> tuple[float, float]:
        low, high = single(level)
        return k * low / (1 + (k - 1) * low), k * high / (1 + (k - 1) * high)

    return limits


def _agreement(squares: MeanSquares, value: float, *, average: bool) -> Limits | None:
    """Return the interval of agreement of one rater, or of the average of all."""
    from scipy.special import fdtri

    if not value < 1:
        return None
    b, j, e, n, k = squares.between, squares.raters, squares.rest, squares.n, squares.k
    freedom = squares.freedom(value)
    other = j - e if average else k * j + (k * n - k - n) * e

    def limits(level: float) -> tuple[float, float]:
        upper = 0.5 + level / 2
        down, up = float(fdtri(n - 1, freedom, upper)), float(fdtri(freedom, n - 1, upper))
        low = n * (b - down * e) / (down * other + n * b)
        return low, n * (up * b - e) / (other + n * up * b)

    return limits
