"""What an attacker works out from how parties see each other, beside the community's number.

The attacker knows who rated whom, and that a person's score is the mean of the ratings they gave.
"""

from __future__ import annotations

import numpy as np
from attacker import Attacker, World, is_hidden, listed, mean_range

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
        person, column = np.nonzero(~np.isnan(values))
        truth = values[person, column]
        count = (~np.isnan(values)).sum(axis=1)
        share = 1.0 / count[person]
        rows, limits = [], []

        def know(row: np.ndarray, cell: dict, n: int, grid: float) -> None:
            floor, ceiling = mean_range(cell, grid, (LOW, HIGH), n)
            rows.extend([row, -row])
            limits.extend([n * ceiling + 1e-6, -n * floor + 1e-6])

        n = len(values)
        if not is_hidden(whole):
            know(share, whole, n, 0.1 if n >= self.world.exact else 0.5)
        aims = []
        for (name, place), cell in cells.items():
            inside = (party[person] == name) & (column == place)
            n = int(inside.sum())
            if not is_hidden(cell):
                know(inside.astype(float), cell, n, 0.1 if n >= self.world.exact else 0.5)
            elif n:
                aims.append((f"{name} of {place}", inside.astype(float), n, inside))
        for name in sorted(set(party.tolist())):
            mine = [place for who, place in cells if who == name]
            hidden = all(is_hidden(cells[name, place]) for place in mine)
            skipped = np.isnan(values[:, mine]).any(axis=1)
            for what, people in (("row", party == name), ("skips", (party == name) & skipped)):
                inside = people[person]
                if people.any() and (what == "skips" or hidden):
                    aims.append((f"{what} {name}", share * inside, int(people.sum()), inside))
        score = np.bincount(person, share * truth)
        for what, aim, n, inside in aims:
            needed = 1.0 if n < max(self.world.minimum, self.world.rows) else 1e-4
            others = [p for p in range(len(values)) if not inside[person == p].any()]
            ends = [f(others, key=lambda p: score[p]) for f in (min, max)] if others else []
            for insider in [None, *ends]:
                own = np.zeros(len(truth), bool) if insider is None else person == insider
                boxes = [(v, v) if me else (LOW, HIGH) for v, me in zip(truth, own, strict=True)]
                found = self.solve(aim, rows, limits, boxes)
                if found is None or not found[0] - 1e-4 <= aim @ truth <= found[1] + 1e-4:
                    self.leak("attacker-wrong", where, f"{what}: {found}")
                elif (found[1] - found[0]) / n < needed - 1e-4:
                    self.leak("directed-bounded", where, f"{what}, n={n}, {found}, {insider}")
