from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lcdiag.cli.main import FINE, REJECTED, call
from lcdiag.diagnosis.quality_model import Quality


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of a few questions, so that each report takes a moment."""
    folder = tmp_path_factory.mktemp("coordinator") / "study"
    asked = ["simulate", "pulse", "-o", str(folder), "--people", "48", "--language", "en"]
    assert call([*asked, "--start", "3", "--quiet"]) == FINE
    return folder


def test_the_page_is_written_alone_and_nothing_is_handed_out(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["report", str(study), "--coordinator", "-o", str(tmp_path), "--language", "en"]
    assert call(asked) == FINE
    assert "coordinator.html" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["coordinator.html"]
    page = (tmp_path / "coordinator.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert "Can this be shared?" in page
    assert not (study / "releases.json").exists()
    assert call([*asked, "--internal"]) == FINE
    stamped = (tmp_path / "INTERN-coordinator.html").read_text(encoding="utf-8")
    assert "INTERN" in stamped
    assert "INTERN" not in page


def test_it_is_about_the_whole_study(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["report", str(study), "--coordinator", "-o", str(tmp_path), "--language", "en"]
    assert call([*asked, "--community", "Community A"]) == REJECTED
    assert "whole study" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_report_too_close_to_the_last_one_is_held_back_here_and_not_refused(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "study"
    shutil.copytree(study, own)
    assert call(["report", str(own), "-o", str(tmp_path / "out"), "--quiet"]) == FINE
    (answers,) = own.glob("answers/wave-1/*.csv")
    lines = answers.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    answers.write_text("".join(lines[:-2]), encoding="utf-8")
    asked = ["report", str(own), "-o", str(tmp_path / "late")]
    assert call([*asked, "--quiet"]) == REJECTED
    assert call([*asked, "--coordinator", "--format", "json", "--quiet"]) == FINE
    found = Quality.from_json((tmp_path / "late" / "coordinator.json").read_text(encoding="utf-8"))
    assert found.held_back
    assert {one.community for one in found.handed_out} >= set(found.held_back)
    assert found.files[0].rows in (None, 45)
    capsys.readouterr()
