"""From the text of a cell to a code: numbers, labels in any language, "don't know", missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.instrument.model import Format
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.responses.columns import ColumnMap
from lcdiag.responses.model import DONT_KNOW, MISSING
from lcdiag.responses.sheet import Sheet
from lcdiag.responses.words import plain, unambiguous

USER_MISSING = (-99, -98, -97)
"""Not applicable, not shown, skipped: codes that survey programs write for a missing answer."""

MANY = 0.05
"""From this share of bad cells on, the coding itself is taken to be another one: an error."""

_OUT_OF_RANGE = -3
_UNREADABLE = -4
_NOTHING = frozenset({"", "na", "nan", "null", "none", "#n/a", "#null!", "missing", "-", "n.b"})
_NO_RATING = frozenset(
    {
        *("dk", "weet niet", "weet ik niet", "don't know", "dont know", "i don't know"),
        *("geen mening", "no opinion", "n.v.t", "nvt", "niet van toepassing"),
        *("n/a", "not applicable", "weet niet / n.v.t", "don't know / not applicable"),
        "?",  # the sign in the last circle of the printed form
    }
)
_WHOLE = re.compile(r"^([+-]?\d{1,6})(?:[.,]0*)?$")
_NUMBERED = re.compile(r"^(\d{1,3})\s*[-=:.)(]?\s*(.+?)\)?$")

Codes = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Key:
    """What cells may say under one response format."""

    low: int
    high: int
    labels: Mapping[str, int]
    """Plain label to code, in every language; labels that mean two codes are left out."""
    no_rating: frozenset[str]

    @classmethod
    def of(cls, form: Format) -> Key:
        """Return the key of a response format."""
        pairs = (
            (label, str(code))
            for labels in form.points.values()
            for code, label in zip(form.codes, labels, strict=False)
        )
        labels = {label: int(code) for label, code in unambiguous(pairs).items()}
        own = frozenset(plain(label) for label in form.dont_know.values())
        return cls(form.low, form.high, labels, (own | _NO_RATING) - {""})

    def code(self, cell: str) -> int:
        """Return the code of a cell, or a negative sign for why there is none."""
        text = plain(cell)
        if text in self.labels:
            return self.labels[text]
        if text in self.no_rating:
            return DONT_KNOW
        if found := _WHOLE.match(text):
            number = int(found[1])
            if self.low <= number <= self.high:
                return number
            return MISSING if number in USER_MISSING else _OUT_OF_RANGE
        if text in _NOTHING:
            return MISSING
        if (found := _NUMBERED.match(text)) and self.labels.get(plain(found[2])) == int(found[1]):
            return int(found[1])
        return _UNREADABLE


def code_cells(
    sheet: Sheet, columns: ColumnMap, questionnaire: Questionnaire
) -> tuple[Codes, tuple[Finding, ...]]:
    """Return the (n, k) codes of a sheet and remarks on cells that could not be read.

    Parameters
    ----------
    sheet : Sheet
        n rows of text.
    columns : ColumnMap
        Which column holds which item; items without a column are `MISSING`.
    questionnaire : Questionnaire
        The k items, in order.

    Returns
    -------
    codes : (n, k) array of int16
        Answers as asked; `MISSING` or `DONT_KNOW` where there is no rating. A cell that cannot be
        read counts as missing and is reported: one finding a kind and format, with the first
        places, however many there are.
    findings : tuple of Finding
        Warnings; errors where at least `MANY` of the answers under a format are affected.
    """
    codes = np.full((len(sheet), len(questionnaire.codes)), MISSING, dtype=np.int16)
    keys: dict[tuple[str, str], Key] = {}
    under: dict[tuple[str, str], list[int]] = {}
    for j, item in enumerate(questionnaire.codes):
        if item not in columns.items:
            continue
        instrument = questionnaire.instrument_of(item)
        name = (instrument.id, instrument.item(item).format)
        if name not in keys:
            keys[name] = Key.of(questionnaire.format_of(item))
        under.setdefault(name, []).append(j)
        cells = sheet.columns[columns.items[item]]
        known = {cell: keys[name].code(cell) for cell in dict.fromkeys(cells)}
        codes[:, j] = np.fromiter(map(known.__getitem__, cells), dtype=np.int16, count=len(cells))
    findings: list[Finding] = []
    for name, among in under.items():
        findings.extend(_about_bad(sheet, columns, questionnaire.codes, codes, among, keys[name]))
    codes[codes <= _OUT_OF_RANGE] = MISSING
    return codes, tuple(findings)


def _about_bad(
    sheet: Sheet,
    columns: ColumnMap,
    names: tuple[str, ...],
    codes: Codes,
    among: list[int],
    key: Key,
) -> Iterator[Finding]:
    """Yield at most one finding a kind for the items of one format."""
    part = codes[:, among]
    given = int((part != MISSING).sum())
    for sign, message in (
        (_OUT_OF_RANGE, "responses.out-of-range"),
        (_UNREADABLE, "responses.unreadable"),
    ):
        rows, positions = np.nonzero(part == sign)
        if not len(rows):
            continue
        places: list[str] = []
        values: dict[str, None] = {}
        for row, position in zip(rows[:5].tolist(), positions[:5].tolist(), strict=True):
            item = names[among[position]]
            column = columns.items[item]
            places.append(f"{item} ({sheet.cell(row, column)})")
            values[sheet.columns[column][row]] = None
        if len(rows) > len(places):
            places.append("\u2026")
        facts: dict[str, Fact] = {
            "n": len(rows),
            "places": tuple(places),
            "values": tuple(f"\u201c{_shortened(cell)}\u201d" for cell in values),
            "low": key.low,
            "high": key.high,
        }
        if sign == _UNREADABLE and (near := near_miss(_shortened(next(iter(values))), key.labels)):
            facts["near"] = near
        many = len(rows) >= max(2, MANY * given)
        facts["given"] = given
        yield Finding(
            f"{message}-many" if many else message,
            Severity.ERROR if many else Severity.WARNING,
            sheet.place,
            facts,
        )


def _shortened(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= 40 else text[:39] + "\u2026"
