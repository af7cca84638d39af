"""How sectors see each other, from forms that ask for no party to pages and tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from lcdiag.api import open_study
from lcdiag.cli.main import call
from lcdiag.planning.simulate import Meeting, Seat, Truth, simulate_responses

SECTORS = ("overheid", '=1+1 <b>"{x}"; é', "onderwijs")
PARTIES = tuple((f"Partij {number}", SECTORS[number % 3]) for number in range(9))
SETTINGS = """title = "Samen verder"
languages = ["nl", "en"]
instruments = ["lc-party-grid", "lc-safety:safety"]
[small_parties]
report_by = "sector"
"""
EACH = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A study of one table, of whose people only the sector is known."""
    made = tmp_path_factory.mktemp("sectors") / "studie"
    made.mkdir()
    (made / "study.toml").write_text(SETTINGS, encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["gemeenschap", "partij", "sector", "uitgenodigd meetmoment 1"])
    for name, sector in PARTIES:
        sheet.append(["Warmte", name, sector, EACH])
        sheet.cell(sheet.max_row, 3).data_type = "s"
    book.save(made / "deelnemers.xlsx")
    study = open_study(made)
    seats = [Seat(f"{name} {n}", name, sector) for name, sector in PARTIES for n in range(EACH)]
    meeting = Meeting("Warmte", 1, tuple(seats), Truth())
    drawn = simulate_responses(study.questionnaire, [meeting], rng=np.random.default_rng(1))
    codes = drawn.codes.astype(str)
    codes[drawn.codes < 0] = ""
    answers = made / "antwoorden" / "meetmoment-1"
    answers.mkdir(parents=True)
    with (answers / "antwoorden.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "gemeenschap", "sector", *drawn.columns])
        labels = zip(drawn.person, drawn.community, drawn.sector, strict=True)
        writer.writerows([[*label, *row] for label, row in zip(labels, codes, strict=True)])
    return made


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_report_holds_how_sectors_see_each_other(folder, tmp_path, language):
    said = ["report", str(folder), "--no-explore", "--language", language, "--format"]
    for kind in ("html", "json", "csv", "xlsx", "parquet", "sav"):
        assert call([*said, kind, "-o", str(tmp_path / kind)]) == 0
    (path,) = (tmp_path / "json").iterdir()
    released = json.loads(path.read_text(encoding="utf-8"))
    shown = [
        one
        for one in released["measures"]
        if one["at"]["statistic"] == "directed" and "value" in one["cell"]
    ]
    assert {one["at"]["unit"]["name"] for one in shown} == set(SECTORS)
    assert {one["at"]["statistic"] for one in released["measures"]} >= {"mutuality", "meta_gap"}
    (path,) = (tmp_path / "csv").iterdir()
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    inside = [row for row in rows if row["unit"] == "sector" and row["statistic"] == "directed"]
    lines = {(row["name"].lstrip("'"), row["subject"]): row for row in inside}
    for one in shown:
        row = lines[one["at"]["unit"]["name"], one["at"]["subject"]]
        assert float(row["value"]) == one["cell"]["value"]
        assert any(sector in row["label"] for sector in SECTORS)
    (path,) = (tmp_path / "xlsx").iterdir()
    sheet = openpyxl.load_workbook(path).worksheets[0]
    held = {row[6] for row in sheet.iter_rows(values_only=True)}
    assert {one["at"]["subject"] for one in shown} <= held
    for page in (tmp_path / "html").iterdir():
        assert '<b>"{x}"' not in page.read_text(encoding="utf-8")
