"""Reads the file of a diagnosis, and says what is wrong with one that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact
from lcdiag.diagnosis.model import Diagnosis

_FAMILY, _VERSION = "lcdiag/diagnosis", 1


def open_diagnosis(path: str | Path) -> Diagnosis:
    """Return the diagnosis that a file holds.

    Parameters
    ----------
    path : str or Path
        A file of ``lcdiag report --format json``, or of `Diagnosis.to_json`.

    Raises
    ------
    LcdiagError
        ``comparison.no-file``, ``comparison.unreadable``, ``comparison.not-json``,
        ``comparison.other-file`` for JSON that is no diagnosis, ``comparison.newer-version``, or
        ``comparison.broken`` with the first place that does not fit.
    """
    where = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise LcdiagError.single("comparison.no-file", where) from error
    except UnicodeDecodeError as error:
        raise LcdiagError.single("comparison.not-json", where) from error
    except OSError as error:
        facts: dict[str, Fact] = {"reason": error.strerror or ""}
        raise LcdiagError.single("comparison.unreadable", where, facts) from error
    try:
        parsed: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LcdiagError.single("comparison.not-json", where) from error
    _hold_to_version(parsed, where)
    try:
        return Diagnosis.model_validate(parsed)
    except (ValidationError, RecursionError) as error:
        raise LcdiagError.single("comparison.broken", where, {"place": _first(error)}) from error


def _hold_to_version(parsed: Any, where: str) -> None:
    schema = parsed.get("schema") if isinstance(parsed, dict) else None
    family, _, version = schema.rpartition("/") if isinstance(schema, str) else ("", "", "")
    if family != _FAMILY or not version.isdecimal():
        raise LcdiagError.single("comparison.other-file", where)
    if int(version) > _VERSION:
        facts: dict[str, Fact] = {"found": str(schema), "known": f"{_FAMILY}/{_VERSION}"}
        raise LcdiagError.single("comparison.newer-version", where, facts)


def _first(error: Exception) -> str:
    """Return the first place that does not fit, as a path; never what stands there."""
    if not isinstance(error, ValidationError):
        return ""
    return ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
