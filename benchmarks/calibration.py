"""How often the signature fires: false alarms under each null, hits where it is planted.

    python benchmarks/calibration.py            # 200 communities a line
    python benchmarks/calibration.py --studies 40 --write

Every line is 10 communities a study x the given number of studies, drawn with the starts 1, 2, 3
..., and run through the whole diagnosis with its disclosure control: what a page would say is what
is counted. Each share stands with its exact binomial (Clopper-Pearson) interval at 95 %. With
``--write`` the hit rates go to ``lcdiag/diagnosis/power.json``, from which pages tell the power
for their own n.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lcdiag import __version__
from lcdiag.base.records import write_whole
from lcdiag.diagnosis.calibrated import exact_interval
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.power import POWER_FILE
from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import Community, RosterRow, Study, StudySettings
from lcdiag.planning.simulate import Meeting, Seat, Spread, Truth, simulate_responses

CRITICAL = ("interests", "course", "letting-go", "complexity", "together", "reflection")
CONTROL = ("punctuality", "agenda")
SIZES = (6, 8, 10, 15, 20)
POWER_SIZES = (6, 7, 8, 9, 10, 12, 15, 20)
COMMUNITIES = 10
PLANTED = 1.5
INDICATOR = "lc-collusion:abilene"
SPREAD = Spread(general=0.35, scale=0.6, party=0.2, item=0.2, answer=0.85)  # sd about 1.1 an answer


@dataclass(frozen=True)
class World:
    """What is true of every community of a study."""

    name: str
    truth: Truth
    spread: Spread = SPREAD
    alone: bool = False
    """Studies of one community, where no others tell how large the everyday gap is."""


def truth(own: float, gap: float, lag: float, everyday: float = 0.0, carrying: int = 6) -> Truth:
    """Return a truth: the first topics carry gap and lag, the rest only the everyday gap."""
    topics = {}
    for place, topic in enumerate((*CRITICAL, *CONTROL)):
        carries = place < carrying
        seen = own + everyday / 2 if not carries else own
        others = seen - everyday - (gap if carries else 0.0)
        practice = seen - everyday - (lag if carries else 0.0)
        topics[topic] = (seen, others, practice)
    return Truth(topics=topics)


NULLS = (
    World("nothing planted", truth(5.0, 0, 0)),
    World("self-enhancement 0.4", truth(5.0, 0, 0, 0.4)),
    World("self-enhancement 0.8", truth(5.0, 0, 0, 0.8)),
    World("practice lag 1.5 known to all", truth(5.5, 0, 1.5, 0.4)),
    World("open conflict", truth(4.6, 0, 1.0, 0.4), replace(SPREAD, party=1.5)),
    World("a new group", truth(4.8, 0, 0.3, 0.4), replace(SPREAD, answer=1.4, dont_know=0.25)),
    World("everybody positive (ceiling)", truth(6.6, 0, 0, 0.4)),
    World("skewed answers", truth(6.0, 0, 0.5, 0.4), replace(SPREAD, answer=1.3)),
    World("30 % careless rows", truth(5.5, 0, 1.5, 0.4), replace(SPREAD, careless=0.3)),
    World("alone: self-enhancement 0.8", truth(5.0, 0, 0, 0.8), alone=True),
    World("alone: practice lag, known to all", truth(5.5, 0, 1.5, 0.4), alone=True),
    World("alone: both at once", truth(5.5, 0, 1.5, 0.8), alone=True),
)


def study_of(questionnaire: Questionnaire, n: int, communities: int) -> Study:
    """Return a study of some communities to each of which n people were invited."""
    names = [f"Community {number}" for number in range(1, communities + 1)]
    settings = StudySettings(
        title="Simulation",
        languages=("en",),
        instruments=("lc-collusion:topics",),
        communities=tuple(Community(name=name) for name in names),
    )
    roster = tuple(RosterRow(name, "all", "", 1, n) for name in names)
    return Study(Path(), settings, questionnaire, roster)


def rate(world: World, questionnaire: Questionnaire, n: int, starts: range) -> tuple[int, int]:
    """Return in how many communities of how many the signature appeared."""
    communities = 1 if world.alone else COMMUNITIES
    runs = range(starts.start, starts.start + len(starts) * COMMUNITIES // communities)
    study = study_of(questionnaire, n, communities)
    meetings = [
        Meeting(
            community.name,
            1,
            tuple(Seat(f"{community.name}-{number}", f"party {number % 5}") for number in range(n)),
            world.truth,
        )
        for community in study.settings.communities
    ]
    fired = 0
    for start in runs:
        responses = simulate_responses(
            questionnaire, meetings, rng=np.random.default_rng(start), spread=world.spread
        )
        signals = diagnose(study, responses, made="").signals
        fired += sum(signal.indicator == INDICATOR for signal in signals)
    return fired, communities * len(runs)


def shown(fired: int, runs: int) -> str:
    """Return a share with its exact binomial interval."""
    low, high = exact_interval(fired, runs)
    return f"{100 * fired / runs:5.1f} % [{100 * low:4.1f}, {100 * high:5.1f}]"


def asked(topics: int) -> Questionnaire:
    """Return the questions of the first topics and both control topics."""
    blocks = [f"lc-collusion:topic.{topic}" for topic in (*CRITICAL[:topics], *CONTROL)]
    return compose([blocks], ("en",))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where a null fires in more than 5 % of its communities."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--studies", type=int, default=20, help="studies of ten communities a line")
    parser.add_argument("--write", action="store_true", help="write the hit rates for the pages")
    options = parser.parse_args(arguments)
    starts = range(1, options.studies + 1)
    whole = asked(6)
    worst = 0.0
    print(f"{COMMUNITIES * options.studies} communities a cell; starts 1 to {options.studies}")
    print(f"{'FALSE ALARMS':<34}" + "".join(f"n = {n:<23}" for n in SIZES))
    for world in NULLS:
        cells = [rate(world, whole, n, starts) for n in SIZES]
        worst = max(worst, *(fired / runs for fired, runs in cells))
        print(f"{world.name:<34}" + "".join(f"{shown(*cell):<27}" for cell in cells), flush=True)
    print(f"{'HITS, planted gap 1.5':<34}" + "".join(f"n = {n:<23}" for n in SIZES))
    for label, topics, carrying in (
        ("six topics asked, six carry it", 6, 6),
        ("six topics asked, four carry it", 6, 4),
        ("three topics asked, three carry it", 3, 3),
    ):
        planted = World(label, truth(5.5, PLANTED - 0.4, PLANTED - 0.4, 0.4, carrying))
        cells = [rate(planted, asked(topics), n, starts) for n in SIZES]
        print(f"{label:<34}" + "".join(f"{shown(*cell):<27}" for cell in cells), flush=True)
    if options.write:
        write_power(starts)
    return int(worst > 0.05)


def write_power(starts: range) -> None:
    """Write how often planted communities of each size carry the signature."""
    entries = []
    for topics in range(3, len(CRITICAL) + 1):
        planted = World("planted", truth(5.5, PLANTED - 0.4, PLANTED - 0.4, 0.4))
        for n in POWER_SIZES:
            fired, runs = rate(planted, asked(topics), n, starts)
            entries.append({"n": n, "topics": topics, "fired": fired, "runs": runs})
    table = {
        "schema": "lcdiag/power/1",
        "rule": "abilene-signature",
        "planted": PLANTED,
        "made_with": __version__,
        "entries": entries,
        "indicators": json.loads(POWER_FILE.read_text(encoding="utf-8")).get("indicators", []),
    }
    write_whole(POWER_FILE, json.dumps(table, indent=1) + "\n")
    print(f"written: {POWER_FILE.name}")


if __name__ == "__main__":
    sys.exit(main())
