"""The instruments and ready-made sets that come with lcdiag: the folder is the list."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.base.shelf import shelf
from lcdiag.instrument.attached import with_wordings
from lcdiag.instrument.model import Instrument, ReadySet
from lcdiag.instrument.read import read_instrument, read_set


def open_instrument(name: str | Path, folder: Path | None = None) -> Instrument:
    """Return an instrument by its id, or from a file of one's own.

    Parameters
    ----------
    name : str or Path
        An id such as ``"lc-safety"``, or a path: a `Path`, or a text that ends in ``.toml``.
    folder : Path, optional
        Of a study: where a relative path starts, and whose attached sentences a published record
        gets. Without it a path starts in the working folder and a record stays bare.

    Raises
    ------
    LcdiagError
        ``instrument.unknown-instrument`` with a near miss, or everything that is wrong with the
        file (see `read_instrument`) or with the sentences attached to it (see `with_wordings`).
    """
    if isinstance(name, Path) or name.lower().endswith(".toml"):
        found = read_instrument(Path(folder or "") / name)
    elif name in instrument_ids():
        found = _shipped(name)
    else:
        raise _unknown("instrument.unknown-instrument", name, instrument_ids())
    return with_wordings(found, folder) if folder is not None else found


def instrument_ids() -> tuple[str, ...]:
    """Return the ids of all instruments that come with lcdiag: our own, then the published."""
    return own_ids() + published_ids()


def own_ids() -> tuple[str, ...]:
    """Return the ids of our own instruments, sorted."""
    return tuple(sorted(path.stem for path in shelf("instruments").glob("*.toml")))


def published_ids() -> tuple[str, ...]:
    """Return the ids of the records of published scales, sorted; they hold no sentences."""
    folder = shelf("instruments") / "published"
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def id_of_ours(instrument: Instrument, where: str) -> tuple[Finding, ...]:
    """Return a warning where a file of one's own carries an id of ours but differs from it.

    Parameters
    ----------
    instrument : Instrument
        As read from the file, without attached sentences.
    where : str
        How the reader knows the file.
    """
    if instrument.id not in instrument_ids():
        return ()
    if instrument.digest == _shipped(instrument.id).digest:
        return ()
    facts: dict[str, Fact] = {"value": instrument.id, "own": f"own-{instrument.id}"}
    return (Finding("instrument.id-of-ours", Severity.WARNING, where, facts),)


def open_set(name: str) -> ReadySet:
    """Return a ready-made set by its id.

    Raises
    ------
    LcdiagError
        ``instrument.unknown-set`` with a near miss.
    """
    if name not in set_ids():
        raise _unknown("instrument.unknown-set", name, set_ids())
    return read_set(shelf("instruments") / "sets" / f"{name}.toml")


def set_ids() -> tuple[str, ...]:
    """Return the ids of the ready-made sets, sorted."""
    return tuple(sorted(path.stem for path in (shelf("instruments") / "sets").glob("*.toml")))


@cache
def _shipped(name: str) -> Instrument:
    folder = shelf("instruments")
    return read_instrument((folder if name in own_ids() else folder / "published") / f"{name}.toml")


def _unknown(code: str, value: str, options: tuple[str, ...]) -> LcdiagError:
    facts: dict[str, str | tuple[str, ...]] = {"value": value, "options": options}
    if near := near_miss(value, options):
        facts["near"] = near
    return LcdiagError([Finding(code, Severity.ERROR, "", facts)])
