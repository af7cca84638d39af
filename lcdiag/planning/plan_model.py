"""A plan as typed data: what a study would show, before anybody has answered."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from lcdiag.base.levels import Level
from lcdiag.base.records import canonical_json
from lcdiag.instrument.model import Frozen, Translated

State = Literal["shown", "hidden", "depends", "text", "not-asked", "later"]
"""``depends``: some of the simulated studies showed it and others did not. ``text``: a page without
figures. ``later``: it compares waves, and this is the first."""


class PlannedPage(Frozen):
    """One page of a community's report in a wave."""

    page: str
    wave: int
    state: State


class PlannedRow(Frozen):
    """A party, sector or meeting group below a community."""

    kind: Literal["party", "sector", "meeting_group"]
    name: str
    wave: int
    answers: int
    state: State


class PlannedWidth(Frozen):
    """How wide the 95 % strip of one number is to be expected."""

    statistic: Literal["mean", "change", "perception_gap", "abilene_gap"]
    subject: str
    level: Level
    kind: Literal["community", "party", "sector", "meeting_group"]
    name: str = ""
    """"" for the community itself."""
    wave: int
    n: int
    width: float = Field(ge=0)
    """In points, as released: with the rounding that protects people."""
    before_rounding: float = Field(ge=0)


class PlannedPower(Frozen):
    """How often the report would see a pattern that is there."""

    wave: int
    n: int
    topics: int
    share: float | None = Field(default=None, ge=0, le=1)
    low: float | None = None
    high: float | None = None
    absent: str = ""
    """Why there is no number."""


class PlannedWave(Frozen):
    """Who takes part in a community in a wave."""

    wave: int
    invited: int
    answers: int
    chance_shown: float = Field(ge=0, le=1)
    """That at least the smallest shown number answer, when everybody decides by chance."""
    chance_exact: float = Field(ge=0, le=1)
    """That enough answer for exact numbers and counts."""


class PlannedCommunity(Frozen):
    """One community of the plan."""

    name: str
    waves: tuple[PlannedWave, ...]
    pages: tuple[PlannedPage, ...]
    rows: tuple[PlannedRow, ...]
    widths: tuple[PlannedWidth, ...]
    power: tuple[PlannedPower, ...] = ()


class SizeLine(Frozen):
    """What a number of answers gives: for who has yet to decide how many to ask."""

    n: int
    width: float
    """Of the mean of a usual scale, as released."""
    power: PlannedPower | None = None


class PlannedSubject(Frozen):
    """Words for a scale or a pool of topics."""

    id: str
    label: Translated
    level: Level
    low: float
    high: float


class Plan(Frozen):
    """The content of ``lcdiag plan --json``."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["lcdiag/plan/1"] = Field(default="lcdiag/plan/1", alias="schema")
    title: str
    languages: tuple[str, ...]
    made: str = ""
    lcdiag: str
    study: str
    """Digest of ``study.toml`` and the instruments."""
    response: float
    starts: tuple[int, ...]
    """Of the simulated studies that decided what is shown."""
    minimum: int
    exact: int
    paired: int
    rows_minimum: int
    report_by: str
    ratings: int
    minutes: int
    sitting_minutes: tuple[int, ...] = ()
    planted: float | None = None
    """Size of the gaps that the power is about, in points."""
    pages: tuple[tuple[str, Translated], ...]
    """Name and title of every page, in order."""
    subjects: tuple[PlannedSubject, ...]
    communities: tuple[PlannedCommunity, ...]
    sizes: tuple[SizeLine, ...]

    def to_json(self) -> str:
        """Return canonical JSON: the same plan gives the same text."""
        return canonical_json(self.model_dump(mode="json", by_alias=True)) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Return the plan that a text holds; ValueError where it is none."""
        return cls.model_validate_json(text)
