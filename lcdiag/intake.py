"""What a path holds, a study or one file of answers, read and checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.instrument.questionnaire import Questionnaire
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet
    from lcdiag.responses.sheet import Sheet


def is_study_path(path: Path) -> bool:
    """Return whether a path is a study: its folder or its settings."""
    return path.is_dir() or path.name == "study.toml"


def examined(
    source: Study | str | Path, instruments: Sequence[str | Path]
) -> tuple[ResponseSet | None, tuple[Finding, ...]]:
    """Return the answers, or None where they cannot be used, and all findings."""
    from lcdiag.importers.folder import read_answers, study_around
    from lcdiag.instrument.study import Study
    from lcdiag.responses.admit import examine
    from lcdiag.survey.open import examine_study

    if not isinstance(source, Study) and not is_study_path(Path(source)):
        if not instruments and (around := study_around(Path(source))):
            return _examined_in_study(Path(source), *around)
        questionnaire, sheets, found = file_questionnaire(Path(source), instruments)
        return examine(sheets, questionnaire, found=found)
    study, remarks = (source, ()) if isinstance(source, Study) else examine_study(source)
    if study is None:
        return None, remarks
    sheets, found = read_answers(study)
    return examine(sheets, study.questionnaire, study=study, found=(*remarks, *found))


def _examined_in_study(
    file: Path, folder: Path, wave: int
) -> tuple[ResponseSet | None, tuple[Finding, ...]]:
    """Return the answers of one file of a study, and all findings."""
    from lcdiag.importers.table import read_table
    from lcdiag.responses.admit import examine
    from lcdiag.survey.open import examine_study

    study, remarks = examine_study(folder)
    if study is None:
        return None, remarks
    sheet, found = read_table(file)
    sheets = [(wave, sheet)]
    return examine(sheets, study.questionnaire, study=study, found=(*remarks, *found))


def file_questionnaire(
    path: Path, instruments: Sequence[str | Path]
) -> tuple[Questionnaire, list[tuple[int, Sheet]], tuple[Finding, ...]]:
    """Return the questionnaire of one file of answers, its sheet, and what was remarked."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.importers.table import read_table
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.compose import compose
    from lcdiag.responses.fitting import fitting_instruments

    sheet, findings = read_table(path)
    chosen = [str(one) for one in instruments]
    if not chosen:
        chosen = fitting_instruments(sheet)
    if not chosen:
        raise LcdiagError.single("responses.fits-no-instrument", str(path))
    languages = open_instrument(chosen[0]).languages
    return compose([[one] for one in chosen], languages), [(0, sheet)], findings
