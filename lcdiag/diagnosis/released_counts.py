"""Answers in each category as far as they are released: the distributions anybody may work with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.model import Address, Diagnosis

Place = tuple[str, int]
"""Name of a community, and the wave."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people of a community chose each option of an item in a wave.

    Attributes
    ----------
    at : Address
        Of the count of one of the options.
    low : int
        The lowest option.
    counts : tuple of int
        From the lowest option to the highest.
    """

    at: Address
    low: int
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """Return how many people gave a rating."""
        return sum(self.counts)


def released_counts(diagnosis: Diagnosis) -> Mapping[str, Mapping[Place, Counts]]:
    """Return by item and place the counts of a community of which every option is released.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control. "Don't know" does not count.
    """
    bounds = {item.id: (item.low, item.high) for item in diagnosis.words.items}
    found: dict[str, dict[Place, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    where: dict[tuple[str, Place], Address] = {}
    for measure in diagnosis.measures:
        at, cell = measure.at, measure.cell
        name, _, code = at.statistic.partition(".")
        if name != "count" or at.unit.kind != "community" or not code.isdigit():
            continue
        if isinstance(cell, Estimate) and cell.value is not None:
            place = (at.unit.community, at.wave)
            found[at.subject][place][int(code)] = round(cell.value)
            where.setdefault((at.subject, place), at)
    whole: dict[str, dict[Place, Counts]] = {}
    for item, places in found.items():
        if item not in bounds:
            continue
        low, high = bounds[item]
        codes = range(low, high + 1)
        whole[item] = {
            place: Counts(where[item, place], low, tuple(table[code] for code in codes))
            for place, table in places.items()
            if all(code in table for code in codes)
        }
    return whole
