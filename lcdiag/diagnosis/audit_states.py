"""All sets of answers that a small cell may stand for, and which of them may be released."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.rounding import Floats, cell_keys, ends_reached
from lcdiag.statistics.means import group_means

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

GRIDS = (0.5, 1.0)
"""Grids that a small single-item cell is tried on, finest first."""
MOST_PEOPLE = 12
"""Largest cell whose sets of answers are listed."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Confidence of the main interval and of the bands of a cell."""

    main: float
    bands: tuple[float, ...]

    @classmethod
    def of(cls, cell: Estimate) -> Levels | None:
        """Return the levels of a cell, or None where it has no interval."""
        if cell.confidence is None:
            return None
        return cls(cell.confidence, tuple(band.confidence for band in cell.bands))


@dataclass(frozen=True)
class States:
    """Every set of n answers, gathered by what a mean with strips can tell of it.

    A mean with strips is a function of the sum and the sum of squares alone, so the sets that
    share these two are one row. Sets in which all answers but one are alike have a row of their
    own: only there does a respondent who knows the whole set know the answer of each other person.

    Attributes
    ----------
    n, low, points : int
        Answers, the lowest one, and how many there are to choose from.
    sums, squares : (m,) arrays of int
        Of the answers counted from `low`.
    sets : (m,) array of int
        How many sets a row stands for.
    odd, rest : (m,) arrays of int
        In a row of its own: the one answer, and that of all others; -1 elsewhere.
    values, limits : (m,), (m, 2 b) arrays of float
        The exact cell.
    grid : (m,) array of float
        The grid on which the sets of a row are released; NaN where they are hidden.
    key : (m,) array of int
        Rows of equal grid and key are released as the same cell.
    """

    n: int
    low: int
    points: int
    sums: Ints
    squares: Ints
    sets: Ints
    odd: Ints
    rest: Ints
    values: Floats
    limits: Floats
    grid: Floats
    key: Ints

    def find(self, answers: Floats) -> int:
        """Return the row of these answers."""
        steps = np.sort(np.rint(answers - self.low).astype(np.int64))
        total, square = int(steps.sum()), int((steps * steps).sum())
        rows = (self.sums == total) & (self.squares == square)
        odd, rest = int(steps[0]), int(steps[-1])
        if steps[0] == steps[-2]:
            odd, rest = rest, odd
        elif steps[1] != steps[-1]:
            odd, rest = -1, -1
        return int(np.flatnonzero(rows & (self.odd == odd) & (self.rest == rest))[0])

    def alike(self, row: int) -> Mask:
        """Return the rows that are released as the same cell as this one."""
        same: Mask = (self.grid == self.grid[row]) & (self.key == self.key[row])
        return same

    def fit(self, possible: Mask) -> Mask:
        """Return which of the rows that an attacker holds possible may be released so.

        Two things must stay true: the whole set of answers is not fixed, and a respondent whose
        answer differs from those of all others cannot rule out every other set. A set that fails
        is taken out, because its release would be refused, and the rest is looked at again.
        """
        left = possible.copy()
        while left.any():
            if int(self.sets[left].sum()) < 2:
                return np.zeros_like(left)
            alone = [
                row
                for row in np.flatnonzero(left & (self.odd >= 0))
                if self._holding(left, int(self.odd[row])) < 2
            ]
            if not alone:
                break
            left[alone] = False
        return left

    def _holding(self, rows: Mask, answer: int) -> int:
        """Return how many sets of these rows hold an answer."""
        own = rows & (self.odd >= 0)
        count = int((own & ((self.odd == answer) | (self.rest == answer))).sum())
        fewer = set_counts(self.n - 1, self.points)
        common = np.flatnonzero(rows & (self.odd < 0))
        sums, squares = self.sums[common] - answer, self.squares[common] - answer * answer
        inside = (sums >= 0) & (squares >= 0)
        inside &= (sums < fewer.shape[0]) & (squares < fewer.shape[1])
        count += int(fewer[sums[inside], squares[inside]].sum())
        # sets with a row of their own were counted with their sums as well
        for row in np.flatnonzero((self.odd == answer) | ((self.rest == answer) & (self.odd >= 0))):
            same = (self.sums[common] == self.sums[row]) & (
                self.squares[common] == self.squares[row]
            )
            count -= int(same.any())
        return count


@lru_cache(maxsize=64)
def set_counts(n: int, points: int) -> Ints:
    """Return how many sets of n answers 0 .. points - 1 have each sum and sum of squares.

    Shape (n (points - 1) + 1, n (points - 1)^2 + 1).
    """
    return _counts_up_to(n, points)[n]


@lru_cache(maxsize=32)
def _counts_up_to(n: int, points: int) -> tuple[Ints, ...]:
    top = points - 1
    counts = [np.zeros((m * top + 1, m * top * top + 1), dtype=np.int64) for m in range(n + 1)]
    counts[0][0, 0] = 1
    for answer in range(points):
        square = answer * answer
        for people in range(1, n + 1):
            # upwards and in place: an answer may be taken again, and order never counts
            taken = counts[people - 1]
            rows, columns = taken.shape
            counts[people][answer : answer + rows, square : square + columns] += taken
    return tuple(counts)


@lru_cache(maxsize=256)
def states_of(n: int, low: int, high: int, levels: Levels) -> States:
    """Return all sets of n answers between low and high, with how each is released.

    The finest grid comes first. Sets that may not be released on it go to the next, where an
    attacker who knows these rules holds only such sets possible; what is left is hidden.
    """
    points = high - low + 1
    sums, squares, sets, odd, rest = _rows(n, points)
    examples = _examples(n, points, sums, squares)
    means = group_means(
        (examples + low).ravel().astype(np.float64),
        np.repeat(np.arange(len(sums)), n),
        confidence=levels.main,
        bands=levels.bands,
        bounds=(float(low), float(high)),
    )
    edges = [(means.low, means.high), *((lows, highs) for _, lows, highs in means.bands)]
    limits = np.column_stack([edge[:, 0] for pair in edges for edge in pair])
    grid, key = np.full(len(sums), np.nan), np.full(len(sums), -1, dtype=np.int64)
    values = means.values[:, 0]
    found = States(n, low, points, sums, squares, sets, odd, rest, values, limits, grid, key)
    left = np.ones(len(sums), dtype=bool)
    for step in GRIDS:
        left &= ~ends_reached(values, step, float(low), float(high))
        keys = cell_keys(values, limits, step)
        plenty = np.bincount(keys[left], weights=sets[left], minlength=int(keys.max()) + 1) >= 2
        released = left & plenty[keys]
        for one in np.unique(keys[released & (odd >= 0)]):
            members = released & (keys == one)
            released[members] = found.fit(members)[members]
        grid[released], key[released] = step, keys[released]
        left &= ~released
    return found


def _rows(n: int, points: int) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return sums, squares, counts, odd and rest answers: common rows, then rows of their own."""
    counts = set_counts(n, points).copy()
    answers = np.arange(points)
    odd, rest = (side.ravel() for side in np.meshgrid(answers, answers, indexing="ij"))
    own_sums, own_squares = odd + (n - 1) * rest, odd**2 + (n - 1) * rest**2
    np.subtract.at(counts, (own_sums, own_squares), 1)
    sums, squares = np.nonzero(counts)
    none = np.full(len(sums), -1, dtype=np.int64)
    return (
        np.concatenate([sums, own_sums]).astype(np.int64),
        np.concatenate([squares, own_squares]).astype(np.int64),
        np.concatenate([counts[sums, squares], np.ones(len(odd), dtype=np.int64)]),
        np.concatenate([none, odd]).astype(np.int64),
        np.concatenate([none, rest]).astype(np.int64),
    )


def _examples(n: int, points: int, sums: Ints, squares: Ints) -> Ints:
    """Return one set of answers, shape (m, n), with each sum and sum of squares."""
    counts = _counts_up_to(n, points)
    total, square = sums.copy(), squares.copy()
    examples = np.zeros((len(sums), n), dtype=np.int64)
    for people in range(n, 0, -1):
        fewer = counts[people - 1]
        open_ = np.ones(len(sums), dtype=bool)
        for answer in range(points):
            less, lesser = total - answer, square - answer * answer
            inside = open_ & (less >= 0) & (lesser >= 0)
            inside &= (less < fewer.shape[0]) & (lesser < fewer.shape[1])
            inside[inside] = fewer[less[inside], lesser[inside]] > 0
            examples[inside, people - 1] = answer
            open_ &= ~inside
        taken = examples[:, people - 1]
        total, square = total - taken, square - taken * taken
    return examples
