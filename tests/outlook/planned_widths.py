"""Strips that a plan expects beside those that reports on other answers release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from planned_designs import design, report_of

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import Community, Party, RosterRow, Study, Wave
from lcdiag.planning.plan_model import Plan, PlannedWidth
from lcdiag.planning.truth_file import StatedWorld

TABLES = (
    *((2, 1, 1, 1), (2, 2, 1, 1), (3, 2, 1, 1), (4, 2, 1, 1), (3, 3, 2, 1), (3, 3, 2, 2)),
    *((5, 5, 1, 1), (5, 5, 3, 2), (5, 5, 5, 5), (6, 6, 6, 6), (8, 8, 8, 6)),
)
"""Answers per party: communities of 5, 6, 7, 8, 9, 10, 12, 15, 20, 24 and 30."""
BLOCKS = ("lc-safety:safety", "lc-trust:between", "lc-collusion:topics")
Key = tuple[str, str, str]
"""Statistic, kind of unit, size class."""


def study_of_sizes(report_by: str = "party") -> Study:
    """Return a study of communities of every size, over two waves."""
    study, _ = design(1)
    names = [f"C{place}" for place in range(len(TABLES))]
    parties = tuple(Party(name=f"P{place}", sector="ab"[place % 2]) for place in range(4))
    settings = study.settings.model_copy(
        update={
            "communities": tuple(Community(name=name) for name in names),
            "parties": parties,
            "waves": (Wave(number=1), Wave(number=2)),
            "small_parties": study.settings.small_parties.model_copy(
                update={"report_by": report_by}
            ),
        }
    )
    roster = tuple(
        RosterRow(name, party.name, party.sector, wave, seats[place])
        for wave in (1, 2)
        for name, seats in zip(names, TABLES, strict=True)
        for place, party in enumerate(parties)
    )
    asked = compose([[one] for one in BLOCKS], ("nl",))
    return replace(study, settings=settings, questionnaire=asked, roster=roster)


@dataclass
class Strips:
    """Widths of one class: as expected and as released, study by study."""

    expected: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    studies: list[int] = field(default_factory=list)

    def ratio(self) -> float:
        """Return the mean of what was expected over the mean of what was released."""
        return float(np.mean(self.expected) / np.mean(self.seen))

    def by_study(self) -> np.ndarray:
        """Return the summed expected and released widths of every study."""
        sums = np.zeros((max(self.studies) + 1, 2))
        np.add.at(sums, self.studies, np.column_stack([self.expected, self.seen]))
        return sums[sums[:, 1] > 0]


def size_class(n: int) -> str:
    """Return the class of a number of answers: what is rounded alike."""
    if n < 8:
        return "5 to 7"
    return "8 and 9" if n < 10 else "10 to 30"


def strips(
    plan: Plan, study: Study, world: StatedWorld, starts: Iterable[int]
) -> Mapping[Key, Strips]:
    """Return expected and released widths of every number of a plan, by kind and size class."""
    told = {
        (one.statistic, one.subject, one.kind, community.name, one.name, one.wave): one
        for community in plan.communities
        for one in community.widths
    }
    found: dict[Key, Strips] = defaultdict(Strips)
    for number, start in enumerate(starts):
        for one, width in _released(report_of(study, world, start), told):
            pair = found[one.statistic, one.kind, size_class(one.n)]
            pair.expected.append(one.width)
            pair.seen.append(width)
            pair.studies.append(number)
    return found


def _released(
    report: Diagnosis, told: Mapping[tuple[str, str, str, str, str, int], PlannedWidth]
) -> Iterable[tuple[PlannedWidth, float]]:
    for measure in report.measures:
        at, cell = measure.at, measure.cell
        key = (at.statistic, at.subject, at.unit.kind, at.unit.community, at.unit.name, at.wave)
        if key not in told or not isinstance(cell, Estimate) or cell.value is None:
            continue
        band = cell.band(0.95)
        if band is not None:
            yield told[key], band.high - band.low
