"""Input arrays, checked once: numbers, NaN for missing, and labels of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Labels = npt.NDArray[Any]

_LARGEST = 1e70
_MISSING_LABELS = (None, "")


def as_numbers(values: Any, name: str) -> Floats:
    """Return numbers as float64, without looking for infinite values.

    Raises
    ------
    ValueError
        If there is text, a date or a complex number among them.
    """
    raw = values
    if hasattr(raw, "to_numpy"):
        raw = values.to_numpy()
        if raw.dtype.kind not in "fiub":
            raw = values.to_numpy(dtype=object, na_value=None)
    array = np.asarray(raw)
    if array.dtype.kind == "O":
        kinds = set(map(type, array.ravel().tolist()))
        if any(issubclass(kind, (str, bytes)) for kind in kinds):
            raise ValueError(f"{name} must be numbers, with NaN for missing; received text")
        try:
            return array.astype(np.float64)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{name} must be numbers, with NaN for missing; {error}") from error
    if array.dtype.kind not in "fiub":
        raise ValueError(
            f"{name} must be numbers, with NaN for missing; received dtype {array.dtype}"
        )
    return array.astype(np.float64, copy=False)


def refuse_infinite(array: Floats, name: str) -> None:
    """Raise ValueError if a value is infinite, or so large that its fourth power would be."""
    if (array > _LARGEST).any() or (array < -_LARGEST).any():
        if np.isinf(array).any():
            raise ValueError(f"{name} must be finite or NaN; received an infinite value")
        raise ValueError(f"{name} hold values too large to square")


def as_column(values: Any, name: str = "values") -> Floats:
    """Return a 1-d array of numbers, NaN for missing.

    Raises
    ------
    ValueError
        If it is not 1-d, holds text, or an infinite value.
    """
    array = as_numbers(values, name)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1:
        raise ValueError(f"{name} must be 1-dimensional; received shape {array.shape}")
    refuse_infinite(array, name)
    return array


def as_matrix(items: Any, name: str = "items", *, finite: bool = True) -> Floats:
    """Return an (n, k) array of numbers; a 1-d array becomes one column.

    Parameters
    ----------
    items : array_like or DataFrame
        Rows are respondents, columns are items; NaN (or None) is missing.
    name : str
        What the message calls it.
    finite : bool
        Whether to look for infinite values here (a pass over all cells).

    Raises
    ------
    ValueError
        If it has more than 2 dimensions, holds text, or an infinite value.
    """
    array = as_numbers(items, name)
    if array.ndim == 1:
        array = array[:, None]
    if array.ndim != 2:
        raise ValueError(f"{name} must be rows by columns; received shape {array.shape}")
    if finite:
        refuse_infinite(array, name)
    return array


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which group each row belongs to.

    Attributes
    ----------
    labels : array, shape (g,)
        The labels that occur, sorted.
    codes : array of int, shape (n,)
        Position of each row's label in `labels`.
    """

    labels: Labels
    codes: npt.NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.labels)

    def position(self, label: Any) -> int:
        """Return the position of a label, or raise KeyError where it does not occur."""
        found = np.flatnonzero(self.labels == label)
        if not len(found):
            raise KeyError(f"there is no group {label!r}")
        return int(found[0])


def as_labels(labels: Any) -> Labels:
    """Return labels or ids as an array; what pandas calls missing becomes None."""
    if hasattr(labels, "to_numpy"):
        raw = labels.to_numpy()
        if raw.dtype.kind == "O":
            raw = labels.to_numpy(dtype=object, na_value=None)
        return np.asarray(raw)
    found = np.asarray(labels)
    if found.dtype.kind in "US" and isinstance(labels, (list, tuple)):
        # NaN among words would become the word "nan"
        kept = np.asarray(labels, dtype=object)
        return kept if any(one != one for one in kept.ravel().tolist()) else found
    return found


def as_grouping(groups: Any, n: int) -> Grouping:
    """Return the grouping of n rows by a 1-d array of labels.

    A Grouping passes through, so that several statistics can share the work of sorting labels.

    Raises
    ------
    ValueError
        If it is not 1-d, its length is not n, a label is missing, or labels cannot be sorted.
    """
    if isinstance(groups, Grouping) and len(groups.codes) == n:
        return groups
    labels = as_labels(groups)
    if labels.ndim != 1 or len(labels) != n:
        raise ValueError(f"groups must have one label a row, {n} in all; received {labels.shape}")
    if labels.dtype.kind in "iu" and n:
        return _from_integers(labels)
    if labels.dtype.kind in "OUS":
        return _from_objects(labels)
    if labels.dtype.kind == "f" and np.isnan(labels).any():
        raise ValueError("every row needs a group label; received NaN")
    found, codes = np.unique(labels, return_inverse=True)
    return Grouping(found, codes.astype(np.intp, copy=False))


def _from_integers(labels: Labels) -> Grouping:
    low, high = int(labels.min()), int(labels.max())
    if high - low > 4 * len(labels) + 1000:
        found, codes = np.unique(labels, return_inverse=True)
        return Grouping(found, codes.astype(np.intp, copy=False))
    shifted = (labels - labels.dtype.type(low)).astype(np.intp) if low else labels.astype(np.intp)
    present = np.zeros(high - low + 1, dtype=bool)
    present[shifted] = True
    rank = np.cumsum(present, dtype=np.intp) - 1
    return Grouping((np.flatnonzero(present) + low).astype(labels.dtype), rank[shifted])


def _from_objects(labels: Labels) -> Grouping:
    rows = labels.tolist()
    found = set(rows)
    if any(label in _MISSING_LABELS or label != label for label in found):
        raise ValueError("every row needs a group label; received a missing one")
    try:
        ordered = sorted(found)
    except TypeError as error:
        raise ValueError("group labels must be of one kind, so that they can be sorted") from error
    place = {label: number for number, label in enumerate(ordered)}
    codes = np.fromiter(map(place.__getitem__, rows), dtype=np.intp, count=len(rows))
    kept = np.empty(len(ordered), dtype=object)
    kept[:] = ordered
    return Grouping(kept if labels.dtype.kind == "O" else kept.astype(labels.dtype), codes)


def person_means(values: Floats) -> Floats:
    """Return each row's mean over the columns it has, NaN where it has none; (n, k) to (n,)."""
    held = ~np.isnan(values)
    count = held.sum(axis=1)
    total = np.where(held, values, 0.0).sum(axis=1)
    mean = np.full(len(values), np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean


def renumbered(grouping: Grouping, kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Return codes 0, 1, ... of the groups that the kept rows (n,) are in."""
    return np.unique(grouping.codes[kept], return_inverse=True)[1].astype(np.intp, copy=False)
