"""The instruments that come with lcdiag, as a reader and a respondent meet them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from lcdiag.base.levels import Level, Referent
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import open_instrument, own_ids
from lcdiag.instrument.check import check_instrument, check_together
from lcdiag.instrument.model import Direction, Format, Instrument, Item, Scale, Status
from lcdiag.instrument.readability import flesch_douma, scale_readability
from lcdiag.instrument.wording import forbidden_in, respondent_texts, words_of

SCALES = {
    "lc-safety": {"safety": 7, "voice": 3},
    "lc-trust": {"between": 5, "within": 5, "distrust": 4},
    "lc-party-grid": {"keeps": 1, "interests": 1, "guard": 1, "open": 1, "seen": 1},
    "lc-conflict": {"task": 3, "relationship": 3, "process": 3, "status": 3},
    "lc-collusion": {
        "avoidance": 4,
        "denial": 3,
        "simplification": 3,
        "fragmentation": 3,
        "collaboration": 4,
    },
    "lc-patterns": {
        "images": 3,
        "influence": 3,
        "outcome": 3,
        "positions": 3,
        "presence": 3,
        "other-views": 3,
    },
    "lc-climate": {
        "interdependence": 3,
        "differences": 4,
        "problem-definition": 3,
        "common-goal": 3,
        "ground-rules": 3,
        "daring": 3,
        "reflection": 3,
        "sense-making": 3,
    },
    "lc-representative": {"role": 7},
    "lc-facilitation": {"conditions": 10},
    "lc-context": {"context": 6},
    "lc-achterban": {"home": 6},
    "lc-pulse": {"pulse": 7, "taking-back": 1},
    "lc-link": {},
}
LIBRARY = [open_instrument(name) for name in SCALES]
ITEMS = [(one, item) for one in LIBRARY for item in one.items]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "instruments.md"


@pytest.fixture(params=LIBRARY, ids=lambda one: one.id)
def instrument(request: pytest.FixtureRequest) -> Instrument:
    found = request.param
    assert isinstance(found, Instrument)
    return found


def test_the_library_holds_the_scales_it_should() -> None:
    found = {one.id: {scale.id: len(scale.items) for scale in one.scales} for one in LIBRARY}
    assert found == SCALES
    assert set(SCALES) == set(own_ids())


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
    assert all(len(set(text.values())) == 2 for text in texts)


def test_every_scale_ends_in_a_question(instrument: Instrument) -> None:
    asked = [text for scale in instrument.scales for text in scale.question.values()]
    assert all(text.endswith("?") for text in asked)


@pytest.mark.parametrize(("home", "item"), ITEMS, ids=[item.id for _, item in ITEMS])
def test_an_item_is_one_short_sentence_with_its_place(home: Instrument, item: Item) -> None:
    for language in ("nl", "en"):
        text = item.text[language]
        assert text.endswith(".")
        assert text.count(".") == 1
        assert len(words_of(text)) <= 20
    for label in item.label.values():
        assert len(label.split(":")[0].split()) <= 5
        assert not label.endswith(".")
    assert len(item.facet) > 3
    assert re.fullmatch(r"4\.[0-5], par\. [1-5]", item.place)
    assert re.fullmatch(r"[a-z]{2}\d{1,2}[zap]?", item.id)


def test_every_item_has_a_home_and_a_label_of_its_own(instrument: Instrument) -> None:
    """An item that is in no scale and no topic would be asked for nothing."""
    homes = Counter(code for scale in instrument.scales for code in scale.items)
    for topic in instrument.contrasts:
        homes.update((topic.own, topic.others, topic.practice))
    assert homes == dict.fromkeys((item.id for item in instrument.items), 1)
    for language in ("nl", "en"):
        labels = [item.label[language] for item in instrument.items]
        assert len(set(labels)) == len(labels)


def test_a_scale_is_about_one_referent_on_one_level(instrument: Instrument) -> None:
    for scale in instrument.scales:
        items = [instrument.item(code) for code in scale.items]
        assert len({item.format for item in items}) == 1
        if not scale.per_item:
            assert {item.level for item in items} == {scale.level}
            assert len({item.referent for item in items}) == 1


def test_a_level_goes_with_the_people_an_item_is_about() -> None:
    found = {(item.referent, item.level) for _, item in ITEMS}
    assert found == {
        (Referent.SELF, Level.INDIVIDUAL),
        (Referent.SELF, Level.PARTY),
        (Referent.GROUP, Level.GROUP),
        (Referent.PARTY, Level.PARTY),
        (Referent.PARTIES, Level.PARTY),
        (Referent.OTHER_PARTY, Level.PARTY),
        (Referent.SOCIETY, Level.CONTEXT),
    }
    assert {item.level for _, item in ITEMS} == set(Level)


def test_only_the_party_grid_asks_about_each_other_party() -> None:
    for home, item in ITEMS:
        grid = home.id == "lc-party-grid"
        assert (item.referent is Referent.OTHER_PARTY) is grid
        for text in item.text.values():
            assert text.count("{party}") == grid
            assert "{" not in text.replace("{party}", "")


@pytest.mark.parametrize("name", ["Gemeente Vliet", "De Buurt", "Enexis", "ROC Midden"])
def test_a_grid_sentence_reads_with_any_name(name: str) -> None:
    """No article before the name, and nothing that only fits a name at one place."""
    for item in open_instrument("lc-party-grid").items:
        for language, text in item.text.items():
            said = text.replace("{party}", name)
            assert said[0].isupper()
            before = text.split("{party}")[0].split()
            articles = {"nl": {"de", "het", "een"}, "en": {"the", "a", "an"}}[language]
            assert not before or before[-1].casefold() not in articles


def test_no_two_items_say_the_same() -> None:
    """The three ratings of a topic share their words on purpose; no other two items do."""
    for language in ("nl", "en"):
        texts = [item.text[language].casefold() for _, item in ITEMS]
        assert len(set(texts)) == len(texts)
        bags = {item.id: set(words_of(item.text[language].casefold())) for _, item in ITEMS}
        for one, other in combinations(bags, 2):
            if not one.startswith("on") or not other.startswith("on"):
                shared = len(bags[one] & bags[other]) / len(bags[one] | bags[other])
                assert shared < 0.6, (one, other)


def test_every_point_has_a_label_and_nobody_must_guess(instrument: Instrument) -> None:
    for one in instrument.formats.values():
        for language in ("nl", "en"):
            assert len(set(one.points[language])) == len(one.codes) == 7
            assert one.dont_know[language]


def test_a_format_is_worded_the_same_in_every_instrument() -> None:
    formats: dict[str, Format] = {}
    for one in LIBRARY:
        for name, form in one.formats.items():
            assert formats.setdefault(name, form) == form
    assert set(formats) == {"agree7", "often7"}
    often = {one.id for one in LIBRARY if "often7" in one.formats}
    assert often == {"lc-conflict", "lc-patterns"}


def test_status_and_origin_are_honest(instrument: Instrument) -> None:
    assert instrument.validation.status is Status.EXPERIMENTAL
    assert instrument.source.kind == "own"
    assert instrument.licence == "CC BY 4.0"
    assert not instrument.reported
    for language in ("nl", "en"):
        assert instrument.source.text[language] != instrument.validation.evidence[language]
    for citation in instrument.source.modelled_on:
        assert citation.known == "general-knowledge"
        assert not citation.doi or re.fullmatch(r"10\.\d{4,}/\S+", citation.doi)


@pytest.mark.parametrize("name", ["Edmondson", "Klijn", "Jehn", "Fearless"])
def test_no_scale_carries_a_published_name(name: str) -> None:
    for one in LIBRARY:
        shown = [one.title, one.respondent_title, *(scale.label for scale in one.scales)]
        assert not any(name in words.split() for text in shown for words in text.values())


def test_respondents_never_meet_a_word_that_names_a_pattern(instrument: Instrument) -> None:
    for place, text in respondent_texts(instrument):
        for words in text.values():
            assert not forbidden_in(words), place


HEAVY = re.compile(
    r"\b(?:wantrouw\w*|macht\w*|conflict\w*|afhaken|vermijd\w*|ontken\w*|distrust\w*|power\w*"
    r"|avoid\w*|den(?:y|ial)\w*|withdraw\w*)\b",
    re.IGNORECASE,
)


def test_titles_above_the_questions_are_neutral(instrument: Instrument) -> None:
    """The title of a page that says what it measures tells people what to answer."""
    texts = [instrument.respondent_title, *(one.respondent_label for one in instrument.scales)]
    assert not [words for text in texts for words in text.values() if HEAVY.search(words)]


def test_figures_name_the_patterns_between_parties_in_calm_words() -> None:
    for scale in open_instrument("lc-patterns").scales:
        for words in (*scale.label.values(), scale.id):
            assert not HEAVY.search(words)
            assert not forbidden_in(words)


def scales_without_direction() -> set[str]:
    return {
        f"{one.id}:{scale.id}"
        for one in LIBRARY
        for scale in one.scales
        if scale.direction is Direction.NEITHER
    }


def test_what_is_not_good_or_bad_has_no_direction() -> None:
    assert scales_without_direction() == {
        "lc-conflict:task",
        "lc-conflict:process",
        "lc-collusion:collaboration",
        "lc-representative:role",
        "lc-facilitation:conditions",
        "lc-context:context",
        "lc-achterban:home",
        "lc-pulse:pulse",
        "lc-pulse:taking-back",
        "lc-party-grid:seen",
    }


def test_what_is_shown_item_by_item_has_no_direction() -> None:
    single = {f"{one.id}:{scale.id}" for one in LIBRARY for scale in one.scales if scale.per_item}
    assert len(single) == 6
    assert single < scales_without_direction()


def test_being_on_guard_is_never_turned_into_trust() -> None:
    grid = open_instrument("lc-party-grid")
    assert grid.scale("guard").direction is Direction.HIGHER_WORSE
    assert grid.scale("guard").items == ("pg3",)
    assert open_instrument("lc-trust").scale("distrust").direction is Direction.HIGHER_WORSE
    assert not any(item.reversed for item in grid.items)


def test_the_reversed_items_are_the_stated_ones() -> None:
    reversed_items = {item.id for _, item in ITEMS if item.reversed}
    assert reversed_items == {
        *("ve1", "ve3", "ve5", "st2", "vg4", "vg5", "pu2", "pu8", "th6"),
    }
    stated = re.search(r"\*\*Reversed items\*\* are few \(([^)]*)\)", documentation())
    assert stated is not None
    assert set(re.findall(r"[a-z]{2}\d+", stated[1])) == reversed_items


def test_no_item_holds_a_negation() -> None:
    """To disagree with a denial is hard; every sentence of ours could be said without."""
    dutch = re.compile(r"\b(?:niet|geen|nooit|niemand|zonder|nergens|nauwelijks)\b")
    english = re.compile(r"\b(?:not|no|never|nobody|none|without|nowhere|hardly)\b|n't\b")
    for _, item in ITEMS:
        assert not dutch.search(item.text["nl"].casefold())
        assert not english.search(item.text["en"].casefold())
        assert not item.accepted


def test_the_three_ratings_of_a_topic_share_their_words() -> None:
    home = open_instrument("lc-collusion")
    for topic in home.contrasts:
        for language, mine, theirs in (
            ("nl", "Zelf wil ik dat ", "Ik denk dat de meeste anderen aan tafel willen dat "),
            ("en", "I myself want ", "I think most others at the table want "),
        ):
            own, others = (home.item(code).text[language] for code in (topic.own, topic.others))
            assert own.startswith(mine)
            assert others == own.replace(mine, theirs)
        assert home.item(topic.practice).text["nl"].startswith("In onze bijeenkomsten ")
        assert home.item(topic.practice).text["en"].startswith("In our meetings ")
    assert [topic.kind for topic in home.contrasts] == ["critical"] * 6 + ["control"] * 2


def test_the_signature_rule_stands_in_the_instrument() -> None:
    indicator, *_ = open_instrument("lc-collusion").indicators
    assert indicator.rule == "abilene-signature"
    assert indicator.settings == {
        "minimum_answers": 6,
        "confidence": 0.95,
        "stated_margin": 0.5,
    }


def test_facilitation_is_asked_as_a_condition_and_shown_to_the_facilitator_first() -> None:
    home = open_instrument("lc-facilitation")
    (scale,) = home.scales
    assert "eerst aan de begeleider" in scale.about["nl"]
    assert "to the facilitator first" in scale.about["en"]
    for item in home.items:
        assert "begeleider" not in item.text["nl"]
        assert "facilitator" not in item.text["en"]
    assert "geen begeleider" in home.note["nl"]


def test_people_represented_are_told_which_group_is_meant() -> None:
    home = open_instrument("lc-achterban")
    assert "bijeenkomsten" not in home.instruction["nl"]
    assert "die groep" in home.instruction["nl"]
    assert "that group" in home.instruction["en"]


def test_people_represented_are_never_called_people_at_home(instrument: Instrument) -> None:
    """At home one has a family; those on whose behalf one sits at the table are elsewhere."""
    texts = [instrument.title, *(words for _, words in respondent_texts(instrument))]
    texts += [item.label for item in instrument.items]
    for scale in instrument.scales:
        texts += [scale.label, scale.about, scale.question]
    said = [words for text in texts for words in text.values()]
    assert not [words for words in said if re.search(r"\bthuis\b|\bat home\b", words, re.I)]


@pytest.mark.parametrize(
    "name", ["lc-collusion", "lc-climate", "lc-trust", "lc-conflict", "lc-patterns"]
)
def test_it_is_said_who_we_are(name: str) -> None:
    """A representative may take 'we' for the own organisation."""
    home = open_instrument(name)
    assert "Met 'we' bedoelen we de groep aan tafel." in home.instruction["nl"]
    assert "By 'we' we mean the group at the table." in home.instruction["en"]


@pytest.mark.parametrize("name", ["lc-collusion", "lc-climate"])
def test_it_is_said_what_the_issue_is(name: str) -> None:
    home = open_instrument(name)
    assert "'Het vraagstuk' is waar uw groep samen aan werkt." in home.instruction["nl"]
    assert "'The issue' is what your group works on together." in home.instruction["en"]


def test_how_often_is_asked_of_what_people_noticed() -> None:
    """What happened in two meetings cannot have happened always."""
    for name in ("lc-conflict", "lc-patterns"):
        home = open_instrument(name)
        assert "Hoe vaak merkte u dit?" in home.instruction["nl"]
        assert "How often did you notice this?" in home.instruction["en"]
        points = home.formats["often7"].points
        assert points["nl"][-1] == "voortdurend"
        assert points["en"][-1] == "all the time"


def test_the_grid_says_what_an_empty_row_gives_away() -> None:
    home = open_instrument("lc-party-grid")
    assert "leeg" in home.note["nl"]
    assert "empty" in home.note["en"]
    assert "bij welke partij u hoort" in home.note["nl"]
    assert "which party you belong to" in home.note["en"]


def documentation() -> str:
    if not DOCS.is_file():
        pytest.skip("the documentation is not beside the tests")
    return DOCS.read_text(encoding="utf-8")


def rows(home: Instrument) -> list[str]:
    """The rows of an instrument in the table of the documentation, one for each scale."""
    lines = []
    for one in scale_readability(home):
        assert one.flesch_douma is not None
        lengths = [one.lengths[language] for language in ("nl", "en")]
        shown = " | ".join(f"{each.mean:.1f} ({each.longest})" for each in lengths)
        lines.append(
            f"| {home.id}:{one.scale} | {one.sentences} | {one.flesch_douma:.0f} | {shown} |"
        )
    return lines


def test_the_documentation_prints_the_measured_figures_of_every_scale() -> None:
    text = documentation()
    assert [line for home in LIBRARY for line in rows(home) if line not in text] == []


def scales_of_the_library() -> list[tuple[Instrument, Scale]]:
    return [(home, scale) for home in LIBRARY for scale in home.scales]


def test_the_documentation_says_how_each_scale_was_checked() -> None:
    text = documentation()
    start = text.index("## How each scale was checked")
    section = text[start : text.index("\n## ", start + 3)]
    names = [f"| {home.id}:{scale.id} |" for home, scale in scales_of_the_library()]
    names.append("| lc-collusion:topics |")
    assert [name for name in names if name not in section] == []


def test_the_documentation_names_every_instrument() -> None:
    text = documentation()
    for home in LIBRARY:
        assert f"| `{home.id}` |" in text


def test_dutch_items_read_easily() -> None:
    """Above 60 is plain language on the scale of Douma."""
    eases = [one.flesch_douma or 0 for home in LIBRARY for one in scale_readability(home)]
    assert sum(eases) / len(eases) > 70
    assert min(eases) > 60
    assert flesch_douma([item.text["nl"].format(party="partij") for _, item in ITEMS]) > 70
