"""How many people seem careless, and what the study's means do without them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.diagnosis.quality_model import Careless, Moved
from lcdiag.diagnosis.quality_parts.basis import Basis, Mask
from lcdiag.diagnosis.scored import scored_scales

FEWEST_PEOPLE = 30
"""Among fewer people a count of some of them says little, and tells more about each."""
FEWEST_COMMUNITIES = 3
"""With two, each could take its own part off and read the other's."""


def careless(basis: Basis) -> Careless | None:
    """Return the count and the effect, where they may be told; None where nobody looked.

    Looked at from 30 people, in one community or three; without any one community the minimum is
    left. The count is told from the minimum on, where at least as many others remain as exact
    numbers need. Fewer people, or none, look alike.
    """
    from lcdiag.responses.seems_careless import seems_careless

    once = basis.once
    if not _many(basis, once):
        return None
    people = basis.rounded(int(once.sum()))
    flagged = seems_careless(basis.evidence.responses, once) & once
    if not _told(basis, once, flagged):
        return Careless(people=people)
    moved = tuple(_moved(basis, once, flagged)) if flagged.any() else ()
    return Careless(people=people, n=int(flagged.sum()), moved=moved)


def _many(basis: Basis, rows: Mask) -> bool:
    """Return whether these are enough people of enough communities for a number over all."""
    if basis.internal:
        return bool(rows.any())
    names = basis.evidence.responses.community[rows].astype(str)
    sizes = np.unique(names, return_counts=True)[1]
    if sizes.sum() < FEWEST_PEOPLE:
        return False
    if len(sizes) == 1:
        return True
    enough = bool(sizes.sum() - sizes.max() >= basis.minimum)
    return enough and len(sizes) >= FEWEST_COMMUNITIES


def _told(basis: Basis, once: Mask, flagged: Mask) -> bool:
    exact = basis.evidence.study.settings.thresholds.exact
    others = int((once & ~flagged).sum())
    return basis.internal or (int(flagged.sum()) >= basis.minimum and others >= exact)


def _moved(basis: Basis, once: Mask, flagged: Mask) -> Iterator[Moved]:
    """Yield the change of every scale mean, where both means rest on enough people.

    Only the change: the means themselves could be taken apart with those of the communities.
    """
    for one in scored_scales(basis.evidence):
        if one.over_parties:
            continue
        scores = basis.evidence.values(one.address)
        known = once & ~np.isnan(scores)
        if not (known & ~flagged).any():
            continue
        if not basis.internal and not (
            _many(basis, known) and _told(basis, known, known & flagged)
        ):
            continue
        moved = float(scores[known & ~flagged].mean() - scores[known].mean())
        yield Moved(scale=one.address, moved=round(moved, 1) + 0.0)
