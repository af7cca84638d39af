"""From a study and its answers to a dossier: read, judge, propose."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from lcdiag import __version__
from lcdiag.base.errors import LcdiagError
from lcdiag.base.gather import gather
from lcdiag.dossier.criteria import CRITERIA
from lcdiag.dossier.evidence import Evidence, Measured, Part, who_counts
from lcdiag.dossier.model import (
    PARTS,
    Dossier,
    Group,
    ItemName,
    Line,
    ScaleDossier,
)
from lcdiag.dossier.parts.structure import START
from lcdiag.dossier.propose import proposals
from lcdiag.dossier.verdicts import FEW
from lcdiag.instrument.status import status_in_study
from lcdiag.instrument.study import Study
from lcdiag.instrument.worded import Acceptance
from lcdiag.responses.model import ResponseSet
from lcdiag.scoring.score import score_responses


def validate_study(
    study: Study,
    responses: ResponseSet,
    *,
    made: str = "",
    accepted: tuple[Acceptance, ...] = (),
    done: Callable[[], None] = lambda: None,
) -> Dossier:
    """Return what a study says of its own questions.

    Every person counts once, by the first wave in which they answered: waves of the same people
    are no new people. Communities are reckoned with wherever people are (cluster-robust). Nothing
    is told about fewer than ten people, communities of fewer people than a report shows are left
    out, and numbers are rounded before they enter the dossier.

    Parameters
    ----------
    study : Study
        What was asked.
    responses : ResponseSet
        Checked answers of all waves.
    made : str
        ISO date for the dossier; no clock is read here.
    accepted : tuple of Acceptance
        What was accepted before; stands in the dossier as it is.
    done : callable
        Called after each scale.

    Returns
    -------
    Dossier
        Equal for equal input.

    Raises
    ------
    LcdiagError
        ``dossier.too-few`` with fewer than ten people; ``dossier.no-scales`` where the study asks
        no scale that is scored.
    """
    evidence = _evidence(study, responses)
    found = []
    for one in evidence.scales:
        found.append(_scale(one))
        done()
    return Dossier(
        title=study.settings.title,
        languages=study.settings.languages,
        made=made,
        lcdiag=__version__,
        study=study.digest,
        responses=responses.digest,
        start=START,
        people=int(evidence.once.sum()),
        rows=len(responses),
        communities=len(set(responses.community[evidence.once].tolist())),
        groups=tuple(_groups(evidence)),
        criteria=CRITERIA,
        scales=tuple(found),
        accepted=accepted,
    )


def _evidence(study: Study, responses: ResponseSet) -> Evidence:
    """Return scored answers, each person once; refuse where nothing may or can be told."""
    scores = score_responses(responses, study.questionnaire)
    counted = who_counts(responses, study.settings.thresholds.minimum)
    evidence = Evidence(study, responses, scores, counted)
    if int(evidence.once.sum()) < FEW:
        raise LcdiagError.single("dossier.too-few", "", {"minimum": FEW})
    if not evidence.scales:
        raise LcdiagError.single("dossier.no-scales")
    return evidence


def _scale(one: Measured) -> ScaleDossier:
    lines = tuple(_lines(one))
    languages = one.evidence.study.settings.languages
    home = one.evidence.study.questionnaire.as_written(one.home)
    return ScaleDossier(
        id=one.address,
        instrument=one.home.id,
        label=dict(one.scale.label),
        level=one.scale.level,
        items=tuple(
            ItemName(
                id=code,
                label=dict(one.home.item(code).label),
                reversed=one.home.item(code).reversed,
            )
            for code in one.scale.items
        ),
        status=status_in_study(home, languages),
        lines=lines,
        proposals=proposals(lines, languages, one.evidence.told_apart),
    )


def _lines(one: Measured) -> Iterator[Line]:
    """Yield the lines of a scale in the order of the parts, all languages together first."""
    parts: dict[str, Part] = gather("lcdiag.dossier.parts", "PART")
    found: list[Line] = []
    for part in parts.values():
        if part.whole is not None:
            found += part.whole(one)
        if part.each is not None:
            for language in ("", *one.evidence.told_apart):
                found += part.each(one.people(language))
    order = {rule.id: place for place, rule in enumerate(CRITERIA)}
    part_of = {rule.id: PARTS.index(rule.part) for rule in CRITERIA}
    languages = ("", *one.evidence.told_apart)
    yield from sorted(
        found,
        key=lambda line: (
            part_of[line.criterion],
            languages.index(line.language),
            order[line.criterion],
        ),
    )


def _groups(evidence: Evidence) -> Iterator[Group]:
    """Yield how many people are in every language, sector and wave.

    Where one of a kind has fewer than ten, no number of that kind is given: the others would give
    it away.
    """
    responses = evidence.responses
    kinds = {
        "language": responses.language[evidence.once],
        "sector": responses.sector[evidence.once],
        "wave": responses.wave.astype(str),
    }
    for kind, labels in kinds.items():
        names, counts = np.unique(labels.astype(str), return_counts=True)
        told = int(counts.min(initial=FEW)) >= FEW
        for name, n in zip(names.tolist(), counts.tolist(), strict=True):
            if name:
                yield Group(kind=kind, name=name, n=int(n) if told else None)
