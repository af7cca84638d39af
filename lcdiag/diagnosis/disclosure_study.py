"""Measures over the whole study: shown when no community can be worked out from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lcdiag.diagnosis import rounding
from lcdiag.diagnosis.evidence import Evidence, RawMeasure
from lcdiag.instrument.study import Thresholds

_COEFFICIENTS = (
    "alpha",
    "omega",
    "icc",
    "item_rest",
    "lambda",
    "projection",
    "variance_share",
    "social_relations",
)
_ASSOCIATIONS = ("projection",)
_FEWEST_FOR_ASSOCIATION = 30


def study_grid(one: RawMeasure, sizes: Sequence[int], limits: Thresholds) -> float | str:
    """Return the grid of a measure over the study, or the rule that hides it.

    It is shown when the study has at least as many answers as the exact threshold and, for every
    community in it, the others together have enough people. A mean of answers (the control
    margin) moreover needs three communities or one: with two, each could take its own part off and
    read the other's.

    Parameters
    ----------
    one : RawMeasure
        The measure.
    sizes : sequence of int
        How many people each community has in its wave.
    limits : Thresholds
        Of the study.
    """
    if one.cell.method == "stated" or one.at.statistic == "power":
        return rounding.SHARE
    if sum(sizes) < limits.exact:
        return "few-answers"
    if one.at.statistic in _ASSOCIATIONS and one.n < _FEWEST_FOR_ASSOCIATION:
        return "few-answers"
    if len(sizes) > 1 and sum(sizes) - max(sizes) < limits.minimum:
        return "one-community-shows-through"
    if not _rests_on_enough(one, limits):
        return "few-answers"
    if is_coefficient(one):
        return rounding.SHARE
    return "one-community-shows-through" if len(sizes) == 2 else rounding.EXACT


def _rests_on_enough(one: RawMeasure, limits: Thresholds) -> bool:
    """Return whether a number about parties that rate each other rests on enough of the study.

    The model leaves communities out, so what enters is counted by itself. A narrow spread would
    say that every party sees every other as the community's number says. It is shown only where
    its rounding leaves room for one mean to lie a point off: the sum of squares of m means with
    spread s is known up to 0.2 m s at best.
    """
    if one.at.statistic == "directed_spread":
        wide = (one.cell.value or 0.0) * (one.cell.n - 1) * 2 * rounding.EXACT
        return one.cell.value is None or wide >= 1.0
    if one.at.statistic.startswith("social_relations"):
        return one.people >= limits.exact and one.n >= limits.minimum
    return True


def is_coefficient(one: RawMeasure) -> bool:
    """Return whether the number says how well is measured, not what was answered."""
    return any(name in one.at.statistic for name in _COEFFICIENTS)


def community_sizes(evidence: Evidence, wave: int) -> list[int]:
    """Return how many people each community has in a wave; wave 0 counts every person once."""
    responses = evidence.responses
    rows = np.ones(len(responses), dtype=bool) if wave == 0 else responses.wave == wave
    sizes = []
    for community in evidence.communities:
        here = rows & (responses.community == community)
        if here.any():
            sizes.append(len(set(responses.person[here].tolist())))
    return sizes
