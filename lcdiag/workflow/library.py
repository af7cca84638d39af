"""What researchers and authors do with instruments: list, check, read, lay out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lcdiag.instrument.codebook import Codebook
    from lcdiag.instrument.codebook_text import Line
    from lcdiag.instrument.model import Instrument, ReadySet

Kind = Literal["own", "published", "set"]
FORMATS = ("html", "csv", "xlsx", "ddi", "text")
SUFFIXES = {".html": "html", ".csv": "csv", ".xlsx": "xlsx", ".xml": "ddi", ".txt": "text"}
"""Which codebook a file's ending asks for."""
_WEAKEST_FIRST = (
    "structure-only",
    "experimental",
    "adapted",
    "translated",
    "validated-elsewhere",
    "supported-here",
    "validated",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of the library.

    Attributes
    ----------
    kind : str
        ``"own"``, ``"published"`` or ``"set"``.
    id : str
        What commands and studies call it.
    title : mapping
        Language to title.
    languages : tuple of str
        Languages of titles, labels and explanations.
    worded_in : tuple of str
        Languages in which its sentences are here; none for a record without sentences.
    items, open_questions : int
        How much is asked.
    minutes : int
        The stated time of a set; for an instrument by the plain rule.
    status : str
        The status that holds, the weakest of a set; ``structure-only`` without sentences.
    """

    kind: Kind
    id: str
    title: Mapping[str, str]
    languages: tuple[str, ...]
    worded_in: tuple[str, ...]
    items: int
    open_questions: int
    minutes: int
    status: str


def library_entries() -> tuple[Entry, ...]:
    """Return a line for each own instrument, each published record and each ready-made set."""
    from lcdiag.instrument.catalogue import (
        open_instrument,
        open_set,
        own_ids,
        published_ids,
        set_ids,
    )

    named: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("own", own_ids()),
        ("published", published_ids()),
    )
    listed = [_entry(kind, open_instrument(name)) for kind, names in named for name in names]
    return (*listed, *(_set_entry(open_set(name)) for name in set_ids()))


def _entry(kind: Kind, one: Instrument) -> Entry:
    from lcdiag.instrument.minutes import minutes_for
    from lcdiag.instrument.status import status_name

    return Entry(
        kind=kind,
        id=one.id,
        title=one.title,
        languages=one.languages,
        worded_in=one.worded_in,
        items=len(one.items),
        open_questions=len(one.open_questions),
        minutes=minutes_for(len(one.items), len(one.open_questions)),
        status=status_name(one),
    )


def _set_entry(ready: ReadySet) -> Entry:
    from lcdiag.instrument.compose import compose_set
    from lcdiag.instrument.status import status_name

    asked = compose_set(ready, ())
    homes = asked.instruments
    shared = [one for one in homes[0].languages if all(one in home.languages for home in homes)]
    return Entry(
        kind="set",
        id=ready.id,
        title=ready.title,
        languages=tuple(shared),
        worded_in=tuple(one for one in shared if all(one in home.worded_in for home in homes)),
        items=len(asked.items),
        open_questions=len(asked.open_questions),
        minutes=asked.minutes,
        status=min((status_name(home) for home in homes), key=_WEAKEST_FIRST.index),
    )


def open_codebook(name: str) -> Codebook:
    """Return the codebook of anything that asks questions.

    Parameters
    ----------
    name : str
        The id of an instrument or of a ready-made set, an instrument file of one's own
        (``own.toml``), or a study: its folder or its ``study.toml``.

    Raises
    ------
    LcdiagError
        ``codebook.unknown-name`` with a near miss, or everything that is wrong with the file or
        the study.
    """
    from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids
    from lcdiag.instrument.codebook_make import codebook, set_codebook
    from lcdiag.instrument.compose import compose_set
    from lcdiag.instrument.layout import STUDY_FILE

    if name in instrument_ids():
        return codebook(open_instrument(name))
    if name in set_ids():
        ready = open_set(name)
        return set_codebook(ready, compose_set(ready, _languages(ready)))
    path = Path(name)
    if path.is_dir() or path.name == STUDY_FILE:
        return _study_codebook(path)
    if name.casefold().endswith(".toml"):
        return codebook(open_instrument(path))
    raise _unknown(name, (*instrument_ids(), *set_ids()))


def _languages(ready: ReadySet) -> tuple[str, ...]:
    """Return the languages that all instruments of a set have."""
    return _set_entry(ready).languages


def _study_codebook(path: Path) -> Codebook:
    from lcdiag.api import open_study
    from lcdiag.instrument.codebook_make import study_codebook

    return study_codebook(open_study(path))


def _unknown(value: str, known: tuple[str, ...]) -> Exception:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import near_miss

    facts = {"value": value}
    if near := near_miss(value, known):
        facts["near"] = near
    return LcdiagError.single("codebook.unknown-name", "", facts)


def page_lines(name: str, language: str, width: int) -> tuple[Line, ...]:
    """Return what `open_codebook` finds, as styled lines for a terminal of this width."""
    from lcdiag.instrument.codebook_text import codebook_lines

    return codebook_lines(open_codebook(name), language, width)


def codebook_kind(asked: str | None, output: Path | None) -> str:
    """Return which codebook is meant: the one asked for, or by the ending of the file; else CSV.

    Raises
    ------
    LcdiagError
        ``codebook.unknown-format`` for another ending, ``codebook.needs-file`` for a workbook
        without a file to write.
    """
    from lcdiag.base.errors import LcdiagError

    kind = asked or ("csv" if output is None else SUFFIXES.get(output.suffix.casefold(), ""))
    if output is not None and not kind:
        options = ", ".join(SUFFIXES)
        facts = {"value": output.suffix or output.name, "options": options}
        raise LcdiagError.single("codebook.unknown-format", str(output), facts)
    if output is None and kind == "xlsx":
        raise LcdiagError.single("codebook.needs-file")
    return kind


def codebook_file(name: str, language: str, kind: str) -> bytes:
    """Return a codebook as the content of a file.

    Parameters
    ----------
    name : str
        See `open_codebook`.
    language : str
        Of headings and explanations; sentences come in all their languages.
    kind : str
        One of `FORMATS`.

    Returns
    -------
    bytes
        The same input gives the same bytes.
    """
    from lcdiag.instrument.codebook_tables import to_csv, to_xlsx
    from lcdiag.instrument.codebook_text import codebook_lines, plain_text
    from lcdiag.instrument.ddi import to_ddi
    from lcdiag.views.codebook_page import codebook_html

    book = open_codebook(name)
    if kind == "xlsx":
        return to_xlsx(book, language)
    if kind == "csv":
        return to_csv(book, language).encode("utf-8-sig")
    if kind == "ddi":
        return to_ddi(book, language)
    if kind == "html":
        return codebook_html(book, language).encode("utf-8")
    if kind == "text":
        return plain_text(codebook_lines(book, language)).encode("utf-8")
    raise ValueError(f"the kind must be one of {FORMATS}; received {kind!r}")


def instrument_schema_json() -> str:
    """Return the JSON Schema of an instrument file."""
    from lcdiag.base.records import canonical_json
    from lcdiag.instrument.schema import instrument_schema

    return canonical_json(instrument_schema())
