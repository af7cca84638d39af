"""What an attacker works out from how parties or sectors see each other, beside the community.

The attacker knows who rated whom, and that a person's score is the mean of the ratings they gave.
"""

from __future__ import annotations

import numpy as np
from attacker import Attacker, World, giving, is_hidden, listed, mean_range, varied

from lcdiag.diagnosis.evidence import Evidence

LOW, HIGH = 1, 7


class DirectedAttacker(Attacker):
    """Lists single cells, and solves one linear programme over all ratings of a question."""

    def __init__(self, released: dict, world: World, evidence: Evidence) -> None:
        super().__init__(released, world)
        self.evidence = evidence
        self.shown = 0

    def run_directed(self) -> list:
        responses = self.evidence.responses
        asked = self.evidence.study.questionnaire
        for _, scale in asked.scales:
            if not asked.over_parties(scale):
                continue
            columns = [responses.columns.index(code) for code in scale.items]
            for community in self.evidence.communities:
                for wave in self.evidence.waves:
                    rows = (responses.community == community) & (responses.wave == wave)
                    self.attack(f"lc-party-grid:{scale.id}", scale.items, columns, rows)
        return self.leaks

    def attack(self, scale: str, codes: tuple, columns: list, rows: np.ndarray) -> None:
        responses = self.evidence.responses
        values = responses.values[rows][:, columns]
        party = responses.party[rows]
        some = ~np.isnan(values).all(axis=1)
        values, party = values[some], party[some]
        if not len(values):
            return
        where = (responses.community[rows][0], int(responses.wave[rows][0]))
        cells = {}
        for name in sorted(set(party.tolist()) - {""}):
            for place, code in enumerate(codes):
                key = ("directed", code, "party", where[0], name, where[1])
                if key in self.cells:
                    cells[name, place] = self.cells[key]
                    self.look_at(key, values[party == name, place])
        if any(not is_hidden(cell) for cell in cells.values()):
            whole = self.cells[("mean", scale, "community", where[0], "", where[1])]
            self.reckon((scale, *where), whole, cells, values, party)

    def look_at(self, key: tuple, ratings: np.ndarray) -> None:
        cell, ratings = self.cells[key], ratings[~np.isnan(ratings)]
        if is_hidden(cell):
            return
        self.shown += 1
        if len(ratings) < max(self.world.minimum, self.world.rows):
            self.leak("too-few", key, str(len(ratings)))
        elif len(ratings) >= self.world.exact:
            self.few_differ(key, cell, ratings, LOW, HIGH)
        else:
            sets = listed(len(ratings), LOW, HIGH)
            keep = sets.giving(cell)
            self.tried["cells"] += 1
            if not keep[sets.number(ratings)]:
                self.leak("attacker-wrong", key, "the truth is not among the sets found")
            self.judge(key, sets, keep, ratings)

    def reckon(
        self, where: tuple, whole: dict, cells: dict, values: np.ndarray, party: np.ndarray
    ) -> None:
        table = Ratings(self.world, values)
        table.hear(whole)
        person, share = table.person, table.share
        aims = []
        for (name, place), cell in cells.items():
            inside = (party[person] == name) & (table.column == place)
            n = int(inside.sum())
            if not is_hidden(cell):
                table.know(inside.astype(float), cell, n)
            elif n:
                aims.append((f"{name} of {place}", inside.astype(float), n))
        for name in sorted(set(party.tolist())):
            mine = [place for who, place in cells if who == name]
            hidden = all(is_hidden(cells[name, place]) for place in mine)
            skipped = np.isnan(values[:, mine]).any(axis=1)
            for what, people in (("row", party == name), ("skips", (party == name) & skipped)):
                if people.any() and (what == "skips" or hidden):
                    aims.append((f"{what} {name}", share * people[person], int(people.sum())))
        self.aim_at(where, table, aims)

    def aim_at(self, where: tuple, table: Ratings, aims: list) -> None:
        """Bound each aim, for an outsider and for the respondents outside it who know most.

        A group of fewer than the minimum stays open over a point; a larger one is not fixed.
        """
        score = np.bincount(table.person, table.share * table.truth)
        for what, aim, n in aims:
            needed = 1.0 if n < max(self.world.minimum, self.world.rows) else 1e-4
            inside = np.bincount(table.person, aim > 0) > 0
            others = np.flatnonzero(~inside).tolist()
            ends = [f(others, key=lambda p: score[p]) for f in (min, max)] if others else []
            for insider in [None, *ends]:
                own = (
                    np.zeros(len(table.truth), bool) if insider is None else table.person == insider
                )
                boxes = [
                    (v, v) if me else (LOW, HIGH) for v, me in zip(table.truth, own, strict=True)
                ]
                found = self.solve(aim, table.rows, table.limits, boxes)
                if found is None or not found[0] - 1e-4 <= aim @ table.truth <= found[1] + 1e-4:
                    self.leak("attacker-wrong", where, f"{what}: {found}")
                elif (found[1] - found[0]) / aim.sum() < needed - 1e-4:
                    self.leak("directed-bounded", where, f"{what}, n={n}, {found}, {insider}")


class Ratings:
    """One question at one table: a variable for each rating, and what is released of them."""

    def __init__(self, world: World, values: np.ndarray) -> None:
        self.exact, self.people = world.exact, len(values)
        self.person, self.column = np.nonzero(~np.isnan(values))
        self.truth = values[self.person, self.column]
        self.share = 1.0 / (~np.isnan(values)).sum(axis=1)[self.person]
        self.rows: list = []
        self.limits: list = []

    def hear(self, whole: dict) -> None:
        """Take in the community's number."""
        if not is_hidden(whole):
            self.know(self.share, whole, self.people)

    def know(self, row: np.ndarray, cell: dict, n: int) -> None:
        """Take in a released mean of n people."""
        floor, ceiling = mean_range(cell, 0.1 if n >= self.exact else 0.5, (LOW, HIGH), n)
        self.rows += [row, -row]
        self.limits += [n * ceiling + 1e-6, -n * floor + 1e-6]


class SectorAttacker(DirectedAttacker):
    """The same where sectors rate sectors, who knows everybody's party though no form asked it."""

    def __init__(self, released: dict, world: World, evidence: Evidence, party: np.ndarray) -> None:
        super().__init__(released, world, evidence)
        self.party = party
        self.home = {one.name: one.sector for one in evidence.study.settings.parties}
        self.subjects = {
            (pair["scale"], pair["sector"]): pair["id"] for pair in released["words"]["pairs"]
        }

    def attack(self, scale: str, codes: tuple, columns: list, rows: np.ndarray) -> None:
        responses = self.evidence.responses
        values = responses.values[rows][:, columns]
        some = ~np.isnan(values).all(axis=1)
        if not some.any():
            return
        where = (responses.community[rows][0], int(responses.wave[rows][0]))
        table = self.seated(codes, values[some], self.party[rows][some], where[0])
        table.hear(self.cells[("mean", scale, "community", where[0], "", where[1])])
        aims, before = [], self.shown
        for giver in sorted(set(table.sector.tolist())):
            aims += self.look_at_giver(table, scale, giver, where)
        if self.shown > before:
            self.aim_at((scale, *where), table, aims)

    def seated(self, codes: tuple, values: np.ndarray, party: np.ndarray, community: str) -> Table:
        asked = self.evidence.study.questionnaire
        roster = self.evidence.study.roster
        here = [one.party for one in roster if one.community == community and one.invited]
        about = np.array([asked.about[code] for code in codes], dtype=object)
        others = np.isin(about.astype(str), here) & (party[:, None] != about[None, :])
        sector, target = (
            np.array([self.home.get(name, "") for name in names], dtype=object)
            for names in (party, about)
        )
        return Table(self.world, values, party, about, sector, target, others)

    def look_at_giver(self, table: Table, scale: str, giver: str, where: tuple) -> list:
        """Learn from the cells of a sector, and return what it would tell too much to know."""
        mine, aims, before = table.sector == giver, [], self.shown
        for seen in sorted(set(table.target.tolist())):
            wanted, done, row = table.of(giver, seen)
            subject = self.subjects.get((scale, seen), "")
            key = ("directed", subject, "sector", where[0], giver, where[1])
            if key in self.cells and not is_hidden(self.cells[key]):
                table.know(row, self.cells[key], int(done.sum()))
                self.look_at_sector(key, table, wanted, done)
            elif row.any():
                aims.append((f"{giver} of {seen}", row, int(done.sum())))
            aims += table.finer(giver, row)
        skipped = mine & (table.others & np.isnan(table.values)).any(axis=1)
        groups = [(f"skips {giver}", skipped)]
        groups += [(f"row {giver}", mine)] if self.shown == before else []
        for name in sorted(set(table.party[mine].tolist())):
            own = table.party == name
            groups += [(f"row {name}", own), (f"skips {name}", skipped & own)]
        return aims + [
            (what, table.share * who[table.person], int(who.sum()))
            for what, who in groups
            if who.any()
        ]

    def look_at_sector(
        self, key: tuple, table: Table, wanted: np.ndarray, done: np.ndarray
    ) -> None:
        self.shown += 1
        cell, sizes = self.cells[key], wanted[done].sum(axis=1)
        values = np.sort(np.where(wanted, table.values, 0.0)[done].sum(axis=1) / sizes)
        parties = int(sizes.max())
        if len(values) < max(self.world.minimum, self.world.rows):
            self.leak("too-few", key, str(len(values)))
        if len(set(table.party[done].tolist())) < 2 or wanted.any(axis=0).sum() < 2 or parties < 2:
            self.leak("one-party", key, f"{parties} rated")
        alike = values[0] == values[-2] or values[1] == values[-1]
        if len(values) >= self.world.exact and not alike:
            return
        self.tried["cells"] += 1
        others = varied(values, 1 / parties, (LOW, HIGH), keep_odd=alike)
        if not giving(others, (LOW, HIGH), cell).any():
            self.leak("scores-fixed", key, f"n={len(values)}, no other set found")


class Table(Ratings):
    """One question at a table of sectors: who sits for which party, and who is asked about whom."""

    def __init__(
        self,
        world: World,
        values: np.ndarray,
        party: np.ndarray,
        about: np.ndarray,
        sector: np.ndarray,
        target: np.ndarray,
        others: np.ndarray,
    ) -> None:
        super().__init__(world, values)
        self.values, self.party, self.about = values, party, about
        self.sector, self.target, self.others = sector, target, others

    def of(self, giver: str, seen: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return which ratings a cell wants, of whom it has them all, and each rating's share."""
        wanted = self.others & (self.target == seen) & (self.sector == giver)[:, None]
        done = wanted.any(axis=1) & ~(wanted & np.isnan(self.values)).any(axis=1)
        inside = wanted[self.person, self.column] & done[self.person]
        return wanted, done, inside / np.maximum(wanted.sum(axis=1), 1)[self.person]

    def finer(self, giver: str, row: np.ndarray) -> list:
        """What single parties say of a sector, and what a sector says of single parties."""
        found = []
        who, whom = self.party[self.person], self.about[self.column]
        for name in sorted(set(who[row > 0].tolist())):
            inside = row * (who == name)
            found.append((f"{name} in a cell", inside, len(set(self.person[inside > 0]))))
        for name in sorted(set(whom[row > 0].tolist())):
            inside = ((row > 0) & (whom == name)).astype(float)
            found.append((f"{giver} of {name}", inside, int(inside.sum())))
        return found
