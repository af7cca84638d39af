"""Who rated whom in each group, as squares of raters by targets that can be computed at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import (
    Counts,
    Floats,
    Labels,
    as_column,
    as_grouping,
    as_labels,
    as_numbers,
)

MissingRatings = Literal["absent", "drop"]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Ratings:
    """Ratings in long form, a row each, with every label as a number.

    Attributes
    ----------
    values : array, shape (m, p)
        Of p variables; without self ratings.
    cells : array of int, shape (m,)
        Position of (group, rater, target) in the squares laid one after another.
    raters, targets : array of int, shape (m,)
        Their positions among the members.
    groups : array, shape (g,)
        Labels of the groups.
    members : array, shape (r,)
        Labels of the members of all groups, one group after another.
    starts, sizes, bases : array of int, shape (g,)
        First member and number of members of each group; first cell of its square.
    judges : array of int, shape (m,), or None
        Which person rated, where a party has several people.
    """

    values: Floats
    cells: Places
    raters: Places
    targets: Places
    groups: Labels
    members: Labels
    starts: Places
    sizes: Places
    bases: Places
    judges: Places | None


@dataclass(frozen=True, eq=False)
class Block:
    """All groups of one size: squares of ratings.

    Attributes
    ----------
    rows : array of int, shape (g,)
        Positions of these groups among all.
    ratings : array, shape (g, n, n, p)
        Rater by target; the diagonal is 0 and never used.
    members : array of int, shape (g, n)
        Positions of the members among all.
    """

    rows: Places
    ratings: Floats
    members: Places


def long_ratings(
    variables: list[Any], raters: Any, targets: Any, groups: Any, people: Any
) -> Ratings:
    """Return ratings in long form, from columns or from squares.

    Raises
    ------
    ValueError
        For text, infinite values, columns of different lengths, only one of raters and targets,
        or squares that are none.
    """
    if (raters is None) != (targets is None):
        raise ValueError("raters and targets go together; only one was given")
    if raters is None:
        if groups is not None or people is not None:
            raise ValueError("squares need no groups or people; give long columns instead")
        variables, raters, targets, groups = _from_squares(variables)
    columns = [as_column(one, "ratings") for one in variables]
    m = len(columns[0])
    whole = np.zeros(m, dtype=np.int64) if groups is None else groups
    grouping = as_grouping(whole, m)
    one, two = as_labels(raters), as_labels(targets)
    if any(len(part) != m for part in (*columns, one, two)):
        raise ValueError(f"ratings, raters and targets must have one value a row, {m} in all")
    both = as_grouping(np.concatenate([one, two]), 2 * m)
    judges = None if people is None else as_grouping(people, m).codes
    return _laid_out(np.column_stack(columns), both, grouping.codes, grouping.labels, judges)


def _from_squares(variables: list[Any]) -> tuple[list[Floats], Labels, Labels, Labels]:
    squares = [as_numbers(one, "ratings") for one in variables]
    squares = [one[None] if one.ndim == 2 else one for one in squares]
    shape = squares[0].shape
    if len(shape) != 3 or shape[1] != shape[2] or any(one.shape != shape for one in squares):
        raise ValueError(
            "ratings without raters and targets are a square, or one a group, of raters by targets"
        )
    group, rater, target = (place.ravel() for place in np.indices(shape))
    return [one.ravel() for one in squares], rater, target, group


def _laid_out(
    values: Floats, both: Any, group: Places, labels: Labels, judges: Places | None
) -> Ratings:
    """Return the ratings with members numbered within their groups, without self ratings."""
    m, g = len(values), len(labels)
    rater, target = both.codes[:m], both.codes[m:]
    people = max(len(both), 1)
    keys, places = np.unique(
        np.concatenate([group * people + rater, group * people + target]), return_inverse=True
    )
    sizes = np.bincount(keys // people, minlength=g)
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.intp)
    bases = np.concatenate([[0], np.cumsum(sizes**2)])[:-1].astype(np.intp)
    row, column = places[:m] - starts[group], places[m:] - starts[group]
    cells = bases[group] + row * sizes[group] + column
    other = row != column
    return Ratings(
        values[other],
        cells[other],
        places[:m][other],
        places[m:][other],
        labels,
        both.labels[keys % people],
        starts,
        sizes,
        bases,
        None if judges is None else judges[other],
    )


def squares(ratings: Ratings) -> Floats:
    """Return the mean rating of each cell, (cells, p); NaN where there is none.

    Raises
    ------
    ValueError
        If somebody rated somebody twice, and no people say who.
    """
    total = int((ratings.sizes**2).sum())
    held = ~np.isnan(ratings.values).any(axis=1)
    cells = ratings.cells[held]
    count = np.bincount(cells, minlength=total)
    if ratings.judges is None and (count > 1).any():
        raise ValueError("somebody rated somebody twice; give people= to say who rated")
    out = np.full((total, ratings.values.shape[1]), np.nan)
    for column, values in enumerate(ratings.values[held].T):
        added = np.bincount(cells, values, minlength=total)
        np.divide(added, count, out=out[:, column], where=count > 0)
    return out


def blocks_of(ratings: Ratings, missing: MissingRatings) -> tuple[list[Block], Counts]:
    """Return the complete squares of 4 members or more, by size, and each group's size.

    With ``drop``, members are left out, the one with most missing ratings first, until what
    remains is complete. The sizes are those of what remains; with ``absent`` an incomplete group
    counts 0.
    """
    flat = squares(ratings)
    sizes = ratings.sizes.astype(np.int64).copy()
    found: dict[int, list[tuple[Places, Floats, Places]]] = {}
    for n in np.unique(ratings.sizes):
        rows = np.flatnonzero(ratings.sizes == n)
        cells = ratings.bases[rows, None] + np.arange(n * n)
        ratings_here = flat[cells].reshape(len(rows), n, n, -1)
        members = ratings.starts[rows, None] + np.arange(n)
        active = _complete(ratings_here, missing)
        left = active.sum(axis=1)
        sizes[rows] = left
        for size in np.unique(left[left >= 4]):
            mine = left == size
            kept = np.argsort(~active[mine], axis=1, kind="stable")[:, :size]
            part = np.take_along_axis(ratings_here[mine], kept[:, :, None, None], axis=1)
            part = np.take_along_axis(part, kept[:, None, :, None], axis=2)
            people = np.take_along_axis(members[mine], kept, axis=1)
            found.setdefault(int(size), []).append((rows[mine], part, people))
    blocks = [_block(n, parts) for n, parts in sorted(found.items())]
    return blocks, sizes


def _block(n: int, parts: list[tuple[Places, Floats, Places]]) -> Block:
    rows, ratings, members = (np.concatenate([part[place] for part in parts]) for place in range(3))
    off = ~np.eye(n, dtype=bool)
    return Block(rows, np.where(off[None, :, :, None], ratings, 0.0), members)


def _complete(ratings: Floats, missing: MissingRatings) -> npt.NDArray[np.bool_]:
    """Return which members remain, (g, n), so that nobody's rating of another is missing."""
    g, n = ratings.shape[:2]
    lacking = np.isnan(ratings).any(axis=3) & ~np.eye(n, dtype=bool)
    active = np.ones((g, n), dtype=bool)
    if missing == "absent":
        return active & ~np.asarray(lacking.any(axis=(1, 2)))[:, None]
    for _ in range(n):
        inside = lacking & active[:, :, None] & active[:, None, :]
        count = inside.sum(axis=1) + inside.sum(axis=2)
        # of equals the last goes, so that renumbering groups changes nothing
        worst = n - 1 - count[:, ::-1].argmax(axis=1)
        more = count.max(axis=1, initial=0) > 0
        active[np.flatnonzero(more), worst[more]] = False
    return active
