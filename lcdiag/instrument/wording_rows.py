"""Which row of a wording sheet says what: sentences by code, and a few rows with a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lcdiag.instrument.model import Format, Instrument
from lcdiag.instrument.worded import Change

ROW_NAMES: dict[str, dict[str, str]] = {
    "title": {"nl": "titel", "en": "title"},
    "instruction": {"nl": "instructie", "en": "instruction"},
    "source": {"nl": "bron", "en": "source"},
    "permission": {"nl": "toestemming", "en": "permission"},
    "date": {"nl": "datum", "en": "date"},
    "changed": {"nl": "gewijzigd", "en": "changed"},
}
"""Names that stand in the column of the codes, in every language that we write."""

POINT_NAMES = {"nl": "punt", "en": "point"}
DONT_KNOW_NAMES = {"nl": "weet-niet", "en": "dont-know"}

CHANGE_NAMES: dict[Change, dict[str, str]] = {
    Change.NOTHING: {"nl": "niets", "en": "nothing"},
    Change.TRANSLATED: {"nl": "vertaald", "en": "translated"},
    Change.ADAPTED: {"nl": "aangepast", "en": "adapted"},
}

_OF_FORMAT = re.compile(
    r"^(?P<kind>[a-z]+(?:-[a-z]+)?)(?:[-_ ]?(?P<number>\d+))?(?: *\((?P<name>[^()]+)\))?$"
)
_LISTED = ("instrument", "language", "version", "digest")
_TOP_KEYS = ("sentences", "points", "dont_know", "permission", *_LISTED)


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One row of a sheet, or one key of a file, as its author wrote it."""

    key: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a row is about.

    Attributes
    ----------
    kind : str
        ``"item"``, ``"point"``, ``"dont-know"``, a key of `ROW_NAMES`, or "" where unknown.
    name : str
        The item code, or the response format.
    code : int
        The code of a point.
    """

    kind: str
    name: str = ""
    code: int = 0


def row_name(kind: str, language: str) -> str:
    """Return how a sheet in a language calls a row."""
    names = ROW_NAMES[kind]
    return names.get(language, names["en"])


def point_name(record: Instrument, name: str, code: int, language: str) -> str:
    """Return how a sheet calls the row of a point; with the format where there are several."""
    return f"{POINT_NAMES.get(language, POINT_NAMES['en'])}-{code}{_of(record, name)}"


def dont_know_name(record: Instrument, name: str, language: str) -> str:
    """Return how a sheet calls the row of "don't know"."""
    return f"{DONT_KNOW_NAMES.get(language, DONT_KNOW_NAMES['en'])}{_of(record, name)}"


def _of(record: Instrument, name: str) -> str:
    return f" ({name})" if len(formats_used(record)) > 1 else ""


def formats_used(record: Instrument) -> dict[str, Format]:
    """Return the response formats that an item has, by name."""
    used = {item.format for item in record.items}
    return {name: one for name, one in record.formats.items() if name in used}


def target_of(key: str, record: Instrument) -> Target:
    """Return what a row is about; capitals and blanks around it make no difference."""
    plain = key.strip().casefold()
    for item in record.items:
        if item.id.casefold() == plain:
            return Target("item", item.id)
    for kind, names in ROW_NAMES.items():
        if plain in names.values():
            return Target(kind)
    found = _OF_FORMAT.match(plain)
    if not found:
        return Target("")
    formats = {name.casefold(): name for name in formats_used(record)}
    only = next(iter(formats.values())) if len(formats) == 1 else ""
    name = formats.get(found["name"].strip(), "") if found["name"] else only
    if found["kind"] in POINT_NAMES.values() and found["number"] and name:
        return Target("point", name, int(found["number"]))
    if found["kind"] in DONT_KNOW_NAMES.values() and not found["number"] and name:
        return Target("dont-know", name)
    return Target("")


def all_names(record: Instrument, language: str) -> tuple[str, ...]:
    """Return every name that a row can have, in a language, for near misses."""
    names = [item.id for item in record.items]
    names += [row_name(kind, language) for kind in ROW_NAMES]
    for name, one in formats_used(record).items():
        names += [point_name(record, name, code, language) for code in one.codes]
        names.append(dont_know_name(record, name, language))
    return tuple(names)


def rows_of_toml(
    raw: Mapping[str, Any], record: Instrument, where: str
) -> tuple[tuple[WordingRow, ...], tuple[str, ...]]:
    """Return the rows that a TOML file amounts to, and the keys that hold no text.

    Parameters
    ----------
    raw : mapping
        The content: either codes with sentences at the top, or the tables in which attached
        sentences are kept (``sentences``, ``points``, ``dont_know``, ``permission``).
    record : Instrument
        The record that the sentences belong to.
    where : str
        How the reader knows the file.
    """
    found: list[WordingRow] = []
    other: list[str] = []

    def take(key: str, value: object, place: str) -> None:
        if isinstance(value, str):
            found.append(WordingRow(key, value, f"{where}, {place}"))
        elif hasattr(value, "isoformat"):  # TOML has dates of its own
            found.append(WordingRow(key, value.isoformat(), f"{where}, {place}"))
        else:
            other.append(place)

    for key, value in raw.items():
        if key not in _TOP_KEYS:
            take(key, value, key)
    table = raw.get("sentences", {})
    for key, value in table.items() if isinstance(table, Mapping) else ():
        take(key, value, f"sentences, {key}")
    permission = raw.get("permission", {})
    if isinstance(permission, Mapping):
        for key, value in permission.items():
            take("permission" if key == "name" else key, value, f"permission, {key}")
    else:
        take("permission", permission, "permission")
    _answers(raw, record, take)
    tables = [name for name in ("sentences",) if not isinstance(raw.get(name, {}), Mapping)]
    return tuple(found), (*other, *tables)


def _answers(raw: Mapping[str, Any], record: Instrument, take: Any) -> None:
    """Take the labels of points and of "don't know": one for the only format, or by format."""
    used = formats_used(record)
    for key in ("points", "dont_know"):
        value = raw.get(key, {})
        if not isinstance(value, Mapping):
            value = dict.fromkeys(used, value) if len(used) == 1 else {key: value}
        for name, labels in value.items():
            place = f"{key}, {name}"
            if key == "dont_know":
                take(f"dont-know ({name})", labels, place)
            elif not isinstance(labels, list):
                take(f"point-0 ({name})", None, place)
            else:
                low = used[name].low if name in used else 0
                for number, label in enumerate(labels):
                    take(f"point-{low + number} ({name})", label, f"{place}, {number + 1}")
