"""The file in which is stated what is true in a simulated study, and what chance made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import ConfigDict, Field, ValidationError

from lcdiag.base.errors import LcdiagError
from lcdiag.base.records import canonical_json
from lcdiag.instrument.model import Frozen
from lcdiag.instrument.shape import shape_findings, validate
from lcdiag.instrument.tomlfile import LARGEST, load_toml
from lcdiag.planning.stated import Behaviour, Measurement, Split, Spread, Truth

Size = Annotated[float, Field(ge=0, le=20, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]


class SpreadStated(Frozen):
    """See `lcdiag.planning.stated.Spread`."""

    general: Size = 0.35
    scale: Size = 0.55
    party: Size = 0.25
    item: Size = 0.25
    answer: Size = 0.85
    missing: Share = 0.0
    dont_know: Share = 0.0
    careless: Share = 0.0
    community: Size = 0.25
    wave: Size = 0.0
    meeting: Size = 0.1
    organisation: Size = 0.0
    group: Size = 0.0
    method: Size = 0.0


class TruthStated(Frozen):
    """See `lcdiag.planning.stated.Truth`."""

    scales: dict[str, Points] = Field(default_factory=dict)
    items: dict[str, Points] = Field(default_factory=dict)
    topics: dict[str, tuple[Points, Points, Points]] = Field(default_factory=dict)
    elsewhere: Points = 4.6
    self_enhancement: Points = 0.0


class BehaviourStated(Frozen):
    """See `lcdiag.planning.stated.Behaviour`."""

    loading: Points = 1.0
    thresholds: tuple[Points, ...] = ()
    shift: dict[str, Points] = Field(default_factory=dict)


class SplitStated(Frozen):
    """See `lcdiag.planning.stated.Split`."""

    items: tuple[str, ...]
    correlation: Share = 0.0


class MeetingStated(Frozen):
    """What is true in one community in one wave, in place of what is true everywhere."""

    community: str
    wave: int = Field(default=0, ge=0, le=99)
    """0 for every wave."""
    truth: TruthStated | None = None
    careless: Share | None = None


class Planted(Frozen):
    """An indicator whose pattern is true in some communities."""

    indicator: str
    """``"lc-collusion:abilene"``."""
    size: Annotated[float, Field(gt=0, le=10)] = 1.5
    """How far beyond its limits the means lie, in points; for gaps their size."""
    communities: tuple[str, ...] = ()
    """Empty for all."""
    waves: tuple[int, ...] = ()
    """Empty for all."""


class StatedWorld(Frozen):
    """The content of a truth file as people write it; all of it may be left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["lcdiag/truth/1"] = Field(default="lcdiag/truth/1", alias="schema")
    response: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Share of the invited people who answer, in every community and party alike."""
    turnover: Share = 0.0
    """Share of the seats that somebody new takes from one wave to the next."""
    languages: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """Language to its weight; empty for the first language of the study alone."""
    spread: SpreadStated = Field(default_factory=SpreadStated)
    everywhere: TruthStated = Field(default_factory=TruthStated)
    meetings: tuple[MeetingStated, ...] = ()
    planted: tuple[Planted, ...] = ()
    items: dict[str, BehaviourStated] = Field(default_factory=dict)
    splits: dict[str, SplitStated] = Field(default_factory=dict)

    def spread_of(self) -> Spread:
        """Return the spread as the simulation takes it."""
        return Spread(**self.spread.model_dump())

    def measurement(self) -> Measurement:
        """Return how questions behave, as the simulation takes it."""
        return Measurement(
            {code: Behaviour(**one.model_dump()) for code, one in self.items.items()},
            {name: Split(**one.model_dump()) for name, one in self.splits.items()},
        )

    def stated_at(self, community: str, wave: int) -> Truth:
        """Return what is stated of a community in a wave, before anything is planted.

        The last entry that fits holds; of one that names a truth nothing is taken over from
        everywhere.
        """
        truth = self.everywhere
        for one in self.meetings:
            if one.community == community and one.wave in (0, wave) and one.truth is not None:
                truth = one.truth
        return Truth(**truth.model_dump())

    def careless_at(self, community: str, wave: int) -> float | None:
        """Return the share of careless people there, None where it is as everywhere."""
        share = None
        for one in self.meetings:
            if one.community == community and one.wave in (0, wave) and one.careless is not None:
                share = one.careless
        return share


def read_world(path: Path) -> StatedWorld:
    """Read a truth file, TOML or the JSON that lcdiag writes.

    Raises
    ------
    LcdiagError
        With everything that does not fit: a key that does not exist, a share above 1 and so on.
    """
    raw = _json(path) if path.suffix.casefold() == ".json" else load_toml(path)
    raw.pop("drawn", None)
    try:
        return cast(StatedWorld, validate(StatedWorld, raw))
    except ValidationError as error:
        raise LcdiagError(shape_findings(StatedWorld, raw, error, path.name)) from None


def _json(path: Path) -> dict[str, Any]:
    import json

    try:
        if path.stat().st_size > 10 * LARGEST:
            raise LcdiagError.single("planning.truth-unreadable", path.name)
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LcdiagError.single("planning.no-truth-file", str(path)) from None
    except (OSError, ValueError, RecursionError):
        raise LcdiagError.single("planning.truth-unreadable", path.name) from None
    if not isinstance(found, dict):
        raise LcdiagError.single("planning.truth-unreadable", path.name)
    return found


def world_json(world: StatedWorld, drawn: dict[str, Any]) -> str:
    """Return the truth file of a simulated study: what was stated, and what was drawn."""
    stated = world.model_dump(mode="json", by_alias=True)
    return canonical_json({**stated, "drawn": drawn}) + "\n"
