"""Own view, estimated view of others, practice: the gaps between them, and how sure we are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.agreement_interval import agreement_interval
from lcdiag.statistics.arrays import Floats, as_grouping, as_matrix, person_means
from lcdiag.statistics.intervals import (
    BANDS,
    check_bounds,
    check_levels,
    correlation_interval,
    share_interval,
)
from lcdiag.statistics.means import group_moments, mean_interval
from lcdiag.statistics.polarisation import polarisation, polarisation_by_group

__all__ = [
    "HiddenConsensus",
    "abilene_gap",
    "control_margin",
    "hidden_consensus",
    "perception_gap",
    "person_gaps",
    "polarisation",
    "polarisation_by_group",
    "projection",
]

Bounds = tuple[float, float]


def person_gaps(own: Any, other: Any) -> Floats:
    """Return each person's mean gap own - other over the topics that have both ratings.

    Parameters
    ----------
    own, other : array_like, shape (n, t) or (n,)
        Ratings of t topics on one scale; NaN = missing.

    Returns
    -------
    array, shape (n,)
        NaN for a person without a topic that has both.

    Raises
    ------
    ValueError
        If the shapes differ, or for text or infinite values.
    """
    first, second = _rated_twice(own, other)
    return person_means(first - second)


def perception_gap(
    own: Any,
    others: Any,
    *,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
    bounds: Bounds | None = None,
) -> Estimate:
    """Return what people want, minus what they think the others want.

    Per person the mean of own - others over topics, then the mean over persons with its t
    interval: a person counts once, however many topics were rated.

    Parameters
    ----------
    own, others : array_like, shape (n, t) or (n,)
        Ratings on one scale; NaN = missing.
    confidence, bands
        As in `means.mean_interval`.
    bounds : tuple of float, optional
        Bounds of the ratings; limits stay within -/+ (high - low).

    Returns
    -------
    Estimate
        In points of the scale; `n` is the number of persons.

    Notes
    -----
    Formula: mean over people of (own view - view ascribed to the others), each over topics.

    Absent when: ``no-answers``. Over a whole group mean(own) - mean(others) is the leave-one-out
    error of the group's norm estimate with its sign turned: the mean over persons of the mean
    own view of everybody else equals mean(own) when nothing is missing.

    References
    ----------
    Prentice & Miller (1993), Journal of Personality and Social Psychology 64(2), on the gap
    between own views and the views ascribed to others.
    """
    return _gap(own, others, confidence, bands, bounds)


def abilene_gap(
    own: Any,
    practice: Any,
    *,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
    bounds: Bounds | None = None,
) -> Estimate:
    """Return what people want, minus what they see the group do.

    Computed as `perception_gap`. Alone it says that practice lags wishes, nothing more.

    Parameters
    ----------
    own, practice : array_like, shape (n, t) or (n,)
        Ratings on one scale; NaN = missing.
    confidence, bands, bounds
        As in `perception_gap`.

    Notes
    -----
    Formula: mean over people of (own view - practice), each over topics.

    Absent when: ``no-answers``.

    References
    ----------
    Harvey (1974), The Abilene paradox, Organizational Dynamics 3(1).
    """
    return _gap(own, practice, confidence, bands, bounds)


def _gap(
    own: Any, other: Any, confidence: float, bands: Sequence[float], bounds: Bounds | None
) -> Estimate:
    scale = check_bounds(bounds)
    reach = None if scale is None else (scale[0] - scale[1], scale[1] - scale[0])
    return mean_interval(person_gaps(own, other), confidence=confidence, bands=bands, bounds=reach)


@dataclass(frozen=True, slots=True)
class HiddenConsensus:
    """Whether a group privately shares a view, and how closely.

    Attributes
    ----------
    own : Estimate
        Mean own view, pooled over topics per person.
    share : Estimate
        Share of persons whose pooled own view lies above the midpoint (Wilson interval).
    agreement : Estimate
        r*wg(J) of the own views against the uniform null, with a jackknife interval over persons.
    midpoint : float
        Of the scale.
    """

    own: Estimate
    share: Estimate
    agreement: Estimate
    midpoint: float

    @property
    def holds(self) -> bool:
        """Whether the whole interval of the own view lies above the midpoint."""
        return self.own.low is not None and self.own.low > self.midpoint


def hidden_consensus(
    own: Any,
    *,
    bounds: Bounds,
    midpoint: float | None = None,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
) -> HiddenConsensus:
    """Return the private view of a group on topics that are all asked in one direction.

    Parameters
    ----------
    own : array_like, shape (n, t) or (n,)
        Own ratings; NaN = missing.
    bounds : tuple of float
        Bounds of the ratings, whole numbers of options.
    midpoint : float, optional
        What the view is held against; the middle of the bounds where it is not given.
    confidence, bands
        As in `means.mean_interval`.

    Notes
    -----
    Absent when: ``no-answers``; the agreement also ``fewer-than-3-people`` (a jackknife needs
    three).

    References
    ----------
    Wilson (1927), JASA 22; Lindell, Brandt & Whitney (1999), Applied Psychological Measurement
    23(2), for r*wg(J); Efron & Stein (1981), Annals of Statistics 9(3), for the jackknife.
    """
    matrix = as_matrix(own, "own")
    low, high = check_bounds(bounds) or bounds
    middle = (low + high) / 2 if midpoint is None else float(midpoint)
    pooled = person_means(matrix)
    held = pooled[~np.isnan(pooled)]
    return HiddenConsensus(
        own=mean_interval(pooled, confidence=confidence, bands=bands, bounds=(low, high)),
        share=share_interval(held > middle, confidence=confidence, bands=bands),
        agreement=agreement_interval(
            matrix, ((high - low + 1) ** 2 - 1) / 12, confidence=confidence, bands=bands
        ),
        midpoint=middle,
    )


def control_margin(
    own: Any,
    other: Any,
    groups: Any,
    *,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
    bounds: Bounds | None = None,
) -> Estimate:
    """Return the everyday gap on control topics, pooled over all communities of a study.

    Per person the mean gap over the control topics, then the mean over all persons, with an
    interval that respects that people of one community resemble each other (CR2, t with g - 1).

    Parameters
    ----------
    own, other : array_like, shape (n, t) or (n,)
        Ratings of the control topics; `other` is the others' view or the practice.
    groups : array_like, shape (n,)
        Community of each person.
    confidence, bands, bounds
        As in `perception_gap`.

    Notes
    -----
    Absent when: ``no-answers``; ``fewer-than-2-groups``: one group's own control topics never
    set its own margin.

    References
    ----------
    Bell & McCaffrey (2002), Survey Methodology 28(2).
    """
    scale = check_bounds(bounds)
    reach = None if scale is None else (scale[0] - scale[1], scale[1] - scale[0])
    gaps = person_gaps(own, other)
    return mean_interval(gaps, confidence=confidence, bands=bands, bounds=reach, cluster=groups)


def projection(
    own: Any,
    others: Any,
    groups: Any,
    *,
    centre: Literal["community", "community-and-person"] = "community",
    minimum: int = 30,
    confidence: float = 0.95,
    bands: Sequence[float] = BANDS,
) -> Estimate:
    """Return how far people who want more also think that the others want more: r(own, others).

    Parameters
    ----------
    own, others : array_like, shape (n, t) or (n,)
        Ratings on one scale; NaN = missing.
    groups : array_like, shape (n,)
        Community of each person.
    centre : {"community", "community-and-person"}
        ``community``: both ratings pooled over topics per person, minus their community's mean;
        one pair a person. ``community-and-person``: per topic, minus the community's mean on
        that topic, then minus the person's own mean, which takes out a person's habit of ticking
        high or low; a pair for each topic, and the interval counts persons, not pairs.
    minimum : int
        Fewer persons give no value.
    confidence, bands
        Of Fisher's interval, on persons minus communities degrees of freedom.

    Notes
    -----
    Absent when: ``fewer-than-30-people`` (the minimum); ``no-spread``. A community with one
    person says nothing about differences within communities and is left out.

    References
    ----------
    Ross, Greene & House (1977), Journal of Experimental Social Psychology 13(3); Fisher (1921).
    """
    levels = check_levels(confidence, bands)
    if centre not in ("community", "community-and-person"):
        raise ValueError(f"centre is 'community' or 'community-and-person'; received {centre!r}")
    first, second = _rated_twice(own, others)
    by_person = centre == "community-and-person"
    if not by_person:
        first, second = person_means(first)[:, None], person_means(second)[:, None]
    o, people, communities = _centred(first, groups, by_person)
    e, _, _ = _centred(second, groups, by_person)
    name = f"fisher, centred per {centre.replace('-', ' ')}"
    if people < minimum:
        return Estimate.missing(f"fewer-than-{minimum}-people", n=people, method=name)
    scale = float(np.sqrt((o @ o) * (e @ e)))
    if scale <= 1e-12 * max(len(o), 1):
        return Estimate.missing("no-spread", n=people, method=name)
    r = float(np.clip(o @ e / scale, -1.0, 1.0))
    freedom = people - communities - 2
    return correlation_interval(
        r, freedom, n=people, method=name, confidence=confidence, bands=levels
    )


def _rated_twice(own: Any, others: Any) -> tuple[Floats, Floats]:
    """Return both ratings, blank where one of them is missing."""
    first, second = as_matrix(own, "own"), as_matrix(others, "others")
    if first.shape != second.shape:
        raise ValueError(
            f"the two ratings must have one shape; received {first.shape} and {second.shape}"
        )
    hole = np.isnan(first) | np.isnan(second)
    return np.where(hole, np.nan, first), np.where(hole, np.nan, second)


def _centred(matrix: Floats, groups: Any, by_person: bool) -> tuple[Floats, int, int]:
    """Return the ratings minus their community's mean (and their person's), persons, communities.

    Communities with one person are left out.
    """
    grouping = as_grouping(groups, len(matrix))
    answered = ~np.isnan(matrix).all(axis=1)
    sizes = np.bincount(grouping.codes[answered], minlength=len(grouping))
    kept = answered & (sizes[grouping.codes] > 1)
    _, mean, _ = group_moments(matrix, grouping)
    out = matrix[kept] - mean[grouping.codes[kept]]
    if by_person:
        out = out - person_means(out)[:, None]
    return out[~np.isnan(out)], int(kept.sum()), int((sizes > 1).sum())
