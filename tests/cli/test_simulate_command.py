from __future__ import annotations

import json
from pathlib import Path

import pytest

import lcdiag
from lcdiag.base.shelf import shelf
from lcdiag.cli.main import FINE, REJECTED, call

SAMPLE = str(shelf("sample_data") / "energietransitie")


def test_a_simulated_study_is_a_study_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "invented"
    asked = ["simulate", SAMPLE, "-o", str(folder), "--people", "150", "--response", "0.8"]
    assert call([*asked, "--language", "en"]) == FINE
    assert "truth.json" in capsys.readouterr().out
    made = lcdiag.simulate(SAMPLE, people=150, truth=read(folder))
    read_back = lcdiag.read_responses(folder)
    assert (made.responses.codes == read_back.codes).all()
    assert (made.responses.party == read_back.party).all()
    study = lcdiag.open_study(folder)
    assert study.settings.title.endswith("(invented answers)")
    assert set(study.roster) == set(made.study.roster)
    assert call(["report", str(folder), "--quiet", "--no-explore"]) == FINE
    page = next(folder.glob("report/*.html")).read_text(encoding="utf-8")
    assert "invented answers" in page


def read(folder: Path) -> Path:
    """Return the truth file that lies beside the answers."""
    assert (folder / "truth.json").is_file()
    return folder / "truth.json"


@pytest.mark.parametrize("source", ["pulse", "lc-trust", "edmondson-1999-safety"])
def test_any_set_or_instrument_can_be_simulated(
    source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "made"
    code = call(["simulate", source, "-o", str(folder), "--people", "80", "--language", "nl"])
    assert code == FINE, capsys.readouterr().err
    assert len(lcdiag.read_responses(folder)) == 80
    assert (folder / "deelnemers.xlsx").is_file()


def test_invented_answers_never_come_among_real_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "real"
    assert call(["new", str(folder), "--language", "en", "--quiet"]) == FINE
    before = sorted(path.name for path in folder.rglob("*"))
    assert call(["simulate", "pulse", "-o", str(folder), "--replace"]) == REJECTED
    assert "invented answers never come among real ones" in capsys.readouterr().err
    assert sorted(path.name for path in folder.rglob("*")) == before
    made = tmp_path / "made"
    assert call(["simulate", "pulse", "-o", str(made), "--people", "40", "--quiet"]) == FINE
    assert call(["simulate", "pulse", "-o", str(made), "--people", "60", "--quiet"]) == REJECTED
    again = ["simulate", "pulse", "-o", str(made), "--people", "60", "--replace", "--quiet"]
    assert call(again) == FINE
    assert len(lcdiag.read_responses(made)) == 60


def test_what_is_wrong_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = ["-o", str(tmp_path / "made"), "--language", "en"]
    plant = ["--plant", "lc-collusion:abilen", "--plant", "lc-colusion:abilene"]
    assert call(["simulate", SAMPLE, *target, *plant]) == REJECTED
    error = capsys.readouterr().err
    assert error.count("does not belong to these questions") == 2
    assert "lc-collusion:abilene" in error
    assert call(["simulate", SAMPLE, *target, "--plant", "lc-collusion:abilene=much"]) == REJECTED
    assert "not a distance" in capsys.readouterr().err
    truth = ["--truth", str(tmp_path / "none.json")]
    assert call(["simulate", SAMPLE, *target, *truth]) == REJECTED
    assert "truth.json" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


def test_json_gives_the_truth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["simulate", "pulse", "-o", str(tmp_path / "made"), "--people", "40", "--json"]
    assert call(asked) == FINE
    truth = json.loads(capsys.readouterr().out)
    assert truth["schema"] == "lcdiag/truth/1"
    assert truth["drawn"]["start"] == 1
    assert len(truth["drawn"]["meetings"]) == 2
