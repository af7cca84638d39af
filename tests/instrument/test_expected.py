"""Relations expected between scales: what a file may state, and which of them a study can show."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from good_files import OWN, planted

from lcdiag.base.findings import Finding, Severity
from lcdiag.base.levels import Referent
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, own_ids, set_ids
from lcdiag.instrument.codebook_make import codebook
from lcdiag.instrument.codebook_tables import source_table
from lcdiag.instrument.codebook_text import codebook_lines, plain_text
from lcdiag.instrument.codebook_words import relation
from lcdiag.instrument.compose import compose, compose_set
from lcdiag.instrument.ddi import to_ddi
from lcdiag.instrument.diff import diff_instruments
from lcdiag.instrument.diff_model import Effect
from lcdiag.instrument.expected import expected_relations, has_score, pair_of
from lcdiag.instrument.model import OWN_EXPECTATION, Expectation, Instrument
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.instrument.read import examine_content, read_instrument
from lcdiag.instrument.relations import check_expected_together
from lcdiag.instrument.status import wording_digest
from lcdiag.instrument.translate import translation_entries
from lcdiag.instrument.wording import words_of
from lcdiag.instrument.write import instrument_toml
from lcdiag.views.codebook_page import codebook_html

SECOND = """\
[[scales]]
id = "single"
items = ["le5"]
level = "individual"
composition = "additive"
direction = "higher-better"
label = { nl = "Zelf leren", en = "Learning oneself" }
about = { nl = "Hoog: ik leer.", en = "High: I learn." }

"""
GOOD = """\
[[expected]]
scale = "learning"
other = "lc-safety:safety"
sign = "positive"
why = { nl = "Veilig leren gaat beter.", en = "Safe learning goes better." }
source = "Jansen & de Vries (2001)"

[[expected]]
scale = "learning"
other = "single"
sign = "negative"
why = { nl = "Dat denken we zelf.", en = "That is what we think." }
source = "4.4, par. 1"

"""
BEFORE = "[[open_questions]]"


def with_relations(text: str = GOOD) -> str:
    whole = planted(OWN, "[[contrasts]]", SECOND + "[[contrasts]]")
    return planted(whole, BEFORE, text + BEFORE)


def examined(text: str) -> tuple[Instrument | None, list[Finding]]:
    instrument, findings = examine_content(tomllib.loads(text), "own.toml")
    # the second scale has one item only, which is a remark of its own
    return instrument, [one for one in findings if "expected relation" in one.where]


def own(text: str = GOOD) -> Instrument:
    instrument, found = examined(with_relations(text))
    assert instrument is not None, found
    return instrument


def between(text: str) -> list[Finding]:
    """Return what is found where the file is checked beside those that come with lcdiag."""
    found = check_expected_together([own(text)], ["own.toml"], instrument_ids(), open_instrument)
    return list(found)


def test_in_good_relations_nothing_is_found() -> None:
    _, found = examined(with_relations())
    assert found == []
    assert between(GOOD) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code", "severity", "number", "said"),
    [
        ('scale = "learning"', 'scale = "lerning"', "unknown-scale", "error", 1, "“learning”"),
        ('other = "single"', 'other = "singel"', "unknown-scale", "error", 2, "“single”"),
        ('other = "single"', 'other = "own:singel"', "unknown-scale", "error", 2, "“single”"),
        ('other = "single"', 'other = "learning"', "with-itself", "error", 2, "another scale"),
        ('other = "single"', 'other = "own:learning"', "with-itself", "error", 2, "another scale"),
        ('other = "single"', 'other = "apart"', "without-score", "error", 2, "item by item"),
        ('scale = "learning"', 'scale = "apart"', "without-score", "error", 1, "item by item"),
        ('"lc-safety:safety"', '"lc-safety:"', "form", "error", 1, "lc-trust:between"),
        ('"lc-safety:safety"', '"Safety:safety"', "form", "error", 1, "lc-trust:between"),
        ("(2001)", "(2011)", "without-source", "warning", 1, "“Jansen (2001)”"),
        ('"4.4, par. 1"', '"4.4 par 1"', "without-source", "warning", 2, OWN_EXPECTATION),
        ('"4.4, par. 1"', '"own expectations"', "without-source", "warning", 2, "Did you mean"),
    ],
)
def test_a_fault_is_found_at_its_place(
    right: str, wrong: str, code: str, severity: str, number: int, said: str
) -> None:
    _, found = examined(with_relations(planted(GOOD, right, wrong)))
    assert [one.code for one in found] == [f"instrument.relation-{code}"]
    assert found[0].severity is Severity(severity)
    assert found[0].where == f"own.toml, expected relation {number}"
    assert said in sentence(found[0], "en")
    assert sentence(found[0], "nl") != sentence(found[0], "en")


def test_a_question_about_each_other_party_gives_no_score_either() -> None:
    per_party = planted(with_relations(), "per_item = true\n", "")
    per_party = planted(per_party, 'other = "single"', 'other = "apart"')
    _, found = examined(per_party)
    assert [one.code for one in found] == ["instrument.relation-without-score"]


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        (', en = "Safe learning goes better."', "", "why.en"),
        ('nl = "Veilig leren gaat beter."', 'nl = " "', "why.nl"),
    ],
)
def test_a_reason_stands_in_every_language(right: str, wrong: str, key: str) -> None:
    _, found = examined(with_relations(planted(GOOD, right, wrong)))
    (missing,) = found
    assert missing.code == "instrument.missing-translation"
    assert (missing.where, missing.facts["key"]) == ("own.toml, expected relation 1", key)


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ('"negative"', '"negatief"', "not-an-option"),
        ('sign = "negative"\n', "", "missing-key"),
        ('sign = "negative"', 'sign = "negative"\nstrength = 0.3', "unknown-key"),
    ],
)
def test_what_does_not_fit_the_model_is_said_at_its_place(
    right: str, wrong: str, code: str
) -> None:
    instrument, found = examined(with_relations(planted(GOOD, right, wrong)))
    assert instrument is None
    assert [one.code for one in found] == [f"instrument.{code}"]
    assert found[0].where == "own.toml, expected relation 2"


@pytest.mark.parametrize(
    ("sign", "code", "severity"),
    [
        ("negative", "relation-twice", Severity.WARNING),
        ("positive", "relation-both-signs", Severity.ERROR),
    ],
)
def test_a_pair_stands_once(sign: str, code: str, severity: Severity) -> None:
    again = f"""\
[[expected]]
scale = "single"
other = "own:learning"
sign = "{sign}"
why = {{ nl = "Dat is zo.", en = "That is so." }}
source = "own expectation"

"""
    _, found = examined(with_relations(GOOD + again))
    assert [(one.code, one.severity) for one in found] == [(f"instrument.{code}", severity)]
    assert found[0].where == "own.toml, expected relation 3"
    assert "own.toml, expected relation 2" in sentence(found[0], "en")


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        ("lc-safety:safty", "relation-unknown-scale", "Did you mean “safety”"),
        ("lc-pulse:pulse", "relation-without-score", "item by item"),
        ("lc-party-grid:guard", "relation-without-score", "each other party"),
        ("lc-saftey:safety", "relation-unknown-instrument", "Did you mean “lc-safety”"),
        ("their-own:scale", "relation-unknown-instrument", "both files"),
    ],
)
def test_scales_of_another_questionnaire_are_looked_up(wrong: str, code: str, said: str) -> None:
    (found,) = between(planted(GOOD, "lc-safety:safety", wrong))
    assert found.code == f"instrument.{code}"
    assert found.where == "own.toml, expected relation 1"
    warned = code == "relation-unknown-instrument"
    assert found.severity is (Severity.WARNING if warned else Severity.ERROR)
    assert said in sentence(found, "en")


def test_an_unknown_questionnaire_that_is_checked_beside_it_is_known() -> None:
    home = own(planted(GOOD, "lc-safety:safety", "their-own:learning"))
    other = own().model_copy(update={"id": "their-own", "expected": ()})
    assert list(check_expected_together([home, other])) == []
    (found,) = check_expected_together([home])
    assert found.code == "instrument.relation-unknown-instrument"
    assert found.where == "own, expected relation 1"


def opposite() -> tuple[Instrument, Instrument]:
    """Return two instruments that state one relation, with other signs."""
    home = own(planted(GOOD, "lc-safety:safety", "their-own:learning"))
    first = home.expected[0]
    turned = first.model_copy(update={"other": "own:learning", "sign": "negative"})
    return home, own().model_copy(update={"id": "their-own", "expected": (turned,)})


def test_another_file_that_states_the_opposite_is_said_once() -> None:
    home, other = opposite()
    (found,) = check_expected_together([home, other], ["own.toml", "theirs.toml"])
    assert (found.code, found.severity) == ("instrument.relation-both-signs", Severity.WARNING)
    assert found.where == "theirs.toml, expected relation 1"
    assert "own.toml, expected relation 1" in sentence(found, "en")
    (alone,) = check_expected_together([home], ["own.toml"], ["their-own"], lambda _: other)
    assert alone.where == "own.toml, expected relation 1"
    agreed = other.expected[0].model_copy(update={"sign": "positive"})
    other = other.model_copy(update={"expected": (agreed,)})
    assert list(check_expected_together([home, other])) == []


def test_a_relation_is_evidence_and_no_other_questionnaire() -> None:
    old, new = own(), own(planted(GOOD, '"negative"', '"positive"'))
    plain, _ = examined(with_relations(""))
    assert plain is not None
    assert old.digest == new.digest == plain.digest
    assert wording_digest(old, "nl") == wording_digest(plain, "nl")
    found = diff_instruments(old, new)
    assert [(one.kind, one.effect) for one in found.changes] == [("expected", Effect.NONE)]
    assert not found.needs_new_version


def test_it_comes_back_from_its_file_and_goes_to_the_translator(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(instrument_toml(own()), encoding="utf-8")
    assert read_instrument(path) == own()
    entries = {one.key: one for one in translation_entries(own(), "de")}
    assert entries["expected.2.why"].sources["en"] == "That is what we think."


@pytest.mark.parametrize(("language", "word"), [("nl", "negatief"), ("en", "negative")])
def test_every_codebook_tells_it(language: str, word: str) -> None:
    book = codebook(open_instrument("lc-trust"))
    second = book.instruments[0].expected[1]
    line = relation(second, language)
    assert word in line
    assert second.why[language] in line
    assert ("[eigen verwachting]" if language == "nl" else f"[{OWN_EXPECTATION}]") in line
    assert line in {row[2] for row in source_table(book, language)[1]}
    assert second.why[language] in codebook_html(book, language)
    assert second.why[language] in to_ddi(book, language).decode("utf-8")
    shown = plain_text(codebook_lines(book, language, 200))
    assert second.why[language] in shown


LIBRARY = [open_instrument(name) for name in own_ids()]
STATED = [(home, one) for home in LIBRARY for one in home.expected]


def test_the_library_states_each_pair_once_and_of_scores_only() -> None:
    assert 12 <= len(STATED) <= 30
    pairs = [frozenset(pair_of(home, one)) for home, one in STATED]
    assert len(set(pairs)) == len(pairs)
    assert list(check_expected_together(LIBRARY)) == []
    for home, one in STATED:
        assert has_score(home, home.scale(one.scale))


def test_nothing_is_expected_where_theory_points_both_ways() -> None:
    pairs = {frozenset(pair_of(home, one)) for home, one in STATED}
    assert not any({"lc-conflict:task", "lc-conflict:process"} & pair for pair in pairs)
    assert {"lc-collusion:collaboration", "lc-climate:differences"} not in pairs
    assert {"lc-collusion:collaboration", "lc-collusion:avoidance"} not in pairs


@pytest.mark.parametrize(("home", "one"), STATED)
def test_a_reason_is_one_short_sentence(home: Instrument, one: Expectation) -> None:
    assert set(one.why) == set(home.languages)
    for text in one.why.values():
        assert len(words_of(text)) <= 20
        assert text.endswith(".")
        assert text.count(".") == 1


def test_the_documentation_lists_every_relation() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "instruments.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = page.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\S+:\S+)` \| `(\S+:\S+)` \| (\w+) \| (.+) \|$", text, re.M)
    assert rows == [(*pair_of(home, one), one.sign, one.source) for home, one in STATED]


def asked(*blocks: str) -> Questionnaire:
    return compose([list(blocks)], ("nl", "en"))


def test_a_study_can_show_what_it_asks_in_full() -> None:
    found = expected_relations(asked("lc-safety", "lc-trust:between"))
    assert [one[:3] for one in found] == [
        ("lc-safety:safety", "lc-safety:voice", "positive"),
        ("lc-safety:safety", "lc-trust:between", "positive"),
    ]
    first = open_instrument("lc-safety").expected[0]
    assert found[0].why == first.why
    assert found[0].source == first.source
    assert expected_relations(asked("lc-safety:safety")) == ()
    assert expected_relations(asked("lc-safety:safety", "lc-safety:st1", "lc-safety:st2")) == ()


@pytest.mark.parametrize("name", set_ids())
def test_each_pair_comes_once_and_both_ends_are_scored(name: str) -> None:
    questionnaire = compose_set(open_set(name), ("nl", "en"))
    found = expected_relations(questionnaire)
    scales = {f"{home.id}:{one.id}": one for home, one in questionnaire.scales}
    assert len({frozenset(one[:2]) for one in found}) == len(found)
    for one in found:
        for end in (one.first, one.second):
            assert not scales[end].per_item
            referents = {questionnaire.item(code).referent for code in scales[end].items}
            assert Referent.OTHER_PARTY not in referents
    if name == "full":
        assert len(found) == len(STATED)


def of(*instruments: Instrument) -> Questionnaire:
    """Return a questionnaire that asks these in full."""
    pages = tuple((Block(one, one.items),) for one in instruments)
    return Questionnaire(pages=pages, languages=("nl",), minutes=1)


def renamed(instrument: Instrument) -> Instrument:
    """Return it with other columns, so that both can be asked in one study."""
    items = tuple(one.model_copy(update={"id": f"x{one.id}"}) for one in instrument.items)
    scales = tuple(
        one.model_copy(update={"items": tuple(f"x{code}" for code in one.items)})
        for one in instrument.scales
    )
    return instrument.model_copy(update={"items": items, "scales": scales, "contrasts": ()})


def test_a_pair_with_two_signs_has_no_direction() -> None:
    home, other = opposite()
    found = expected_relations(of(home, renamed(other)))
    assert [(one.first, one.second) for one in found] == [("own:learning", "own:single")]
    agreed = other.expected[0].model_copy(update={"sign": "positive"})
    both = expected_relations(of(home, renamed(other.model_copy(update={"expected": (agreed,)}))))
    assert [one.second for one in both] == ["their-own:learning", "own:single"]


def test_ratings_of_each_other_party_are_no_score_of_a_person() -> None:
    grid = open_instrument("lc-party-grid")
    named = own().expected[0].model_copy(update={"scale": "guard", "other": "lc-trust:distrust"})
    stated = grid.model_copy(update={"expected": (named,)})
    found = expected_relations(of(stated, open_instrument("lc-trust")))
    assert [one[:3] for one in found] == [
        ("lc-trust:between", "lc-trust:within", "positive"),
        ("lc-trust:between", "lc-trust:distrust", "negative"),
    ]
