"""What a codebook says about its columns, scales and sources, as sentences in a language."""

from __future__ import annotations

from lcdiag.base.text import (
    Message,
    Number,
    Param,
    catalog,
    in_language,
    languages,
    resolve,
)
from lcdiag.instrument.codebook import (
    Codebook,
    CodebookInstrument,
    CodebookReading,
    CodebookRow,
    CodebookScale,
)
from lcdiag.instrument.model import OWN_EXPECTATION, Citation, Expectation, Reported


def say(name: str, language: str, /, **params: Param) -> str:
    """Return a sentence of the catalog ``codebook``; English for a language without catalogs."""
    known = language if language in languages() else "en"
    return resolve(Message(f"codebook.{name}", params), known)


def sentence(row: CodebookRow, language: str) -> str:
    """Return the sentence as it is asked, or the label in brackets where the codebook has none."""
    if row.text:
        return in_language(row.text, language)
    return f"[{in_language(row.label, language)}]"


def numbered(row: CodebookRow, language: str, joint: str = "; ") -> str:
    """Return the codes with their labels: "1 = never; 2 = rarely"; bare codes without labels."""
    if row.low is None or row.high is None:
        return ""
    codes = range(row.low, row.high + 1)
    labels = points(row, language)
    if not labels:
        return f"{row.low}-{row.high}"
    return joint.join(f"{code} = {label}" for code, label in zip(codes, labels, strict=False))


def points(row: CodebookRow, language: str) -> tuple[str, ...]:
    """Return the labels of the points, low to high, in this language or the nearest there is."""
    if language in row.points:
        return row.points[language]
    return row.points.get("en") or next(iter(row.points.values()), ())


def without_rating(row: CodebookRow, language: str) -> str:
    """Return what an answer without a rating looks like."""
    if row.dont_know:
        return say("missing", language, dont_know=in_language(row.dont_know, language))
    return say("empty", language)


def scored(scale: CodebookScale, language: str) -> str:
    """Return how the score is made, or that there is none."""
    if scale.per_item:
        return say("per-item", language)
    counts = {"least": str(scale.least), "total": str(len(scale.items))}
    return say(f"scored-{scale.combine}", language, **counts)


def turned(scale: CodebookScale, language: str) -> str:
    """Return which items are turned round before the score, and how; "" where none is."""
    if not scale.reversed or scale.per_item:
        return ""
    return say(
        "turned", language, items=", ".join(scale.reversed), sum=str(scale.turned_from or "")
    )


def cited(one: Citation, language: str) -> str:
    """Return a citation with how it is known."""
    text = f"{one.text} doi:{one.doi}" if one.doi else one.text
    return f"{text} [{say(f'known-{one.known}', language)}]"


def figure(one: Reported, language: str) -> str:
    """Return a reported figure with its sample and source: "Cronbach's alpha 0.82 (...)"."""
    value = amount(one, language)
    of = f" ({one.scale})" if one.scale else ""
    sample = in_language(one.sample, language)
    tail = "; ".join(part for part in (sample, one.source) if part)
    known = say(f"known-{one.known}", language)
    return f"{statistic(one, language)}{of}: {value} · {tail} [{known}]"


def relation(one: Expectation, language: str) -> str:
    """Return an expected relation with its reason and source: "safety, voice: positive (...)"."""
    sign = say(f"sign-{one.sign}", language)
    own = one.source == OWN_EXPECTATION
    source = say("own-expectation", language) if own else one.source
    return f"{one.scale}, {one.other}: {sign} · {in_language(one.why, language)} [{source}]"


def statistic(one: Reported, language: str) -> str:
    """Return the name of a reported statistic; its id where we have no name for it."""
    known = catalog("en", "codebook").sentences
    if f"codebook.statistic-{one.statistic}" in known:
        return say(f"statistic-{one.statistic}", language)
    return one.statistic.replace("-", " ")


def amount(one: Reported, language: str) -> str:
    """Return the value, or the range, with the decimal sign of the language."""
    if one.value is not None:
        return _number(one.value, language)
    ends = [_number(end, language) for end in (one.low, one.high) if end is not None]
    return " - ".join(ends)


def _number(value: float, language: str) -> str:
    known = language if language in languages() else "en"
    decimals = 0 if value == int(value) else len(repr(value).partition(".")[2])
    return resolve(Number(value, min(decimals, 3)), known)


def reading(one: CodebookReading, language: str) -> str:
    """Return how easily a scale reads, in figures."""
    words = Number(one.words)
    longest = str(one.longest)
    if one.flesch_douma is None:
        return say("reading", language, language=one.language, words=words, longest=longest)
    score = Number(one.flesch_douma, 0)
    return say(
        "reading-nl", language, language=one.language, words=words, longest=longest, score=score
    )


def wording(one: CodebookInstrument, language: str) -> tuple[tuple[str, str], ...]:
    """Return what is said of the sentences of a published scale, each line with its command.

    Where they are not here: that, where they can be had, and the commands for an empty sheet and
    for adding it. Where a study added them: that they may not be handed out without permission.
    A line without a command has "" in its place; nothing is said of sentences of one's own.
    """
    if one.kind == "own":
        return ()
    if one.worded_in:
        return ((say("sentences-added", language), ""),)
    asked = language if language in one.languages else next(iter(one.languages), language)
    base = f"lcdiag instruments wording {one.id}"
    added = f"{base} {say('file-word', language)} --language {asked}"
    lines = (
        (say("no-sentences", language), ""),
        (in_language(one.wording_from, language), ""),
        (say("sheet", language), f"{base} --language {asked}"),
        (say("attach", language), added),
    )
    return tuple(line for line in lines if line[0])


def licence(one: CodebookInstrument, language: str) -> str:
    """Return the licence; that of a record does not hold for the sentences."""
    if one.kind == "own":
        return one.licence
    return say("licence-record", language, licence=one.licence)


def background(code: str, language: str) -> str:
    """Return what a background column holds."""
    return say(f"background-{code}", language)


def size(book: Codebook, language: str) -> str:
    """Return how much is asked: ratings, open questions, minutes."""
    counts = [say("ratings", language, n=book.ratings)] if book.ratings else []
    questions = len(book.rows) - book.ratings
    if questions:
        counts.append(say("open-questions", language, n=questions))
    counts.append(say("minutes", language, n=book.minutes))
    return "\u00a0· ".join(counts)


def aloud(book: Codebook, language: str) -> str:
    """Return how long it takes to read all of it aloud and to answer; "" where that is unknown."""
    if not book.aloud:
        return ""
    known = language if language in languages() else "en"
    times = [f"{resolve(Number(took), known)} ({name})" for name, took in book.aloud.items()]
    return say("aloud", language, minutes=", ".join(times))
