"""The simulated worlds that indicators are calibrated on, and what is true in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lcdiag.instrument.model import Condition, Indicator
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.planning.simulate import Spread, Truth

CRITICAL = ("interests", "course", "letting-go", "complexity", "together", "reflection")
CONTROL = ("punctuality", "agenda")
SPREAD = Spread(general=0.35, scale=0.6, party=0.2, item=0.2, answer=0.85)  # sd about 1.1 an answer
EXACT = replace(SPREAD, item=0.0)
"""Without parts of items, which would carry the means of a study off to one side of a limit."""

BLOCKS = (
    "lc-collusion",
    "lc-conflict:task",
    "lc-conflict:relationship",
    *(
        f"lc-climate:{scale}"
        for scale in (
            *("interdependence", "differences", "problem-definition"),
            *("common-goal", "ground-rules", "reflection"),
        )
    ),
    "lc-safety:safety",
    "lc-patterns",
    *(f"lc-representative:rp{number}" for number in (1, 3, 5)),
)
"""A study that asks all subjects of all indicators."""

GOOD = (
    *(f"lc-climate:{name}" for name in ("interdependence", "differences", "problem-definition")),
    *(f"lc-climate:{name}" for name in ("common-goal", "ground-rules", "reflection")),
    *("lc-safety:safety", "lc-collusion:collaboration", "rp1", "rp3", "rp5"),
)
BAD = (
    *(f"lc-collusion:{name}" for name in ("avoidance", "denial", "simplification")),
    *("lc-collusion:fragmentation", "lc-conflict:relationship"),
    *(f"lc-patterns:{name}" for name in ("images", "influence", "outcome", "positions")),
    *("lc-patterns:presence", "lc-patterns:other-views"),
)
NEITHER = ("lc-conflict:task",)


@dataclass(frozen=True)
class World:
    """What is true of every community of a study.

    Attributes
    ----------
    means : mapping
        Subject of a condition (full, items by their code) to its mean in the scored direction.
    topics : tuple
        Own view, gap to the others and lag of practice on the critical topics, everyday gap.
    """

    name: str
    means: Mapping[str, float]
    topics: tuple[float, float, float, float] = (5.0, 0.0, 0.0, 0.4)
    spread: Spread = SPREAD
    counted: tuple[str, ...] | None = None
    """The indicators this world is about; None for all."""
    abilene: bool = field(default=False)
    """Whether the pattern of the Abilene signature is planted."""

    @property
    def truth(self) -> Truth:
        """Return what the simulation draws from."""
        own, gap, lag, everyday = self.topics
        topics = dict.fromkeys(CRITICAL, (own, own - everyday - gap, own - everyday - lag))
        seen = own + everyday / 2
        topics |= dict.fromkeys(CONTROL, (seen, seen - everyday, seen - everyday))
        scales = {name: mean for name, mean in self.means.items() if ":" in name}
        items = {name: mean for name, mean in self.means.items() if ":" not in name}
        return Truth(scales=scales, items=items, topics=topics)


def level(good: float, bad: float, task: float, **other: float) -> dict[str, float]:
    """Return means by which end is favourable; `other` by the last part of a subject's name."""
    means = dict.fromkeys(GOOD, good) | dict.fromkeys(BAD, bad) | dict.fromkeys(NEITHER, task)
    for name, mean in other.items():
        part = name.replace("_", "-")
        means |= {subject: mean for subject in means if subject.rpartition(":")[2] == part}
    return means


def subject_of(condition: Condition, home: str) -> str:
    """Return the full subject of a condition; an item by its code."""
    full = condition.subject if ":" in condition.subject else f"{home}:{condition.subject}"
    code = full.partition(":")[2]
    return code if home == "lc-representative" else full


def true_in(world: World, home: str, indicator: Indicator) -> bool:
    """Return whether an indicator's own statement is true of the people that a world draws from.

    Exactly at a limit is not beyond it, so a signal there is a false one.
    """
    if indicator.rule != "conditions":
        return world.abilene
    hold = sum(_holds(world, home, one) for one in indicator.conditions)
    return hold >= (indicator.at_least or len(indicator.conditions))


def _holds(world: World, home: str, condition: Condition) -> bool:
    mean = world.means[subject_of(condition, home)]
    return mean > condition.limit if condition.side == "above" else mean < condition.limit


NULLS = (
    World("nothing planted", level(4.6, 3.0, 3.4)),
    World("self-enhancement 0.4", level(5.0, 2.6, 3.4)),
    World("self-enhancement 0.8", level(5.0, 2.2, 3.4), (5.0, 0.0, 0.0, 0.8)),
    World("practice lag 1.5 known to all", level(4.6, 3.0, 3.4), (5.5, 0.0, 1.5, 0.4)),
    World(
        "open conflict",
        level(4.6, 4.0, 5.0, relationship=5.0, avoidance=2.6, collaboration=3.6),
        (4.6, 0.0, 1.0, 0.4),
        replace(SPREAD, party=1.5),
    ),
    World(
        "a new group",
        level(4.3, 3.2, 3.2),
        (4.8, 0.0, 0.3, 0.4),
        replace(SPREAD, answer=1.4, dont_know=0.25),
    ),
    World("everybody positive (ceiling)", level(6.6, 1.4, 1.6), (6.6, 0.0, 0.0, 0.4)),
    World(
        "skewed answers", level(5.0, 2.2, 3.0), (6.0, 0.0, 0.5, 0.4), replace(SPREAD, answer=1.3)
    ),
    World(
        "30 % careless rows",
        level(4.6, 3.0, 3.4),
        (5.5, 0.0, 1.5, 0.4),
        replace(SPREAD, careless=0.3),
    ),
    World("every mean at the middle, 4", level(4.0, 4.0, 4.0), spread=EXACT),
    World(
        "every mean at the middle, climate at 5",
        level(4.0, 4.0, 4.0, interdependence=5.0, differences=5.0, common_goal=5.0),
        spread=EXACT,
    ),
)

NEAR = 5.8
FAR = 2.2
"""Planted means: 1.8 points from the middle."""

PLANTED = (
    World(
        "planted: harmony, smoothing, narrow bridge",
        level(
            *(NEAR, 2.2, FAR),
            **dict.fromkeys(("interdependence", "differences"), 2.8),
            **dict.fromkeys(("avoidance", "denial", "simplification"), 5.2),
            **dict.fromkeys(("rp1", "rp3", "rp5"), 2.8),
        ),
        (5.5, 1.1, 1.1, 0.4),
        abilene=True,
        counted=(
            *("lc-collusion:harmony", "lc-collusion:smoothing"),
            *("lc-representative:bridge", "lc-collusion:abilene"),
        ),
    ),
    World(
        "planted: constructive climate, conflict on content",
        level(6.0, 2.2, 5.2),
        counted=("lc-climate:constructive", "lc-conflict:content"),
    ),
    World(
        "planted: contest, personal conflict, a condition low",
        level(4.6, 2.6, 5.2, images=5.2, influence=5.2, outcome=5.2, relationship=5.2)
        | {"lc-safety:safety": 2.8, "lc-climate:reflection": 2.8},
        counted=("lc-patterns:contest", "lc-conflict:personal", "lc-climate:condition"),
    ),
)


EDGES = (
    *(("harmony", "contest", "smoothing", "bridge"), ("content", "constructive")),
    *(("personal",), ("condition",)),
)
"""Indicators without a subject in common share a world."""


def edge_worlds(questionnaire: Questionnaire) -> tuple[World, ...]:
    """Return for each indicator that states conditions the null in which it is most easily wrong.

    One condition fewer than needed holds by far, and all others lie exactly at their limits.
    """
    worlds = []
    for names in EDGES:
        means = level(4.6, 3.4, 4.0)
        for home, indicator in questionnaire.indicators:
            if indicator.id not in names:
                continue
            needed = indicator.at_least or len(indicator.conditions)
            for place, one in enumerate(indicator.conditions):
                out = 1.6 if one.side == "above" else -1.6
                means[subject_of(one, home.id)] = one.limit + (out if place < needed - 1 else 0.0)
        worlds.append(World(f"at the edge: {', '.join(names)}", means, spread=EXACT))
    return tuple(worlds)
