from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from lcdiag.base.text import catalog
from lcdiag.cli.main import FINE, MISUSED, REJECTED, call

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The diagnosis of the sample, and the same with a few things changed."""
    folder = tmp_path_factory.mktemp("compared")
    made = ["simulate", "lc-trust", "-o", str(folder / "study"), "--people", "60", "--quiet"]
    assert call([*made, "--language", "en"]) == FINE
    arguments = ["report", str(folder / "study"), "-o", str(folder), "--format", "json"]
    assert call([*arguments, "--community", "Community A", "--exact", "--quiet"]) == FINE
    (a,) = folder.glob("*.json")
    parsed = json.loads(a.read_text(encoding="utf-8"))
    shown = [one for one in parsed["measures"] if one["cell"].get("value") is not None]
    shown[0]["cell"]["value"] += 0.25
    shown[1]["cell"] = {"reason": "protects-people"}
    parsed["title"] = "=1+1"
    b = folder / "b.json"
    b.write_text(json.dumps(parsed), encoding="utf-8")
    return a, b


def test_the_provenance_says_what_was_asked_and_names_nobody(files: tuple[Path, Path]) -> None:
    made = json.loads(files[0].read_text(encoding="utf-8"))["provenance"]
    assert made["command"] == "lcdiag report --exact"
    assert made["exact"] is True
    assert re.fullmatch(r"[0-9a-f]{16}", made["agreement"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_short_and_in_the_language(
    files: tuple[Path, Path], language: str, capsys: Output
) -> None:
    assert call(["compare", *map(str, files), "--language", language]) == FINE
    text = capsys.readouterr().out
    first = {"nl": "Verschillen:", "en": "Differences:"}[language]
    assert first in text.splitlines()[0]
    hidden = catalog(language, "comparison").sentences["comparison.state-hidden"]
    assert str(hidden) in text
    assert len(text.splitlines()) < 30


def test_nothing_of_a_hidden_cell_is_printed(files: tuple[Path, Path], capsys: Output) -> None:
    was = json.loads(files[0].read_text(encoding="utf-8"))["measures"]
    cell = [one["cell"] for one in was if one["cell"].get("value") is not None][1]
    assert call(["compare", *map(str, files), "--json"]) == FINE
    found = json.loads(capsys.readouterr().out)
    (row,) = [one for one in found["differences"] if one["kind"] == "shown-a"]
    assert [row[f"{name}_a"] for name in ("value", "low", "high", "n")] == [None] * 4
    assert cell["value"] is not None


def test_csv_holds_what_json_holds_and_no_formula(files: tuple[Path, Path], capsys: Output) -> None:
    assert call(["compare", *map(str, files), "--json"]) == FINE
    found = json.loads(capsys.readouterr().out)
    assert call(["compare", *map(str, files), "--csv"]) == FINE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["kind"] for row in rows] == [one["kind"] for one in found["differences"]]
    assert sorted(row["kind"] for row in rows) == ["changed", "shown-a", "value"]
    assert next(row["text_b"] for row in rows if row["what"] == "title") == "'=1+1"


def test_a_difference_can_be_an_exit_code(files: tuple[Path, Path], capsys: Output) -> None:
    a, b = map(str, files)
    assert call(["compare", a, b, "--fail-on-difference", "--quiet"]) == REJECTED
    assert call(["compare", a, a, "--fail-on-difference"]) == FINE
    assert call(["compare", a, "no-such.json"]) == REJECTED
    assert "no-such.json" in capsys.readouterr().err
    assert call(["compare", a]) == MISUSED


def test_bad_files_are_findings_as_json(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}", encoding="utf-8")
    assert call(["compare", str(file), str(tmp_path / "y.json"), "--json"]) == REJECTED
    codes = [one["code"] for one in json.loads(capsys.readouterr().out)]
    assert codes == ["comparison.other-file", "comparison.no-file"]
