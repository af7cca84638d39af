"""Sentences of a published scale from a CSV or xlsx file: code beside sentence."""

from __future__ import annotations

from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity
from lcdiag.importers.table import read_table
from lcdiag.instrument.wording_rows import WordingRow

CODE_HEADINGS = ("code", "item", "kolom", "column")
TEXT_HEADINGS = ("zin", "stelling", "tekst", "sentence", "statement", "text", "wording")

_SAID_OTHERWISE = {
    "responses.file-empty": "wording.file-empty",
    "responses.file-binary": "wording.not-a-sheet",
    "responses.file-is-folder": "wording.is-folder",
    "responses.old-excel": "wording.not-a-sheet",
}
"""What the reader of answers says about files in general, in words about sentences."""


def read_wording_rows(
    path: Path, language: str
) -> tuple[tuple[WordingRow, ...], tuple[Finding, ...]]:
    """Return the rows of a sheet with a code and a text.

    Parameters
    ----------
    path : Path
        The file; read as any table of answers, by its content.
    language : str
        Of the sentences: a column with this code as its heading holds them, too.

    Returns
    -------
    rows : tuple of WordingRow
        With their places.
    findings : tuple of Finding
        A text without a code; remarks on the file.

    Raises
    ------
    LcdiagError
        When there is no table, or it has no column of codes or none of sentences.
    """
    try:
        sheet, remarks = read_table(path)
    except LcdiagError as error:
        raise LcdiagError([_about_sentences(one) for one in error.findings]) from None
    headings = [" ".join(one.casefold().split()) for one in sheet.header]
    code = _column(headings, CODE_HEADINGS)
    text = _column(headings, (*TEXT_HEADINGS, language.casefold()))
    absent = [
        Finding(f"wording.no-{kind}-column", Severity.ERROR, path.name, {"options": options})
        for kind, found, options in (
            ("code", code, CODE_HEADINGS),
            ("text", text, (*TEXT_HEADINGS, language)),
        )
        if found is None
    ]
    broken = [one for one in remarks if one.severity is Severity.ERROR]
    if code is None or text is None or broken:
        raise LcdiagError([*absent, *broken])
    rows: list[WordingRow] = []
    findings: list[Finding] = []
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        key, said = cells[code].strip(), cells[text]
        place = f"{path.name}, row {number}"
        if key:
            rows.append(WordingRow(key, said, f"{place}, {key[:40]}"))
        elif said.strip():
            facts = {"value": said.strip()[:60]}
            findings.append(Finding("wording.no-code", Severity.ERROR, place, facts))
    return tuple(rows), tuple(findings)


def _column(headings: list[str], names: tuple[str, ...]) -> int | None:
    """Return the first column with one of these headings."""
    return next((place for place, one in enumerate(headings) if one in names), None)


def _about_sentences(finding: Finding) -> Finding:
    code = _SAID_OTHERWISE.get(finding.code, finding.code)
    return Finding(code, finding.severity, finding.where, finding.facts)
