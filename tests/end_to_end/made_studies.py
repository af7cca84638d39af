"""Study folders with answers written by the tests, run through the command line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lcdiag import open_study
from lcdiag.cli.main import call
from lcdiag.instrument.study import Study

SETTINGS = """title = "{title}"
languages = ["nl", "en"]
set = "short"

[[waves]]
number = 1

{communities}
{parties}
"""


def write_study(
    folder: Path,
    *,
    title: str = "Proef",
    communities: Sequence[str] = ("Noord",),
    parties: Sequence[tuple[str, str]] = (("Gemeente", "overheid"), ("School", "onderwijs")),
) -> Path:
    """Write ``study.toml`` and an empty answer folder; return the study's folder."""
    places = "\n".join(f"[[communities]]\nname = '{name}'\n" for name in communities)
    seats = "\n".join(
        f"[[parties]]\nname = '{name}'\nsector = '{sector}'\n" for name, sector in parties
    )
    text = SETTINGS.format(title=title, communities=places, parties=seats)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    (folder / "antwoorden" / "meetmoment-1").mkdir(parents=True)
    return folder


def write_answers(
    folder: Path,
    rows: Sequence[tuple[str, str, str]],
    codes: np.ndarray | str | int = "random",
    *,
    name: str = "antwoorden.csv",
) -> Path:
    """Write answers of (person, community, party) rows: random codes, one text, or a matrix."""
    study: Study = open_study(folder)
    columns = study.questionnaire.codes
    shape = (len(rows), len(columns))
    if isinstance(codes, str) and codes == "random":
        drawn = np.random.default_rng(1).integers(2, 7, shape).astype(str)
    else:
        drawn = np.broadcast_to(np.asarray(codes), shape).astype(str)
    path = folder / "antwoorden" / "meetmoment-1" / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "gemeenschap", "partij", *columns])
        writer.writerows([[*row, *line] for row, line in zip(rows, drawn, strict=True)])
    return path


def people(
    count: int, community: str = "Noord", party: str = "Gemeente"
) -> list[tuple[str, str, str]]:
    """Return rows for people of one party in one community."""
    return [(f"{community[:3]}{party[:2]}{number}", community, party) for number in range(count)]


def report(folder: Path, *options: str) -> tuple[int, Path]:
    """Run ``lcdiag report`` and return its exit code and the folder of the pages."""
    output = folder / "uit"
    arguments = ["report", str(folder), "-o", str(output), "--no-explore", "--language", "nl"]
    return call([*arguments, *options]), output
