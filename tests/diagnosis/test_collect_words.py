from __future__ import annotations

from pathlib import Path

from published_record import RECORD, SENTENCES
from small_study import CODES, make_study

from lcdiag.diagnosis.words import collect_words
from lcdiag.instrument.attached import attached_toml, wording_path
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.compose import compose
from lcdiag.instrument.worded import Attachment, Change


def test_words_follow_the_questionnaire():
    questionnaire = make_study().questionnaire
    words = collect_words(questionnaire, ("nl", "en"))
    assert tuple(item.id for item in words.items) == CODES
    assert [scale.id for scale in words.scales] == ["toy:ease", "toy:singles"]
    assert [topic.kind for topic in words.topics] == ["critical"] * 3 + ["control"] * 2
    ease = words.scales[0]
    assert (ease.low, ease.high, ease.items) == (1, 7, ("a1", "a2", "a3"))
    assert [item.reversed for item in words.items[:3]] == [False, False, True]
    assert words.indicators[0].id == "toy:abilene"


def test_sources_come_with_their_doi_and_instruments_with_their_digest():
    questionnaire = make_study().questionnaire
    (toy,) = collect_words(questionnaire, ("en",)).instruments
    assert toy.modelled_on == ("A book. https://doi.org/10.1/x",)
    assert toy.digest == questionnaire.instruments[0].digest
    assert toy.status == "experimental"


def test_only_the_languages_of_the_study_are_carried():
    words = collect_words(make_study().questionnaire, ("en",))
    assert words.items[0].text == {"en": "Sentence a1"}
    assert set(words.items[0].points) == {"en"}
    other = collect_words(make_study().questionnaire, ("fr",))
    assert set(other.items[0].text) == {"nl", "en"}


def test_a_label_stands_in_for_a_sentence_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(RECORD, encoding="utf-8")
    record = open_instrument(tmp_path / "own.toml")
    given = Attachment(
        language="nl",
        source="Someone (2020)",
        permission="The publisher",
        date="2026-03-31",
        change=Change.TRANSLATED,
        sentences=SENTENCES["nl"],
    )
    path = wording_path(tmp_path, record.id, "nl")
    path.parent.mkdir()
    asked = compose([["own.toml"]], ("nl", "en"), folder=tmp_path)
    (bare,) = collect_words(asked, ("nl", "en")).instruments
    assert bare.status == "structure-only"

    path.write_text(attached_toml(record, given, "nl"), encoding="utf-8")
    words = collect_words(compose([["own.toml"]], ("nl", "en"), folder=tmp_path), ("nl", "en"))
    assert words.items[1].text == {"nl": "Wij staan vaak stil.", "en": "Standing still"}
    assert words.instruments[0].status == "adapted", "it was not stored when it was attached"
    assert "Someone (2020)" in words.instruments[0].evidence["en"]
    assert words.instruments[0].evidence["nl"].startswith("Onderzocht bij teams.")
    assert "Toestemming (31 maart 2026): The publisher." in words.instruments[0].evidence["nl"]
    assert "Permission (31 March 2026): The publisher." in words.instruments[0].evidence["en"]
    assert words.instruments[0].published
