"""CPU seconds of the whole way, of the help, and of the bare imports, each in a process of its own.

    python benchmarks/study.py

A study of 2,000 people x 60 items in 12 communities is written to a temporary folder, then read,
checked, scored, diagnosed and rendered (one dashboard). The peer, in the same run, reads the same
file with pandas and computes what it has a ready function for: group means, and pingouin's alpha
per scale. Medians of 5 runs after one that is not counted; user + system time of the process,
start-up and imports included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from lcdiag.instrument.compose import compose
from lcdiag.planning.simulate import Meeting, Seat, Truth, simulate_responses

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


def main() -> None:
    """Print the table."""
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
    main()
