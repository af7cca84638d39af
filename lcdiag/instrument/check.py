"""Rules across the fields of an instrument, and across instruments that are asked together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.instrument.layout import BACKGROUND, BACKGROUND_HEADINGS
from lcdiag.instrument.model import Contrast, Instrument, Item, Scale
from lcdiag.instrument.status import effective_status, wording_digest
from lcdiag.instrument.wording import check_wording

MOST_POINTS = 101
"""Most points of a response format: 0 to 100."""


def check_instrument(instrument: Instrument) -> tuple[Finding, ...]:
    """Return everything that contradicts itself or would trouble respondents.

    Parameters
    ----------
    instrument : Instrument
        Any instrument, also one made in Python.

    Returns
    -------
    tuple of Finding
        Errors stop its use; warnings are advice. Empty for the instruments of lcdiag.
    """
    return check_whole(instrument, instrument.id)


def check_whole(instrument: Instrument, where: str) -> tuple[Finding, ...]:
    """Return the same, with places that begin with the name the reader knows."""
    return (*check_parts(instrument, where), *_claims(instrument, where))


def check_parts(
    instrument: Instrument, where: str, known: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Return the same for an instrument of which some parts could not be read.

    Parameters
    ----------
    instrument : Instrument
        What could be read of it.
    where : str
        How the reader knows it: the name of a file or an id.
    known : frozenset of str
        Item codes and format names that are written down, also of parts that did not fit.
    """
    items = {item.id: item for item in instrument.items}
    codes = sorted(known | set(items))
    found = [
        *_duplicates(instrument, where),
        *_formats(instrument, where),
        *_item_formats(instrument, where, known),
        *(one for scale in instrument.scales for one in _scale(scale, items, codes, where)),
        *(one for topic in instrument.contrasts for one in _topic(topic, items, codes, where)),
        *_alone(instrument, where),
        *check_wording(instrument, where),
    ]
    return tuple(sorted(found, key=lambda finding: list(Severity).index(finding.severity)))


def check_together(instruments: Sequence[Instrument]) -> tuple[Finding, ...]:
    """Return item codes that two instruments use: a column can belong to one of them only."""
    first: dict[str, str] = {}
    found = []
    for instrument in instruments:
        for code in _codes(instrument):
            before = first.setdefault(code.casefold(), instrument.id)
            if before != instrument.id:
                facts: dict[str, Fact] = {"code": code, "first": before, "second": instrument.id}
                found.append(Finding("instrument.code-clash", Severity.ERROR, instrument.id, facts))
    return tuple(found)


def _error(code: str, where: str, /, **facts: Fact) -> Finding:
    kept = {key: value for key, value in facts.items() if not (key == "near" and not value)}
    return Finding(f"instrument.{code}", Severity.ERROR, where, kept)


def _codes(instrument: Instrument) -> list[str]:
    return [item.id for item in instrument.items] + [
        question.id for question in instrument.open_questions
    ]


def _duplicates(instrument: Instrument, where: str) -> Iterator[Finding]:
    for code in _repeated(code.casefold() for code in _codes(instrument)):
        yield _error("duplicate-code", f"{where}, item {code}", code=code)
    for kind, names in (
        ("scale", [scale.id for scale in instrument.scales]),
        ("topic", [topic.id for topic in instrument.contrasts]),
        ("indicator", [indicator.id for indicator in instrument.indicators]),
    ):
        for name in _repeated(names):
            yield _error("duplicate-id", f"{where}, {kind} {name}", id=name)
    reserved = {name.casefold() for name in BACKGROUND} | {
        heading.casefold() for words in BACKGROUND_HEADINGS.values() for heading in words.values()
    }
    for code in _codes(instrument):
        if code.casefold() in reserved:
            yield _error("reserved-code", f"{where}, item {code}", code=code)


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _formats(instrument: Instrument, where: str) -> Iterator[Finding]:
    for name, one in instrument.formats.items():
        place = f"{where}, format {name}"
        if one.low < 0 or one.high <= one.low or one.high - one.low >= MOST_POINTS:
            yield _error("format-bounds", place, low=one.low, high=one.high)
            continue
        count = len(one.codes)
        for language in instrument.languages:
            labels = one.points.get(language)
            if labels is None:
                key = f"points.{language}"
                yield _error("missing-translation", place, key=key, language=language)
            elif len(labels) != count:
                yield _error(
                    "points-count",
                    place,
                    key=f"points.{language}",
                    given=len(labels),
                    wanted=count,
                    low=one.low,
                    high=one.high,
                )


def _item_formats(instrument: Instrument, where: str, known: frozenset[str]) -> Iterator[Finding]:
    names = known | set(instrument.formats)
    for item in instrument.items:
        if item.format not in names:
            yield _error(
                "unknown-format",
                f"{where}, item {item.id}",
                value=item.format,
                options=tuple(instrument.formats),
                near=near_miss(item.format, instrument.formats),
            )


def _scale(
    scale: Scale, items: Mapping[str, Item], codes: Sequence[str], where: str
) -> Iterator[Finding]:
    place = f"{where}, scale {scale.id}"
    if not scale.items:
        yield _error("empty-scale", place)
    for code in _repeated(scale.items):
        yield _error("item-twice-in-scale", place, code=code)
    for number, code in enumerate(scale.items, 1):
        if code not in codes:
            near = near_miss(code, codes)
            yield _error("unknown-item", f"{place}, item {number}", value=code, near=near)
    here = [items[code] for code in scale.items if code in items]
    if len({item.format for item in here}) > 1 and not scale.per_item:
        names = tuple(sorted({item.format for item in here}))
        yield _error("mixed-formats", place, formats=names)
    if len({item.referent for item in here}) > 1:
        names = tuple(sorted({item.referent.value for item in here}))
        yield Finding("instrument.mixed-referents", Severity.WARNING, place, {"referents": names})


def _topic(
    topic: Contrast, items: Mapping[str, Item], codes: Sequence[str], where: str
) -> Iterator[Finding]:
    place = f"{where}, topic {topic.id}"
    ratings = {"own": topic.own, "others": topic.others, "practice": topic.practice}
    for key, code in ratings.items():
        if code not in codes:
            near = near_miss(code, codes)
            yield _error("unknown-item", f"{place}, {key}", value=code, near=near)
    for code in _repeated(ratings.values()):
        yield _error("item-twice-in-topic", place, code=code)
    here = [items[code] for code in ratings.values() if code in items]
    if len({item.format for item in here}) > 1:
        yield _error("mixed-formats", place, formats=tuple(sorted({i.format for i in here})))
    for item in here:
        if item.reversed:
            yield _error("reversed-in-topic", place, code=item.id)


def _alone(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield items that nothing uses; they are asked but shown nowhere."""
    used = {code for scale in instrument.scales for code in scale.items}
    for topic in instrument.contrasts:
        used |= {topic.own, topic.others, topic.practice}
    for item in instrument.items:
        if item.id not in used:
            yield Finding("instrument.unused-item", Severity.NOTE, f"{where}, item {item.id}")


def _claims(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield languages for which the stated evidence is about another wording, or is not named."""
    stated = instrument.validation.status
    for language in instrument.languages:
        held = effective_status(instrument, language)
        if held is not stated:
            facts: dict[str, Fact] = {
                "status": stated.value,
                "language": language,
                "digest": wording_digest(instrument, language),
                "holds": held.value,
            }
            yield Finding("instrument.claim-not-covered", Severity.WARNING, where, facts)
