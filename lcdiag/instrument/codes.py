"""What survey tools, spreadsheets and statistics programs do to column codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lcdiag.base.findings import Finding
from lcdiag.instrument.layout import BACKGROUND, BACKGROUND_HEADINGS
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.remark import error, note, warning

SPSS_WORDS = frozenset(
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]
)
"""SPSS refuses these as the name of a variable, in capitals or not."""

_DATE = re.compile(
    r"(?:jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sep|sept|oct|okt|nov|dec)_?\d{1,4}",
    re.IGNORECASE,
)
"""Excel turns ``mar1`` into the first of March when it opens a CSV file, without a word."""
_LOGICAL = frozenset(("true", "false", "waar", "onwaar"))


def codes_of(instrument: Instrument) -> list[str]:
    """Return the columns of an instrument: its items, then its open questions."""
    return [item.id for item in instrument.items] + [
        question.id for question in instrument.open_questions
    ]


def check_codes(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield codes that two columns share, or that would not survive another program.

    What no tool can take (more than 20 characters, a digit in front, other signs) cannot be
    read from a file to begin with; see `lcdiag.instrument.model.ColumnCode`.

    Parameters
    ----------
    instrument : Instrument
        Whole, or what could be read of it.
    where : str
        How the reader knows it.
    """
    codes = codes_of(instrument)
    for code in repeated(code.casefold() for code in codes):
        yield error("duplicate-code", f"{where}, item {code}", code=code)
    reserved = {name.casefold() for name in BACKGROUND} | {
        heading.casefold() for words in BACKGROUND_HEADINGS.values() for heading in words.values()
    }
    bare = Counter(code.casefold().replace("_", "") for code in set(codes))
    for code in dict.fromkeys(codes):
        place = f"{where}, item {code}"
        if code.casefold() in reserved:
            yield error("reserved-code", place, code=code)
        if code.upper() in SPSS_WORDS:
            yield warning("code-spss", place, code=code)
        if _DATE.fullmatch(code) or code.casefold() in _LOGICAL:
            yield warning("code-spreadsheet", place, code=code)
        if "_" in code:
            left = code.replace("_", "")
            taken = bare[left.casefold()] > 1
            rule = "code-merged" if taken else "code-cut"
            yield warning(rule, place, code=code, left=left)
        if code != code.lower():
            yield note("code-capitals", place, code=code, lower=code.lower())


def repeated(names: Iterable[str]) -> list[str]:
    """Return the names that come more than once, in order."""
    return [name for name, count in Counter(names).items() if count > 1]
