"""Which column of a sheet is which item or background role: guessed, shown, overridable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.instrument.layout import BACKGROUND, BACKGROUND_HEADINGS
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import Study
from lcdiag.responses.sheet import Sheet, letters
from lcdiag.responses.words import plain, unambiguous

IGNORE = "ignore"
"""The target in ``columns.toml`` of a column that is not used."""

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "person": (
        *("pseudoniem", "pseudonym", "persoon", "person", "deelnemer", "participant"),
        *("deelnemerscode", "deelnemercode", "participant code", "respondent", "respondentcode"),
        *("koppelcode", "link code", "persoonlijke code", "personal code", "uw code", "token"),
    ),
    "community": (
        *("learning community", "leergemeenschap", "naam gemeenschap", "community name"),
        *("lc", "groep", "group", "team"),
    ),
    "meeting_group": ("werkgroep", "subgroep", "tafel", "working group", "subgroup", "table"),
    "party": ("organisatie", "organisation", "organization", "partner", "partijnaam"),
    "sector": ("sectornaam", "type organisatie", "organisation type"),
    "wave": ("meting", "meetronde", "golf", "time", "measurement", "moment"),
    "language": ("startlanguage", "lang", "userlanguage", "taalkeuze"),
}
"""Headings met elsewhere. Never a plain "id": row numbers would link strangers over waves."""

_PREFIX = re.compile(r"^([A-Za-z][A-Za-z0-9_]*)\s*(?:[.:|)\]-]|\s[-\u2013\u2014]\s)\s*\S")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")
_PERSONAL = re.compile(
    r"\b(e-?mail\w*|(voor|achter)?naam|(first|last|full)?\s?name|telefoon\w*|phone|ip(-?adres|address)?)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 200
"""Unknown headings that get a near miss; a file with thousands is another file."""

_CELLS = 2_000
"""Cells of a column that are compared with the names of the study."""

Kind = Literal["item", "background", "open", "ignored", "unknown"]
Reason = Literal["code", "text", "heading", "cells", "columns.toml", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a sheet was taken for.

    Attributes
    ----------
    position : int
        From 0.
    heading : str
        As in the file.
    kind : Kind
        Item, background role, open question, ignored on request, or unknown.
    target : str
        Item code, role or open question; "" where there is none.
    reason : Reason
        What gave it away: the item code, the item text, a known heading, the cells, or the
        author's own ``columns.toml``.
    """

    position: int
    heading: str
    kind: Kind
    target: str = ""
    reason: Reason = ""


@dataclass(frozen=True)
class ColumnMap:
    """All columns of a sheet with what they were taken for, and remarks."""

    columns: tuple[Column, ...]
    findings: tuple[Finding, ...] = ()

    @cached_property
    def items(self) -> dict[str, int]:
        """Return item code to position."""
        return {c.target: c.position for c in self.columns if c.kind == "item"}

    @cached_property
    def background(self) -> dict[str, int]:
        """Return background role to position."""
        return {c.target: c.position for c in self.columns if c.kind == "background"}

    @cached_property
    def open_questions(self) -> dict[str, int]:
        """Return open question to position."""
        return {c.target: c.position for c in self.columns if c.kind == "open"}

    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return one row a column to show: letter, heading, target (or kind), reason."""
        return tuple(
            (letters(c.position), c.heading, c.target or c.kind, c.reason) for c in self.columns
        )


def guess_columns(
    sheet: Sheet,
    questionnaire: Questionnaire,
    study: Study | None = None,
    override: Mapping[str, str] | None = None,
) -> ColumnMap:
    """Return what each column is taken for.

    In this order: the author's override; the item code (alone, or before the text); the item
    text in any language; the headings of our own workbooks and usual synonyms; and, with a
    study, cells that are the names of its communities or parties.

    Parameters
    ----------
    sheet : Sheet
        The raw table.
    questionnaire : Questionnaire
        What was asked.
    study : Study, optional
        Names by which a column without a known heading is recognised.
    override : mapping, optional
        Heading to item code, background role, open question, or ``"ignore"``. Default: what came
        with the sheet.
    """
    override = sheet.override if override is None else override
    own, findings = _own_targets(sheet, questionnaire, override)
    guess = _guesser(questionnaire)
    columns = [
        own.get(plain(heading)) or guess(heading) or Column(0, heading, "unknown")
        for heading in sheet.header
    ]
    columns = _one_role_each([_at(number, one, sheet) for number, one in enumerate(columns)])
    if study is not None:
        columns = _by_cells(columns, sheet, study)
    findings += _about_doubles(columns, sheet)
    findings += _about_unknown(columns, sheet, questionnaire)
    return ColumnMap(tuple(columns), tuple(findings))


def _at(position: int, column: Column, sheet: Sheet) -> Column:
    return Column(position, sheet.header[position], column.kind, column.target, column.reason)


def _own_targets(
    sheet: Sheet, questionnaire: Questionnaire, override: Mapping[str, str]
) -> tuple[dict[str, Column], list[Finding]]:
    """Return the author's targets by plain heading, and remarks on targets that do not exist."""
    kinds: dict[str, tuple[Kind, str]] = {plain(IGNORE): ("ignored", "")}
    kinds |= {
        plain(question.id): ("open", question.id) for question in questionnaire.open_questions
    }
    kinds |= {plain(role): ("background", role) for role in BACKGROUND}
    kinds |= {plain(code): ("item", code) for code in questionnaire.codes}
    present = {plain(heading) for heading in sheet.header}
    own: dict[str, Column] = {}
    findings: list[Finding] = []
    for heading, target in override.items():
        known = kinds.get(plain(target))
        if known is None:
            facts: dict[str, Fact] = {
                "heading": heading,
                "target": target,
                "near": near_miss(target, [*questionnaire.codes, *BACKGROUND, IGNORE]),
            }
            findings.append(
                Finding("responses.override-target", Severity.ERROR, "columns.toml", facts)
            )
        elif plain(heading) in present:
            own[plain(heading)] = Column(0, heading, known[0], known[1], "columns.toml")
        elif near := near_miss(heading, sheet.header[:_LOOKED_AT]):
            facts = {"heading": heading, "near": near}
            findings.append(
                Finding("responses.override-heading", Severity.WARNING, sheet.place, facts)
            )
    return own, findings


def _guesser(questionnaire: Questionnaire) -> Callable[[str], Column | None]:
    """Return the function from a heading to a column, or None where nothing is recognised."""
    codes = {plain(code): code for code in questionnaire.codes}
    texts = unambiguous(
        (text, item.id) for item in questionnaire.items for text in item.text.values()
    )
    open_codes = {plain(question.id): question.id for question in questionnaire.open_questions}
    open_texts = unambiguous(
        (heading, one.id)
        for one in questionnaire.open_questions
        for language, text in one.text.items()
        for heading in (text, f"{text} {one.hint.get(language, '')}")
    )
    roles = unambiguous((heading, role) for role in BACKGROUND for heading in role_headings(role))

    def guess(heading: str) -> Column | None:
        key = plain(heading)
        if key in codes:
            return Column(0, heading, "item", codes[key], "code")
        if key in open_codes:
            return Column(0, heading, "open", open_codes[key], "code")
        if key in texts:
            return Column(0, heading, "item", texts[key], "text")
        if key in open_texts:
            return Column(0, heading, "open", open_texts[key], "text")
        if key in roles:
            return Column(0, heading, "background", roles[key], "heading")
        if (found := _PREFIX.match(heading)) and plain(found[1]) in codes:
            return Column(0, heading, "item", codes[plain(found[1])], "code")
        if (found := _BRACKETS.search(heading)) and plain(found[1]) in codes:
            return Column(0, heading, "item", codes[plain(found[1])], "code")
        if found and plain(found[1]) in texts:
            return Column(0, heading, "item", texts[plain(found[1])], "text")
        return None

    return guess


def role_headings(role: str) -> tuple[str, ...]:
    """Return the headings of a background role, our own first."""
    return (*BACKGROUND_HEADINGS[role].values(), role, *_SYNONYMS.get(role, ()))


def _one_role_each(columns: list[Column]) -> list[Column]:
    """Return the columns where our own heading of a role wins from a synonym."""
    best: dict[str, int] = {}
    for column in columns:
        if column.kind == "background":
            best[column.target] = min(best.get(column.target, 99), _rank(column))
    return [
        Column(column.position, column.heading, "unknown")
        if column.kind == "background" and _rank(column) > best[column.target]
        else column
        for column in columns
    ]


def _rank(column: Column) -> int:
    if column.reason == "columns.toml":
        return 0
    own = {plain(heading) for heading in BACKGROUND_HEADINGS[column.target].values()}
    return 1 if plain(column.heading) in own else 2


def _by_cells(columns: list[Column], sheet: Sheet, study: Study) -> list[Column]:
    """Return the columns with a role recognised by cells that are names of the study."""
    names = {
        "community": {plain(one.name) for one in study.settings.communities},
        "party": {plain(one.name) for one in study.settings.parties}
        | {plain(one.sector) for one in study.settings.parties if one.sector},
    }
    taken = {column.target for column in columns}
    looked_at = 0
    for position, column in enumerate(columns):
        if column.kind != "unknown" or looked_at >= _LOOKED_AT:
            continue
        looked_at += 1
        seen = {plain(cell) for cell in dict.fromkeys(sheet.columns[position][:_CELLS])} - {""}
        for role, known in names.items():
            if role not in taken and len(seen & known) > 0.5 * len(seen):
                columns[position] = Column(position, column.heading, "background", role, "cells")
                taken.add(role)
                break
    return columns


def _about_doubles(columns: list[Column], sheet: Sheet) -> list[Finding]:
    places: dict[str, list[str]] = {}
    for column in columns:
        if column.target:
            places.setdefault(column.target, []).append(letters(column.position))
    return [
        Finding(
            "responses.column-twice",
            Severity.ERROR,
            sheet.place,
            {"target": target, "columns": tuple(found[:5]), "n": len(found)},
        )
        for target, found in places.items()
        if len(found) > 1
    ]


def _about_unknown(
    columns: list[Column], sheet: Sheet, questionnaire: Questionnaire
) -> list[Finding]:
    """Return remarks on columns without a target and items without a column."""
    taken = {column.target for column in columns}
    missing = questionnaire.missing_from(taken)
    wanted = _wanted(questionnaire, missing, taken)
    findings: list[Finding] = []
    unused: list[str] = []
    for count, column in enumerate(c for c in columns if c.kind == "unknown"):
        heading = column.heading or f"({letters(column.position)})"
        near = near_miss(column.heading, wanted) if count < _LOOKED_AT and column.heading else ""
        if near and len(findings) < 20:
            facts: dict[str, Fact] = {"heading": heading, "near": near}
            findings.append(
                Finding("responses.unknown-column", Severity.WARNING, sheet.place, facts)
            )
        else:
            unused.append(heading)
    if personal := _personal(columns, sheet):
        facts = {"n": len(personal), "headings": _first(personal)}
        findings.append(Finding("responses.personal-columns", Severity.WARNING, sheet.place, facts))
    if unused:
        facts = {"n": len(unused), "headings": _first(unused)}
        findings.append(Finding("responses.unused-columns", Severity.NOTE, sheet.place, facts))
    if missing and len(missing) == len(questionnaire.codes):
        facts = {"codes": _first(missing), "headings": _first(sheet.header)}
        findings.append(Finding("responses.no-items", Severity.ERROR, sheet.place, facts))
    elif missing:
        facts = {"n": len(missing), "codes": _first(missing)}
        findings.append(Finding("responses.items-missing", Severity.WARNING, sheet.place, facts))
    return findings


def _personal(columns: list[Column], sheet: Sheet) -> list[str]:
    """Return headings of unused columns that seem to name persons; one value for all does not."""
    return [
        column.heading
        for column in columns
        if column.kind == "unknown"
        and _PERSONAL.search(column.heading)
        and len(set(sheet.columns[column.position]) - {""}) > 1
    ]


def _wanted(questionnaire: Questionnaire, missing: list[str], taken: set[str]) -> list[str]:
    """Return the headings that a column without a target may have meant."""
    texts = [text for code in missing for text in questionnaire.item(code).text.values()]
    roles = [
        heading
        for role in BACKGROUND
        if role not in taken
        for heading in BACKGROUND_HEADINGS[role].values()
    ]
    return [*missing, *texts, *roles]


def _first(texts: Iterable[str], limit: int = 5) -> tuple[str, ...]:
    """Return the first texts, shortened, with a sign where there are more."""
    every = [text if len(text) <= 60 else text[:59] + "\u2026" for text in texts]
    return (*every[:limit], "\u2026") if len(every) > limit else tuple(every)
