"""Workbooks (.xlsx): the first worksheet that holds anything, as text."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from typing import Any

from lcdiag.base.errors import LcdiagError

_UNPACKED_LIMIT = 1_000_000_000


def read_workbook(raw: bytes, place: str) -> tuple[str, list[list[str]]]:
    """Return the name of the first worksheet with content, and its rows of text.

    Formulas count with the value that the spreadsheet program stored. Row i of the list is row
    i + 1 of the worksheet.

    Raises
    ------
    LcdiagError
        With one finding when this is no workbook, an incomplete one, or far too large.
    """
    _check_archive(raw, place)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            for sheet in book.worksheets:
                # Formatted but empty areas may claim a million rows.
                sheet.reset_dimensions()
                rows = [[cell_text(value) for value in row] for row in sheet.values]
                if any(any(row) for row in rows):
                    return str(sheet.title), rows
    except Exception as error:
        # openpyxl raises whatever the first broken part happens to cause.
        raise LcdiagError.single("responses.workbook-broken", place) from error
    return "", []


def cell_text(value: Any) -> str:
    """Return the text of a cell: ``3.0`` becomes ``"3"``, a date its ISO form."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return str(value)


def _check_archive(raw: bytes, place: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise LcdiagError.single("responses.workbook-broken", place) from error
    if "xl/workbook.xml" not in names:
        known = "content.xml" in names
        code = "responses.other-spreadsheet" if known else "responses.file-binary"
        raise LcdiagError.single(code, place)
    if unpacked > _UNPACKED_LIMIT:
        raise LcdiagError.single("responses.file-large", place)
