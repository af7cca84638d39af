"""The coordinator's page: what was read, how it came in, what may be handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lcdiag.diagnosis.model import Diagnosis
    from lcdiag.diagnosis.quality_model import FileRead, Quality
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet
    from lcdiag.responses.outside import OutsideRatings

STEM = "coordinator"


def make_quality(
    study: Study,
    responses: ResponseSet,
    diagnosis: Diagnosis,
    outside: OutsideRatings | None = None,
) -> Quality:
    """Return how the answers of a study came in, as far as its coordinator may know.

    Parameters
    ----------
    study, responses
        As the diagnosis was made from.
    diagnosis : Diagnosis
        Of the whole study; an internal one makes an internal result, which hides nothing.
    outside : OutsideRatings, optional
        What the diagnosis was made with.
    """
    from lcdiag.diagnosis.quality import handed_out_before, quality_of
    from lcdiag.diagnosis.releases import review_releases

    refused = review_releases(study, responses, diagnosis, diagnosis.communities, outside)
    names = {str(one.facts.get("community", "")) for one in refused}
    return quality_of(
        study,
        responses,
        files=files_read(study),
        held_back=[one for one in diagnosis.communities if one in names],
        handed_out=handed_out_before(study),
        internal=diagnosis.provenance.internal,
    )


def files_read(study: Study) -> tuple[FileRead, ...]:
    """Return every file of answers of a study, with its rows and what its columns hold."""
    from lcdiag.diagnosis.quality_model import FileRead
    from lcdiag.importers.folder import read_answers
    from lcdiag.responses.columns import guess_columns

    found = []
    for wave, sheet in read_answers(study)[0]:
        columns = guess_columns(sheet, study.questionnaire, study)
        found.append(
            FileRead(
                name=sheet.place,
                wave=wave,
                rows=len(sheet),
                questions=len(columns.items),
                background=tuple(columns.background),
                unused=sum(one.kind in ("unknown", "ignored") for one in columns.columns),
            )
        )
    return tuple(found)


def coordination_files(
    diagnosis: Diagnosis, quality: Quality, language: str = "nl", kind: str = "html"
) -> Mapping[str, bytes]:
    """Return the coordinator's page, or its counts as JSON, by file name.

    The name says so where nothing was hidden. Counts come in no other kind of file: where
    another one is asked, the page is made.
    """
    from lcdiag.views.coordination_file import render_coordination

    mark = "INTERN-" if diagnosis.provenance.internal else ""
    if kind == "json":
        return {f"{mark}{STEM}.json": quality.to_json().encode("utf-8")}
    page = render_coordination(diagnosis, quality, language=language)
    return {f"{mark}{STEM}.html": page.encode("utf-8")}
