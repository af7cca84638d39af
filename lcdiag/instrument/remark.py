"""Remarks on an instrument: a code, a place and facts, without empty hints."""

from __future__ import annotations

from lcdiag.base.findings import Fact, Finding, Severity


def error(code: str, where: str, /, **facts: Fact) -> Finding:
    """Return a remark that stops the use of the instrument."""
    return _remark(code, Severity.ERROR, where, facts)


def warning(code: str, where: str, /, **facts: Fact) -> Finding:
    """Return advice: people can answer, but the answers will be worth less."""
    return _remark(code, Severity.WARNING, where, facts)


def note(code: str, where: str, /, **facts: Fact) -> Finding:
    """Return something small that is worth a look."""
    return _remark(code, Severity.NOTE, where, facts)


def _remark(code: str, severity: Severity, where: str, facts: dict[str, Fact]) -> Finding:
    kept = {key: value for key, value in facts.items() if not (key == "near" and not value)}
    return Finding(f"instrument.{code}", severity, where, kept)
