from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import lcdiag
from lcdiag.base.shelf import shelf
from lcdiag.cli.main import FINE, REJECTED, call
from lcdiag.dossier.model import Dossier
from lcdiag.instrument.status import effective_status, status_message, status_name

SAFETY = "lc-safety:safety"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a study that asks one scale of the sample, so that it can be supported."""
    study = tmp_path / "study"
    shutil.copytree(shelf("sample_data") / "energietransitie", study)
    text = (study / "study.toml").read_text(encoding="utf-8")
    start, end = text.index("instruments = ["), text.index("]", text.index("instruments = ["))
    text = text[:start] + f'instruments = ["{SAFETY}"' + text[end:]
    text = text.replace('languages = ["nl", "en"]', 'languages = ["nl"]')
    (study / "study.toml").write_text(text, encoding="utf-8")
    for answers in study.glob("antwoorden/*/antwoorden.csv"):
        raw = answers.read_text(encoding="utf-8-sig").splitlines()
        kept = [line.split(";")[: 5 + 7] for line in raw]
        dutch = [line for line in kept if line[4] != "en"]
        answers.write_text("\n".join(";".join(one) for one in dutch) + "\n", encoding="utf-8")
    return study


def validate(folder: Path, *more: str) -> int:
    return call(["validate", str(folder), "--language", "en", *more])


def test_accepting_is_recorded_with_name_and_date_and_told_everywhere(
    folder: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 2026-11-23
    home = lcdiag.open_study(folder).questionnaire.instruments[0]
    assert status_name(home, "nl", in_study=True) == "experimental"
    assert validate(folder, "--accept", SAFETY, "--by", "A. Jansen") == FINE
    told = capsys.readouterr().out
    assert "A. Jansen" in told
    (given,) = json.loads((folder / "accepted.json").read_text(encoding="utf-8"))["accepted"]
    assert (given["scale"], given["language"], given["by"]) == (SAFETY, "nl", "A. Jansen")
    assert given["on"] == "2026-11-23"
    dossier = Dossier.from_json((folder / "dossier" / "dossier.json").read_text(encoding="utf-8"))
    assert dossier.accepted[0].responses == dossier.responses == given["responses"]
    assert "A. Jansen" in (folder / "dossier" / "dossier.html").read_text(encoding="utf-8")
    home = lcdiag.open_study(folder).questionnaire.instruments[0]
    assert status_name(home, "nl", in_study=True) == "supported-here"
    message = status_message(home, "nl", in_study=True)
    diagnosis = lcdiag.diagnose(folder)
    assert diagnosis.words.instruments[0].status == "supported-here"
    assert f"n = {given['n']}" in diagnosis.words.instruments[0].evidence["nl"]
    assert message.id == "instrument.status-supported-here"
    assert "gevalideerd" not in diagnosis.words.instruments[0].evidence["nl"].casefold()
    assert call(["report", str(folder), "--quiet", "--no-explore", "--language", "nl"]) == FINE


def test_any_edit_of_the_words_takes_the_acceptance_away(folder: Path) -> None:
    assert validate(folder, "--accept", SAFETY, "--by", "A. Jansen", "--quiet") == FINE
    file = folder / "accepted.json"
    text = file.read_text(encoding="utf-8")
    wording = json.loads(text)["accepted"][0]["wording"]
    file.write_text(text.replace(wording, wording[::-1]), encoding="utf-8")
    home = lcdiag.open_study(folder).questionnaire.instruments[0]
    assert effective_status(home, "nl").value == "experimental"


def test_what_is_not_proposed_cannot_be_accepted(folder: Path, capsys: Output) -> None:
    shutil.copy(shelf("sample_data") / "energietransitie" / "study.toml", folder / "study.toml")
    shutil.rmtree(folder / "antwoorden")
    shutil.copytree(shelf("sample_data") / "energietransitie" / "antwoorden", folder / "antwoorden")
    asked = ("--accept", "lc-safety:voice", "--accept", "lc-safety:safty")
    assert validate(folder, *asked) == REJECTED
    error = capsys.readouterr().err
    assert "goes by name" in error
    assert "Nothing is proposed for “lc-safety:voice”" in error
    assert "Did you mean “lc-safety:safety”?" in error
    assert not (folder / "accepted.json").exists()
    assert not (folder / "dossier").exists(), "nothing is half written"


def test_one_scale_of_two_does_not_support_the_instrument(folder: Path) -> None:
    text = (folder / "study.toml").read_text(encoding="utf-8")
    text = text.replace(f'instruments = ["{SAFETY}"', 'instruments = ["lc-safety"')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    for answers in folder.glob("antwoorden/*/antwoorden.csv"):
        source = shelf("sample_data") / "energietransitie" / answers.relative_to(folder)
        lines = source.read_text(encoding="utf-8-sig").splitlines()
        kept = [line.split(";")[: 5 + 10] for line in lines]
        answers.write_text("\n".join(";".join(one) for one in kept) + "\n", encoding="utf-8")
    assert validate(folder, "--accept", SAFETY, "--by", "A. Jansen", "--quiet") == FINE
    home = lcdiag.open_study(folder).questionnaire.instruments[0]
    assert effective_status(home, "nl").value == "experimental", "own voice was not accepted"


def test_a_damaged_file_stops_and_is_left_alone(folder: Path, capsys: Output) -> None:
    (folder / "accepted.json").write_text('{"accepted": "all of it"}', encoding="utf-8")
    assert validate(folder) == REJECTED
    assert "not what lcdiag wrote" in capsys.readouterr().err
    assert "all of it" in (folder / "accepted.json").read_text(encoding="utf-8")


def test_json_is_the_dossier_and_nothing_else(folder: Path, capsys: Output) -> None:
    assert validate(folder, "--json") == FINE
    assert Dossier.from_json(capsys.readouterr().out).people > 200


def test_a_study_without_scores_says_so(tmp_path: Path, capsys: Output) -> None:
    folder = tmp_path / "pulse"
    assert call(["simulate", "pulse", "-o", str(folder), "--people", "40", "--quiet"]) == FINE
    assert validate(folder) == REJECTED
    assert "no scale that gets a score" in capsys.readouterr().err
