"""The components of every group in one table, whatever the number of ratings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Counts
from lcdiag.statistics.roundrobin_blocks import Block, MissingRatings, Ratings, blocks_of
from lcdiag.statistics.roundrobin_estimates import (
    Part,
    effect_part,
    effects_of,
    estimate_of,
    relationship_part,
)
from lcdiag.statistics.roundrobin_results import Kind, MemberEffects, Table

NAMES = (
    "actor",
    "partner",
    "relationship",
    "actor-partner",
    "relationship covariance",
)
KINDS: tuple[Kind, ...] = (None, None, None, (0, 1), (2, 2))


def variable_parts(p: int, at: int) -> list[Part]:
    """Return the five components of one of p variables."""
    return [
        effect_part(p, at, at),
        effect_part(p, p + at, p + at),
        relationship_part(p, at, at),
        effect_part(p, at, p + at, crossed=True),
        relationship_part(p, at, at, reverse=True),
    ]


def components_by_group(
    rows: Ratings,
    missing: MissingRatings,
    parts: Sequence[Part],
    names: tuple[str, ...],
    kinds: tuple[Kind, ...],
) -> tuple[Table, list[MemberEffects], list[Block]]:
    """Return components by group, effects by variable, and the squares they come from."""
    blocks, n = blocks_of(rows, missing)
    g, p = len(rows.sizes), rows.values.shape[1]
    values, errors = np.full((g, len(parts)), np.nan), np.full((g, len(parts)), np.nan)
    actor, partner = np.full((2, p, len(rows.members)), np.nan)
    for block in blocks:
        effects = effects_of(block)
        actor[:, block.members] = np.moveaxis(effects.actor, 2, 0)
        partner[:, block.members] = np.moveaxis(effects.partner, 2, 0)
        for column, part in enumerate(parts):
            found = estimate_of(part, effects)
            values[block.rows, column], errors[block.rows, column] = found
    table = Table(names, kinds, values, errors, rows.groups, n, _reasons(rows, n))
    of = np.repeat(rows.groups, rows.sizes)
    each = [MemberEffects(of, rows.members, actor[v], partner[v]) for v in range(p)]
    return table, each, blocks


def _reasons(rows: Ratings, n: Counts) -> npt.NDArray[np.str_]:
    small = rows.sizes < 4
    names = ["fewer-than-4-people", "missing-ratings"]
    return np.asarray(np.select([small, n < 4], names, ""), dtype=np.str_)
