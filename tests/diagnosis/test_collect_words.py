from __future__ import annotations

from small_study import CODES, make_study

from lcdiag.diagnosis.words import collect_words


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
