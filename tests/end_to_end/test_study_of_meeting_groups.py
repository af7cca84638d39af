"""Meeting groups the whole way: list of participants, form, workbook, answers, dashboard."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from lcdiag.api import read_responses
from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Severity
from lcdiag.base.text import sentence
from lcdiag.cli.main import FINE, call
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.read_study import read_settings
from lcdiag.survey.choices import background_choices
from lcdiag.survey.form import form_html
from lcdiag.survey.open import examine_study, open_study
from lcdiag.survey.workbook import answer_workbook

SCALE = next(one for one in open_instrument("lc-safety").scales if one.id == "safety")
SETTINGS = """title = "Proef"
instruments = ["lc-safety:safety"]
communities = ["Warmte", "Water"]
[small_parties]
report_by = "group"
"""
HEADINGS = ("gemeenschap", "overleggroep", "partij", "sector", "uitgenodigd meetmoment 1")
SEATS = (
    ("Warmte", "Buurt Oost", "Gemeente", "overheid", 7),
    ("Warmte", "Buurt Oost", "Net", "bedrijf", 6),
    ("Warmte", "Buurt West", "Gemeente", "overheid", 5),
    ("Warmte", "Buurt West", "Net", "bedrijf", 6),
    ("Warmte", "Kerngroep", "Net", "bedrijf", 3),
    ("Water", "", "Net", "bedrijf", 8),
)


def study(folder: Path, settings: str = SETTINGS, seats: tuple = SEATS, skip: int = -1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text(settings, encoding="utf-8")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *seats):
        sheet.append([cell for place, cell in enumerate(row) if place != skip])
    book.save(folder / "deelnemers.xlsx")
    return folder


def answered(folder: Path, respell: str = "") -> Path:
    rng = np.random.default_rng(1)
    target = folder / "antwoorden" / "meetmoment-1"
    target.mkdir(parents=True)
    with (target / "antwoorden.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "gemeenschap", "overleggroep", *SCALE.items))
        for number, (community, group, _, _, count) in enumerate(SEATS):
            for one in range(count):
                named = respell if respell and number == one == 0 else group
                usual = int(rng.integers(2, 5)) + 2 * (group == "Buurt Oost")
                points = (usual + rng.integers(-1, 2, len(SCALE.items))).tolist()
                writer.writerow((f"p{number}-{one}", community, named, *points))
    return folder


def test_the_form_names_the_groups_with_enough_people_and_no_party(tmp_path: Path) -> None:
    opened = open_study(study(tmp_path))
    choices = background_choices(opened)
    assert choices.groups == (("Buurt Oost", ("Warmte",)), ("Buurt West", ("Warmte",)))
    assert choices.reason == "group"
    html = form_html(opened, "nl", "Warmte")
    assert "In welke overleggroep zit u?" in html
    assert "Buurt Oost" in html
    assert "Kerngroep" not in html
    assert "Bij welke partij of sector hoort u?" not in html


def test_the_workbook_has_a_column_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(answer_workbook(open_study(study(tmp_path / "s")), "nl"))
    heads = [cell.value for cell in load_workbook(tmp_path / "a.xlsx").worksheets[0][1]]
    assert heads[:3] == ["code", "gemeenschap", "overleggroep"]
    assert "partij" not in heads


def test_a_party_is_counted_over_its_groups(tmp_path: Path) -> None:
    opened = open_study(study(tmp_path))
    assert opened.invited("Warmte", 1) == 27
    assert opened.invited("Warmte", 1, "Net") == 15


def test_answers_find_their_group_and_what_does_not_fit_is_said(tmp_path: Path) -> None:
    good = read_responses(answered(study(tmp_path / "good"), respell="buurt  oost"))
    assert set(good.meeting_group.tolist()) == {"Buurt Oost", "Buurt West", "Kerngroep", ""}
    assert "responses.group-respelled" in {one.code for one in good.findings}
    odd = read_responses(answered(study(tmp_path / "odd"), respell="Buurt Noord"))
    said = next(one for one in odd.findings if one.code == "responses.group-unknown")
    assert "Buurt Noord" in sentence(said, "nl")
    assert odd.meeting_group.tolist()[0] == ""


def test_the_dashboard_shows_rows_of_groups(tmp_path: Path) -> None:
    folder = answered(study(tmp_path / "study"))
    assert call(["report", str(folder), "-o", str(tmp_path / "out")]) == FINE
    page = next(
        text
        for file in sorted((tmp_path / "out").glob("*.html"))
        if "levels-by-meeting_group" in (text := file.read_text(encoding="utf-8"))
    )
    assert "Overleggroepen" in page
    assert "Meeting groups" in page
    assert "levels-by-party" not in page


def test_a_list_without_groups_is_remarked(tmp_path: Path) -> None:
    seats = (*SEATS[:1], SEATS[3], SEATS[5])
    _, found = examine_study(study(tmp_path, seats=seats, skip=1))
    assert {one.code: one.severity for one in found} == {"study.roster-no-groups": Severity.WARNING}


def test_a_minimum_for_rows_of_parties_does_nothing_here(tmp_path: Path) -> None:
    settings = SETTINGS + "minimum = 8\n"
    with pytest.raises(LcdiagError) as refused:
        read_settings(study(tmp_path, settings) / "study.toml")
    assert [one.code for one in refused.value.findings] == ["agreement.minimum-without-rows"]
    assert '"group"' in sentence(refused.value.findings[0], "en")


def test_r_finds_the_same_share_of_groups(tmp_path: Path) -> None:
    folder, out = answered(study(tmp_path / "study")), tmp_path / "r"
    assert call(["export", str(folder), "--to", "r", "-o", str(out), "--quiet"]) == FINE
    values = (out / "INTERN-NIET-DELEN-lcdiag-values.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(values.splitlines()))
    ours = [one["value"] for one in rows if one["statistic"] == "variance_share.meeting_group"]
    assert len(ours) == 1
    assert 0 < float(ours[0]) < 1
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed, so that the script cannot be run")
    done = subprocess.run(
        ["Rscript", str(out / "recompute.R")],
        capture_output=True, text=True, check=False, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
