"""Removing one person's rows from every file with answers, whole files or none."""

from __future__ import annotations

import difflib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Severity
from lcdiag.base.records import write_whole
from lcdiag.importers.delimited import decode, lines, records
from lcdiag.importers.folder import read_answers
from lcdiag.importers.table import read_bytes
from lcdiag.instrument.study import Study
from lcdiag.responses.columns import guess_columns
from lcdiag.responses.draft import pseudonyms
from lcdiag.responses.sheet import Sheet
from lcdiag.responses.words import tidy

_VERY_CLOSE = 0.85
"""A near miss names another person's code; only a slip of the keyboard is worth that."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed.

    Attributes
    ----------
    rows : int
        Number of rows, over all waves.
    files : tuple of Path
        The files that were rewritten.
    """

    rows: int
    files: tuple[Path, ...]


def forget(study: Study, pseudonym: str) -> Forgotten:
    """Remove a person's rows from the answers of all waves and communities.

    Text files keep every other byte; workbooks are saved again by openpyxl, which keeps cells,
    formats and drop-downs, but no charts or pictures. Reports that were made before hold no
    persons and stay as they are.

    Raises
    ------
    LcdiagError
        When nobody has this pseudonym, a file cannot be read, or a workbook cannot be saved
        without loss. All new contents are ready before the first file is written.
    """
    wanted = tidy(pseudonym).casefold()
    if not wanted:
        raise LcdiagError.single("responses.no-pseudonym")
    sheets, findings = read_answers(study)
    errors = [one for one in findings if one.severity is Severity.ERROR]
    if errors:
        raise LcdiagError(errors)
    contents: dict[Path, bytes] = {}
    removed = 0
    names: list[str] = []
    for _, sheet in sheets:
        columns = guess_columns(sheet, study.questionnaire, study)
        who = [name.casefold() for name in pseudonyms(sheet, columns).tolist()]
        names += who
        rows = [sheet.numbers[i] for i, name in enumerate(who) if name == wanted]
        if rows:
            removed += len(rows)
            contents[sheet.path] = _without(sheet, frozenset(rows))
    if not contents:
        near = difflib.get_close_matches(wanted, sorted(set(names)), n=1, cutoff=_VERY_CLOSE)
        facts = {"near": near[0] if near else ""}
        raise LcdiagError.single("responses.nobody", "", facts)
    for path, content in contents.items():
        write_whole(path, content)
    return Forgotten(removed, tuple(contents))


def _without(sheet: Sheet, rows: frozenset[int]) -> bytes:
    """Return the content of the sheet's file without these rows."""
    raw = read_bytes(sheet.path)
    if sheet.delimiter:
        return _text_without(raw, sheet, rows)
    return _workbook_without(raw, sheet, rows)


def _text_without(raw: bytes, sheet: Sheet, rows: frozenset[int]) -> bytes:
    decoded = decode(raw, sheet.place)
    keep = np.ones(len(every := lines(decoded.text)), dtype=bool)
    for number, record in enumerate(records(decoded.text, sheet.delimiter, sheet.place), start=1):
        if number in rows:
            keep[record.first : record.last] = False
    return decoded.encode("".join(line for line, kept in zip(every, keep, strict=True) if kept))


def _workbook_without(raw: bytes, sheet: Sheet, rows: frozenset[int]) -> bytes:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(raw), keep_vba=sheet.path.suffix.lower() == ".xlsm")
    page = book[sheet.name]
    if any(cell.data_type == "f" for row in page.iter_rows() for cell in row):
        # Saving would drop the stored values of the formulas, and with them answers.
        facts = {"rows": tuple(str(row) for row in sorted(rows))}
        raise LcdiagError.single("responses.formulas", sheet.place, facts)
    for row in sorted(rows, reverse=True):
        page.delete_rows(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
