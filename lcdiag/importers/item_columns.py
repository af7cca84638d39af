"""Items by the names of their columns, from any table, without an instrument file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, has_errors, near_miss
from lcdiag.importers.table import read_table
from lcdiag.responses.sheet import Sheet

Floats = npt.NDArray[np.float64]

NO_ANSWER = frozenset({"", "na", "nan", "n/a", "#n/a", "null", "none", "."})
"""Cells that mean: nothing was answered; capitals do not matter."""

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_RANGE = re.compile(
    r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:-|\u2013|\.\.)\s*(-?\d+(?:[.,]\d+)?)\s*\Z", re.ASCII
)
_LISTED = 5


@dataclass(frozen=True)
class ItemChoice:
    """Which columns are wanted, as they were typed.

    Attributes
    ----------
    items : tuple of str
        One text a scale: ``"s1:s7"``, ``"s1,s4,s9"``, or both mixed. A range runs in the order of
        the file.
    reversed_items : str
        Names as in `items`, or "".
    limits : str
        Lowest and highest option, ``"1-7"``, or "".
    groups : tuple of str
        Columns with labels.
    missing : str
        Further cells that mean no answer, with commas between them.
    person, seconds : str
        Column that names each row; column with how long it took; or "".
    """

    items: tuple[str, ...]
    reversed_items: str = ""
    limits: str = ""
    groups: tuple[str, ...] = ()
    missing: str = ""
    person: str = ""
    seconds: str = ""


@dataclass(frozen=True, eq=False)
class ItemTable:
    """The chosen columns as numbers.

    Attributes
    ----------
    place : str
        The file, for messages.
    names : tuple of str
        Headings of the items, k in all.
    scales : tuple of tuple of int
        Positions of the items of each scale that was asked for.
    raw, turned : array, shape (n, k)
        As they stand in the file; with the reversed items turned round. NaN = no answer.
    turned_items : tuple of int
        Positions of the reversed items.
    limits : tuple of float or None
        Lowest and highest option.
    groups : mapping of str to array of str, shape (n,)
        Labels, never empty: rows without a label are left out.
    persons : array of str, shape (n,)
        Names of the rows, or their numbers in the file.
    seconds : array, shape (n,), or None
        How long each row took.
    """

    place: str
    names: tuple[str, ...]
    scales: tuple[tuple[int, ...], ...]
    raw: Floats
    turned: Floats
    turned_items: tuple[int, ...]
    limits: tuple[float, float] | None
    groups: dict[str, npt.NDArray[np.str_]]
    persons: npt.NDArray[np.str_]
    seconds: Floats | None

    def scale(self, number: int) -> Floats:
        """Return the turned items of one scale, (n, j)."""
        return np.asarray(self.turned[:, list(self.scales[number])])


@dataclass
class _Reader:
    """Reads columns and gathers everything that is wrong with them."""

    sheet: Sheet
    unanswered: frozenset[str]
    found: list[Finding] = field(default_factory=list)

    def fault(self, code: str, where: str = "", **facts: Fact) -> None:
        self.found.append(Finding(f"itemcolumns.{code}", Severity.ERROR, where, facts))

    def column(self, name: str) -> int | None:
        """Return the position of a heading, by its exact words or else whatever its capitals."""
        header = self.sheet.header
        plain = [head.casefold() for head in header]
        for heads, wanted in ((list(header), name), (plain, name.casefold())):
            places = [at for at, head in enumerate(heads) if head == wanted]
            if len(places) == 1:
                return places[0]
            if places:
                self.fault("heading-twice", self.sheet.place, value=name)
                return None
        near = near_miss(name, [head for head in header if head])
        self.fault("unknown", self.sheet.place, value=name, near=near)
        return None

    def columns(self, text: str) -> list[int]:
        """Return the positions that a text such as ``"s1:s3,s9"`` asks for, in its order."""
        places: list[int] = []
        for part in (piece.strip() for piece in text.split(",")):
            if not part:
                continue
            first, colon, last = part.partition(":")
            if not colon or part in self.sheet.header:
                one = self.column(part)
                places += [] if one is None else [one]
                continue
            start, end = self.column(first.strip()), self.column(last.strip())
            if start is None or end is None:
                continue
            if end < start:
                self.fault("range-backwards", self.sheet.place, value=part)
                continue
            places += range(start, end + 1)
        return places

    def numbers(self, at: int) -> Floats:
        """Return a column as numbers, NaN for no answer; each cell's text is read once."""
        cells = self.sheet.columns[at]
        known = {cell: self._number(cell) for cell in set(cells)}
        wrong = [row for row, cell in enumerate(cells) if known[cell] is None]
        if wrong:
            self.about_cells("not-a-number", at, wrong)
        return np.array([known[cell] for cell in cells], dtype=np.float64)

    def _number(self, cell: str) -> float | None:
        text = cell.strip()
        if text.casefold() in self.unanswered:
            return float("nan")
        return float(text.replace(",", ".")) if _NUMBER.match(text) else None

    def about_cells(self, code: str, at: int, rows: Sequence[int], **facts: Fact) -> None:
        first = [f"{self.sheet.cell(row, at)} “{self.sheet.rows[row][at]}”" for row in rows]
        facts |= {"count": len(rows), "cells": ", ".join(first[:_LISTED])}
        self.fault(code, f"{self.sheet.place}, {self.sheet.header[at]}", **facts)


def read_item_columns(path: Path, choice: ItemChoice) -> tuple[ItemTable, tuple[Finding, ...]]:
    """Return the chosen columns of a CSV, TSV or XLSX file, with remarks.

    Raises
    ------
    LcdiagError
        With everything that is wrong at once: unknown columns, cells that are no numbers, answers
        outside the stated options.
    """
    sheet, remarks = read_table(path)
    words = {word.strip().casefold() for word in choice.missing.split(",") if word.strip()}
    reader = _Reader(sheet, NO_ANSWER | words)
    limits = _limits(choice.limits, reader)
    scales = [reader.columns(text) for text in choice.items]
    _once(scales, reader)
    turned = reader.columns(choice.reversed_items)
    places = list(dict.fromkeys(at for scale in scales for at in scale))
    for at in turned:
        if at not in places:
            reader.fault("not-an-item", sheet.place, value=sheet.header[at])
    if turned and limits is None and not choice.limits.strip():
        reader.fault("range-needed", sheet.place)
    labels = {name: _labels(reader, name) for name in choice.groups}
    persons = _labels(reader, choice.person) if choice.person else None
    columns = [reader.numbers(at) for at in places]
    taken = reader.column(choice.seconds) if choice.seconds else None
    seconds = None if taken is None else reader.numbers(taken)
    if limits is not None:
        _within(limits, places, columns, reader)
    if not places and not reader.found:
        reader.fault("none", sheet.place)
    if has_errors(reader.found):
        raise LcdiagError((*remarks, *reader.found))
    raw = np.column_stack(columns) if columns else np.empty((len(sheet), 0))
    position = {at: number for number, at in enumerate(places)}
    numbers = np.array([str(number) for number in sheet.numbers])
    table = ItemTable(
        sheet.place,
        tuple(sheet.header[at] for at in places),
        tuple(tuple(position[at] for at in scale) for scale in scales),
        raw,
        _turn(raw, [position[at] for at in turned], limits),
        tuple(position[at] for at in turned),
        limits,
        {name: cells for name, cells in labels.items() if cells is not None},
        numbers if persons is None else persons,
        seconds,
    )
    return _labelled(table, remarks)


def _limits(text: str, reader: _Reader) -> tuple[float, float] | None:
    if not text.strip():
        return None
    read = _RANGE.match(text)
    low, high = (float(part.replace(",", ".")) for part in read.groups()) if read else (0.0, 0.0)
    if low < high:
        return low, high
    reader.fault("bad-range", "--range", value=text)
    return None


def _once(scales: Iterable[Sequence[int]], reader: _Reader) -> None:
    """Remark on items that one scale names twice."""
    for scale in scales:
        twice = [at for at in dict.fromkeys(scale) if scale.count(at) > 1]
        for at in twice:
            reader.fault("chosen-twice", reader.sheet.place, value=reader.sheet.header[at])


def _labels(reader: _Reader, name: str) -> npt.NDArray[np.str_] | None:
    at = reader.column(name)
    if at is None:
        return None
    return np.array([cell.strip() for cell in reader.sheet.columns[at]], dtype=np.str_)


def _within(
    limits: tuple[float, float], places: Sequence[int], columns: Sequence[Floats], reader: _Reader
) -> None:
    low, high = limits
    for at, values in zip(places, columns, strict=True):
        rows = np.flatnonzero((values < low) | (values > high)).tolist()
        if rows:
            facts = {"low": f"{low:g}", "high": f"{high:g}"}
            reader.about_cells("outside-range", at, rows, **facts)


def _turn(raw: Floats, turned: Sequence[int], limits: tuple[float, float] | None) -> Floats:
    copy = raw.copy()
    if limits is not None:
        copy[:, list(turned)] = limits[0] + limits[1] - copy[:, list(turned)]
    return copy


def _labelled(
    table: ItemTable, remarks: tuple[Finding, ...]
) -> tuple[ItemTable, tuple[Finding, ...]]:
    """Leave out the rows that lack a label, and say how many."""
    kept = np.ones(len(table.raw), dtype=bool)
    for cells in table.groups.values():
        kept &= cells != ""
    if kept.all():
        return table, remarks
    facts: dict[str, Fact] = {"count": int((~kept).sum()), "column": ", ".join(table.groups)}
    note = Finding("itemcolumns.no-label", Severity.NOTE, table.place, facts)
    return replace(
        table,
        raw=table.raw[kept],
        turned=table.turned[kept],
        groups={name: cells[kept] for name, cells in table.groups.items()},
        persons=table.persons[kept],
        seconds=None if table.seconds is None else table.seconds[kept],
    ), (*remarks, note)
