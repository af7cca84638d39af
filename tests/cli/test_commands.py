"""What people type, and what they get back."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from lcdiag import __version__
from lcdiag.cli.language import language_of
from lcdiag.cli.main import FINE, MISUSED, REJECTED, call


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["report", "--language", "nl"], {"LANG": "en_GB.UTF-8"}, "nl"),
        (["report", "--language=en"], {"LANG": "nl_NL.UTF-8"}, "en"),
        ([], {"LANG": "nl_NL.UTF-8"}, "nl"),
        ([], {"LC_ALL": "en_US", "LANG": "nl_NL"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        (["--language", "xx"], {"LANG": "nl_BE"}, "nl"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_locale(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(arguments, environment) == language


@pytest.mark.parametrize(("language", "words"), [("nl", "Commando's"), ("en", "Commands")])
def test_help_speaks_the_language(
    language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--language", language, "--help"]) == FINE
    text = capsys.readouterr().out
    assert words in text
    for command in ("demo", "new", "form", "check", "score", "report", "forget", "instruments"):
        assert f"  {command} " in text
    for command in (
        "reliability",
        "agreement",
        "variance",
        "careless",
        "compare",
        "schema",
        "export",
    ):
        assert f"  {command} " in text


@pytest.mark.parametrize(
    "command",
    [
        "demo",
        "new",
        "form",
        "check",
        "score",
        "report",
        "forget",
        "instruments",
        "compare",
        "schema",
        "export",
    ]
    + [f"instruments {name}" for name in ("list", "show", "check", "codebook", "schema")],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_command_explains_itself(
    command: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--language", language, *command.split(), "--help"]) == FINE
    text = capsys.readouterr().out
    assert text.startswith({"nl": "Gebruik: ", "en": "Usage: "}[language])


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--version"]) == FINE
    assert capsys.readouterr().out == f"lcdiag {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reprot"], "Did you mean report?"),
        (["report", "--intrenal"], "Did you mean --internal?"),
        (["report"], "STUDY"),
        (
            ["report", "x", "--format", "pdf"],
            "“pdf” cannot be used with --format. Choose from: h",
        ),
        (["report", "x", "--format"], "The option --format needs a value after it."),
        (["report", "x", "--internal=yes"], "The option --internal takes no value."),
        (["report", "my", "study"], "This is too much: study."),
        (["score"], "STUDY|FILE"),
    ],
)
def test_misuse_is_explained_and_has_its_own_exit_code(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--language", "en", *arguments]) == MISUSED
    text = capsys.readouterr().err
    assert words in text
    assert "Traceback" not in text


def test_findings_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "study.toml").write_text('titel = "x"\n', encoding="utf-8")
    assert call(["check", str(tmp_path), "--json", "--language", "en"]) == REJECTED
    findings = json.loads(capsys.readouterr().out)
    assert {"code", "severity", "where", "facts", "sentence"} <= set(findings[0])
    assert findings[0]["severity"] == "error"


def test_the_library_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["instruments", "list", "--language", "nl"]) == FINE
    text = capsys.readouterr().out
    for name in ("lc-safety", "lc-collusion", "lc-pulse", "short", "experimenteel"):
        assert name in text
    assert call(["instruments", "list", "--json"]) == FINE
    rows = json.loads(capsys.readouterr().out)
    assert {row["status"] for row in rows if row["kind"] != "published"} == {"experimental"}


def test_an_instrument_can_be_read_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["instruments", "show", "lc-safety", "--language", "nl"]) == FINE
    text = capsys.readouterr().out
    assert "Wat ieder van ons goed kan, krijgt in deze groep een plek." in text
    assert call(["instruments", "show", "lc-saftey", "--language", "en"]) == REJECTED
    assert "lc-safety" in capsys.readouterr().err


def test_codebook_and_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "codebook.csv"
    assert call(["instruments", "codebook", "lc-trust", "-o", str(file)]) == FINE
    assert "vp1" in file.read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert call(["instruments", "schema"]) == FINE
    schema = json.loads(capsys.readouterr().out)
    assert {"id", "items", "scales", "formats"} <= set(schema["properties"])


def test_check_says_when_nothing_is_remarkable(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["instruments", "check", "lc-safety", "--language", "nl"]) == FINE
    assert capsys.readouterr().out == "Er valt niets op.\n"


def test_a_console_without_utf8_gets_text_all_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lcdiag", "--language", "nl", "instruments", "show", "lc-safety"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        check=True,
    )
    assert b"lc-safety" in done.stdout


def test_from_new_to_report_with_only_the_title_edited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "studie"
    assert call(["new", str(folder), "--language", "nl"]) == FINE
    settings = folder / "study.toml"
    text = settings.read_text(encoding="utf-8").splitlines()
    titles = [place for place, line in enumerate(text) if line.startswith("title")]
    text[titles[0]] = 'title = "Proef in het dorp"'
    settings.write_text("\n".join(text) + "\n", encoding="utf-8")

    assert call(["form", str(folder), "-o", str(folder / "formulier"), "--language", "nl"]) == FINE
    fill_workbook(folder / "formulier" / "antwoorden.xlsx", folder, rows=14)
    assert call(["check", str(folder), "--language", "nl"]) == FINE
    capsys.readouterr()
    assert call(["report", str(folder), "-o", str(folder / "uit"), "--language", "nl"]) == FINE
    pages = sorted((folder / "uit").glob("*.html"))
    assert pages
    assert any("Proef in het dorp" in page.read_text(encoding="utf-8") for page in pages)


def fill_workbook(form: Path, study: Path, rows: int) -> None:
    """Fill the answer workbook as a coordinator would, and save it among the answers."""
    from lcdiag import open_study

    opened = open_study(study)
    book = openpyxl.load_workbook(io.BytesIO(form.read_bytes()))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    places = [(row.community, row.party) for row in opened.roster for _ in range(row.invited)]
    for number, (community, party) in enumerate(places[:rows]):
        line = number + 2
        for name, value in (("code", f"p{number}"), ("gemeenschap", community), ("partij", party)):
            sheet.cell(line, heads[name], value)
        for place, code in enumerate(opened.questionnaire.codes):
            sheet.cell(line, heads[code], (number * 3 + place) % 7 + 1)
    target = study / "antwoorden" / "meetmoment-1" / "antwoorden.xlsx"
    book.save(target)


@pytest.mark.parametrize("arguments", [[], ["instruments"]])
def test_without_a_command_the_help_is_shown(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--language", "nl", *arguments]) == MISUSED
    shown = capsys.readouterr()
    assert shown.out.startswith("Gebruik: ")
    assert shown.err == ""


def test_each_community_gets_a_form_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "studie"
    assert call(["new", str(folder), "--language", "nl"]) == FINE
    assert "LEESMIJ.md" in capsys.readouterr().out.splitlines()[-1]
    assert call(["form", str(folder), "--language", "nl"]) == FINE
    names = sorted(path.name for path in (folder / "formulieren").iterdir())
    assert names == [
        "antwoorden.xlsx",
        "vragenlijst-gemeenschap-a-nl.html",
        "vragenlijst-gemeenschap-b-nl.html",
    ]
    page = (folder / "formulieren" / names[1]).read_text(encoding="utf-8")
    assert "Gemeenschap A" in page
    assert "Gemeenschap B" not in page


def test_a_language_that_is_not_asked_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "study"
    assert call(["new", str(folder), "--language", "nl"]) == FINE
    settings = folder / "study.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('["nl", "en"]', '["nl"]'), encoding="utf-8")
    assert call(["form", str(folder), "--language", "en"]) == REJECTED
    assert "not asked in “en”" in capsys.readouterr().err
    assert not (folder / "forms").exists()


def filled_study(folder: Path, rows: int) -> Path:
    """Write a study of two communities with answers of so many people in all."""
    assert call(["new", str(folder), "--language", "nl", "--title", "Proef"]) == FINE
    assert call(["form", str(folder), "-o", str(folder / "formulier"), "--language", "nl"]) == FINE
    fill_workbook(folder / "formulier" / "antwoorden.xlsx", folder, rows=rows)
    return folder


def test_a_refused_report_is_one_json_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = filled_study(tmp_path / "studie", rows=20)
    assert call(["report", str(folder), "--no-explore"]) == FINE
    fill_workbook(folder / "formulier" / "antwoorden.xlsx", folder, rows=22)
    capsys.readouterr()
    assert call(["report", str(folder), "--no-explore", "--json"]) == REJECTED
    findings = json.loads(capsys.readouterr().out)
    assert findings[0]["code"] == "releases.few-people-differ"
    assert findings[0]["facts"]["community"] == "Gemeenschap B"
    others = [one for one in findings if one["code"] == "cli.report-others"]
    assert others[0]["facts"]["communities"] == ["Gemeenschap A"]


def test_a_community_is_found_whatever_its_capitals(tmp_path: Path) -> None:
    folder = filled_study(tmp_path / "studie", rows=14)
    assert call(["report", str(folder), "--community", "gemeenschap a", "--no-explore"]) == FINE
    assert call(["report", str(folder), "--community", "gemeenschap x"]) == REJECTED


def test_an_internal_report_is_kept_apart(tmp_path: Path) -> None:
    folder = filled_study(tmp_path / "studie", rows=14)
    assert call(["report", str(folder), "--internal", "--no-explore", "--language", "nl"]) == FINE
    assert not (folder / "rapport").exists()
    assert (folder / "rapport-INTERN" / "INTERN-index.html").is_file()


@pytest.mark.parametrize(("answer", "code"), [("j", FINE), ("nee", REJECTED), ("", REJECTED)])
def test_forgetting_asks_first_in_the_readers_language(
    answer: str,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = filled_study(tmp_path / "studie", rows=14)
    answers = folder / "antwoorden" / "meetmoment-1" / "antwoorden.xlsx"
    before = answers.read_bytes()
    book = openpyxl.load_workbook(answers)
    person = str(book.worksheets[0]["A2"].value)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{answer}\n"))
    capsys.readouterr()
    assert call(["forget", str(folder), person, "--language", "nl"]) == code
    shown = capsys.readouterr()
    assert "[j/N]" in shown.err
    assert (answers.read_bytes() == before) == (code == REJECTED)
    assert ("Er is niets verwijderd." in shown.out) == (code == REJECTED)


def test_quiet_shows_errors_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "studie"
    assert call(["new", str(folder)]) == FINE
    (folder / "antwoorden" / "los.csv").parent.mkdir(exist_ok=True)
    (folder / "antwoorden" / "los.csv").write_text("ve1\n1\n", encoding="utf-8")
    capsys.readouterr()
    assert call(["check", str(folder), "--quiet", "--language", "nl"]) == REJECTED
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in lines] == ["FOUT", "1"]


@pytest.mark.parametrize(
    ("agreed", "names"),
    [
        ("false", ["gemeenschap-a.csv", "gemeenschap-b.csv"]),
        ("true", ["diagnosis.csv"]),
    ],
)
def test_communities_stand_in_one_table_only_where_that_was_agreed(
    agreed: str, names: list[str], tmp_path: Path
) -> None:
    folder = filled_study(tmp_path / "studie", rows=24)
    settings = folder / "study.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("portfolio_agreed = false", f"portfolio_agreed = {agreed}"), encoding="utf-8"
    )
    assert call(["report", str(folder), "--format", "csv", "-o", str(tmp_path / "uit")]) == FINE
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == names
    for path in (tmp_path / "uit").glob("gemeenschap-a.csv"):
        assert "Gemeenschap B" not in path.read_text(encoding="utf-8-sig")


def test_what_each_column_was_taken_for_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        'code,ve1,"Wat ieder van ons goed kan, krijgt in deze groep een plek.",x\na,1,7,?\n',
        encoding="utf-8",
    )
    call(["check", str(file), "--columns", "--instrument", "lc-safety", "--language", "en"])
    shown = capsys.readouterr().out
    assert "item code" in shown
    assert "item text" in shown
    assert "not recognised" in shown
    assert "columns.toml" in shown


def test_forms_say_first_what_is_still_an_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "studie"
    assert call(["--language", "nl", "new", str(folder)]) == FINE
    capsys.readouterr()
    assert call(["--language", "nl", "form", str(folder), "-o", str(tmp_path / "f")]) == FINE
    said = capsys.readouterr().err
    assert "De titel is nog het voorbeeld" in said
    assert "heten nog als in het voorbeeld" in said
