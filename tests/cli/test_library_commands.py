"""lcdiag instruments list, show and codebook, as they are typed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import openpyxl
import pytest

from lcdiag.base.shelf import shelf
from lcdiag.cli.main import FINE, MISUSED, REJECTED, call
from lcdiag.instrument.catalogue import own_ids, published_ids, set_ids

Output = pytest.CaptureFixture[str]
ESCAPE = "\x1b["


class Terminal(io.StringIO):
    """A terminal that remembers what was written to it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what a command writes to a terminal of so many columns."""

    def write(*arguments: str, columns: int = 80, colour: bool = True) -> str:
        screen = Terminal()
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((columns, 30)))
        if colour:
            monkeypatch.delenv("NO_COLOR", raising=False)
        else:
            monkeypatch.setenv("NO_COLOR", "1")
        code = call(["instruments", *arguments])
        monkeypatch.undo()
        assert code == FINE
        return screen.getvalue()

    return write


@pytest.fixture
def study(tmp_path: Path) -> Path:
    target = tmp_path / "study"
    shutil.copytree(shelf("sample_data") / "energietransitie", target)
    return target


def listed(capsys: Output, *options: str) -> list[dict[str, Any]]:
    assert call(["instruments", "list", "--json", *options]) == FINE
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_everything_is_listed_with_its_kind_size_and_status(capsys: Output) -> None:
    rows = listed(capsys)
    assert [row["id"] for row in rows] == [*own_ids(), *published_ids(), *set_ids()]
    by_id = {(row["kind"], row["id"]): row for row in rows}
    safety = by_id["own", "lc-safety"]
    assert (safety["items"], safety["minutes"]) == (10, 3)
    assert safety["languages"] == safety["worded_in"] == ["nl", "en"]
    assert safety["status"] == "experimental"
    record = by_id["published", "edmondson-1999-safety"]
    assert (record["items"], record["worded_in"]) == (7, [])
    assert record["status"] == "structure-only"
    assert by_id["set", "pulse"]["items"] == 8
    assert by_id["own", "lc-link"]["open_questions"] == 3


@pytest.mark.parametrize(
    ("option", "ids"),
    [("--own", own_ids()), ("--published", published_ids()), ("--sets", set_ids())],
)
def test_one_kind_can_be_listed(option: str, ids: tuple[str, ...], capsys: Output) -> None:
    assert [row["id"] for row in listed(capsys, option)] == list(ids)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_list_fits_a_terminal_and_cuts_only_there(
    language: str, typed: Callable[..., str], capsys: Output
) -> None:
    for columns in (80, 100):
        shown = typed("list", "--language", language, columns=columns, colour=False)
        assert max(map(len, shown.splitlines())) <= columns
        assert "…" in shown
    assert call(["instruments", "list", "--language", language]) == FINE
    piped = capsys.readouterr().out
    assert "…" not in piped
    for name in (*own_ids(), *published_ids(), *set_ids()):
        assert f"\n{name} " in shown
        assert f"\n{name} " in piped


def test_a_page_is_as_wide_as_the_terminal_within_reason(typed: Callable[..., str]) -> None:
    for columns, most in ((40, 60), (70, 70), (200, 100)):
        text = typed("show", "lc-safety", columns=columns, colour=False)
        longest = max(map(len, text.splitlines()))
        assert most - 12 < longest <= most


def test_colour_comes_only_on_a_terminal_that_wants_it(
    typed: Callable[..., str], capsys: Output
) -> None:
    painted = typed("show", "lc-safety", "--language", "en")
    plain = typed("show", "lc-safety", "--language", "en", colour=False)
    assert ESCAPE in painted
    assert ESCAPE not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted).split() == plain.split()
    assert call(["instruments", "show", "lc-safety", "--language", "en"]) == FINE
    assert ESCAPE not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["lc-collusion", "standard", "edmondson-1999-safety"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_instruments_records_and_sets_can_be_read(name: str, language: str, capsys: Output) -> None:
    assert call(["instruments", "show", name, "--language", language]) == FINE
    text = capsys.readouterr().out
    assert name in text
    assert {"nl": "stellingen", "en": "items"}[language] in text


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("lc-saftey", "Did you mean “lc-safety”?"),
        ("standaard", "Did you mean “standard”?"),
        ("edmondson-1999-safty", "Did you mean “edmondson-1999-safety”?"),
    ],
)
@pytest.mark.parametrize("command", ["show", "codebook"])
def test_a_slip_in_a_name_is_answered_with_a_near_miss(
    command: str, name: str, near: str, capsys: Output
) -> None:
    assert call(["instruments", command, name, "--language", "en"]) == REJECTED
    said = capsys.readouterr().err
    assert f"“{name}” is not a questionnaire" in said
    assert near in said


def test_a_name_that_is_nothing_gets_the_way_to_find_one(capsys: Output) -> None:
    assert call(["instruments", "show", "zzz", "--language", "nl"]) == REJECTED
    said = capsys.readouterr().err
    assert "lcdiag instruments list" in said
    assert "Bedoelde u" not in said


def test_a_file_of_ones_own_can_be_read_and_laid_out(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "own.toml"
    shutil.copy(shelf("instruments") / "lc-pulse.toml", file)
    assert call(["instruments", "show", str(file), "--language", "en"]) == FINE
    assert "lc-pulse" in capsys.readouterr().out
    assert call(["instruments", "codebook", str(file)]) == FINE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 8
    assert call(["instruments", "show", str(tmp_path / "none.toml")]) == REJECTED


@pytest.mark.parametrize("ending", ["html", "csv", "xlsx", "xml", "txt"])
@pytest.mark.parametrize("name", ["lc-collusion", "short", "klijn-2010-trust"])
def test_the_ending_of_the_file_says_which_codebook(
    ending: str, name: str, tmp_path: Path, capsys: Output
) -> None:
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending.upper()}"
    for file in (first, second):
        assert call(["instruments", "codebook", name, "-o", str(file), "--language", "nl"]) == FINE
    assert str(first) in capsys.readouterr().out
    assert first.read_bytes() == second.read_bytes()
    raw = first.read_bytes()
    if ending == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(raw)).sheetnames[0] == "kolommen"
    elif ending == "xml":
        assert Xml.fromstring(raw).tag == "{ddi:codebook:2_5}codeBook"
    else:
        start = {"html": "<!doctype html>", "csv": "\ufeffvragenlijst,code,", "txt": "\n"}[ending]
        assert raw.decode("utf-8").replace("\r\n", "\n").startswith(start)


def test_another_kind_can_be_asked_for(tmp_path: Path, capsys: Output) -> None:
    assert call(["instruments", "codebook", "lc-trust", "--format", "ddi"]) == FINE
    assert Xml.fromstring(capsys.readouterr().out.encode()).get("version") == "2.5"
    file = tmp_path / "codebook.dat"
    assert call(["instruments", "codebook", "lc-trust", "-o", str(file), "--format", "csv"]) == FINE
    assert "vp1" in file.read_text(encoding="utf-8-sig")


def test_a_kind_that_cannot_be_is_refused_with_what_can(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "codebook.pdf"
    assert call(["instruments", "codebook", "lc-trust", "-o", str(file)]) == REJECTED
    assert ".html, .csv, .xlsx, .xml, .txt" in capsys.readouterr().err
    assert not file.exists()
    assert call(["instruments", "codebook", "lc-trust", "--format", "xlsx"]) == REJECTED
    assert "-o" in capsys.readouterr().err
    assert call(["instruments", "codebook", "lc-trust", "--format", "pdf"]) == MISUSED


def test_the_codebook_of_a_study_holds_all_columns_of_its_answers(
    study: Path, tmp_path: Path, capsys: Output
) -> None:
    from lcdiag.api import open_study

    assert call(["instruments", "codebook", str(study), "--language", "en"]) == FINE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    codes = [row["code"] for row in rows]
    assert codes[:6] == ["person", "community", "party", "sector", "wave", "language"]
    assert codes[6:] == list(open_study(study).questionnaire.codes)
    file = tmp_path / "codebook.xml"
    assert call(["instruments", "codebook", str(study / "study.toml"), "-o", str(file)]) == FINE
    names = [v.get("name") for v in Xml.parse(file).iter("{ddi:codebook:2_5}var")]
    assert names == codes


def test_the_codebook_of_a_study_names_no_community_and_no_party(
    study: Path, capsys: Output
) -> None:
    from lcdiag.api import open_study

    settings = open_study(study).settings
    names = [one.name for one in (*settings.communities, *settings.parties)]
    assert len(names) > 3
    for kind in ("html", "csv", "ddi", "text"):
        assert call(["instruments", "codebook", str(study), "--format", kind]) == FINE
        text = capsys.readouterr().out
        assert not [name for name in names if name in text]


def test_a_folder_that_is_no_study_says_so(tmp_path: Path, capsys: Output) -> None:
    assert call(["instruments", "codebook", str(tmp_path), "--language", "en"]) == REJECTED
    assert "study.toml" in capsys.readouterr().err


@pytest.fixture
def record_study(tmp_path: Path) -> Path:
    """Return a study that asks a published scale and questions about each other party."""
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "study.toml").write_text(
        'title = "Proef"\nlanguages = ["nl"]\n'
        'instruments = ["edmondson-1999-safety", "lc-party-grid", "lc-link"]\n'
        'communities = ["Tafel"]\n'
        'parties = [{ name = "Net & Co", sector = "a" }, { name = "<b>{x}</b>", sector = "b" }]\n',
        encoding="utf-8",
    )
    return folder


def attach(folder: Path) -> None:
    file = folder / "sheet.csv"
    command = ["instruments", "wording", "edmondson-1999-safety", "--language", "nl"]
    assert call([*command, "-o", str(file), "--study", str(folder)]) == FINE
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    answers = ["Een verzonnen artikel.", "De uitgever", "2026-03-31", "vertaald"]
    for row in rows[1:]:
        if row[0].startswith("edm"):
            row[-1] = f"Een verzonnen zin, nummer {row[0][-1]}."
    for row, answer in zip(rows[-4:], answers, strict=True):
        row[-1] = answer
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    assert call([*command[:3], str(file), *command[3:], "--study", str(folder)]) == FINE


def test_sentences_that_a_study_added_stand_in_its_codebook_with_what_was_said_of_them(
    record_study: Path, capsys: Output
) -> None:
    command = ["instruments", "codebook", str(record_study), "--language", "nl", "--format"]
    assert call([*command, "text"]) == FINE
    bare = " ".join(capsys.readouterr().out.split())
    assert "[Gevolgen van fouten]" in bare
    assert "alleen de opbouw" in bare
    attach(record_study)
    capsys.readouterr()
    assert call([*command, "text"]) == FINE
    text = " ".join(capsys.readouterr().out.split())
    assert "edm1 Een verzonnen zin, nummer 1." in text
    assert "vertaald, nog niet gevalideerd" in text
    assert "Een verzonnen artikel." in text
    assert "Deel het alleen verder als de toestemming dat toelaat." in text
    assert "CC BY 4.0, voor deze beschrijving en niet voor de zinnen" in text


def test_a_question_about_each_other_party_has_a_column_a_party(
    record_study: Path, capsys: Output
) -> None:
    command = ["instruments", "codebook", str(record_study), "--language", "nl"]
    assert call([*command, "--format", "ddi"]) == FINE
    root = Xml.fromstring(capsys.readouterr().out.encode())
    space = "{ddi:codebook:2_5}"
    asked = {v.get("name"): v for v in root.iter(f"{space}var")}
    grid = [str(name) for name in asked if str(name).startswith("pg1")]
    assert len(grid) == 2
    about = {
        note.text
        for name in grid
        for note in asked[name].iter(f"{space}notes")
        if note.get("subject") == "party"
    }
    assert about == {"Net & Co", "<b>{x}</b>"}
    assert call([*command, "--format", "html"]) == FINE
    html = capsys.readouterr().out
    assert "&lt;b&gt;{x}&lt;/b&gt;" in html
    assert "<b>{x}" not in html
