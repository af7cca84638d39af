from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.instrument.catalogue import open_instrument, own_ids
from lcdiag.instrument.grammar import negations, second_thought, sentence_count

TWO = {
    "nl": (
        "We luisteren naar elkaar en nemen elkaar serieus.",
        "We zijn open en eerlijk.",
        "Ik durf fouten te maken en om hulp te vragen.",
        "De begeleider is onpartijdig en helpt ons verder.",
        "Partijen komen afspraken na en delen hun kennis.",
        "We bespreken zowel de inhoud als het proces.",
        "We zijn het oneens, maar blijven met elkaar praten.",
        "Iedereen krijgt de ruimte en we nemen besluiten samen.",
        "Ik merk dat we naar elkaar luisteren en elkaar serieus nemen.",
        "We bespreken niet alleen de inhoud, ook het proces.",
        "Wij steunen elkaar en ook onze achterban.",
        "Ik voel me gehoord en gewaardeerd.",
    ),
    "en": (
        "We listen to each other and take each other seriously.",
        "We are open and honest.",
        "I dare to make mistakes and to ask for help.",
        "The facilitator is impartial and helps us further.",
        "Parties keep agreements and share their knowledge.",
        "We discuss both content and process.",
        "We disagree, but remain respectful.",
        "Everyone gets room and we decide together.",
        "We discuss not only the content.",
        "We support each other as well as the people at home.",
        "I feel heard and valued.",
        "We respect and support each other.",
    ),
}
ONE = {
    "nl": (
        "De partijen gaan eerlijk om met kennis en ideeën van een ander.",
        "Er komen van buiten genoeg geld en middelen voor dit vraagstuk.",
        "Ik voel me heen en weer getrokken tussen deze groep en mijn achterban.",
        "Wij kijken af en toe terug op ons werk.",
        "We weten of we dit samen kunnen.",
        "Een partij die anders denkt of werkt, hoort er minder bij.",
        "Rollen en taken zijn verdeeld.",
        "We praten over vragen en twijfels.",
    ),
    "en": (
        "The parties deal fairly with the knowledge and ideas of others.",
        "Enough money and resources come from outside.",
        "I feel pulled back and forth between this group and the people I represent.",
        "There was room to pause and look at how we work together.",
        "A party that thinks or works differently is less a part of this group.",
        "Roles and tasks are divided.",
        "Both parties keep their word.",
    ),
}


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in TWO for text in TWO[one]])
def test_a_second_thought_is_noticed(language: str, text: str) -> None:
    words = second_thought(text, language)
    assert words
    assert words.casefold().split()[0] in text.casefold()


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in ONE for text in ONE[one]])
def test_two_things_in_one_thought_raise_no_alarm(language: str, text: str) -> None:
    assert second_thought(text, language) == ""


@pytest.mark.parametrize("name", own_ids())
def test_no_sentence_of_ours_raises_an_alarm(name: str) -> None:
    found = [
        (item.id, language, second_thought(text, language))
        for item in open_instrument(name).items
        for language, text in item.text.items()
        if second_thought(text, language) and not item.accepted
    ]
    assert found == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("nl", "Niemand zegt hier iets.", ("Niemand",)),
        ("nl", "We doen het niet zonder elkaar.", ("niet", "zonder")),
        ("nl", "We hebben geen tijd en nergens plek.", ("geen", "nergens")),
        ("nl", "We bespreken niet alleen de inhoud.", ()),
        ("nl", "Er is genietbaar weinig tijd in Nietap.", ()),
        ("en", "No one says a word.", ("No one",)),
        ("en", "We don’t and can't.", ("don’t", "can't")),
        ("en", "We hardly talk without notes.", ("hardly", "without")),
        ("en", "We know the notes by now.", ()),
        ("de", "Wir reden nicht.", ()),
    ],
)
def test_denials_are_found_as_words(language: str, text: str, words: tuple[str, ...]) -> None:
    assert negations(text, language) == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("We leren.", 1),
        ("We leren", 1),
        ("We leren. We groeien.", 2),
        ("“We leren.” Zeggen ze dat?", 2),
        ("We doen veel, bijv. samen eten.", 1),
        ("We meet, e.g. on Mondays.", 1),
        ("Dat kost 2.5 uur.", 1),
        ("Echt?! Ja.", 2),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert sentence_count(text) == count


@given(st.text(max_size=80), st.sampled_from(["nl", "en", "de", ""]))
def test_any_text_can_be_judged(text: str, language: str) -> None:
    assert sentence_count(text) >= int(bool(text.strip()))
    assert all(word in text for word in negations(text, language))
    assert isinstance(second_thought(text, language), str)
