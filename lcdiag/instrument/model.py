"""An instrument as typed, frozen data: items, scales, formats, contrasts, indicators."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lcdiag.base.levels import Level, Referent

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]
ColumnCode = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=20)]
Translated = dict[str, str]
"""Language code to text; every language of the instrument must be there."""


class Frozen(BaseModel):
    """A model that refuses unknown keys and changes after it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Composition(StrEnum):
    """How answers of persons become a property of the group (Chan, 1998)."""

    DIRECT_CONSENSUS = "direct-consensus"
    REFERENT_SHIFT = "referent-shift"
    DISPERSION = "dispersion"
    ADDITIVE = "additive"


class Direction(StrEnum):
    """Which end of a scale is favourable; some have none."""

    HIGHER_BETTER = "higher-better"
    HIGHER_WORSE = "higher-worse"
    NEITHER = "neither"


class Status(StrEnum):
    """What evidence there is for exactly this wording, language, format and population."""

    VALIDATED = "validated"
    VALIDATED_ELSEWHERE = "validated-elsewhere"
    TRANSLATED = "translated"
    ADAPTED = "adapted"
    EXPERIMENTAL = "experimental"
    SUPPORTED_HERE = "supported-here"


class Advice(StrEnum):
    """What a check may advise on a sentence, and an author may set aside with a reason."""

    NEGATION = "negation"
    TWO_THOUGHTS = "two-thoughts"
    LENGTH = "length"


class Format(Frozen):
    """A response format: consecutive integer codes from `low` to `high`, each with a label."""

    low: int = 1
    high: int = 7
    points: dict[str, tuple[str, ...]]
    """Language to the labels of the points, low to high."""
    dont_know: Translated = Field(default_factory=dict)
    """Label of the option "don't know / not applicable"; empty where it is not offered."""

    @property
    def codes(self) -> tuple[int, ...]:
        """Return the codes from low to high."""
        return tuple(range(self.low, self.high + 1))

    @property
    def midpoint(self) -> float:
        """Return the middle of the scale."""
        return (self.low + self.high) / 2


class Item(Frozen):
    """One sentence that people rate."""

    id: ColumnCode
    text: Translated = Field(default_factory=dict)
    """The sentence; a published record has none until a wording is attached. With referent
    ``other-party`` it holds ``{party}`` and is asked once about each other party."""
    label: Translated
    """Two to five words that name the item in a figure."""
    format: Identifier
    referent: Referent
    level: Level
    reversed: bool = False
    facet: str
    place: str = ""
    """Where the chapter speaks of it: section and paragraph."""
    accepted: dict[Advice, str] = Field(default_factory=dict)
    """Advice on the sentence that its author weighed and set aside, with the reason."""


class Scale(Frozen):
    """Items that are scored together."""

    id: Identifier
    items: tuple[ColumnCode, ...]
    level: Level
    composition: Composition
    combine: Literal["mean", "sum"] = "mean"
    min_answered: float = Field(default=0.5, gt=0, le=1)
    """Share of the items that a person must have answered to get a score."""
    direction: Direction
    label: Translated
    respondent_label: Translated = Field(default_factory=dict)
    """What respondents read above these items; falls back on the instrument's title."""
    about: Translated
    """One sentence for the reader of a page: what a high score means."""
    question: Translated = Field(default_factory=dict)
    """A question for the conversation about this scale."""
    per_item: bool = False
    """Shown item by item, without a score."""


class Contrast(Frozen):
    """One topic rated three ways on one format: own view, estimated view of others, practice."""

    id: Identifier
    kind: Literal["critical", "control"]
    label: Translated
    own: ColumnCode
    others: ColumnCode
    practice: ColumnCode


STATISTICS = ("mean", "own", "others", "practice", "perception_gap", "abilene_gap")
"""What a condition can be about: the mean of a scale or an item; the rest of a topic or pool."""
SIDES = ("above", "below")


class Condition(Frozen):
    """One side of one limit on which a released measure must lie."""

    statistic: str = Field(json_schema_extra={"enum": list(STATISTICS)})
    """``mean`` of a scale or an item; of a topic or pool ``own``, ``others``, ``practice``,
    ``perception_gap`` or ``abilene_gap``."""
    subject: str
    """A scale, item, topic (``topic.course``) or pool (``critical``) of this instrument, or with
    its instrument before it one that may be asked beside it: ``lc-conflict:task``."""
    side: str = Field(json_schema_extra={"enum": list(SIDES)})
    """``above`` or ``below`` the limit."""
    limit: Annotated[float, Field(allow_inf_nan=False)]
    """In points of the subject's own scale, strictly between its bounds."""
    optional: bool = False
    """Left out of the count where its subject is not asked; else the indicator is silent there."""


class Indicator(Frozen):
    """A rule that is read over released measures; its strength comes from uncertainty."""

    id: Identifier
    rule: Identifier
    """Name of a rule in ``lcdiag.diagnosis.indicators``."""
    label: Translated
    conditions: tuple[Condition, ...] = ()
    """What must hold, for the rule ``conditions``."""
    at_least: int | None = Field(default=None, ge=1)
    """How many of the conditions must hold; left out, all that are asked."""
    other: Translated = Field(default_factory=dict)
    """The other reading: what the same answers may mean as well."""
    question: Translated = Field(default_factory=dict)
    """A question for the conversation about it."""
    settings: dict[str, float | int | str | bool] = Field(default_factory=dict)
    source: str
    place: str = ""
    """Where the chapter speaks of it: section and paragraph."""
    status: Status = Status.EXPERIMENTAL


class Citation(Frozen):
    """A publication, and how what is said about it is known."""

    text: str
    doi: str = ""
    known: Literal["read-in-source", "seen-reproduced", "general-knowledge"]


class Source(Frozen):
    """Where an instrument comes from."""

    kind: Literal["own", "published"]
    text: Translated
    modelled_on: tuple[Citation, ...] = ()
    """What the facets of own items come from."""
    citations: tuple[Citation, ...] = ()
    """The publication of a published scale."""
    wording_from: Translated = Field(default_factory=dict)
    """Where the sentences of a published scale can be had, and from whom permission."""


class Reported(Frozen):
    """A figure that a publication reports about a published scale, never about ours."""

    statistic: Identifier
    """``cronbach-alpha``, ``respondents``, ``teams``, ``factors``, ``icc-1`` ..."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    """A range where the publication gives one; then without `value`."""
    scale: Identifier | Literal[""] = ""
    """The scale it is about; "" for the whole."""
    sample: Translated = Field(default_factory=dict)
    source: str
    """Short reference to one of the citations: ``"Edmondson (1999)"``."""
    known: Literal["read-in-source", "seen-reproduced", "general-knowledge"]


OWN_EXPECTATION = "own expectation"
"""The source of an expectation that neither a publication nor the chapter states."""


class Expectation(Frozen):
    """Which way two scores should go together, stated before anybody answers."""

    scale: Identifier
    """A scale of this instrument."""
    other: str
    """Another scale of it, or one elsewhere with its instrument before it: ``lc-trust:between``."""
    sign: Literal["positive", "negative"]
    """``positive``: a high score on the one goes with a high score on the other."""
    why: Translated
    """One sentence with the reason, in plain words."""
    source: str
    """Short reference to one of the citations, a place in the chapter, or ``own expectation``."""


class Validation(Frozen):
    """Evidence as data; pages turn it into a careful sentence."""

    status: Status
    evidence: Translated = Field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    population: Translated = Field(default_factory=dict)
    """Among whom the evidence was found; without it nothing is "validated" but elsewhere."""
    languages: tuple[str, ...] = ()
    """In which languages the evidence was found. Only there can attached sentences of a record be
    what was validated; elsewhere they are a translation."""
    wordings: dict[str, str] = Field(default_factory=dict)
    """Language to the digest of the wording that the evidence is about; see
    ``lcdiag.instrument.status``. A status above "adapted" holds only where they are equal."""


class OpenQuestion(Frozen):
    """A question answered in a respondent's own characters, such as a part of a link code."""

    id: ColumnCode
    text: Translated
    hint: Translated = Field(default_factory=dict)
    max_length: int = Field(default=20, ge=1, le=200)


class Instrument(Frozen):
    """A questionnaire building block with its key, source and honest status."""

    id: Identifier
    version: str
    languages: tuple[str, ...]
    licence: str
    title: Translated
    """For facilitators and researchers."""
    respondent_title: Translated
    """For respondents: neutral, names no pattern."""
    instruction: Translated = Field(default_factory=dict)
    source: Source
    validation: Validation
    formats: dict[Identifier, Format]
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    reported: tuple[Reported, ...] = ()
    expected: tuple[Expectation, ...] = ()
    note: Translated = Field(default_factory=dict)
    """Something respondents must know before they answer this block."""

    @property
    def worded_in(self) -> tuple[str, ...]:
        """Return the languages in which every item has its sentence; none for a bare record."""
        return tuple(
            language
            for language in self.languages
            if all(item.text.get(language, "").strip() for item in self.items)
        )

    def item(self, code: str) -> Item:
        """Return the item with this code; KeyError where there is none."""
        for item in self.items:
            if item.id == code:
                return item
        raise KeyError(code)

    def scale(self, name: str) -> Scale:
        """Return the scale with this id; KeyError where there is none."""
        for scale in self.scales:
            if scale.id == name:
                return scale
        raise KeyError(name)

    def format_of(self, code: str) -> Format:
        """Return the response format of an item."""
        return self.formats[self.item(code).format]

    @property
    def digest(self) -> str:
        """Return a digest over everything respondents meet and the key says."""
        from lcdiag.base.records import digest

        left_out = {"validation", "reported", "expected"}
        # without defaults, so that a key that is added to the model later changes no digest
        return digest(self.model_dump_json(exclude=left_out, exclude_defaults=True))


class SetPage(Frozen):
    """One page of a ready-made set: what stands on it, in order."""

    blocks: tuple[str, ...]
    """``"lc-safety"``, ``"lc-safety:safety"`` (a scale), ``"lc-collusion:topics"`` (contrasts of
    the instrument, or ``"lc-collusion:topic.interests"`` for one), ``"lc-representative:rp1"``
    (an item)."""
    sitting: int = Field(default=1, ge=1, le=5)
    """A long questionnaire is answered in more than one sitting."""


class ReadySet(Frozen):
    """A ready-made questionnaire: pages, minutes, purpose."""

    id: Identifier
    title: Translated
    about: Translated
    minutes: int = Field(ge=1, le=120)
    respondents: Literal["table", "home"] = "table"
    """Who answers: the people at the table, or the people whom they represent."""
    instructions: dict[Identifier, Translated] = Field(default_factory=dict)
    """Instrument to the instruction that this set gives instead of the instrument's own."""
    pages: tuple[SetPage, ...]
