"""In which wave each row was answered: by its folder, or by a column; never by guessing."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from lcdiag.base.findings import Fact, Finding, Severity
from lcdiag.instrument.study import Study
from lcdiag.responses.columns import ColumnMap
from lcdiag.responses.draft import Draft, background
from lcdiag.responses.sheet import Sheet

_NUMBER = re.compile(r"^\D*?(\d{1,2})(?:[.,]0*)?$")


def wave_of_rows(
    sheet: Sheet, columns: ColumnMap, folder_wave: int | None, study: Study | None
) -> tuple[npt.NDArray[np.int64], tuple[Finding, ...]]:
    """Return the wave number of each row of a sheet, and what contradicts it.

    A wave column counts where it is filled; other rows belong to the wave of the folder, or, with
    neither, to the first wave of the study (1 without a study). A column that contradicts the
    folder is an error: one of the two is wrong, and only the author knows which.
    """
    folder_wave = folder_wave or None
    first = study.settings.waves[0].number if study and study.settings.waves else 1
    default = first if folder_wave is None else folder_wave
    cells = background(sheet, columns, "wave")
    known = {cell: _number(cell, default) for cell in dict.fromkeys(cells.tolist())}
    waves = np.array([known[cell] for cell in cells.tolist()], dtype=np.int64)
    findings: list[Finding] = []
    unread = tuple(cell for cell, number in known.items() if number < 0)
    if unread:
        facts: dict[str, Fact] = {"values": unread[:5]}
        findings.append(Finding("responses.wave-unreadable", Severity.ERROR, sheet.place, facts))
    others = tuple(str(number) for number in sorted(set(known.values())) if number >= 0)
    if folder_wave is not None and any(number != str(folder_wave) for number in others):
        wrong = (waves >= 0) & (waves != folder_wave)
        facts = {
            "folder": folder_wave,
            "waves": others,
            "rows": tuple(str(sheet.numbers[i]) for i in np.nonzero(wrong)[0][:5].tolist()),
        }
        findings.append(Finding("responses.wave-conflict", Severity.ERROR, sheet.place, facts))
    return waves, tuple(findings)


def unknown_waves(draft: Draft, study: Study | None) -> list[Finding]:
    """Return a remark where answers stand in a wave that the study does not have."""
    if study is None:
        return []
    known = {wave.number for wave in study.settings.waves}
    unknown = [int(wave) for wave in np.unique(draft.wave) if int(wave) not in known and wave >= 0]
    if not unknown:
        return []
    facts: dict[str, Fact] = {
        "waves": tuple(str(wave) for wave in unknown),
        "known": tuple(str(wave) for wave in sorted(known)),
    }
    return [Finding("responses.wave-unknown", Severity.ERROR, draft.where, facts)]


def _number(cell: str, default: int) -> int:
    if not cell:
        return default
    found = _NUMBER.match(cell)
    return int(found[1]) if found and int(found[1]) > 0 else -1
