"""How often the strips of variance shares hold the truth, through the whole diagnosis.

    python benchmarks/variance_shares.py [--replicates 400] [--write]

Study r of every design starts its generator at r = 1, 2, 3 ...; none is left out. Scores of one
scale are normal numbers with known shares, in the place of scored answers; what is
looked at are the released cells. A part passes when the 99 % binomial interval of its coverage at
95 % overlaps 92 to 98 %, as in benchmarks/coverage.py. Studies in which a part has no strip (at its
boundary) are counted and shown. --write renews the table in docs/variance_shares.md.
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
from lcdiag.responses.model import MISSING, ResponseSet
from lcdiag.scoring.score import score_responses

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "variance_shares.md"
MARK = "<!-- table -->"
PARTS = ("person", "party", "community", "wave", "meeting_group", "rest")


@dataclass(frozen=True)
class Design:
    """A study in which every party sits in every community, and the true shares of `PARTS`."""

    communities: int
    parties: int
    seats: int
    waves: int
    shares: tuple[float, float, float, float, float, float]
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


DESIGNS = (
    Design(12, 8, 2, 2, (0.25, 0.10, 0.15, 0.0, 0.0, 0.50)),
    Design(10, 6, 2, 6, (0.25, 0.10, 0.15, 0.10, 0.0, 0.40)),
    Design(25, 10, 1, 2, (0.25, 0.10, 0.15, 0.0, 0.0, 0.50)),
    Design(12, 8, 3, 2, (0.25, 0.10, 0.10, 0.0, 0.10, 0.45), groups=3),
)


def evidence_of(design: Design, start: int) -> Evidence:
    """Return evidence in which the scale's scores are drawn with the design's shares."""
    rng = np.random.default_rng(start)
    people = design.communities * design.parties * design.seats
    person = np.repeat(np.arange(people), design.waves)
    wave = np.tile(np.arange(design.waves), people)
    community = person // (design.parties * design.seats)
    party = person // design.seats % design.parties
    # people of one party spread over the groups of their community
    group = community * max(design.groups, 1) + person % max(design.groups, 1)
    y = np.sqrt(design.shares[-1]) * rng.standard_normal(len(person))
    for part, codes in zip(design.shares, (person, party, community, wave, group), strict=False):
        y += np.sqrt(part) * rng.standard_normal(codes.max() + 1)[codes]
    questionnaire = compose([["lc-safety:safety"]], ("en",))
    names = tuple(Community(name=f"C{k}") for k in range(design.communities))
    study = Study(Path(), StudySettings(title="One scale", communities=names), questionnaire)
    responses = ResponseSet(
        person=np.array([f"p{code}" for code in person], dtype=object),
        community=np.array([f"C{code}" for code in community], dtype=object),
        meeting_group=np.array([f"G{k}" if design.groups else "" for k in group], dtype=object),
        party=np.array([f"P{code}" for code in party], dtype=object),
        sector=np.full(len(person), "", dtype=object),
        wave=wave + 1,
        language=np.full(len(person), "en", dtype=object),
        columns=questionnaire.codes,
        codes=np.full((len(person), len(questionnaire.codes)), MISSING, dtype=np.int16),
    )
    scores = score_responses(responses, questionnaire)
    values = np.repeat(np.clip(4 + 0.6 * y, 1, 7)[:, None], len(scores.scales), axis=1)
    return Evidence(study, responses, replace(scores, values=values))


def one_study(design: Design, start: int) -> dict[str, bool | None]:
    """Return for each part whether its released strip at 95 % holds the truth; None without."""
    found = diagnosis_of(evidence_of(design, start), made="")
    held: dict[str, bool | None] = {}
    for part, truth in zip(PARTS, design.shares, strict=True):
        if truth > 0:
            cell = found.cell(f"variance_share.{part}", "lc-safety:safety", STUDY, 0)
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
    truth = design.shares[PARTS.index(part)]
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
