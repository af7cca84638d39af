"""Who of one wave is who in the other: answers with ids, and the rows that belong together."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats, as_column, as_labels


def answers_with_ids(values: Any, ids: Any, wave: str) -> tuple[Floats, npt.NDArray[Any]]:
    """Return the values that are there, with their ids ("" where a person cannot be linked).

    Raises
    ------
    ValueError
        If ids and values differ in length, or an id occurs twice.
    """
    column = as_column(values, wave)
    names = as_labels(ids).astype(object)
    if names.shape != column.shape:
        raise ValueError(f"{wave}_ids must have one id a value, {len(column)} in all")
    held = ~np.isnan(column)
    kept = ["" if one is None or one != one else one for one in names[held].tolist()]
    known = [one for one in kept if one != ""]
    if len(set(known)) < len(known):
        raise ValueError(f"an id may occur once in a wave; one occurs twice in {wave}_ids")
    out = np.empty(len(kept), dtype=object)
    out[:] = kept
    return column[held], out


def linked_rows(
    first: npt.NDArray[Any], second: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the positions, in each wave, of the people who are in both."""
    place = {one: row for row, one in enumerate(second.tolist()) if one != ""}
    rows = [(row, place[one]) for row, one in enumerate(first.tolist()) if one in place]
    both = np.array(rows, dtype=np.intp).reshape(-1, 2)
    return both[:, 0], both[:, 1]
