"""What spread to expect when nobody agrees: variances of null distributions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Null = str | float | Sequence[float]
"""A name, a variance, or the proportions of the options from lowest to highest."""

NAMES = (
    "uniform",
    "slight_skew",
    "moderate_skew",
    "heavy_skew",
    "triangular",
    "normal",
    "max_dissensus",
)

_SHAPES = NAMES[1:6]

# LeBreton & Senter (2008), Table 2, by number of options; as the first author's own R package
# (WGA) gives it. The row of 5 options is recomputed from its proportions in the tests.
_PUBLISHED: dict[int, tuple[float, ...]] = {
    5: (1.34, 0.90, 0.44, 1.32, 1.04),
    6: (1.85, 1.26, 0.69, 1.45, 1.25),
    7: (2.90, 2.14, 1.39, 2.10, 1.40),
    8: (3.47, 2.79, 2.35, 2.81, 1.73),
    9: (5.66, 4.73, 3.16, 3.00, 1.58),
    10: (6.30, 5.09, 3.46, 2.89, 1.45),
    11: (7.31, 6.32, 4.02, 3.32, 1.40),
}

PUBLISHED_OPTIONS = tuple(_PUBLISHED)
"""Numbers of options for which the skewed, triangular and normal nulls are published."""


def null_variance(null: Null = "uniform", options: int | None = None) -> float:
    """Return the variance of answers under a null distribution, options one point apart.

    Parameters
    ----------
    null : str, float or sequence of float
        ``uniform``: all options equally likely, (A^2 - 1) / 12. ``slight_skew``,
        ``moderate_skew``, ``heavy_skew``, ``triangular``, ``normal``: the published variances
        for 5 to 11 options. ``max_dissensus``: half of the people at either end,
        (A - 1)^2 / 4. A positive number is the variance itself (a measured one). A sequence gives
        the proportion of each option, lowest first, for any number of options.
    options : int, optional
        How many options there are (A); needed with a name.

    Returns
    -------
    float
        In squared points of the scale.

    Raises
    ------
    ValueError
        For an unknown name, a published name outside 5 to 11 options, proportions that are
        negative or do not sum to 1 (within 0.02, as published ones are rounded), a number of
        options that disagrees with them, or a variance that is not positive.

    Notes
    -----
    Formula: uniform (A^2 - 1) / 12; maximum dissensus (A - 1)^2 / 4; proportions sum p (option
    - mean)^2.

    Default: uniform, the one null that needs no assumption about how people lean.

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69(1); LeBreton & Senter (2008),
    Organizational Research Methods 11(4); Lindell & Brandt (1997), Applied Psychological
    Measurement 21(3), for maximum dissensus.
    """
    if isinstance(null, str):
        return _named(null, options)
    if isinstance(null, (int, float)):
        if not (0 < null < np.inf):
            raise ValueError(f"a null variance is positive and finite; received {null!r}")
        return float(null)
    return _of_proportions(np.asarray(null, dtype=np.float64), options)


def _named(name: str, options: int | None) -> float:
    if name not in NAMES:
        raise ValueError(f"a null is one of {', '.join(NAMES)}; received {name!r}")
    if options is None or options < 2:
        raise ValueError(f"the null {name!r} needs the number of options, 2 or more")
    if name == "uniform":
        return (options**2 - 1) / 12
    if name == "max_dissensus":
        return (options - 1) ** 2 / 4
    if options not in _PUBLISHED:
        raise ValueError(
            f"the null {name!r} is published for 5 to 11 options, not for {options}; "
            "give the proportion of each option instead"
        )
    return _PUBLISHED[options][_SHAPES.index(name)]


def _of_proportions(shares: np.typing.NDArray[np.float64], options: int | None) -> float:
    if shares.ndim != 1 or len(shares) < 2 or not np.isfinite(shares).all() or (shares < 0).any():
        raise ValueError("proportions are two or more numbers from 0 to 1, lowest option first")
    if abs(float(shares.sum()) - 1) > 0.02:
        raise ValueError(f"proportions must sum to 1; received a sum of {float(shares.sum())!r}")
    if options is not None and options != len(shares):
        raise ValueError(f"there are {options} options but {len(shares)} proportions")
    weights = shares / shares.sum()
    points = np.arange(len(shares))
    variance = float(weights @ (points - weights @ points) ** 2)
    if variance <= 0:
        raise ValueError("a null with all answers at one option has no variance")
    return variance
