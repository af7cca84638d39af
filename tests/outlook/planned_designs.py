"""Designs of studies by number: communities, parties, seats and questions drawn from a start."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import (
    Community,
    Party,
    RosterRow,
    SmallPartyAgreement,
    Study,
    StudySettings,
    Wave,
)
from lcdiag.outlook.simulated import simulate_study
from lcdiag.planning.truth_file import SpreadStated, StatedWorld

BLOCKS = (
    *("lc-safety:safety", "lc-trust:between", "lc-collusion:topics"),
    *("lc-context", "lc-conflict:task", "lc-representative"),
)


def design(start: int) -> tuple[Study, StatedWorld]:
    """Return a study without answers, and what is true in it."""
    rng = np.random.default_rng(start)
    communities, parties, waves = (
        int(rng.integers(low, high)) for low, high in ((1, 7), (2, 7), (1, 4))
    )
    asked = [one for one in BLOCKS if rng.random() < 0.7] or [BLOCKS[0]]
    report_by = str(rng.choice(["party", "sector", "none"]))
    seats = {(c, p): int(rng.integers(0, 9)) for c in range(communities) for p in range(parties)}
    if not sum(seats.values()):
        seats[0, 0] = 8
    response = float(rng.uniform(0.5, 1))
    settings = StudySettings(
        title=f"Design {start}",
        languages=("nl",),
        communities=tuple(Community(name=f"C{c}") for c in range(communities)),
        parties=tuple(Party(name=f"P{p}", sector="abc"[p % 3]) for p in range(parties)),
        waves=tuple(Wave(number=wave) for wave in range(1, waves + 1)),
        small_parties=SmallPartyAgreement(report_by=report_by),  # type: ignore[arg-type]
    )
    roster = tuple(
        RosterRow(f"C{c}", f"P{p}", "abc"[p % 3], wave, n)
        for wave in range(1, waves + 1)
        for (c, p), n in seats.items()
    )
    spread = SpreadStated(missing=0.02, dont_know=0.02)
    study = Study(Path(), settings, compose([[one] for one in asked], ("nl",)), roster)
    return study, StatedWorld(response=response, spread=spread)


def report_of(study: Study, world: StatedWorld, start: int) -> Diagnosis:
    """Return the report on simulated answers."""
    simulated = simulate_study(study, start=start, world=world)
    return diagnose(simulated.study, simulated.responses, made="")
