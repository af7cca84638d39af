"""What a claim rests on: a citation named in short, or a place in the chapter."""

from __future__ import annotations

import re

from lcdiag.instrument.model import Citation, Instrument

_PLACE = re.compile(r"4\.[0-5], par\. [1-9]\d?(?:; 4\.[0-5], par\. [1-9]\d?)*")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d[a-z]?\b")
_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NO_NAME = frozenset(("et", "al", "en", "and", "und"))


def is_place(text: str) -> bool:
    """Return whether a text is one or more places in the chapter: section and paragraph."""
    return _PLACE.fullmatch(text) is not None


def citations_of(instrument: Instrument) -> tuple[Citation, ...]:
    """Return every citation of an instrument: of the scale, of its facets, of its evidence."""
    source = instrument.source
    return (*source.citations, *source.modelled_on, *instrument.validation.citations)


def names(short: str, text: str) -> bool:
    """Return whether "Edmondson (1999)" is about this reference: its names and its year."""
    years = _YEAR.findall(short)
    named = [name.casefold() for name in _NAME.findall(_YEAR.sub(" ", short))]
    there = {name.casefold() for name in _NAME.findall(text)}
    wanted = {name for name in named if name not in _NO_NAME}
    return (
        bool(years) and bool(wanted) and set(years) <= set(_YEAR.findall(text)) and wanted <= there
    )


def in_short(citation: Citation) -> str:
    """Return a reference in short: its first name and its year."""
    name, year = _NAME.search(citation.text), _YEAR.search(citation.text)
    return f"{name[0]} ({year[0]})" if name and year else citation.text
