"""An attacker who reads everything that is released, knows the rules and the roster, and reckons.

Written from the rules alone, not from the code that applies them. The attacker holds the JSON of
the whole Diagnosis (every community's part, all waves), knows who sits for which party and how
many people answered each question in each row, and may be one of the respondents. The true
answers serve only to play those respondents and to tell which cells were hidden for smallness.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

POINT = 1.0
GRIDS = (0.1, 0.5, 1.0)
UNROUNDED = 1e-5
TINY = 1e-7


@dataclass(frozen=True)
class Leak:
    """Something that could be worked out and should not."""

    kind: str
    where: str
    detail: str


@dataclass
class World:
    """What is true: for the attacker's own answers, and to know which rows are small.

    `people` maps (statistic, subject, community, wave) to a list of (party, sector, value).
    `ratings` maps a subject to how many ratings one value averages, `bounds` (statistic, subject)
    to the ends of its scale, `parts` a total to the cells that it sums, each with a sign. `rows`
    is the agreed minimum of a party or sector. `moves` maps (subject, community, wave) to four
    sets of names: who had a score in the wave before and in this one, and who answered at all.
    """

    people: dict = field(default_factory=dict)
    moves: dict = field(default_factory=dict)
    ratings: dict = field(default_factory=dict)
    bounds: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    minimum: int = 5
    exact: int = 10
    paired: int = 6
    rows: int = 5


@dataclass
class Limits:
    """Rows of linear programmes with their upper ends, and how the parties are arranged.

    `limits` are those of the sums of the parties, `squares` those of their sums of squares.
    """

    rows: list
    limits: list
    squares: list
    place: dict
    sizes: dict
    members: object


WAYS = ("cells", "respondents", "programmes", "totals", "joined", "moves")
DIRECTIONS = ("reliable_change.up", "reliable_change.same", "reliable_change.down")
MEANS = ("mean", "own", "others", "practice", "perception_gap", "abilene_gap")


class Attacker:
    def __init__(self, released: dict, world: World, *, every: int = 1) -> None:
        """Read what is released; solve the tables of every nth subject and wave only."""
        self.world, self.every = world, every
        self.cells: dict = {}
        for measure in released["measures"]:
            at = measure["at"]
            unit = at["unit"]
            # a table has parties or meeting groups, never both: what follows is the same for both
            kind = "party" if unit["kind"] == "meeting_group" else unit["kind"]
            key = (at["statistic"], at["subject"], kind, unit["community"], unit["name"])
            self.cells[(*key, at["wave"])] = measure["cell"]
        self.sample = released["sample"]
        self.leaks: list[Leak] = []
        self.tried = dict.fromkeys(WAYS, 0)

    def run(self) -> list[Leak]:
        self.read_plain()
        self.read_sample()
        self.list_answers()
        self.vary_scores()
        self.compare_changes()
        self.count_moves()
        self.subtract_rows()
        self.join_rows()
        self.subtract_communities()
        return self.leaks

    def leak(self, kind: str, where: object, detail: str) -> None:
        self.leaks.append(Leak(kind, str(where), detail))

    # -- what can be read without reckoning

    def read_plain(self) -> None:
        for key, cell in self.cells.items():
            if is_hidden(cell):
                if cell != {"reason": "protects-people"}:
                    self.leak("hidden-says-more", key, str(cell))
                continue
            statistic, subject, kind, community, name, wave = key
            if "equal" in cell["method"] or "spread" in cell["method"]:
                self.leak("method-says-more", key, cell["method"])
            if kind == "study" or cell["value"] is None:
                continue
            if statistic.startswith("count.") and statistic != "count.dk":
                people = len(self.values("mean", subject, community, wave))
                if people < self.world.exact or cell["value"] >= people - 1:
                    self.leak("counts", key, f"{cell['value']} of {people}")
            if statistic in MEANS:
                values = self.row_values(statistic, subject, kind, community, name, wave)
                if len(values) < self.needed(statistic, subject, kind):
                    self.leak("too-few", key, str(len(values)))

    def needed(self, statistic: str, subject: str, kind: str) -> int:
        least = self.world.minimum if kind == "community" else self.world.rows
        thrice = statistic != "mean" or any(
            (part, 1) in parts or (part, -1) in parts
            for part in [("mean", subject)]
            for name, parts in self.world.parts.items()
            if name[0] != "mean"
        )
        return max(self.world.paired, least) if thrice else least

    def read_sample(self) -> None:
        for one in self.sample:
            for name in ("answered", "stayed", "joined", "left"):
                count = one[name]
                if count is not None and 0 < count < self.world.minimum:
                    self.leak("sample", (one["community"], one["wave"], name), str(count))

    # -- single ratings of small cells: every set of answers that gives the released cell

    def list_answers(self) -> None:
        possible: dict = {}
        for key, cell in self.cells.items():
            statistic, subject, kind, community, name, wave = key
            if statistic not in MEANS or self.world.ratings.get(subject) != 1 or kind == "study":
                continue
            values = np.array(self.row_values(statistic, subject, kind, community, name, wave))
            low, high = self.world.bounds[statistic, subject]
            n = len(values)
            if is_hidden(cell) or n == 0:
                continue
            if n >= self.world.exact:
                self.few_differ(key, cell, values, low, high)
                continue
            sets = listed(n, low, high)
            keep = sets.giving(cell)
            self.tried["cells"] += 1
            self.tried["respondents"] += n
            truth = sets.number(values)
            if not keep[truth]:
                self.leak("attacker-wrong", key, "the truth is not among the sets found")
            possible[key] = (sets, keep, values)
            self.judge(key, sets, keep, values)
        self.join_topics(possible)
        self.join_totals(possible)

    def judge(self, key: tuple, sets: Sets, keep: np.ndarray, values: np.ndarray) -> None:
        """For the outsider the whole set stays open, for each respondent every other person."""
        if keep.sum() < 2:
            self.leak("set-fixed", key, f"n={len(values)}")
        for own in np.unique(values):
            if len(sets.others(keep, own)) < 2:
                self.leak("others-fixed", key, f"a respondent who answered {own:g}")

    def few_differ(self, key: tuple, cell: dict, values: np.ndarray, low: int, high: int) -> None:
        """Larger cells: where nearly all are alike, sets in which at most three differ."""
        ordered = np.sort(values)
        if ordered[0] != ordered[-2] and ordered[1] != ordered[-1]:
            return
        sets = nearly_alike(len(values), low, high)
        keep = sets.giving(cell)
        self.tried["cells"] += 1
        for own in np.unique(values):
            if len(sets.others(keep, own)) < 2:
                self.leak("others-fixed", key, f"n={len(values)}, own answer {own:g}")

    def join_topics(self, possible: dict) -> None:
        """Own, others and practice of a topic with their differences, through the sums."""
        for key, (sets, keep, values) in possible.items():
            sides = {"perception_gap": ("own", "others"), "abilene_gap": ("own", "practice")}
            if key[0] not in sides:
                continue
            pair = [possible.get((side, *key[1:])) for side in sides[key[0]]]
            if pair[0] is None or pair[1] is None:
                continue
            self.tried["totals"] += 1
            first, second = (np.unique(one[0].sums[one[1]]) for one in pair)
            fits = np.isin(first[:, None] - second[None, :], np.unique(sets.sums[keep]))
            left = (first[fits.any(axis=1)], second[fits.any(axis=0)])
            apart = np.unique((first[:, None] - second[None, :])[fits])
            self.judge(key, sets, keep & np.isin(sets.sums, apart), values)
            for name, (other, was, own), sums in zip(sides[key[0]], pair, left, strict=True):
                self.judge((name, *key[1:]), other, was & np.isin(other.sums, sums), own)

    def join_totals(self, possible: dict) -> None:
        """A score with the cells of its items, where as many answered each of them."""
        for total, parts in self.world.parts.items():
            for key, cell in self.cells.items():
                if key[:2] != total or is_hidden(cell) or cell["value"] is None:
                    continue
                values = self.row_values(*key)
                n = len(values)
                found = [possible.get((*part, *key[2:])) for part, _ in parts]
                known = [one for one in found if one is not None and len(one[2]) == n]
                answered = [len(self.row_values(*part, *key[2:])) for part, _ in parts]
                if not known or any(count != n for count in answered):
                    continue
                self.tried["totals"] += 1
                self.bound_parts(key, cell, parts, found, n)

    def bound_parts(self, key: tuple, cell: dict, parts: list, found: list, n: int) -> None:
        low, high = mean_range(cell, self.base_grid(key[1], n), self.world.bounds[key[:2]], n)
        ends, shift = [], 0.0
        for (part, sign), one in zip(parts, found, strict=True):
            bounds = self.world.bounds[part]
            shift += n * sum(bounds) if sign < 0 else 0.0
            sums = np.array([n * bounds[0], n * bounds[1]]) if one is None else one[0].sums[one[1]]
            ends.append((sign * sums.min(), sign * sums.max()))
        least = [min(pair) for pair in ends]
        most = [max(pair) for pair in ends]
        total = (n * len(parts) * low - shift, n * len(parts) * high - shift)
        for place, ((part, sign), one) in enumerate(zip(parts, found, strict=True)):
            if one is None:
                continue
            sets, keep, values = one
            floor = total[0] - (sum(most) - most[place])
            ceiling = total[1] - (sum(least) - least[place])
            signed = sign * sets.sums
            left = keep & (signed >= floor - TINY) & (signed <= ceiling + TINY)
            if not left[sets.number(values)]:
                # as many answers, yet not the same people: the attacker concludes what is not so
                return
            self.judge((*part, *key[2:]), sets, left, values)

    # -- scores of several items: is there any other set of scores?

    def vary_scores(self) -> None:
        for key, cell in self.cells.items():
            statistic, subject, kind, *_ = key
            if statistic not in MEANS or kind == "study" or is_hidden(cell):
                continue
            if self.world.ratings.get(subject, 1) == 1:
                continue
            values = np.sort(self.row_values(*key))
            alike = values[0] == values[-2] or values[1] == values[-1]
            if len(values) >= self.world.exact and not alike:
                continue
            self.tried["cells"] += 1
            bounds = self.world.bounds[statistic, subject]
            step = 1 / self.world.ratings[subject]
            others = varied(values, step, bounds, keep_odd=alike)
            same = giving(others, bounds, cell)
            if not same.any():
                self.leak("scores-fixed", key, f"n={len(values)}, no other set of scores found")

    # -- differences between waves: do they narrow their levels?

    def compare_changes(self) -> None:
        waves: dict = {}
        for key, cell in self.cells.items():
            if not is_hidden(cell):
                waves.setdefault(key[:5], []).append(key)
        for key, cell in self.cells.items():
            if key[0].split(".")[0] != "change" or is_hidden(cell) or cell["value"] is None:
                continue
            here = (key[0].partition(".")[2] or "mean", *key[1:])
            earlier = [one for one in waves.get(here[:5], []) if one[5] < key[5]]
            if is_hidden(self.cells[here]) or not earlier:
                self.leak("change-of-hidden-level", key, "a level is hidden, its change is not")
                continue
            before = max(earlier, key=lambda one: one[5])
            ranges = []
            for one in (before, here):
                n = len(self.row_values(*one))
                bounds = self.world.bounds[one[:2]]
                ranges.append(mean_range(self.cells[one], self.base_grid(one[1], n), bounds, n))
            (low1, high1), (low2, high2) = ranges
            # a rounded exact difference holds the true one within half its own grid
            if (
                abs(cell["value"] - (self.cells[here]["value"] - self.cells[before]["value"]))
                > TINY
            ):
                grid = coarsest(numbers(cell), 0.1)
                low, high = cell["value"] - grid / 2, cell["value"] + grid / 2
                if low > low2 - high1 + TINY or high < high2 - low1 - TINY:
                    self.leak("change-narrows", key, f"{low:.3f}..{high:.3f}")
            for band in [cell, *cell["bands"]]:
                if band["low"] is None:
                    continue
                if abs(band["low"] + band["high"] - 2 * cell["value"]) > 1e-6:
                    self.leak("change-narrows", key, "a strip that is not even tells the side")

    # -- how many changed which way: who could it have been?

    def count_moves(self) -> None:
        """Whoever knows their own way, and who came and went, must learn nobody else's.

        Answers carry no names: two people who exchange all their answers give the same release.
        So another person's way is open exactly when the others went at least two ways. Counts and
        the means beside them are of the same people, or differ by people who cannot be told.
        """
        for key in [one for one in self.cells if one[0] == DIRECTIONS[0]]:
            three = [self.cells[(name, *key[1:])] for name in DIRECTIONS]
            shown = [cell for cell in three if not is_hidden(cell)]
            self.tried["moves"] += 1
            if not shown:
                continue
            if len(shown) < 3:
                self.leak("moves", key, "one count is hidden, and the total tells it")
                continue
            if any(cell["value"] is None for cell in three):
                continue
            counts = [int(cell["value"]) for cell in three]
            for own, count in enumerate(counts):
                left = [number - (way == own) for way, number in enumerate(counts)]
                if count and sum(number > 0 for number in left) < 2:
                    self.leak("moves", key, f"{counts}: all others went one way")
            if any(0 < count < 3 for count in counts):
                self.leak("moves", key, f"{counts}: a few people")
            self.compare_people(key, sum(counts))

    def compare_people(self, key: tuple, counted: int) -> None:
        scored, again, came, stayed = self.world.moves[key[1], key[3], key[5]]
        both = scored & again
        if counted != len(both) or counted < self.world.exact:
            self.leak("moves", key, f"{counted} counted, {len(both)} linked")
        pairs = ((scored, both), (again, both), (came, came & stayed), (stayed, came & stayed))
        for everybody, linked in pairs:
            if 0 < len(everybody - linked) < self.world.minimum:
                self.leak("moves", key, f"{len(everybody - linked)} differ from everybody")
        for wave in (key[5], self.before(key)):
            mean = self.cells["mean", key[1], *key[2:5], wave]
            if is_hidden(mean):
                self.leak("moves", key, "a mean is hidden, and the counts tell of it")

    def before(self, key: tuple) -> int:
        waves = [at for (_, community, at) in self.world.moves if community == key[3]]
        firsts = [at for (name, _, place, at) in self.world.people if place == key[3]]
        return max(at for at in {*waves, *firsts} if at < key[5])

    # -- rows below the community: linear programmes over everything released

    def subtract_rows(self) -> None:
        tables: dict = {}
        for key in self.cells:
            if key[0] in MEANS and key[2] in ("party", "sector"):
                tables.setdefault((key[0], key[1], key[3], key[5]), []).append(key)
        for number, (table, keys) in enumerate(sorted(tables.items())):
            if number % self.every == 0 and any(not is_hidden(self.cells[key]) for key in keys):
                self.solve_table(table, keys)

    def constraints(self, table: tuple, keys: list, but: tuple | None = None) -> Limits:
        """What the released rows of a table, all but one, say of the sums of its parties."""
        statistic, subject, community, wave = table
        people = self.world.people[statistic, subject, community, wave]
        low, high = self.world.bounds[statistic, subject]
        parties = sorted({party for party, _, _ in people})
        sizes = {name: sum(party == name for party, _, _ in people) for name in parties}
        place = {name: number for number, name in enumerate(parties)}
        sector = {party: home for party, home, _ in people}
        rows, limits, squares = [], [], []

        def members(kind: str, name: str) -> list[str]:
            if kind == "community":
                return parties
            return [p for p in parties if (p if kind == "party" else sector[p]) == name]

        top = (statistic, subject, "community", community, "", wave)
        for key in [top, *keys]:
            cell = self.cells[key]
            inside = members(key[2], key[4])
            n = sum(sizes[name] for name in inside)
            if is_hidden(cell) or cell["value"] is None or n == 0 or key == but:
                continue
            grid = self.base_grid(subject, n)
            floor, ceiling = mean_range(cell, grid, (low, high), n)
            row = np.zeros(len(parties))
            row[[place[name] for name in inside]] = 1
            rows += [row, -row]
            limits += [n * ceiling + TINY, -n * floor + TINY]
            least, most = square_range(cell, grid, (low, high), n, (floor, ceiling))
            squares += [most + TINY, -least + TINY]
        return Limits(rows, limits, squares, place, sizes, members)

    def join_rows(self) -> None:
        """A small row that is shown, or the whole: what the rows around it say of its sums."""
        tables: dict = {}
        for key in self.cells:
            if key[0] in MEANS and key[2] in ("party", "sector"):
                tables.setdefault((key[0], key[1], key[3], key[5]), []).append(key)
        for number, (table, keys) in enumerate(sorted(tables.items())):
            whole = (*table[:2], "community", table[2], "", table[3])
            for key in [*keys, whole]:
                n = len(self.row_values(*key))
                few = 0 < n < self.world.minimum
                if is_hidden(self.cells[key]) or n >= self.world.exact:
                    continue
                if few or number % self.every == 0:
                    self.join_row(table, keys, key)

    def join_row(self, table: tuple, keys: list, key: tuple) -> None:
        around = self.constraints(table, keys, but=key)
        if not around.rows:
            return
        low, high = self.world.bounds[key[:2]]
        aim = np.zeros(len(around.sizes))
        aim[[around.place[name] for name in around.members(key[2], key[4])]] = 1
        boxes = [(low * size, high * size) for size in around.sizes.values()]
        bounds = self.solve(aim, around.rows, around.limits, boxes)
        least = 0.0 if low <= 0 else low**2
        boxes = [(least * size, max(low**2, high**2) * size) for size in around.sizes.values()]
        squares = self.solve(aim, around.rows, around.squares, boxes)
        values = np.sort(self.row_values(*key))
        sums = (values.sum(), (values**2).sum())
        for found, truth in zip((bounds, squares), sums, strict=True):
            if found is None or not found[0] - 1e-4 <= truth <= found[1] + 1e-4:
                self.leak("attacker-wrong", key, f"{found} for {truth}")
                return
        self.tried["joined"] += 1
        if len(values) < self.world.minimum:
            # agreed rows of few people are told outright what they add up to, and must hold
            bounds = (sums[0], sums[0])
            if coarsest(numbers(self.cells[key]), 0.5) < 0.5:
                self.leak("grid-too-fine", key, f"n={len(values)}")
        alike = values[0] == values[-2] or values[1] == values[-1]
        step = 1 / self.world.ratings.get(key[1], 1)
        others = varied(values, step, (low, high), keep_odd=alike)
        for power, (floor, ceiling) in ((1, bounds), (2, squares)):
            total = (others**power).sum(axis=1)
            others = others[(total >= floor - 1e-4) & (total <= ceiling + 1e-4)]
        if not giving(others, (low, high), self.cells[key]).any():
            self.leak("row-joined", key, f"n={len(values)}, sums {bounds}, squares {squares}")

    def solve_table(self, table: tuple, keys: list) -> None:
        statistic, subject, community, wave = table
        people = self.world.people[statistic, subject, community, wave]
        low, high = self.world.bounds[statistic, subject]
        known = self.constraints(table, keys)
        rows, limits, place = known.rows, known.limits, known.place
        sizes, members = known.sizes, known.members
        parties = list(sizes)
        boxes = [(low * sizes[name], high * sizes[name]) for name in parties]
        hidden = [key for key in keys if is_hidden(self.cells[key])]
        for key in hidden:
            inside = members(key[2], key[4])
            n = sum(sizes[name] for name in inside)
            if n == 0 or (key[2] == "sector" and len(inside) == 1 and n >= self.world.rows):
                continue  # a sector of one party is that party's row under another name
            aim = np.zeros(len(parties))
            aim[[place[name] for name in inside]] = 1
            needed = POINT if n < max(self.world.minimum, self.world.rows) else 1e-4
            truth = sum(value for party, _, value in people if party in inside)
            beside = [
                (value, party)
                for party, _, value in people
                if party not in inside and not self.shown(table, "party", party)
            ]
            # a bound moves one way with the own value: the lowest and the highest say it all
            insiders = [None, min(beside), max(beside)] if beside else [None]
            for insider in insiders:
                held = list(boxes)
                if insider is not None:
                    own, name = insider
                    rest = sizes[name] - 1
                    held[place[name]] = (own + low * rest, own + high * rest)
                bounds = self.solve(aim, rows, limits, held)
                if bounds is None:
                    self.leak("attacker-wrong", key, "no solution")
                    break
                if not bounds[0] - 1e-4 <= truth <= bounds[1] + 1e-4:
                    self.leak("attacker-wrong", key, "the truth is not within the bounds")
                width = (bounds[1] - bounds[0]) / n
                if width < needed - 1e-4:
                    self.leak("row-bounded", key, f"n={n}, width {width:.2f}, insider {insider}")

    def solve(self, aim: np.ndarray, rows: list, limits: list, boxes: list) -> tuple | None:
        from scipy.optimize import linprog

        found = []
        for sign in (1, -1):
            self.tried["programmes"] += 1
            result = linprog(sign * aim, np.array(rows), np.array(limits), bounds=boxes)
            if not result.success:
                return None
            found.append(sign * result.fun)
        return found[0], found[1]

    def shown(self, table: tuple, kind: str, name: str) -> bool:
        statistic, subject, community, wave = table
        cell = self.cells.get((statistic, subject, kind, community, name, wave))
        return cell is not None and not is_hidden(cell)

    # -- numbers over all communities: take the own community off

    def subtract_communities(self) -> None:
        for key, cell in self.cells.items():
            statistic, subject, kind, _, _, wave = key
            if kind != "study" or is_hidden(cell) or cell["value"] is None:
                continue
            if not statistic.startswith("control_margin") or cell["method"] == "stated":
                continue
            sizes = [
                len(people)
                for (name, about, _, moment), people in self.world.people.items()
                if (name, about, moment) == ("own", subject, wave) and people
            ]
            least_left = sum(sizes) - max(sizes, default=0)
            if len(sizes) == 2 or (len(sizes) > 1 and least_left < self.world.minimum):
                self.leak("community-by-subtraction", key, f"{sizes}")

    # -- what is true

    def values(self, statistic: str, subject: str, community: str, wave: int) -> list:
        return self.world.people.get((statistic, subject, community, wave), [])

    def row_values(
        self, statistic: str, subject: str, kind: str, community: str, name: str, wave: int
    ) -> list[float]:
        return [
            value
            for party, sector, value in self.values(statistic, subject, community, wave)
            if kind == "community" or name == (party if kind == "party" else sector)
        ]

    def base_grid(self, subject: str, n: int) -> float:
        several = self.world.ratings.get(subject, 1) >= 3
        if n < self.world.minimum:
            return 0.5 if several else 1.0
        return 0.1 if several or n >= self.world.exact else 0.5


def is_hidden(cell: dict) -> bool:
    return "reason" in cell


def numbers(cell: dict) -> list[float]:
    """All released numbers of a cell: value, then low and high of every strip."""
    found = [cell["value"]]
    for band in [cell, *cell["bands"]]:
        found += [band["low"], band["high"]]
    return [np.nan if one is None else one for one in found]


def coarsest(found: list[float], base: float) -> float:
    """The coarsest grid on which all numbers lie, not finer than the rule's own."""
    known = np.array([one for one in found if not np.isnan(one)])
    for grid in sorted(GRIDS, reverse=True):
        if grid >= base and np.allclose(known / grid, np.rint(known / grid), atol=1e-6):
            return grid
    return base if np.allclose(known / base, np.rint(known / base), atol=1e-6) else UNROUNDED


def on_grid(value: np.ndarray, limits: np.ndarray, grid: float) -> np.ndarray:
    """The rule: value to the nearest step, half up; low ends down, high ends up."""
    steps = [np.floor(value / grid + 0.5 + TINY)]
    for column in range(limits.shape[1]):
        edge = limits[:, column] / grid
        steps.append(np.floor(edge + TINY) if column % 2 == 0 else np.ceil(edge - TINY))
    return np.column_stack(steps) * grid


def exact_cells(rows: np.ndarray, bounds: tuple) -> tuple[np.ndarray, np.ndarray]:
    """Means and limits of sets of values; the attacker has the published program too."""
    from lcdiag.statistics.means import group_means

    m, n = rows.shape
    result = group_means(
        rows.ravel().astype(float), np.repeat(np.arange(m), n), bounds=tuple(map(float, bounds))
    )
    edges = [(result.low, result.high), *((a, b) for _, a, b in result.bands)]
    return result.values[:, 0], np.column_stack([e[:, 0] for pair in edges for e in pair])


def giving(rows: np.ndarray, bounds: tuple, cell: dict) -> np.ndarray:
    """Which sets of values give the released cell, on any grid that it may lie on."""
    if not len(rows):
        return np.zeros(0, dtype=bool)
    value, limits = exact_cells(rows, bounds)
    return matching(value, limits, cell)


def matching(value: np.ndarray, limits: np.ndarray, cell: dict) -> np.ndarray:
    target = np.array(numbers(cell))
    grid = coarsest(list(target), 0.1)
    near = np.abs(value - target[0]) <= grid / 2 + 1e-6
    keep = np.zeros(len(value), dtype=bool)
    rounded = on_grid(value[near], limits[near], grid)
    keep[near] = np.isclose(rounded, target, atol=2e-5, equal_nan=True).all(axis=1)
    return keep


class Sets:
    """Sets of integer answers as rows, with the exact cells they give."""

    def __init__(self, rows: np.ndarray, low: int, high: int) -> None:
        self.rows, self.low, self.high = rows, low, high
        self.sums = rows.sum(axis=1)
        self.exact = exact_cells(rows, (low, high))
        self.counts = np.stack([(rows == c).sum(axis=1) for c in range(low, high + 1)], axis=1)
        self.squares = (rows * rows).sum(axis=1)

    def giving(self, cell: dict) -> np.ndarray:
        return matching(*self.exact, cell)

    def number(self, values: np.ndarray) -> int:
        ordered = np.sort(np.rint(values).astype(int))
        near = np.flatnonzero(self.sums == ordered.sum())
        return int(near[(self.rows[near] == ordered).all(axis=1)][0])

    def others(self, keep: np.ndarray, own: float) -> set:
        """The answers that another person may have given, for one who knows their own."""
        counts = self.counts[keep]
        left = counts[counts[:, int(own) - self.low] > 0].copy()
        left[:, int(own) - self.low] -= 1
        return set(np.flatnonzero((left > 0).any(axis=0)).tolist())


@lru_cache(maxsize=32)
def listed(n: int, low: int, high: int) -> Sets:
    """Every set of n answers."""
    count = math.comb(n + high - low, n)
    flat = itertools.chain.from_iterable(
        itertools.combinations_with_replacement(range(low, high + 1), n)
    )
    rows = np.fromiter(flat, dtype=np.int8, count=count * n).reshape(count, n).astype(int)
    return Sets(rows, low, high)


@lru_cache(maxsize=64)
def nearly_alike(n: int, low: int, high: int) -> Sets:
    """Every set of n answers in which at most three differ from one answer."""
    found = {
        tuple(sorted((one,) * (n - 3) + rest))
        for one in range(low, high + 1)
        for rest in itertools.combinations_with_replacement(range(low, high + 1), 3)
    }
    return Sets(np.array(sorted(found)), low, high)


def varied(values: np.ndarray, step: float, bounds: tuple, *, keep_odd: bool) -> np.ndarray:
    """Other sets of scores: up to two persons moved by up to three steps."""
    n = len(values)
    free = list(range(n))
    if keep_odd:
        odd = n - 1 if values[0] == values[1] else 0
        free.remove(odd)
    free = free[:10] + free[10:][-10:]
    moves = [(i, a, None, 0) for i in free for a in (-3, -2, -1, 1, 2, 3)]
    moves += [
        (i, a, j, b)
        for i, j in itertools.combinations(free, 2)
        for a in (-2, -1, 1, 2)
        for b in (-2, -1, 1, 2)
    ]
    rows = np.tile(values, (len(moves), 1))
    for number, (i, a, j, b) in enumerate(moves):
        rows[number, i] += a * step
        if j is not None:
            rows[number, j] += b * step
    low, high = bounds
    inside = ((rows >= low - 1e-9) & (rows <= high + 1e-9)).all(axis=1)
    rows = np.clip(np.sort(rows[inside], axis=1), low, high)
    return rows[np.abs(rows - values).max(axis=1) > 1e-9]


def mean_range(cell: dict, base: float, bounds: tuple, n: int) -> tuple[float, float]:
    """Where the exact mean of n people lies: by its rounding, and by strips that are even."""
    grid = coarsest(numbers(cell), base)
    low, high = cell["value"] - grid / 2, cell["value"] + grid / 2
    for band in [cell, *cell["bands"]]:
        if band["low"] is None or n < 2:
            continue
        inside = band["low"] > bounds[0] + TINY and band["high"] < bounds[1] - TINY
        if inside and band["high"] - band["low"] > 2 * grid + TINY:
            centre = (band["low"] + band["high"]) / 2
            low, high = max(low, centre - grid / 2), min(high, centre + grid / 2)
    return max(low, bounds[0]) - TINY, min(high, bounds[1]) + TINY


def square_range(
    cell: dict, grid: float, bounds: tuple, n: int, mean: tuple[float, float]
) -> tuple[float, float]:
    """Where the sum of squares of n people lies: by the width of strips that no end cuts off."""
    from scipy.stats import t

    low, high = bounds
    grid = coarsest(numbers(cell), grid)
    near, far = sorted((abs(mean[0]), abs(mean[1])))
    near = 0.0 if mean[0] < 0 < mean[1] else near
    least, most = 0.0, n * max(low**2, high**2) - n * near**2
    for band in [cell, *cell["bands"]]:
        if band["low"] is None or n < 2:
            continue
        if band["low"] <= low + TINY or band["high"] >= high - TINY:
            continue
        per_point = math.sqrt(n) / t.ppf((1 + band["confidence"]) / 2, n - 1)
        wide = (band["high"] - band["low"]) / 2
        least = max(least, (n - 1) * (max(wide - grid, 0.0) * per_point) ** 2)
        most = min(most, (n - 1) * (wide * per_point) ** 2)
    return least + n * near**2 - TINY, most + n * far**2 + TINY
