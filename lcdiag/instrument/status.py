"""What may be said of the evidence for exactly this wording, language, format and key."""

from __future__ import annotations

from collections.abc import Iterable

from lcdiag.base.dates import day
from lcdiag.base.records import canonical_json, digest
from lcdiag.base.text import Message, Param, Wording, languages
from lcdiag.instrument.model import Instrument, Status
from lcdiag.instrument.worded import (
    Acceptance,
    Attachment,
    Change,
    SupportedInstrument,
    WordedInstrument,
)

STRUCTURE_ONLY = "structure-only"
"""What stands in the place of a status where the sentences themselves are not here."""

_WEAKEST_FIRST = (
    Status.EXPERIMENTAL,
    Status.ADAPTED,
    Status.TRANSLATED,
    Status.VALIDATED_ELSEWHERE,
    Status.SUPPORTED_HERE,
    Status.VALIDATED,
)
_EVIDENCE_ELSEWHERE = (Status.VALIDATED, Status.VALIDATED_ELSEWHERE)


def structure_digest(instrument: Instrument) -> str:
    """Return a digest over what evidence speaks of in any language.

    Returns
    -------
    str
        Changes with an item's code, referent, level, key and format, the bounds of a format, the
        make-up of a scale and the three columns of a topic; with no word in any language.
    """
    formats = {name: (one.low, one.high) for name, one in instrument.formats.items()}
    items = [
        (item.id, item.format, item.referent, item.level, item.reversed)
        for item in instrument.items
    ]
    scales = [
        (scale.id, scale.items, scale.combine, scale.min_answered) for scale in instrument.scales
    ]
    topics = [(one.id, one.own, one.others, one.practice) for one in instrument.contrasts]
    return digest(canonical_json([formats, items, scales, topics]))


def words_digest(instrument: Instrument, language: str) -> str:
    """Return a digest over what respondents read and answer with in one language.

    Returns
    -------
    str
        Changes with the instruction, a sentence, the label of a point or of "don't know"; not
        with titles, labels for figures or explanations.
    """
    answers = {
        name: (one.points.get(language, ()), one.dont_know.get(language, ""))
        for name, one in instrument.formats.items()
    }
    sentences = [(item.id, item.text.get(language, "")) for item in instrument.items]
    instruction = instrument.instruction.get(language, "")
    return digest(canonical_json([language, instruction, answers, sentences]))


def wording_digest(instrument: Instrument, language: str) -> str:
    """Return what ``validation.wordings`` holds: both digests, structure first.

    Parameters
    ----------
    instrument : Instrument
        Any instrument.
    language : str
        One of its languages.
    """
    return f"{structure_digest(instrument)}-{words_digest(instrument, language)}"


def has_sentences(instrument: Instrument, language: str) -> bool:
    """Return whether a language can be asked: own instruments and those with every sentence."""
    return instrument.source.kind == "own" or language in instrument.worded_in


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
        (``validation.wordings``). Else, for a published scale, ``translated`` in a language that
        the evidence is not about while the structure is what it was, and ``adapted`` for any
        other edit; for one of one's own ``experimental``. Attached sentences have what was
        declared of them, never more than the record states. An accepted dossier of the study
        itself, about exactly this wording, lifts it to ``supported-here``.
    """
    if language is None:
        held = [effective_status(instrument, one) for one in instrument.languages]
        return min(held, key=_WEAKEST_FIRST.index, default=Status.EXPERIMENTAL)
    stated = _without_dossier(instrument, language)
    if accepted_of(instrument, language):
        return max(stated, Status.SUPPORTED_HERE, key=_WEAKEST_FIRST.index)
    return stated


def accepted_of(instrument: Instrument, language: str) -> tuple[Acceptance, ...]:
    """Return what was accepted of an instrument in a language and still is about this wording."""
    if not isinstance(instrument, SupportedInstrument):
        return ()
    given = instrument.supported.get(language, ())
    now = wording_digest(instrument, language)
    return given if all(one.wording == now for one in given) else ()


def _without_dossier(instrument: Instrument, language: str) -> Status:
    """Return the status that the file of an instrument and attached sentences give it."""
    proof = instrument.validation
    if isinstance(instrument, WordedInstrument) and language in instrument.attached:
        declared = _declared(instrument, instrument.attached[language])
        return min(declared, proof.status, key=_WEAKEST_FIRST.index)
    if proof.status in (Status.EXPERIMENTAL, Status.ADAPTED):
        return proof.status
    cited = proof.citations or instrument.source.citations
    if cited and proof.wordings.get(language) == wording_digest(instrument, language):
        unnamed = proof.status is Status.VALIDATED and not proof.population
        return Status.VALIDATED_ELSEWHERE if unnamed else proof.status
    return _lowered(instrument, language)


def _declared(instrument: WordedInstrument, given: Attachment) -> Status:
    """Return what the declaration about attached sentences amounts to."""
    intact = given.language not in edited_languages(instrument)
    whole = has_sentences(instrument, given.language)
    if given.change is Change.ADAPTED or not intact or not whole:
        return Status.ADAPTED
    if given.change is Change.TRANSLATED:
        return Status.TRANSLATED
    if given.language in instrument.validation.languages:
        return Status.VALIDATED_ELSEWHERE
    # In another language than that of the evidence, unchanged sentences are somebody's
    # translation; where it is not stated in which language the evidence is, nothing is claimed.
    return Status.TRANSLATED if instrument.validation.languages else Status.ADAPTED


def _lowered(instrument: Instrument, language: str) -> Status:
    if instrument.source.kind == "own":
        return Status.EXPERIMENTAL
    proof = instrument.validation.wordings
    structure = structure_digest(instrument)
    same_structure = any(one.partition("-")[0] == structure for one in proof.values())
    if language not in proof and same_structure and has_sentences(instrument, language):
        return Status.TRANSLATED
    return Status.ADAPTED


def status_in_study(instrument: Instrument, languages: Iterable[str]) -> str:
    """Return the status to show beside the answers of a study.

    Parameters
    ----------
    instrument : Instrument
        As opened for the study, with the sentences that the study attached.
    languages : iterable of str
        In which the study is asked.

    Returns
    -------
    str
        A `Status` value, the weakest over the languages that have sentences, or
        ``STRUCTURE_ONLY`` where none has. Evidence holds for the people among whom it was found;
        that these are such people nobody has shown, so ``validated`` counts as elsewhere.
    """
    held = [
        effective_status(instrument, one) for one in languages if has_sentences(instrument, one)
    ]
    if not held:
        return STRUCTURE_ONLY
    weakest = min(held, key=_WEAKEST_FIRST.index)
    return (Status.VALIDATED_ELSEWHERE if weakest is Status.VALIDATED else weakest).value


def status_name(
    instrument: Instrument, language: str | None = None, *, in_study: bool = False
) -> str:
    """Return the status as a word: a `Status` value or ``STRUCTURE_ONLY``.

    Parameters
    ----------
    instrument : Instrument
        Any instrument.
    language : str, optional
        One language; without it the weakest over those that have sentences.
    in_study : bool
        Whether it stands beside the questions or answers of a study; see `status_in_study`.
    """
    asked = [language] if language is not None else instrument.languages
    if in_study:
        return status_in_study(instrument, asked)
    held = [effective_status(instrument, one) for one in asked if has_sentences(instrument, one)]
    return min(held, key=_WEAKEST_FIRST.index).value if held else STRUCTURE_ONLY


def status_message(
    instrument: Instrument, language: str | None = None, *, in_study: bool = False
) -> Message:
    """Return the sentence that a page says about the evidence; parameters as in `status_name`."""
    name = status_name(instrument, language, in_study=in_study)
    if name == STRUCTURE_ONLY:
        return Message("wording.status-structure-only")
    params: dict[str, Param] = {}
    if name == Status.VALIDATED.value:
        proof = instrument.validation
        cited = proof.citations or instrument.source.citations
        params["population"] = Wording(proof.population)
        params["citations"] = "; ".join(citation.text for citation in cited)
    if name == Status.SUPPORTED_HERE.value:
        params["evidence"] = supporting(instrument) or Wording(instrument.validation.evidence)
    return Message(f"instrument.status-{name}", params)


def supporting(instrument: Instrument) -> Message | None:
    """Return what the accepted dossier of the study says, with n and dates; None without one."""
    held = [one for name in instrument.languages for one in accepted_of(instrument, name)]
    if not held:
        return None
    judged = sum(one.met + one.not_met for one in held)
    params: dict[str, Param] = {
        "n": min(one.n for one in held),
        "met": sum(one.met for one in held),
        "criteria": judged,
        "open": sum(one.open for one in held),
        "by": ", ".join(dict.fromkeys(one.by for one in held)),
        "date": day(max(one.on for one in held), languages()),
    }
    return Message("dossier.supporting", params)


def status_badge(
    instrument: Instrument, language: str | None = None, *, in_study: bool = False
) -> Message:
    """Return the quiet label of two or three words beside a heading."""
    name = status_name(instrument, language, in_study=in_study)
    if name == STRUCTURE_ONLY:
        return Message("wording.badge-structure-only")
    return Message(f"instrument.badge-{name}")


def edited_languages(instrument: Instrument) -> tuple[str, ...]:
    """Return the languages of which the attached sentences are no longer as they were attached."""
    if not isinstance(instrument, WordedInstrument):
        return ()
    return tuple(
        language
        for language, given in instrument.attached.items()
        if given.digest != wording_digest(instrument, language)
    )


def declaration(instrument: Instrument, language: str) -> Message | None:
    """Return what whoever attached the sentences said of them; None where none were attached."""
    if not isinstance(instrument, WordedInstrument) or language not in instrument.attached:
        return None
    given = instrument.attached[language]
    params: dict[str, Param] = {
        "language": language,
        "source": given.source,
        "permission": given.permission,
        "date": day(given.date, languages()),
    }
    if language in edited_languages(instrument):
        return Message("wording.declared-edited", params)
    return Message(f"wording.declared-{given.change.value}", params)
