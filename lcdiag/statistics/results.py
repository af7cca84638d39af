"""Results that come as a family: one value a group, a person or an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Counts, Floats, Labels

if TYPE_CHECKING:
    from pandas import DataFrame

    Frame = DataFrame


@dataclass(frozen=True, eq=False)
class _Values:
    """Labelled values with what each rests on, or why it is absent."""

    groups: Labels
    values: Floats
    n: Counts
    reasons: npt.NDArray[np.str_]
    method: str

    label: ClassVar[str] = "group"

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.values, dtype=dtype)

    def __len__(self) -> int:
        return len(self.values)

    def estimate(self, group: Any) -> Estimate:
        """Return the value of one group, person or item by its label, without an interval.

        Raises
        ------
        KeyError
            If the label does not occur.
        """
        found = np.flatnonzero(self.groups == group)
        if not len(found):
            raise KeyError(f"there is no {self.label} {group!r}")
        at = int(found[0])
        n = int(self.n[at])
        if self.reasons[at]:
            return Estimate.missing(str(self.reasons[at]), n=n, method=self.method)
        return Estimate(value=float(self.values[at]), n=n, method=self.method)

    def to_frame(self) -> Frame:
        """Return one row a label: the label, n, value, absent."""
        return frame(
            {self.label: self.groups, "n": self.n, "value": self.values, "absent": self.reasons}
        )


@dataclass(frozen=True, eq=False)
class GroupValues(_Values):
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


@dataclass(frozen=True, eq=False)
class PersonValues(_Values):
    """One value a person (row), in the order of the rows.

    Attributes
    ----------
    groups : array, shape (n,)
        The rows, from 0; or their labels where the items came as a data frame with an index.
    values : array, shape (n,)
        NaN where absent.
    n : array of int, shape (n,)
        How many answers each value rests on.
    reasons, method
        As in `GroupValues`.
    """

    label: ClassVar[str] = "person"


@dataclass(frozen=True, eq=False)
class ItemValues(_Values):
    """One value an item, in the order of the columns.

    Attributes
    ----------
    groups : array, shape (k,)
        Positions of the items, from 0.
    values : array, shape (k,)
        NaN where absent.
    n : array of int, shape (k,)
        How many answers each value rests on.
    reasons, method
        As in `GroupValues`.
    """

    label: ClassVar[str] = "item"


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
