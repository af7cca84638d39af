from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from own_file import WHOLE

from lcdiag.base.text import languages, resolve
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.check import check_instrument
from lcdiag.instrument.model import Instrument, Status
from lcdiag.instrument.status import (
    STRUCTURE_ONLY,
    declaration,
    effective_status,
    status_badge,
    status_in_study,
    status_message,
    status_name,
    structure_digest,
    wording_digest,
    words_digest,
)
from lcdiag.instrument.worded import Attachment, Change, WordedInstrument, worded

Edit = Callable[[dict[str, Any]], object]


def made(
    status: str,
    edit: Edit = lambda raw: None,
    *,
    kind: str = "own",
    covered: tuple[str, ...] = ("nl", "en"),
    population: str = "nurses",
) -> Instrument:
    """The file of one's own with a status, its evidence about the text before the edit."""
    raw = tomllib.loads(WHOLE)
    raw["instruction"] = {"nl": "Denk aan vandaag.", "en": "Think of today."}
    raw["source"]["kind"] = kind
    before = Instrument.model_validate(raw)
    raw["validation"]["status"] = status
    if covered:
        raw["validation"] |= {
            "wordings": {one: wording_digest(before, one) for one in covered},
            "citations": [{"text": "Someone (2020)", "known": "general-knowledge"}],
            "population": {"nl": population, "en": population} if population else {},
        }
    edit(raw)
    return Instrument.model_validate(raw)


def record(status: str = "validated", *, evidence: tuple[str, ...] = ("en",)) -> Instrument:
    """A published record: the structure without a sentence."""

    def without_text(raw: dict[str, Any]) -> None:
        for item in raw["items"]:
            item["text"] = {}
        raw["validation"]["languages"] = list(evidence)

    return made(status, without_text, kind="published", covered=())


def attached(
    change: Change,
    language: str = "en",
    *,
    status: str = "validated",
    evidence: tuple[str, ...] = ("en",),
) -> WordedInstrument:
    """The record with sentences, as somebody attached and declared them."""
    bare = record(status, evidence=evidence)
    given = Attachment(
        language=language,
        source="Someone (2020), p. 3",
        permission="The publisher",
        date="2026-03-01",
        change=change,
        sentences={"le1": "We grow.", "le2": "We stand still."},
    )
    digest = wording_digest(worded(bare, (given,)), language)
    return worded(bare, (given.model_copy(update={"digest": digest}),))


def first(key: str, value: object) -> Edit:
    def edit(raw: dict[str, Any]) -> None:
        raw["items"][0][key] = value

    return edit


EDITS: dict[str, Edit] = {
    "one word": lambda raw: raw["items"][0]["text"].update(nl="We leerden van elkaar."),
    "one anchor": lambda raw: raw["formats"]["agree3"]["points"]["nl"].__setitem__(0, "nee"),
    "don't know": lambda raw: raw["formats"]["agree3"]["dont_know"].update(nl="geen idee"),
    "the instruction": lambda raw: raw["instruction"].update(nl="Denk aan gisteren."),
    "one referent": first("referent", "self"),
    "one level": first("level", "individual"),
    "one key": first("reversed", True),
    "one code": lambda raw: (
        raw["items"][0].update(id="le7"),
        raw["scales"][0].update(items=["le7", "le2"]),
    ),
    "the bounds": lambda raw: raw["formats"]["agree3"].update(low=0, high=2),
    "the make-up of a scale": lambda raw: raw["scales"][0].update(items=["le1"]),
    "how a scale is combined": lambda raw: raw["scales"][0].update(combine="sum"),
    "how much must be answered": lambda raw: raw["scales"][0].update(min_answered=1.0),
    "an item added": lambda raw: raw["items"].append(raw["items"][0] | {"id": "le3"}),
    "an item left out": lambda raw: (
        raw["items"].pop(),
        raw["scales"][0].update(items=["le1"]),
    ),
}


def test_the_same_wording_has_the_stated_status() -> None:
    for status in ("validated", "validated-elsewhere", "translated", "supported-here"):
        assert effective_status(made(status)) is Status(status)
        assert effective_status(made(status, kind="published")) is Status(status)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize(("kind", "left"), [("own", "experimental"), ("published", "adapted")])
def test_an_edit_lowers_it_by_itself(edit: Edit, kind: str, left: str) -> None:
    edited = made("validated", edit, kind=kind)
    assert effective_status(edited, "nl") is Status(left)
    assert effective_status(edited) is Status(left)


@pytest.mark.parametrize("name", ["one word", "one anchor", "don't know", "the instruction"])
def test_an_edit_of_one_language_leaves_the_other_alone(name: str) -> None:
    assert effective_status(made("validated", EDITS[name]), "en") is Status.VALIDATED


@pytest.mark.parametrize("name", ["one referent", "one key", "the make-up of a scale"])
def test_an_edit_of_the_structure_touches_every_language(name: str) -> None:
    assert effective_status(made("validated", EDITS[name], kind="published"), "en") is (
        Status.ADAPTED
    )


@pytest.mark.parametrize(("kind", "left"), [("own", "experimental"), ("published", "translated")])
def test_a_language_the_evidence_is_not_about_is_a_translation(kind: str, left: str) -> None:
    half = made("validated", kind=kind, covered=("en",))
    assert effective_status(half, "en") is Status.VALIDATED
    assert effective_status(half, "nl") is Status(left)
    assert effective_status(half) is Status(left), "the weakest over the languages"


def test_a_translation_of_an_edited_structure_is_adapted() -> None:
    half = made("validated", EDITS["one referent"], kind="published", covered=("en",))
    assert effective_status(half, "nl") is Status.ADAPTED


@pytest.mark.parametrize(
    "edit",
    [
        first("facet", "another word"),
        first("label", {"nl": "Iets", "en": "Something"}),
        lambda raw: raw["scales"][0]["about"].update(nl="Hoog: anders gezegd."),
        lambda raw: raw["title"].update(nl="Een andere titel"),
    ],
)
def test_what_respondents_never_meet_does_not_lower_it(edit: Edit) -> None:
    assert effective_status(made("validated", edit)) is Status.VALIDATED


@pytest.mark.parametrize(("kind", "left"), [("own", "experimental"), ("published", "adapted")])
def test_a_claim_without_evidence_does_not_hold(kind: str, left: str) -> None:
    assert effective_status(made("validated", kind=kind, covered=())) is Status(left)
    uncited = made("validated", lambda raw: raw["validation"].update(citations=[]), kind=kind)
    assert effective_status(uncited) is Status(left)


def test_validated_is_for_the_people_it_was_found_among() -> None:
    known, unnamed = made("validated"), made("validated", population="")
    assert effective_status(unnamed) is Status.VALIDATED_ELSEWHERE
    assert "nurses" in resolve(status_message(known), "nl")
    assert status_in_study(known, ("nl", "en")) == "validated-elsewhere"
    said = resolve(status_message(known, in_study=True), "nl")
    assert said == "gevalideerd in een andere setting"
    assert resolve(status_badge(known, in_study=True), "nl") == "elders gevalideerd"


def test_the_check_asks_for_whom_something_is_validated() -> None:
    found = {one.code for one in check_instrument(made("validated", population=""))}
    assert "instrument.no-population" in found
    assert "instrument.claim-not-covered" not in found
    assert not {one.code for one in check_instrument(made("validated"))} & {
        "instrument.no-population",
        "instrument.claim-not-covered",
    }


def test_a_study_has_the_weakest_status_of_the_languages_it_asks() -> None:
    half = made("supported-here", kind="published", covered=("en",))
    assert status_in_study(half, ("en",)) == "supported-here"
    assert status_in_study(half, ("nl", "en")) == "translated"


def test_a_record_without_sentences_has_a_structure_and_no_status() -> None:
    bare = record()
    assert effective_status(bare) is Status.ADAPTED, "nothing above what can be said"
    assert status_name(bare) == status_in_study(bare, ("nl", "en")) == STRUCTURE_ONLY
    assert resolve(status_message(bare), "nl") == "alleen de opbouw; de stellingen ontbreken"
    assert resolve(status_badge(bare, "en"), "en") == "structure only"


@pytest.mark.parametrize(
    ("change", "language", "status"),
    [
        (Change.NOTHING, "en", "validated-elsewhere"),
        (Change.NOTHING, "nl", "translated"),
        (Change.TRANSLATED, "nl", "translated"),
        (Change.TRANSLATED, "en", "translated"),
        (Change.ADAPTED, "en", "adapted"),
    ],
)
def test_attached_sentences_have_the_status_of_what_was_declared(
    change: Change, language: str, status: str
) -> None:
    one = attached(change, language)
    assert effective_status(one, language) is Status(status)
    assert status_in_study(one, ("nl", "en")) == status, "the other language is not asked"
    said = declaration(one, language)
    assert said is not None
    assert "Someone (2020), p. 3" in resolve(said, "nl")


def test_without_a_known_language_of_the_evidence_nothing_is_claimed() -> None:
    assert effective_status(attached(Change.NOTHING, evidence=()), "en") is Status.ADAPTED


@pytest.mark.parametrize("stated", ["experimental", "adapted", "translated"])
def test_attaching_never_says_more_than_the_record(stated: str) -> None:
    assert effective_status(attached(Change.NOTHING, status=stated), "en") is Status(stated)


def test_an_edit_after_attaching_lowers_to_adapted_and_is_said() -> None:
    one = attached(Change.NOTHING)
    item = one.items[0].model_copy(update={"text": {"en": "We shrink."}})
    edited = one.model_copy(update={"items": (item, *one.items[1:])})
    assert effective_status(edited, "en") is Status.ADAPTED
    said = declaration(edited, "en")
    assert said is not None
    assert said.id == "wording.declared-edited"


def test_what_is_declared_is_no_part_of_the_instrument() -> None:
    one, other = attached(Change.NOTHING), attached(Change.ADAPTED)
    assert one.digest == other.digest != record().digest
    assert "publisher" not in one.model_dump_json()
    assert declaration(record(), "en") is None


def test_the_two_digests_part_words_from_structure() -> None:
    plain, reworded = made("translated"), made("translated", EDITS["one word"])
    assert structure_digest(plain) == structure_digest(reworded)
    assert words_digest(plain, "nl") != words_digest(reworded, "nl")
    assert words_digest(plain, "en") == words_digest(reworded, "en")
    assert wording_digest(plain, "nl") != wording_digest(plain, "en")


def test_ours_are_experimental_and_say_so() -> None:
    message = status_message(open_instrument("lc-safety"))
    assert resolve(message, "nl") == "experimenteel: als gespreksstarter"
    assert resolve(status_badge(open_instrument("lc-safety")), "en") == "experimental statements"


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_its_sentence_in_every_language(status: Status) -> None:
    instrument = made(status.value)
    for language in languages():
        assert "{" not in resolve(status_message(instrument, language), language)
        assert resolve(status_badge(instrument, language), language)
