"""One table from a file: CSV, TSV or XLSX, told apart by content, as a Sheet of text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.importers.columnsfile import read_columns_file
from lcdiag.importers.delimited import decode, records, separator
from lcdiag.importers.workbook import read_workbook
from lcdiag.responses.sheet import Sheet

SIZE_LIMIT = 200_000_000
"""Bytes; a larger file is better split by wave."""

WIDTH_LIMIT = 20_000
"""Columns; more than Excel can hold is no survey."""

Found = list[Finding]


def read_table(path: Path | str) -> tuple[Sheet, tuple[Finding, ...]]:
    """Return the table in a file as text, with remarks.

    The content decides how it is read, not the file name: UTF-8 (with or without a mark),
    UTF-16 and Windows-1252; ``;``, ``,``, tab or ``|`` between the cells; of a workbook the first
    worksheet that holds anything. A ``columns.toml`` beside the file comes along as `override`.

    Raises
    ------
    LcdiagError
        With one clear finding when there is no table to read.
    """
    path = Path(path)
    raw = read_bytes(path)
    found: Found = []
    if raw.startswith(b"PK"):
        if path.suffix.lower() not in (".xlsx", ".xlsm"):
            found.append(Finding("responses.workbook-disguised", Severity.NOTE, path.name))
        sheet = _from_workbook(raw, path, found)
    else:
        sheet = _from_text(raw, path, found)
    override, remarks = read_columns_file(path.parent)
    return replace(sheet, override=override), (*found, *remarks)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that may be a table.

    Raises
    ------
    LcdiagError
        When it is missing, empty, too large, held by another program, or of a kind that is
        known not to be a table of ours.
    """
    if not path.exists():
        near = _near_file(path)
        raise LcdiagError.single("responses.file-missing", str(path), {"near": near})
    if path.is_dir():
        raise LcdiagError.single("responses.file-is-folder", str(path))
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise LcdiagError.single("responses.file-large", path.name)
        raw = path.read_bytes()
    except PermissionError as error:
        raise LcdiagError.single("base.file-busy", path.name) from error
    except OSError as error:
        facts = {"reason": error.strerror or ""}
        raise LcdiagError.single("responses.file-unreadable", path.name, facts) from error
    if not raw.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise LcdiagError.single("responses.file-empty", path.name)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise LcdiagError.single("responses.old-excel", path.name)
    start = raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"%pdf", b"{\\rtf", b"\x89png")):
        raise LcdiagError.single("responses.file-binary", path.name)
    return raw


def _near_file(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    names = {f.stem: f.name for f in sorted(path.parent.iterdir()) if f.is_file()}
    return names.get(near_miss(path.stem, names), "")


def _from_workbook(raw: bytes, path: Path, found: Found) -> Sheet:
    name, rows = read_workbook(raw, path.name)
    numbered = [(number, row) for number, row in enumerate(rows, start=1)]
    return _sheet(numbered, Sheet((), (), (), path, name=name), found)


def _from_text(raw: bytes, path: Path, found: Found) -> Sheet:
    decoded = decode(raw, path.name)
    if decoded.codec == "cp1252":
        found.append(Finding("responses.windows-text", Severity.NOTE, path.name))
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        found.append(Finding("responses.text-disguised", Severity.NOTE, path.name))
    sign = separator(decoded.text)
    numbered = [
        (number, record.cells)
        for number, record in enumerate(records(decoded.text, sign, path.name), start=1)
    ]
    if numbered and decoded.text[:4].lower() == "sep=":
        del numbered[0]
    encoding = decoded.codec + ("-sig" if decoded.mark else "")
    sheet = Sheet((), (), (), path, encoding=encoding, delimiter=sign)
    complete = decoded.text.endswith(("\n", "\r"))
    return _sheet(numbered, sheet, found, complete=complete)


def _sheet(
    numbered: list[tuple[int, list[str]]], frame: Sheet, found: Found, *, complete: bool = True
) -> Sheet:
    """Return the frame with headings and rows of one length; blank rows are no rows."""
    place = frame.path.name
    filled = [(number, row) for number, row in numbered if any(cell.strip() for cell in row)]
    if not filled:
        raise LcdiagError.single("responses.file-empty", place)
    header = _trimmed([cell.replace("\ufeff", "").strip() for cell in filled[0][1]])
    if not frame.delimiter:
        # In a workbook nothing can have shifted: what stands beside the headings has no heading.
        header += [""] * (max(len(_trimmed(row)) for _, row in filled) - len(header))
    width = len(header)
    if width > WIDTH_LIMIT:
        facts = {"columns": width, "limit": WIDTH_LIMIT}
        raise LcdiagError.single("responses.too-wide", place, facts)
    rows: list[tuple[str, ...]] = []
    long: list[str] = []
    short: list[str] = []
    for number, row in filled[1:]:
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            long.append(str(number))
        elif len(row) < width:
            short.append(str(number))
            row = row + [""] * (width - len(row))
        rows.append(tuple(row[:width]))
    if long:
        facts_: dict[str, Fact] = {"n": len(long), "rows": tuple(long[:5]), "columns": width}
        found.append(Finding("responses.long-rows", Severity.ERROR, place, facts_))
    if frame.delimiter and short:
        found.append(_about_short_rows(short, filled[-1][0], place, complete=complete))
    return replace(
        frame,
        header=tuple(header),
        rows=tuple(rows),
        numbers=tuple(number for number, _ in filled[1:]),
    )


def _about_short_rows(short: list[str], last: int, place: str, *, complete: bool) -> Finding:
    if short == [str(last)] and not complete:
        return Finding("responses.last-row-cut", Severity.WARNING, place, {"row": last})
    facts: dict[str, Fact] = {"n": len(short), "rows": tuple(short[:5])}
    return Finding("responses.short-rows", Severity.NOTE, place, facts)


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
