"""Two diagnoses side by side: which cells and signals are not the same."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lcdiag.base.errors import LcdiagError
from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.findings import Finding
from lcdiag.diagnosis.compare_parts import other_parts
from lcdiag.diagnosis.comparison import Comparison, Difference, Kind
from lcdiag.diagnosis.model import Address, Diagnosis, Signal
from lcdiag.diagnosis.open_diagnosis import open_diagnosis

_NUMBERS = ("value", "low", "high", "confidence")
_FINEST = 1e-9
"""Relative difference up to which two numbers are the same: what another machine rounds away."""

Key = tuple[str, ...]


def compare_diagnoses(a: Diagnosis, b: Diagnosis) -> Comparison:
    """Return everything that differs between two diagnoses.

    Parameters
    ----------
    a, b : Diagnosis
        Of one study at two moments, or made by two versions; any two will do.

    Returns
    -------
    Comparison
        A cell that is hidden in one of them has no number in it, neither of A nor of B. Numbers
        that differ by less than a billionth part are the same.
    """
    old = {_key(one.at): one for one in a.measures}
    new = {_key(one.at): one for one in b.measures}
    cells = [
        _only(one.at, one.cell, "a") if key not in new else _cell(one.at, one.cell, new[key].cell)
        for key, one in old.items()
    ]
    cells += [_only(one.at, one.cell, "b") for key, one in new.items() if key not in old]
    found = [one for one in cells if one is not None]
    return Comparison(
        differences=(*found, *_signals(a, b), *other_parts(a, b)),
        cells=len(old.keys() & new.keys()),
        internal=a.provenance.internal or b.provenance.internal,
    )


def compare_opened(a: Diagnosis | str | Path, b: Diagnosis | str | Path) -> Comparison:
    """Return the same of two diagnoses or files of them.

    Raises
    ------
    LcdiagError
        With what is wrong with each file that cannot be read.
    """
    opened: list[Diagnosis] = []
    wrong: list[Finding] = []
    for one in (a, b):
        try:
            opened.append(one if isinstance(one, Diagnosis) else open_diagnosis(one))
        except LcdiagError as error:
            wrong += error.findings
    if wrong:
        raise LcdiagError(wrong)
    return compare_diagnoses(*opened)


def _key(at: Address | Signal) -> Key:
    unit = at.unit
    place = (unit.kind, unit.community, unit.name, str(at.wave), at.level.value)
    return (at.indicator, *place) if isinstance(at, Signal) else (at.statistic, at.subject, *place)


def _place(at: Address | Signal) -> dict[str, Any]:
    names = ("", at.indicator) if isinstance(at, Signal) else (at.statistic, at.subject)
    return {
        "community": at.unit.community,
        "unit": at.unit.kind,
        "name": at.unit.name,
        "wave": at.wave,
        "level": at.level.value,
        "statistic": names[0],
        "subject": names[1],
    }


def _state(cell: Cell) -> str:
    return "hidden" if isinstance(cell, Hidden) else cell.absent or "shown"


def _side(cell: Cell, side: str, *, numbers: bool = True) -> dict[str, Any]:
    """Return what stands of a cell on one side; numbers only where they may stand there."""
    found: dict[str, Any] = {f"state_{side}": _state(cell)}
    if numbers and isinstance(cell, Estimate):
        found |= {f"{name}_{side}": getattr(cell, name) for name in (*_NUMBERS, "n", "method")}
    return found


def _only(at: Address, cell: Cell, side: str) -> Difference:
    kind: Kind = "only-a" if side == "a" else "only-b"
    return Difference("cell", kind, **_place(at), **_side(cell, side))


def _cell(at: Address, a: Cell, b: Cell) -> Difference | None:
    """Return the difference between two cells of one address, or None where they are the same."""
    if isinstance(a, Hidden) or isinstance(b, Hidden):
        states = _side(a, "a", numbers=False) | _side(b, "b", numbers=False)
        if states["state_a"] == states["state_b"]:
            return None
        shown: dict[str, Kind] = {states["state_b"]: "shown-b", states["state_a"]: "shown-a"}
        return Difference("cell", shown.get("shown", "state"), **_place(at), **states)
    fields = " ".join(_fields(a, b))
    if not fields:
        return None
    kind: Kind = "value" if a.absent == b.absent else "state"
    return Difference("cell", kind, what=fields, **_place(at), **_side(a, "a"), **_side(b, "b"))


def _fields(a: Estimate, b: Estimate) -> Iterator[str]:
    """Yield the fields in which two estimates differ."""
    yield from (name for name in _NUMBERS if not _alike(getattr(a, name), getattr(b, name)))
    yield from (name for name in ("n", "method", "absent") if getattr(a, name) != getattr(b, name))
    ends = [
        [x for one in cell.bands for x in (one.confidence, one.low, one.high)] for cell in (a, b)
    ]
    if len(ends[0]) != len(ends[1]) or not all(map(_alike, *ends)):
        yield "bands"


def _alike(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=_FINEST, abs_tol=1e-12)


def _signals(a: Diagnosis, b: Diagnosis) -> Iterator[Difference]:
    old = {_key(one): one for one in a.signals}
    new = {_key(one): one for one in b.signals}
    for key, one in old.items():
        if key not in new:
            yield Difference("signal", "only-a", **_place(one))
            continue
        other = new[key]
        fields = [
            name for name in ("because", "status") if getattr(one, name) != getattr(other, name)
        ]
        if not _alike(one.strength, other.strength):
            fields.insert(0, "strength")
        if fields:
            yield Difference(
                "signal",
                "value",
                what=" ".join(fields),
                **_place(one),
                value_a=one.strength,
                value_b=other.strength,
                text_a=one.status,
                text_b=other.status,
            )
    for key, one in new.items():
        if key not in old:
            yield Difference("signal", "only-b", **_place(one))
