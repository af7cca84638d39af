"""The functions of the README on a study folder, and what they say of mistakes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import lcdiag
from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import sentence
from lcdiag.workflow.study import new_study

CODES = ("ve1", "ve2", "ve3", "ve4", "ve5", "ve6", "ve7", "vp1", "vp2", "vp3", "vp4", "vp5")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    study = tmp_path / "Étude café"
    new_study(study, title="Proef", language="nl")
    lines = [";".join(("code", "gemeenschap", *CODES))]
    for number in range(12):
        answers = (str((number * 3 + place) % 7 + 1) for place in range(len(CODES)))
        lines.append(";".join((f"p{number}", "gemeenschap a", *answers)))
    text = "\n".join(lines) + "\n"
    (study / "antwoorden" / "meetmoment-1" / "a.csv").write_text(text, encoding="utf-8")
    return study


def test_a_file_in_a_study_is_read_with_the_names_of_that_study(folder: Path) -> None:
    file = folder / "antwoorden" / "meetmoment-1" / "a.csv"
    alone, whole = lcdiag.read_responses(file), lcdiag.read_responses(folder)
    assert set(alone.community) == {"Gemeenschap A"}
    assert alone.columns == whole.columns
    np.testing.assert_array_equal(alone.codes, whole.codes)


def test_a_file_by_itself_is_known_by_codes_and_by_sentences(folder: Path, tmp_path: Path) -> None:
    text = (folder / "antwoorden" / "meetmoment-1" / "a.csv").read_text(encoding="utf-8")
    items = {one.id: one.text["nl"] for one in lcdiag.open_instrument("lc-safety").items}
    by_code, by_text = tmp_path / "codes.csv", tmp_path / "texts.csv"
    by_code.write_text(text, encoding="utf-8")
    head, rest = text.split("\n", 1)
    names = [items.get(name, name) for name in head.split(";")]
    by_text.write_text(";".join(names) + "\n" + rest, encoding="utf-8")
    first, second = lcdiag.read_responses(by_code), lcdiag.read_responses(by_text)
    assert first.columns == second.columns
    np.testing.assert_array_equal(first.codes, second.codes)


def test_scores_of_one_instrument_out_of_more(folder: Path) -> None:
    study = lcdiag.open_study(folder)
    responses = lcdiag.read_responses(study)
    every = lcdiag.score(responses, study)
    one = lcdiag.score(responses, lcdiag.open_instrument("lc-safety"))
    np.testing.assert_array_equal(one.scale("lc-safety:safety"), every.scale("lc-safety:safety"))
    with pytest.raises(ValueError, match="none of the answers"):
        lcdiag.score(responses, lcdiag.open_instrument("lc-pulse"))


def test_a_diagnosis_shows_itself_and_renders_only_what_exists(folder: Path) -> None:
    diagnosis = lcdiag.diagnose(folder)
    assert "Proef" in diagnosis._repr_html_()
    assert len(lcdiag.to_frame(diagnosis)) == len(diagnosis.measures)
    with pytest.raises(ValueError, match="'de'"):
        lcdiag.render(diagnosis, diagnosis.communities[0], language="de")
    with pytest.raises(ValueError, match="'Gemeenschap X'"):
        lcdiag.render(diagnosis, "Gemeenschap X")


def test_too_many_unreadable_answers_say_that_they_stop_the_work(folder: Path) -> None:
    file = folder / "antwoorden" / "meetmoment-1" / "a.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(";5;", ";vijf, of zes;"), encoding="utf-8")
    with pytest.raises(LcdiagError) as caught:
        lcdiag.read_responses(folder)
    texts = [sentence(one, "nl") for one in caught.value.findings]
    assert any("“vijf, of zes”" in one and "te veel om over te slaan" in one for one in texts)
