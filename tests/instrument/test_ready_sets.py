"""The ready-made sets: what they ask, in which order, of whom, and in how many minutes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lcdiag.base.levels import Level, Referent
from lcdiag.base.shelf import shelf
from lcdiag.instrument.catalogue import open_instrument, open_set, own_ids, set_ids
from lcdiag.instrument.compose import compose_set
from lcdiag.instrument.minutes import minutes_for
from lcdiag.instrument.model import ReadySet
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.readability import read_aloud

RATINGS = {
    "standard": 77,
    "short": 45,
    "full": 148,
    "pulse": 8,
    "achterban": 6,
    "expectations": 27,
}
MADE = {name: compose_set(open_set(name), ("nl", "en")) for name in RATINGS}
CRITICAL = ["interests", "course", "letting-go", "complexity", "together", "reflection"]


@pytest.fixture(params=RATINGS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ready(name: str) -> ReadySet:
    return open_set(name)


@pytest.fixture
def made(name: str) -> Questionnaire:
    return MADE[name]


def scales_of(made: Questionnaire) -> set[str]:
    return {f"{home.id}:{scale.id}" for home, scale in made.scales}


def topics_of(made: Questionnaire) -> dict[str, str]:
    return {topic.id: topic.kind for _, topic in made.contrasts}


def test_there_are_no_other_sets() -> None:
    assert set(set_ids()) == set(RATINGS)


def test_a_set_has_the_ratings_it_should(name: str, made: Questionnaire) -> None:
    assert len(made.codes) == RATINGS[name]


def test_a_set_is_named_and_explained_in_both_languages(ready: ReadySet) -> None:
    for text in (ready.title, ready.about, *ready.instructions.values()):
        assert set(text) == {"nl", "en"}
        assert all(text.values())


def test_the_stated_minutes_cover_the_computed_ones(made: Questionnaire) -> None:
    computed = minutes_for(len(made.codes), len(made.open_questions))
    assert computed <= made.minutes <= 1.5 * computed


@pytest.mark.parametrize(
    ("one", "minutes"), [("standard", 15), ("short", 10), ("pulse", 3), ("achterban", 2)]
)
def test_the_minutes_that_are_promised(one: str, minutes: int) -> None:
    assert MADE[one].minutes == minutes


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_set_read_aloud_takes_no_longer_than_it_states(
    language: str, made: Questionnaire
) -> None:
    aloud = read_aloud(made, language)
    assert aloud.items == len(made.codes)
    assert aloud.minutes <= made.minutes


def test_the_documentation_prints_the_minutes_of_every_set() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "instruments.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = page.read_text(encoding="utf-8")
    for name, made in MADE.items():
        aloud = [f"{read_aloud(made, language).minutes:.1f}" for language in ("nl", "en")]
        figures = f"| {len(made.codes)} | {made.minutes} | {' / '.join(aloud)} |"
        assert re.search(rf"\| `{name}` \|[^|]*{re.escape(figures)}", text), figures


def test_people_that_a_sentence_is_about_never_share_a_table(made: Questionnaire) -> None:
    for page in made.pages:
        for block in page:
            assert len({(item.referent, item.format) for item in block.items}) == 1


def test_a_page_is_not_longer_than_a_sheet_or_two(made: Questionnaire) -> None:
    assert max(sum(len(block.items) for block in page) for page in made.pages) <= 30


def test_the_standard_set_asks_what_it_promises() -> None:
    made = MADE["standard"]
    assert scales_of(made) == {
        "lc-safety:safety",
        "lc-safety:voice",
        "lc-trust:between",
        "lc-conflict:task",
        "lc-conflict:relationship",
        "lc-collusion:avoidance",
        "lc-collusion:collaboration",
        "lc-climate:interdependence",
        "lc-climate:differences",
        "lc-climate:reflection",
        "lc-climate:common-goal",
    }
    assert topics_of(made) == {
        **dict.fromkeys(CRITICAL, "critical"),
        "punctuality": "control",
        "agenda": "control",
    }
    for family, count in (("bg", 4), ("rp", 4), ("cx", 3)):
        assert sum(code.startswith(family) for code in made.codes) == count
    assert {item.level for item in made.items} == set(Level)


def test_the_short_set_asks_what_it_promises() -> None:
    made = MADE["short"]
    assert scales_of(made) == {
        "lc-safety:safety",
        "lc-trust:between",
        "lc-conflict:task",
        "lc-conflict:relationship",
        "lc-collusion:avoidance",
        "lc-collusion:collaboration",
        "lc-party-grid:keeps",
        "lc-party-grid:interests",
    }
    assert topics_of(made) == {
        **dict.fromkeys(CRITICAL[:3], "critical"),
        "punctuality": "control",
        "agenda": "control",
    }


@pytest.mark.parametrize("one", ["standard", "short", "full"])
def test_the_general_opinion_comes_first_and_sensitive_questions_do_not(one: str) -> None:
    codes = MADE[one].codes
    assert codes[:4] == ("sa1", "sa2", "sa3", "sa4")
    first = [item for block in MADE[one].pages[0] for item in block.items]
    assert not any(item.referent in (Referent.SELF, Referent.OTHER_PARTY) for item in first)


def test_the_full_set_asks_everyone_at_the_table_everything() -> None:
    left_out = {"lc-pulse", "lc-link", "lc-achterban"}
    whole = {
        item.id
        for name in own_ids()
        if name not in left_out
        for item in open_instrument(name).items
    }
    assert set(MADE["full"].codes) == whole


@pytest.mark.parametrize("others", [3, 4, 5, 6])
def test_the_two_sittings_of_the_full_set_are_comparable(others: int) -> None:
    """A question about each other party counts for each of them."""
    made = MADE["full"]
    lengths = {1: 0, 2: 0}
    for page, sitting in zip(made.pages, made.sittings, strict=True):
        for block in page:
            for item in block.items:
                about_each = item.referent is Referent.OTHER_PARTY
                lengths[sitting] += others if about_each else 1
    assert list(made.sittings) == sorted(made.sittings)
    assert max(lengths.values()) <= 1.25 * min(lengths.values())


def test_only_the_full_set_takes_two_sittings(name: str, ready: ReadySet) -> None:
    assert {page.sitting for page in ready.pages} == ({1, 2} if name == "full" else {1})


def test_people_represented_get_their_own_set(name: str, ready: ReadySet) -> None:
    assert ready.respondents == ("home" if name == "achterban" else "table")
    home = {item.id for item in open_instrument("lc-achterban").items}
    assert bool(home & set(MADE[name].codes)) is (name == "achterban")


def test_before_a_first_meeting_people_are_asked_what_they_expect() -> None:
    ready = open_set("expectations")
    asked = {block.split(":")[0] for page in ready.pages for block in page.blocks}
    assert set(ready.instructions) == asked
    expected = {"lc-climate", "lc-trust", "lc-safety"}
    for name, text in ready.instructions.items():
        assert "eerste bijeenkomst moet nog komen" in text["nl"]
        assert "first meeting is still to come" in text["en"]
        assert bool(re.search(r"\bverwacht\b", text["nl"])) is (name in expected)
        assert bool(re.search(r"\bexpect\b", text["en"])) is (name in expected)
        assert bool(re.search(r"\bnu\b", text["nl"])) is (name not in expected)
        assert bool(re.search(r"\bnow\b", text["en"])) is (name not in expected)
        assert "laatste" not in text["nl"]
        assert "last" not in text["en"].split()
    used = {item.id for item in MADE["expectations"].items}
    assert used.isdisjoint({"rp3", "rp5", "rp6", "rp7"})


def test_a_set_says_above_its_pages_why_they_stand_so() -> None:
    for name in ("standard", "short", "full", "expectations"):
        text = (shelf("instruments") / "sets" / f"{name}.toml").read_text(encoding="utf-8")
        assert re.search(r"^# .{30,}\n\[\[pages\]\]", text, re.MULTILINE)
