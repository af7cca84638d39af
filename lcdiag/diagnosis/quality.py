"""From a study and its answers to what its coordinator may know of how they came in."""

from __future__ import annotations

from collections.abc import Iterable

from lcdiag.diagnosis.diagnose import scored_evidence
from lcdiag.diagnosis.quality_model import FileRead, HandedOut, Quality
from lcdiag.diagnosis.quality_parts.basis import Basis
from lcdiag.diagnosis.quality_parts.careless import careless
from lcdiag.diagnosis.quality_parts.intake import files_told, remarks
from lcdiag.diagnosis.quality_parts.languages import languages
from lcdiag.diagnosis.quality_parts.links import linked, slips
from lcdiag.diagnosis.quality_parts.open_answers import OpenAnswers
from lcdiag.diagnosis.releases_file import read_releases
from lcdiag.instrument.study import Study
from lcdiag.responses.model import ResponseSet


def quality_of(
    study: Study,
    responses: ResponseSet,
    *,
    files: Iterable[FileRead] = (),
    held_back: Iterable[str] = (),
    handed_out: Iterable[HandedOut] = (),
    internal: bool = False,
) -> Quality:
    """Return how the answers came in, as far as it may be told.

    Parameters
    ----------
    study : Study
        What was asked, of whom, under which promises.
    responses : ResponseSet
        Checked answers.
    files : iterable of FileRead
        What was read, with the exact number of rows.
    held_back : iterable of str
        Communities whose new report would be refused beside an earlier one.
    handed_out : iterable of HandedOut
        What was handed out before.
    internal : bool
        Tell everything exactly, to the analyst only.
    """
    evidence, further, _ = scored_evidence(study, responses)
    basis = Basis(evidence, internal)
    told, rows = remarks(basis, (*responses.findings, *further))
    blank = OpenAnswers(basis)
    return Quality(
        minimum=basis.minimum,
        step=basis.step,
        internal=internal,
        linked=linked(basis),
        slips=slips(basis, responses.findings),
        languages=languages(basis),
        items=blank.items(),
        parts=blank.parts(),
        pages=max(blank.page_of.values(), default=0),
        stopped=blank.stopped(),
        careless=careless(basis),
        files=files_told(basis, files),
        rows=rows,
        findings=told,
        handed_out=tuple(handed_out),
        held_back=tuple(held_back),
    )


def handed_out_before(study: Study) -> tuple[HandedOut, ...]:
    """Return when each community and wave was last handed out, from ``releases.json``."""
    known = read_releases(study)
    latest: dict[tuple[str, int], str] = {}
    for entry in known.entries if known is not None else ():
        key = (entry.community, entry.wave)
        latest[key] = max(latest.get(key, ""), entry.made)
    return tuple(
        HandedOut(community=community, wave=wave, made=made)
        for (community, wave), made in sorted(latest.items())
    )
