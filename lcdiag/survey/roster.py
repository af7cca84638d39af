"""Reads the roster: how many people of which party sit in which community, wave by wave."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.instrument.layout import ROSTER_HEADINGS
from lcdiag.instrument.read_study import shown
from lcdiag.instrument.study import RosterRow, StudySettings

MOST_ROWS = 20_000
MOST_COLUMNS = 200

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet, read."""

    community: str
    party: str
    sector: str
    group: str
    counts: dict[int, int | None]

    @property
    def names(self) -> str:
        """Return where it stands, for a remark."""
        return ", ".join(one for one in (self.community, self.group, self.party) if one)


@dataclass
class _Columns:
    """Where the columns of the roster stand."""

    community: int = -1
    party: int = -1
    sector: int = -1
    meeting_group: int = -1
    invited: dict[int, int] = field(default_factory=dict)
    """Wave number to column."""


def read_roster(
    path: Path, settings: StudySettings
) -> tuple[tuple[RosterRow, ...], tuple[Finding, ...]]:
    """Read ``deelnemers.xlsx`` or ``participants.xlsx``.

    An empty number beside numbers of the same community and wave counts as nobody invited,
    with a warning; where a community has no number at all in a wave, there are no rows.

    Parameters
    ----------
    path : Path
        The workbook; its first sheet with the headings is read.
    settings : StudySettings
        Names that exist. Where it lists no communities or parties, those of the roster hold.

    Returns
    -------
    rows : tuple of RosterRow
        In the order of the roster, wave by wave within a row of the sheet.
    findings : tuple of Finding
        Everything that was remarked; with an error among them the rows are not to be used.
    """
    findings: list[Finding] = []
    rows = _load(path, findings)
    if rows is None:
        return (), tuple(findings)
    reader = _Reader(path.name, settings, findings)
    found = reader.read(rows)
    return tuple(found), tuple(findings)


def _load(path: Path, findings: list[Finding]) -> list[Row] | None:
    """Return the rows of the first sheet that looks like a roster."""
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions that we do not read
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            sheets: list[list[Row]] = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                limits = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS}
                sheets.append([tuple(row) for row in sheet.iter_rows(values_only=True, **limits)])
            book.close()
    except PermissionError:
        findings.append(Finding("base.file-busy", Severity.ERROR, path.name))
        return None
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,  # XML that does not parse
        EOFError,
        AttributeError,
        IndexError,
    ):
        findings.append(Finding("study.roster-not-a-workbook", Severity.ERROR, path.name))
        return None
    known = {_plain(words) for words in ROSTER_HEADINGS["community"].values()}
    for rows in sheets:
        if any(known & {_plain(cell) for cell in row} for row in rows[:5]):
            return rows
    return sheets[0] if sheets else []


class _Reader:
    """Turns the rows of the sheet into roster rows and remarks all that is wrong."""

    def __init__(self, name: str, settings: StudySettings, findings: list[Finding]) -> None:
        self.name = name
        self.settings = settings
        self.findings = findings
        self.waves = {wave.number for wave in settings.waves}
        self.communities = [one.name for one in settings.communities]
        self.parties = [one.name for one in settings.parties]
        self.sectors = {one.name: one.sector for one in settings.parties}
        self.seen: dict[tuple[str, str, str], int] = {}
        self.spelled: dict[tuple[str, str], str] = {}

    def read(self, rows: list[Row]) -> list[RosterRow]:
        start, columns = self._columns(rows)
        if columns is None:
            return []
        if len(rows) > MOST_ROWS:
            self._add("study.roster-too-long", "", limit=MOST_ROWS)
            return []
        found: list[_Line] = []
        for number, row in enumerate(rows[start + 1 :], start=start + 2):
            where = f"row {number}"
            places = (columns.community, columns.party, columns.sector, columns.meeting_group)
            community, party, sector, group = (_text(_cell(row, at)) for at in places)
            numbers = {wave: _cell(row, at) for wave, at in columns.invited.items()}
            if not (community or party or any(_text(cell) for cell in numbers.values())):
                continue
            self._names(where, community, party, group)
            self._once(where, community, party, group, number)
            sector = self._sector(where, party, sector)
            counts = {wave: self._count(where, wave, cell) for wave, cell in numbers.items()}
            found.append(_Line(community, party, sector, group, counts))
        if not found:
            self._add("study.roster-empty", "", Severity.WARNING)
        return list(self._rows(found))

    def _add(
        self, code: str, where: str, severity: Severity = Severity.ERROR, **facts: Fact
    ) -> None:
        place = f"{self.name}, {where}" if where else self.name
        self.findings.append(Finding(code, severity, place, facts))

    def _columns(self, rows: list[Row]) -> tuple[int, _Columns | None]:
        """Find the row of headings and what stands in each column."""
        wanted: dict[str, str] = {
            _plain(words): key
            for key in ("community", "party", "sector", "meeting_group")
            for words in ROSTER_HEADINGS[key].values()
        }
        start = 0
        for index, row in enumerate(rows[:5]):
            if any(wanted.get(_plain(cell)) == "community" for cell in row):
                start = index
                break
        columns = _Columns()
        options = [*wanted, *(_invited(wave) for wave in sorted(self.waves))]
        for at, cell in enumerate(rows[start] if rows else ()):
            heading = _plain(cell)
            if not heading:
                continue
            wave = self._wave(heading)
            if wave is None and heading not in wanted:
                near = near_miss(heading, options)
                where, value = f"row {start + 1}", shown(str(cell))
                self._add(
                    "study.roster-unknown-column", where, Severity.WARNING, value=value, near=near
                )
            elif wave is None:
                setattr(columns, wanted[heading], at)
            elif wave in self.waves:
                columns.invited[wave] = at
            else:
                known = ", ".join(str(number) for number in sorted(self.waves))
                self._add("study.roster-unknown-wave", f"row {start + 1}", value=wave, known=known)
        missing = [key for key in ("community", "party") if getattr(columns, key) < 0]
        for key in missing:
            self._add("study.roster-no-column", "", options=_options(key))
        if not columns.invited:
            self._add("study.roster-no-column", "", options=_options("invited"))
        return start, None if missing else columns

    def _wave(self, heading: str) -> int | None:
        for words in ROSTER_HEADINGS["invited"].values():
            stem = _plain(words.replace("{wave}", ""))
            if heading.startswith(stem) and heading[len(stem) :].strip().isdecimal():
                return int(heading[len(stem) :])
            if heading == stem.split(" ")[0] and len(self.waves) == 1:
                return next(iter(self.waves))
        return None

    def _names(self, where: str, community: str, party: str, group: str) -> None:
        named: list[tuple[str, str, list[str]]] = [
            ("community", community, self.communities),
            ("party", party, self.parties),
        ]
        if group:
            named.append(("group", group, []))
        for key, value, known in named:
            place = f"{where}, {key}"
            if not value:
                self._add(f"study.roster-no-{key}", where)
            elif any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value):
                self._add("study.control-character", place)
            elif len(value) > 200:
                self._add("study.roster-long-name", place, value=shown(value), limit=200)
            elif known and value not in known:
                near = near_miss(value, known)
                self._add(f"study.unknown-{key}", place, value=shown(value), near=near)
            elif self.spelled.setdefault((key, value.casefold()), value) != value:
                usual = self.spelled[key, value.casefold()]
                self._add("study.roster-two-spellings", place, value=shown(value), usual=usual)

    def _once(self, where: str, community: str, party: str, group: str, number: int) -> None:
        """Remark a second row of a party at one table, or in one of its meeting groups."""
        if not (community and party):
            return
        key = (community.casefold(), party.casefold(), group.casefold())
        first = self.seen.setdefault(key, number)
        if first != number:
            self._add("study.roster-twice", where, value=shown(party), row=first)

    def _sector(self, where: str, party: str, sector: str) -> str:
        """Return the sector of the party; one party has one sector in the whole study."""
        usual = self.sectors.get(party, "")
        if sector and usual and sector != usual:
            place, value = f"{where}, sector", shown(sector)
            self._add("study.roster-two-sectors", place, value=value, party=party, usual=usual)
        if not usual and sector:
            self.sectors[party] = sector
        return usual or sector

    def _count(self, where: str, wave: int, cell: object) -> int | None:
        text = _text(cell)
        if text == "":
            return None
        place = f"{where}, {_invited(wave)}"
        number = cell
        if isinstance(cell, str):
            try:
                number = float(text.replace(",", "."))
            except ValueError:
                number = None
        if isinstance(number, bool) or not isinstance(number, (int, float)) or number % 1 != 0:
            self._add("study.roster-not-a-count", place, value=shown(text))
            return None
        if not 0 <= number <= 100_000:
            self._add("study.roster-not-a-count", place, value=shown(text))
            return None
        return int(number)

    def _rows(self, found: Sequence[_Line]) -> Iterator[RosterRow]:
        """Yield the rows; a gap inside a community and wave is nobody, and remarked."""
        known = {
            (line.community, wave)
            for line in found
            for wave, count in line.counts.items()
            if count is not None
        }
        begun = {wave for _, wave in known}
        for line in found:
            for wave, count in line.counts.items():
                if (line.community, wave) not in known:
                    continue
                if count is None:
                    where = f"{line.names}, {_invited(wave)}"
                    self._add("study.roster-gap", where, Severity.WARNING)
                whose = self.sectors.get(line.party, "") or line.sector
                yield RosterRow(line.community, line.party, whose, wave, count or 0, line.group)
        listed = self.communities or list(dict.fromkeys(line.community for line in found))
        for community in listed if found else ():
            for wave in sorted(begun):
                if (community, wave) not in known:
                    where = f"{community}, {_invited(wave)}"
                    self._add("study.roster-community-unknown-number", where, Severity.WARNING)


def _cell(row: Row, at: int) -> object:
    return row[at] if 0 <= at < len(row) else None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFC", str(cell)).strip()


def _plain(cell: object) -> str:
    return " ".join(_text(cell).replace("_", " ").casefold().split())


def _invited(wave: int) -> str:
    return ROSTER_HEADINGS["invited"]["nl"].format(wave=wave)


def _options(key: str) -> str:
    return ", ".join(words.format(wave=1) for words in ROSTER_HEADINGS[key].values())
