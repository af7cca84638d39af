"""The empty sheet for the sentences of a published scale: a row a code, and a few about rights."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from lcdiag.base.cells import safe_cell
from lcdiag.base.levels import Referent
from lcdiag.base.spreadsheet import SAND, explanation, text_table, workbook_bytes
from lcdiag.base.text import Message, in_language, resolve
from lcdiag.instrument.layout import EXPLANATION_SHEETS, TEXT_SHEETS
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.wording_rows import (
    CHANGE_NAMES,
    dont_know_name,
    formats_used,
    point_name,
    row_name,
)

Row = tuple[str, str, str, str, str]


def wording_sheet(record: Instrument, language: str, kind: str, speak: str) -> bytes:
    """Return a sheet to fill in with the sentences of a record.

    Parameters
    ----------
    record : Instrument
        A published record.
    language : str
        Of the sentences.
    kind : {".xlsx", ".csv"}
        The kind of file.
    speak : str
        Language of the headings and explanations.

    Returns
    -------
    bytes
        The same record gives the same bytes. Labels of points that the record has in this
        language stand there already, to be compared with the source.
    """
    head = [_say(f"column-{name}", speak) for name in ("code", "about", "scale", "key", "text")]
    rows = list(_rows(record, language, speak))
    if kind == ".csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerows([[safe_cell(cell) for cell in row] for row in (head, *rows)])
        return out.getvalue().encode("utf-8-sig")
    return _workbook(record, language, head, rows, speak)


def where_from(record: Instrument, speak: str) -> str:
    """Return where the sentences of a record can be had, and by whose leave."""
    known = in_language(record.source.wording_from, speak)
    return known or _say("ask-authors", speak)


def _rows(record: Instrument, language: str, speak: str) -> Iterator[Row]:
    for item in record.items:
        scales = [one for one in record.scales if item.id in one.items]
        key = _say("reversed" if item.reversed else "not-reversed", speak)
        named = ", ".join(in_language(one.label, speak) for one in scales)
        about = in_language(item.label, speak)
        if item.referent is Referent.OTHER_PARTY:
            about = _say("about-other-party", speak, label=about)
        yield item.id, about, named, key, ""
    if language not in record.languages:
        yield _named("title", speak)
    given = in_language(record.instruction, language) if language in record.instruction else ""
    yield _named("instruction", speak, given)
    for name, one in formats_used(record).items():
        labels = one.points.get(language, ("",) * len(one.codes))
        for code, label in zip(one.codes, labels, strict=True):
            about = _say("about-point", speak, code=str(code))
            yield point_name(record, name, code, speak), about, "", "", label
        if one.dont_know:
            row = dont_know_name(record, name, speak)
            yield row, _say("about-dont-know", speak), "", "", one.dont_know.get(language, "")
    for kind in ("source", "permission", "date", "changed"):
        yield _named(kind, speak)


def _named(kind: str, speak: str, text: str = "") -> Row:
    return (
        row_name(kind, speak),
        _say(f"about-{kind}", speak, choices=_choices(speak)),
        "",
        "",
        text,
    )


def _choices(speak: str) -> str:
    return ", ".join(names.get(speak, names["en"]) for names in CHANGE_NAMES.values())


def _workbook(
    record: Instrument, language: str, head: list[str], rows: list[Row], speak: str
) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a first sheet
    sheet.title = TEXT_SHEETS.get(speak, TEXT_SHEETS["en"])
    text_table(sheet, head, rows, (18, 44, 26, 14, 90))
    for number in range(2, len(rows) + 2):
        sheet.cell(row=number, column=len(head)).fill = PatternFill("solid", fgColor=SAND)
    choice = DataValidation(type="list", formula1=f'"{_choices(speak).replace(", ", ",")}"')
    choice.add(sheet.cell(row=len(rows) + 1, column=len(head)))
    sheet.add_data_validation(choice)
    about = book.create_sheet(EXPLANATION_SHEETS.get(speak, EXPLANATION_SHEETS["en"]))
    params = {
        "title": in_language(record.title, speak),
        "id": record.id,
        "language": language,
        "source": in_language(record.source.text, speak),
        "where": where_from(record, speak),
        "file": f"{record.id}-{language}.xlsx",
    }
    explanation(about, [_say(f"sheet-{number}", speak, **params) for number in range(1, 8)])
    return workbook_bytes(book)


def _say(name: str, speak: str, /, **params: str) -> str:
    return resolve(Message(f"wording.{name}", params), speak)
