"""Rules for what an instrument says of itself: origin, evidence, figures, version, licence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from lcdiag.base.findings import Finding, near_miss
from lcdiag.instrument.conditions import check_conditions
from lcdiag.instrument.model import Instrument, Item, Reported, Status
from lcdiag.instrument.references import citations_of, in_short, is_place, names
from lcdiag.instrument.relations import check_expected
from lcdiag.instrument.remark import error, note, warning
from lcdiag.instrument.status import effective_status, has_sentences, wording_digest
from lcdiag.instrument.wording import is_published

OURS = "lc-"
"""How the ids of our own instruments begin: each of their items has its place in the chapter."""
RULES = "lcdiag.diagnosis.indicators"
"""Where the rules of indicators live: one module a rule, and entry points of this name."""

_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_BEFORE = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:?)\s*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HIGH = re.compile(r"^\s*(?:hoog|hoge|high|a high|een hoge)\b", re.IGNORECASE)


def check_claims(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield what an instrument says of itself and cannot show.

    Parameters
    ----------
    instrument : Instrument
        Every part of it could be read.
    where : str
        How the reader knows it.
    """
    yield from _plate(instrument, where)
    yield from _evidence(instrument, where)
    yield from _citations(instrument, where)
    yield from _figures(instrument, where)
    yield from check_expected(instrument, where)
    yield from _facets(instrument, where)
    for scale in instrument.scales if any(one.per_item for one in instrument.scales) else ():
        for language, words in scale.about.items():
            if scale.per_item and _HIGH.match(words):
                yield warning(
                    "per-item-score", f"{where}, scale {scale.id}", key=f"about.{language}"
                )
    known = rule_names()
    for indicator in instrument.indicators:
        if indicator.rule not in known:
            place = f"{where}, indicator {indicator.id}"
            near = near_miss(indicator.rule, known)
            yield error("unknown-rule", place, value=indicator.rule, options=known, near=near)
        yield from check_conditions(instrument, indicator, f"{where}, indicator {indicator.id}")


@cache
def rule_names() -> tuple[str, ...]:
    """Return the names of the rules that an indicator can have.

    Rules live on a higher floor, which nothing here may import; their names are those of the
    modules in a folder, and of entry points.
    """
    folder = Path(__file__).resolve().parent.parent.joinpath(*RULES.split(".")[1:])
    names = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    names |= {point.name for point in entry_points(group=RULES)}
    return tuple(sorted(name.replace("_", "-") for name in names))


def _plate(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield what is wrong with version, licence and languages."""
    if not _VERSION.fullmatch(instrument.version):
        yield warning("version-form", where, value=instrument.version)
    if not instrument.licence.strip():
        yield warning("no-licence", where)
    for language in instrument.languages:
        if not _LANGUAGE.fullmatch(language):
            yield warning("language-code", where, value=language)
    if not instrument.languages:
        yield error("no-language", where)
    if not instrument.items and not instrument.open_questions:
        yield error("asks-nothing", where)


def _evidence(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield a status that nothing carries, or that is about another wording."""
    proof = instrument.validation
    stated = proof.status
    named = bool(proof.citations) or any(text.strip() for text in proof.evidence.values())
    if not named and stated is not Status.EXPERIMENTAL and not is_published(instrument):
        yield warning("status-without-evidence", where, status=stated.value)
        return
    for language in instrument.languages:
        if not has_sentences(instrument, language):
            continue
        held = effective_status(instrument, language)
        if stated is Status.VALIDATED and held is Status.VALIDATED_ELSEWHERE:
            yield warning("no-population", where, language=language)
        elif held is not stated:
            yield warning(
                "claim-not-covered",
                where,
                status=stated.value,
                language=language,
                digest=wording_digest(instrument, language),
                holds=held.value,
            )


def _citations(instrument: Instrument, where: str) -> Iterator[Finding]:
    groups = {
        "source.modelled_on": instrument.source.modelled_on,
        "source.citations": instrument.source.citations,
        "validation.citations": instrument.validation.citations,
    }
    for key, citations in groups.items():
        for number, one in enumerate(citations, 1):
            place = f"{where}, {key} {number}"
            if not one.text.strip():
                yield warning("citation-empty", place)
            if one.doi and not _DOI.fullmatch(one.doi):
                bare = _DOI_BEFORE.sub("", one.doi).strip()
                near = bare if _DOI.fullmatch(bare) and bare != one.doi else ""
                yield warning("doi-form", place, value=one.doi, near=near)
    if is_published(instrument):
        if not instrument.source.citations:
            yield warning("no-citation", where)
        if not instrument.worded_in and not instrument.source.wording_from:
            yield warning("no-wording-source", where)


def _figures(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield reported figures without a publication, a scale or a value."""
    cited = citations_of(instrument)
    short = tuple(dict.fromkeys(in_short(one) for one in cited))
    scales = [scale.id for scale in instrument.scales]
    for number, figure in enumerate(instrument.reported, 1):
        place = f"{where}, reported figure {number}"
        if cited and not any(names(figure.source, one.text) for one in cited):
            near = near_miss(figure.source, short)
            yield warning("figure-without-citation", place, value=figure.source, near=near)
        if figure.scale and figure.scale not in scales:
            near = near_miss(figure.scale, scales)
            yield warning("unknown-scale", place, value=figure.scale, near=near)
        if not _whole(figure):
            yield warning("figure-without-value", place, value=figure.statistic)


def _whole(figure: Reported) -> bool:
    """Return whether a figure has one value, or a range from low to high."""
    if figure.value is not None:
        return figure.low is None and figure.high is None
    return figure.low is not None and figure.high is not None and figure.low <= figure.high


def _facets(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield items that do not say what they are about, or where the chapter speaks of it.

    A place is asked of our own instruments, and of one that gives some items a place.
    """
    if is_published(instrument):
        return
    placed = instrument.id.startswith(OURS) or any(item.place for item in instrument.items)
    for item in instrument.items:
        yield from _facet(item, f"{where}, item {item.id}", placed)


def _facet(item: Item, place: str, placed: bool) -> Iterator[Finding]:
    if not item.facet.strip():
        yield warning("no-facet", place)
    if placed and not item.place.strip():
        yield warning("no-place", place)
    elif item.place and not is_place(item.place):
        yield note("place-form", place, value=item.place)
