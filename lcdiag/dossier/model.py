"""A dossier as typed, released data: criterion, number with its interval, verdict."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from lcdiag.base.levels import Level
from lcdiag.base.records import canonical_json
from lcdiag.instrument.model import Frozen, Translated
from lcdiag.instrument.worded import Acceptance

Verdict = Literal["met", "not-met", "cannot-be-judged", "told"]
"""``told``: a number that stands there to be known; no criterion goes with it."""
PARTS = (
    "sample",
    "items",
    "structure",
    "reliability",
    "reversed",
    "agreement",
    "invariance",
    "careless",
    "relations",
    "ends",
)
"""In the order of a page."""


class Criterion(Frozen):
    """What is asked of a number, and where that comes from."""

    id: str
    part: str
    side: Literal["at-least", "at-most", "above", "below", "none"]
    """``none`` for a number that is only told."""
    limit: float | None = None
    fails: float | None = None
    """For a number without an interval: from here on it is not met; in between nobody can say."""
    people: int = 0
    """With fewer people nothing is judged."""
    groups: int = 0
    """With fewer communities nothing is judged."""
    source: str = ""
    """Where the limit comes from."""
    decimals: int = 2


class Line(Frozen):
    """One number of one scale, laid beside its criterion."""

    criterion: str
    language: str = ""
    """"" for all languages together."""
    subject: str = ""
    """An item, another scale or a group; "" for the scale as a whole."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    n: int = 0
    """People; communities for what is about communities. 0 where the number is not shown."""
    method: str = ""
    verdict: Verdict
    why: str = ""
    """Why there is no number, or why it cannot be judged."""


class Proposal(Frozen):
    """What follows for one language; a person decides."""

    language: str
    status: str
    """A status of `lcdiag.instrument.model.Status`."""
    met: int
    not_met: int
    open: int
    """Criteria that cannot be judged."""
    holding_back: tuple[str, ...] = ()
    """Criteria that stand in the way, by their id."""


class ItemName(Frozen):
    """How an item is called on a page."""

    id: str
    label: Translated
    reversed: bool


class ScaleDossier(Frozen):
    """What is known of one scale in this study."""

    id: str
    """``"lc-safety:safety"``."""
    instrument: str
    label: Translated
    level: Level
    items: tuple[ItemName, ...]
    status: str
    """The status that holds now."""
    lines: tuple[Line, ...]
    proposals: tuple[Proposal, ...]

    def find(self, criterion: str, *, language: str = "", subject: str = "") -> Line:
        """Return one line; KeyError where there is none."""
        for line in self.lines:
            if (line.criterion, line.language, line.subject) == (criterion, language, subject):
                return line
        raise KeyError((criterion, language, subject))


class Group(Frozen):
    """How many people are in a language, sector or wave; None where that is not shown."""

    kind: Literal["language", "sector", "wave"]
    name: str
    n: int | None


class Dossier(Frozen):
    """The content of ``lcdiag validate --json``."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["lcdiag/dossier/1"] = Field(default="lcdiag/dossier/1", alias="schema")
    title: str
    languages: tuple[str, ...]
    """In which the study asks."""
    made: str = ""
    lcdiag: str
    study: str
    responses: str
    """Digests of study and answers."""
    start: int
    """Of the generator behind the parallel analysis."""
    people: int
    rows: int
    """Answers of all waves; each person counts once, by the first wave in which they answered."""
    communities: int
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]
    scales: tuple[ScaleDossier, ...]
    accepted: tuple[Acceptance, ...] = ()

    def scale(self, address: str) -> ScaleDossier:
        """Return one scale; KeyError where it is not in the dossier."""
        for one in self.scales:
            if one.id == address:
                return one
        raise KeyError(address)

    def criterion(self, name: str) -> Criterion:
        """Return one criterion by its id; KeyError where there is none."""
        for one in self.criteria:
            if one.id == name:
                return one
        raise KeyError(name)

    def to_json(self) -> str:
        """Return canonical JSON: the same dossier gives the same text."""
        return canonical_json(self.model_dump(mode="json", by_alias=True)) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Dossier:
        """Return the dossier that a text holds; ValueError where it is none."""
        return cls.model_validate_json(text)
