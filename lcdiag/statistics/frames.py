"""The one door of this room to pandas, opened only when a table is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

    Frame = DataFrame


def frame(columns: Mapping[str, Any]) -> Frame:
    """Return a data frame of named columns of equal length."""
    import pandas as pd

    return pd.DataFrame(dict(columns))
