"""Rules for the texts that people read: whole, in every language, light, with signs in pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lcdiag.base.findings import Finding
from lcdiag.base.levels import Referent
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.remark import error, note, warning

LONGEST_LABEL = 40
"""Characters of a label that a figure can show on one line."""
PARTY = "{party}"
"""Stands in a text where a round robin puts the name of each other party."""

_FORBIDDEN = re.compile(r"\w*(?:collusi|abilene|schijn[ -]?harmonie|stereotyp|stereotiep)\w*")
"""Words that name a pattern; respondents, invitations and other systems never meet them."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FIELD = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of an instrument in its languages, and what is asked of it."""

    part: str
    key: str
    words: Mapping[str, str]
    needed: bool = False
    """Whether it must be there in every language; else only where it is there in one."""
    label: bool = False
    """Whether figures show it."""


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return _WORD.findall(text)


def is_published(instrument: Instrument) -> bool:
    """Return whether an instrument, or what could be read of it, is a published scale."""
    return instrument.source is not None and instrument.source.kind == "published"


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
    seen = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    found = _FORBIDDEN.search(seen)
    return found[0] if found else ""


def check_wording(instrument: Instrument, where: str) -> tuple[Finding, ...]:
    """Return what is wrong with the texts of an instrument, apart from the sentences of items.

    Parameters
    ----------
    instrument : Instrument
        Whole, or what could be read of it.
    where : str
        How the reader knows it.
    """
    texts = list(_all_texts(instrument))
    found: list[Finding] = []
    for one in texts:
        place = f"{where}, {one.part}" if one.part else where
        found += _translated(one, instrument.languages, place)
        found += _shown(one, place)
        for language, words in one.words.items():
            found += pairs(words, f"{one.key}.{language}", place)
    found += _fields(texts, instrument, where)
    found += _heavy_words(instrument, where)
    if is_published(instrument):
        found += _partly_worded(instrument, where)
    return tuple(found)


def _all_texts(instrument: Instrument) -> Iterator[_Text]:
    yield from _about(instrument)
    sentences_needed = not is_published(instrument)
    for item in instrument.items:
        part = f"item {item.id}"
        if sentences_needed:
            yield _Text(part, "text", item.text, needed=True)
        else:
            spoken = {language: text for language, text in item.text.items() if text.strip()}
            yield _Text(part, "text", spoken if len(spoken) > 1 else {})
        yield _Text(part, "label", item.label, needed=True, label=True)
    for scale in instrument.scales:
        part = f"scale {scale.id}"
        yield _Text(part, "label", scale.label, needed=True, label=True)
        yield _Text(part, "about", scale.about, needed=True)
        yield _Text(part, "question", scale.question)
        yield _Text(part, "respondent_label", scale.respondent_label)
    for topic in instrument.contrasts:
        yield _Text(f"topic {topic.id}", "label", topic.label, needed=True, label=True)
    for indicator in instrument.indicators:
        part = f"indicator {indicator.id}"
        yield _Text(part, "label", indicator.label, needed=True)
        yield _Text(part, "other", indicator.other)
        yield _Text(part, "question", indicator.question)
    for name, one in instrument.formats.items():
        yield _Text(f"format {name}", "dont_know", one.dont_know)
    for question in instrument.open_questions:
        yield _Text(f"open question {question.id}", "text", question.text, needed=True)
        yield _Text(f"open question {question.id}", "hint", question.hint)


def _about(instrument: Instrument) -> Iterator[_Text]:
    """Yield the texts about the instrument as a whole; parts that could not be read are None."""
    for key in ("title", "respondent_title", "instruction", "note"):
        words = getattr(instrument, key)
        if words is not None:
            yield _Text("", key, words, needed=key.endswith("title"))
    if instrument.source is not None:
        yield _Text("", "source.text", instrument.source.text)
        yield _Text("", "source.wording_from", instrument.source.wording_from)
    if instrument.validation is not None:
        yield _Text("", "validation.evidence", instrument.validation.evidence)
        yield _Text("", "validation.population", instrument.validation.population)
    for number, figure in enumerate(instrument.reported, 1):
        yield _Text(f"reported figure {number}", "sample", figure.sample)
    for number, relation in enumerate(instrument.expected, 1):
        yield _Text(f"expected relation {number}", "why", relation.why, needed=True)


def _translated(text: _Text, languages: tuple[str, ...], place: str) -> Iterator[Finding]:
    for language in languages if text.needed or text.words else ():
        if not text.words.get(language, "").strip():
            key = f"{text.key}.{language}"
            yield error("missing-translation", place, key=key, language=language)
    for language in text.words:
        if language not in languages:
            key = f"{text.key}.{language}"
            yield warning("undeclared-language", place, key=key, language=language)
    given = [words.strip() for words in text.words.values() if len(words_of(words)) > 2]
    if len(set(given)) < len(given):
        yield warning("same-text", place, key=text.key)


def _shown(text: _Text, place: str) -> Iterator[Finding]:
    for language, words in text.words.items() if text.label else ():
        if len(words) > LONGEST_LABEL:
            key = f"{text.key}.{language}"
            yield note("long-label", place, key=key, count=len(words), limit=LONGEST_LABEL)


def pairs(words: str, key: str, place: str) -> Iterator[Finding]:
    """Yield quotes and brackets of which one of the two is missing."""
    straight, curled = words.count('"'), sum(words.count(sign) for sign in "„“”")
    lone = '"' if straight % 2 else "“ ”" if curled % 2 else ""
    if words.count("‘") > words.count("’"):
        lone = lone or "‘ ’"
    for opening, closing in ("()", "[]", "«»"):
        if words.count(opening) != words.count(closing):
            lone = lone or f"{opening} {closing}"
    if lone:
        yield warning("unbalanced-signs", place, key=key, signs=lone)


def _fields(texts: list[_Text], instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield braces: only ``{party}`` has a meaning, and only in a round robin."""
    items = {f"item {item.id}": item for item in instrument.items}
    about_parties = any(one.referent is Referent.OTHER_PARTY for one in instrument.items)
    for text in texts:
        place = f"{where}, {text.part}" if text.part else where
        item = items.get(text.part)
        about = item.referent is Referent.OTHER_PARTY if item else about_parties
        for language, words in text.words.items():
            key, found = f"{text.key}.{language}", _FIELD.findall(words)
            for field in dict.fromkeys(found):
                if field != PARTY:
                    near = PARTY if "part" in field.casefold() else ""
                    yield warning("unknown-placeholder", place, key=key, value=field, near=near)
            if PARTY in found and not about:
                yield error("party-unexpected", place, key=key)
            elif item and text.key == "text" and about and words.strip() and PARTY not in found:
                yield error("party-missing", place, key=key)


def _heavy_words(instrument: Instrument, where: str) -> Iterator[Finding]:
    for place, text in respondent_texts(instrument):
        for words in text.values():
            if word := forbidden_in(words):
                yield warning("heavy-word", f"{where}, {place}", word=word)


def _partly_worded(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield the items of a published scale that have no sentence where others have one."""
    spoken = {
        language
        for item in instrument.items
        for language, text in item.text.items()
        if text.strip()
    }
    for language in sorted(spoken):
        for item in instrument.items:
            if not item.text.get(language, "").strip():
                place = f"{where}, item {item.id}"
                yield warning("partly-worded", place, key=f"text.{language}", language=language)
