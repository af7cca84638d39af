"""A decision in the making for every measure: which grid, or hidden; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis import rounding
from lcdiag.diagnosis.evidence import RawMeasure
from lcdiag.diagnosis.model import Unit

Place = tuple[str, str, str, int]
"""Kind, community and name of a unit, and the wave."""
Key = tuple[str, str, Place]
"""Statistic, subject, place."""

MEANS = ("item", "scale", "paired", "directed", "outside")
"""Kinds whose cell is a mean of people with a strip."""

_HIDDEN = Hidden()


def place_of(unit: Unit, wave: int) -> Place:
    """Return the place of a unit in a wave; a plain tuple, because it is looked up often."""
    return (unit.kind, unit.community, unit.name, wave)


@dataclass(slots=True)
class Draft:
    """One measure and what was decided about it so far.

    Attributes
    ----------
    raw : RawMeasure
        The exact measure.
    grid : float or None
        Width of one rounding step; None where the cell is hidden.
    small : bool
        True where the rules of small cells hold, whatever the number of answers.
    few : bool
        True where fewer answered than the study's own minimum: a row that is shown only because
        every party agreed to it. It is rounded more.
    summed : bool
        True in a small row below the community: the rows around may tell what it adds up to. It
        must stay safe with its sum known.
    step : float
        Distance between two neighbouring values of a person: 1 for a rating and for a sum of
        ratings, 1 / k for a mean of k.
    averaged : bool
        True where a person's value may rest on one rating, and on the mean of several as well, or
        on those of the few parties of a sector: it is rounded as a rating, but its sets of values
        cannot be listed.
    replaced : Estimate or None
        What is rounded instead of the exact cell: a difference of released levels.
    why : str
        The rule that hid it, for the analyst's log; "" where it is shown.
    place : tuple
        Its unit and wave, looked up often.
    """

    raw: RawMeasure
    grid: float | None
    small: bool = False
    few: bool = False
    summed: bool = False
    step: float = 1.0
    averaged: bool = False
    replaced: Estimate | None = None
    why: str = ""
    place: Place = field(init=False)

    def __post_init__(self) -> None:
        at = self.raw.at
        self.place = place_of(at.unit, at.wave)

    @property
    def shown(self) -> bool:
        """Return whether the cell is released."""
        return self.grid is not None

    @property
    def single(self) -> bool:
        """Return whether the rules of single items hold: fewer than three ratings a person."""
        return self.averaged or self.raw.ratings < 3

    @property
    def small_grid(self) -> float:
        """Return the grid of a small cell; a sum of ratings is rounded to whole points."""
        if self.raw.ratings > 1 and self.step == 1.0:
            return 1.0
        if self.few:
            return 1.0 if self.single else 0.5
        return 0.5 if self.single else 0.1

    @property
    def is_mean(self) -> bool:
        """Return whether the cell is a mean of people with a strip."""
        return self.raw.kind in MEANS

    def hide(self, why: str) -> None:
        """Hide the cell by a rule; the first one to do so is remembered."""
        self.grid = None
        self.why = self.why or why

    def coarsen(self, why: str) -> None:
        """Take the next coarser grid, or hide the cell by a rule where there is none."""
        if self.grid is None:
            return
        self.grid = rounding.coarser(self.grid)
        if self.grid is None:
            self.hide(why)
        self.small = True
        self.drop_at_the_end()

    def drop_at_the_end(self) -> None:
        """Hide a small single-item cell, or one of few people, within half a point of an end."""
        value = self.raw.cell.value
        if self.grid is None or not (self.few or (self.small and self.single)) or value is None:
            return
        values = np.array([value])
        if rounding.ends_reached(values, self.grid, self.raw.low, self.raw.high)[0]:
            self.hide("near-the-end")

    def released(self) -> Estimate | Hidden:
        """Return the cell as it may be read."""
        if self.grid is None:
            return _HIDDEN
        if self.raw.kind == "count":
            return self.raw.cell
        return rounding.round_cell(self.replaced or self.raw.cell, self.grid)

    def known_range(self) -> tuple[float, float]:
        """Return between what the exact value lies, as the released cell tells it.

        Within half a step of its rounded value, and within half a step of the middle of every
        strip that is even, because no end of the scale cuts it off. A cell that is not shown is
        taken as known.
        """
        cell, exact = self.released(), self.raw.cell.value or 0.0
        if not isinstance(cell, Estimate) or cell.value is None or self.grid is None:
            return exact, exact
        ends = [(cell.low, cell.high), *((band.low, band.high) for band in cell.bands)]
        middles = [cell.value] + [
            (a + b) / 2
            for a, b in ends
            if a is not None and b is not None and self.raw.low < a and b < self.raw.high
        ]
        return max(middles) - self.grid / 2, min(middles) + self.grid / 2


@dataclass
class Board:
    """All drafts, found by their key and by the table they stand in."""

    drafts: Sequence[Draft]
    _found: dict[Key, Draft] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for draft in self.drafts:
            at = draft.raw.at
            self._found[at.statistic, at.subject, draft.place] = draft

    def find(self, statistic: str, subject: str, place: Place) -> Draft | None:
        """Return the draft at a key, or None."""
        return self._found.get((statistic, subject, place))

    def tables(self) -> Iterator[tuple[Draft | None, list[Draft]]]:
        """Yield for every mean of a community its draft and the rows below it."""
        tables: dict[tuple[str, str, str, int], tuple[list[Draft], list[Draft]]] = {}
        for draft in self.drafts:
            kind, community, _, wave = draft.place
            if not draft.is_mean or kind == "study" or draft.raw.kind == "directed":
                continue
            key = (draft.raw.at.statistic, draft.raw.at.subject, community, wave)
            top, rows = tables.setdefault(key, ([], []))
            (top if kind == "community" else rows).append(draft)
        for top, rows in tables.values():
            yield (top[0] if top else None), rows
