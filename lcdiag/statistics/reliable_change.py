"""How far one person's change goes beyond what errors of measurement alone would make.

All six indices divide second score - expected second score by a standard error; they differ in what
they expect and in the error. Their formulas stand at the top of `change`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Floats, Labels, as_column
from lcdiag.statistics.intervals import check_levels, share_interval
from lcdiag.statistics.person_labels import person_labels
from lcdiag.statistics.results import PersonValues, reasons_for

Method = Literal[
    "jacobson-truax",
    "iverson",
    "chelune",
    "regression",
    "gulliksen-lord-novick",
    "edwards-nunnally",
]

HIGHER, LOWER, UNCHANGED = "higher", "lower", "no change noted"


@dataclass(frozen=True, eq=False)
class ReliableChange:
    """Change a person in units of its standard error, and how many went which way.

    Attributes
    ----------
    index : PersonValues
        (second - expected) / standard error; n = 2 scores.
    raw : PersonValues
        second - first, in points.
    standard_error, critical : Estimate
        Of a difference from the expected score, in points; and the difference that must be passed
        to be noted: z times the standard error.
    correlation, slope : Estimate
        r of the two scores, and how much the expected second score rises with the first.
    directions : array of str, shape (n,)
        "higher", "lower", "no change noted", or "" where there is no index.
    higher, lower, unchanged : int
        How many people of each.
    share_higher, share_lower : Estimate
        Of the people with an index, with Wilson's interval.
    """

    index: PersonValues
    raw: PersonValues
    standard_error: Estimate
    critical: Estimate
    correlation: Estimate
    slope: Estimate
    directions: Labels
    higher: int
    lower: int
    unchanged: int
    share_higher: Estimate
    share_lower: Estimate


def reliable_change(
    first: Any,
    second: Any,
    *,
    method: Method = "jacobson-truax",
    reliability: float | tuple[float, float] | None = None,
    compare: tuple[Any, Any] | None = None,
    confidence: float = 0.95,
    z: float | None = None,
) -> ReliableChange:
    """Return each person's change between two scores, in units of its standard error.

    Parameters
    ----------
    first, second : array_like, shape (n,)
        Scores of the same people in the same order; NaN = missing.
    method : {"jacobson-truax", "iverson", "chelune", "regression", "gulliksen-lord-novick", \
"edwards-nunnally"}
        As at the top of `change`.
    reliability : float, or two floats
        Of the scores, 0 to 1; every method but ``regression`` needs it. Two: of each wave, for
        ``iverson``.
    compare : two array_like, optional
        First and second scores of a group in which nothing was done: means, spreads and r are
        then theirs. Without it, of the people themselves.
    confidence, z : float
        A change is noted beyond this two-sided normal quantile; z goes before confidence.

    Raises
    ------
    ValueError
        For text, infinite values, scores that differ in number, an unknown method, or a
        reliability that is needed and not given or does not lie between 0 and 1.

    Notes
    -----
    Formula: (second - expected second) / standard error, both by method; see the top.

    Default: Jacobson-Truax, the one most used; it takes the change of everybody for change.

    Absent when: ``no-answers-in-first``, ``no-answers-in-second`` (a person); for everybody
    ``fewer-than-2-respondents``, ``no-spread``, ``no-error-variance`` (R or r of 1).

    References
    ----------
    Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59(1); Iverson (2001),
    Archives of Clinical Neuropsychology 16; Chelune, Naugle, Luders, Sedlak & Awad (1993),
    Neuropsychology 7(1); McSweeny, Naugle, Chelune & Luders (1993), The Clinical Neuropsychologist
    7(3); Speer (1992), Journal of Consulting and Clinical Psychology 60(3).
    """
    limit = _limit(confidence, z)
    x, y = _scores(first, second)
    reliabilities = _reliabilities(method, reliability)
    norm = _norm(*((x, y) if compare is None else _scores(*compare)))
    rule = norm if isinstance(norm, str) else _rule(method, norm, reliabilities)
    source = "the people themselves" if compare is None else "a group to compare with"
    words = f"{method}, z = {limit:g}, norms of {source}"
    index, raw = _indices(x, y, rule, person_labels(first, len(x)), words)
    return _counted(index, raw, _estimates(norm, rule, limit, words), limit, confidence)


def smallest_detectable_change(
    values: Any,
    reliability: float,
    *,
    people: int = 1,
    confidence: float = 0.95,
    z: float | None = None,
) -> Estimate:
    """Return the smallest change that errors of measurement alone would seldom make.

    Parameters
    ----------
    values : array_like, shape (n,)
        One score a person; NaN = missing.
    reliability : float
        Of the scores, 0 to 1.
    people : int
        1: the change of one person; more: of the mean of so many people, the same in both waves.
    confidence, z : float
        As in `reliable_change`.

    Returns
    -------
    Estimate
        In points; smaller changes may be real and still cannot be told from errors.

    Raises
    ------
    ValueError
        As in `reliable_change`; for fewer than 1 in `people`.

    Notes
    -----
    Formula: z s sqrt(2 (1 - R)) / sqrt(people).

    Absent when: ``fewer-than-2-respondents``; ``no-spread``.

    References
    ----------
    Beckerman, Roebroeck, Lankhorst, Becher, Bezemer & Verbeek (2001), Quality of Life Research 10;
    de Vet, Terwee, Knol & Bouter (2006), Journal of Clinical Epidemiology 59.
    """
    if people < 1:
        raise ValueError(f"people is 1 or more; received {people!r}")
    limit = _limit(confidence, z)
    r, _ = _reliabilities("jacobson-truax", reliability)
    column = as_column(values)
    norm = _norm(column, column)
    n, words = int((~np.isnan(column)).sum()), f"smallest detectable change, z = {limit:g}"
    if isinstance(norm, str):
        return Estimate.missing(norm, n=n, method=words)
    error = norm.deviations[0] * np.sqrt(2 * (1 - r) / people)
    return Estimate(value=float(limit * error), n=n, method=words)


@dataclass(frozen=True, eq=False)
class _Norm:
    """Means, standard deviations and correlation of the people with both scores."""

    n: int
    means: tuple[float, float]
    deviations: tuple[float, float]
    r: float


@dataclass(frozen=True)
class _Rule:
    """The expected second score, intercept + slope x, and the standard error around it."""

    intercept: float
    slope: float
    error: float


def _limit(confidence: float, z: float | None) -> float:
    """Return the quantile beyond which a change is noted."""
    from scipy.special import ndtri

    check_levels(confidence, ())
    if z is None:
        return float(ndtri(0.5 + confidence / 2))
    if not 0 < z < np.inf:
        raise ValueError(f"z is a positive number; received {z!r}")
    return float(z)


def _scores(first: Any, second: Any) -> tuple[Floats, Floats]:
    x, y = as_column(first, "first"), as_column(second, "second")
    if len(x) != len(y):
        raise ValueError(f"first and second must have one score a person; {len(x)} and {len(y)}")
    return x, y


def _norm(x: Floats, y: Floats) -> _Norm | str:
    """Return what the two scores are like, or why that cannot be told."""
    both = ~np.isnan(x) & ~np.isnan(y)
    a, b = x[both], y[both]
    n = len(a)
    if n < 2:
        return "fewer-than-2-respondents"
    if np.ptp(a) == 0:
        return "no-spread"
    means, deviations = (float(a.mean()), float(b.mean())), (_deviation(a), _deviation(b))
    if deviations[1] == 0:
        return _Norm(n, means, deviations, 0.0)
    r = float(np.clip(np.corrcoef(a, b)[0, 1], -1.0, 1.0))
    return _Norm(n, means, deviations, r)


def _deviation(values: Floats) -> float:
    """Return the standard deviation (n - 1), exactly 0 where all values are equal."""
    return float(values.std(ddof=1)) if np.ptp(values) > 0 else 0.0


def _reliabilities(method: str, given: float | tuple[float, float] | None) -> tuple[float, float]:
    """Return the reliability of each wave; (0, 0) where none is used."""
    if method not in get_args(Method):
        raise ValueError(f"method is one of {', '.join(get_args(Method))}; received {method!r}")
    if method == "regression":
        return 0.0, 0.0
    if given is None:
        raise ValueError(f"{method} needs the reliability of the scores")
    pair = tuple(float(one) for one in np.atleast_1d(np.asarray(given, dtype=np.float64)))
    if len(pair) > (2 if method == "iverson" else 1):
        raise ValueError("one reliability, or for iverson two, one of each wave")
    if not all(0 <= one <= 1 for one in pair):
        raise ValueError(f"a reliability lies between 0 and 1; received {given!r}")
    return pair[0], pair[-1]


def _rule(method: Method, norm: _Norm, reliabilities: tuple[float, float]) -> _Rule | str:
    """Return what a method expects and its standard error, or why there is no error."""
    (m1, m2), (s1, s2) = norm.means, norm.deviations
    r1, r2 = reliabilities
    rise = norm.r * s2 / s1
    lines = {
        "chelune": (m2 - m1, 1.0),
        "regression": (m2 - rise * m1, rise),
        "gulliksen-lord-novick": (m1 * (1 - r1), r1),
        "edwards-nunnally": (m1 * (1 - r1), r1),
    }
    intercept, slope = lines.get(method, (0.0, 1.0))
    variance = {
        "iverson": s1**2 * (1 - r1) + s2**2 * (1 - r2),
        "regression": s2**2 * (1 - norm.r**2),
        "gulliksen-lord-novick": s1**2 * (1 - r1**2),
        "edwards-nunnally": s1**2 * (1 - r1),
    }.get(method, 2 * s1**2 * (1 - r1))
    if variance <= 1e-12 * (s1**2 + s2**2):
        return "no-error-variance"
    return _Rule(intercept, slope, float(np.sqrt(variance)))


def _counted(
    index: PersonValues,
    raw: PersonValues,
    estimates: tuple[Estimate, Estimate, Estimate, Estimate],
    limit: float,
    confidence: float,
) -> ReliableChange:
    """Return the indices with how many people went which way."""
    higher, lower = index.values > limit, index.values < -limit
    known = index.reasons == ""
    return ReliableChange(
        index,
        raw,
        *estimates,
        np.select([higher, lower, known], [HIGHER, LOWER, UNCHANGED], ""),
        int(higher.sum()),
        int(lower.sum()),
        int((known & ~higher & ~lower).sum()),
        share_interval(higher[known], confidence=confidence),
        share_interval(lower[known], confidence=confidence),
    )


def _indices(
    x: Floats, y: Floats, rule: _Rule | str, people: Labels, words: str
) -> tuple[PersonValues, PersonValues]:
    """Return the index and the raw change of each person."""
    none = [("no-answers-in-first", np.isnan(x)), ("no-answers-in-second", np.isnan(y))]
    count = np.where(np.isnan(x), 0, 1) + np.where(np.isnan(y), 0, 1)
    raw = PersonValues(people, y - x, count, reasons_for(x.shape, none), "second - first")
    if isinstance(rule, str):
        reasons = reasons_for(x.shape, [*none, (rule, np.ones(len(x), dtype=bool))])
        return PersonValues(people, np.full(len(x), np.nan), count, reasons, words), raw
    values = (y - rule.intercept - rule.slope * x) / rule.error
    return PersonValues(people, values, count, raw.reasons, words), raw


def _estimates(
    norm: _Norm | str, rule: _Rule | str, limit: float, words: str
) -> tuple[Estimate, Estimate, Estimate, Estimate]:
    """Return standard error, critical difference, correlation and slope."""
    if isinstance(norm, str):
        none = Estimate.missing(norm, method=words)
        return none, none, none, none
    flat = norm.deviations[1] == 0
    r = (
        Estimate.missing("no-spread", n=norm.n, method="Pearson")
        if flat
        else Estimate(value=norm.r, n=norm.n, method="Pearson")
    )
    if isinstance(rule, str):
        none = Estimate.missing(rule, n=norm.n, method=words)
        return none, none, r, none
    error, critical, slope = (
        Estimate(value=one, n=norm.n, method=words)
        for one in (rule.error, limit * rule.error, rule.slope)
    )
    return error, critical, r, slope
