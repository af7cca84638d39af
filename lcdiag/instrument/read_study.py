"""Reads study.toml into settings, with every mistake in it at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.base.text import languages
from lcdiag.instrument.shape import shape_findings, validate
from lcdiag.instrument.study import StudySettings
from lcdiag.instrument.tomlfile import load_toml

Place = tuple[int | str, ...]


def read_settings(path: Path) -> StudySettings:
    """Read a ``study.toml``.

    Names of communities, parties and sectors are stripped and composed (Unicode NFC), so that
    the same name typed on two machines is the same name here.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    StudySettings
        Valid in itself: the set and the instruments exist, names are unique.

    Raises
    ------
    LcdiagError
        With all findings at once: ``instrument.*`` for syntax, keys and types (the same words
        as for an instrument file), ``study.*`` for what does not fit together.
    """
    from pydantic import ValidationError

    path = Path(path)
    raw = tidy(load_toml(path))
    if isinstance(raw.get("communities"), list):  # a bare name is enough for a community
        named = [{"name": one} if isinstance(one, str) else one for one in raw["communities"]]
        raw["communities"] = named
    findings: list[Finding] = []
    settings = None
    try:
        settings = cast(StudySettings, validate(StudySettings, raw))
    except ValidationError as error:
        findings.extend(shape_findings(StudySettings, raw, error, path.name))
    check = _Check(path.name, path.parent, raw)
    findings.extend(check.all())
    if settings is None or findings:
        raise LcdiagError([*findings, *check.parts()])
    return settings


class _Check:
    """What the types cannot say, looked for in the raw content so that it is found at once."""

    def __init__(self, name: str, folder: Path, raw: dict[str, Any]) -> None:
        self.name = name
        self.folder = folder
        self.raw = raw

    def all(self) -> Iterator[Finding]:
        yield from self._signs(self.raw, ())
        yield from self._languages()
        yield from self._questions()
        for table, key in (("communities", "name"), ("parties", "name"), ("waves", "number")):
            yield from self._unique(table, key)
        yield from self._sectors()
        yield from self._agreement()
        for location, text in self._dates():
            if not is_date(text):
                yield self._error("study.not-a-date", location, value=shown(text))
        limits = self._table("thresholds")
        low, exact = limits.get("minimum", 5), limits.get("exact", 10)
        if isinstance(low, int) and isinstance(exact, int) and exact < low:
            yield self._error(
                "study.exact-below-minimum", ("thresholds", "exact"), value=exact, minimum=low
            )

    def _error(self, code: str, location: Place, **facts: Fact) -> Finding:
        parts = [f"row {one + 1}" if isinstance(one, int) else one for one in location]
        return Finding(code, Severity.ERROR, ", ".join([self.name, *parts]), facts)

    def _table(self, key: str) -> dict[str, Any]:
        found = self.raw.get(key)
        return found if isinstance(found, dict) else {}

    def _rows(self, key: str) -> list[dict[str, Any]]:
        found = self.raw.get(key)
        rows = found if isinstance(found, list) else []
        return [row if isinstance(row, dict) else {} for row in rows]

    def _texts(self, key: str) -> list[str]:
        found = self.raw.get(key)
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    def _signs(self, value: Any, location: Place) -> Iterator[Finding]:
        """Spreadsheets and web pages cannot carry control characters."""
        if isinstance(value, str):
            allowed = "\n" if location[:1] in (("purpose",), ("contact",)) else ""
            if any(unicodedata.category(one) in ("Cc", "Cs") for one in value if one != allowed):
                yield self._error("study.control-character", location)
        elif isinstance(value, dict):
            for key, inside in value.items():
                yield from self._signs(inside, (*location, key))
        elif isinstance(value, list):
            for index, inside in enumerate(value):
                yield from self._signs(inside, (*location, index))

    def _languages(self) -> Iterator[Finding]:
        known = languages()
        asked = self._texts("languages")
        if self.raw.get("languages") == []:
            yield self._error("study.no-language", ("languages",), options=", ".join(known))
        for code in _twice(asked):
            yield self._error("study.language-twice", ("languages",), value=code)
        places: list[tuple[str, Place]] = [(code, ("languages",)) for code in asked]
        places += [(code, ("purpose", code)) for code in self._table("purpose")]
        for index, row in enumerate(self._rows("waves")):
            title = row.get("title")
            if isinstance(title, dict):
                places += [(code, ("waves", index, "title", code)) for code in title]
        for code, location in places:
            if code not in known:
                yield self._error(
                    "study.unknown-language",
                    location,
                    value=shown(code),
                    options=", ".join(known),
                    near=near_miss(code, known),
                )

    def _questions(self) -> Iterator[Finding]:
        from lcdiag.instrument.catalogue import instrument_ids, set_ids

        chosen, blocks = self.raw.get("set", ""), self._texts("instruments")
        if not chosen and not blocks:
            yield self._error("study.nothing-asked", (), options=", ".join(set_ids()))
        if isinstance(chosen, str) and chosen and chosen not in set_ids():
            yield self._error(
                "study.unknown-set",
                ("set",),
                value=shown(chosen),
                options=", ".join(set_ids()),
                near=near_miss(chosen, set_ids()),
            )
        for block in _twice(blocks):
            yield self._error("study.instrument-twice", ("instruments",), value=shown(block))
        for source in dict.fromkeys(block_source(block) for block in blocks):
            if self._is_there(source):
                continue
            if is_file(source):
                yield self._error("study.no-instrument-file", ("instruments",), value=source)
            else:
                yield self._error(
                    "study.unknown-instrument",
                    ("instruments",),
                    value=shown(source),
                    near=near_miss(source, instrument_ids()),
                )

    def parts(self) -> list[Finding]:
        """Return what is wrong inside the files and instruments that are there.

        Composing says the same; these are for a study that does not come so far.
        """
        from lcdiag.instrument.compose import block_findings

        blocks = dict.fromkeys(self._texts("instruments"))
        there = [one for one in blocks if self._is_there(block_source(one))]
        return block_findings(there, self.folder)

    def _is_there(self, source: str) -> bool:
        from lcdiag.instrument.catalogue import instrument_ids

        return (self.folder / source).is_file() if is_file(source) else source in instrument_ids()

    def _unique(self, table: str, key: str) -> Iterator[Finding]:
        first: dict[Any, int] = {}
        for index, row in enumerate(self._rows(table)):
            value = row.get(key)
            if not isinstance(value, (str, int)) or value == "":
                continue
            same = value.casefold() if isinstance(value, str) else value
            if same in first:
                location: Place = (table, index, key)
                facts: dict[str, Fact] = {"value": shown(value), "row": first[same] + 1}
                yield self._error("study.named-twice", location, **facts)
            first.setdefault(same, index)

    def _sectors(self) -> Iterator[Finding]:
        spelled: dict[str, str] = {}
        for index, row in enumerate(self._rows("parties")):
            sector = row.get("sector")
            if isinstance(sector, str) and sector:
                usual = spelled.setdefault(sector.casefold(), sector)
                if usual != sector:
                    location: Place = ("parties", index, "sector")
                    yield self._error(
                        "study.sector-two-spellings", location, value=shown(sector), usual=usual
                    )

    def _agreement(self) -> Iterator[Finding]:
        names = [row["name"] for row in self._rows("parties") if isinstance(row.get("name"), str)]
        agreed = self._table("small_parties").get("agreed_by")
        for one in agreed if isinstance(agreed, list) and names else ():
            if isinstance(one, str) and one not in names:
                yield self._error(
                    "study.unknown-party",
                    ("small_parties", "agreed_by"),
                    value=shown(one),
                    near=near_miss(one, names),
                )
        yield from self._agreed_minimum()

    def _agreed_minimum(self) -> Iterator[Finding]:
        """Look at the agreed minimum; whether every party consented is known with the roster."""
        agreement = self._table("small_parties")
        minimum = agreement.get("minimum")
        if not isinstance(minimum, int) or minimum < 3:
            return  # the types say so
        usual = self._table("thresholds").get("minimum", 5)
        least = usual if isinstance(usual, int) else 5
        place: Place = ("small_parties", "minimum")
        if (rows := agreement.get("report_by")) in ("none", "group"):
            code = "agreement.minimum-without-rows"
            yield self._error(code, place, value=minimum, report_by=str(rows))
        if minimum >= least:
            return
        if not agreement.get("agreed_by"):
            yield self._error("agreement.nobody-agreed", place, value=minimum, minimum=least)
        if not agreement.get("agreed_on"):
            yield self._error("agreement.no-date", place, value=minimum, minimum=least)

    def _dates(self) -> Iterator[tuple[Place, str]]:
        agreed = self._table("small_parties").get("agreed_on")
        if isinstance(agreed, str) and agreed:
            yield ("small_parties", "agreed_on"), agreed
        for index, row in enumerate(self._rows("waves")):
            text = row.get("date")
            if isinstance(text, str) and text:
                yield ("waves", index, "date"), text


def block_source(block: str) -> str:
    """Return the instrument or file of a block such as ``"./own.toml:safety"``."""
    head, sign, _ = block.rpartition(":")
    return head if sign and len(head) > 1 else block


def is_file(source: str) -> bool:
    """Return whether a block names a file of the study instead of an instrument we ship."""
    return source.endswith(".toml") or "/" in source or "\\" in source


def shown(value: object) -> str:
    """Return a value short enough for a sentence."""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def tidy(value: Any) -> Any:
    """Strip and compose every text, and write TOML's own dates as text."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: tidy(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [tidy(inside) for inside in value]
    return value


def _twice(values: Iterable[str]) -> list[str]:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return [value for value, count in found.items() if count > 1]


def is_date(text: str) -> bool:
    """Return whether a text is an ISO date such as ``2026-11-14``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
