from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lcdiag.cli.main import FINE, MISUSED, REJECTED, call
from lcdiag.planning.plan_model import Plan


@pytest.mark.parametrize(
    ("language", "first"),
    [("nl", "WAT KAN DIT ONDERZOEK LATEN ZIEN?"), ("en", "WHAT CAN THIS STUDY SHOW?")],
)
def test_a_plan_is_told_in_the_terminal(
    language: str, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["plan", "pulse", "--people", "48", "--response", "0.7", "--language", language]
    assert call(asked) == FINE
    told = capsys.readouterr().out
    assert told.splitlines()[0] == first
    assert max(len(line) for line in told.splitlines()) <= 100
    assert "48" in told
    assert "70" in told


def test_the_name_of_the_file_says_what_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, data, text, other = (tmp_path / f"plan{end}" for end in (".html", ".json", ".txt", ".x"))
    asked = ["plan", "pulse", "--people", "48", "--language", "en"]
    for file in (page, data, text):
        assert call([*asked, "-o", str(file), "--quiet"]) == FINE
    assert capsys.readouterr().out == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    plan = Plan.from_json(data.read_text(encoding="utf-8"))
    assert sum(one.waves[0].invited for one in plan.communities) == 48
    assert plan.made
    assert text.read_text(encoding="utf-8").startswith("WHAT CAN")
    assert call([*asked, "-o", str(other)]) == REJECTED
    assert ".x" in capsys.readouterr().err
    assert not other.exists()
    assert call([*asked, "-o", str(other), "--format", "json"]) == FINE
    assert Plan.from_json(other.read_text(encoding="utf-8")) == plan
    assert str(other) in capsys.readouterr().out


def test_json_goes_to_the_screen_and_follows_the_truth_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = tmp_path / "truth.toml"
    truth.write_text("response = 0.5\n\n[spread]\nanswer = 1.4\n", encoding="utf-8")
    found = []
    for more in ([], ["--truth", str(truth)], ["--truth", str(truth), "--response", "0.9"]):
        assert call(["plan", "lc-trust", "--people", "80", "--json", *more]) == FINE
        found.append(json.loads(capsys.readouterr().out))
    ordinary, stated, both = found
    assert ordinary["schema"] == "lcdiag/plan/1"
    assert [one["response"] for one in found] == [1.0, 0.5, 0.9]
    assert stated["sizes"][0]["width"] > ordinary["sizes"][0]["width"], "answers differ more"
    assert both["sizes"] == stated["sizes"]


def test_no_answers_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "study"
    asked = ["simulate", "pulse", "-o", str(folder), "--people", "60", "--language", "nl"]
    assert call([*asked, "--quiet"]) == FINE
    told = []
    for _ in range(2):
        assert call(["plan", str(folder), "--json"]) == FINE
        told.append(capsys.readouterr().out)
        shutil.rmtree(folder / "antwoorden", ignore_errors=True)
    assert told[0] == told[1]
    assert not (folder / "antwoorden").exists()


def test_what_cannot_be_planned_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["plan", "puls", "--language", "en"]) == REJECTED
    assert "puls" in capsys.readouterr().err
    for people in ("0", "-3"):
        assert call(["plan", "pulse", "--people", people, "--language", "en"]) == REJECTED
        assert people in capsys.readouterr().err
    assert call(["plan", "pulse", "--response", "1.2"]) == MISUSED
    capsys.readouterr()
    truth = tmp_path / "truth.toml"
    truth.write_text("respons = 0.5\n[spread]\nanswer = -1\n", encoding="utf-8")
    assert call(["plan", "pulse", "--truth", str(truth), "--language", "en"]) == REJECTED
    error = capsys.readouterr().err
    assert "respons" in error
    assert "answer" in error
    assert "Traceback" not in error
