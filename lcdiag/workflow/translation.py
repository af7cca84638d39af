"""The sheet that goes to a translator as a file, and the file that comes back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.base.text import Message
    from lcdiag.instrument.translate import Entry


def translation_sheet(name: str, to: str, suffix: str, language: str) -> bytes:
    """Return a sheet with every text of an instrument and room for one language more.

    Parameters
    ----------
    name : str
        An instrument of the library, or a file.
    to : str
        Code of the new language.
    suffix : {".xlsx", ".csv"}
        The kind of file.
    language : str
        Of the notes for the translator.
    """
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.translate import KEY, translation_entries

    instrument = open_instrument(name)
    entries = translation_entries(instrument, to)
    spoken = dict.fromkeys(code for entry in entries for code in entry.sources)
    head = [KEY, _say("who", language), *spoken, to, _say("mind", language)]
    rows = [
        [
            entry.key,
            _say(entry.reader, language),
            *(entry.sources.get(code, "") for code in spoken),
            "",
            _notes(entry, language),
        ]
        for entry in entries
    ]
    if suffix == ".csv":
        return _csv([head, *rows])
    return _workbook(
        head, rows, [_say(f"about-{n}", language, to=to) for n in range(1, 6)], language
    )


def about_sentences(name: str, to: str) -> tuple[Message, ...]:
    """Return where to go with the sentences of a record that has none: they are not in its sheet.

    Parameters
    ----------
    name, to : str
        As in `translation_sheet`.
    """
    from lcdiag.base.text import Message
    from lcdiag.instrument.catalogue import open_instrument

    if open_instrument(name).worded_in:
        return ()
    return (Message("translation.no-sentences", {"name": name, "to": to}),)


def translated_file(name: str, to: str, sheet: Path) -> tuple[str, tuple[Finding, ...]]:
    """Return the instrument file with the language of a filled sheet, and remarks on it.

    Parameters
    ----------
    name : str
        The instrument that the sheet was made of.
    to : str
        Code of the new language.
    sheet : Path
        The filled sheet, .xlsx or .csv.

    Raises
    ------
    LcdiagError
        With everything that is wrong with the sheet.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import Finding, Severity
    from lcdiag.importers.table import read_table
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.check import check_instrument
    from lcdiag.instrument.translate import KEY, add_language
    from lcdiag.instrument.write import instrument_toml

    instrument = open_instrument(name)
    table, _ = read_table(sheet)
    absent = [
        Finding("translation.no-column", Severity.ERROR, sheet.name, {"column": column})
        for column in (KEY, to)
        if column not in table.header
    ]
    if absent:
        raise LcdiagError(absent)
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    made = add_language(instrument, to, rows, sheet.name)
    return instrument_toml(made, _comment(name)), check_instrument(made)


def _comment(name: str) -> str:
    """Return the remark at the top of the file that the instrument came from, if there is one."""
    from lcdiag.base.shelf import shelf

    own = name.lower().endswith(".toml")
    path = Path(name) if own else next(shelf("instruments").rglob(f"{name}.toml"))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "\n".join(line.removeprefix("#").strip() for line in lines[:first])


def _notes(entry: Entry, language: str) -> str:
    return " ".join(_say(f"note-{one}", language) for one in entry.notes)


def _csv(lines: list[list[str]]) -> bytes:
    from lcdiag.base.cells import safe_cell

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[safe_cell(cell) for cell in line] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def _workbook(head: list[str], rows: list[list[str]], about: list[str], language: str) -> bytes:
    from openpyxl import Workbook

    from lcdiag.base.spreadsheet import explanation, text_table, workbook_bytes
    from lcdiag.instrument.layout import EXPLANATION_SHEETS, TEXT_SHEETS

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a first sheet
    sheet.title = TEXT_SHEETS[language]
    text_table(sheet, head, rows, [26, 14, *([44] * (len(head) - 3)), 50])
    explanation(book.create_sheet(EXPLANATION_SHEETS[language]), about)
    return workbook_bytes(book)


def _say(name: str, language: str, /, **params: str) -> str:
    from lcdiag.base.text import Message, resolve

    return resolve(Message(f"translation.{name}", params), language)
