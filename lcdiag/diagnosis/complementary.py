"""Rows below the community: which ones may be shown so that no remainder gives people away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Name = tuple[str, str]
"""Kind and name of a row."""

FEWEST_PARTIES = 2
"""A sector in which one party alone answered, or is rated, is that party by another name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a party or meeting group, or a sector with the parties in it.

    Attributes
    ----------
    kind : str
        ``"party"``, ``"meeting_group"`` or ``"sector"``. Groups and parties never share a table.
    name : str
        Its name.
    n : int
        How many people answered.
    shown : bool
        Whether its own rule (enough answers, enough people) lets it be shown.
    total : float
        Sum of the persons' values.
    least, most : float
        The smallest and largest value of a person in it.
    """

    kind: Literal["party", "meeting_group", "sector"]
    name: str
    n: int
    shown: bool
    total: float = 0.0
    least: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a total when the shown rows in it are taken off.

    Attributes
    ----------
    people : int
        How many people's answers it holds.
    rows : tuple of Row
        The hidden rows in it; people without a party or group count as one row.
    within : str
        The shown sector it is left of, "" for the community.
    """

    people: int
    rows: tuple[Row, ...]
    within: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of one community, wave and subject, with the community's own total.

    Attributes
    ----------
    whole : Row
        The community.
    rows : tuple of Row
        Sectors and parties, or meeting groups, with answers.
    sector_of : mapping
        Party to its sector, "" where it has none.
    minimum : int
        Smallest number of people that a remainder may hold.
    """

    whole: Row
    rows: tuple[Row, ...]
    sector_of: Mapping[str, str]
    minimum: int

    def rests(self, shown: frozenset[Name]) -> tuple[Rest, ...]:
        """Return all remainders that can be had by subtraction; empty ones are left out.

        Community, sectors and parties are nested, so every number that follows from the shown
        totals is a sum of shown parties and of these remainders, and of nothing finer.
        """
        sectors = {row.name: row for row in self.rows if row.kind == "sector"}
        parties = [row for row in self.rows if row.kind != "sector"]
        homes = {"": self.whole} | {
            name: row for name, row in sectors.items() if ("sector", name) in shown
        }
        if not parties:
            hidden = [row for row in sectors.values() if ("sector", row.name) not in shown]
            return _rest(self.whole, "", list(sectors.values()), hidden)
        found: tuple[Rest, ...] = ()
        for name, home in homes.items():
            inside = [row for row in parties if self._home(row, homes) == name]
            hidden = [row for row in inside if (row.kind, row.name) not in shown]
            if not name:
                inside += [row for other, row in homes.items() if other]
            found += _rest(home, name, inside, hidden)
        return found

    def choose(self, safe: Callable[[Rest], bool] = lambda _: True) -> frozenset[Name]:
        """Return the rows that may be shown together.

        A row is shown when its own rule holds, a sector moreover only with at least two parties
        that have answers. Then, while some remainder holds too few people, a single row, or is
        not safe, the smallest shown row beside it is hidden as well.

        Parameters
        ----------
        safe : callable
            Whether the hidden rows of a remainder stay hidden when its total is known.
        """
        members = [self.sector_of.get(row.name, "") for row in self.rows if row.kind == "party"]
        shown: set[Name] = {
            (row.kind, row.name)
            for row in self.rows
            if row.shown
            and (row.kind != "sector" or not members or members.count(row.name) >= FEWEST_PARTIES)
        }
        while shown:
            bad = [
                rest
                for rest in self.rests(frozenset(shown))
                if rest.people < self.minimum or len(rest.rows) < 2 or not safe(rest)
            ]
            if not bad:
                break
            left = [row for row in self.rows if (row.kind, row.name) in shown]
            beside = [row for row in left if self._beside(row, bad[0], shown)]
            smallest = min(beside or left, key=lambda row: (row.n, row.kind, row.name))
            shown.discard((smallest.kind, smallest.name))
        return frozenset(shown)

    def _home(self, row: Row, homes: Mapping[str, Row]) -> str:
        sector = self.sector_of.get(row.name, "")
        return sector if sector in homes else ""

    def _beside(self, row: Row, rest: Rest, shown: set[Name]) -> bool:
        """Return whether hiding the row makes this remainder larger."""
        sector = row.name if row.kind == "sector" else self.sector_of.get(row.name, "")
        if rest.within:
            return sector == rest.within
        return row.kind == "sector" or ("sector", sector) not in shown


def _rest(home: Row, name: str, inside: list[Row], hidden: list[Row]) -> tuple[Rest, ...]:
    """Return what is left of a row when those inside it that are not hidden are taken off."""
    people = home.n - sum(row.n for row in inside)
    rows = [row for row in hidden if row.n]
    if people > 0:
        total = home.total - sum(row.total for row in inside)
        rows.append(Row("party", "", people, False, total, home.least, home.most))
    size = sum(row.n for row in rows)
    return (Rest(size, tuple(rows), name),) if size else ()
