"""Two heaps of answers to one question: perhaps two stories live in the group."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Address, Diagnosis, Measure, Unit
from lcdiag.diagnosis.released_counts import released_counts
from lcdiag.instrument.questionnaire import Questionnaire

METHOD = "smaller heap against the dip"
FEWEST = 10
Key = tuple[str, Unit, int]
"""Item, community, wave."""


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return `two_stories` for every item and scale whose answers are released in full.

    Of an item: how many people the smaller of two heaps holds, or absent as ``one-heap``, or as
    ``fewer-than-10-answers``, for which the rule was not tried. Of a scale: in how many of its
    items there are two heaps, where these are at least half of its items, two or more; else absent
    as ``one-heap``. Hidden where the counts of the item, or of any item of the scale, are hidden.
    """
    found = _items(diagnosis)
    return (*found.values(), *_scales(diagnosis, found))


def _items(diagnosis: Diagnosis) -> dict[Key, Measure]:
    """Return one measure an item, community and wave."""
    import numpy as np

    from lcdiag.diagnosis.heaps import two_heaps

    words = {item.id: item for item in diagnosis.words.items}
    found: dict[Key, Measure] = {}
    for one in diagnosis.measures:
        at = one.at
        item = words.get(at.subject)
        if item is not None and at.statistic == f"count.{item.low}":
            key = (at.subject, at.unit, at.wave)
            found[key] = Measure(at=_at(at.subject, item.level, at.unit, at.wave), cell=Hidden())
    for subject, places in released_counts(diagnosis).items():
        z, smaller = two_heaps(np.array([one.counts for one in places.values()]))
        for held, sure, heap in zip(places.values(), z.tolist(), smaller.tolist(), strict=True):
            key = (subject, held.at.unit, held.at.wave)
            found[key] = found[key].model_copy(update={"cell": _heap(sure, heap, held.n)})
    return found


def _heap(sure: float, smaller: int, n: int) -> Estimate:
    """Return how many people the smaller heap holds, or why there are no two."""
    from lcdiag.diagnosis.heaps import LIMIT

    if n < FEWEST:
        return Estimate.missing("fewer-than-10-answers", n=n, method=METHOD)
    if not sure > LIMIT:
        return Estimate.missing("one-heap", n=n, method=METHOD)
    return Estimate(value=float(smaller), n=n, method=METHOD)


def _scales(diagnosis: Diagnosis, items: dict[Key, Measure]) -> list[Measure]:
    """Return one measure a scale, community and wave."""
    places = dict.fromkeys((unit, wave) for _, unit, wave in items)
    found = []
    for scale in diagnosis.words.scales:
        if scale.per_item or len(scale.items) < 2:
            continue
        for unit, wave in places:
            own = [items.get((code, unit, wave)) for code in scale.items]
            cells = [one.cell for one in own if one is not None]
            if len(cells) == len(scale.items):
                at = _at(scale.id, scale.level, unit, wave)
                found.append(Measure(at=at, cell=_split(cells)))
    return found


def _split(cells: list[Estimate | Hidden]) -> Estimate | Hidden:
    """Return in how many of the items of a scale there are two heaps."""
    known = [cell for cell in cells if isinstance(cell, Estimate)]
    if len(known) < len(cells):
        return Hidden()
    split = sum(cell.value is not None for cell in known)
    n, method = min(cell.n for cell in known), f"items, {METHOD}"
    if split < 2 or 2 * split < len(known):
        return Estimate.missing("one-heap", n=n, method=method)
    return Estimate(value=float(split), n=n, method=method)


def _at(subject: str, level: Level, unit: Unit, wave: int) -> Address:
    return Address.model_construct(
        statistic="two_stories", subject=subject, level=level, unit=unit, wave=wave
    )


DERIVATION = Derivation("stories", derive)
