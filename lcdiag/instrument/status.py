"""What may be said of the evidence for exactly this wording, language, format and key."""

from __future__ import annotations

from lcdiag.base.records import canonical_json, digest
from lcdiag.base.text import Message, Param, Wording
from lcdiag.instrument.model import Instrument, Status

_WEAKEST_FIRST = (
    Status.EXPERIMENTAL,
    Status.ADAPTED,
    Status.TRANSLATED,
    Status.VALIDATED_ELSEWHERE,
    Status.SUPPORTED_HERE,
    Status.VALIDATED,
)


def wording_digest(instrument: Instrument, language: str) -> str:
    """Return a digest over what evidence in one language can speak of.

    Parameters
    ----------
    instrument : Instrument
        Any instrument.
    language : str
        One of its languages.

    Returns
    -------
    str
        Changes with the instruction, an item's text, referent, level or key, the response format
        with its labels, and the make-up of a scale; not with titles, labels for figures or
        explanations, which respondents never meet.
    """
    formats = {
        name: (one.low, one.high, one.points.get(language, ()), one.dont_know.get(language, ""))
        for name, one in instrument.formats.items()
    }
    items = [
        (
            item.id,
            item.text.get(language, ""),
            item.format,
            item.referent,
            item.level,
            item.reversed,
        )
        for item in instrument.items
    ]
    scales = [
        (scale.id, scale.items, scale.combine, scale.min_answered) for scale in instrument.scales
    ]
    topics = [(one.id, one.own, one.others, one.practice) for one in instrument.contrasts]
    instruction = instrument.instruction.get(language, "")
    return digest(canonical_json([language, instruction, formats, items, scales, topics]))


def effective_status(instrument: Instrument, language: str | None = None) -> Status:
    """Return the status that holds, which an edit lowers by itself.

    Parameters
    ----------
    instrument : Instrument
        Any instrument.
    language : str, optional
        One language; without it the weakest over all languages of the instrument.

    Returns
    -------
    Status
        The stated status where the evidence is about exactly this wording
        (``validation.wordings``), else ``adapted`` for a published scale and ``experimental`` for
        one of one's own.
    """
    if language is None:
        held = [effective_status(instrument, one) for one in instrument.languages]
        return min(held, key=_WEAKEST_FIRST.index, default=Status.EXPERIMENTAL)
    stated = instrument.validation.status
    if stated in (Status.EXPERIMENTAL, Status.ADAPTED):
        return stated
    proof = instrument.validation
    if proof.citations and proof.wordings.get(language) == wording_digest(instrument, language):
        return stated
    return Status.ADAPTED if instrument.source.kind == "published" else Status.EXPERIMENTAL


def status_message(instrument: Instrument, language: str | None = None) -> Message:
    """Return the sentence that a page says about the evidence; see `effective_status`."""
    status = effective_status(instrument, language)
    params: dict[str, Param] = {}
    if status is Status.VALIDATED:
        cited = instrument.validation.citations
        params["citations"] = "; ".join(citation.text for citation in cited)
    if status is Status.SUPPORTED_HERE:
        params["evidence"] = Wording(instrument.validation.evidence)
    return Message(f"instrument.status-{status.value}", params)


def status_badge(instrument: Instrument, language: str | None = None) -> Message:
    """Return the quiet label of two or three words beside a heading."""
    return Message(f"instrument.badge-{effective_status(instrument, language).value}")
