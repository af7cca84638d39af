"""A published record together with the sentences that a study attached to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from lcdiag.base.text import Message, resolve
from lcdiag.instrument.model import Format, Frozen, Instrument, Item


class Change(StrEnum):
    """What happened to the published sentences, as stated by whoever attached them."""

    NOTHING = "nothing"
    TRANSLATED = "translated"
    ADAPTED = "adapted"


class Attachment(Frozen):
    """The sentences of one instrument in one language, and by what right they are used."""

    language: str
    source: str
    """Where the sentences were taken from."""
    permission: str
    """Who gave permission, or which licence does."""
    date: str
    """When: an ISO date."""
    change: Change
    sentences: dict[str, str]
    """Item code to sentence."""
    instruction: str = ""
    title: str = ""
    """What respondents read above the items, in a language that the record does not have."""
    points: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Response format to the labels of its points; the record's own where it is left out."""
    dont_know: dict[str, str] = Field(default_factory=dict)
    digest: str = ""
    """Of the wording at the moment of attaching: a later edit of the file shows."""


class WordedInstrument(Instrument):
    """An instrument of which some languages have attached sentences.

    It answers as the record would if it held the sentences itself. What was declared about them
    is left out of its digest and of every dump: it is about the sentences, not part of them.
    """

    attached: dict[str, Attachment] = Field(exclude=True)


class Acceptance(Frozen):
    """That a person accepted what a study's dossier proposes for a scale in a language."""

    scale: str
    """``"lc-safety:safety"``."""
    language: str
    status: str
    by: str = Field(min_length=1, max_length=200)
    on: str
    """ISO date."""
    n: int = Field(ge=0)
    met: int = Field(ge=0)
    not_met: int = Field(ge=0)
    open: int = Field(ge=0)
    """Criteria that could not be judged."""
    responses: str
    """Digest of the answers that the dossier was made from."""
    wording: str
    """Digest of structure and words (`lcdiag.instrument.status.wording_digest`): the acceptance
    falls with any edit."""


class SupportedInstrument(WordedInstrument):
    """An instrument of which a study's own dossier was accepted.

    It answers as the instrument does. What was accepted is left out of its digest and of every
    dump: it is about this study, not part of the questionnaire.
    """

    supported: dict[str, tuple[Acceptance, ...]] = Field(exclude=True)
    """Language to what was accepted of each scale that the study scores."""


def supported(instrument: Instrument, given: Mapping[str, tuple[Acceptance, ...]]) -> Instrument:
    """Return the instrument with what was accepted of it.

    Parameters
    ----------
    instrument : Instrument
        As it is written, with attached sentences or without.
    given : mapping
        Language to one acceptance a scored scale; empty for nothing.
    """
    if not given:
        return instrument
    fields = {name: getattr(instrument, name) for name in Instrument.model_fields}
    attached = instrument.attached if isinstance(instrument, WordedInstrument) else {}
    return SupportedInstrument.model_construct(**fields, attached=attached, supported=dict(given))


def worded(record: Instrument, attachments: tuple[Attachment, ...]) -> WordedInstrument:
    """Return the record with these sentences in their languages.

    Parameters
    ----------
    record : Instrument
        Checked; its items, formats and scales stay as they are.
    attachments : tuple of Attachment
        One a language, checked against the record.
    """
    given = {one.language: one for one in attachments}
    fields = {name: getattr(record, name) for name in Instrument.model_fields}
    fields["languages"] = tuple(dict.fromkeys((*record.languages, *given)))
    fields["items"] = tuple(_item(item, given) for item in record.items)
    fields["formats"] = {name: _format(name, one, given) for name, one in record.formats.items()}
    fields["source"] = record.source.model_copy(update={"text": _source(record, given)})
    for target, key in (("instruction", "instruction"), ("respondent_title", "title")):
        texts = {code: text for code, one in given.items() if (text := getattr(one, key))}
        fields[target] = fields[target] | texts
    return WordedInstrument.model_construct(**fields, attached=given)


def _source(record: Instrument, given: Mapping[str, Attachment]) -> dict[str, str]:
    """Return what a record says of its origin, without that the sentences are not here."""
    labelled = all(one.points for one in given.values())
    found = {}
    for language, text in record.source.text.items():
        opening, now, labels = (
            resolve(Message(f"wording.{name}"), language)
            for name in ("opening-record", "opening-attached", "closing-labels")
        )
        said = text.replace(opening, now)
        found[language] = said.replace(labels, "").strip() if labelled else said
    return found


def _item(item: Item, given: Mapping[str, Attachment]) -> Item:
    texts = {code: one.sentences.get(item.id, "") for code, one in given.items()}
    return item.model_copy(update={"text": item.text | texts})


def _format(name: str, bare: Format, given: Mapping[str, Attachment]) -> Format:
    points = {code: one.points[name] for code, one in given.items() if name in one.points}
    other = {code: one.dont_know[name] for code, one in given.items() if name in one.dont_know}
    return bare.model_copy(
        update={"points": bare.points | points, "dont_know": bare.dont_know | other}
    )
