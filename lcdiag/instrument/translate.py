"""A sheet of all texts for a translator, and back into an instrument with a language more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lcdiag.base.cells import safe_cell
from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.base.levels import Referent
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.sentences import MOST_WORDS
from lcdiag.instrument.wording import words_of

KEY = "key"
PARTY = "{party}"
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_FIELDS: dict[str, tuple[tuple[str, Literal["respondent", "reader"]], ...]] = {
    "items": (("text", "respondent"), ("label", "reader")),
    "scales": (
        ("respondent_label", "respondent"),
        ("label", "reader"),
        ("about", "reader"),
        ("question", "reader"),
    ),
    "contrasts": (("label", "reader"),),
    "indicators": (("label", "reader"), ("other", "reader"), ("question", "reader")),
    "open_questions": (("text", "respondent"), ("hint", "respondent")),
}
_TOP: tuple[tuple[str, Literal["respondent", "reader"]], ...] = (
    ("respondent_title", "respondent"),
    ("instruction", "respondent"),
    ("note", "respondent"),
    ("title", "reader"),
)
_INSIDE = (
    ("source", "text"),
    ("source", "wording_from"),
    ("validation", "evidence"),
    ("validation", "population"),
)


@dataclass(frozen=True)
class Entry:
    """One text to translate.

    Attributes
    ----------
    key : str
        Its address: ``"items.ve1.text"``, ``"formats.agree7.points.3"``.
    reader : str
        ``"respondent"``: met while answering; ``"reader"``: met on pages and in codebooks.
    sources : dict
        Language to the text as it is.
    notes : tuple of str
        Names of what the translator must mind: ``"reversed"``, ``"party"``, ``"topic"``,
        ``"label"``, ``"short"``.
    """

    key: str
    reader: Literal["respondent", "reader"]
    sources: dict[str, str]
    notes: tuple[str, ...] = ()


def translation_entries(instrument: Instrument, to: str) -> tuple[Entry, ...]:
    """Return every text that a translation into one more language needs.

    Parameters
    ----------
    instrument : Instrument
        Any instrument; of a record without sentences only the texts that are there.
    to : str
        Code of the new language.

    Raises
    ------
    LcdiagError
        ``translation.not-a-language`` or ``translation.language-there``.
    """
    _refuse(instrument, to)
    plain = instrument.model_dump(mode="json")
    notes = _notes(instrument)
    return tuple(
        Entry(key, reader, dict(sources), notes.get(key, _label_note(key)))
        for key, reader, sources, _, _ in _texts(plain)
    )


def add_language(
    instrument: Instrument, to: str, rows: Sequence[dict[str, str]], where: str
) -> Instrument:
    """Return the instrument with one language more.

    Parameters
    ----------
    instrument : Instrument
        The one that the sheet was made of.
    to : str
        Code of the new language.
    rows : sequence of dict
        Heading to cell, one a row: ``key``, the languages of the instrument, and `to`.
    where : str
        How the reader knows the sheet.

    Returns
    -------
    Instrument
        Its evidence says nothing about the new language, and its status there follows.

    Raises
    ------
    LcdiagError
        With all findings: a text that is missing, a key that is unknown or comes twice, a lost
        ``{party}``, a source that was edited after the sheet was made.
    """
    _refuse(instrument, to)
    plain = instrument.model_dump(mode="json")
    texts = {key: (sources, home, place) for key, _, sources, home, place in _texts(plain)}
    given: dict[str, str] = {}
    findings: list[Finding] = []
    for number, row in enumerate(rows, start=2):
        key = row.get(KEY, "").strip()
        if key:
            findings += _row(key, row, to, texts, given, f"{where}, row {number}")
    absent = [key for key in texts if key not in given]
    findings += [_error("missing", where, key=key, language=to) for key in absent]
    if findings:
        raise LcdiagError(findings)
    for key, (_, home, place) in texts.items():
        if place is None:
            home[to] = given[key]
        else:
            home.setdefault(to, []).append(given[key])
    plain["languages"] = [*instrument.languages, to]
    return Instrument.model_validate_json(_json(plain))


def _row(
    key: str,
    row: dict[str, str],
    to: str,
    texts: dict[str, Any],
    given: dict[str, str],
    place: str,
) -> Iterator[Finding]:
    """Take one row of the sheet over, and yield what is wrong with it."""
    if key not in texts:
        yield _error("unknown-key", place, value=key, near=near_miss(key, texts))
        return
    if key in given:
        yield _error("key-twice", place, key=key)
        return
    sources = texts[key][0]
    text = _plain_cell(row.get(to, ""))
    given[key] = text
    if not text:
        yield _error("missing", place, key=key, language=to)
    for language, source in sources.items():
        seen = _plain_cell(row.get(language, source))
        if seen != source.strip():
            yield _error("source-changed", place, key=key, language=language, now=source, then=seen)
    if text and any(PARTY in source for source in sources.values()) and PARTY not in text:
        yield _error("party-lost", place, key=key)


def _plain_cell(cell: str) -> str:
    """Return a cell without the apostrophe that kept a spreadsheet from calculating."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and safe_cell(text[1:]) == text else text


def _error(code: str, where: str, /, **facts: Fact) -> Finding:
    kept = {key: value for key, value in facts.items() if not (key == "near" and not value)}
    return Finding(f"translation.{code}", Severity.ERROR, where, kept)


def _refuse(instrument: Instrument, to: str) -> None:
    if not _LANGUAGE.match(to):
        raise LcdiagError.single("translation.not-a-language", instrument.id, {"value": to})
    if to in instrument.languages:
        facts: dict[str, Fact] = {"language": to, "languages": instrument.languages}
        raise LcdiagError.single("translation.language-there", instrument.id, facts)


Text = tuple[str, Literal["respondent", "reader"], dict[str, str], dict[str, Any], int | None]


def _texts(plain: dict[str, Any]) -> Iterator[Text]:
    """Yield key, who reads it, source texts, the table it belongs in, and its place in a list."""
    for key, reader in _TOP:
        yield from _said(key, reader, plain[key])
    for name, one in plain["formats"].items():
        points = one["points"]
        for place in range(len(next(iter(points.values()), ()))):
            sources = {code: labels[place] for code, labels in points.items()}
            yield f"formats.{name}.points.{place + 1}", "respondent", sources, points, place
        yield from _said(f"formats.{name}.dont_know", "respondent", one["dont_know"])
    for kind, fields in _FIELDS.items():
        for part in plain[kind]:
            for key, reader in fields:
                yield from _said(f"{kind}.{part['id']}.{key}", reader, part[key])
    for table, key in _INSIDE:
        yield from _said(f"{table}.{key}", "reader", plain[table][key])
    for number, one in enumerate(plain["reported"], start=1):
        yield from _said(f"reported.{number}.sample", "reader", one["sample"])
    for number, one in enumerate(plain["expected"], start=1):
        yield from _said(f"expected.{number}.why", "reader", one["why"])


def _said(
    key: str, reader: Literal["respondent", "reader"], text: dict[str, Any]
) -> Iterator[Text]:
    if any(text.values()):
        yield key, reader, dict(text), text, None


def _notes(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """Return what a translator must mind of each sentence."""
    rated = {
        code for topic in instrument.contrasts for code in (topic.own, topic.others, topic.practice)
    }
    found = {}
    for item in instrument.items:
        notes = ["reversed"] * item.reversed
        notes += ["party"] * (item.referent is Referent.OTHER_PARTY)
        notes += ["topic"] * (item.id in rated)
        longest = max((len(words_of(text)) for text in item.text.values()), default=0)
        notes += ["short"] * (longest > MOST_WORDS - 5)
        found[f"items.{item.id}.text"] = tuple(notes)
    return found


def _label_note(key: str) -> tuple[str, ...]:
    return ("label",) if key.endswith(".label") else ()


def _json(plain: dict[str, Any]) -> str:
    import json

    return json.dumps(plain, ensure_ascii=False)
