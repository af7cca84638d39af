"""lcdiag instruments diff: what an edit changed, and what that does to comparing waves."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken

if TYPE_CHECKING:
    from lcdiag.instrument.diff_model import Change, InstrumentDiff


def _run(old: str, new: str, language: str | None, quiet: bool, as_json: bool) -> None:
    import json

    from lcdiag.workflow.editing import compare_versions

    found = compare_versions(old, new)
    if as_json:
        rows = [one.model_dump(mode="json") for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    changed = [one for one in found if one]
    if not changed:
        click.echo(_say("nothing"))
        return
    for one in changed:
        _show(one)
    worst = max((one.worst for one in changed), key=_gravity)
    click.echo(_say(f"advice-{worst.value}"))


def _gravity(effect: str) -> int:
    return ("none", "care", "broken").index(effect)


def _say(name: str, /, **params: str) -> str:
    from lcdiag.base.text import Message, resolve

    return resolve(Message(f"diff.{name}", params), spoken())


def _show(found: InstrumentDiff) -> None:
    """Print the changes, gravest first, then the conclusion for each scale and topic."""
    click.echo(click.style(" -> ".join(one for one in (found.old, found.new) if one), bold=True))
    for effect in ("broken", "care", "none"):
        changes = [change for change in found.changes if change.effect.value == effect]
        if changes:
            click.echo(f"\n{_say(f'effect-{effect}')}")
        for change in changes:
            _show_change(change)
    if found.parts:
        _show_parts(found)
    fallen = {name: pair for name, pair in found.status.items() if pair[0] != pair[1]}
    if fallen:
        click.echo(f"\n{_say('heading-status')}")
    for name, pair in fallen.items():
        said = [say(f"status.{status}") if status else "-" for status in pair]
        click.echo(f"  {name}: {said[0]} -> {said[1]}")
    if found.needs_new_version:
        click.echo(f"\n{_say('same-version', name=found.new)}")
    click.echo()


def _show_change(change: Change) -> None:
    from lcdiag.base.text import resolve

    click.echo(f"  {resolve(change.message, spoken())}")
    if change.language and (change.old or change.new):
        words = marked(change.old, change.new)
        width = max(len(_say(name)) for name in ("was", "now"))
        for name, text in zip(("was", "now"), words, strict=True):
            click.echo(f"    {_say(name):<{width}}  {text or '-'}")


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


def _show_parts(found: InstrumentDiff) -> None:
    click.echo(f"\n{_say('heading-parts')}")
    width = max(len(part.id) for part in found.parts)
    verdicts = {part.id: _say(f"same-{part.comparison.value}") for part in found.parts}
    second = max(map(len, verdicts.values()))
    for part in found.parts:
        n = len(part.unchanged)
        kept = ""
        if part.comparison.value in ("with-care", "not-comparable"):
            counts = {"n": str(n), "total": str(part.items), "items": " ".join(part.unchanged)}
            few = "unchanged" if 0 < n < part.items else "unchanged-all" if n else "unchanged-none"
            kept = _say(few, **counts) if few == "unchanged" else _say(few)
        click.echo(f"  {part.id:<{width}}  {verdicts[part.id]:<{second}}  {kept}".rstrip())


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "diff",
        callback=_run,
        help=say("help.instruments-diff"),
        params=[
            click.Argument(["old"], metavar=say("metavar.instrument")),
            click.Argument(["new"], metavar=say("metavar.instrument")),
        ],
    )
