"""Cells that hang together through sums: the three ratings of a topic, a score and its items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.diagnosis.audit_states import Ints, Mask, States

Weights = Mapping[str, int]


@dataclass(frozen=True)
class Known:
    """What an attacker holds possible for one small cell.

    Attributes
    ----------
    states : States
        All sets of answers of its size.
    row : int
        The row of the true answers.
    rows : (m,) array of bool
        Those that are released as the same cell, or all where the cell is hidden.
    shown : bool
        Whether it is released.
    """

    states: States
    row: int
    rows: Mask
    shown: bool

    @property
    def sums(self) -> Ints:
        """Return the possible sums of the answers as given."""
        states = self.states
        found: Ints = np.unique(states.sums[self.rows]) + states.n * states.low
        return found

    def within(self, sums: Ints) -> bool:
        """Return whether the cell stays safe when only these sums are possible."""
        states = self.states
        left = self.rows & np.isin(states.sums + states.n * states.low, sums)
        return bool(states.fit(left)[self.row])


def gap_is_safe(first: Known, second: Known, gap: Known) -> bool:
    """Return whether two ratings and their difference may be released together.

    The sum of the differences is the difference of the sums, for the same people: together the
    three cells can be finer than each alone.
    """
    one, two, apart = first.sums, second.sums, gap.sums
    fits = np.isin(one[:, None] - two[None, :], apart)
    left_one, left_two = one[fits.any(axis=1)], two[fits.any(axis=0)]
    both = np.unique((one[:, None] - two[None, :])[fits])
    return (
        (not first.shown or first.within(left_one))
        and (not second.shown or second.within(left_two))
        and gap.within(both)
    )


def total_is_safe(parts: list[Known], signs: list[int], low: float, high: float) -> bool:
    """Return whether cells stay safe when the total of their sums is known to lie in a range.

    Parameters
    ----------
    parts : list of Known
        One an item, all with answers of the same people.
    signs : list of int
        1, or -1 for a reversed item, whose sum enters with its sign turned.
    low, high : float
        Range of the sum of the signed sums.
    """
    least = [
        min(sign * int(end) for end in _ends(part)) for part, sign in zip(parts, signs, strict=True)
    ]
    most = [
        max(sign * int(end) for end in _ends(part)) for part, sign in zip(parts, signs, strict=True)
    ]
    for place, (part, sign) in enumerate(zip(parts, signs, strict=True)):
        if not part.shown:
            continue
        floor = low - (sum(most) - most[place])
        ceiling = high - (sum(least) - least[place])
        signed = sign * part.sums
        left = part.sums[(signed >= floor - 1e-9) & (signed <= ceiling + 1e-9)]
        if len(left) < len(part.sums) and not part.within(left):
            return False
    return True


def _ends(part: Known) -> npt.NDArray[np.int64]:
    return part.sums[[0, -1]]
