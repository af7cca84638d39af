"""How often the strips of variance shares hold the truth, through the whole diagnosis.

    python benchmarks/variance_shares.py [--replicates 400] [--write]

Study r of every design starts its generator at r = 1, 2, 3 ...; none is left out. Answers to one
scale of seven items are simulated, and the true shares worked out from the model
(`lcdiag.planning.implied`); what is looked at are the released cells. A part passes when the 99 %
binomial interval of its coverage at 95 % overlaps 92 to 98 %, as in benchmarks/coverage.py. Studies
in which a part has no strip (at its boundary) are counted and shown. --write renews the table in
docs/variance_shares.md.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.calibrated import exact_interval
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.units import STUDY
from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import Community, Study, StudySettings
from lcdiag.planning.implied import true_scales
from lcdiag.planning.simulate import Meeting, Seat, Spread, Truth, draw_responses
from lcdiag.scoring.score import score_responses

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "variance_shares.md"
MARK = "<!-- table -->"
SCALE = "lc-safety:safety"
PARTS = ("person", "party", "community", "wave", "meeting_group", "rest")


@dataclass(frozen=True)
class Design:
    """A study in which every party sits in every community, and the sizes of its parts."""

    communities: int
    parties: int
    seats: int
    waves: int
    spread: Spread
    groups: int = 0
    """Meeting groups in every community; people of one party spread over them."""

    @property
    def name(self) -> str:
        """Return what stands in the table."""
        groups = f"{self.groups} meeting groups, " if self.groups else ""
        return (
            f"{self.communities} communities x {self.parties} parties x {self.seats}, "
            f"{groups}waves {self.waves}"
        )


NOISE = Spread(general=0.0, scale=0.32, party=0.0, item=0.2, answer=1.2, organisation=0.2)
"""Seven answers of one person in one wave average to a standard deviation of about 0.47."""

DESIGNS = (
    Design(12, 8, 2, 2, replace(NOISE, community=0.25)),
    Design(10, 6, 2, 6, replace(NOISE, community=0.25, wave=0.2)),
    Design(25, 10, 1, 2, replace(NOISE, community=0.25)),
    Design(12, 8, 3, 2, replace(NOISE, community=0.2, group=0.2), groups=3),
)


def meetings_of(design: Design) -> list[Meeting]:
    """Return who sits where, in every wave the same people."""
    return [
        Meeting(
            f"C{community}",
            wave,
            tuple(
                Seat(
                    f"C{community}-P{party}-{seat}",
                    f"P{party}",
                    language="en",
                    # people of one party spread over the groups of their community
                    meeting_group=f"G{(party + seat) % design.groups}" if design.groups else "",
                )
                for party in range(design.parties)
                for seat in range(design.seats)
            ),
            Truth(elsewhere=4.0),
        )
        for wave in range(1, design.waves + 1)
        for community in range(design.communities)
    ]


def evidence_of(design: Design, start: int) -> tuple[Evidence, dict[str, float]]:
    """Return simulated answers to one scale, and the true shares of its scores' variance."""
    questionnaire = compose([[SCALE]], ("en",))
    names = tuple(Community(name=f"C{k}") for k in range(design.communities))
    study = Study(Path(), StudySettings(title="One scale", communities=names), questionnaire)
    meetings, rng = meetings_of(design), np.random.default_rng(start)
    drawn = draw_responses(questionnaire, meetings, rng=rng, spread=design.spread)
    true = true_scales(questionnaire, meetings, drawn, design.spread)[SCALE].shares
    scores = score_responses(drawn.responses, questionnaire)
    return Evidence(study, drawn.responses, scores), true


def one_study(design: Design, start: int) -> dict[str, bool | None]:
    """Return for each part whether its released strip at 95 % holds the truth; None without."""
    evidence, true = evidence_of(design, start)
    found = diagnosis_of(evidence, made="")
    held: dict[str, bool | None] = {}
    for part in PARTS:
        truth = true[part]
        if truth > 0:
            cell = found.cell(f"variance_share.{part}", SCALE, STUDY, 0)
            assert isinstance(cell, Estimate)
            known = cell.low is not None and cell.high is not None
            held[part] = cell.low <= truth <= cell.high if known else None  # type: ignore[operator]
    return held


def row(design: Design, part: str, found: list[bool | None]) -> tuple[str, bool]:
    """Return one line of the table, and whether it passes."""
    known = [one for one in found if one is not None]
    n, held = len(known), sum(known)
    low, high = exact_interval(held, n, 0.99)
    passed = low <= 0.98 and high >= 0.92
    truth = evidence_of(design, 1)[1][part]
    share = f"{100 * held / max(n, 1):.1f} [{100 * low:.1f}, {100 * high:.1f}]"
    verdict = "ok" if passed else ("**low**" if high < 0.92 else "**high**")
    return (
        f"| {design.name} | {part} | {truth:.2f} | {share} {verdict} | {len(found) - n} |",
        passed,
    )


def main() -> int:
    """Print the table; return 1 where a part does not pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=400)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    lines = ["| study | part | truth | 95 % | no strip |", "|---|---|---|---|---|"]
    all_passed = True
    began = time.process_time()
    for design in DESIGNS:
        found = [one_study(design, start) for start in range(1, asked.replicates + 1)]
        for part in found[0]:
            line, passed = row(design, part, [one[part] for one in found])
            lines.append(line)
            all_passed = all_passed and passed
            print(line, flush=True)
    print(f"{time.process_time() - began:.0f} s CPU, {asked.replicates} studies a design")
    if asked.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = text.partition(MARK)
        _, _, after = rest.partition(MARK)
        table = "\n".join(lines)
        DOCUMENT.write_text(f"{before}{MARK}\n\n{table}\n\n{MARK}{after}", encoding="utf-8")
    return int(not all_passed)


if __name__ == "__main__":
    raise SystemExit(main())
