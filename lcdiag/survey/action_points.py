"""Reads what a group agreed to do before the next wave: who does what, and by when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.instrument.layout import ACTION_FILES
from lcdiag.instrument.read_study import is_date, shown, tidy
from lcdiag.instrument.shape import shape_findings, validate
from lcdiag.instrument.study import ActionPoint, ActionPoints, StudySettings
from lcdiag.instrument.tomlfile import load_toml


def read_action_points(
    folder: Path, settings: StudySettings
) -> tuple[tuple[ActionPoint, ...], tuple[Finding, ...]]:
    """Read ``afspraken.toml`` or ``action-points.toml`` of a study folder.

    Parameters
    ----------
    folder : Path
        Of the study; without the file there is nothing to read.
    settings : StudySettings
        With the communities and waves that exist.

    Returns
    -------
    points : tuple of ActionPoint
        In the order of the file; none where a finding is an error.
    findings : tuple of Finding
        Everything that is wrong, with its row.
    """
    from pydantic import ValidationError

    there = [folder / name for name in ACTION_FILES.values() if (folder / name).is_file()]
    if not there:
        return (), ()
    path = there[0]
    if len(there) > 1:
        names = ", ".join(one.name for one in there)
        return (), (Finding("study.two-action-files", Severity.ERROR, "", {"files": names}),)
    findings: list[Finding] = []
    points: tuple[ActionPoint, ...] = ()
    try:
        raw = tidy(load_toml(path))
    except LcdiagError as error:
        return (), error.findings
    try:
        points = cast(ActionPoints, validate(ActionPoints, raw)).agreed
    except ValidationError as error:
        findings.extend(shape_findings(ActionPoints, raw, error, path.name))
    findings.extend(_unfit(raw, path.name, settings))
    return (() if findings else points), tuple(findings)


def _unfit(raw: dict[str, Any], name: str, settings: StudySettings) -> Iterator[Finding]:
    """Yield what the types cannot say, row by row."""
    communities = [one.name for one in settings.communities]
    waves = [one.number for one in settings.waves]
    rows = raw.get("agreed")
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        if not isinstance(row, dict):
            continue
        where = f"{name}, agreed, row {number}"
        community, wave, by = row.get("community"), row.get("wave"), row.get("by")
        if isinstance(community, str) and communities and community not in communities:
            facts: dict[str, Fact] = {
                "value": shown(community),
                "near": near_miss(community, communities),
            }
            yield _error("study.unknown-community", where, "community", facts)
        if isinstance(wave, int) and wave not in waves:
            facts = {"value": wave, "options": ", ".join(str(one) for one in waves)}
            yield _error("study.action-wave-unknown", where, "wave", facts)
        if isinstance(by, str) and by and not is_date(by):
            yield _error("study.not-a-date", where, "by", {"value": shown(by)})
        for key in ("community", "text", "who"):
            value = row.get(key)
            if isinstance(value, str) and any(
                unicodedata.category(sign) in ("Cc", "Cs") for sign in value
            ):
                yield _error("study.control-character", where, key, {})


def _error(code: str, where: str, key: str, facts: dict[str, Fact]) -> Finding:
    return Finding(code, Severity.ERROR, f"{where}, {key}", facts)
