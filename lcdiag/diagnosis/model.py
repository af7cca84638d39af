"""The released diagnosis: cells that may be read, and the words to read them by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.findings import Finding
from lcdiag.base.levels import Level, Referent


class Released(BaseModel):
    """A frozen, serialisable part of a Diagnosis."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Unit(Released):
    """What a number is about: a community, a meeting group, party or sector in it, or the study."""

    kind: Literal["study", "community", "meeting_group", "sector", "party"]
    community: str = ""
    name: str = ""
    """The meeting group, sector or party; "" for a community or the study."""


class Address(Released):
    """Where a measure stands: the key of a Diagnosis.

    `statistic` is a stable name, such as ``mean``, ``count.3`` (answers with code 3) or
    ``change``; ``docs/diagnosis.md`` lists them all and says what each is made of.
    `subject` is a scale (``lc-safety:safety``), an item code, a topic
    (``lc-collusion:topic.interests``), a pool of topics (``lc-collusion:critical``) or an indicator
    (``lc-collusion:harmony``).
    """

    statistic: str
    subject: str
    level: Level
    unit: Unit
    wave: int
    """0 for what holds over all waves."""


class Measure(Released):
    """One address and its cell."""

    at: Address
    cell: Estimate | Hidden


class Signal(Released):
    """An indicator's rule met in some unit: an indication, never a verdict."""

    indicator: str
    """``"lc-collusion:abilene"``."""
    level: Level
    unit: Unit
    wave: int
    strength: float = Field(ge=0, le=1)
    """What the rule says it is. Rule ``conditions``: a bound on the probability that enough of its
    conditions hold, by t from the released intervals; where all must hold, that of the least sure
    one (not of all jointly). Rule ``abilene-signature``: how far beyond its limits the intervals
    lie, as a share of the furthest that is possible; it orders signals, and is no probability."""
    because: tuple[Address, ...]
    status: str


class ItemWords(Released):
    """What a page needs of one item."""

    id: str
    instrument: str
    text: dict[str, str]
    label: dict[str, str]
    low: int
    high: int
    points: dict[str, tuple[str, ...]]
    level: Level
    referent: Referent
    reversed: bool


class ScaleWords(Released):
    """What a page needs of one scale; `format` is the bounds of its items."""

    id: str
    instrument: str
    items: tuple[str, ...]
    label: dict[str, str]
    about: dict[str, str]
    question: dict[str, str]
    level: Level
    referent: Referent
    direction: str
    composition: str
    combine: str
    low: float
    high: float
    points: dict[str, tuple[str, ...]]
    per_item: bool


class TopicWords(Released):
    """What a page needs of one topic that was rated three ways."""

    id: str
    instrument: str
    kind: Literal["critical", "control"]
    label: dict[str, str]
    own: str
    others: str
    practice: str
    low: int
    high: int


class PairWords(Released):
    """What a page needs of one question about one other party or sector: a subject of ``directed``.

    Seen from a sector itself, its subject is about the other parties of the own sector.
    """

    id: str
    """The code of its column; of a sector ``lc-party-grid:keeps.sector.`` and a key of its name."""
    scale: str
    """The scale of the question, ``lc-party-grid:keeps``; the sentence is that scale's item."""
    party: str
    """The party that it is about; "" where it is a sector."""
    label: dict[str, str]
    sector: str = ""
    """The sector that it is about, where the parties agreed to rows of sectors only."""


class InstrumentWords(Released):
    """What a page says about an instrument: title, status, source, licence."""

    id: str
    version: str
    title: dict[str, str]
    status: str
    evidence: dict[str, str]
    source: dict[str, str]
    modelled_on: tuple[str, ...]
    licence: str
    published: bool = False
    """Whether it describes a published scale, so that the licence is not about the sentences."""
    digest: str


class IndicatorWords(Released):
    """What a page says about an indicator."""

    id: str
    label: dict[str, str]
    source: str
    status: str
    place: str = ""
    """Where the chapter speaks of it."""
    other: dict[str, str] = Field(default_factory=dict)
    """The other reading: what the same answers may mean as well."""
    question: dict[str, str] = Field(default_factory=dict)
    silent: bool = False
    """Whether this study does not ask all that its rule reads: then it never says anything."""


class Words(Released):
    """All texts of the material itself, in every language of the study."""

    items: tuple[ItemWords, ...] = ()
    scales: tuple[ScaleWords, ...] = ()
    topics: tuple[TopicWords, ...] = ()
    pairs: tuple[PairWords, ...] = ()
    outside: tuple[ItemWords, ...] = ()
    """Statements that only people outside the table rated."""
    instruments: tuple[InstrumentWords, ...] = ()
    indicators: tuple[IndicatorWords, ...] = ()


class WaveInfo(Released):
    """One wave: its number, title and date."""

    number: int
    title: dict[str, str] = Field(default_factory=dict)
    date: str = ""


class PartyInvited(Released):
    """How many people of a party were invited (from the roster, never from answers)."""

    party: str
    sector: str
    invited: int


class Sample(Released):
    """Who was invited and how many answered, for one community in one wave."""

    community: str
    wave: int
    invited: int | None
    """None where the roster does not say."""
    answered: int | None
    """None where it must not be shown."""
    parties: tuple[PartyInvited, ...] = ()
    stayed: int | None = None
    """How many answered in the previous wave too; None where unknown or not shown."""
    joined: int | None = None
    left: int | None = None


class Agreed(Released):
    """One thing a community agreed to do after a wave: from the study folder, not from answers."""

    community: str
    wave: int
    text: str
    who: str = ""
    by: str = ""
    """ISO date, or empty."""
    done: bool | None = None
    """None where nobody has said yet."""


class Thresholds(Released):
    """The disclosure limits this diagnosis was made under."""

    minimum: int
    exact: int
    paired: int
    rows: int | None = None
    """Smallest number of answers of a party or sector row, where the parties agreed on another."""


class Provenance(Released):
    """What made this diagnosis, so that it can be made again."""

    lcdiag: str
    study: str
    """Digest of the study's settings and instruments."""
    responses: str
    """Digest of the answers."""
    made: str
    """ISO date, passed in by the caller."""
    internal: bool = False
    """True where nothing was hidden: for the analyst only."""
    python: str = ""
    """Version of Python; "" in the file of an older lcdiag."""
    numpy: str = ""
    """Version of numpy."""
    scipy: str = ""
    """Version of scipy."""
    agreement: str = ""
    """Digest of what the parties were promised; "" where nothing is written down yet."""
    exact: bool = False
    """Whether slow exact intervals were asked for."""
    start: int | None = None
    """Start of the random generator; null where nothing was drawn."""
    command: str = ""
    """The command that was given, without names and places; "" from Python."""


class Diagnosis(Released):
    """Everything a page may show; what is not here cannot leak.

    `communities` are in the order of the study. A facilitator's dashboard gets the part of one
    community (`only`).
    """

    schema_: Literal["lcdiag/diagnosis/1"] = Field(default="lcdiag/diagnosis/1", alias="schema")
    title: str
    languages: tuple[str, ...]
    communities: tuple[str, ...]
    waves: tuple[WaveInfo, ...]
    thresholds: Thresholds
    portfolio_agreed: bool = False
    words: Words
    sample: tuple[Sample, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    signals: tuple[Signal, ...] = ()
    provenance: Provenance

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @cached_property
    def _cells(self) -> dict[tuple[str, str, Unit, int], Estimate | Hidden]:
        return {(m.at.statistic, m.at.subject, m.at.unit, m.at.wave): m.cell for m in self.measures}

    def cell(self, statistic: str, subject: str, unit: Unit, wave: int) -> Estimate | Hidden | None:
        """Return the cell at an address, or None where the diagnosis has no such measure."""
        return self._cells.get((statistic, subject, unit, wave))

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> Diagnosis:
        """Return a copy that looks its own cells up, not those found in this one."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("_cells", None)
        return copy

    def only(self, community: str) -> Diagnosis:
        """Return the part that one community's dashboard may hold.

        No other community's name, number or finding stays; of the study as a whole only what
        was released for that use.
        """
        return self.model_copy(
            update={
                "communities": (community,),
                "sample": tuple(s for s in self.sample if s.community == community),
                "agreed": tuple(a for a in self.agreed if a.community == community),
                "measures": tuple(
                    m for m in self.measures if m.at.unit.community in ("", community)
                ),
                "signals": tuple(s for s in self.signals if s.unit.community in ("", community)),
                "findings": (),
            }
        )

    def _repr_html_(self) -> str:
        """Return a short overview for a notebook."""
        from lcdiag.diagnosis.overview import overview_html

        return overview_html(self)

    def to_json(self) -> str:
        """Return the diagnosis as canonical JSON."""
        from lcdiag.base.records import canonical_lines

        return canonical_lines(self.model_dump(mode="json", by_alias=True))

    @classmethod
    def from_json(cls, text: str) -> Diagnosis:
        """Return the diagnosis that `to_json` wrote."""
        data: Any = json.loads(text)
        return cls.model_validate(data)

    def __iter__(self) -> Iterator[Measure]:  # type: ignore[override]
        """Iterate over the measures."""
        return iter(self.measures)
