"""The file ``releases.json`` of a study: what was handed out, without names or answers."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from lcdiag.base.errors import LcdiagError
from lcdiag.base.records import canonical_json, write_whole
from lcdiag.diagnosis.model import Released
from lcdiag.instrument.layout import RELEASES_FILE
from lcdiag.instrument.study import Study


class RowPrint(Released):
    """Fingerprints of one row of answers."""

    person: str
    """Of the pseudonym; "" for a row that links to nobody."""
    content: str
    """Of all answers of the row together, and its place among rows with equal answers."""


class CellGroup(Released):
    """Released cells of one unit that rest on the same rows."""

    kind: Literal["community", "meeting_group", "sector", "party"]
    name: str = ""
    subjects: tuple[str, ...]
    rows: str
    """Which rows of the entry, as a hexadecimal number with one bit a row."""


class Entry(Released):
    """What one report told of one community in one wave."""

    made: str
    report: str
    """Digest of the report."""
    community: str
    wave: int
    columns: str
    """Digest of the questions that were answered; other ones make contents incomparable."""
    rows: tuple[RowPrint, ...]
    cells: tuple[CellGroup, ...]


class Withdrawn(Released):
    """An entry that was never handed out, and the report that took its place."""

    made: str
    report: str
    community: str
    wave: int
    replaced_on: str
    replaced_by: str


class Releases(Released):
    """The whole file."""

    schema_: Literal["lcdiag/releases/1"] = Field(default="lcdiag/releases/1", alias="schema")
    salt: str = Field(min_length=16)
    entries: tuple[Entry, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()


def releases_path(study: Study) -> Path:
    """Return where the file stands, whether or not it is there."""
    return study.folder / RELEASES_FILE


def read_releases(study: Study) -> Releases | None:
    """Return what was handed out before, or None where nothing was.

    Raises
    ------
    LcdiagError
        ``releases.unreadable``: the file is there and is not what lcdiag wrote.
    """
    path = releases_path(study)
    if not path.is_file():
        return None
    try:
        return Releases.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError, OSError) as error:
        raise LcdiagError.single("releases.unreadable", str(path)) from error


def write_releases(study: Study, releases: Releases) -> Path:
    """Write the file whole and return its path."""
    text = canonical_json(releases.model_dump(mode="json", by_alias=True))
    return write_whole(releases_path(study), text + "\n")
