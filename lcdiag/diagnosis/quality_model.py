"""How the answers came in, as released counts over the whole study: for the coordinator."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import ConfigDict, Field

from lcdiag.base.findings import Finding
from lcdiag.diagnosis.model import Released


class Linked(Released):
    """One wave against the wave before it, over all communities that are shown in both.

    All counts are None where one of them, or what is left of it beside the communities that show
    their own, is not 0 and below the minimum.
    """

    wave: int
    forms: int
    """Answered in this wave; the sum of what these communities show."""
    stayed: int | None = None
    """Answered in the wave before it too."""
    joined: int | None = None
    """Have a code that was not there in the wave before."""
    unlinked: int | None = None
    """Have no code that can be compared."""
    left: int | None = None
    """Answered in the wave before, and not in this one."""


class Slips(Released):
    """How self-made codes were linked, over all waves; rounded to `Quality.step`."""

    exact: int
    tolerant: int
    """Equal but for a slip of the pen."""
    ambiguous: int
    """Not linked, since they fit more than one person."""
    unmatched: int


class LanguageCount(Released):
    """In how many forms of a wave a language was used; "" where that is not known."""

    language: str
    n: int


class Languages(Released):
    """The languages of one wave; no counts where one of them is below the minimum."""

    wave: int
    forms: int
    counts: tuple[LanguageCount, ...] = ()


class OpenItem(Released):
    """One question over all waves: how often it was left open; rounded to `Quality.step`."""

    id: str
    instrument: str
    page: int
    """Of the questionnaire, from 1."""
    asked: int
    open: int
    dont_know: int


class OpenPart(Released):
    """The questions of one instrument or one page together, over all waves; rounded."""

    kind: Literal["instrument", "page"]
    name: str
    """Id of the instrument, or number of the page."""
    questions: int
    asked: int
    """Answers asked for: forms times questions."""
    open: int
    dont_know: int


class Stopped(Released):
    """On how many forms of a wave nothing is filled in after a page; rounded."""

    wave: int
    page: int
    forms: int
    n: int


class Moved(Released):
    """What the mean of a scale over the study does without the people who seem careless."""

    scale: str
    moved: float
    """Without them less with them, in points of the scale, to one decimal."""


class Careless(Released):
    """How many people seem careless, each counted once, and what that does to the scales."""

    people: int
    n: int | None = None
    """None where there are none, or too few to be told."""
    moved: tuple[Moved, ...] = ()
    """Empty where that may not be told."""


class FileRead(Released):
    """One file of answers, as it was read."""

    name: str
    wave: int
    rows: int | None
    """Rounded to `Quality.step`; None where that may not be told."""
    questions: int
    background: tuple[str, ...] = ()
    """What else was recognised: community, party, language ..."""
    unused: int = 0


class RowNote(Released):
    """Something about rows of answers, without the rows: which ones, only the analyst reads."""

    kind: str
    severity: str
    where: str = ""
    n: int | None = None
    """Rounded to `Quality.step`; None where there is no number."""


class HandedOut(Released):
    """When a report of a community and wave was last handed out."""

    community: str
    wave: int
    made: str


class Quality(Released):
    """What the coordinator may know of how the answers came in.

    No count is between 0 and the minimum, and none leaves fewer people beside it; which number
    follows which rule stands in ``docs/disclosure.md``.
    """

    schema_: Literal["lcdiag/quality/1"] = Field(default="lcdiag/quality/1", alias="schema")
    minimum: int
    step: int
    """Rounded counts are multiples of it; 1 where nothing was hidden. Rounded to 0 means: none,
    or a few."""
    internal: bool = False
    linked: tuple[Linked, ...] = ()
    slips: Slips | None = None
    """None where people made no codes themselves."""
    languages: tuple[Languages, ...] = ()
    items: tuple[OpenItem, ...] = ()
    parts: tuple[OpenPart, ...] = ()
    pages: int = 0
    """How many pages the questionnaire has."""
    stopped: tuple[Stopped, ...] = ()
    careless: Careless | None = None
    """None where there are too few people to look at all."""
    files: tuple[FileRead, ...] = ()
    rows: tuple[RowNote, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Remarks on files, columns and names, with their places; none on rows of people."""
    handed_out: tuple[HandedOut, ...] = ()
    held_back: tuple[str, ...] = ()
    """Communities whose new report differs too little from one that was handed out."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self) -> str:
        """Return it as canonical JSON."""
        from lcdiag.base.records import canonical_lines

        return canonical_lines(self.model_dump(mode="json", by_alias=True))

    @classmethod
    def from_json(cls, text: str) -> Quality:
        """Return what `to_json` wrote."""
        data: Any = json.loads(text)
        return cls.model_validate(data)
