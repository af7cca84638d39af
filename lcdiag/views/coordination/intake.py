"""Wat is ingelezen: files, what their columns were taken for, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.findings import Finding
from lcdiag.base.text import Message, Number, Text, Wording, languages, sentence
from lcdiag.diagnosis.quality_model import FileRead, RowNote
from lcdiag.views.blocks import Block, Facts, Heading, Listing, Page, Prose
from lcdiag.views.coordination_page import CoordinationPage, Desk

_ROLES = ("person", "community", "meeting_group", "party", "sector", "wave", "language")


def make(desk: Desk) -> Page | None:
    """Return the log of what was read."""
    quality = desk.quality
    if not (quality.files or quality.rows or quality.findings):
        return None
    return Page(
        id="coordination-intake",
        title=Message("coordination.intake-title"),
        lead=Message("coordination.intake-lead"),
        blocks=(*_files(desk), *_remarks(desk)),
    )


def _files(desk: Desk) -> Iterator[Block]:
    if not desk.quality.files:
        return
    names = ("file", "rows", "questions", "background", "unused")
    yield Facts(
        caption=Message("coordination.files-caption"),
        head=tuple(Message(f"coordination.col-{name}") for name in names),
        rows=tuple(_row(desk, one) for one in desk.quality.files),
    )


def _row(desk: Desk, one: FileRead) -> tuple[Text, ...]:
    roles: Text = Message("coordination.none")
    for place, role in enumerate(known for known in _ROLES if known in one.background):
        name = Message(f"coordination.role-{role.replace('_', '-')}")
        roles = Message("coordination.list", {"first": roles, "next": name}) if place else name
    return (
        one.name,
        desk.about(one.rows),
        Number(one.questions, 0),
        roles,
        Number(one.unused, 0) if one.unused else Message("coordination.none"),
    )


def _remarks(desk: Desk) -> Iterator[Block]:
    quality = desk.quality
    yield Heading(Message("coordination.remarks-heading"))
    if not (quality.rows or quality.findings):
        yield Prose(Message("coordination.remarks-none"))
        return
    told = [_finding(one) for one in quality.findings]
    told += [_note(desk, one) for one in quality.rows]
    yield Listing(tuple(told))
    if quality.rows:
        yield Prose(Message("coordination.remarks-places"), "note")


def _finding(one: Finding) -> Text:
    return Wording({code: sentence(one, code) for code in languages()})


def _note(desk: Desk, one: RowNote) -> Text:
    said: Message = Message(f"coordination.note-{one.kind}")
    if one.n is not None:
        said = Message("coordination.note-count", {"note": said, "count": desk.about(one.n)})
    if one.where:
        said = Message("coordination.note-where", {"where": one.where, "note": said})
    return said


PAGE = CoordinationPage(order=70, make=make)
