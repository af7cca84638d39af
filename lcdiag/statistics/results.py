"""Results that come as a family: one value a group, or one value an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Counts, Floats, Labels

if TYPE_CHECKING:
    from pandas import DataFrame

    Frame = DataFrame


@dataclass(frozen=True, eq=False)
class GroupValues:
    """One value a group.

    Attributes
    ----------
    groups : array, shape (g,)
        Labels, sorted.
    values : array, shape (g,)
        NaN where absent.
    n : array of int, shape (g,)
        How many people each value rests on.
    reasons : array of str, shape (g,)
        Why a value is absent; "" where it is there.
    method : str
        As in Estimate.
    """

    groups: Labels
    values: Floats
    n: Counts
    reasons: npt.NDArray[np.str_]
    method: str

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.values, dtype=dtype)

    def __len__(self) -> int:
        return len(self.values)

    def estimate(self, group: Any) -> Estimate:
        """Return the value of one group, without an interval.

        Raises
        ------
        KeyError
            If the group does not occur.
        """
        found = np.flatnonzero(self.groups == group)
        if not len(found):
            raise KeyError(f"there is no group {group!r}")
        return _cell(self.values, self.n, self.reasons, self.method, int(found[0]))

    def to_frame(self) -> Frame:
        """Return one row a group: group, n, value, absent."""
        return frame(
            {"group": self.groups, "n": self.n, "value": self.values, "absent": self.reasons}
        )


@dataclass(frozen=True, eq=False)
class ItemValues:
    """One value an item, in the order of the columns.

    Attributes
    ----------
    values : array, shape (k,)
        NaN where absent.
    n : array of int, shape (k,)
        How many answers each value rests on.
    reasons : array of str, shape (k,)
        Why a value is absent; "" where it is there.
    method : str
        As in Estimate.
    """

    values: Floats
    n: Counts
    reasons: npt.NDArray[np.str_]
    method: str

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.values, dtype=dtype)

    def __len__(self) -> int:
        return len(self.values)

    def estimate(self, item: int) -> Estimate:
        """Return the value of one item by its position, without an interval."""
        return _cell(self.values, self.n, self.reasons, self.method, item)

    def to_frame(self) -> Frame:
        """Return one row an item: item, n, value, absent."""
        return frame(
            {
                "item": np.arange(len(self)),
                "n": self.n,
                "value": self.values,
                "absent": self.reasons,
            }
        )


def frame(columns: Mapping[str, Any]) -> Frame:
    """Return a data frame of named columns: the one door of this room to pandas."""
    import pandas as pd

    return pd.DataFrame(dict(columns))


def reasons_for(
    shape: tuple[int, ...], rules: Sequence[tuple[str, npt.NDArray[np.bool_]]]
) -> npt.NDArray[np.str_]:
    """Return, per cell, the first reason whose rule holds, or ""."""
    names = [name for name, _ in rules]
    tests = [np.broadcast_to(test, shape) for _, test in rules]
    return np.asarray(np.select(tests, names, default=""), dtype=np.str_)


def _cell(
    values: Floats, n: Counts, reasons: npt.NDArray[np.str_], method: str, at: int
) -> Estimate:
    if reasons[at]:
        return Estimate.missing(str(reasons[at]), n=int(n[at]), method=method)
    return Estimate(value=float(values[at]), n=int(n[at]), method=method)
