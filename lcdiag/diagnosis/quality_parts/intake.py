"""What was read, what was left out and why: remarks on files told, those on rows only counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lcdiag.base.findings import Finding
from lcdiag.diagnosis.quality_model import FileRead, RowNote
from lcdiag.diagnosis.quality_parts.basis import Basis

ABOUT_FILES = frozenset(
    {
        "responses.windows-text",
        "responses.workbook-disguised",
        "responses.text-disguised",
        "responses.too-wide",
        "responses.column-twice",
        "responses.unknown-column",
        "responses.unused-columns",
        "responses.personal-columns",
        "responses.items-missing",
        "responses.override-heading",
        "responses.override-target",
        "responses.columns-file-value",
        "responses.columns-file-empty",
        "responses.other-files",
        "responses.outside-wave",
        "responses.unknown-folder",
        "responses.folder-empty",
        "responses.sheet-without-rows",
        "responses.one-community",
        "responses.nobody-answered",
        "responses.community-respelled",
        "responses.party-respelled",
        "responses.group-respelled",
        "responses.sector-respelled",
    }
)
"""Remarks that tell of files, columns and names alone: they go along as they are."""
SETTINGS = ("study", "survey", "agreement", "wording", "instrument")
"""Rooms whose remarks are about what the study's makers wrote."""
ABOUT_ROWS = {
    "responses.empty-rows": "left-out",
    "responses.same-twice": "twice",
    "responses.community-blank": "no-community",
    "diagnosis.rows-without-community": "no-community",
    "responses.out-of-range": "outside",
    "responses.unreadable": "unreadable",
    "responses.long-rows": "long",
    "responses.short-rows": "short",
    "responses.last-row-cut": "cut",
    "responses.code-is-name": "name",
    "responses.code-shared": "shared",
    "responses.unlinked": "unlinked",
    "responses.party-unknown": "seat",
    "responses.group-unknown": "seat",
    "responses.group-elsewhere": "seat",
    "responses.sector-unknown": "seat",
    "responses.sector-clash": "seat",
    "responses.nobody-invited": "roster",
    "responses.more-than-invited": "roster",
    "responses.party-not-invited": "roster",
    "responses.party-more-than-invited": "roster",
}
"""Remarks that tell of rows, and so of people: only their kind goes along."""
NOT_TOLD = frozenset(
    {
        "responses.straight",
        "responses.all-equal",
        "responses.no-ratings",
        "responses.codes-linked",
    }
)
"""About how people answered: counted elsewhere, by rules of their own."""
OTHER = "other"
"""Kind of a remark that nobody sorted: hidden rather than told."""
_COUNTLESS = ("roster", "seat", OTHER)


def files_told(basis: Basis, files: Iterable[FileRead]) -> tuple[FileRead, ...]:
    """Return the files with the number of their rows rounded, where it may be told at all."""
    return tuple(one.model_copy(update={"rows": _rows(basis, one)}) for one in files)


def remarks(
    basis: Basis, findings: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[RowNote, ...]]:
    """Return the remarks that are told, and what kinds there are of those that are not."""
    findings = tuple(findings)
    if basis.internal:
        return findings, ()
    told = tuple(one for one in findings if _is_told(one))
    notes: dict[RowNote, None] = {}
    for one in findings:
        if not _is_told(one) and one.code not in NOT_TOLD:
            notes.update(dict.fromkeys(_notes(basis, one)))
    return told, tuple(notes)


def _is_told(finding: Finding) -> bool:
    return finding.code in ABOUT_FILES or finding.code.split(".")[0] in SETTINGS


def _notes(basis: Basis, finding: Finding) -> Iterator[RowNote]:
    kind = ABOUT_ROWS.get(finding.code, OTHER)
    n = finding.facts.get("n")
    count = basis.rounded(n) if isinstance(n, int) and kind not in _COUNTLESS else None
    # the place is a file; further words in it name a row or a column of one answer
    where = finding.where.split(",")[0]
    yield RowNote(kind=kind, severity=finding.severity.value, where=where, n=count)


def _rows(basis: Basis, file: FileRead) -> int | None:
    if file.rows is None or basis.internal:
        return file.rows
    if file.rows < basis.minimum or not basis.all_told(file.wave):
        return None
    return basis.rounded(file.rows)
