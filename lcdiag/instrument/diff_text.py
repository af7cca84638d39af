"""A comparison of two versions as a page for the terminal."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from lcdiag.base.text import Message, resolve
from lcdiag.instrument.diff_model import EFFECTS, Change, Comparison, InstrumentDiff


def diff_text(found: Sequence[InstrumentDiff], language: str) -> str:
    """Return what changed, gravest first, then what may be compared over the waves.

    Parameters
    ----------
    found : sequence of InstrumentDiff
        Those without changes are left out.
    language : str
        Of the sentences; what was edited is shown in the language of the edit.
    """
    changed = [one for one in found if one]
    if not changed:
        return _say("nothing", language) + "\n"
    lines = [line for one in changed for line in _page(one, language)]
    worst = max((one.worst for one in changed), key=EFFECTS.index)
    return "\n".join([*lines, _say(f"advice-{worst.value}", language)]) + "\n"


def marked(old: str, new: str) -> tuple[str, str]:
    """Return both texts with the words in square brackets that only one of them has."""
    before, after = old.split(), new.split()
    left: list[str] = []
    right: list[str] = []
    steps = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    for kind, start, end, first, last in steps:
        gone, come = " ".join(before[start:end]), " ".join(after[first:last])
        left += [one if kind == "equal" else f"[{one}]" for one in (gone,) if one]
        right += [one if kind == "equal" else f"[{one}]" for one in (come,) if one]
    return " ".join(left), " ".join(right)


def _page(found: InstrumentDiff, language: str) -> Iterator[str]:
    title = " -> ".join(one for one in (found.old, found.new) if one)
    yield from [title, "=" * len(title)]
    groups = ["broken", "care", "came-and-went", "none"]
    for group in groups:
        changes = [change for change in found.changes if _group(change) == group]
        if changes:
            yield from ["", _say(f"effect-{group}", language)]
        for change in changes:
            yield from _change(change, language)
    if found.parts:
        yield from ["", _say("heading-parts", language), *_parts(found, language)]
    fallen = {name: pair for name, pair in found.status.items() if pair[0] != pair[1]}
    if fallen:
        yield from ["", _say("heading-status", language)]
    for name, pair in fallen.items():
        said = [
            resolve(Message(f"instrument.badge-{status}"), language) if status else "-"
            for status in pair
        ]
        yield f"  {name}: {said[0]} -> {said[1]}"
    if found.needs_new_version:
        yield from ["", _say("same-version", language, name=found.new)]
    yield ""


def _group(change: Change) -> str:
    """Return under which heading a change stands: what came or went is no edit of what stayed."""
    came_or_went = change.kind.endswith(("-added", "-removed"))
    return "came-and-went" if came_or_went else change.effect.value


def _change(change: Change, language: str) -> Iterator[str]:
    yield f"  {resolve(change.message, language)}"
    if change.language and (change.old or change.new):
        heads = [_say(name, language) for name in ("was", "now")]
        width = max(map(len, heads))
        for head, text in zip(heads, marked(change.old, change.new), strict=True):
            yield f"    {head:<{width}}  {text or '-'}"


def _parts(found: InstrumentDiff, language: str) -> Iterator[str]:
    """Yield a line for each scale and topic: what may be done with it, and what stayed."""
    width = max(len(part.id) for part in found.parts)
    verdicts = [_say(f"same-{part.comparison.value}", language) for part in found.parts]
    second = max(map(len, verdicts))
    for part, verdict in zip(found.parts, verdicts, strict=True):
        kept, n = "", len(part.unchanged)
        if part.comparison in (Comparison.WITH_CARE, Comparison.NOT_COMPARABLE):
            if 0 < n < part.items:
                counts = {"n": str(n), "total": str(part.items), "items": " ".join(part.unchanged)}
                kept = _say("unchanged", language, **counts)
            else:
                kept = _say("unchanged-all" if n else "unchanged-none", language)
        yield f"  {part.id:<{width}}  {verdict:<{second}}  {kept}".rstrip()


def _say(name: str, language: str, /, **params: str) -> str:
    return resolve(Message(f"diff.{name}", params), language)
