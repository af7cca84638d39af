"""What the rows of a table of answers are called in results a person."""

from __future__ import annotations

from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Labels, as_labels


def person_labels(items: Any, n: int) -> Labels:
    """Return the labels of n rows: the index of a data frame or series, else 0, 1, 2, ..."""
    if hasattr(items, "index") and hasattr(items, "to_numpy"):
        return as_labels(items.index)
    return np.arange(n)
