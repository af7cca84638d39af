"""Checking the library, or files of one's own, as a whole; and how their sentences read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.instrument.model import Instrument, ReadySet
    from lcdiag.instrument.readability import ReadAloud, ScaleReading


@dataclass(frozen=True)
class Checked:
    """One instrument or ready-made set, and what was found in it.

    Attributes
    ----------
    name : str
        The id or file by which it was asked for.
    findings : tuple of Finding
        Errors first; empty where nothing was found.
    instrument : Instrument or None
        None for a set, and for an instrument that cannot be used.
    ready : ReadySet or None
        None for an instrument, and for a set that cannot be read.
    """

    name: str
    findings: tuple[Finding, ...]
    instrument: Instrument | None = None
    ready: ReadySet | None = None


def check_material(names: Sequence[str] = ()) -> tuple[tuple[Checked, ...], tuple[Finding, ...]]:
    """Return what is wrong or doubtful in instruments and ready-made sets.

    Parameters
    ----------
    names : sequence of str
        Ids of the library, or files of one's own that end in ``.toml``. Without any, the whole
        library: our own instruments, the records of published scales, the ready-made sets.

    Returns
    -------
    tuple
        One `Checked` a name, and what is wrong between them: codes, ids or sentences that two of
        them share, and relations that one of them expects with a scale of another.
    """
    from lcdiag.instrument.catalogue import instrument_ids, open_instrument, set_ids
    from lcdiag.instrument.check import check_together
    from lcdiag.instrument.relations import check_expected_together

    asked = tuple(dict.fromkeys(names)) or (*instrument_ids(), *set_ids())
    checked = tuple(_check(name) for name in asked)
    usable = [one for one in checked if one.instrument is not None]
    instruments = [one.instrument for one in usable if one.instrument is not None]
    places = [_place(one.name) for one in usable]
    found = check_together(instruments, places)
    if len({one.id for one in instruments}) == len(instruments):
        related = check_expected_together(instruments, places, instrument_ids(), open_instrument)
        found = (*found, *related)
    return checked, found


def scale_readings(checked: Sequence[Checked]) -> tuple[tuple[str, ScaleReading], ...]:
    """Return instrument id and reading ease of each scale that has sentences."""
    from lcdiag.instrument.readability import scale_readability

    return tuple(
        (one.instrument.id, reading)
        for one in checked
        if one.instrument is not None
        for reading in scale_readability(one.instrument)
    )


def set_readings(checked: Sequence[Checked]) -> tuple[tuple[ReadySet, dict[str, ReadAloud]], ...]:
    """Return each usable set with what it takes to read it aloud, for each of its languages."""
    from lcdiag.base.findings import has_errors
    from lcdiag.instrument.compose import compose_set
    from lcdiag.instrument.readability import read_aloud

    found = []
    for one in checked:
        if one.ready is not None and not has_errors(one.findings):
            languages = tuple(one.ready.title)
            made = compose_set(one.ready, languages, _folder(one.name))
            found.append((one.ready, {each: read_aloud(made, each) for each in languages}))
    return tuple(found)


def _check(name: str) -> Checked:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.catalogue import open_instrument, open_set, set_ids
    from lcdiag.instrument.check import check_instrument
    from lcdiag.instrument.sets import check_set

    if name.casefold().endswith(".toml"):
        return _check_file(Path(name))
    try:
        if name in set_ids():
            ready = open_set(name)
            return Checked(name, check_set(ready, name), ready=ready)
        instrument = open_instrument(name)
    except LcdiagError as error:
        return Checked(name, error.findings)
    return Checked(name, check_instrument(instrument), instrument)


def _check_file(path: Path) -> Checked:
    """Return what is found in a file; one with pages is a set."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.catalogue import id_of_ours
    from lcdiag.instrument.read import examine_content, read_set
    from lcdiag.instrument.sets import check_set
    from lcdiag.instrument.tomlfile import load_toml

    try:
        content = load_toml(path)
        if "pages" in content:
            ready = read_set(path)
            return Checked(str(path), check_set(ready, path.name, path.parent), ready=ready)
    except LcdiagError as error:
        return Checked(str(path), error.findings)
    instrument, findings = examine_content(content, path.name)
    if instrument is not None:
        findings = (*findings, *id_of_ours(instrument, path.name))
    return Checked(str(path), findings, instrument)


def _place(name: str) -> str:
    return Path(name).name if name.casefold().endswith(".toml") else name


def _folder(name: str) -> Path | None:
    return Path(name).parent if name.casefold().endswith(".toml") else None
