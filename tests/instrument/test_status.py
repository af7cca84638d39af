from __future__ import annotations

import tomllib

import pytest
from own_file import WHOLE

from lcdiag.base.text import languages, resolve
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.model import Instrument, Status
from lcdiag.instrument.read import examine_content
from lcdiag.instrument.status import (
    effective_status,
    status_badge,
    status_message,
    wording_digest,
)


def made(status: str, *, kind: str = "own", covered: bool = True, **changes: str) -> Instrument:
    """The file of one's own with a status, its evidence about the text before `changes`."""
    raw = tomllib.loads(WHOLE)
    instrument, _ = examine_content(raw, "own.toml")
    assert instrument is not None
    raw["source"]["kind"] = kind
    raw["validation"]["status"] = status
    if covered:
        raw["validation"] |= {
            "wordings": {one: wording_digest(instrument, one) for one in ("nl", "en")},
            "citations": [{"text": "Someone (2020)", "known": "general-knowledge"}],
        }
    for right, wrong in changes.items():
        raw["items"][0][right] = {"nl": wrong, "en": wrong + "!"} if right == "text" else wrong
    instrument, findings = examine_content(raw, "own.toml")
    assert instrument is not None, findings
    return instrument


def test_a_status_with_evidence_for_this_wording_holds() -> None:
    assert effective_status(made("validated")) is Status.VALIDATED


@pytest.mark.parametrize(("kind", "left"), [("own", "experimental"), ("published", "adapted")])
def test_an_edit_lowers_it_by_itself(kind: str, left: str) -> None:
    edited = made("validated", kind=kind, text="Wij leren van elkaar.")
    assert effective_status(edited) is Status(left)
    assert effective_status(made("validated", kind=kind, referent="self")) is Status(left)


def test_what_respondents_never_meet_does_not_lower_it() -> None:
    assert effective_status(made("validated", facet="another word")) is Status.VALIDATED


def test_a_claim_without_evidence_does_not_hold() -> None:
    assert effective_status(made("validated", covered=False)) is Status.EXPERIMENTAL


def test_a_translation_has_a_status_of_its_own() -> None:
    instrument = made("validated-elsewhere", kind="published")
    text = instrument.items[0].text | {"en": "We learn."}
    english = instrument.items[0].model_copy(update={"text": text})
    edited = instrument.model_copy(update={"items": (english, *instrument.items[1:])})
    assert effective_status(edited, "nl") is Status.VALIDATED_ELSEWHERE
    assert effective_status(edited, "en") is Status.ADAPTED
    assert effective_status(edited) is Status.ADAPTED


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
