"""Two heaps of answers to one question: perhaps two stories live in the group."""

from __future__ import annotations

from collections import defaultdict

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Address, Diagnosis, Measure, Unit
from lcdiag.instrument.questionnaire import Questionnaire

METHOD = "smaller heap against the dip"
FEWEST = 10
Key = tuple[str, Unit, int]
"""Item, community, wave."""

_DONT_KNOW = "count.dk"


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return `two_stories` for every item and scale whose answers are released in full.

    Of an item: how many people the smaller of two heaps holds, or absent as ``one-heap``, or as
    ``fewer-than-10-answers``, for which the rule was not tried. Of a
    scale: in how many of its items there are two heaps, where these are at least half of its
    items, two or more; else absent as ``one-heap``. Hidden where the counts of the item, or of any
    item of the scale, are hidden.
    """
    tables = _tables(diagnosis)
    if not tables:
        return ()
    found = _items(diagnosis, tables)
    return (*found.values(), *_scales(diagnosis, found))


def _tables(diagnosis: Diagnosis) -> dict[Key, dict[int, int]]:
    """Return the released counts by item, community and wave; not all of them where some hide."""
    tables: dict[Key, dict[int, int]] = defaultdict(dict)
    for measure in diagnosis.measures:
        at, cell = measure.at, measure.cell
        if not at.statistic.startswith("count.") or at.statistic == _DONT_KNOW:
            continue
        counts = tables[at.subject, at.unit, at.wave]
        if isinstance(cell, Estimate) and cell.value is not None:
            counts[int(at.statistic.removeprefix("count."))] = round(cell.value)
    return tables


def _items(diagnosis: Diagnosis, tables: dict[Key, dict[int, int]]) -> dict[Key, Measure]:
    """Return one measure an item, community and wave."""
    import numpy as np

    from lcdiag.diagnosis.heaps import LIMIT, two_heaps

    words = {item.id: item for item in diagnosis.words.items}
    by_format = defaultdict(list)
    for key, counts in tables.items():
        item = words.get(key[0])
        if item is not None and len(counts) == item.high - item.low + 1:
            by_format[item.low, item.high].append(key)
    found = {
        key: Measure(at=_at(key[0], words[key[0]].level, *key[1:]), cell=Hidden())
        for key in tables
        if key[0] in words
    }
    for (low, high), keys in by_format.items():
        table = np.array([[tables[key][code] for code in range(low, high + 1)] for key in keys])
        z, smaller = two_heaps(table)
        for key, sure, heap, n in zip(keys, z, smaller, table.sum(axis=1).tolist(), strict=True):
            cell = Estimate(value=float(heap), n=n, method=METHOD)
            if n < FEWEST or not sure > LIMIT:
                why = "fewer-than-10-answers" if n < FEWEST else "one-heap"
                cell = Estimate.missing(why, n=n, method=METHOD)
            subject, unit, wave = key
            found[key] = Measure(at=_at(subject, words[subject].level, unit, wave), cell=cell)
    return found


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
