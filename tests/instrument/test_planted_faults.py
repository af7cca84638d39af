"""One fault in a good file: it is found, at its place, with the next step in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from good_files import OWN, RECORD, SET, planted

from lcdiag.base.findings import Finding, Severity, has_errors
from lcdiag.base.text import sentence
from lcdiag.instrument.read import examine_content, read_set
from lcdiag.instrument.sets import check_set


class Fault(NamedTuple):
    """What is put into the file, and what must be said of it."""

    right: str
    wrong: str
    code: str
    place: str
    nl: str
    en: str
    severity: str = "warning"


LE1 = 'nl = "We leren van elkaar.", en = "We learn from each other."'
LONG = " ".join(["woord"] * 21)


def dutch(text: str, code: str, nl: str, en: str, severity: str = "warning") -> Fault:
    """Return a fault in the Dutch sentence of the first item."""
    return Fault("We leren van elkaar.", text, code, "item le1", nl, en, severity)


def english(text: str, code: str, nl: str, en: str, severity: str = "warning") -> Fault:
    """Return a fault in the English sentence of the first item."""
    return Fault("We learn from each other.", text, code, "item le1", nl, en, severity)


FAULTS = {
    # what belongs together
    "an item that is not there": Fault(
        'items = ["le1", "le2", "le3"]',
        'items = ["le1", "le2", "le3", "le33"]',
        "unknown-item",
        "scale learning, item 4",
        "Verbeter de code",
        "Correct the code",
        "error",
    ),
    "an item twice in a scale": Fault(
        '["le1", "le2", "le3"]',
        '["le1", "le2", "le3", "le1"]',
        "item-twice-in-scale",
        "scale learning",
        "Haal er één weg",
        "Remove one",
        "error",
    ),
    "a topic without its item": Fault(
        'practice = "le7"',
        'practice = "le9"',
        "unknown-item",
        "topic worth, practice",
        "Verbeter",
        "Correct",
        "error",
    ),
    "a reversed rating in a topic": Fault(
        'level = "individual"',
        'level = "individual"\nreversed = true',
        "reversed-in-topic",
        "topic worth",
        "Haal reversed weg",
        "Remove reversed",
        "error",
    ),
    "a code twice": Fault(
        'id = "op1"',
        'id = "le4"',
        "duplicate-code",
        "item le4",
        "eigen code",
        "code of its own",
        "error",
    ),
    "a code of our own columns": Fault(
        'id = "op1"',
        'id = "party"',
        "reserved-code",
        "item party",
        "andere code",
        "another code",
        "error",
    ),
    "a scale twice": Fault(
        'id = "apart"',
        'id = "learning"',
        "duplicate-id",
        "scale learning",
        "eigen naam",
        "name of its own",
        "error",
    ),
    "items about different people in a scale": Fault(
        'referent = "group"\nlevel = "group"\nfacet = "looking back"',
        'referent = "parties"\nlevel = "group"\nfacet = "looking back"',
        "mixed-referents",
        "scale learning",
        "aparte schalen",
        "separate scales",
    ),
    "an item that nothing uses": Fault(
        '["le1", "le2", "le3"]',
        '["le1", "le2"]',
        "unused-item",
        "item le3",
        "bij een schaal",
        "at a scale",
        "note",
    ),
    "a reversed item without a scale": Fault(
        '["le1", "le2", "le3"]',
        '["le1", "le3"]',
        "reversed-unscored",
        "item le2",
        "haal reversed weg",
        "remove reversed",
    ),
    "a scale of reversed items only": Fault(
        '["le4"]\nper_item = true',
        '["le4"]',
        "all-reversed",
        "scale apart",
        "draai direction om",
        "turn direction round",
    ),
    "a score that is shown item by item": Fault(
        "per_item = true",
        'per_item = true\ncombine = "sum"',
        "per-item-score",
        "scale apart",
        "haal per_item weg",
        "remove per_item",
    ),
    "a high score of what has no score": Fault(
        "To be read item by item.",
        "High: parties learn.",
        "per-item-score",
        "scale apart",
        "haal per_item weg",
        "remove per_item",
    ),
    "one answer that makes a score": Fault(
        'id = "learning"',
        'id = "learning"\nmin_answered = 0.3',
        "one-answer-score",
        "scale learning",
        "Neem 0.5",
        "Take 0.5",
    ),
    "a scale on another level than its items": Fault(
        '"le3"]\nlevel = "group"',
        '"le3"]\nlevel = "party"',
        "scale-level",
        "scale learning",
        "Verander een",
        "Change one",
    ),
    "society as a person": Fault(
        'referent = "self"',
        'referent = "society"',
        "referent-and-level",
        "item le5",
        "Mogelijk zijn",
        "Possible are",
    ),
    "a rule that is not there": Fault(
        '"abilene-signature"',
        '"abilene-signatur"',
        "unknown-rule",
        "indicator signature",
        "Bedoelde u “abilene-signature”",
        "Did you mean “abilene-signature”",
        "error",
    ),
    # response formats
    "a format that is not there": Fault(
        'format = "agree5"',
        'format = "agree6"',
        "unknown-format",
        "item le1",
        "Verbeter de naam",
        "Correct the name",
        "error",
    ),
    "a format that nobody uses": Fault(
        "[[items]]",
        '[formats.spare]\nlow = 0\nhigh = 1\npoints = { nl = ["nee", "ja"], en = ["no", "yes"] }\n'
        'dont_know = { nl = "weet ik niet", en = "I can\'t say" }\n\n[[items]]',
        "unused-format",
        "format spare",
        "Haal hem weg",
        "Remove it",
        "note",
    ),
    "a point too few": Fault(
        '"disagree", ', "", "points-count", "format agree5", "Vul aan", "Add", "error"
    ),
    "a point without a text": Fault(
        '"half om half"',
        '" "',
        "unlabelled-point",
        "format agree5",
        "Geef elk punt",
        "Label every point",
    ),
    "a label twice": Fault(
        '"half om half"',
        '"Oneens "',
        "same-label",
        "format agree5",
        "eigen tekst",
        "text of its own",
    ),
    "a label with the number of another point": Fault(
        '"half om half"',
        '"4 = half"',
        "label-of-other-code",
        "format agree5",
        "Haal het cijfer",
        "Take the number",
    ),
    "don't know as a point": Fault(
        '"weet ik niet"',
        '"half om half"',
        "dont-know-is-point",
        "format agree5",
        "andere tekst",
        "another text",
    ),
    "nobody may say don't know": Fault(
        'dont_know = { nl = "weet ik niet", en = "I can\'t say" }',
        "",
        "no-dont-know",
        "format agree5",
        "Voeg dont_know toe",
        "Add dont_know",
        "note",
    ),
    "points in one language only": Fault(
        'points.en = ["strongly disagree", "disagree", "half and half", "agree", "strongly agree"]',
        "",
        "missing-translation",
        "format agree5",
        "Schrijf de tekst",
        "Write the text",
        "error",
    ),
    "answers below zero": Fault(
        "low = 1\nhigh = 5",
        "low = -2\nhigh = 2",
        "format-bounds",
        "format agree5",
        "0 of meer",
        "0 or more",
        "error",
    ),
    "answer codes that LimeSurvey drops": Fault(
        "low = 1\nhigh = 5",
        "low = 100001\nhigh = 100005",
        "answer-code-long",
        "format agree5",
        "Begin bij 0 of 1",
        "Begin at 0 or 1",
    ),
    # codes
    "a code that LimeSurvey changes": Fault(
        'id = "op1"',
        'id = "op_1"',
        "code-cut",
        "item op_1",
        "zonder streepje",
        "without an underscore",
    ),
    "a code that LimeSurvey makes another": Fault(
        'id = "op1"', 'id = "le_7"', "code-merged", "item le_7", "andere code", "another code"
    ),
    "a word of SPSS": Fault(
        'id = "op1"',
        'id = "by"',
        "code-spss",
        "item by",
        "Kies een andere code",
        "Choose another code",
    ),
    "a code that Excel takes for a date": Fault(
        'id = "op1"',
        'id = "mar1"',
        "code-spreadsheet",
        "item mar1",
        "Kies een andere code",
        "Choose another code",
    ),
    "a code with capitals": Fault(
        'id = "op1"',
        'id = "Op1"',
        "code-capitals",
        "item Op1",
        "Schrijf de code als op1",
        "Write the code as op1",
        "note",
    ),
    "a digit in front": Fault(
        'id = "op1"',
        'id = "1op"',
        "bad-id",
        "open question 1op",
        "Begin met een letter",
        "Begin with a letter",
        "error",
    ),
    "a code of 21 signs": Fault(
        'id = "op1"',
        f'id = "o{"p" * 20}"',
        "bad-id",
        f"open question o{'p' * 20}",
        "hoogstens 20",
        "at most 20",
        "error",
    ),
    # sentences
    "a translation that is missing": Fault(
        ', en = "We learn from each other."',
        "",
        "missing-translation",
        "item le1",
        "Schrijf de tekst",
        "Write the text",
        "error",
    ),
    "a translation that was forgotten": english(
        "We leren van elkaar.", "same-text", "Vertaal een", "Translate one"
    ),
    "a language that is not declared": Fault(
        LE1,
        LE1 + ', de = "Wir lernen voneinander."',
        "undeclared-language",
        "item le1",
        "Voeg de taal",
        "Add it there",
    ),
    "a long sentence": dutch(LONG + ".", "long-item", "hoogstens 20", "20 at most"),
    "a denial in Dutch": dutch("We leren niet.", "negation", "zeg het zonder", "say it without"),
    "a denial in English": english(
        "We don't learn.", "negation", "zeg het zonder", "say it without"
    ),
    "two denials": dutch(
        "Niemand leert hier niets.", "double-negation", "zonder ontkenning", "without negation"
    ),
    "a denial that is turned round": Fault(
        "We herhalen oude fouten.",
        "We leren nooit.",
        "negated-reversed",
        "item le2",
        "zeg het zonder",
        "say it without",
    ),
    "two thoughts in Dutch": dutch(
        "We leren van elkaar en we helpen elkaar.",
        "two-thoughts",
        "één per stelling",
        "one in each",
    ),
    "two thoughts in English": english(
        "We learn and take our time.", "two-thoughts", "één per stelling", "one in each"
    ),
    "two sentences": dutch(
        "We leren. We leren snel.", "several-sentences", "één zin", "one sentence"
    ),
    "a question to agree with": dutch(
        "Leren we van elkaar?", "question-to-agree", "Maak er een stelling", "Make a statement"
    ),
    "no full stop": dutch(
        "We leren van elkaar", "no-full-stop", "punt achter", "full stop", "note"
    ),
    "a tab": dutch("We\\tleren.", "control-character", "op één regel", "on one line", "error"),
    "two blanks": dutch("We  leren.", "stray-blank", "overbodige spatie", "too many", "note"),
    "a quote that does not end": dutch(
        "We “leren van elkaar.", "unbalanced-signs", "ontbrekende teken", "missing one"
    ),
    "a gap that nobody fills": dutch(
        "{naam} leert van ons.", "unknown-placeholder", "zonder accolades", "without braces"
    ),
    "a party in a sentence about the group": dutch(
        "{party} leert.", "party-unexpected", "haal {party} weg", "remove {party}", "error"
    ),
    "a round robin without the party": Fault(
        "{party} leert van ons.",
        "Zij leren van ons.",
        "party-missing",
        "item le4",
        "Zet {party}",
        "Put {party}",
        "error",
    ),
    "the same sentence twice": Fault(
        "We kijken samen terug.",
        "We LEREN van elkaar!",
        "same-sentence",
        "item le3",
        "verander de zin",
        "change the sentence",
    ),
    "advice set aside without a reason": Fault(
        LE1,
        'nl = "We leren niet.", en = "We learn from each other." }\naccepted = { negation = " "',
        "accepted-without-reason",
        "item le1",
        "Schrijf waarom",
        "Write why",
    ),
    "advice set aside that nobody gave": Fault(
        'facet = "learning"',
        'facet = "learning"\naccepted = { length = "It is short." }',
        "accepted-unneeded",
        "item le1",
        "Haal het weg",
        "Remove it",
    ),
    "a word that names a pattern": Fault(
        'respondent_title = { nl = "Hoe wij leren"',
        'respondent_title = { nl = "Collusie bij ons"',
        "heavy-word",
        "respondent_title",
        "neutraal woord",
        "neutral word",
    ),
    "a label that no figure can hold": Fault(
        '"Terugkijken"', f'"{"Terug" * 9}"', "long-label", "item le3", "korter", "shorter", "note"
    ),
    # what it says of itself
    "a facet that is empty": Fault(
        'facet = "repeating"',
        'facet = ""',
        "no-facet",
        "item le2",
        "Schrijf in een paar woorden",
        "Write in a few words",
    ),
    "a place that is missing": Fault(
        'facet = "repeating"\nplace = "4.3, par. 4"',
        'facet = "repeating"',
        "no-place",
        "item le2",
        "Schrijf bij place",
        "Write the section",
    ),
    "a place in another form": Fault(
        "4.2, par. 2", "p. 12", "place-form", "item le4", "Schrijf haar als", "Write it as", "note"
    ),
    "a version without a point": Fault(
        'version = "1.0"', 'version = "first"', "version-form", "", "twee getallen", "two numbers"
    ),
    "a licence that is empty": Fault(
        'licence = "CC BY 4.0"', 'licence = ""', "no-licence", "", "CC BY 4.0", "CC BY 4.0"
    ),
    "a status without evidence": Fault(
        'status = "experimental"\nevidence = { nl = "Nog nergens onderzocht.", '
        'en = "Studied nowhere yet." }',
        'status = "validated"',
        "status-without-evidence",
        "",
        "Noem het bij evidence",
        "Name it in evidence",
    ),
    "a citation of unknown ground": Fault(
        'known = "general-knowledge"',
        "",
        "missing-key",
        "citation 1",
        "Voeg het toe",
        "Add it",
        "error",
    ),
    "an address in place of a DOI": Fault(
        "10.1234/leren.5",
        "https://doi.org/10.1234/leren.5",
        "doi-form",
        "source.modelled_on 1",
        "Bedoelde u “10.1234/leren.5”",
        "Did you mean “10.1234/leren.5”",
    ),
}

RECORD_FAULTS = {
    "a sentence for some items only": Fault(
        'id = "ja1"\n',
        'id = "ja1"\ntext = { nl = "We leren." }\n',
        "partly-worded",
        "item ja2",
        "Geef alle stellingen",
        "Give all items",
    ),
    "no publication": Fault(
        RECORD[RECORD.index("[[source.citations]]") : RECORD.index("[validation]")],
        "",
        "no-citation",
        "",
        "Noem haar",
        "Name it",
    ),
    "nowhere to get the sentences": Fault(
        'wording_from = { nl = "Vraag het de auteur.", en = "Ask the author." }',
        "",
        "no-wording-source",
        "",
        "wording_from",
        "wording_from",
    ),
    "a figure from a source that is not cited": Fault(
        "Jansen & de Vries (2001)",
        "Jansen & de Vries (2011)",
        "figure-without-citation",
        "reported figure 1",
        "Voeg die bron",
        "Add it",
    ),
    "a figure about a scale that is not there": Fault(
        'scale = "learning"\nsample',
        'scale = "learnin"\nsample',
        "unknown-scale",
        "reported figure 1",
        "Bedoelde u “learning”",
        "Did you mean “learning”",
    ),
    "a figure without a number": Fault(
        "value = 0.8",
        "low = 0.8",
        "figure-without-value",
        "reported figure 1",
        "Schrijf value",
        "Write value",
    ),
    "labels that were not translated": Fault(
        'en = "40 classes at school"',
        'en = "40 klassen op school"',
        "same-text",
        "reported figure 1",
        "Vertaal een",
        "Translate one",
    ),
}

SET_FAULTS = {
    "an instrument that is not there": Fault(
        "lc-trust:between",
        "lc-trist:between",
        "unknown-instrument",
        "page 2",
        "Bedoelde u “lc-trust”",
        "Did you mean “lc-trust”",
        "error",
    ),
    "a part that is not there": Fault(
        "lc-trust:between",
        "lc-trust:betwen",
        "unknown-part",
        "page 2",
        "Bedoelde u “lc-trust:between”",
        "Did you mean “lc-trust:between”",
        "error",
    ),
    "a block twice": Fault(
        "lc-trust:between", "lc-safety:ve1", "asked-twice", "", "Haal één", "Remove one", "error"
    ),
    "too few minutes": Fault(
        "minutes = 4", "minutes = 2", "set-minutes", "", "minstens 3", "least 3"
    ),
    "an empty page": Fault(
        '["lc-trust:between"]', "[]", "empty-page", "page 2", "Noem minstens", "Name at least"
    ),
    "an instruction for what is not asked": Fault(
        "[instructions.lc-safety]",
        "[instructions.lc-pulse]",
        "instructions-not-asked",
        "instructions.lc-pulse",
        "Haal de instructie weg",
        "Remove the instruction",
    ),
    "a sitting that is left out": Fault(
        "sitting = 2",
        "sitting = 3",
        "sitting-order",
        "page 2",
        "Nummer de keren",
        "Number the sittings",
    ),
    "an instruction in one language": Fault(
        'en = "The first time is about to begin."',
        "",
        "missing-translation",
        "",
        "Schrijf de tekst",
        "Write the text",
        "error",
    ),
    "a title that names a pattern": Fault(
        "Eigen set", "Over schijnharmonie", "heavy-word", "title", "neutraal woord", "neutral word"
    ),
}


def assert_said(found: list[Finding], fault: Fault, file: str) -> None:
    assert [one.code for one in found] == [f"instrument.{fault.code}"], found
    (finding,) = found
    assert finding.where == (f"{file}, {fault.place}" if fault.place else file)
    assert finding.severity is Severity(fault.severity)
    for language, remedy in (("nl", fault.nl), ("en", fault.en)):
        said = sentence(finding, language)
        assert said.startswith(finding.where)
        assert remedy in said


def examined(text: str) -> list[Finding]:
    return list(examine_content(tomllib.loads(text), "own.toml")[1])


def examined_set(text: str, folder: Path) -> list[Finding]:
    path = folder / "set.toml"
    path.write_text(text, encoding="utf-8")
    return list(check_set(read_set(path), path.name, folder))


def test_in_the_good_files_nothing_is_found(tmp_path: Path) -> None:
    assert examined(OWN) == []
    assert examined(RECORD) == []
    assert examined_set(SET, tmp_path) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_questionnaire_is_found(name: str) -> None:
    fault = FAULTS[name]
    assert_said(examined(planted(OWN, fault.right, fault.wrong)), fault, "own.toml")


@pytest.mark.parametrize("name", RECORD_FAULTS)
def test_a_fault_in_a_record_is_found(name: str) -> None:
    fault = RECORD_FAULTS[name]
    assert_said(examined(planted(RECORD, fault.right, fault.wrong)), fault, "own.toml")


@pytest.mark.parametrize("name", SET_FAULTS)
def test_a_fault_in_a_set_is_found(name: str, tmp_path: Path) -> None:
    fault = SET_FAULTS[name]
    found = examined_set(planted(SET, fault.right, fault.wrong), tmp_path)
    assert_said(found, fault, "set.toml")


@pytest.mark.parametrize(
    "names",
    [
        ("a long sentence", "a point without a text", "a licence that is empty"),
        ("a tab", "a scale on another level than its items", "an address in place of a DOI"),
        ("a rule that is not there", "no full stop", "a code that LimeSurvey changes"),
    ],
)
def test_several_faults_are_said_at_once(names: tuple[str, ...]) -> None:
    text = OWN
    for name in names:
        text = planted(text, FAULTS[name].right, FAULTS[name].wrong)
    said = {(one.code, one.where) for one in examined(text)}
    wanted = {
        (
            f"instrument.{FAULTS[name].code}",
            ", ".join(filter(None, ("own.toml", FAULTS[name].place))),
        )
        for name in names
    }
    assert said == wanted


def test_a_part_that_cannot_be_read_hides_no_fault_elsewhere() -> None:
    text = planted(OWN, 'known = "general-knowledge"', 'known = "hearsay"')
    text = planted(text, "We leren van elkaar.", "We leren nooit van elkaar.")
    text = planted(text, '"half om half"', '"oneens"')
    found = examined(text)
    assert {one.code for one in found} == {
        "instrument.not-an-option",
        "instrument.negation",
        "instrument.same-label",
    }
    assert has_errors(found)


def test_advice_set_aside_with_a_reason_is_silent() -> None:
    text = planted(OWN, "We leren van elkaar.", "We leren nooit en we helpen elkaar.")
    assert len(examined(text)) == 2
    accepted = (
        'facet = "learning"\naccepted = { negation = "A quote.", two-thoughts = "So it is." }'
    )
    assert examined(planted(text, 'facet = "learning"', accepted)) == []


def test_sentences_of_a_published_scale_are_not_ours_to_improve() -> None:
    worded = planted(RECORD, 'id = "ja1"\n', 'id = "ja1"\ntext = { nl = "We leren nooit" }\n')
    worded = planted(worded, 'id = "ja2"\n', 'id = "ja2"\ntext = { nl = "Wij niet?" }\n')
    assert {one.code for one in examined(worded)} == {"instrument.claim-not-covered"}
