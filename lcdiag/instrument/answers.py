"""Rules for response formats: every point once, labelled, in every language, and used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lcdiag.base.findings import Finding
from lcdiag.instrument.model import Format, Instrument
from lcdiag.instrument.remark import error, note, warning
from lcdiag.instrument.wording import is_published, pairs, words_of

MOST_POINTS = 101
"""Most points of a response format: 0 to 100."""
LONGEST_ANSWER_CODE = 5
"""LimeSurvey drops an answer whose code has more signs."""

_LEADING_NUMBER = re.compile(r"^\s*(\d+)\s*(?:[=:)–-]|$)")


def check_formats(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield what is wrong with the response formats of an instrument.

    Parameters
    ----------
    instrument : Instrument
        Whole, or what could be read of it.
    where : str
        How the reader knows it.
    """
    for name, one in instrument.formats.items():
        place = f"{where}, format {name}"
        if one.low < 0 or one.high <= one.low or one.high - one.low >= MOST_POINTS:
            yield error("format-bounds", place, low=one.low, high=one.high)
            continue
        if len(str(one.high)) > LONGEST_ANSWER_CODE:
            yield warning("answer-code-long", place, code=one.high, limit=LONGEST_ANSWER_CODE)
        yield from _languages(one, instrument.languages, place)
        for language, labels in one.points.items():
            yield from _labels(one, labels, language, place)
        yield from _same(one, place)
        # the answers of a published scale are its own; an option added to them is a change
        if not one.dont_know and not is_published(instrument):
            yield note("no-dont-know", place)


def check_used(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield response formats that no item has."""
    used = {item.format for item in instrument.items}
    for name in instrument.formats:
        if name not in used:
            yield note("unused-format", f"{where}, format {name}", value=name)


def _languages(one: Format, languages: tuple[str, ...], place: str) -> Iterator[Finding]:
    count = len(one.codes)
    for language in languages:
        labels = one.points.get(language)
        key = f"points.{language}"
        if labels is None:
            yield error("missing-translation", place, key=key, language=language)
        elif len(labels) != count:
            facts = {"given": len(labels), "wanted": count, "low": one.low, "high": one.high}
            yield error("points-count", place, key=key, **facts)
    for language in one.points:
        if language not in languages:
            key = f"points.{language}"
            yield warning("undeclared-language", place, key=key, language=language)


def _labels(one: Format, labels: tuple[str, ...], language: str, place: str) -> Iterator[Finding]:
    key = f"points.{language}"
    empty = tuple(
        str(code) for code, label in zip(one.codes, labels, strict=False) if not label.strip()
    )
    if empty:
        yield warning("unlabelled-point", place, key=key, code=empty)
    said = Counter(" ".join(label.split()).casefold() for label in labels if label.strip())
    for label, count in said.items():
        if count > 1:
            yield warning("same-label", place, key=key, value=label, count=count)
    unsure = " ".join(one.dont_know.get(language, "").split()).casefold()
    if unsure and unsure in said:
        yield warning("dont-know-is-point", place, key=key, value=unsure)
    for code, label in zip(one.codes, labels, strict=False):
        number = _LEADING_NUMBER.match(label)
        if number and int(number[1]) != code and int(number[1]) in one.codes:
            yield warning("label-of-other-code", place, key=key, value=label, code=code)
        yield from pairs(label, key, place)


def _same(one: Format, place: str) -> Iterator[Finding]:
    """Yield labels that are the same in two languages, as when a translation was forgotten."""
    said = [
        labels
        for labels in one.points.values()
        if sum(len(words_of(label)) for label in labels) > 2
    ]
    if len(set(said)) < len(said):
        yield warning("same-text", place, key="points")
