from __future__ import annotations

import pytest

from lcdiag.instrument.catalogue import instrument_ids, open_instrument
from lcdiag.instrument.wording import forbidden_in, respondent_texts, words_of


@pytest.mark.parametrize("name", instrument_ids())
def test_respondents_never_meet_a_word_that_names_a_pattern(name: str) -> None:
    met = respondent_texts(open_instrument(name))
    texts = [text for _, words in met for text in words.values()]
    assert texts
    heavy = ("collusi", "abilene", "schijnharmonie", "stereotyp")
    assert [text for text in texts if any(word in text.lower() for word in heavy)] == []
    assert [text for text in texts if forbidden_in(text)] == []


def test_what_a_respondent_meets_includes_titles_items_answers_and_column_names() -> None:
    places = dict(respondent_texts(open_instrument("lc-collusion")))
    assert "respondent_title" in places
    assert places["item on1z, id"] == {"": "on1z"}
    often = dict(respondent_texts(open_instrument("lc-conflict")))["format often7, points"]
    assert "nooit" in often["nl"]
    assert "open question lk1, hint" in dict(respondent_texts(open_instrument("lc-link")))


@pytest.mark.parametrize("text", ["Collusie", "een collusief patroon", "de ABILENE-paradox"])
def test_capitals_make_no_difference(text: str) -> None:
    assert forbidden_in(text)


def test_words_are_counted_as_people_count_them() -> None:
    assert words_of("Ik zeg: don't – zo'n co-creatie, 7 keer.") == [
        *("Ik", "zeg", "don't", "zo'n", "co-creatie", "keer"),
    ]
