"""What was accepted of a study's own dossier, laid upon the questionnaire that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lcdiag.instrument.model import Instrument, Status
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.status import wording_digest
from lcdiag.instrument.worded import Acceptance, supported


def with_accepted(questionnaire: Questionnaire, accepted: Sequence[Acceptance]) -> Questionnaire:
    """Return the questionnaire whose instruments know what was accepted of them.

    An instrument is supported in a language when every scale of it that the study scores was
    accepted there, for exactly the wording and key of now.

    Parameters
    ----------
    questionnaire : Questionnaire
        As composed for the study.
    accepted : sequence of Acceptance
        From ``accepted.json``; the last of a scale and language holds.
    """
    held = {(one.scale, one.language): one for one in accepted}
    found = {}
    for instrument in questionnaire.instruments:
        written = questionnaire.as_written(instrument)
        known = _languages(questionnaire, instrument, written, held)
        if known:
            found[instrument.id] = (supported(instrument, known), supported(written, known))
    if not found:
        return questionnaire
    pages = tuple(
        tuple(
            replace(block, instrument=found[block.instrument.id][0])
            if block.instrument.id in found
            else block
            for block in page
        )
        for page in questionnaire.pages
    )
    written_as = {
        name: found[name][1] if name in found else one
        for name, one in questionnaire.written.items()
    }
    return replace(questionnaire, pages=pages, written=written_as)


def _languages(
    questionnaire: Questionnaire,
    instrument: Instrument,
    written: Instrument,
    held: dict[tuple[str, str], Acceptance],
) -> dict[str, tuple[Acceptance, ...]]:
    """Return the languages in which every scored scale of an instrument was accepted."""
    scales = [
        f"{home.id}:{scale.id}"
        for home, scale in questionnaire.scales
        if home.id == instrument.id and not scale.per_item and not questionnaire.over_parties(scale)
    ]
    found = {}
    for language in questionnaire.languages:
        given = [held.get((scale, language)) for scale in scales]
        now = wording_digest(written, language)
        there = tuple(
            one
            for one in given
            if one is not None and one.status == Status.SUPPORTED_HERE.value and one.wording == now
        )
        if scales and len(there) == len(scales):
            found[language] = there
    return found
