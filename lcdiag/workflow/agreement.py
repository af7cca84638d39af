"""Holds a study to what its form promised, from the first answers on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet
    from lcdiag.survey.agreement_file import Promised


def keep_agreement(
    study: Study, responses: ResponseSet | None = None, *, record: bool = True
) -> tuple[Finding, ...]:
    """Return what is wrong with the promises of a study; write them down with its first answers.

    Parameters
    ----------
    study : Study
        As opened now.
    responses : ResponseSet, optional
        Its answers; read from its folder where they are needed and not given.
    record : bool
        Whether ``agreement.json`` may be written: at the first answers, and when a party joined
        and consented. Where the folder cannot be written in, a note says so.

    Returns
    -------
    tuple of Finding
        An error for each setting that is no longer what was promised, or where the file is
        damaged. A study without answers has nothing to keep.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.survey.agreement_file import (
        broken_promises,
        extended,
        promise_of,
        read_promise,
    )

    try:
        promise = read_promise(study.folder)
    except LcdiagError as error:
        return error.findings
    if promise is None:
        wave = _first_wave(study, responses)
        fresh = None if wave is None else promise_of(study.settings, wave)
    else:
        broken = broken_promises(promise, study.settings)
        if broken:
            return tuple(broken)
        fresh = extended(promise, study.settings)
    if fresh is None or fresh == promise or not record:
        return ()
    return _written(study.folder, fresh)


def hold_to_agreement(
    study: Study, responses: ResponseSet | None = None, *, record: bool = True
) -> tuple[Finding, ...]:
    """Return the notes of `keep_agreement`, parameters as there.

    Raises
    ------
    LcdiagError
        Where the study is no longer what was promised.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import has_errors

    findings = keep_agreement(study, responses, record=record)
    if has_errors(findings):
        raise LcdiagError(findings)
    return findings


def agreement_around(source: Path) -> tuple[Finding, ...]:
    """Return what `keep_agreement` says of a study, or of the study that a file belongs to.

    What keeps the study from being opened is told by whoever reads it, not here.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.importers.folder import study_around
    from lcdiag.instrument.layout import STUDY_FILE
    from lcdiag.survey.open import open_study

    around = study_around(source)
    if around is None and not (source.is_dir() or source.name == STUDY_FILE):
        return ()
    try:
        study = open_study(source if around is None else around[0])
    except LcdiagError:
        return ()
    return keep_agreement(study)


def _first_wave(study: Study, responses: ResponseSet | None) -> int | None:
    """Return the first wave with answers that can be used, or None where there is none."""
    from lcdiag.api import read_responses
    from lcdiag.base.errors import LcdiagError
    from lcdiag.importers.folder import answer_files

    if responses is None:
        if not answer_files(study.folder):
            return None
        try:
            responses = read_responses(study)
        except LcdiagError:
            return None
    return int(responses.wave.min()) if len(responses) else None


def _written(folder: Path, promise: Promised) -> tuple[Finding, ...]:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import Finding, Severity
    from lcdiag.instrument.layout import AGREEMENT_FILE
    from lcdiag.survey.agreement_file import write_promise

    try:
        write_promise(folder, promise)
    except LcdiagError:
        facts = {"file": AGREEMENT_FILE}
        return (Finding("agreement.not-written", Severity.NOTE, str(folder), facts),)
    return ()
