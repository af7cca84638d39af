"""Ratings from outside the table: reads ``external.csv`` (or .xlsx) with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lcdiag.base.cells import safe_cell
from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, has_errors, near_miss
from lcdiag.importers.table import read_table
from lcdiag.instrument.layout import EXTERNAL_FILE
from lcdiag.instrument.outside import (
    OUTSIDE_HEADINGS,
    OutsideSource,
    OutsideSubject,
    source_of,
    source_words,
    subjects_of,
)
from lcdiag.instrument.study import Study
from lcdiag.responses.coding import Key
from lcdiag.responses.model import DONT_KNOW, MISSING
from lcdiag.responses.outside import OutsideRating, OutsideRatings
from lcdiag.responses.sheet import Sheet
from lcdiag.responses.words import lookup, plain

YES = frozenset({"ja", "j", "yes", "y", "true", "waar", "1", "x"})
NO = frozenset({"", "nee", "n", "no", "false", "onwaar", "0", "-"})
_NOT_RATED = frozenset({"?", ""})
_LISTED = 5


def read_external(study: Study) -> tuple[OutsideRatings, tuple[Finding, ...]]:
    """Return the ratings from outside of a study, and everything remarkable in them.

    Parameters
    ----------
    study : Study
        Its folder holds ``external.csv`` or ``external.xlsx``, or neither.

    Returns
    -------
    ratings : OutsideRatings
        Empty where a finding is an error: half a file is no picture.
    findings : tuple of Finding
        Equal faults stand in one finding, with their rows. Rows without a rating are no fault.
    """
    try:
        path = external_file(study.folder)
        if path is None:
            return OutsideRatings(), ()
        sheet, remarks = read_table(path)
    except LcdiagError as error:
        return OutsideRatings(), error.findings
    columns, about_columns = _columns(sheet)
    if about_columns:
        return OutsideRatings(), (*remarks, *about_columns)
    reader = _Reader(study, sheet, columns)
    ratings = OutsideRatings(tuple(reader.ratings()))
    findings = (*remarks, *reader.findings())
    if has_errors(findings):
        return OutsideRatings(), findings
    return ratings, (*findings, *_read(ratings, reader.open, study, sheet.place))


def external_file(folder: Path) -> Path | None:
    """Return the file with ratings from outside, or None where a study has none.

    Raises
    ------
    LcdiagError
        ``outside.two-files`` when it is there as text and as a workbook.
    """
    text = folder / EXTERNAL_FILE
    found = [path for path in (text, text.with_suffix(".xlsx")) if path.is_file()]
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise LcdiagError.single("outside.two-files", "", {"files": names})
    return found[0] if found else None


def _columns(sheet: Sheet) -> tuple[dict[str, int], list[Finding]]:
    """Return the position of each column, and what is wrong with the headings."""
    places: dict[str, list[int]] = {}
    wanted = {plain(word): key for key, one in OUTSIDE_HEADINGS.items() for word in one.values()}
    for position, heading in enumerate(sheet.header):
        if key := wanted.get(plain(heading)):
            places.setdefault(key, []).append(position)
    findings = []
    absent = [key for key in OUTSIDE_HEADINGS if key not in places and key != "share"]
    if absent:
        rest = [heading for heading in sheet.header if plain(heading) not in wanted]
        meant = [(_near_heading(key, rest), key) for key in absent]
        facts: dict[str, Fact] = {
            "missing": tuple(absent),
            "columns": tuple(f"{one['en']} / {one['nl']}" for one in OUTSIDE_HEADINGS.values()),
            "near": ", ".join(f"{near} \u2192 {key}" for near, key in meant if near),
        }
        findings.append(Finding("outside.no-column", Severity.ERROR, sheet.place, facts))
    for key, found in places.items():
        if len(found) > 1:
            facts = {"column": key}
            findings.append(Finding("outside.column-twice", Severity.ERROR, sheet.place, facts))
    return {key: found[0] for key, found in places.items()}, findings


def _near_heading(key: str, rest: list[str]) -> str:
    """Return the heading that looks most like a column in one of our languages, or ""."""
    return next(
        (near for one in OUTSIDE_HEADINGS[key].values() if (near := near_miss(one, rest))), ""
    )


def lines_there(study: Study, sheet: Sheet) -> tuple[dict[str, int], set[tuple[str, ...]]] | None:
    """Return where the columns of a sheet stand and what its lines are about, rated or not.

    Parameters
    ----------
    study : Study
        As opened.
    sheet : Sheet
        Of ratings from outside, as read.

    Returns
    -------
    tuple or None
        Position of each column, and community, wave, source and subject of each line that can be
        read; None where the headings are not clear.
    """
    columns, wrong = _columns(sheet)
    if wrong:
        return None
    return columns, set(_Reader(study, sheet, columns).keys())


@dataclass
class _Fault:
    """One kind of fault with one value, and the rows it stands in."""

    severity: Severity
    facts: dict[str, Fact]
    rows: list[str] = field(default_factory=list)


class _Reader:
    """Reads the rows of one sheet; faults are kept by kind and value."""

    def __init__(self, study: Study, sheet: Sheet, columns: dict[str, int]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._faults: dict[tuple[str, str], _Fault] = {}
        names = [one.name for one in study.settings.communities]
        self._names = names
        self._communities = lookup([safe_cell(name) for name in names]) | lookup(names)
        self._written = {safe_cell(name): name for name in names}
        self._waves = [wave.number for wave in study.settings.waves]
        self._subjects = {
            source: {one.address: one for one in subjects_of(source, study.questionnaire)}
            for source in OutsideSource
        }
        self._asked = lookup(
            (*study.questionnaire.codes, *(f"{h.id}:{s.id}" for h, s in study.questionnaire.scales))
        )
        self.open = 0

    def ratings(self) -> Iterator[OutsideRating]:
        """Yield the rows that can be read; the others leave a fault."""
        first: dict[tuple[str, int, str], str] = {}
        for number, row in zip(self._sheet.numbers, self._sheet.rows, strict=True):
            cells = {key: row[place].strip() for key, place in self._columns.items()}
            if cells["rating"] in _NOT_RATED:
                self.open += 1
                continue
            one = self._rating(cells, str(number))
            if one is None:
                continue
            key = (one.community, one.wave, one.subject)
            if one.source is OutsideSource.FACILITATOR:
                if key in first:
                    value = f"{one.subject}, {one.community}, {one.wave}"
                    self._fault("twice", value, str(number), {"first": first[key]})
                    continue
                first[key] = str(number)
            yield one

    def keys(self) -> Iterator[tuple[str, ...]]:
        """Yield community, wave, source and subject of the rows that say all four."""
        for row in self._sheet.rows:
            cells = {key: row[place].strip() for key, place in self._columns.items()}
            community, wave = self._community(cells["community"], ""), self._wave(cells["wave"], "")
            source = source_of(cells["source"])
            subject = self._subject(cells, source, "") if source else None
            if community and wave and source and subject:
                yield (community, str(wave), source.value, subject.address)

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for every kind of fault and value, in the order of the rows."""
        for (name, _), fault in self._faults.items():
            rows = fault.rows[:_LISTED]
            more = ("\u2026",) if len(fault.rows) > _LISTED else ()
            facts = fault.facts | {"rows": (*rows, *more)}
            yield Finding(f"outside.{name}", fault.severity, self._sheet.place, facts)

    def _fault(
        self,
        name: str,
        value: str,
        row: str,
        facts: dict[str, Fact] | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        text = " ".join(value.split())[:80]
        told: dict[str, Fact] = {"value": text} | (facts or {})
        self._faults.setdefault((name, text), _Fault(severity, told)).rows.append(row)

    def _rating(self, cells: dict[str, str], row: str) -> OutsideRating | None:
        """Return one row as a rating, or None where it has a fault or says "don't know"."""
        community = self._community(cells["community"], row)
        wave = self._wave(cells["wave"], row)
        source = source_of(cells["source"])
        if source is None:
            words = source_words()
            facts: dict[str, Fact] = {"options": words, "near": near_miss(cells["source"], words)}
            self._fault("unknown-source", cells["source"], row, facts)
        subject = self._subject(cells, source, row) if source else None
        rating = self._point(cells["rating"], subject, row) if subject else None
        shared = self._shared(cells.get("share", ""), source, row)
        if not (community and wave and source and subject) or rating is None or shared is None:
            return None
        if rating in (MISSING, DONT_KNOW):
            self.open += 1
            return None
        return OutsideRating(community, wave, source, subject.address, rating, shared)

    def _community(self, cell: str, row: str) -> str:
        if not cell and len(self._names) == 1:
            return self._names[0]
        if found := self._communities.get(plain(cell)):
            return self._written.get(found, found)
        facts: dict[str, Fact] = {"near": near_miss(cell, self._names)}
        self._fault("unknown-community", cell, row, facts)
        return ""

    def _wave(self, cell: str, row: str) -> int:
        if not cell and len(self._waves) == 1:
            return self._waves[0]
        number = int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 4 else 0
        if number in self._waves:
            return number
        options = tuple(str(wave) for wave in self._waves)
        self._fault("unknown-wave", cell, row, {"options": options})
        return 0

    def _subject(
        self, cells: dict[str, str], source: OutsideSource, row: str
    ) -> OutsideSubject | None:
        cell, known = cells["scale"], self._subjects[source]
        names = lookup(known)
        if plain(cell) in names:
            return known[names[plain(cell)]]
        if source is OutsideSource.FACILITATOR and plain(cell) in self._asked:
            self._fault("not-visible", cell, row)
            return None
        near = near_miss(cell, [*known, *(address.partition(":")[2] for address in known)])
        scale = next((address for address in known if address.endswith(f":{near}")), near)
        facts: dict[str, Fact] = {"near": scale if near else ""}
        name = "unknown-scale" if source is OutsideSource.FACILITATOR else "unknown-statement"
        self._fault(name if known else "nothing-to-rate", cell, row, facts)
        return None

    def _point(self, cell: str, subject: OutsideSubject, row: str) -> int | None:
        key = Key.of(subject.format)
        code = key.code(cell)
        if code >= 0 or code in (MISSING, DONT_KNOW):
            return code
        facts: dict[str, Fact] = {"low": key.low, "high": key.high, "subject": subject.address}
        self._fault("not-a-point", cell, row, facts)
        return None

    def _shared(self, cell: str, source: OutsideSource | None, row: str) -> bool | None:
        """Return whether a rating is shared; None where the cell says neither yes nor no."""
        word = plain(cell)
        if word not in YES | NO:
            self._fault("unknown-share", cell, row)
            return None
        if word in YES and source is OutsideSource.HOME:
            self._fault("share-home", cell, row, severity=Severity.WARNING)
            return False
        return word in YES


def _read(ratings: OutsideRatings, left: int, study: Study, place: str) -> list[Finding]:
    """Return notes on what was read: for whom, from whom, and what a report uses of it."""
    notes = []
    for source in OutsideSource:
        if found := ratings.by(source):
            facts: dict[str, Fact] = {
                "n": len(found),
                "communities": len(ratings.communities(source)),
                "shared": sum(one.shared for one in found),
            }
            notes.append(Finding(f"outside.read-{source.value}", Severity.NOTE, place, facts))
    minimum = study.settings.thresholds.minimum
    for (community, wave), n in ratings.people_at_home().items():
        if n < minimum:
            facts = {"community": community, "wave": wave, "minimum": minimum}
            notes.append(Finding("outside.few-at-home", Severity.NOTE, place, facts))
    if left:
        notes.append(Finding("outside.not-rated", Severity.NOTE, place, {"n": left}))
    if len(ratings):
        notes.append(Finding("outside.in-report", Severity.NOTE, place, {"minimum": minimum}))
    return notes
