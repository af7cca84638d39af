"""From a record without sentences to a report, as people type it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from published_record import RECORD, SENTENCES, sheet

from lcdiag.cli.main import FINE, MISUSED, REJECTED, call

NAME = "someone-2020-growth"
STUDY = """\
title = "Proef"
languages = [{languages}]
instruments = ["./own.toml"]
communities = ["Warmte"]
parties = [{{ name = "Gemeente" }}, {{ name = "Net" }}]
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "mijn studie"
    folder.mkdir()
    (folder / "own.toml").write_text(RECORD, encoding="utf-8")
    (folder / "study.toml").write_text(STUDY.format(languages='"nl"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def written(path: Path, rows: dict[str, str]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("code", "text"), *rows.items()])
        return path
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [("code", "zin"), *rows.items()]:
        book.active.append(row)
    book.save(path)
    return path


def attach(study: Path, file: Path, *more: str, language: str = "nl", speak: str = "nl") -> int:
    return call(
        [
            *("--language", speak, "instruments", "wording", NAME, str(file)),
            *("--language", language, "--study", str(study), *more),
        ]
    )


def test_a_form_is_refused_with_the_way_to_supply_the_sentences(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--language", "nl", "form", str(study)]) == REJECTED
    said = capsys.readouterr().err
    assert "gr1, gr2, gr3" in said
    assert "Vraag het de auteur." in said
    assert f"lcdiag instruments wording {NAME} --language nl -o {NAME}-nl.xlsx" in said
    assert f'wording {NAME} {NAME}-nl.xlsx --language nl --study "{study}"' in said
    assert not list(study.glob("form*"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("speak", ["nl", "en"])
def test_the_empty_sheet_filled_in_makes_the_form(
    study: Path, suffix: str, speak: str, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = study.parent / f"leeg{suffix}"
    order = ["--language", speak, "instruments", "wording", NAME, "--study", str(study)]
    assert call([*order, "--language", "nl", "-o", str(empty)]) == FINE
    rows = _filled(empty, speak)
    assert {"gr1", "gr2", "gr3"} < set(rows)
    assert attach(study, written(study.parent / f"vol{suffix}", rows), speak=speak) == FINE
    assert {"nl": "vertaald", "en": "translated"}[speak] in capsys.readouterr().out
    assert call(["--language", "nl", "form", str(study), "-o", str(study / "uit")]) == FINE
    page = (study / "uit" / "vragenlijst-nl.html").read_text(encoding="utf-8")
    assert all(text in page for text in SENTENCES["nl"].values())
    assert "Deze stellingen zijn vertaald." in page
    capsys.readouterr()
    assert call(["--language", "nl", "instruments", "codebook", str(study)]) == FINE
    assert "Wij staan vaak stil." in capsys.readouterr().out


def _filled(empty: Path, speak: str) -> dict[str, str]:
    """The sheet as a coordinator fills it in."""
    if empty.suffix == ".csv":
        with empty.open(encoding="utf-8-sig", newline="") as file:
            cells = list(csv.reader(file))
    else:
        book = openpyxl.load_workbook(empty)
        assert len(book.sheetnames) == 2
        cells = [[str(one or "") for one in row] for row in book.worksheets[0].values]
    rows = {row[0]: row[-1] for row in cells[1:]}
    own = {"nl": ("bron", "toestemming", "datum", "gewijzigd"), "en": ()}[speak] or (
        "source",
        "permission",
        "date",
        "changed",
    )
    change = {"nl": "vertaald", "en": "translated"}[speak]
    texts = ("Someone (2020)", "De uitgever", "31-3-2026", change)
    return rows | SENTENCES["nl"] | dict(zip(own, texts, strict=True))


def test_answers_are_scored_without_sentences_and_reported_with_them(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = study / "antwoorden" / "meetmoment-1"
    answers.mkdir(parents=True)
    lines = ["code,gemeenschap,partij,gr1,gr2,gr3"]
    lines += [f"p{n},Warmte,{'Gemeente' if n % 2 else 'Net'},3,1,{1 + n % 3}" for n in range(12)]
    (answers / "antwoorden.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert call(["--language", "nl", "check", str(study)]) == FINE
    assert call(["score", str(study), "-o", str(study / "scores.csv")]) == FINE
    scores = (study / "scores-INTERN.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "growth" in scores[0]
    assert "2.3333" in scores[1], "3, 1 turned into 3, and 1"

    report = ["report", str(study), "--language", "nl", "--json", "-o"]
    assert call([*report, str(study / "een")]) == FINE
    page = next((study / "een").glob("*.html")).read_text(encoding="utf-8")
    assert "Alleen de opbouw is hier bekend" in page
    assert "Stilstaan" in page, "the label stands in for the sentence"

    assert attach(study, written(study / "zinnen.xlsx", sheet())) == FINE
    capsys.readouterr()
    again = ["report", str(study), "--language", "nl", "--replace", "-o", str(study / "twee")]
    assert call(again) == FINE
    page = next((study / "twee").glob("*.html")).read_text(encoding="utf-8")
    assert "Wij staan vaak stil." in page
    assert "Vertaald, nog niet gevalideerd." in page
    assert "Someone (2020), p. 3" in page
    assert "Toestemming (31 maart 2026): The publisher." in page
    assert "voor deze beschrijving en niet voor de zinnen" in page


def test_only_the_languages_that_are_asked_need_sentences(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (study / "study.toml").write_text(STUDY.format(languages='"nl", "en"'), encoding="utf-8")
    assert attach(study, written(study / "zinnen.csv", sheet())) == FINE
    assert call(["form", str(study), "--language", "nl", "-o", str(study / "nl")]) == FINE
    capsys.readouterr()
    assert call(["--language", "en", "form", str(study), "--language", "en"]) == REJECTED
    said = capsys.readouterr().err
    assert "“en”" in said
    assert "“nl”" not in said


def test_other_sentences_are_never_overwritten_silently(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = study / "wordings" / f"{NAME}.nl.toml"
    first = written(study / "een.csv", sheet())
    assert attach(study, first) == FINE
    before = kept.read_bytes()
    assert attach(study, first) == FINE, "the same sentences again are no change"
    other = written(study / "twee.csv", sheet(gr1="Wij groeien soms."))
    assert attach(study, other) == REJECTED
    assert "--replace" in capsys.readouterr().err
    assert kept.read_bytes() == before
    assert attach(study, other, "--replace") == FINE
    assert "Wij groeien soms." in kept.read_text(encoding="utf-8")
    assert "al antwoorden" not in capsys.readouterr().err

    answers = study / "antwoorden" / "meetmoment-1"
    answers.mkdir(parents=True)
    (answers / "antwoorden.csv").write_text("gr1\n3\n", encoding="utf-8")
    assert attach(study, first, "--replace") == FINE
    assert "al antwoorden" in capsys.readouterr().err


def test_a_kept_file_is_itself_a_file_to_attach(study: Path) -> None:
    kept = study / "wordings" / f"{NAME}.nl.toml"
    assert attach(study, written(study / "een.csv", sheet())) == FINE
    before = kept.read_bytes()
    other = kept.rename(study / "elders.toml")
    assert attach(study, other) == FINE
    assert kept.read_bytes() == before


@pytest.mark.parametrize("speak", ["nl", "en"])
def test_all_faults_come_at_once_with_their_place(
    study: Path, speak: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sheet(gr1=None, gr2="Wij leren van wat wij doen.", source="", changed="soms", gr9="X.")
    assert attach(study, written(study / "z.csv", rows), "--json", speak=speak) == REJECTED
    found = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in found} == {
        "wording.missing-sentences",
        "wording.same-sentence",
        "wording.no-source",
        "wording.unknown-change",
        "wording.unknown-row",
    }
    assert all(one["where"].startswith("z.csv") for one in found)
    assert not (study / "wordings").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([NAME, "geen.csv", "--language", "nl"], REJECTED, "er niet"),
        (["edmondson-1999-safetie", "--language", "nl"], REJECTED, "edmondson-1999-safety"),
        (["lc-safety", "--language", "nl"], REJECTED, "haar eigen zinnen"),
        ([NAME, "--language", "Nederlands"], REJECTED, "geen code van een taal"),
        ([NAME], MISUSED, "--language"),
        ([NAME, "--language", "nl", "-o", "blad.pdf"], REJECTED, ".xlsx"),
        ([NAME, "own.toml", "--language", "nl", "-o", "blad.csv"], REJECTED, "niet allebei"),
    ],
)
def test_what_cannot_be_done_is_said(
    study: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(study)
    assert call(["--language", "nl", "instruments", "wording", *arguments]) == code
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said


def test_a_folder_without_a_study_is_no_place_for_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "z.csv", sheet())
    assert attach(tmp_path, file) == REJECTED
    assert "--study" in capsys.readouterr().err


def test_an_empty_sheet_never_replaces_a_file(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(study)
    order = ["--language", "en", "instruments", "wording", NAME, "--language", "nl"]
    assert call(order) == FINE
    assert (study / f"{NAME}-nl.xlsx").is_file()
    assert call(order) == REJECTED
    assert "It may hold sentences" in capsys.readouterr().err


def test_a_language_without_forms_is_kept_and_said(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sheet("en") | {
        "point-1": "nein",
        "point-2": "weder noch",
        "point-3": "ja",
        "dont-know": "weiß nicht",
        "title": "Wachstum",
    }
    assert attach(study, written(study / "d.csv", rows), language="de") == FINE
    assert "geen formulieren in de taal “de”" in capsys.readouterr().err
    assert (study / "wordings" / f"{NAME}.de.toml").is_file()
    assert call(["check", str(study)]) == REJECTED, "there are no answers yet"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_record_of_the_library_takes_sentences(study: Path, language: str) -> None:
    text = STUDY.format(languages=f'"{language}"')
    (study / "study.toml").write_text(
        text.replace("./own.toml", "edmondson-1999-safety"), encoding="utf-8"
    )
    codes = {f"edm{n}": f"An invented sentence, number {n}." for n in range(1, 8)}
    rows = codes | {key: text for key, text in sheet().items() if not key.startswith("gr")}
    file = written(study / "z.csv", rows)
    order = ["instruments", "wording", "edmondson-1999-safety", str(file)]
    assert call([*order, "--language", language, "--study", str(study)]) == FINE
    assert call(["form", str(study), "-o", str(study / "uit")]) == FINE
    page = next((study / "uit").glob("*.html")).read_text(encoding="utf-8")
    assert "An invented sentence, number 7." in page


@pytest.mark.parametrize(
    ("speak", "words"), [("nl", "De taal van de zinnen"), ("en", "The language of the sentences")]
)
def test_its_language_is_that_of_the_sentences(
    speak: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--language", speak, "instruments", "wording", "--help"]) == FINE
    said = " ".join(capsys.readouterr().out.split())
    assert words in said
    assert said.count("--language") == 1


def test_permission_of_a_day_to_come_is_refused(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774656000")  # 2026-03-28
    assert attach(study, written(study / "zinnen.csv", sheet())) == REJECTED
    assert "2026-03-31" in capsys.readouterr().err
    assert not (study / "wordings").exists()


@pytest.mark.parametrize("answered", [False, True])
def test_an_edit_of_kept_sentences_is_said_by_check_and_form(
    study: Path, answered: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attach(study, written(study / "zinnen.csv", sheet())) == FINE
    if answered:
        answers = study / "antwoorden" / "meetmoment-1"
        answers.mkdir(parents=True)
        lines = ["code,gemeenschap,partij,gr1,gr2,gr3"]
        lines += [f"p{n},Warmte,Gemeente,3,1,{1 + n % 3}" for n in range(12)]
        (answers / "antwoorden.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    orders = (["check", str(study)], ["form", str(study), "-o", str(study / "uit")])
    for order in orders:
        capsys.readouterr()
        call(["--language", "nl", *order])
        assert "veranderd nadat" not in capsys.readouterr().err
    (kept,) = (study / "wordings").iterdir()
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace("vaak stil", "soms stil"), encoding="utf-8")
    for order in orders:
        call(["--language", "nl", *order])
        said = capsys.readouterr().err
        assert f"wordings/{kept.name}" in said
        assert "veranderd nadat" in said
        assert ("er zijn al antwoorden" in said) == answered
