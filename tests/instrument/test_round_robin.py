from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.compose import compose, compose_set
from lcdiag.instrument.minutes import minutes_for
from lcdiag.instrument.model import Instrument, ReadySet
from lcdiag.instrument.round_robin import (
    KEY_LENGTH,
    cannot_expand,
    expand,
    in_words,
    largest_table,
    party_keys,
    seated_parties,
)
from lcdiag.instrument.status import effective_status, wording_digest
from lcdiag.instrument.study import RosterRow, StudySettings

BOTH = ("nl", "en")
GRID = "lc-party-grid"
NAMES = ("Gemeente Zwolle", "Hogeschool de Delta", "Hogeschool de Delfte", "'t Net")
HOSTILE = ("{party}", "{x}", "<b>&\"'</b>", "=1+1", "%s {0} \\1", "A\\g<0>")

parties = st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12, unique=True)


def asked(*blocks: str, names: tuple[str, ...] = NAMES, seats: int = 0):
    return compose([blocks or (GRID,)], BOTH, parties=names, seats=seats)


def refused(**changes) -> list[str]:
    home = open_instrument(GRID)
    findings = cannot_expand(home.model_copy(update=changes), NAMES)
    for finding in findings:
        assert sentence(finding, "nl") != sentence(finding, "en")
    return [finding.code for finding in findings]


def test_a_question_becomes_a_column_a_party_in_their_order() -> None:
    made = asked(f"{GRID}:pg1")
    assert made.codes == tuple(f"pg1{key}" for key in party_keys(NAMES).values())
    assert made.codes[0] == "pg1gemeentezwol"
    assert made.codes[3] == "pg1tnet"
    assert [made.about[code] for code in made.codes] == list(NAMES)
    assert made.items[0].text["nl"].startswith("Gemeente Zwolle ")
    assert made.items[3].label["en"].endswith(": 't Net")


def test_a_short_key_is_the_beginning_of_the_name_without_signs() -> None:
    keys = party_keys(["Réseau Élan", "Straße & Co", "1e lijn", "MBO"])
    assert list(keys.values()) == ["reseauelan", "strasseco", "p1elijn", "mbo"]


def test_names_with_one_beginning_get_a_digest_and_others_keep_theirs() -> None:
    keys = party_keys(["Hogeschool de Delta", "Hogeschool de Delfte", "Hogeschool"])
    assert keys["Hogeschool"] == "hogeschool"
    one, other = keys["Hogeschool de Delta"], keys["Hogeschool de Delfte"]
    assert one != other
    assert one[:8] == other[:8] == "hogescho"
    assert re.fullmatch(r"[0-9a-f]{4}", one[8:])


@given(names=parties)
def test_keys_are_short_plain_different_and_free_of_order(names: list[str]) -> None:
    keys = party_keys(names)
    assert len(set(keys.values())) == len(names)
    assert all(re.fullmatch(rf"[a-z][a-z0-9]{{0,{KEY_LENGTH - 1}}}", key) for key in keys.values())
    assert party_keys(names[::-1]) == keys


@given(names=parties)
def test_columns_are_valid_codes_and_differ(names: list[str]) -> None:
    made = expand(open_instrument(GRID), names)
    codes = [item.id for item in made.instrument.items]
    assert len(set(codes)) == 5 * len(names) == len(made.about)
    Instrument.model_validate(made.instrument.model_dump())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_put_in_as_it_is(name: str) -> None:
    made = asked(f"{GRID}:pg1", names=(name, "Net"))
    written = open_instrument(GRID).item("pg1").text
    for language, text in made.items[0].text.items():
        before, after = written[language].split("{party}")
        assert text == before + name + after


def test_a_scale_over_parties_takes_one_rating() -> None:
    made = asked()
    assert [scale.id for _, scale in made.scales] == ["keeps", "interests", "guard", "open", "seen"]
    for _, scale in made.scales:
        assert len(scale.items) == len(NAMES)
        assert scale.min_answered * len(NAMES) == pytest.approx(1)
        assert made.over_parties(scale)


def test_parts_of_a_grid_can_be_asked_and_an_unknown_part_gets_a_near_miss() -> None:
    made = asked(f"{GRID}:keeps", f"{GRID}:pg4", "lc-safety:voice")
    assert len(made.codes) == 2 * len(NAMES) + 3
    assert len(made.pages[0]) == 2
    assert [scale.id for _, scale in made.scales] == ["keeps", "open", "voice"]
    with pytest.raises(LcdiagError) as caught:
        asked(f"{GRID}:pg9")
    assert caught.value.findings[0].facts["near"].startswith(f"{GRID}:pg")


def test_evidence_and_digest_are_those_of_the_instrument_as_written() -> None:
    written = open_instrument(GRID)
    for names in (NAMES, NAMES[:2]):
        made = asked(names=names)
        home = made.as_written(made.instruments[0])
        assert home.digest == written.digest
        assert effective_status(home) is effective_status(written)
        assert wording_digest(home, "nl") == wording_digest(written, "nl")
        assert made.question_of(made.codes[0]) == written.item("pg1")


def test_without_parties_a_question_stays_as_it_is_written() -> None:
    made = compose([[GRID]], BOTH)
    assert made.codes == ("pg1", "pg2", "pg3", "pg4", "pg5")
    assert not made.about
    assert "{party}" in made.items[0].text["nl"]


def test_words_for_a_list_name_no_party() -> None:
    said = in_words({"nl": "{party} doet mee.", "en": "We are wary of {party}."})
    assert said == {"nl": "Deze partij doet mee.", "en": "We are wary of this party."}
    assert in_words({"nl": "Wij leren."}) == {"nl": "Wij leren."}


def test_no_party_at_all_is_an_error_with_a_remedy() -> None:
    with pytest.raises(LcdiagError, match=r"study\.toml") as caught:
        compose([[GRID]], BOTH, parties=())
    assert [finding.code for finding in caught.value.findings] == ["grid.no-parties"]
    assert compose([["lc-safety"]], BOTH, parties=()).codes


def test_what_cannot_be_asked_once_a_party_is_said() -> None:
    home = open_instrument(GRID)
    first, *rest = home.items
    long = first.model_copy(update={"id": "commitment"})
    assert refused(items=(long, *rest)) == ["grid.code-too-long"]
    nameless = first.model_copy(update={"text": {"nl": "Men komt.", "en": "{party} comes."}})
    assert refused(items=(nameless, *rest)) == ["grid.no-name"]
    topic = open_instrument("lc-collusion").contrasts[0].model_copy(update={"own": "pg1"})
    assert refused(contrasts=(topic,)) == ["grid.topic-about-parties"]
    assert refused() == []


def test_too_many_columns_are_refused_and_many_are_fine() -> None:
    names = tuple(f"Partij {number}" for number in range(300))
    assert len(asked(names=names[:40]).codes) == 200
    with pytest.raises(LcdiagError) as caught:
        asked(names=names)
    assert [finding.code for finding in caught.value.findings] == ["grid.too-many-columns"]
    assert sentence(caught.value.findings[0], "nl") != sentence(caught.value.findings[0], "en")


def test_the_time_counts_the_other_parties_of_the_largest_table() -> None:
    assert asked(seats=3).minutes == minutes_for(5 * 2)
    assert asked().minutes == minutes_for(5 * (len(NAMES) - 1))
    stated = compose([[GRID]], BOTH, 30, parties=NAMES)
    assert stated.minutes == 30
    assert compose([[GRID]], BOTH, 1, parties=NAMES).minutes == minutes_for(15)


def test_who_sits_where_comes_from_the_roster() -> None:
    settings = StudySettings.model_validate(
        {
            "title": "x",
            "communities": [{"name": "A"}, {"name": "B"}, {"name": "C"}],
            "parties": [{"name": "p"}, {"name": "q"}, {"name": "r"}],
        }
    )
    roster = [RosterRow("A", "r", "", 1, 3), RosterRow("A", "p", "", 2, 1)]
    roster += [RosterRow("A", "q", "", 1, 0), RosterRow("B", "q", "", 1, 2)]
    assert seated_parties(settings, roster, "A") == ("p", "r")
    assert seated_parties(settings, roster, "B") == ("q",)
    assert seated_parties(settings, roster, "C") == ("p", "q", "r")
    assert largest_table(settings, roster) == 3
    assert largest_table(settings, roster[:2]) == 3


def ready(**changes) -> ReadySet:
    words = {"nl": "Proef", "en": "Test"}
    pages = [
        {"blocks": ["lc-safety:safety"]},
        {"blocks": ["lc-trust:between"], "sitting": 2},
    ]
    fields = {"id": "proef", "title": words, "about": words, "minutes": 12, "pages": pages}
    return ReadySet.model_validate(fields | changes)


def test_a_set_gives_its_own_instruction_and_that_lowers_no_wording_of_others() -> None:
    instead = {"nl": "Wat verwacht u?", "en": "What do you expect?"}
    made = compose_set(ready(instructions={"lc-trust": instead}), BOTH)
    safety, trust = made.instruments
    assert trust.instruction == instead
    assert safety == open_instrument("lc-safety")
    assert wording_digest(trust, "nl") != wording_digest(open_instrument("lc-trust"), "nl")


def test_sittings_have_their_own_time_and_a_code_is_made_in_the_first() -> None:
    made = compose_set(ready(), BOTH, further=["lc-link", "lc-context"])
    homes = [[block.instrument.id for block in page] for page in made.pages]
    assert homes == [["lc-safety"], ["lc-link"], ["lc-trust"], ["lc-context"]]
    assert made.sittings == (1, 1, 2, 2)
    assert made.minutes == minutes_for(7 + 5 + 6, 3)
    assert made.sitting_minutes[0] < made.minutes
    assert sum(made.sitting_minutes) == made.minutes
    assert compose_set(ready(), BOTH).minutes == 12
    assert compose_set(None, BOTH, further=["lc-context"]).sitting_minutes == (2,)


def test_who_answers_travels_along() -> None:
    assert compose_set(ready(), BOTH).respondents == "table"
    assert compose_set(ready(respondents="home"), BOTH).respondents == "home"
