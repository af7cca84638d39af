"""Simulated studies through the whole diagnosis: do the strips hold what is true?"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis.calibrated import exact_interval
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Unit
from lcdiag.diagnosis.units import STUDY
from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import Community, Party, RosterRow, Study, StudySettings, Wave
from lcdiag.outlook.simulated import simulate_study
from lcdiag.planning.truth_file import SpreadStated, StatedWorld, TruthStated

STARTS = range(1, 21)
WORLD = StatedWorld(
    response=0.8,
    spread=SpreadStated(community=0.3, party=0.3, missing=0.02, dont_know=0.02),
    everywhere=TruthStated(scales={"lc-safety:safety": 4.8}, self_enhancement=0.4),
)
GAPS = ("perception_gap", "abilene_gap")


def study_of_twelve() -> Study:
    """Return a study in which every party sits at one table, so that its part is one part."""
    blocks = ["lc-safety:safety", "lc-trust:between", "lc-collusion:topics"]
    names = [f"C{number}" for number in range(12)]
    parties = [
        (name, f"{name}P{seat}", ("a", "b")[seat % 2]) for name in names for seat in range(4)
    ]
    settings = StudySettings(
        title="Twelve",
        languages=("nl",),
        communities=tuple(Community(name=name) for name in names),
        parties=tuple(Party(name=party, sector=sector) for _, party, sector in parties),
        waves=(Wave(number=1), Wave(number=2)),
    )
    roster = tuple(
        RosterRow(community, party, sector, wave, 6)
        for wave in (1, 2)
        for community, party, sector in parties
    )
    return Study(Path(), settings, compose([[one] for one in blocks], ("nl",)), roster)


@pytest.fixture(scope="module")
def held() -> dict[str, list[bool]]:
    """Return for every kind of number whether each released strip at 95 % holds the truth."""
    study, found = study_of_twelve(), defaultdict[str, list[bool]](list)

    def look(kind: str, cell: Estimate | Hidden | None, true: float) -> None:
        band = cell.band(0.95) if isinstance(cell, Estimate) else None
        if band is not None:
            found[kind].append(band.low - 1e-9 <= true <= band.high + 1e-9)

    for start in STARTS:
        simulated = simulate_study(study, start=start, world=WORLD)
        truth, seen = simulated.truth(), diagnose(study, simulated.responses, made="")
        for meeting in truth["meetings"]:
            unit, wave = Unit(kind="community", community=meeting["community"]), meeting["wave"]
            for scale, mean in meeting["scales"].items():
                look("mean", seen.cell("mean", scale, unit, wave), mean)
            for topic, true in meeting["topics"].items():
                for gap in GAPS:
                    kind = gap if ":topic." in topic else f"{gap}, pooled"
                    look(kind, seen.cell(gap, topic, unit, wave), true[gap])
        for scale, true in truth["study"].items():
            for wave in (1, 2):
                look("alpha", seen.cell("cronbach_alpha", scale, STUDY, wave), true["alpha"])
            for part in ("community", "party", "person", "rest"):
                cell = seen.cell(f"variance_share.{part}", scale, STUDY, 0)
                look(f"share, {part}", cell, true["shares"][part])
    return dict(found)


KINDS = (
    *("mean", "perception_gap", "abilene_gap", "perception_gap, pooled", "abilene_gap, pooled"),
    *("alpha", "share, community", "share, party", "share, person", "share, rest"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_at_least_nine_of_ten_strips_hold_the_truth(kind: str, held: dict[str, list[bool]]) -> None:
    there = held[kind]
    assert len(there) >= 35, "nearly all numbers have a strip"
    low, high = exact_interval(sum(there), len(there))
    assert np.mean(there) >= 0.9, f"{kind}: {np.mean(there):.3f} [{low:.3f}, {high:.3f}]"


def test_a_stated_share_of_answers_is_not_given() -> None:
    simulated = simulate_study(study_of_twelve(), start=1, world=WORLD)
    missing = (simulated.responses.codes < 0).mean()
    assert 0.03 < missing < 0.05
