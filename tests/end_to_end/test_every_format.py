"""Whatever a study is written as, its numbers are those of the released JSON, and no other."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tempfile
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pyreadstat
import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.workflow.report import report_files

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "diagnosis"))

from attacked_studies import questionnaire, simulated_study

LANGUAGES = ("nl", "en")
COLUMNS = ("value", "low", "high", "confidence", "n")
NUMBER = re.compile(r"(?<![\w.,])[−-]?\d+(?:[.,]\d+)?(?![\w])")
LONG = re.compile(r"-?\d+\.\d{6}")
"""A number with six decimals: nobody has the same one by chance."""

Row = tuple[object, ...]


@pytest.mark.parametrize("start", range(1, 13))
def test_every_file_says_what_its_json_says(start: int) -> None:
    evidence = simulated_study(start, questionnaire())
    released = diagnosis_of(evidence, made="2026-01-01")
    exact = diagnosis_of(evidence, made="2026-01-01", internal=True)
    secret = hidden_numbers(released, exact)
    assert secret
    for number, community in enumerate(released.communities[:2]):
        part = released.only(community)
        wanted = [cell_of(m.cell) for m in part.measures]
        known = as_said(numbers_in(json.loads(part.to_json())))
        for language in LANGUAGES:
            page = written(part, "html", language).decode("utf-8")
            fixed = written(emptied(part), "html", language).decode("utf-8")
            assert {abs(one) for one in numbers_on(page) - numbers_on(fixed)} <= known
            table = written(part, "csv", language)
            assert rows_of_csv(table) == wanted
            assert secret & seen(page, table.decode("utf-8"), part.to_json()) == set()
        # workbooks take long to write: one a community, in turn in each language
        book = rows_of_workbook(written(part, "xlsx", LANGUAGES[number % 2]))
        np.testing.assert_allclose(cells_of_workbook(book), flat(wanted), rtol=1e-12)
        assert secret & seen("\n".join(str(row) for row in book)) == set()
        for kind, read in (("parquet", rows_of_parquet), ("sav", rows_of_sav)):
            content = written(part, kind, LANGUAGES[number % 2])
            assert content == written(part, kind, LANGUAGES[number % 2])
            found = read(content)
            np.testing.assert_array_equal(
                flat([row[: len(COLUMNS)] for row in found]), flat(wanted)
            )
            assert [row[len(COLUMNS)] for row in found] == [state_of(m.cell) for m in part]
            assert secret & seen("\n".join(str(row) for row in found)) == set()


def seen(*texts: str) -> set[str]:
    """Return every number with many decimals in some texts."""
    return {one for text in texts for one in LONG.findall(text)}


def written(part: Diagnosis, kind: str, language: str) -> bytes:
    """Return the one file of one community."""
    files = report_files(
        part, communities=part.communities, kind=kind, language=language, explore=False
    )
    (content,) = files.values()
    return content


class Texts(HTMLParser):
    """Collect what a page says, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def numbers_on(page: str) -> set[float]:
    """Return every number that a page says."""
    parser = Texts()
    parser.feed(page)
    found = (one for text in parser.found for one in NUMBER.findall(text))
    return {float(one.replace("−", "-").replace(",", ".")) for one in found}


def numbers_in(part: object) -> set[float]:
    """Return every number of parsed JSON, and those within its texts."""
    if isinstance(part, bool) or part is None:
        return set()
    if isinstance(part, (int, float)):
        return {float(part)}
    if isinstance(part, str):
        return {float(one.replace(",", ".")) for one in NUMBER.findall(part)}
    parts: Iterable[object] = part.values() if isinstance(part, dict) else part  # type: ignore[assignment]
    return set().union(*(numbers_in(one) for one in parts), set())


def as_said(numbers: set[float]) -> set[float]:
    """Return the numbers as a page may say them: rounded, or as so many in a hundred."""
    shares = {float(round(100 * one)) for one in numbers if 0 < one < 1}
    return {abs(round(one, places)) for one in numbers for places in (0, 1, 2, 4)} | shares


def emptied(diagnosis: Diagnosis) -> Diagnosis:
    """Return the same diagnosis with every cell hidden: its pages say the fixed numbers only."""
    hidden = tuple(m.model_copy(update={"cell": Hidden()}) for m in diagnosis.measures)
    return diagnosis.model_copy(update={"measures": hidden, "signals": ()})


def cell_of(cell: Estimate | Hidden) -> Row:
    if isinstance(cell, Hidden):
        return None, None, None, None, None
    return cell.value, cell.low, cell.high, cell.confidence, cell.n


def flat(rows: list[Row]) -> list[float]:
    return [float("nan") if one is None else float(str(one)) for row in rows for one in row]


def rows_of_csv(content: bytes) -> list[Row]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [tuple(float(row[one]) if row[one] else None for one in COLUMNS) for row in rows]


def rows_of_workbook(content: bytes) -> list[Row]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def cells_of_workbook(rows: list[Row]) -> list[float]:
    head, *body = rows
    places = [head.index(one) for one in COLUMNS]
    return flat([tuple(row[place] for place in places) for row in body])


def state_of(cell: Estimate | Hidden) -> str:
    return "hidden" if isinstance(cell, Hidden) else cell.absent or "shown"


def rows_of_parquet(content: bytes) -> list[Row]:
    columns = parquet.read_table(io.BytesIO(content)).to_pydict()
    first = (*COLUMNS, "state")
    others = [name for name in columns if name not in first]
    return list(zip(*(columns[name] for name in (*first, *others)), strict=True))


def rows_of_sav(content: bytes) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.sav"
        path.write_bytes(content)
        frame, _ = pyreadstat.read_sav(path)
    first = (*COLUMNS, "state")
    others = [name for name in frame if name not in first]
    columns = [frame[name].tolist() for name in (*first, *others)]
    return [
        tuple(None if one != one else one for one in row)  # system-missing is read as NaN
        for row in zip(*columns, strict=True)
    ]


def hidden_numbers(released: Diagnosis, exact: Diagnosis) -> set[str]:
    """Return the exact numbers of hidden cells, as far as they are long enough to be known."""
    truth = {m.at: m.cell for m in exact.measures}
    found = set()
    for one in released.measures:
        true = truth.get(one.at)
        if isinstance(one.cell, Hidden) and isinstance(true, Estimate):
            for number in (true.value, true.low, true.high):
                if number is not None and round(number, 4) != number:
                    found.update(LONG.findall(f"{number:.9f}"))
    return found
