"""Compares two versions of an instrument: items, scales, topics, and what respondents meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lcdiag.instrument.diff_items import item_changes, renamed
from lcdiag.instrument.diff_model import (
    EFFECTS,
    Change,
    Comparison,
    Effect,
    InstrumentDiff,
    PartComparison,
)
from lcdiag.instrument.model import Contrast, Instrument, Scale
from lcdiag.instrument.status import effective_status

_COMPARISONS = {
    Effect.NONE: Comparison.COMPARABLE,
    Effect.CARE: Comparison.WITH_CARE,
    Effect.BROKEN: Comparison.NOT_COMPARABLE,
}
_SCALE_EFFECTS = {
    "combine": Effect.BROKEN,
    "min_answered": Effect.CARE,
    "direction": Effect.CARE,
    "level": Effect.CARE,
    "composition": Effect.NONE,
    "per_item": Effect.NONE,
}


def diff_instruments(old: Instrument, new: Instrument) -> InstrumentDiff:
    """Return what changed from one version of an instrument to the next.

    Parameters
    ----------
    old, new : Instrument
        The version that people answered, and the one that they would answer next.

    Returns
    -------
    InstrumentDiff
        False as a truth value where nothing changed. A sentence, an instruction or a label of a
        point asks for care; another key, referent, format or make-up of a scale breaks the
        comparison; what respondents never meet does nothing to it.
    """
    codes = renamed(old, new)
    changes = [
        *_about(old, new),
        *_met_by_all(old, new),
        *item_changes(old, new, codes),
        *_scales(old, new, codes),
        *_topics(old, new, codes),
        *_open_questions(old, new),
        *_indicators(old, new),
    ]
    return InstrumentDiff(
        old=f"{old.id} {old.version}",
        new=f"{new.id} {new.version}",
        changes=tuple(changes),
        parts=tuple(_parts(old, new, changes, codes)),
        status={
            language: (
                effective_status(old, language).value if language in old.languages else "",
                effective_status(new, language).value if language in new.languages else "",
            )
            for language in dict.fromkeys((*old.languages, *new.languages))
        },
    )


def _translated(
    kind: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    effect: Effect,
    languages: Sequence[str],
    *,
    where: str = "",
    parts: tuple[str, ...] = (),
    everywhere: bool = False,
) -> Iterator[Change]:
    """Yield one change for each of the languages in which a text is different."""
    for language in languages:
        before, after = old.get(language, ""), new.get(language, "")
        if before != after:
            yield Change(
                kind=kind,
                where=where,
                language=language,
                old=before,
                new=after,
                effect=effect,
                parts=parts,
                everywhere=everywhere,
            )


def _shared(old: Instrument, new: Instrument) -> tuple[str, ...]:
    """Return the languages that both versions have."""
    return tuple(language for language in old.languages if language in new.languages)


def _about(old: Instrument, new: Instrument) -> Iterator[Change]:
    """Yield what is said about the instrument: nobody who answers meets it."""
    for key in ("id", "version", "licence"):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield Change(kind=key, old=before, new=after, effect=Effect.NONE)
    yield from _translated("title", old.title, new.title, Effect.NONE, _shared(old, new))
    for key in ("source", "validation", "reported", "expected"):
        if getattr(old, key) != getattr(new, key):
            yield Change(kind=key, effect=Effect.NONE)


def _met_by_all(old: Instrument, new: Instrument) -> Iterator[Change]:
    """Yield what every respondent reads, whatever they answer."""
    languages = _shared(old, new)
    for language in new.languages:
        if language not in old.languages:
            yield Change(kind="language-added", language=language, effect=Effect.NONE)
    for language in old.languages:
        if language not in new.languages:
            yield Change(
                kind="language-removed", language=language, effect=Effect.CARE, everywhere=True
            )
    for key in ("respondent_title", "instruction", "note"):
        kind = key.replace("_", "-")
        before, after = getattr(old, key), getattr(new, key)
        yield from _translated(kind, before, after, Effect.CARE, languages, everywhere=True)


def _scales(old: Instrument, new: Instrument, codes: Mapping[str, str]) -> Iterator[Change]:
    before, after = {one.id: one for one in old.scales}, {one.id: one for one in new.scales}
    yield from _gone_and_new("scale", before, after)
    languages = _shared(old, new)
    for name in (name for name in before if name in after):
        was, now = before[name], after[name]
        touched: dict[str, tuple[str, ...]] = {"parts": (name,)}
        members = [codes.get(code, code) for code in was.items]
        if set(members) != set(now.items):
            yield Change(
                kind="scale-items",
                where=name,
                old=" ".join(was.items),
                new=" ".join(now.items),
                # single items go on by themselves; only what stands around them is different
                effect=Effect.CARE if was.per_item and now.per_item else Effect.BROKEN,
                parts=(name,),
            )
        for key, effect in _SCALE_EFFECTS.items():
            first, second = getattr(was, key), getattr(now, key)
            if first != second:
                kind = f"scale-{key.replace('_', '-')}"
                yield Change(
                    kind=kind, where=name, old=str(first), new=str(second), effect=effect, **touched
                )
        for key in ("label", "about", "question"):
            yield from _translated(
                f"scale-{key}",
                getattr(was, key),
                getattr(now, key),
                Effect.NONE,
                languages,
                where=name,
            )
        yield from _translated(
            "scale-respondent-label",
            was.respondent_label,
            now.respondent_label,
            Effect.CARE,
            languages,
            where=name,
            parts=(name,),
        )


def _topics(old: Instrument, new: Instrument, codes: Mapping[str, str]) -> Iterator[Change]:
    before = {f"topic.{one.id}": one for one in old.contrasts}
    after = {f"topic.{one.id}": one for one in new.contrasts}
    yield from _gone_and_new("topic", before, after)
    for name in (name for name in before if name in after):
        was, now = before[name], after[name]
        if tuple(codes.get(code, code) for code in _ratings(was)) != _ratings(now):
            yield Change(
                kind="topic-ratings",
                where=name,
                old=" ".join(_ratings(was)),
                new=" ".join(_ratings(now)),
                effect=Effect.BROKEN,
                parts=(name,),
            )
        if was.kind != now.kind:
            yield Change(
                kind="topic-kind",
                where=name,
                old=was.kind,
                new=now.kind,
                effect=Effect.BROKEN,
                parts=(name,),
            )
        yield from _translated(
            "topic-label",
            was.label,
            now.label,
            Effect.NONE,
            _shared(old, new),
            where=name,
        )


def _gone_and_new(kind: str, before: Iterable[str], after: Iterable[str]) -> Iterator[Change]:
    old, new = tuple(before), tuple(after)
    for name in new:
        if name not in old:
            yield Change(kind=f"{kind}-added", where=name, effect=Effect.NONE, parts=(name,))
    for name in old:
        if name not in new:
            yield Change(kind=f"{kind}-removed", where=name, effect=Effect.BROKEN, parts=(name,))


def _open_questions(old: Instrument, new: Instrument) -> Iterator[Change]:
    before = {one.id: one for one in old.open_questions}
    after = {one.id: one for one in new.open_questions}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Change(kind="open-question", where=name, effect=Effect.CARE)


def _indicators(old: Instrument, new: Instrument) -> Iterator[Change]:
    before = {one.id: one for one in old.indicators}
    after = {one.id: one for one in new.indicators}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Change(kind="indicator", where=name, effect=Effect.NONE)


def _ratings(topic: Contrast) -> tuple[str, str, str]:
    return (topic.own, topic.others, topic.practice)


def _members(instrument: Instrument) -> dict[str, tuple[Scale | Contrast, tuple[str, ...]]]:
    found: dict[str, tuple[Scale | Contrast, tuple[str, ...]]] = {
        one.id: (one, one.items) for one in instrument.scales
    }
    return found | {f"topic.{one.id}": (one, _ratings(one)) for one in instrument.contrasts}


def _parts(
    old: Instrument, new: Instrument, changes: Sequence[Change], codes: Mapping[str, str]
) -> Iterator[PartComparison]:
    """Yield the conclusion for each scale and topic."""
    before, after = _members(old), _members(new)
    kept = {codes.get(item.id, item.id) for item in old.items}
    for name in dict.fromkeys((*after, *before)):
        part, items = after.get(name) or before[name]
        touching = [
            one
            for one in changes
            if one.everywhere or name in one.parts or set(items) & set(one.items)
        ]
        if name not in before:
            comparison = Comparison.NEW
        elif name not in after:
            comparison = Comparison.GONE
        else:
            worst = max((one.effect for one in touching), key=EFFECTS.index, default=Effect.NONE)
            comparison = _COMPARISONS[worst]
        edited = {
            code
            for one in changes
            if one.effect is not Effect.NONE
            for code in (items if one.everywhere else one.items)
        }
        yield PartComparison(
            id=name,
            label=part.label,
            comparison=comparison,
            unchanged=tuple(
                code for code in items if name in after and code in kept and code not in edited
            ),
            items=len(items),
        )
