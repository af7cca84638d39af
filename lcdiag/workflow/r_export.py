"""Answers, scores and our exact numbers for R, with a script that recomputes them there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lcdiag.base.cells import safe_cell
from lcdiag.base.estimate import Estimate

if TYPE_CHECKING:
    from lcdiag.diagnosis.evidence import Evidence
    from lcdiag.diagnosis.scored import Scored

MARK = "INTERN-NIET-DELEN-"
"""Before the name of every file that holds answers of single people."""
SCRIPT = "recompute.R"
FACTORS = ("person", "party", "community", "wave")
_TEXTS = (
    "absent",
    "converged",
    "failed",
    "largest",
    "nothing",
    "package",
    "summary",
)

Row = Sequence[str | int | float | None]


def r_files(evidence: Evidence, language: str) -> Mapping[str, bytes]:
    """Return the files of an export to R by name.

    People, parties, groups and communities are numbers in what R reads, so that no name can break
    it; the names stand in a file of their own.

    Parameters
    ----------
    evidence : Evidence
        Scored answers of a study; nothing is hidden in what comes out.
    language : str
        Of what the script prints.
    """
    from lcdiag.diagnosis.scored import scored_scales
    from lcdiag.diagnosis.units import meeting_tables

    scales = [one for one in scored_scales(evidence) if not one.over_parties]
    responses = evidence.responses
    numbers = {name: _numbers(getattr(responses, name)) for name in FACTORS[:3]}
    tables = meeting_tables(responses)
    numbers["meeting_group"] = _numbers(responses.community if tables is None else tables)
    return {
        f"{MARK}answers-long.csv": _csv(
            ("row", "person", "community", "party", "wave", "scale", "item", "value"),
            (row for one in scales for row in _answers(evidence, one, numbers)),
        ),
        f"{MARK}scores-long.csv": _csv(
            ("row", "person", "community", "meeting_group", "party", "wave", "scale", "score"),
            (row for one in scales for row in _scores(evidence, one, numbers)),
        ),
        f"{MARK}labels.csv": _csv(("what", "number", "name"), _labels(evidence, scales)),
        f"{MARK}lcdiag-values.csv": _csv(
            ("scale", "wave", "community", "statistic", "value", "absent", "options", "factors"),
            (row for one in scales for row in _values(evidence, one, numbers)),
        ),
        SCRIPT: _script(language).encode("utf-8"),
    }


def _numbers(labels: Any) -> Any:
    """Return the (n,) number of each label from 1, in the order of the sorted labels."""
    return np.unique(labels.astype(str), return_inverse=True)[1].reshape(-1) + 1


def _csv(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return CSV without a byte order mark, which R would take for part of the first name."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _answers(evidence: Evidence, one: Scored, numbers: Mapping[str, Any]) -> Iterator[Row]:
    items = one.items(evidence)
    wave = evidence.responses.wave
    for row in np.flatnonzero(~np.isnan(items).all(axis=1)).tolist():
        who = [int(numbers[name][row]) for name in FACTORS[:3]]
        for code, value in zip(one.scale.items, items[row].tolist(), strict=True):
            yield (
                row + 1, who[0], who[2], who[1], int(wave[row]), one.address, code,
                None if value != value else value,
            )  # fmt: skip


def _scores(evidence: Evidence, one: Scored, numbers: Mapping[str, Any]) -> Iterator[Row]:
    scores = evidence.scores.scale(one.address)
    wave = evidence.responses.wave
    for row in np.flatnonzero(~np.isnan(scores)).tolist():
        names = ("person", "community", "meeting_group", "party")
        who = [int(numbers[name][row]) for name in names]
        yield (row + 1, *who, int(wave[row]), one.address, float(scores[row]))


def _labels(evidence: Evidence, scales: Sequence[Scored]) -> Iterator[Row]:
    for name in FACTORS[:3]:
        labels = np.unique(getattr(evidence.responses, name).astype(str))
        for number, label in enumerate(labels.tolist(), start=1):
            yield name, number, safe_cell(label)
    for number, one in enumerate(scales, start=1):
        yield "scale", number, one.address


def _values(evidence: Evidence, one: Scored, numbers: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what R is to recompute: per wave, per community and wave, and over all waves."""
    from lcdiag.statistics.agreement import rwg_j
    from lcdiag.statistics.intraclass import icc_1, icc_k
    from lcdiag.statistics.omega import mcdonald_omega
    from lcdiag.statistics.reliability import cronbach_alpha

    items, scores = one.items(evidence), evidence.scores.scale(one.address)
    for wave in evidence.waves:
        rows = evidence.responses.wave == wave
        here, labels = items[rows], numbers["community"][rows]
        of_wave = {
            "cronbach_alpha": cronbach_alpha(here),
            "mcdonald_omega": mcdonald_omega(here, interval="none"),
            "icc_1": icc_1(scores[rows], labels, size="k0"),
            "icc_1.mean_size": icc_1(scores[rows], labels, size="mean"),
            "icc_k": icc_k(scores[rows], labels),
        }
        for name, cell in of_wave.items():
            yield _row(one, wave, None, name, cell)
        agreement = {
            "rwg_j": rwg_j(here, labels, options=one.points),
            "rwg_j.listwise": rwg_j(here, labels, options=one.points, missing="listwise"),
        }
        for name, found in agreement.items():
            for place, label in enumerate(found.groups.tolist()):
                value, reason = float(found.values[place]), str(found.reasons[place])
                cell = Estimate.missing(reason) if reason else Estimate(value)
                yield _row(one, wave, int(label), name, cell)
    yield from _shares(evidence, one, numbers)


def _shares(evidence: Evidence, one: Scored, numbers: Mapping[str, Any]) -> Iterator[Row]:
    """Yield how the variance of a score divides over people, parties, communities and waves."""
    from lcdiag.diagnosis.units import meeting_tables
    from lcdiag.statistics.variance import variance_shares

    factors = {name: numbers[name] for name in FACTORS[:3]}
    if meeting_tables(evidence.responses) is not None:
        factors["meeting_group"] = numbers["meeting_group"]
    if len(evidence.waves) > 1:
        factors["wave"] = evidence.responses.wave
    found = variance_shares(evidence.scores.scale(one.address), factors, intervals="none")
    used = " ".join(name.split("+")[0] for name in found.groupings)
    for name in [*found.groupings, *found.problems, "residual"]:
        cell = found.share(name)
        yield _row(one, 0, None, f"variance_share.{name}", cell, used)


def _row(
    one: Scored, wave: int, community: int | None, statistic: str, cell: Estimate, factors: str = ""
) -> Row:
    return (
        one.address, wave, community, statistic, cell.value, cell.absent, one.points, factors
    )  # fmt: skip


def _script(language: str) -> str:
    from lcdiag.base.text import Message, resolve

    template = Path(__file__).with_name(SCRIPT).read_text(encoding="utf-8")
    lines = [
        f'  {name} = "{_quoted(resolve(Message(f"export.r-{name}"), language))}"' for name in _TEXTS
    ]
    return template.replace("@TEXTS@", ",\n".join(lines))


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
