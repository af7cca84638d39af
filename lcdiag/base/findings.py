"""Remarks on material: what, where, how bad, and what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Fact = str | int | float | bool | tuple[str, ...]


class Severity(StrEnum):
    """How bad a finding is; only errors stop the work."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on the material.

    Attributes
    ----------
    code : str
        ``"<domain>.<name>"``, for instance ``"responses.unknown-column"``. It is also the id of
        the sentence in the catalog ``locale/<language>/<domain>.po``; the sentence names the
        value, the rule and the next step, and takes its placeholders from `facts`.
    severity : Severity
        Error, warning or note.
    where : str
        The place as the author sees it: ``"trust.toml, scale integrity, item 3"``,
        ``"answers.csv, row 12, column ve1"``.
    facts : mapping
        The placeholders of the sentence. A near miss, where there is one, is in ``"near"``.
    """

    code: str
    severity: Severity
    where: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


def near_miss(value: str, options: Iterable[str]) -> str:
    """Return the option that looks most like the value, or "" where none does."""
    choices = {option.casefold(): option for option in options}
    found = difflib.get_close_matches(value.casefold(), list(choices), n=1, cutoff=0.6)
    return choices[found[0]] if found else ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding stops the work."""
    return any(finding.severity is Severity.ERROR for finding in findings)
