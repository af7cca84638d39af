"""One scale of a dossier: part by part what was looked at, what came out, and what that means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.dossier.model import PARTS, Dossier, Line, ScaleDossier
from lcdiag.views.blocks import Block, Facts, Figure, Heading, Page, Prose
from lcdiag.views.dossier_words import (
    criterion_name,
    language_name,
    limit_of,
    value_of,
    verdict_of,
)
from lcdiag.views.figures import Axis, StripRow, Strips


def slug(address: str) -> str:
    """Return an address as it may stand in an id."""
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")


def scale_page(dossier: Dossier, one: ScaleDossier) -> Page:
    """Return the page of one scale."""
    judged = [line for line in one.lines if line.verdict != "told"]
    counts = {
        name: Number(sum(line.verdict == verdict for line in judged), 0)
        for name, verdict in (("met", "met"), ("failed", "not-met"), ("open", "cannot-be-judged"))
    }
    return Page(
        id=f"scale-{slug(one.id)}",
        title=Wording(one.label),
        lead=Message("dossier.scale-lead", counts),
        blocks=tuple(_parts(dossier, one)),
        badge=Message(f"dossier.badge-{one.status}"),
    )


def _parts(dossier: Dossier, one: ScaleDossier) -> Iterator[Block]:
    for part in PARTS:
        lines = [line for line in one.lines if dossier.criterion(line.criterion).part == part]
        if not lines:
            continue
        yield Heading(Message(f"dossier.part-{part}"))
        yield Prose(Message(f"dossier.part-{part}-about"))
        if part == "items":
            yield from _items(dossier, one, lines)
        else:
            yield _table(dossier, one, part, lines)


def _items(dossier: Dossier, one: ScaleDossier, lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the items of all people as a figure, and of every language as a table."""
    languages = list(dict.fromkeys(line.language for line in lines))
    if any(line.criterion == "item-rest" for line in lines):
        yield _fitting(one)
    for language in languages:
        yield _item_table(dossier, one, language)


def _fitting(one: ScaleDossier) -> Figure:
    rows = tuple(StripRow(_label(one, item.id), _rest(one, item.id)) for item in one.items)
    return Figure(
        id=f"items-{slug(one.id)}",
        title=Message("dossier.fitting-title"),
        caption=Message("dossier.fitting-caption"),
        alt=Message("dossier.fitting-alt", {"n": len(rows)}),
        chart=Strips(
            rows=rows,
            axis=Axis(
                -1.0, 1.0, Message("dossier.fitting-low"), Message("dossier.fitting-high"), 0.3
            ),
            decimals=2,
            value=criterion_name("item-rest"),
            subject=Message("dossier.col-item"),
        ),
    )


def _rest(one: ScaleDossier, code: str) -> Estimate:
    line = one.find("item-rest", subject=code)
    if line.value is None:
        return Estimate.missing(line.why or "not-there")
    confidence = None if line.low is None else line.confidence
    return Estimate(line.value, line.low, line.high, confidence, n=line.n)


def _item_table(dossier: Dossier, one: ScaleDossier, language: str) -> Facts:
    names = ("item-mean", "item-sd", "item-rest")
    there = [name for name in names if any(line.criterion == name for line in one.lines)]
    rows = []
    for item in one.items:
        found = [one.find(name, language=language, subject=item.id) for name in there]
        cells = [
            value_of(dossier.criterion(name), line) for name, line in zip(there, found, strict=True)
        ]
        rows.append((_label(one, item.id), *cells, Number(found[0].n, 0), verdict_of(found[-1])))
    return Facts(
        caption=Message("dossier.items-caption", {"language": language_name(language)}),
        head=(
            Message("dossier.col-item"),
            *(criterion_name(name) for name in there),
            Message("dossier.col-people"),
            Message("dossier.col-verdict"),
        ),
        rows=tuple(rows),
    )


def _label(one: ScaleDossier, code: str) -> Text:
    """Return the label of an item; a reversed one says so, because its mean is as it was asked."""
    item = next(item for item in one.items if item.id == code)
    label = Wording(item.label)
    return Message("dossier.reversed-item", {"item": label}) if item.reversed else label


def _table(dossier: Dossier, one: ScaleDossier, part: str, lines: Sequence[Line]) -> Facts:
    several = any(line.language for line in lines)
    rows = []
    for line in lines:
        rule = dossier.criterion(line.criterion)
        language = (language_name(line.language),) if several else ()
        rows.append(
            (
                _name(dossier, line),
                *language,
                value_of(rule, line),
                limit_of(rule),
                _count(line, communities=bool(rule.groups)),
                verdict_of(line),
            )
        )
    return Facts(
        caption=Message("dossier.part-caption", {"part": Message(f"dossier.part-{part}")}),
        head=(
            Message("dossier.col-criterion"),
            *((Message("dossier.col-language"),) if several else ()),
            Message("dossier.col-value"),
            Message("dossier.col-limit"),
            Message("dossier.col-rests-on"),
            Message("dossier.col-verdict"),
        ),
        rows=tuple(rows),
    )


def _count(line: Line, *, communities: bool) -> Text:
    """Return what a number rests on."""
    if not line.n:
        return Message("charts.hidden")
    unit = "communities" if communities else "people"
    return Message(f"dossier.count-{unit}", {"count": Number(line.n, 0), "n": line.n})


def _name(dossier: Dossier, line: Line) -> Text:
    """Return what a line is about; with the other scale where it is about two."""
    name = criterion_name(line.criterion)
    if not line.subject:
        return name
    labels = {one.id: one.label for one in dossier.scales}
    other: Text = Wording(labels[line.subject]) if line.subject in labels else line.subject
    return Message("dossier.with-scale", {"what": name, "other": other})
