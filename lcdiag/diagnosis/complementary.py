"""Rows below the community: which ones may be shown so that no remainder gives people away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a party, or a sector with the parties in it.

    Attributes
    ----------
    kind : str
        ``"party"`` or ``"sector"``.
    name : str
        Its name.
    n : int
        How many people answered.
    shown : bool
        Whether its own rule (enough answers, enough people) lets it be shown.
    """

    kind: Literal["party", "sector"]
    name: str
    n: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a total when the shown rows in it are taken off.

    Attributes
    ----------
    people : int
        How many people's answers it holds.
    rows : tuple of int
        The answers of each hidden row in it; people without a party count as one row.
    within : str
        The shown sector it is left of, "" for the community.
    """

    people: int
    rows: tuple[int, ...]
    within: str = ""


def rests(
    total: int,
    rows: Sequence[Row],
    sector_of: Mapping[str, str],
    shown: frozenset[tuple[str, str]],
) -> tuple[Rest, ...]:
    """Return all remainders that can be had by subtraction; empty ones are left out.

    Community, sectors and parties are nested, so every number that follows from the shown
    totals is a sum of shown parties and of these remainders, and of nothing finer.

    Parameters
    ----------
    total : int
        Answers of the community.
    rows : sequence of Row
        The sectors and parties with answers.
    sector_of : mapping
        Party to its sector, "" where it has none.
    shown : frozenset of (kind, name)
        Rows that are shown.
    """
    parties = [row for row in rows if row.kind == "party"]
    sectors = [row for row in rows if row.kind == "sector"]
    open_sectors = {row.name for row in sectors if ("sector", row.name) in shown}
    left: dict[str, list[int]] = {name: [] for name in ["", *sorted(open_sectors)]}
    counted: dict[str, int] = dict.fromkeys(left, 0)
    if parties:
        for row in parties:
            home = sector_of.get(row.name, "")
            home = home if home in open_sectors else ""
            counted[home] += row.n
            if ("party", row.name) not in shown:
                left[home].append(row.n)
        sizes = {row.name: row.n for row in sectors}
        for name in open_sectors:
            _add(left[name], sizes[name] - counted[name])
        seen = sum(counted[""] if name == "" else sizes[name] for name in left)
        _add(left[""], total - seen)
    else:
        left = {"": [row.n for row in sectors if row.name not in open_sectors]}
        _add(left[""], total - sum(row.n for row in sectors))
    return tuple(Rest(sum(sizes), tuple(sizes), name) for name, sizes in left.items() if sum(sizes))


def choose_rows(
    total: int, rows: Sequence[Row], sector_of: Mapping[str, str], minimum: int
) -> frozenset[tuple[str, str]]:
    """Return the rows that may be shown together.

    A row is shown when its own rule holds, a sector moreover only with at least two parties that
    have answers; then, while some remainder holds fewer than `minimum` people or a single row,
    the smallest shown row beside it is hidden as well.

    Parameters
    ----------
    total : int
        Answers of the community.
    rows : sequence of Row
        The sectors and parties with answers.
    sector_of : mapping
        Party to its sector.
    minimum : int
        Smallest number of people that a remainder may hold.
    """
    members = [sector_of.get(row.name, "") for row in rows if row.kind == "party"]
    counted = bool(members)
    shown: set[tuple[str, str]] = {
        (row.kind, row.name)
        for row in rows
        if row.shown and (row.kind == "party" or not counted or members.count(row.name) >= 2)
    }
    while True:
        bad = [
            rest
            for rest in rests(total, rows, sector_of, frozenset(shown))
            if rest.people < minimum or len(rest.rows) < 2
        ]
        if not bad or not shown:
            return frozenset(shown)
        beside = [
            row
            for row in rows
            if (row.kind, row.name) in shown and _beside(row, bad[0], sector_of, shown)
        ]
        # an empty list means that only the community's own total is left to subtract from
        smallest = min(beside or [row for row in rows if (row.kind, row.name) in shown], key=_size)
        shown.discard((smallest.kind, smallest.name))


def _beside(
    row: Row, rest: Rest, sector_of: Mapping[str, str], shown: set[tuple[str, str]]
) -> bool:
    """Return whether hiding the row makes this remainder larger."""
    if rest.within:
        return (
            row.name == rest.within
            if row.kind == "sector"
            else sector_of.get(row.name, "") == rest.within
        )
    if row.kind == "sector":
        return True
    return ("sector", sector_of.get(row.name, "")) not in shown


def _size(row: Row) -> tuple[int, str, str]:
    return (row.n, row.kind, row.name)


def _add(sizes: list[int], people: int) -> None:
    if people > 0:
        sizes.append(people)
