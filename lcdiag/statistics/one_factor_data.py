"""What a one-factor model needs of the items: the saturated model, or why there is none."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from lcdiag.statistics.arrays import as_grouping, as_matrix
from lcdiag.statistics.model_fit import Saturated, saturate
from lcdiag.statistics.moments import Moments, centred_moments
from lcdiag.statistics.patterns import Patterns, complete_pattern, patterns_of
from lcdiag.statistics.scale_matrix import why_no_reliability


def read(
    items: Any, missing: str, cluster: Any, *, equal: bool = False, robust: bool = True
) -> Saturated | str:
    """Return the saturated model of items, or the reason why there is none."""
    if isinstance(items, Moments):
        if missing == "fiml" or cluster is not None:
            raise ValueError("full information and clusters need the items, not their moments")
        reason = why_no_model(items, equal=equal)
        return reason or saturate([_of_moments(items)], None)
    rows = as_matrix(items)
    grouping = None if cluster is None else as_grouping(cluster, len(rows))
    held = ~np.isnan(rows)
    kept = held.all(axis=1) if missing == "listwise" else held.any(axis=1)
    reason = why_no_model(centred_moments(rows), missing, equal=equal)
    if reason:
        return reason
    rows = rows[kept]
    data = patterns_of(rows)
    if grouping is None:
        return saturate([data], None, robust=robust)
    some = as_grouping(grouping.codes[kept], len(rows))
    if len(some) < 2:
        return "fewer-than-2-clusters"
    return saturate([data], [some], robust=robust)


def why_no_model(moments: Moments, missing: str = "listwise", *, equal: bool = False) -> str:
    """Return why these items have no one-factor model, or ""."""
    rule: Literal["listwise", "pairwise"] = "listwise" if missing == "listwise" else "pairwise"
    reason = why_no_reliability(moments, moments.covariance(rule), rule)
    if reason == "no-total-variance":  # a sum that cancels out can still have one factor
        reason = ""
    if not reason and moments.items < 3 - equal:
        return "fewer-than-2-items" if equal else "fewer-than-3-items"
    return reason


def _of_moments(moments: Moments) -> Patterns:
    """Return the pattern of complete rows."""
    n = int(moments.complete)
    spread = moments.covariance("listwise") * (n - 1) / n
    return complete_pattern(n, moments.complete_sums / n + moments.origin, spread)
