"""Answers and scores that a researcher takes to R and SPSS, read back by those programs."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import lcdiag
from lcdiag.cli.main import FINE, REJECTED, call
from lcdiag.workflow.export import export_files
from lcdiag.workflow.study import new_study

CODES = ("ve1", "ve2", "ve3", "ve4", "ve5", "ve6", "ve7", "vp1", "vp2", "vp3", "vp4", "vp5")
HOSTILE = ('=2+2";q("no")', "Één\nregel", "'); stop('x", "@SUM(A1), \\n")
MARK = "INTERN-NIET-DELEN-"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study of 60 people in two communities; six of them skipped a question."""
    study = tmp_path_factory.mktemp("study") / "proef"
    new_study(study, title='Proef "=1"', language="nl")
    generator = np.random.default_rng(7)
    with (study / "antwoorden" / "meetmoment-1" / "a.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("code", "gemeenschap", *CODES))
        for person in range(60):
            level = generator.normal(4 + 0.4 * (person % 4), 1)
            answers = np.clip(np.rint(level + generator.normal(0, 1, len(CODES))), 1, 7)
            cells = [str(int(one)) for one in answers]
            if person % 10 == 3:
                cells[2] = ""
            writer.writerow((f"p{person}", f"Gemeenschap {'AB'[person % 2]}", *cells))
    return study


def numbers(text: str) -> list[float]:
    return [float(one) for one in re.findall(r"n = +\d+ +(\S+)", text) if one != "-"]


def test_r_finds_the_numbers_of_lcdiag(folder: Path, tmp_path: Path) -> None:
    study = lcdiag.open_study(folder)
    found = lcdiag.read_responses(study)
    names = np.array(HOSTILE, dtype=object)
    hostile = replace(
        found,
        community=names[np.arange(len(found)) % 3],
        party=names[np.arange(len(found)) % 4],
    )
    for name, content in export_files(study, hostile, kind="r", language="en").items():
        (tmp_path / name).write_bytes(content)
    files = {path.name for path in tmp_path.iterdir()}
    assert {f"{MARK}answers-long.csv", f"{MARK}lcdiag-values.csv", "recompute.R"} <= files
    labels = (tmp_path / f"{MARK}labels.csv").read_text(encoding="utf-8")
    cells = [row[2] for row in csv.reader(labels.splitlines(keepends=True))]
    assert not any(cell.startswith(("=", "@")) for cell in cells)
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed, so that the script cannot be run")
    done = subprocess.run(
        ["Rscript", str(tmp_path / "recompute.R")],
        capture_output=True, text=True, check=False, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    summary = done.stdout.strip().splitlines()[-1]
    compared, within, outside, _ = (int(one) for one in re.findall(r"\d+", summary))
    assert compared == within > 10
    assert outside == 0
    assert (tmp_path / f"{MARK}differences.csv").is_file()


def test_a_wrong_number_is_found_by_the_script(folder: Path, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed, so that the script cannot be run")
    assert call(["export", str(folder), "--to", "r", "-o", str(tmp_path), "--quiet"]) == FINE
    values = tmp_path / f"{MARK}lcdiag-values.csv"
    rows = list(csv.DictReader(values.read_text(encoding="utf-8").splitlines()))
    row = next(one for one in rows if one["statistic"] == "icc_1" and one["value"])
    row["value"] = str(float(row["value"]) + 1e-5)
    with values.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = subprocess.run(
        ["Rscript", str(tmp_path / "recompute.R")],
        capture_output=True, text=True, check=False, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 1
    assert max(numbers(done.stdout)) == pytest.approx(1e-5, rel=1e-2)


def test_packages_that_are_not_installed_are_skipped_and_said(folder: Path, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed, so that the script cannot be run")
    arguments = ["export", str(folder), "--to", "r", "-o", str(tmp_path), "--language", "en"]
    assert call([*arguments, "--quiet"]) == FINE
    nowhere = dict.fromkeys(("R_LIBS", "R_LIBS_SITE", "R_LIBS_USER"), str(tmp_path))
    probe = 'cat(requireNamespace("lme4", quietly = TRUE))'
    place = {"env": {**os.environ, **nowhere}, "capture_output": True, "encoding": "utf-8"}
    if "TRUE" in subprocess.run(["Rscript", "-e", probe], check=True, **place).stdout:
        pytest.skip("the packages stand beside R itself and cannot be left out")
    done = subprocess.run(["Rscript", str(tmp_path / "recompute.R")], check=False, **place)
    assert done.returncode == 0, done.stderr
    for package in ("psych", "lavaan", "multilevel", "lme4"):
        assert f"\nskipped: the package {package} is not installed" in done.stdout
    assert numbers(done.stdout)  # what base R can compute is compared all the same


def test_spss_reads_answers_labels_and_missing_codes(folder: Path, tmp_path: Path) -> None:
    import pyreadstat

    arguments = ["export", str(folder), "--to", "sav", "-o", str(tmp_path), "--language", "nl"]
    assert call([*arguments, "--quiet"]) == FINE
    (file,) = tmp_path.iterdir()
    assert file.name.startswith(MARK)
    first = file.read_bytes()
    frame, about = pyreadstat.read_sav(str(file), user_missing=True)
    responses = lcdiag.read_responses(folder)
    assert about.file_label.startswith("INTERN – NIET DELEN")
    assert len(frame) == len(responses)
    codes = responses.codes[:, responses.columns.index("ve3")]
    assert (codes < 0).sum() == 6
    np.testing.assert_array_equal(frame["ve3"], np.where(codes < 0, -97, codes))
    assert about.missing_ranges["ve3"] == [
        {"lo": -99.0, "hi": -99.0},
        {"lo": -98.0, "hi": -98.0},
        {"lo": -97.0, "hi": -97.0},
    ]
    item = lcdiag.open_instrument("lc-safety").item("ve3")
    assert about.column_names_to_labels["ve3"] == item.text["nl"]
    assert about.variable_value_labels["ve3"][-97.0] == "niet ingevuld"
    scores = lcdiag.score(responses, lcdiag.open_study(folder)).scale("lc-safety:safety")
    np.testing.assert_allclose(frame["lc_safety_safety"], scores)
    assert call([*arguments, "--quiet"]) == FINE
    assert file.read_bytes() == first


def test_a_format_whose_library_is_missing_says_how_to_get_it(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("lcdiag.views.data_files.find_spec", lambda name: None)
    arguments = ["export", str(folder), "--to", "sav", "-o", str(tmp_path), "--language", "en"]
    assert call([*arguments, "--quiet"]) == REJECTED
    assert "lcdiag[spss]" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_names_for_spss_are_legal_and_different() -> None:
    from lcdiag.base.spss import sav_names

    names = sav_names(("a1", "A1", "ALL", "1st", "lc-x:y", "é", "x" * 80, "x" * 81))
    assert len({name.upper() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,63}", name) for name in names)
    assert not {"ALL", "AND"} & set(names)
