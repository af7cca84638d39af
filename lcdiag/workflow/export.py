"""Answers and scores of single people for other programs; for the analyst only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet

KINDS = ("r", "sav")


def export_files(
    study: Study, responses: ResponseSet, *, kind: str, language: str = "en"
) -> Mapping[str, bytes]:
    """Return the files of an export by name; nothing in them is hidden.

    Parameters
    ----------
    study : Study
        What was asked.
    responses : ResponseSet
        Checked answers.
    kind : {"r", "sav"}
        Long tables with a script that recomputes our numbers in R, or one file for SPSS.
    language : str
        Of labels and of what the script prints.

    Raises
    ------
    LcdiagError
        ``tables.needs-extra`` where a library that writes the format is not installed.
    ValueError
        For another kind.
    """
    from lcdiag.diagnosis.diagnose import scored_evidence

    evidence, _, _ = scored_evidence(study, responses)
    if kind == "r":
        from lcdiag.workflow.r_export import r_files

        return r_files(evidence, language)
    if kind == "sav":
        from lcdiag.workflow.sav_export import sav_file

        return sav_file(evidence, language)
    raise ValueError(f"kind is one of {KINDS}; received {kind!r}")
