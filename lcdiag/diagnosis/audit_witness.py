"""For scores with many possible values: another set of scores that gives the same cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lcdiag.diagnosis.audit_states import Levels
from lcdiag.diagnosis.disclosure_draft import Draft
from lcdiag.diagnosis.rounding import Floats, cell_keys
from lcdiag.statistics.means import group_means

_EDGE = 12
"""So many of the lowest and of the highest scores are moved at most."""
_EQUAL = 1e-9


@dataclass(frozen=True)
class Case:
    """A mean whose cell must also fit other sets of scores.

    Attributes
    ----------
    draft : Draft
        The measure, with the grid it is tried on.
    values : (n,) array of float
        The scores it rests on.
    step : float
        Distance between two neighbouring scores.
    """

    draft: Draft
    values: Floats
    step: float


def alike_but_one(values: Floats) -> bool:
    """Return whether all values are equal, or all but one."""
    ordered = np.sort(values)
    if len(ordered) < 2:
        return True
    return bool(ordered[-2] - ordered[0] < _EQUAL or ordered[-1] - ordered[1] < _EQUAL)


def unprotected(cases: Sequence[Case]) -> list[Case]:
    """Return the cases for which no other set of scores gives the same released cell.

    The other sets tried are those in which one or two persons' scores lie one or two steps off.
    Where everybody's score but one is alike, that one person must not be able to tell: only sets
    count in which they keep their score and the others are not all alike. For a row of a
    party or sector only sets with the same sum count: the rows around it may tell that sum.

    Parameters
    ----------
    cases : sequence of Case
        Each with a grid; they are worked out together.
    """
    groups: dict[tuple[int, float, float, Levels | None], list[Case]] = defaultdict(list)
    for case in cases:
        raw = case.draft.raw
        groups[len(case.values), raw.low, raw.high, Levels.of(raw.cell)].append(case)
    bad: list[Case] = []
    for (n, low, high, levels), members in groups.items():
        if levels is None or n < 2:
            bad += members
            continue
        bad += _without_witness(members, low, high, levels)
    return bad


def _without_witness(cases: Sequence[Case], low: float, high: float, levels: Levels) -> list[Case]:
    """Return the failing ones of cases of one size and one scale; few sets are tried first."""
    left = list(cases)
    for reach in (1, _EDGE):
        left = _still_alone(left, low, high, levels, reach)
        if not left:
            break
    return left


def _still_alone(
    cases: Sequence[Case], low: float, high: float, levels: Levels, reach: int
) -> list[Case]:
    """Return the cases that no set within reach protects."""
    sets = [_others(case, low, high, reach) for case in cases]
    tried = np.concatenate([one for pair in zip(cases, sets, strict=True) for one in _stack(pair)])
    owner = np.repeat(np.arange(len(cases)), [len(one) + 1 for one in sets])
    means = group_means(
        tried.ravel(),
        np.repeat(np.arange(len(tried)), tried.shape[1]),
        confidence=levels.main,
        bands=levels.bands,
        bounds=(low, high),
    )
    edges = [(means.low, means.high), *((lows, highs) for _, lows, highs in means.bands)]
    limits = np.column_stack([edge[:, 0] for pair in edges for edge in pair])
    grids = np.array([case.draft.grid or 1.0 for case in cases])[owner]
    first = np.concatenate([[True], owner[1:] != owner[:-1]])
    protected = np.zeros(len(cases), dtype=bool)
    for grid in np.unique(grids):
        here = np.flatnonzero(grids == grid)
        keys = cell_keys(means.values[here, 0], limits[here], float(grid))
        true_key = np.full(len(cases), -1, dtype=np.int64)
        true_key[owner[here][first[here]]] = keys[first[here]]
        same = ~first[here] & (keys == true_key[owner[here]])
        protected[np.unique(owner[here][same])] = True
    return [case for case, good in zip(cases, protected.tolist(), strict=True) if not good]


def _stack(pair: tuple[Case, Floats]) -> tuple[Floats, Floats]:
    return np.sort(pair[0].values)[None, :], pair[1]


def _others(case: Case, low: float, high: float, reach: int) -> Floats:
    """Return other sets of scores, shape (m, n), that would protect every person of the case."""
    values = np.sort(case.values)
    odd = -1
    if alike_but_one(values):
        # the odd one keeps the score: the first or last of the ordered values
        odd = len(values) - 1 if values[1] - values[0] < _EQUAL else 0
    changed = values[None, :] + _moves(len(values), odd, reach) * case.step
    inside = ((changed >= low - 1e-9) & (changed <= high + 1e-9)).all(axis=1)
    if case.draft.summed:
        inside &= np.abs(changed.sum(axis=1) - values.sum()) < 1e-9
    changed = np.clip(changed[inside], low, high)
    if reach > 1:
        # one up and its neighbour down may be the same set in another order
        inside = np.abs(np.sort(changed, axis=1) - values[None, :]).max(axis=1) > 1e-9
        return np.asarray(changed[inside], dtype=np.float64)
    return np.asarray(changed, dtype=np.float64)


@lru_cache(maxsize=128)
def _moves(n: int, odd: int, reach: int) -> Floats:
    """Return moves in steps, shape (m, n): one person one or two off, or one up and one down.

    Two persons lie at most `reach` places apart in the order of the scores; the person `odd`
    keeps the score. In the first, small round one is moved down and the next one up, which is
    always another set.
    """
    free = np.delete(np.arange(n), odd) if odd >= 0 else np.arange(n)
    if len(free) > 2 * _EDGE:
        free = np.concatenate([free[:_EDGE], free[-_EDGE:]])
    up, down = (side.ravel() for side in np.meshgrid(free, free))
    near = (up - down == 1) if reach == 1 else (up != down) & (np.abs(up - down) <= reach)
    up, down = up[near], down[near]
    sizes = (1, -1) if reach == 1 else (1, -1, 2, -2)
    moves = np.zeros((len(sizes) * len(free) + len(up), n))
    for number, size in enumerate(sizes):
        moves[number * len(free) + np.arange(len(free)), free] = size
    pairs = len(sizes) * len(free) + np.arange(len(up))
    moves[pairs, up] = 1
    moves[pairs, down] = -1
    return moves
