"""ICC(1) and ICC(k) as shares of a variance partition by restricted maximum likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.intervals import check_levels, with_intervals
from lcdiag.statistics.variance import variance_shares


def icc_by_reml(
    values: Any, groups: Any, size: float | None, confidence: float, bands: Sequence[float]
) -> Estimate:
    """Return the share between groups, or (with a size) the reliability of means of that size.

    Notes
    -----
    Absent when: as `variance.variance_shares`, under the names of `one_way.icc_1`.
    """
    levels = check_levels(confidence, bands)
    found = variance_shares(values, {"group": groups}, confidence=confidence, bands=levels)
    share = found.share("group")
    name = "icc(1), reml" if size is None else "icc(k), reml"
    name = f"{name}{share.method.removeprefix('reml')}"
    if share.value is None:
        reason = _REML_REASONS.get(share.absent or "", share.absent or "")
        return Estimate.missing(reason, n=found.n, method=name)
    m = 1.0 if size is None else size

    def stepped(one: float) -> float:
        return m * one / (1 + (m - 1) * one)

    def limits(level: float) -> tuple[float, float]:
        band = share.band(level)
        assert band is not None
        return stepped(band.low), stepped(band.high)

    known = None if share.low is None else limits
    return with_intervals(
        stepped(share.value), known, (0.0, 1.0), confidence, levels, n=found.n, method=name
    )


_REML_REASONS = {
    "one-level": "fewer-than-2-groups",
    "one-answer-a-level": "no-group-with-2-answers",
    "no-variation": "no-variance",
    "no-factor-to-separate": "fewer-than-2-groups",
}
"""What the partition calls by other names."""
