"""What researchers and authors do with instruments: list, check, lay out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.instrument.model import Instrument, ReadySet


def library() -> tuple[tuple[Instrument, ...], tuple[ReadySet, ...]]:
    """Return all instruments and ready-made sets that come with lcdiag."""
    from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids

    instruments = tuple(open_instrument(name) for name in instrument_ids())
    return instruments, tuple(open_set(name) for name in set_ids())


def check_instrument_file(path: str) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful in an instrument of the library or a file."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.check import check_instrument
    from lcdiag.instrument.read import examine_instrument

    if path.endswith(".toml"):
        return examine_instrument(Path(path))[1]
    try:
        return check_instrument(open_instrument(path))
    except LcdiagError as error:
        return error.findings


def codebook_text(name: str, language: str) -> str:
    """Return an instrument as a page for the terminal."""
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.codebook import codebook

    return codebook(open_instrument(name)).to_text(language)


def codebook_csv(name: str, language: str) -> str:
    """Return an instrument's codebook as CSV."""
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.codebook import codebook

    return codebook(open_instrument(name)).to_csv(language)


def instrument_schema_json() -> str:
    """Return the JSON Schema of an instrument file."""
    from lcdiag.base.records import canonical_json
    from lcdiag.instrument.schema import instrument_schema

    return canonical_json(instrument_schema())
