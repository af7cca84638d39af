"""lcdiag instruments check: the library, files of one's own, and how they read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from good_files import OWN, RECORD, SET, planted

from lcdiag.cli.main import FINE, REJECTED, call
from lcdiag.instrument.catalogue import instrument_ids, set_ids


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("own.toml", OWN), ("record.toml", RECORD), ("set.toml", SET)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("language", "nothing"), [("nl", "niets gevonden"), ("en", "nothing found")]
)
def test_in_the_whole_library_nothing_is_found(
    language: str, nothing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["instruments", "check", "--language", language]) == FINE
    said = capsys.readouterr()
    lines = said.out.splitlines()
    for name in (*instrument_ids(), *set_ids()):
        (line,) = [one for one in lines if one.split("  ")[0] == name]
        assert line.endswith(nothing)
    assert lines[-1].endswith(f"{nothing}.")
    assert said.err == ""


def test_one_good_file_is_fine(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("own.toml", "record.toml", "set.toml"):
        assert call(["instruments", "check", str(folder / name), "--language", "nl"]) == FINE
        assert capsys.readouterr().out == "Er valt niets op.\n"


def test_each_file_has_its_line_and_its_remarks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = planted(OWN, "We leren van elkaar.", "We leren nooit van elkaar")
    (folder / "own.toml").write_text(faulty, encoding="utf-8")
    (folder / "set.toml").write_text(planted(SET, "minutes = 4", "minutes = 1"), encoding="utf-8")
    names = [str(folder / name) for name in ("own.toml", "record.toml", "set.toml")]
    assert call(["instruments", "check", *names, "--language", "en"]) == FINE
    said = capsys.readouterr()
    assert "1 warning, 1 note" in said.out
    assert "3 questionnaires and sets: 2 warnings, 1 note." in said.out
    assert "own.toml, item le1: “text.nl” holds a negation (nooit)." in said.err
    assert "set.toml: minutes says 1" in said.err


def test_what_two_files_share_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = OWN.replace('id = "own"', 'id = "other"').replace('"op1"', '"op2"')
    (folder / "other.toml").write_text(other, encoding="utf-8")
    names = [str(folder / "own.toml"), str(folder / "other.toml")]
    assert call(["instruments", "check", *names, "--json"]) == REJECTED
    found = json.loads(capsys.readouterr().out)
    codes = {one["facts"]["code"] for one in found if one["code"] == "instrument.code-clash"}
    assert codes == {f"le{number}" for number in range(1, 8)}
    said = {one["where"] for one in found if one["code"] == "instrument.same-sentence"}
    assert "other.toml, item le1" in said
    assert {one["facts"].get("second", "other.toml") for one in found} == {"other.toml"}


def test_two_files_with_one_id_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "copy.toml").write_text(OWN, encoding="utf-8")
    names = [str(folder / "own.toml"), str(folder / "copy.toml")]
    assert call(["instruments", "check", *names, "--json", "--language", "nl"]) == REJECTED
    (finding,) = json.loads(capsys.readouterr().out)
    assert finding["code"] == "instrument.same-id"
    assert finding["where"] == "copy.toml"
    assert "eigen id" in finding["sentence"]


def test_the_same_file_named_twice_is_one_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = str(folder / "own.toml")
    assert call(["instruments", "check", name, name, "--language", "en"]) == FINE
    assert capsys.readouterr().out == "Nothing remarkable.\n"


def test_a_file_beside_the_library_may_not_take_its_codes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "own.toml").write_text(OWN.replace('"op1"', '"ve1"'), encoding="utf-8")
    arguments = ["instruments", "check", "lc-safety", str(folder / "own.toml"), "--json"]
    assert call(arguments) == REJECTED
    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["code"], finding["where"]) == ("instrument.code-clash", "own.toml")


@pytest.mark.parametrize("name", ["lc-saftey", "nothing.toml", "standaard"])
def test_what_is_not_there_is_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["instruments", "check", name, "--language", "en"]) == REJECTED
    assert "Traceback" not in capsys.readouterr().err


def test_a_set_may_ask_a_file_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "set.toml").write_text(
        planted(SET, "lc-trust:between", "./own.toml:learning"), encoding="utf-8"
    )
    arguments = ["instruments", "check", str(folder / "set.toml"), "--reading", "--language", "en"]
    assert call(arguments) == FINE
    assert "own-set" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["nl", "en"])
def test_reading_shows_each_scale_and_set(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["instruments", "check", "lc-safety", "standard", "--reading"]
    assert call([*arguments, "--language", language]) == FINE
    text = capsys.readouterr().out
    assert "lc-safety:safety" in text
    assert "lc-safety:voice" in text
    assert "Flesch-Douma" in text
    decimal = {"nl": ",", "en": "."}[language]
    rows = [line.split() for line in text.splitlines() if line.startswith("standard  ")]
    assert [row[1] for row in rows[1:]] == ["nl", "en"]
    assert all(decimal in row[-2] for row in rows[1:])
    assert all(row[-1] == "15" for row in rows[1:])


def test_reading_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["instruments", "check", "lc-trust", "pulse", "--reading", "--json"]) == FINE
    content = json.loads(capsys.readouterr().out)
    assert content["findings"] == []
    assert [one["scale"] for one in content["scales"]] == ["between", "within", "distrust"]
    assert {one["language"] for one in content["sets"]} == {"nl", "en"}
    assert all(0 < one["minutes"] <= one["stated_minutes"] for one in content["sets"])


def test_quiet_says_errors_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = planted(OWN, "We leren van elkaar.", "We leren nooit van elkaar.")
    (folder / "own.toml").write_text(faulty, encoding="utf-8")
    assert call(["instruments", "check", str(folder / "own.toml"), "lc-safety", "--quiet"]) == FINE
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")
