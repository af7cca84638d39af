"""The released cells as tidy tables: a data frame, CSV, a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lcdiag.base.cells import INTERNAL_STAMP, safe_cell
from lcdiag.base.estimate import Hidden
from lcdiag.base.text import Message, in_language, resolve
from lcdiag.diagnosis.model import Diagnosis, Measure

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "community",
    "unit",
    "name",
    "wave",
    "level",
    "statistic",
    "subject",
    "label",
    "value",
    "low",
    "high",
    "confidence",
    "n",
    "method",
    "state",
    "low_50",
    "high_50",
    "low_90",
    "high_90",
    "low_95",
    "high_95",
)
"""`state` is ``shown``, ``hidden`` (to protect people) or the reason why there is no value. The
last six are the limits of the interval at 50, 90 and 95 % confidence, where it was computed."""

BANDS = (0.50, 0.90, 0.95)
NUMBERS = ("value", "low", "high", "confidence", *COLUMNS[COLUMNS.index("state") + 1 :])
"""The columns with decimals; `wave` and `n` are whole numbers, all others are texts."""

Value = str | int | float | None


def to_frame(diagnosis: Diagnosis, language: str = "en") -> pd.DataFrame:
    """Return one row a measure; hidden and absent cells have no number, and say so in `state`.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of a study or of one community.
    language : str
        Of the labels.
    """
    import pandas as pd

    rows = list(table_rows(diagnosis, language))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(NUMBERS, "float64") | {"n": "Int64", "wave": "int64"})


def to_csv(diagnosis: Diagnosis, language: str = "en") -> str:
    """Return the same rows as CSV; no cell can become a formula in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head(diagnosis))
    for row in table_rows(diagnosis, language):
        cells = [safe_cell(cell) if isinstance(cell, str) else cell for cell in row]
        writer.writerow(stamped(diagnosis, cells))
    return text.getvalue()


def to_xlsx(diagnosis: Diagnosis, language: str = "en") -> bytes:
    """Return the same rows as a workbook, with the words of the material on a second sheet."""
    from openpyxl import Workbook

    from lcdiag.base.spreadsheet import heading_row, put, set_widths, text_table, workbook_bytes

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a first sheet
    sheet.title = resolve(Message("tables.measures"), language)
    heading_row(sheet, head(diagnosis))
    for number, row in enumerate(table_rows(diagnosis, language), start=2):
        for column, cell in enumerate(stamped(diagnosis, list(row)), start=1):
            put(sheet, number, column, cell)
    sheet.freeze_panes = "A2"
    set_widths(sheet, (28, 12, 28, 7, 12, 18, 30, 34, 9, 9, 9, 11, 7, 14, 12, *[9] * 6))
    words = book.create_sheet(resolve(Message("tables.words"), language))
    text_table(words, ("subject", "label", "text"), list(_words(diagnosis, language)), (30, 34, 90))
    return workbook_bytes(book)


def table_rows(diagnosis: Diagnosis, language: str) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of each measure in the order of `COLUMNS`."""
    labels = {subject: label for subject, label, _ in _words(diagnosis, language)}
    for measure in diagnosis.measures:
        at = measure.at
        yield (
            at.unit.community,
            at.unit.kind,
            at.unit.name,
            at.wave,
            at.level.value,
            at.statistic,
            at.subject,
            labels.get(at.subject, ""),
            *_numbers(measure),
        )


def _numbers(measure: Measure) -> tuple[Value, ...]:
    cell = measure.cell
    if isinstance(cell, Hidden):
        return None, None, None, None, None, "", "hidden", *[None] * (2 * len(BANDS))
    state = cell.absent or "shown"
    main = (cell.value, cell.low, cell.high, cell.confidence, cell.n, cell.method, state)
    bands = [cell.band(confidence) for confidence in BANDS]
    return *main, *(end for one in bands for end in ((one.low, one.high) if one else (None, None)))


def head(diagnosis: Diagnosis) -> list[str]:
    """Return the names of the columns, with ``stamp`` before them for the analyst only."""
    return ["stamp", *COLUMNS] if diagnosis.provenance.internal else list(COLUMNS)


def stamped(diagnosis: Diagnosis, cells: list[Value]) -> list[Value]:
    """Return the cells of a row, with the stamp before them for the analyst only."""
    return [INTERNAL_STAMP, *cells] if diagnosis.provenance.internal else cells


def _words(diagnosis: Diagnosis, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield subject, label and text of all that the measures speak of."""
    words = diagnosis.words
    for scale in words.scales:
        yield scale.id, in_language(scale.label, language), in_language(scale.about, language)
    for item in (*words.items, *words.outside):
        yield item.id, in_language(item.label, language), in_language(item.text, language)
    for pair in words.pairs:
        yield pair.id, in_language(pair.label, language), ""
    for topic in words.topics:
        yield topic.id, in_language(topic.label, language), ""
