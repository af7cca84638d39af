"""Differences between units, with effect sizes and a correction for their number.

Forks
-----
against : {"pairs", "rest"}
    Every unit against every later one in label order; or against the people of all others.
test : {"welch", "permutation"}
    Welch's t; or shuffled labels (`resample.permutation_test`) of the two units, which needs
    `rng`. The interval is Welch's in both.
correction : {"fdr", "holm", "none"}
    Of the p-values for their number: Benjamini and Hochberg's false discovery rate, Holm's
    family-wise error, or not at all.
effect : {"hedges", "cohen"}
    The standardised difference with or without the correction 1 - 3 / (4 n - 9) for few people.
cluster : array_like, shape (n,), optional
    Community of each person: the error and test of the difference are cluster-robust (CR2,
    Satterthwaite's degrees of freedom), also where communities hold people of both units.
    Shuffling then stays within communities that hold both, or moves whole communities.
confidence, bands : float, sequence of float
    As in `means.mean_interval`.
rng : numpy.random.Generator, optional
    The source of chance of permutations.
permutations : int
    How many are drawn for each contrast.

Notes
-----
Formula: d = difference / s, with s^2 the pooled variance of the two; its error is the root of
e^2 / s^2 + d^2 / (2 n), where e^2 / s^2 is 1 / n1 + 1 / n2 without clusters and comes from the
robust error with them, and the quantile is that of t with n - 2 (or the robust) degrees of
freedom. Common language by counting pairs; limits on the logit scale with the error and the
degrees of freedom of Brunner and Munzel, and none where clusters are given or all of one unit
are higher than all of the other.

Agrees with pingouin 0.7 (``ttest``, ``compute_effsize``, ``multicomp``), R 4.2 (``t.test``,
``p.adjust``) and scipy (``brunnermunzel``).

References
----------
Welch (1947), Biometrika 34; Hedges (1981), Journal of Educational Statistics 6(2); Brunner &
Munzel (2000), Biometrical Journal 42(1); Benjamini & Hochberg (1995), Journal of the Royal
Statistical Society B 57(1); Holm (1979), Scandinavian Journal of Statistics 6(2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Floats, Labels, as_column, as_grouping, renumbered
from lcdiag.statistics.contrast_common_language import common_language
from lcdiag.statistics.contrast_differences import Codes, Differences, differences
from lcdiag.statistics.contrast_permutation import permuted
from lcdiag.statistics.contrast_result import Contrasts, Measure
from lcdiag.statistics.intervals import check_levels, t_quantile

__all__ = ["Contrasts", "contrasts"]

Against = Literal["pairs", "rest"]
Test = Literal["welch", "permutation"]
Correction = Literal["fdr", "holm", "none"]
Effect = Literal["hedges", "cohen"]

_MOST = 200_000


def contrasts(
    values: Any,
    groups: Any,
    *,
    against: Against = "pairs",
    test: Test = "welch",
    correction: Correction = "fdr",
    effect: Effect = "hedges",
    cluster: Any = None,
    confidence: float = 0.95,
    bands: Sequence[float] = (),
    rng: np.random.Generator | None = None,
    permutations: int = 9999,
) -> Contrasts:
    """Return how much units differ, how surely, and how large that is beside their spread.

    Contrasts stand in the order of the labels; nothing is ranked.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value a person; NaN = missing.
    groups : array_like, shape (n,)
        The unit of each person.
    against, test, correction, effect, cluster, confidence, bands, rng, permutations
        See the forks and notes of this module.

    Returns
    -------
    Contrasts
        difference (mean of `one` - mean of `other`), standardised and common_language (the chance
        that somebody of `one` is higher than somebody of `other`, half of the ties added), each
        with limits; t, freedom, p and adjusted p.

    Raises
    ------
    ValueError
        For text, infinite values, missing labels, an unknown fork, permutations without a
        generator, or more than 200,000 pairs.

    Notes
    -----
    Absent when: ``no-answers`` (of either side); p also ``fewer-than-2-answers`` (in either),
    ``fewer-than-2-clusters`` (with people of either), ``no-spread``; the standardised difference
    ``fewer-than-3-answers`` in all or ``no-spread`` where the pooled variance is 0. The correction
    counts the contrasts with a p.
    """
    _check(against, test, correction, effect, rng)
    wanted = (confidence, *check_levels(confidence, bands))
    column = as_column(values)
    grouping = as_grouping(groups, len(column))
    held = ~np.isnan(column)
    codes, k = grouping.codes[held], len(grouping)
    one, other = _sides(k, against)
    clusters = None if cluster is None else renumbered(as_grouping(cluster, len(column)), held)
    people = _People(column[held], codes, clusters, k, one, other)
    asked = _Asked(against, test, correction, effect, permutations)
    return _worked_out(people, grouping.labels, asked, wanted, rng)


@dataclass(frozen=True, eq=False)
class _People:
    """Who stands on which side of which contrast."""

    y: Floats
    codes: Codes
    clusters: Codes | None
    units: int
    one: Codes
    other: Codes


@dataclass(frozen=True, slots=True)
class _Asked:
    """The forks."""

    against: Against
    test: Test
    correction: Correction
    effect: Effect
    permutations: int


def _worked_out(
    who: _People,
    labels: Labels,
    asked: _Asked,
    wanted: tuple[float, ...],
    rng: np.random.Generator | None,
) -> Contrasts:
    """Return the contrasts of these people."""
    found = differences(who.y, who.codes, who.clusters, who.units, who.one, who.other)
    p = found.p
    if asked.test == "permutation":
        assert rng is not None
        sides, reasons = (who.one, who.other), found.reasons
        p = permuted(
            who.y, who.codes, who.clusters, who.units, sides, reasons, rng, asked.permutations
        )
    name = "t, cluster-robust" if who.clusters is not None else "welch"
    rest = np.full(len(who.one), "rest", dtype=object)
    return Contrasts(
        one=labels[who.one],
        other=rest if asked.against == "rest" else labels[who.other],
        n_one=found.n_one,
        n_other=found.n_other,
        difference=_measure(name, found.difference, found.error, found.freedom, wanted),
        standardised=_standardised(found, asked.effect, wanted),
        common_language=_common_language(who, wanted),
        t=found.t,
        freedom=found.freedom,
        p=p,
        adjusted=_adjusted(p, asked.correction),
        reasons=found.reasons,
        test=f"permutation, {asked.permutations} draws" if asked.test == "permutation" else name,
        correction=asked.correction,
    )


def _common_language(who: _People, wanted: tuple[float, ...]) -> Measure:
    """Return the chance to be higher; without limits where people sit in clusters."""
    sides = (who.one, who.other)
    return common_language(who.y, who.codes, who.units, sides, wanted, who.clusters is None)


def _check(against: str, test: str, correction: str, effect: str, rng: Any) -> None:
    for name, value, forks in (
        ("against", against, ("pairs", "rest")),
        ("test", test, ("welch", "permutation")),
        ("correction", correction, ("fdr", "holm", "none")),
        ("effect", effect, ("hedges", "cohen")),
    ):
        if value not in forks:
            raise ValueError(f"{name} is one of {', '.join(forks)}; received {value!r}")
    if test == "permutation" and not isinstance(rng, np.random.Generator):
        raise ValueError("a permutation test needs rng, a numpy.random.Generator")


def _sides(k: int, against: Against) -> tuple[Codes, Codes]:
    """Return the units of each contrast; k + i is everybody who is not in unit i."""
    if against == "rest":
        units = np.arange(k)
        return units, units + k
    if k * (k - 1) // 2 > _MOST:
        raise ValueError(f"{k} units make too many pairs; ask for against='rest'")
    one, other = np.triu_indices(k, 1)
    return one.astype(np.intp), other.astype(np.intp)


def _measure(
    name: str, value: Floats, error: Floats, freedom: Floats, levels: Sequence[float]
) -> Measure:
    limits = []
    for level in levels:
        half = t_quantile(freedom, level) * error
        limits.append((level, value - half, value + half))
    return Measure(value, tuple(limits), name)


def _standardised(found: Differences, effect: Effect, levels: Sequence[float]) -> Measure:
    """Return the difference in pooled standard deviations."""
    from pingouin import convert_effsize

    n = found.n_one + found.n_other
    robust = found.clustered
    d = found.difference / found.pooled
    with np.errstate(divide="ignore"):  # sides without people have no pooled deviation either
        free = 1 / found.n_one + 1 / found.n_other
    if robust:
        free = (found.error / found.pooled) ** 2
    value = np.asarray(d, dtype=np.float64)
    if effect == "hedges":
        value = np.asarray(convert_effsize(d, "cohen", "hedges", found.n_one, found.n_other))
    error = np.sqrt(free + value**2 / (2 * np.maximum(n, 1)))
    freedom = found.freedom if robust else np.maximum(n - 2, 0).astype(np.float64)
    name = f"{effect}, " + ("t, cluster-robust" if robust else "t")
    return _measure(name, value, error, freedom, levels)


def _adjusted(p: Floats, correction: Correction) -> Floats:
    from pingouin import multicomp

    names = {"fdr": "fdr_bh", "holm": "holm", "none": "none"}
    return np.asarray(multicomp(p, method=names[correction])[1], dtype=np.float64)
