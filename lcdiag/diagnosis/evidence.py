"""Scored answers arranged for the sections: values by subject, rows by unit; never leaves here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.model import Address, Unit
from lcdiag.instrument.study import Study
from lcdiag.responses.model import ResponseSet
from lcdiag.responses.outside import OutsideRatings
from lcdiag.scoring.model import ScaleScores

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

Kind = Literal[
    "item",
    "scale",
    "paired",
    "directed",
    "outside",
    "shared",
    "count",
    "agreement",
    "change",
    "moved",
    "study",
]
"""What disclosure must know of a measure: which row of its rules holds."""


@dataclass(frozen=True, slots=True)
class RawMeasure:
    """An exact measure before disclosure.

    Attributes
    ----------
    at : Address
        Its key.
    cell : Estimate
        Full precision.
    kind : Kind
        ``item``: mean of single ratings; ``scale``: mean of scores of several items;
        ``paired``: own / others / practice and their gaps; ``directed``: how one party
        sees another; ``count``: answers in one category; ``agreement``: rwg, AD; ``change``:
        difference between waves; ``moved``: how many people changed which way; ``study``: over
        communities; ``outside``: mean of ratings by people who do not sit at the table;
        ``shared``: one person's rating, given to the group.
    n : int
        How many people's answers it rests on.
    people : int
        How many people the unit has: the invited number, or the answers where that is unknown.
    ratings : int
        How many single ratings one person's value averages (1 for an item).
    low, high : float
        Bounds of the value.
    """

    at: Address
    cell: Estimate
    kind: Kind
    n: int
    people: int
    ratings: int = 1
    low: float = 1.0
    high: float = 7.0


@dataclass(frozen=True)
class Evidence:
    """Everything the sections read. Items as asked (not reversed), scales as scored.

    Attributes
    ----------
    study, responses, scores
        What it was made from; row i of `responses` is row i of `scores`.
    exact : bool
        Whether slow exact intervals are wanted where a quick approximation is the default.
    outside : OutsideRatings
        What was seen from outside; nothing that a facilitator did not share.
    """

    study: Study
    responses: ResponseSet
    scores: ScaleScores
    exact: bool = False
    outside: OutsideRatings = field(default_factory=OutsideRatings)

    @cached_property
    def communities(self) -> tuple[str, ...]:
        """Return the communities that have answers, in the order of the study."""
        order = [community.name for community in self.study.settings.communities]
        seen = set(self.responses.community.tolist())
        return tuple([name for name in order if name in seen] + sorted(seen - set(order)))

    @cached_property
    def waves(self) -> tuple[int, ...]:
        """Return the wave numbers that have answers, in order."""
        return tuple(int(wave) for wave in np.unique(self.responses.wave))

    def values(self, subject: str) -> Floats:
        """Return one value a row: item as asked, scale score, NaN where there is none."""
        if subject in self.scores.scales:
            return self.scores.scale(subject)
        return self.responses.column(subject)

    def rows(self, unit: Unit, wave: int) -> Mask:
        """Return the rows of a unit in a wave; wave 0 means all waves."""
        keep = np.ones(len(self.responses), dtype=bool)
        if unit.community:
            keep &= self.responses.community == unit.community
        if unit.kind == "party":
            keep &= self.responses.party == unit.name
        elif unit.kind == "meeting_group":
            keep &= self.responses.meeting_group == unit.name
        elif unit.kind == "sector":
            keep &= self.responses.sector == unit.name
        if wave:
            keep &= self.responses.wave == wave
        return keep


@dataclass(frozen=True)
class Section:
    """One analysis: its name and the function that reads evidence and returns raw measures."""

    name: str
    measure: Callable[[Evidence], list[RawMeasure]]
