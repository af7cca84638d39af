"""Small study folders for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from lcdiag.instrument.study import Study
from lcdiag.survey.open import open_study

TWO_PARTIES = 'parties = [{name = "Gemeente", sector = "overheid"}, {name = "Net"}]\n'
HEADINGS = ("gemeenschap", "partij", "sector", "uitgenodigd meetmoment 1")


def study_folder(
    folder: Path,
    extra: str = "",
    rows: Sequence[Sequence[object]] | None = None,
    headings: Sequence[str] = HEADINGS,
) -> Path:
    """Write a study; the settings after the title are `extra`, the roster is `rows`."""
    folder.mkdir(parents=True, exist_ok=True)
    text = extra if "title" in extra else f'title = "Proef"\nset = "short"\n{extra}'
    (folder / "study.toml").write_text(text, encoding="utf-8")
    if rows is not None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for number, row in enumerate([headings, *rows], start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(row=number, column=column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        book.save(folder / "deelnemers.xlsx")
    return folder


def small_study(folder: Path, extra: str = "", rows: Sequence[Sequence[object]] = ()) -> Study:
    """Open a study of one community with a large and a small party."""
    usual = rows or (("Warmte", "Gemeente", "overheid", 6), ("Warmte", "Net", "bedrijf", 3))
    return open_study(study_folder(folder, extra, usual))
