"""Workbooks with the same bytes every time, in which no text can become a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

INK = "17323A"
ACCENT = "00665E"
SAND = "F3EDE0"
MIST = "EEF4F3"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_MOMENT = (1980, 1, 1, 0, 0, 0)
_ISO_MOMENT = b"1980-01-01T00:00:00Z"


def workbook_bytes(book: Workbook) -> bytes:
    """Return the file of a workbook with fixed dates: same content, same bytes."""
    raw = io.BytesIO()
    book.save(raw)
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _ISO_MOMENT, content)
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, content)
    return whole.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: str | float | None) -> Cell:
    """Write a value; a text that looks like a formula stays a text, also after editing."""
    cell: Cell = sheet.cell(row=row, column=column)  # type: ignore[assignment]
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_SIGNS)
    return cell


def heading_row(sheet: Worksheet, headings: Sequence[str], row: int = 1) -> None:
    """Write the headings of a table, white on the accent colour."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, text in enumerate(headings, start=1):
        cell = put(sheet, row, column, text)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=ACCENT)
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def text_table(
    sheet: Worksheet,
    headings: Sequence[str],
    rows: Iterable[Sequence[str | float | None]],
    widths: Sequence[int],
) -> None:
    """Write a table to be read: wrapped texts, light lines in every second row."""
    from openpyxl.styles import Alignment, PatternFill

    heading_row(sheet, headings)
    set_widths(sheet, widths)
    light = PatternFill("solid", fgColor=MIST)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = put(sheet, number, column, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number % 2:
                cell.fill = light
    sheet.freeze_panes = "A2"


def explanation(sheet: Worksheet, lines: Sequence[str]) -> None:
    """Write a sheet of plain sentences under a title."""
    from openpyxl.styles import Alignment, Font

    sheet.sheet_view.showGridLines = False
    set_widths(sheet, (92,))
    for number, line in enumerate(lines, start=1):
        cell = put(sheet, number, 1, line)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.font = Font(bold=number == 1, size=14 if number == 1 else 11, color=INK)


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set the widths of the first columns, in characters."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def shorten(text: str, length: int) -> str:
    """Return the text within the length that a spreadsheet accepts (in UTF-16 units)."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * length:
        return text
    return units[: 2 * (length - 1)].decode("utf-16-le", "ignore") + "…"
