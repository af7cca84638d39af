"""Whether a scale measures the same in every group, or at every wave of the same people.

Forks
-----
cluster : array_like, shape (n,), optional
    Communities (in a list of waves, of each person): scaled tests count communities.
missing : {"listwise", "fiml"}
    Complete rows (of waves: people complete in every wave), or every answer.
confidence : float
    Of the intervals of RMSEA.

Notes
-----
Formula: groups: Sigma_g = phi_g l_g l_g' + diag(own_g), means t_g + a_g l_g. Waves are one
model of all answers of a person, with factors related over waves and related own parts of
the same item; waves of the same people are never taken as independent groups. Each step is
tested against the one before: chi-square difference, plain and scaled (Satorra & Bentler
2001), and the changes of CFI and RMSEA (a CFI that falls by more than 0.01 speaks against
equality).

Agrees with lavaan 0.6-14 (cfa with group.equal; two factors with related residuals;
estimators ML and MLR; missing = "fiml"; cluster).

References
----------
Meredith (1993), Psychometrika 58; Cheung & Rensvold (2002), Structural Equation Modeling 9;
Satorra & Bentler (2001), Psychometrika 66.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import Floats, Grouping, Labels, as_grouping, as_matrix
from lcdiag.statistics.intervals import check_levels
from lcdiag.statistics.invariance_models import LEVELS, over_groups, over_waves
from lcdiag.statistics.invariance_steps import (
    Invariance,
    InvarianceStep,
    cannot_be_judged,
    judged,
)
from lcdiag.statistics.model_fit import saturate
from lcdiag.statistics.moments import centred_moments
from lcdiag.statistics.one_factor_data import why_no_model
from lcdiag.statistics.patterns import patterns_of

__all__ = ["Invariance", "InvarianceStep", "measurement_invariance"]

_MOST = 40
"""Groups (or items over all waves), beyond which the models have too many parameters."""


def measurement_invariance(
    items: Any,
    groups: Any = None,
    *,
    persons: Any = None,
    cluster: Any = None,
    missing: Literal["listwise", "fiml"] = "listwise",
    confidence: float = 0.90,
) -> Invariance:
    """Return how well one factor fits with nothing, loadings, and intercepts too held equal.

    Parameters
    ----------
    items : array_like or DataFrame, shape (n, k); or a list of these, one a wave
        Reversed items turned beforehand; NaN = missing. In a list, row i is the same person in
        every wave, and the items stand in the same order.
    groups : array_like, shape (n,), optional
        Groups of different people; or, with `persons`, the wave of each row.
    persons : array_like, shape (n,), optional
        Who answered: the same label in two waves is the same person.
    cluster, missing, confidence
        See the forks and notes of this module.

    Returns
    -------
    Invariance

    Raises
    ------
    ValueError
        For text, infinite values, waves of different shapes, a person twice in a wave, or neither
        groups nor a list of waves.

    Notes
    -----
    Absent when: ``fewer-than-2-groups`` (waves); ``too-many-groups`` (over 40; or over 40 items
    in all waves); ``fewer-than-3-items``; ``no-person-in-two-waves``;
    ``fewer-people-than-parameters`` (in a group, of its configural model); in a group (`method`
    names it) ``empty-item``, ``constant-item``, ``no-overlap``, ``fewer-than-2-respondents``;
    ``fewer-than-2-clusters``; ``not-positive-definite``; a step alone: ``no-convergence``.
    """
    if missing not in ("listwise", "fiml"):
        raise ValueError(f"missing is 'listwise' or 'fiml'; received {missing!r}")
    check_levels(confidence, ())
    name = f"ml, {missing}" + ("" if cluster is None else ", by cluster")
    if groups is None:
        if persons is not None or not isinstance(items, (list, tuple)) or not _are_waves(items):
            raise ValueError("give groups, or a list of waves with one matrix each")
        wide, labels = _side_by_side(items)
        return _of_waves(wide, labels, cluster, missing, f"waves, {name}", confidence)
    rows = as_matrix(items)
    grouping = as_grouping(groups, len(rows))
    if persons is None:
        return _of_groups(rows, grouping, cluster, missing, f"groups, {name}", confidence)
    wide, who = _by_person(rows, grouping, persons, cluster)
    name = f"waves, {name}"
    if not (_seen(wide, len(grouping)).sum(axis=1) > 1).any() and len(grouping) > 1:
        n = _seen(wide, len(grouping)).sum(axis=0)
        return cannot_be_judged("no-person-in-two-waves", grouping.labels, n, name)
    return _of_waves(wide, grouping.labels, who, missing, name, confidence)


def _are_waves(items: Sequence[Any]) -> bool:
    return all(np.ndim(wave) == 2 for wave in items)


def _side_by_side(waves: Sequence[Any]) -> tuple[Floats, Labels]:
    """Return the answers of each person to all waves, and the waves' numbers."""
    matrices = [as_matrix(wave, f"wave {number}") for number, wave in enumerate(waves)]
    if len({matrix.shape for matrix in matrices}) > 1:
        shapes = [matrix.shape for matrix in matrices]
        raise ValueError(f"waves must have the same people and items; received {shapes}")
    wide = np.concatenate(matrices, axis=1) if matrices else np.empty((0, 0))
    return wide, np.arange(len(matrices))


def _by_person(
    rows: Floats, waves: Grouping, persons: Any, cluster: Any
) -> tuple[Floats, Labels | None]:
    """Return one row a person over all waves, and each person's community (of the first row)."""
    people = as_grouping(persons, len(rows))
    place = people.codes * len(waves) + waves.codes
    if len(np.unique(place)) < len(place):
        raise ValueError("a person can answer once in a wave; some occur twice")
    k = rows.shape[1]
    wide = np.full((len(people), len(waves), k), np.nan)
    wide[people.codes, waves.codes] = rows
    if cluster is None:
        return wide.reshape(len(people), len(waves) * k), None
    _, first = np.unique(people.codes, return_index=True)
    return wide.reshape(len(people), len(waves) * k), as_grouping(cluster, len(rows)).codes[first]


def _seen(wide: Floats, waves: int) -> np.typing.NDArray[np.bool_]:
    """Return whether each person has any answer in each wave, (n, waves)."""
    each = wide.shape[1] // max(waves, 1)
    held = ~np.isnan(wide).reshape(len(wide), waves, each)
    return np.asarray(held.any(axis=2))


def _of_groups(
    rows: Floats, grouping: Grouping, cluster: Any, missing: str, name: str, confidence: float
) -> Invariance:
    """Return the steps over groups of different people."""
    communities = None if cluster is None else as_grouping(cluster, len(rows))
    held = ~np.isnan(rows)
    kept = held.all(axis=1) if missing == "listwise" else held.any(axis=1)
    n = np.bincount(grouping.codes[kept], minlength=len(grouping))
    k = rows.shape[1]
    if len(grouping) < 2:
        return cannot_be_judged("fewer-than-2-groups", grouping.labels, n, name)
    if len(grouping) > _MOST:
        return cannot_be_judged("too-many-groups", grouping.labels, n, name)
    if communities is not None:
        communities = as_grouping(communities.codes[kept], int(kept.sum()))
    parts, clusters = [], []
    inside = grouping.codes[kept]
    for number, label in enumerate(grouping.labels):
        mine = rows[kept][inside == number]
        whole = rows[grouping.codes == number]
        reason = why_no_model(centred_moments(whole), missing) or (
            "fewer-people-than-parameters" if len(mine) < 3 * k else ""
        )
        if reason:
            return cannot_be_judged(reason, grouping.labels, n, f"{name}, group {label}")
        parts.append(patterns_of(mine))
        if communities is not None:
            clusters.append(Grouping(communities.labels, communities.codes[inside == number]))
    if communities is not None and len(communities) < 2:
        return cannot_be_judged("fewer-than-2-clusters", grouping.labels, n, name)
    against = saturate(parts, clusters or None)
    if isinstance(against, str):
        return cannot_be_judged(against, grouping.labels, n, name)
    proposals = [over_groups(against, level) for level in LEVELS]
    return judged(against, proposals, grouping.labels, n, name, confidence)


def _of_waves(
    wide: Floats, labels: Labels, cluster: Any, missing: str, name: str, confidence: float
) -> Invariance:
    """Return the steps over waves of the same people; (n, waves x k)."""
    waves = len(labels)
    communities = None if cluster is None else as_grouping(cluster, len(wide))
    if waves < 2:
        return cannot_be_judged("fewer-than-2-groups", labels, np.full(waves, len(wide)), name)
    k = wide.shape[1] // waves
    held = ~np.isnan(wide)
    kept = held.all(axis=1) if missing == "listwise" else held.any(axis=1)
    rows = wide[kept]
    n = _seen(rows, waves).sum(axis=0) if k else np.zeros(waves, dtype=np.int64)
    if waves * k > _MOST:
        return cannot_be_judged("too-many-groups", labels, n, name)
    for number, label in enumerate(labels):
        mine = wide[:, number * k : (number + 1) * k]
        reason = why_no_model(centred_moments(mine), missing)
        if reason:
            return cannot_be_judged(reason, labels, n, f"{name}, wave {label}")
    reason = why_no_model(centred_moments(wide), missing)
    pairs = waves * (waves - 1) // 2
    if not reason and len(rows) < 3 * waves * k + pairs * (k + 1):
        reason = "fewer-people-than-parameters"
    clusters = None
    if communities is not None and not reason:
        clusters = [as_grouping(communities.codes[kept], len(rows))]
        reason = "fewer-than-2-clusters" if len(clusters[0]) < 2 else ""
    against = reason or saturate([patterns_of(rows)], clusters)
    if isinstance(against, str):
        return cannot_be_judged(against, labels, n, name)
    proposals = [over_waves(against, level, waves) for level in LEVELS]
    return judged(against, proposals, labels, n, name, confidence)
