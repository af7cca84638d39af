"""The instruments that come with lcdiag, as a reader and a respondent meet them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lcdiag.base.levels import Level
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids
from lcdiag.instrument.check import check_instrument, check_together
from lcdiag.instrument.compose import compose_set
from lcdiag.instrument.minutes import minutes_for
from lcdiag.instrument.model import Direction, Instrument, Item, Status
from lcdiag.instrument.readability import flesch_douma, syllables
from lcdiag.instrument.wording import words_of

SCALES = {
    "lc-safety": {"safety": 7, "voice": 3},
    "lc-trust": {"between": 5, "within": 5, "distrust": 4},
    "lc-conflict": {"task": 3, "relationship": 3, "process": 3, "status": 3},
    "lc-collusion": {
        "avoidance": 4,
        "denial": 3,
        "simplification": 3,
        "fragmentation": 3,
        "collaboration": 4,
    },
    "lc-climate": {"interdependence": 3, "differences": 4},
    "lc-representative": {"role": 7},
    "lc-context": {"context": 6},
    "lc-pulse": {"pulse": 8},
    "lc-link": {},
}
LIBRARY = [open_instrument(name) for name in SCALES]
ITEMS = [(one, item) for one in LIBRARY for item in one.items]


@pytest.fixture(params=LIBRARY, ids=lambda one: one.id)
def instrument(request: pytest.FixtureRequest) -> Instrument:
    found = request.param
    assert isinstance(found, Instrument)
    return found


def test_the_library_holds_the_scales_it_should() -> None:
    found = {one.id: {scale.id: len(scale.items) for scale in one.scales} for one in LIBRARY}
    assert found == SCALES
    assert set(SCALES) <= set(instrument_ids())


def test_check_finds_nothing_in_ours(instrument: Instrument) -> None:
    assert [sentence(finding, "en") for finding in check_instrument(instrument)] == []


def test_codes_are_unique_over_all_instruments() -> None:
    assert check_together(LIBRARY) == ()


def test_everything_is_said_in_both_languages(instrument: Instrument) -> None:
    texts = [instrument.title, instrument.respondent_title, instrument.source.text]
    texts += [item.text for item in instrument.items] + [item.label for item in instrument.items]
    texts += [scale.label for scale in instrument.scales]
    texts += [scale.about for scale in instrument.scales]
    texts += [scale.question for scale in instrument.scales]
    texts += [topic.label for topic in instrument.contrasts]
    texts += [instrument.instruction, instrument.validation.evidence]
    texts += [question.hint for question in instrument.open_questions]
    assert all(set(text) == {"nl", "en"} and all(text.values()) for text in texts)


def test_every_scale_ends_in_a_question(instrument: Instrument) -> None:
    asked = [text for scale in instrument.scales for text in scale.question.values()]
    assert all(text.endswith("?") for text in asked)


@pytest.mark.parametrize(("home", "item"), ITEMS, ids=[item.id for _, item in ITEMS])
def test_an_item_is_one_short_sentence_with_its_place(home: Instrument, item: Item) -> None:
    for language, limit in (("nl", 20), ("en", 20)):
        text = item.text[language]
        assert text.endswith(".")
        assert text.count(".") == 1
        assert len(words_of(text)) <= limit
    for label in item.label.values():
        assert len(label.split(":")[0].split()) <= 5
        assert not label.endswith(".")
    assert item.facet
    assert re.fullmatch(r"4\.[0-5], par\. [1-5]", item.place)
    assert re.fullmatch(r"[a-z]{2}\d[zap]?", item.id)


def test_no_two_items_say_the_same() -> None:
    for language in ("nl", "en"):
        texts = [item.text[language].casefold() for _, item in ITEMS]
        assert len(set(texts)) == len(texts)


def test_all_four_levels_are_asked_about() -> None:
    assert {item.level for _, item in ITEMS} == set(Level)


def test_every_point_has_a_label_and_nobody_must_guess(instrument: Instrument) -> None:
    for one in instrument.formats.values():
        for language in ("nl", "en"):
            assert len(set(one.points[language])) == len(one.codes) == 7
            assert one.dont_know[language]


def test_status_and_origin_are_honest(instrument: Instrument) -> None:
    assert instrument.validation.status is Status.EXPERIMENTAL
    assert instrument.source.kind == "own"
    assert instrument.licence == "CC BY 4.0"
    for citation in instrument.source.modelled_on:
        assert citation.known == "general-knowledge"
        assert not citation.doi or re.fullmatch(r"10\.\d{4,}/\S+", citation.doi)


def test_what_is_not_good_or_bad_has_no_direction() -> None:
    without = {
        f"{one.id}:{scale.id}"
        for one in LIBRARY
        for scale in one.scales
        if scale.direction is Direction.NEITHER
    }
    assert without >= {
        "lc-conflict:task",
        "lc-collusion:collaboration",
        "lc-representative:role",
        "lc-context:context",
    }


def test_the_reversed_items_are_the_stated_ones() -> None:
    assert {item.id for _, item in ITEMS if item.reversed} == {
        *("ve1", "ve3", "ve5", "st2", "vg4", "vg5", "pu2", "pu8"),
    }


def test_negations_are_few_and_none_is_reversed() -> None:
    """A reversed sentence with a negation asks people to deny a denial."""
    negation = re.compile(r"\b(niet|geen|nooit|niemand|zonder|nergens)\b")
    found = {item.id: item.reversed for _, item in ITEMS if negation.search(item.text["nl"])}
    assert found == dict.fromkeys(("ve6", "on5z", "on5a", "on5p", "vs4"), False)


def test_the_three_ratings_of_a_topic_share_their_words() -> None:
    home = open_instrument("lc-collusion")
    for topic in home.contrasts:
        own, others = (home.item(code).text["nl"] for code in (topic.own, topic.others))
        assert own.startswith("Zelf vind ik dat ")
        assert others == own.replace(
            "Zelf vind ik dat ", "Ik denk dat de meeste anderen aan tafel vinden dat "
        )
        assert home.item(topic.practice).text["nl"].startswith("In onze bijeenkomsten ")
        assert home.item(topic.practice).text["en"].startswith("In our meetings ")
    assert [topic.kind for topic in home.contrasts] == ["critical"] * 6 + ["control"] * 2


def test_the_signature_rule_stands_in_the_instrument() -> None:
    (indicator,) = open_instrument("lc-collusion").indicators
    assert indicator.rule == "abilene-signature"
    assert indicator.settings == {
        "minimum_answers": 6,
        "confidence": 0.95,
        "stated_margin": 0.5,
    }


def test_sets_state_at_least_the_computed_minutes() -> None:
    for name in set_ids():
        made = compose_set(open_set(name), ("nl", "en"))
        assert made.minutes >= minutes_for(len(made.codes), len(made.open_questions))
        assert made.minutes <= 1.5 * minutes_for(len(made.codes), len(made.open_questions))


def test_the_short_set_asks_what_it_promises() -> None:
    made = compose_set(open_set("short"), ("nl", "en"))
    scales = {f"{home.id}:{scale.id}" for home, scale in made.scales}
    assert scales == {
        "lc-safety:safety",
        "lc-trust:between",
        "lc-conflict:task",
        "lc-conflict:relationship",
        "lc-collusion:avoidance",
        "lc-collusion:collaboration",
    }
    topics = {topic.id: topic.kind for _, topic in made.contrasts}
    assert topics == {
        "interests": "critical",
        "course": "critical",
        "letting-go": "critical",
        "punctuality": "control",
        "agenda": "control",
    }
    assert len(made.codes) == 43
    for page in made.pages:
        for block in page:
            assert len({(item.referent, item.format) for item in block.items}) == 1


def test_syllables_are_counted_as_dutch_says_them() -> None:
    counted = {word: syllables(word) for word in ("tafel", "ideeën", "nieuwe", "mooi", "wij")}
    assert counted == {"tafel": 2, "ideeën": 3, "nieuwe": 2, "mooi": 1, "wij": 1}


def test_the_documentation_prints_the_measured_figures() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "instruments.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = page.read_text(encoding="utf-8")
    for home in LIBRARY:
        if home.items:
            assert figures(home) in text


def figures(home: Instrument) -> str:
    """One row of the table in the documentation."""
    dutch = [item.text["nl"] for item in home.items]
    lengths = [len(words_of(text)) for text in dutch]
    english = [len(words_of(item.text["en"])) for item in home.items]
    return (
        f"| {home.id} | {len(dutch)} | {flesch_douma(dutch):.0f} "
        f"| {sum(lengths) / len(lengths):.1f} ({max(lengths)}) "
        f"| {sum(english) / len(english):.1f} ({max(english)}) |"
    )


def test_dutch_items_read_easily_as_a_whole() -> None:
    """Above 60 is plain language on the scale of Douma."""
    dutch = [item.text["nl"] for _, item in ITEMS]
    assert flesch_douma(dutch) > 60
