"""Rules for the sentences that people read: whole, short, translated, free of heavy words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from lcdiag.base.findings import Finding, Severity
from lcdiag.instrument.model import Instrument

MOST_WORDS = {"nl": 20, "en": 22}
"""Longest item by language; others as English."""

FORBIDDEN = (
    "collusie",
    "collusion",
    "collusief",
    "collusive",
    "abilene",
    "schijnharmonie",
    "stereotypering",
    "stereotype",
    "stereotyping",
)
"""Words that name a pattern; respondents, invitations and other systems never meet them."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return _WORD.findall(text)


def respondent_texts(instrument: Instrument) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every text that a respondent can meet, with its place in the file.

    Codes and ids count as well: column names reach form tools and invitations.
    """
    yield "respondent_title", instrument.respondent_title or {}
    yield "instruction", instrument.instruction or {}
    yield "note", instrument.note or {}
    for item in instrument.items:
        yield f"item {item.id}, text", item.text
        yield f"item {item.id}, id", {"": item.id}
    for scale in instrument.scales:
        yield f"scale {scale.id}, respondent_label", scale.respondent_label
    for name, one in instrument.formats.items():
        points = {language: " / ".join(labels) for language, labels in one.points.items()}
        yield f"format {name}, points", points
        yield f"format {name}, dont_know", one.dont_know
    for question in instrument.open_questions:
        yield f"open question {question.id}, text", question.text
        yield f"open question {question.id}, hint", question.hint
        yield f"open question {question.id}, id", {"": question.id}


def forbidden_in(text: str) -> str:
    """Return the first word in the text that names a pattern, or ""."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return next((word for word in FORBIDDEN if word in folded), "")


def check_wording(instrument: Instrument, where: str) -> tuple[Finding, ...]:
    """Return what is wrong with the sentences of an instrument.

    Parameters
    ----------
    instrument : Instrument
        Whole, or what could be read of it.
    where : str
        How the reader knows it.
    """
    return (
        *_translations(instrument, where),
        *_heavy_words(instrument, where),
        *_items(instrument, where),
        *_points(instrument, where),
    )


def _all_texts(instrument: Instrument) -> Iterator[tuple[str, str, Mapping[str, str], bool]]:
    """Yield place, key, text, and whether it must be there in every language."""
    for key in ("title", "respondent_title", "instruction", "note"):
        text = getattr(instrument, key)
        if text is not None:
            yield "", key, text, key.endswith("title")
    for item in instrument.items:
        yield f"item {item.id}", "text", item.text, True
        yield f"item {item.id}", "label", item.label, True
    for scale in instrument.scales:
        yield f"scale {scale.id}", "label", scale.label, True
        yield f"scale {scale.id}", "about", scale.about, True
        yield f"scale {scale.id}", "question", scale.question, False
        yield f"scale {scale.id}", "respondent_label", scale.respondent_label, False
    for topic in instrument.contrasts:
        yield f"topic {topic.id}", "label", topic.label, True
    for indicator in instrument.indicators:
        yield f"indicator {indicator.id}", "label", indicator.label, True
    for name, one in instrument.formats.items():
        yield f"format {name}", "dont_know", one.dont_know, False
    for question in instrument.open_questions:
        yield f"open question {question.id}", "text", question.text, True
        yield f"open question {question.id}", "hint", question.hint, False


def _translations(instrument: Instrument, where: str) -> Iterator[Finding]:
    for part, key, text, needed in _all_texts(instrument):
        place = f"{where}, {part}" if part else where
        for language in instrument.languages if needed or text else ():
            if not text.get(language, "").strip():
                yield Finding(
                    "instrument.missing-translation",
                    Severity.ERROR,
                    place,
                    {"key": f"{key}.{language}", "language": language},
                )
        for language in text:
            if language not in instrument.languages:
                yield Finding(
                    "instrument.undeclared-language",
                    Severity.WARNING,
                    place,
                    {"key": f"{key}.{language}", "language": language},
                )
        given = [words.strip() for words in text.values() if len(words_of(words)) > 2]
        if len(set(given)) < len(given):
            yield Finding("instrument.same-text", Severity.WARNING, place, {"key": key})


def _heavy_words(instrument: Instrument, where: str) -> Iterator[Finding]:
    for place, text in respondent_texts(instrument):
        for words in text.values():
            if word := forbidden_in(words):
                yield Finding(
                    "instrument.heavy-word", Severity.WARNING, f"{where}, {place}", {"word": word}
                )


def _items(instrument: Instrument, where: str) -> Iterator[Finding]:
    for item in instrument.items:
        for language, text in item.text.items():
            limit = MOST_WORDS.get(language, MOST_WORDS["en"])
            count = len(words_of(text))
            if count > limit:
                yield Finding(
                    "instrument.long-item",
                    Severity.WARNING,
                    f"{where}, item {item.id}",
                    {"key": f"text.{language}", "count": count, "limit": limit},
                )
            if any(unicodedata.category(sign) == "Cc" for sign in text):
                yield Finding(
                    "instrument.control-character",
                    Severity.ERROR,
                    f"{where}, item {item.id}",
                    {"key": f"text.{language}"},
                )


def _points(instrument: Instrument, where: str) -> Iterator[Finding]:
    for name, one in instrument.formats.items():
        for language, points in one.points.items():
            for code, label in zip(one.codes, points, strict=False):
                if not label.strip():
                    yield Finding(
                        "instrument.unlabelled-point",
                        Severity.WARNING,
                        f"{where}, format {name}",
                        {"key": f"points.{language}", "code": code},
                    )
        if not one.dont_know:
            yield Finding("instrument.no-dont-know", Severity.NOTE, f"{where}, format {name}")
