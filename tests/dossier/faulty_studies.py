"""Simulated studies of 400 people a language, clean or with one planted fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lcdiag.dossier.model import Line, ScaleDossier
from lcdiag.dossier.validate import validate_study
from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import Community, Party, Study, StudySettings
from lcdiag.outlook.simulated import simulate_study
from lcdiag.planning.truth_file import (
    BehaviourStated,
    SplitStated,
    SpreadStated,
    StatedWorld,
)

SCALE = "lc-safety:safety"
PEOPLE = 800
FAULTS: dict[str, dict[str, Any]] = {
    "clean": {},
    "bad item": {"items": {"ve4": BehaviourStated(loading=0.0)}},
    "two factors": {"splits": {SCALE: SplitStated(items=("ve5", "ve6", "ve7"), correlation=0.3)}},
    "language": {"items": {"ve4": BehaviourStated(shift={"en": 0.8})}},
    "reversed items": {"method": 0.8},
}
"""Name of a fault to how it is planted: an item that measures something else; two halves whose
person parts correlate .3; one sentence that is easier by 0.8 points in English; people who differ
by 0.8 points (sd) in how they take reversed items."""


def asked(communities: int = 40) -> Study:
    """Return a study of one scale in two languages."""
    settings = StudySettings(
        title="One scale",
        languages=("nl", "en"),
        communities=tuple(Community(name=f"C{place}") for place in range(communities)),
        parties=tuple(Party(name=f"P{place}", sector="ab"[place % 2]) for place in range(4)),
    )
    return Study(Path(), settings, compose([[SCALE]], ("nl", "en")), ())


def dossier_of(fault: str, start: int, people: int = PEOPLE) -> ScaleDossier:
    """Return the dossier of the scale in a simulated study."""
    planted = dict(FAULTS[fault])
    spread = SpreadStated(missing=0.01, method=planted.pop("method", 0.0))
    world = StatedWorld(languages={"nl": 1, "en": 1}, spread=spread, **planted)
    simulated = simulate_study(asked(people // 20), people=people, start=start, world=world)
    return validate_study(simulated.study, simulated.responses).scale(SCALE)


def called_out(fault: str, dossier: ScaleDossier) -> bool:
    """Return whether the lines that are there for a fault say so; for a clean scale any line."""
    failed = [line for line in dossier.lines if line.verdict == "not-met"]
    return any(_about(fault, line) for line in failed)


def _about(fault: str, line: Line) -> bool:
    if fault == "clean":
        return True
    if fault == "bad item":
        return (line.criterion, line.subject) == ("item-rest", "ve4")
    if fault == "two factors":
        return line.criterion in ("one-dimension", "cfi", "rmsea", "cfi-ordinal")
    if fault == "language":
        return line.criterion == "levels-language"
    return line.criterion == "same-reversed"
