"""CPU seconds of the whole way, of the help, and of the bare imports, each in a process of its own.

    python benchmarks/study.py
    python benchmarks/study.py --large    # 40 communities x 6 waves x 50 people x 60 items only

A study of 2,000 people x 60 items in 12 communities is written to a temporary folder, then read,
checked, scored, diagnosed and rendered (one dashboard). The peer, in the same run, reads the same
file with pandas and computes what it has a ready function for: group means, and pingouin's alpha
per scale. Medians of 5 runs after one that is not counted; user + system time of the process,
start-up and imports included. The large study is diagnosed in a process of its own: CPU seconds of
`diagnose` alone, and the peak memory of the whole process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import Community, Party, RosterRow, Study, StudySettings, Wave
from lcdiag.planning.simulate import Meeting, Seat, Truth, simulate_responses
from lcdiag.responses.model import ResponseSet

BLOCKS = (
    "lc-safety",
    "lc-trust:between",
    "lc-conflict:task",
    "lc-conflict:relationship",
    "lc-collusion:topics",
    "lc-collusion:avoidance",
    "lc-collusion:collaboration",
    "lc-climate:interdependence",
    "lc-climate:differences",
)
PEOPLE, ITEMS, COMMUNITIES = 2000, 60, 12
RUNS = 5
LARGE = {"communities": 40, "waves": 6, "people": 50}

OURS = """
import lcdiag
study = lcdiag.open_study({folder!r})
diagnosis = lcdiag.diagnose(study, lcdiag.read_responses(study))
page = lcdiag.render(diagnosis, diagnosis.communities[0])
assert len(diagnosis.measures) > 1000 and "</html>" in page
"""
PEER = """
import pandas as pd
import pingouin
frame = pd.read_csv({file!r})
items = frame.columns[2:]
frame.groupby("gemeenschap")[list(items)].mean()
for start in range(0, 60, 5):
    pingouin.cronbach_alpha(frame[items[start:start + 5]])
"""


MEASURED = """
import resource, sys, time
sys.path.insert(0, {here!r})
from study import large_study
from lcdiag.diagnosis.diagnose import diagnose
study, responses = large_study()
before = time.process_time()
diagnosis = diagnose(study, responses, made="2026-01-01"{exact})
used = time.process_time() - before
print(used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, len(diagnosis.measures))
"""


def large_study() -> tuple[Study, ResponseSet]:
    """Return a study of 12,000 rows: forty communities of fifty people, six parties, six waves."""
    questionnaire = compose([[block] for block in BLOCKS], ("nl", "en"))
    names = [f"Gemeenschap {place}" for place in range(LARGE["communities"])]
    parties = tuple(Party(name=f"Partij {one}", sector=f"Sector {one % 3}") for one in range(6))
    waves = range(1, LARGE["waves"] + 1)
    settings = StudySettings(
        title="Groot",
        instruments=BLOCKS,
        communities=tuple(Community(name=name) for name in names),
        parties=parties,
        waves=tuple(Wave(number=wave) for wave in waves),
    )
    people = LARGE["people"]
    roster = tuple(
        RosterRow(name, party.name, party.sector, wave, people // len(parties) + 1)
        for name in names
        for wave in waves
        for party in parties
    )
    seats = {
        name: tuple(
            Seat(f"{name}-{one}", parties[one % 6].name, parties[one % 6].sector)
            for one in range(people)
        )
        for name in names
    }
    meetings = [Meeting(name, wave, seats[name], Truth()) for name in names for wave in waves]
    responses = simulate_responses(questionnaire, meetings, rng=np.random.default_rng(1))
    return Study(Path(), settings, questionnaire, roster), responses


def write_study(folder: Path) -> Path:
    """Write the study and return its file of answers."""
    questionnaire = compose([[block] for block in BLOCKS], ("nl", "en"))
    assert len(questionnaire.codes) == ITEMS, len(questionnaire.codes)
    meetings = [
        Meeting(
            f"Gemeenschap {place}",
            1,
            tuple(
                Seat(f"p{place}-{number}", f"Partij {number % 6}")
                for number in range(PEOPLE // COMMUNITIES + (place < PEOPLE % COMMUNITIES))
            ),
            Truth(),
        )
        for place in range(COMMUNITIES)
    ]
    drawn = simulate_responses(questionnaire, meetings, rng=np.random.default_rng(1))
    blocks = ", ".join(f'"{block}"' for block in BLOCKS)
    (folder / "study.toml").write_text(
        f'title = "Benchmark"\ninstruments = [{blocks}]\n', encoding="utf-8"
    )
    path = folder / "antwoorden" / "meetmoment-1" / "antwoorden.csv"
    path.parent.mkdir(parents=True)
    lines = [",".join(["code", "gemeenschap", *drawn.columns])]
    for person, community, codes in zip(drawn.person, drawn.community, drawn.codes, strict=True):
        lines.append(",".join([person, community, *map(str, codes)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def seconds(arguments: list[str]) -> float:
    """Return the median CPU seconds of a command over the runs."""
    measured = []
    for _ in range(RUNS + 1):
        before = os.times()
        subprocess.run(arguments, check=True, capture_output=True)
        after = os.times()
        used = after.children_user + after.children_system
        measured.append(used - before.children_user - before.children_system)
    return float(np.median(measured[1:]))


def print_large(exact: bool) -> None:
    """Print what the diagnosis of the large study takes."""
    here = str(Path(__file__).resolve().parent)
    code = MEASURED.format(here=here, exact=", exact=True" if exact else "")
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    seconds, megabytes, cells = (float(one) for one in done.stdout.split())
    shape = " x ".join(str(one) for one in (*LARGE.values(), ITEMS))
    kind = "profile intervals" if exact else "approximate intervals"
    bound = "" if exact else "   20 s CPU, 1000 MB"
    print(f"diagnose {shape}, {kind}:")
    print(f"  {seconds:.1f} s CPU, {megabytes:.0f} MB, {cells:.0f} cells{bound}")


def main(large: bool) -> None:
    """Print the table."""
    if large:
        print_large(exact=False)
        print_large(exact=True)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_study(folder)
        python = [sys.executable, "-c"]
        ours = OURS.format(folder=str(folder))
        peer = PEER.format(file=str(file))
        rows = [
            ("read, check, score, diagnose, render: 2,000 x 60", [*python, ours], "3 s"),
            ("lcdiag --help", [sys.executable, "-m", "lcdiag", "--help"], "0.150 s"),
            ("import lcdiag", [*python, "import lcdiag"], ""),
            (
                "peer: pandas and pingouin on the same file",
                [*python, peer],
                "",
            ),
        ]
        print(f"{'CPU seconds, median of 5':<52}{'measured':>10}   to stay below")
        for label, command, bound in rows:
            print(f"{label:<52}{seconds(command):>10.3f}   {bound}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="the large study only")
    main(parser.parse_args().large)
