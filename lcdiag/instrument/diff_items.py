"""Compares the items of two versions: sentences, keys, formats, order, and codes renamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lcdiag.instrument.diff_model import Change, Effect
from lcdiag.instrument.model import Format, Instrument, Item

_KEYS = {"reversed": Effect.BROKEN, "referent": Effect.BROKEN, "level": Effect.CARE}
_NOTES = ("label", "facet", "place", "accepted")


def renamed(old: Instrument, new: Instrument) -> dict[str, str]:
    """Return old code to new code of items that kept their sentences but not their code."""
    before, after = _codes(old), _codes(new)
    languages = [one for one in old.languages if one in new.languages]
    gone = [item for item in old.items if item.id not in after]
    come = [item for item in new.items if item.id not in before]
    found: dict[str, str] = {}
    for item in gone:
        words = [item.text.get(one, "") for one in languages]
        same = [
            other.id
            for other in come
            if any(words) and words == [other.text.get(one, "") for one in languages]
        ]
        if len(same) == 1 and same[0] not in found.values():
            found[item.id] = same[0]
    return found


def item_changes(old: Instrument, new: Instrument, codes: Mapping[str, str]) -> Iterator[Change]:
    """Yield what changed about items.

    Parameters
    ----------
    old, new : Instrument
        The two versions.
    codes : mapping
        Old code to new code of renamed items (`renamed`).
    """
    before = {codes.get(item.id, item.id): item for item in old.items}
    after = {item.id: item for item in new.items}
    for was, now in codes.items():
        yield Change(
            kind="item-renamed", where=now, old=was, new=now, effect=Effect.CARE, items=(now,)
        )
    for code in after:
        if code not in before:
            yield Change(kind="item-added", where=code, effect=Effect.NONE)
    for code, item in before.items():
        if code not in after:
            yield Change(kind="item-removed", where=item.id, effect=Effect.NONE, items=(item.id,))
    languages = [one for one in old.languages if one in new.languages]
    for code in after:
        if code in before:
            yield from _item(before[code], after[code], languages)
    yield from _formats(old, new, before, after, languages)
    common = [code for code in before if code in after]
    if common != [code for code in after if code in before]:
        yield Change(kind="order", effect=Effect.CARE, everywhere=True)


def _codes(instrument: Instrument) -> set[str]:
    return {item.id for item in instrument.items}


def _item(was: Item, now: Item, languages: Sequence[str]) -> Iterator[Change]:
    code = now.id
    for language in languages:
        old, new = was.text.get(language, ""), now.text.get(language, "")
        if old != new:
            yield Change(
                kind="item-text",
                where=code,
                language=language,
                old=old,
                new=new,
                effect=Effect.CARE,
                items=(code,),
            )
    for key, effect in _KEYS.items():
        first, second = getattr(was, key), getattr(now, key)
        if first != second:
            yield Change(
                kind=f"item-{key}",
                where=code,
                old=_word(first),
                new=_word(second),
                effect=effect,
                items=(code,),
            )
    for key in _NOTES:
        first, second = getattr(was, key), getattr(now, key)
        if isinstance(first, dict) and key == "label":
            first = {one: first.get(one, "") for one in languages}
            second = {one: second.get(one, "") for one in languages}
        if first != second:
            yield Change(kind=f"item-{key}", where=code, effect=Effect.NONE)


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(getattr(value, "value", value))


def _formats(
    old: Instrument,
    new: Instrument,
    before: Mapping[str, Item],
    after: Mapping[str, Item],
    languages: Sequence[str],
) -> Iterator[Change]:
    """Yield one change for each pair of formats that differ, with all items that went over."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for code, item in after.items():
        if code in before:
            pairs.setdefault((before[code].format, item.format), []).append(code)
    for (first, second), codes in pairs.items():
        was, now = old.formats[first], new.formats[second]
        touched = tuple(codes)
        if (was.low, was.high) != (now.low, now.high):
            yield Change(
                kind="format-bounds",
                where=second,
                old=f"{was.low}-{was.high}",
                new=f"{now.low}-{now.high}",
                effect=Effect.BROKEN,
                items=touched,
            )
        for language in languages:
            yield from _labels(was, now, language, second, touched)


def _labels(
    was: Format, now: Format, language: str, name: str, items: tuple[str, ...]
) -> Iterator[Change]:
    old, new = " / ".join(was.points.get(language, ())), " / ".join(now.points.get(language, ()))
    for kind, first, second in (
        ("format-points", old, new),
        ("format-dont-know", was.dont_know.get(language, ""), now.dont_know.get(language, "")),
    ):
        if first != second:
            yield Change(
                kind=kind,
                where=name,
                language=language,
                old=first,
                new=second,
                effect=Effect.CARE,
                items=items,
            )
