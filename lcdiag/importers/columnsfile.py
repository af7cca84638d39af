"""The optional ``columns.toml`` beside the answers: heading of the file to item or role."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity
from lcdiag.instrument.layout import COLUMNS_FILE


def read_columns_file(*folders: Path) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return the map of the first folder that has a ``columns.toml``, and what is wrong with it.

    The file holds one table::

        [columns]
        "Ik durf hier vragen te stellen" = "ve1"
        "In welke groep zit u?" = "community"
        "Tijdstempel" = "ignore"
    """
    path = next((f / COLUMNS_FILE for f in folders if (f / COLUMNS_FILE).is_file()), None)
    if path is None:
        return {}, ()
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        facts = {"reason": str(error)}
        raise LcdiagError.single("responses.columns-file-broken", path.name, facts) from error
    table = content.get("columns")
    if not isinstance(table, dict):
        raise LcdiagError.single("responses.columns-file-empty", path.name)
    found = {key: value for key, value in table.items() if isinstance(value, str)}
    wrong = tuple(key for key in table if key not in found)
    findings = (
        (Finding("responses.columns-file-value", Severity.ERROR, path.name, {"headings": wrong}),)
        if wrong
        else ()
    )
    return found, findings
