from __future__ import annotations

import tomllib

import pytest
from own_file import WHOLE, changed

from lcdiag.base.findings import Finding, Severity
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.check import check_instrument, check_together
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.read import examine_content


def remarks(text: str) -> list[Finding]:
    instrument, findings = examine_content(tomllib.loads(text), "own.toml")
    assert instrument is not None, findings
    assert [one.code for one in check_instrument(instrument)] == [one.code for one in findings]
    return list(findings)


def own(text: str = WHOLE) -> Instrument:
    instrument, findings = examine_content(tomllib.loads(text), "own.toml")
    assert instrument is not None, findings
    return instrument


LONG = " ".join(["woord"] * 21) + "."


@pytest.mark.parametrize(
    ("right", "wrong", "code", "severity"),
    [
        ("We leren van elkaar.", "We learn from each other.", "same-text", "warning"),
        ("We leren van elkaar.", LONG, "long-item", "warning"),
        ("We leren van elkaar.", "Bij ons is er collusie.", "heavy-word", "warning"),
        ("We leren van elkaar.", "Wij doen aan STEREOTYPERING.", "heavy-word", "warning"),
        ('"geen van beide"', '""', "unlabelled-point", "warning"),
        ('referent = "group"', 'referent = "self"', "mixed-referents", "warning"),
        ('dont_know = { nl = "weet niet", en = "don\'t know" }', "", "no-dont-know", "note"),
        ('["le1", "le2"]', '["le2"]', "unused-item", "note"),
        ('{ nl = "Leren"', '{ de = "Lernen", nl = "Leren"', "undeclared-language", "warning"),
        ('status = "experimental"', 'status = "validated"', "status-without-evidence", "warning"),
    ],
)
def test_advice_comes_beside_a_usable_instrument(
    right: str, wrong: str, code: str, severity: str
) -> None:
    found = [one for one in remarks(changed(right, wrong)) if one.code == f"instrument.{code}"]
    assert found
    assert found[0].severity is Severity(severity)
    assert sentence(found[0], "nl") != sentence(found[0], "en")


@pytest.mark.parametrize(
    "place",
    [
        'respondent_title = { nl = "Abilene", en = "Learning together" }',
        'instruction = { nl = "Over schijnharmonie.", en = "About learning." }\n'
        'respondent_title = { nl = "Samen leren", en = "Learning together" }',
        'note = { nl = "Iets.", en = "On collusive behaviour." }\n'
        'respondent_title = { nl = "Samen leren", en = "Learning together" }',
    ],
)
def test_heavy_words_are_found_wherever_respondents_read(place: str) -> None:
    right = 'respondent_title = { nl = "Samen leren", en = "Learning together" }'
    assert "instrument.heavy-word" in {one.code for one in remarks(changed(right, place))}


def test_a_facilitators_title_may_name_the_pattern() -> None:
    text = changed(
        'title = { nl = "Samen leren", en = "Learning together" }',
        'title = { nl = "Collusie", en = "Collusion" }',
    )
    assert remarks(text) == []


def test_items_with_different_formats_have_no_common_mean() -> None:
    text = changed('format = "agree3"', 'format = "often3"') + (
        "\n[formats.often3]\nlow = 0\nhigh = 2\n"
        'points = { nl = ["nooit", "soms", "altijd"], en = ["never", "sometimes", "always"] }\n'
    )
    instrument, findings = examine_content(tomllib.loads(text), "own.toml")
    assert instrument is None
    assert "instrument.mixed-formats" in {one.code for one in findings}
    shown_apart = text.replace('id = "learning"', 'id = "learning"\nper_item = true')
    assert examine_content(tomllib.loads(shown_apart), "own.toml")[0] is not None


def test_a_reversed_rating_in_a_topic_is_refused() -> None:
    topic = (
        '\n[[contrasts]]\nid = "t"\nkind = "control"\nown = "le1"\nothers = "le2"\n'
        'practice = "le3"\nlabel = { nl = "Een", en = "One" }\n'
    )
    _, findings = examine_content(tomllib.loads(WHOLE + topic), "own.toml")
    assert "instrument.reversed-in-topic" in {one.code for one in findings}


def test_errors_come_before_advice() -> None:
    text = changed("We leren van elkaar.", LONG.rstrip(".")).replace(
        '["le1", "le2"]', '["le2", "le9"]'
    )
    _, findings = examine_content(tomllib.loads(text), "own.toml")
    ranks = [list(Severity).index(one.severity) for one in findings]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_two_instruments_may_not_share_a_column() -> None:
    clash = own(changed('id = "le1"', 'id = "VE1"').replace('"le1"', '"VE1"'))
    (finding,) = check_together([open_instrument("lc-safety"), clash])
    assert finding.severity is Severity.ERROR
    assert "own" in sentence(finding, "nl")
    assert check_together([own(), own()]) == ()
