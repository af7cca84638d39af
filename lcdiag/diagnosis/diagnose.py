"""From a study and its answers to a Diagnosis: score, measure, release, read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from lcdiag.base.findings import Finding, Severity
from lcdiag.base.gather import gather
from lcdiag.diagnosis.derive import with_derived
from lcdiag.diagnosis.evidence import Evidence, RawMeasure, Section
from lcdiag.diagnosis.model import (
    Agreed,
    Diagnosis,
    Measure,
    Sample,
    Thresholds,
    WaveInfo,
)
from lcdiag.diagnosis.outside import home_subjects, without_private
from lcdiag.diagnosis.participation import participation
from lcdiag.diagnosis.provenance import provenance
from lcdiag.diagnosis.rules import read_indicators
from lcdiag.diagnosis.seen import giving_kind
from lcdiag.diagnosis.words import collect_words
from lcdiag.instrument.study import Study
from lcdiag.responses.model import ResponseSet
from lcdiag.responses.outside import OutsideRatings


def diagnose(
    study: Study,
    responses: ResponseSet,
    *,
    made: str,
    internal: bool = False,
    exact: bool = False,
    outside: OutsideRatings | None = None,
) -> Diagnosis:
    """Return everything that may be shown of a study.

    Parameters
    ----------
    study : Study
        What was asked, of whom, under which promises.
    responses : ResponseSet
        Checked answers.
    made : str
        ISO date, stated by the caller: no clock is read here.
    internal : bool
        Release every cell exactly, for the analyst only; the provenance says so.
    exact : bool
        Profile intervals of variance shares, which take longer than approximate ones.
    outside : OutsideRatings, optional
        Ratings from outside the table. Those that a facilitator did not share stay out of it, also
        of an internal one, where a finding counts them.

    Returns
    -------
    Diagnosis
        Words, sample, released cells, signals over these cells, findings. Equal for equal input.
    """
    evidence, remarks, private = scored_evidence(study, responses, exact=exact, outside=outside)
    remarks += private if internal else ()
    with _nothing_to_collect():
        return diagnosis_of(evidence, made=made, internal=internal, remarks=remarks)


def scored_evidence(
    study: Study,
    responses: ResponseSet,
    *,
    exact: bool = False,
    outside: OutsideRatings | None = None,
) -> tuple[Evidence, tuple[Finding, ...], tuple[Finding, ...]]:
    """Return scored answers with a community in every row, and what was remarked on the way.

    Remarks on what a facilitator did not share stand apart: they are for the analyst alone.
    """
    from lcdiag.scoring.score import score_responses

    responses, remarks = name_communities(study, responses)
    seen, private = without_private(outside)
    scores = score_responses(responses, study.questionnaire)
    evidence = Evidence(study, responses, scores, exact=exact, outside=seen)
    return evidence, remarks, private


def diagnosis_of(
    evidence: Evidence,
    *,
    made: str,
    internal: bool = False,
    remarks: tuple[Finding, ...] = (),
) -> Diagnosis:
    """Return the Diagnosis of evidence that is scored already; parameters as in `diagnose`."""
    raw = measure_all(evidence)
    measures, sample = _exactly(evidence, raw) if internal else _released(evidence, raw)
    study = evidence.study
    unread = Diagnosis(
        title=study.settings.title,
        languages=study.settings.languages,
        communities=evidence.communities,
        waves=_waves(evidence),
        thresholds=_thresholds(study),
        portfolio_agreed=study.settings.portfolio_agreed,
        words=collect_words(
            study.questionnaire,
            study.settings.languages,
            home_subjects(evidence),
            study.sectors if giving_kind(evidence) == "sector" else None,
        ),
        sample=sample,
        agreed=_agreed(evidence),
        findings=evidence.responses.findings + remarks,
        measures=measures,
        provenance=provenance(evidence, made, internal=internal),
    )
    return read_indicators(with_derived(unread, study.questionnaire), study.questionnaire)


def _thresholds(study: Study) -> Thresholds:
    """Return the limits of a study, with what the parties agreed where it differs."""
    limits = study.settings.thresholds
    rows = study.settings.row_minimum
    agreed = None if rows == limits.minimum else rows
    return Thresholds(**limits.model_dump(), rows=agreed)


def measure_all(evidence: Evidence) -> list[RawMeasure]:
    """Return the exact measures of every section; they never leave the analyst."""
    sections: dict[str, Section] = gather("lcdiag.diagnosis.sections", "SECTION")
    return [one for section in sections.values() for one in section.measure(evidence)]


def name_communities(
    study: Study, responses: ResponseSet
) -> tuple[ResponseSet, tuple[Finding, ...]]:
    """Return the answers with a community in every row, and what was remarked on the way.

    Where no row names one, all answers are one community: the only one of the study, or one
    with the study's title. Where some rows name one, the others belong nowhere and are left out.
    """
    unnamed = responses.community == ""
    if not unnamed.any():
        return responses, ()
    if unnamed.all():
        listed = study.settings.communities
        name = listed[0].name if len(listed) == 1 else study.settings.title
        community = np.full(len(responses), name, dtype=np.object_)
        return replace(responses, community=community), ()
    remark = Finding(
        "diagnosis.rows-without-community",
        Severity.WARNING,
        facts={"n": int(unnamed.sum()), "rows": len(responses)},
    )
    return responses.rows(~unnamed), (remark,)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Hold the search for unreachable cycles: it takes half of the time and finds none.

    Tens of thousands of cells are made here without a cycle among them, and all of them stay.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _released(
    evidence: Evidence, raw: list[RawMeasure]
) -> tuple[tuple[Measure, ...], tuple[Sample, ...]]:
    from lcdiag.diagnosis.disclosure import release, sample

    return release(evidence, raw), sample(evidence)


def _exactly(
    evidence: Evidence, raw: list[RawMeasure]
) -> tuple[tuple[Measure, ...], tuple[Sample, ...]]:
    # both parts are checked already; to check them again takes longer than to make them
    measures = tuple(Measure.model_construct(at=one.at, cell=one.cell) for one in raw)
    return measures, participation(evidence)


def _agreed(evidence: Evidence) -> tuple[Agreed, ...]:
    """Return what was agreed, of the communities that are in the diagnosis."""
    points = evidence.study.action_points
    return tuple(
        Agreed.model_validate(one.model_dump())
        for one in points
        if one.community in evidence.communities
    )


def _waves(evidence: Evidence) -> tuple[WaveInfo, ...]:
    """Return the waves that have answers, with what the study says of them."""
    known = {wave.number: wave for wave in evidence.study.settings.waves}
    return tuple(
        WaveInfo(number=number, title=known[number].title, date=known[number].date)
        if number in known
        else WaveInfo(number=number)
        for number in evidence.waves
    )
