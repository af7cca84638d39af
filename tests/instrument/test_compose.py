from __future__ import annotations

from pathlib import Path

import pytest
from own_file import WHOLE

from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids
from lcdiag.instrument.compose import compose, compose_set, pages_of
from lcdiag.instrument.minutes import minutes_for

BOTH = ("nl", "en")


def codes(*blocks: str) -> list[list[str]]:
    made = compose([blocks], BOTH)
    return [[item.id for item in block.items] for block in made.pages[0]]


def refused(blocks: list[str], languages: tuple[str, ...] = BOTH, folder: Path | None = None):  # type: ignore[no-untyped-def]
    with pytest.raises(LcdiagError) as caught:
        compose([blocks], languages, folder=folder)
    for finding in caught.value.findings:
        assert sentence(finding, "nl")
        assert sentence(finding, "en")
    return caught.value.findings


def test_a_block_is_an_instrument_a_scale_or_an_item() -> None:
    assert codes("lc-context") == [[f"cx{number}" for number in range(1, 7)]]
    assert codes("lc-climate:interdependence") == [["wd1", "wd2", "wd3"]]
    assert codes("lc-representative:rp1") == [["rp1"]]


def test_different_referents_never_share_a_table() -> None:
    assert codes("lc-safety") == [
        ["ve1", "ve2", "ve3", "ve4", "ve5", "ve6", "ve7"],
        ["st1", "st2", "st3"],
    ]
    for name in instrument_ids():
        for block in compose([[name]], BOTH).pages[0]:
            assert len({(item.referent, item.format) for item in block.items}) <= 1


def test_topics_stand_in_three_tables_own_others_practice() -> None:
    assert codes("lc-collusion:topic.course", "lc-collusion:topic.agenda") == [
        ["on2z", "on8z"],
        ["on2a", "on8a"],
        ["on2p", "on8p"],
    ]
    assert codes("lc-collusion:control") == [["on7z", "on8z"], ["on7a", "on8a"], ["on7p", "on8p"]]
    assert codes("lc-collusion:topics")[1] == [f"on{n}a" for n in range(1, 9)]


def test_topics_apart_from_each_other_stay_apart() -> None:
    made = codes("lc-collusion:topic.course", "lc-climate:differences", "lc-collusion:topic.agenda")
    assert made[:3] == [["on2z"], ["on2a"], ["on2p"]]
    assert made[-3:] == [["on8z"], ["on8a"], ["on8p"]]


def test_the_whole_instrument_asks_everything_once() -> None:
    for name in instrument_ids():
        home = open_instrument(name)
        made = compose([[name]], BOTH)
        assert sorted(made.codes) == sorted(item.id for item in home.items)
        assert made.open_questions == home.open_questions
        assert [scale for _, scale in made.scales] == list(home.scales)
        assert [topic for _, topic in made.contrasts] == list(home.contrasts)


def test_a_shortened_scale_is_not_that_scale() -> None:
    made = compose([["lc-safety:ve1", "lc-safety:ve2"]], BOTH)
    assert made.codes == ("ve1", "ve2")
    assert made.scales == ()


def test_pages_stay_as_given_and_blocks_without_breaks_break_by_instrument() -> None:
    made = compose([["lc-safety:voice"], ["lc-climate:differences"]], BOTH)
    assert [page[0].instrument.id for page in made.pages] == ["lc-safety", "lc-climate"]
    assert pages_of(["lc-safety:safety", "lc-safety:voice", "lc-trust", "lc-safety:x"]) == (
        ("lc-safety:safety", "lc-safety:voice"),
        ("lc-trust",),
        ("lc-safety:x",),
    )


def test_minutes_are_stated_or_computed() -> None:
    assert compose([["lc-context"]], BOTH).minutes == minutes_for(6) == 2
    assert compose([["lc-context"]], BOTH, 12).minutes == 12
    assert compose([["lc-link"]], BOTH).minutes == minutes_for(0, 3) == 2
    lengths = [minutes_for(count) for count in range(100)]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize("name", set_ids())
def test_every_set_composes(name: str) -> None:
    ready = open_set(name)
    made = compose_set(ready, BOTH)
    assert len(made.pages) == len(ready.pages)
    assert made.minutes == ready.minutes


@pytest.mark.parametrize(
    ("block", "code", "near"),
    [
        ("lc-safty", "unknown-instrument", "lc-safety"),
        ("lc-safety:saftey", "unknown-part", "lc-safety:safety"),
        ("lc-collusion:topic.cours", "unknown-part", "lc-collusion:topic.course"),
        ("lc-representative:rp11", "unknown-part", "lc-representative:rp1"),
        ("lc-safety:topics", "unknown-part", ""),
        ("", "unknown-instrument", ""),
        ("../../etc/passwd", "unknown-instrument", ""),
    ],
)
def test_an_unknown_block_gets_a_near_miss(block: str, code: str, near: str) -> None:
    (finding,) = refused([block])
    assert finding.code == f"instrument.{code}"
    assert finding.facts.get("near", "") == near


def test_everything_wrong_is_said_at_once() -> None:
    found = refused(["lc-safty", "lc-safety:x", "lc-climate", "lc-climate:wd1"], ("nl", "fr"))
    assert {finding.code for finding in found} == {
        "instrument.unknown-instrument",
        "instrument.unknown-part",
        "instrument.asked-twice",
        "instrument.language-missing",
    }
    assert len([f for f in found if f.code == "instrument.language-missing"]) == 2


def test_nothing_asked_is_refused() -> None:
    (finding,) = refused([])
    assert finding.code == "instrument.nothing-asked"


def test_a_file_of_ones_own_joins_in(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(WHOLE, encoding="utf-8")
    made = compose([["./own.toml:learning", "lc-climate"]], BOTH, folder=tmp_path)
    assert made.codes[:2] == ("le1", "le2")
    assert [home.id for home in made.instruments] == ["own", "lc-climate"]
    (finding,) = refused(["./own.toml:lerning"], folder=tmp_path)
    assert finding.facts["near"] == "./own.toml:learning"


def test_a_file_with_our_codes_clashes(tmp_path: Path) -> None:
    text = WHOLE.replace('"le1"', '"wd1"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    found = refused(["./own.toml", "lc-climate"], folder=tmp_path)
    assert "instrument.code-clash" in {finding.code for finding in found}


def test_a_missing_file_of_ones_own_is_named(tmp_path: Path) -> None:
    (finding,) = refused(["./own.toml"], folder=tmp_path)
    assert finding.code == "instrument.no-file"
    assert "own.toml" in finding.where
