from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_file import WHOLE, changed

from lcdiag.base.findings import Finding, Severity
from lcdiag.base.gather import gather
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.check import check_instrument, check_together
from lcdiag.instrument.claims import rule_names
from lcdiag.instrument.codes import SPSS_WORDS
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


def test_the_rules_of_indicators_are_known_by_the_names_they_have() -> None:
    rules = gather("lcdiag.diagnosis.indicators", "RULE").values()
    assert set(rule_names()) == {rule.name for rule in rules}


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        *[(word.lower(), "code-spss") for word in sorted(SPSS_WORDS)],
        *[(code, "code-spreadsheet") for code in ("mei2", "sep12", "okt2024", "true", "onwaar")],
        ("a_b", "code-cut"),
        ("a_", "code-cut"),
    ],
)
def test_codes_that_another_program_changes(code: str, rule: str) -> None:
    found = remarks(WHOLE.replace('"le1"', f'"{code}"'))
    assert [one.code for one in found] == [f"instrument.{rule}"]


@pytest.mark.parametrize("code", ["mart1", "julia", "toe", "byl", "may", "sept12345", "vp1"])
def test_codes_that_only_look_like_it(code: str) -> None:
    assert remarks(WHOLE.replace('"le1"', f'"{code}"')) == []


def test_a_questionnaire_of_ones_own_needs_no_place_in_the_chapter() -> None:
    assert remarks(WHOLE) == []
    ours = WHOLE.replace('id = "own"', 'id = "lc-own"', 1)
    assert {one.code for one in remarks(ours)} == {"instrument.no-place"}


@pytest.mark.parametrize(
    ("share", "said"), [(0.33, True), (0.34, False), (0.5, False), (1, False), (0.01, True)]
)
def test_one_answer_may_not_make_the_score_of_three(share: float, said: bool) -> None:
    third = WHOLE[WHOLE.index("[[items]]") : WHOLE.index('[[items]]\nid = "le2"')]
    third = third.replace("le1", "le3").replace("We leren van", "We houden van")
    third = third.replace("We learn from", "We care for")
    text = WHOLE.replace("[[scales]]", third + "[[scales]]")
    text = text.replace('["le1", "le2"]', f'["le1", "le2", "le3"]\nmin_answered = {share}')
    assert ("instrument.one-answer-score" in {one.code for one in remarks(text)}) is said


def test_a_typing_mistake_in_a_scale_is_said_once() -> None:
    _, findings = examine_content(tomllib.loads(changed('["le1"', '["le11"')), "own.toml")
    assert [one.code for one in findings] == ["instrument.unknown-item"]
    assert findings[0].facts["near"] == "le1"


SIGNS = st.text(alphabet='aeb .,?{}party"“()‘’\t\u200bé=1', max_size=30)


@given(st.lists(SIGNS, min_size=4, max_size=4))
def test_any_sentence_is_judged_without_a_fault_of_ours(texts: list[str]) -> None:
    home = own()
    items = tuple(
        item.model_copy(update={"text": {"nl": first, "en": second}, "place": first})
        for item, first, second in zip(home.items, texts[::2], texts[1::2], strict=True)
    )
    found = check_instrument(home.model_copy(update={"items": items, "version": texts[0]}))
    for one in found:
        for language in ("nl", "en"):
            assert sentence(one, language)
