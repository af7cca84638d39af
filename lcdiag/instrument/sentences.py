"""Rules for the sentence of an item: one short statement, one thought, nothing to deny twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lcdiag.base.findings import Finding
from lcdiag.instrument.grammar import negations, second_thought, sentence_count
from lcdiag.instrument.model import Advice, Format, Instrument, Item
from lcdiag.instrument.remark import error, note, warning
from lcdiag.instrument.wording import PARTY, is_published, words_of

MOST_WORDS = 20
"""Longest item, in every language."""

_AGREES = re.compile(r"\b(?:eens|oneens|agree|disagree)\b", re.IGNORECASE)
_STOPS = (".", "!", "?", "…", "。", "！", "？")
_CLOSING = "\"'”’)»"


def check_items(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield what would trouble people who read the items of an instrument.

    Advice that the author weighed and set aside (``accepted``) is silent. The sentences of a
    published scale are not ours to improve: of them only what could not be asked is said.

    Parameters
    ----------
    instrument : Instrument
        Whole, or what could be read of it.
    where : str
        How the reader knows it.
    """
    published = is_published(instrument)
    for item in instrument.items:
        place = f"{where}, item {item.id}"
        advice: list[tuple[Advice, Finding]] = []
        for language, text in item.text.items():
            if not text.strip():
                continue
            key = f"text.{language}"
            yield from _signs(text, key, place)
            if not published:
                yield from _form(text, key, place, instrument.formats.get(item.format))
                advice += _advice(item, text, language, place)
        for kind, finding in advice:
            if kind not in item.accepted:
                yield finding
        yield from _accepted(item, {kind for kind, _ in advice}, place)
    yield from _same(instrument, where)


def _signs(text: str, key: str, place: str) -> Iterator[Finding]:
    """Yield signs that a form, a table or a paper cannot show."""
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        yield error("control-character", place, key=key)
    elif text != " ".join(text.split(" ")).strip() or "  " in text:
        yield note("stray-blank", place, key=key)


def _form(text: str, key: str, place: str, form: Format | None) -> Iterator[Finding]:
    """Yield a text that is not one statement with a full stop."""
    ending = text.rstrip().rstrip(_CLOSING)
    count = sentence_count(text)
    if count > 1:
        yield warning("several-sentences", place, key=key, count=count)
    if ending.endswith("?"):
        points = form.points.values() if form else ()
        if any(_AGREES.search(label) for labels in points for label in labels):
            yield warning("question-to-agree", place, key=key)
    elif not ending.endswith(_STOPS):
        yield note("no-full-stop", place, key=key)


def _advice(item: Item, text: str, language: str, place: str) -> Iterator[tuple[Advice, Finding]]:
    """Yield what an author may set aside with a reason."""
    key = f"text.{language}"
    count = len(words_of(text.replace(PARTY, "party")))
    if count > MOST_WORDS:
        finding = warning("long-item", place, key=key, count=count, limit=MOST_WORDS)
        yield Advice.LENGTH, finding
    if words := second_thought(text, language):
        yield Advice.TWO_THOUGHTS, warning("two-thoughts", place, key=key, words=words)
    if denied := negations(text, language):
        said = tuple(word.casefold() for word in denied)
        code = "negation"
        if len(said) > 1:
            code = "double-negation"
        elif item.reversed:
            code = "negated-reversed"
        yield Advice.NEGATION, warning(code, place, key=key, words=said)


def _accepted(item: Item, given: set[Advice], place: str) -> Iterator[Finding]:
    """Yield what was set aside without a reason, or without need."""
    for kind, reason in item.accepted.items():
        if kind not in given:
            yield warning("accepted-unneeded", place, advice=kind.value)
        elif not reason.strip():
            yield warning("accepted-without-reason", place, advice=kind.value)


def _same(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield items that ask the same in the same words."""
    first: dict[tuple[str, str], str] = {}
    said: set[tuple[str, str]] = set()
    for item in instrument.items:
        for language, text in item.text.items():
            words = " ".join(words_of(text)).casefold()
            before = first.setdefault((language, words), item.id) if words else item.id
            if before != item.id and (before, item.id) not in said:
                said.add((before, item.id))
                place = f"{where}, item {item.id}"
                yield warning("same-sentence", place, key=f"text.{language}", other=before)
