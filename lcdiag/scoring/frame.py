"""Scores as a table, a row a person; for the analyst only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lcdiag.responses.model import ResponseSet
from lcdiag.scoring.model import ScaleScores

if TYPE_CHECKING:
    import pandas as pd

BESIDE = ("person", "community", "meeting_group", "party", "sector", "wave", "language")
"""Who answered where, put before the scores when the answers are given."""


def score_frame(scores: ScaleScores, responses: ResponseSet | None = None) -> pd.DataFrame:
    """Return a column a scale with the scores, and one with the count of items answered.

    Parameters
    ----------
    scores : ScaleScores
        The (n, s) scores; NaN where too few items were answered.
    responses : ResponseSet, optional
        The answers they were made from, row by row.
    """
    import pandas as pd

    columns: dict[str, Any] = {}
    if responses is not None:
        columns.update({name: getattr(responses, name) for name in BESIDE})
    for place, address in enumerate(scores.scales):
        columns[address] = scores.values[:, place]
        columns[f"{address} answered"] = scores.answered[:, place]
    return pd.DataFrame(columns)
