"""The conditions of an indicator in a file: every fault at once, each with its place."""

from __future__ import annotations

import tomllib

import pytest
from good_files import OWN, planted

from lcdiag.base.findings import Finding
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import open_instrument, own_ids
from lcdiag.instrument.check import check_together
from lcdiag.instrument.diff import diff_instruments
from lcdiag.instrument.diff_model import Effect
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.read import examine_content
from lcdiag.instrument.translate import translation_entries

GOOD = """\
[[indicators]]
id = "stuck"
rule = "conditions"
label = { nl = "Aanwijzing: vast", en = "Indication: stuck" }
at_least = 2
other = { nl = "Het kan ook rust zijn.", en = "It may also be calm." }
question = { nl = "Wat zit vast?", en = "What is stuck?" }
settings = { probability = 0.99, minimum_answers = 8 }
source = "own"
place = "4.3, par. 4"

[[indicators.conditions]]
statistic = "mean"
subject = "learning"
side = "below"
limit = 3.0

[[indicators.conditions]]
statistic = "perception_gap"
subject = "topic.worth"
side = "above"
limit = 0.5

[[indicators.conditions]]
statistic = "mean"
subject = "le1"
side = "below"
limit = 3.0
optional = true

[[indicators.conditions]]
statistic = "mean"
subject = "lc-conflict:task"
side = "above"
limit = 4.0

"""
BEFORE = "[[open_questions]]"


def with_indicator(text: str = GOOD) -> str:
    return planted(OWN, BEFORE, text + BEFORE)


def examined(text: str) -> tuple[Instrument | None, list[Finding]]:
    instrument, findings = examine_content(tomllib.loads(text), "own.toml")
    return instrument, list(findings)


def test_in_good_conditions_nothing_is_found() -> None:
    instrument, found = examined(with_indicator())
    assert found == []
    assert instrument is not None
    stuck = instrument.indicators[-1]
    assert [one.subject for one in stuck.conditions][-1] == "lc-conflict:task"
    assert stuck.conditions[2].optional


@pytest.mark.parametrize(
    ("right", "wrong", "code", "place", "said"),
    [
        ('statistic = "mean"', 'statistic = "meen"', "not-an-option", ", condition 1", "“mean”"),
        ('side = "below"', 'side = "under"', "not-an-option", ", condition 1", "above, below"),
        ('"learning"', '"lerning"', "unknown-subject", ", condition 1", "“learning”"),
        ('"learning"', '"apart"', "unknown-subject", ", condition 1", "learning"),
        ('"learning"', '"le4"', "unknown-subject", ", condition 1", "le1"),
        ('"topic.worth"', '"topic.wurth"', "unknown-subject", ", condition 2", "“topic.worth”"),
        ('"topic.worth"', '"le1"', "not-of-subject", ", condition 2", "mean"),
        ("limit = 3.0", "limit = 5.0", "limit-outside", ", condition 1", "between 1.0 and 5.0"),
        ("limit = 3.0", "limit = -2.0", "limit-outside", ", condition 1", "\u22122.0"),
        (
            "limit = 0.5",
            "limit = 4.0",
            "limit-outside",
            ", condition 2",
            "between \u22124.0 and 4.0",
        ),
        ('"lc-conflict:task"', '"lc-conflict:"', "subject-form", ", condition 4", "lc-conflict:"),
        ("at_least = 2", "at_least = 5", "at-least-too-many", "", "from 1 to 4"),
        ("minimum_answers", "minimum_anwsers", "unknown-setting", "", "“minimum_answers”"),
        ("probability = 0.99", "probability = 1.0", "setting-range", "", "between 0.5 and 1.0"),
        ("probability = 0.99", "probability = 0.2", "setting-range", "", "0.2"),
        ("probability = 0.99", 'probability = "sure"', "setting-range", "", "sure"),
        ("minimum_answers = 8", "minimum_answers = true", "setting-range", "", "True"),
        ('rule = "conditions"', 'rule = "abilene-signature"', "conditions-unread", "", "reads"),
    ],
)
def test_a_fault_is_found_at_its_place(
    right: str, wrong: str, code: str, place: str, said: str
) -> None:
    _, found = examined(with_indicator(planted(GOOD, right, wrong)))
    assert [one.code for one in found] == [f"instrument.{code}"]
    assert found[0].where == f"own.toml, indicator stuck{place}"
    english = sentence(found[0], "en").replace(" does not read", " reads")
    assert said in english
    assert sentence(found[0], "nl") != sentence(found[0], "en")


def test_all_faults_of_one_rule_are_said_at_once() -> None:
    bad = GOOD
    for right, wrong in (
        ('statistic = "mean"', 'statistic = "median"'),
        ('side = "below"', 'side = "left"'),
        ('"learning"', '"teaching"'),
        ("limit = 0.5", "limit = 40"),
        ("at_least = 2", "at_least = 9"),
        ("probability", "chance"),
    ):
        bad = planted(bad, right, wrong)
    instrument, found = examined(with_indicator(bad))
    assert instrument is None
    assert sorted(one.code.partition(".")[2] for one in found) == [
        "at-least-too-many",
        "limit-outside",
        "not-an-option",
        "not-an-option",
        "unknown-setting",
        "unknown-subject",
    ]


@pytest.mark.parametrize("limit", ["nan", "inf", '"high"', "[1]"])
def test_a_limit_that_is_no_number_does_not_fit(limit: str) -> None:
    instrument, found = examined(with_indicator(planted(GOOD, "limit = 3.0", f"limit = {limit}")))
    assert instrument is None
    assert found
    assert all("condition 1" in one.where for one in found)


def test_a_rule_without_conditions_is_refused() -> None:
    bare = GOOD.partition("[[indicators.conditions]]")[0].replace("at_least = 2\n", "")
    _, found = examined(with_indicator(bare))
    assert [one.code for one in found] == ["instrument.no-conditions"]


def test_parts_of_another_instrument_are_looked_up_where_it_is_asked_beside() -> None:
    home, _ = examined(with_indicator(planted(GOOD, "lc-conflict:task", "lc-conflict:tosk")))
    assert home is not None
    conflict = open_instrument("lc-conflict")
    (found,) = check_together([home, conflict], ["own.toml", "lc-conflict"])
    assert found.code == "instrument.unknown-subject"
    assert found.where == "own.toml, indicator stuck, condition 4"
    assert "“task”" in sentence(found, "en")
    assert check_together([home, open_instrument("lc-safety")]) == ()


def test_the_instruments_of_lcdiag_know_each_others_scales() -> None:
    assert check_together([open_instrument(name) for name in own_ids()]) == ()


def test_another_limit_is_another_questionnaire_but_no_other_measurement() -> None:
    old, _ = examined(with_indicator())
    new, _ = examined(with_indicator(planted(GOOD, "limit = 3.0", "limit = 2.5")))
    assert old is not None
    assert new is not None
    assert old.digest != new.digest
    (change,) = diff_instruments(old, new).changes
    assert (change.kind, change.where, change.effect) == ("indicator", "stuck", Effect.NONE)


def test_an_instrument_without_conditions_keeps_its_digest() -> None:
    """What was added to the model changes no study that does not use it."""
    plain, _ = examined(OWN)
    assert plain is not None
    dumped = plain.model_dump_json(exclude_defaults=True)
    assert "conditions" not in dumped
    assert "other" not in {key for one in plain.indicators for key in one.model_fields_set}


def test_a_translator_gets_the_other_reading_and_the_question() -> None:
    home, _ = examined(with_indicator())
    assert home is not None
    keys = {one.key for one in translation_entries(home, "de")}
    assert {f"indicators.stuck.{key}" for key in ("label", "other", "question")} <= keys
