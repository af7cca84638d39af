"""Differences between waves: released from the released levels, so that they add nothing."""

from __future__ import annotations

import math
from dataclasses import replace

from lcdiag.base.estimate import Band, Estimate
from lcdiag.diagnosis.disclosure_draft import Board, Draft
from lcdiag.diagnosis.rounding import to_grid


def round_changes(board: Board) -> None:
    """Round every difference between two waves, or hide it.

    The released difference is the difference of the two released levels. Rounded from the exact
    levels it would say on which side of their rounding they lie, and so make both finer. Its strip
    is widened by the rounding of both levels, so that it still covers the exact one.
    """
    waves: dict[tuple[str, str, str], set[int]] = {}
    for draft in board.drafts:
        waves.setdefault(draft.place[:3], set()).add(draft.place[3])
    for draft in board.drafts:
        if draft.raw.kind != "change":
            continue
        at = draft.raw.at
        level = at.statistic.partition(".")[2] or "mean"
        here = draft.place
        earlier = [wave for wave in waves[here[:3]] if wave < at.wave]
        there = (*here[:3], max(earlier)) if earlier else None
        now = board.find(level, at.subject, here)
        before = board.find(level, at.subject, there) if there is not None else None
        _round_change(draft, before, now)


def _round_change(draft: Draft, before: Draft | None, now: Draft | None) -> None:
    """Set the cell of one difference from its two levels."""
    cell = draft.raw.cell
    if before is None or now is None or before.grid is None or now.grid is None:
        draft.hide("level-hidden")
        return
    first, second = before.raw.cell.value, now.raw.cell.value
    if first is None or second is None or cell.value is None:
        return
    if not math.isclose(cell.value, second - first, abs_tol=1e-9):
        # another difference than that of the levels, say of the same people only
        draft.hide("other-difference")
        return
    grid = max(before.grid, now.grid)
    slack = (before.grid + now.grid) / 2
    value = _released(second, now.grid) - _released(first, before.grid)
    draft.grid = min(before.grid, now.grid)
    draft.small = before.small or now.small
    # How many people the two waves share would tell how many came and went, which may be few: the
    # released difference names the smaller wave, and not how the covariance was counted.
    fewer = min(before.raw.cell.n, now.raw.cell.n)
    plain = replace(cell, n=fewer, method=f"t, from wave {before.raw.at.wave}")
    draft.replaced = _around(plain, round(value, 4), slack, grid)


def _released(value: float, grid: float) -> float:
    import numpy as np

    return float(to_grid(np.array([value]), grid)[0]) * grid


def _around(cell: Estimate, value: float, slack: float, grid: float) -> Estimate:
    """Return strips of whole steps around the released value that cover the exact ones."""

    def half(low: float, high: float) -> float:
        exact = cell.value or 0.0
        width = max(high - exact, exact - low)
        return math.ceil((width + slack) / grid - 1e-7) * grid

    bands = tuple(
        Band(band.confidence, value - half(band.low, band.high), value + half(band.low, band.high))
        for band in cell.bands
    )
    if cell.low is None or cell.high is None:
        return replace(cell, value=value, bands=bands)
    reach = half(cell.low, cell.high)
    return replace(cell, value=value, low=value - reach, high=value + reach, bands=bands)
