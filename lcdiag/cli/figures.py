"""Prints worked-out numbers: a table for people, JSON or CSV for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from lcdiag.cli.language import say, spoken
from lcdiag.cli.output import tell, write_findings, write_table

if TYPE_CHECKING:
    from pathlib import Path

    from lcdiag.base.estimate import Estimate
    from lcdiag.base.findings import Finding
    from lcdiag.workflow.column_statistics import Figures, ItemChoice, Line

    Answer = tuple[tuple[Figures, ...], tuple[Finding, ...]]
    Work = Callable[[Path, ItemChoice], Answer]

_FIELDS = ("value", "low", "high", "confidence", "n", "method", "absent")
_WIDE = ("share", "variance")  # statistics whose interval stands beside them in a wide table


def answer(
    work: Work,
    source: Path,
    choice: ItemChoice,
    *,
    as_json: bool = False,
    as_csv: bool = False,
    quiet: bool = False,
) -> None:
    """Work something out of a file and print it."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import has_errors
    from lcdiag.workflow.agreement import agreement_around

    remarks = agreement_around(source)
    if has_errors(remarks):
        raise LcdiagError(remarks)
    found, about = work(source, choice)
    write_findings((*remarks, *about), quiet=quiet or as_json or as_csv)
    if as_json:
        _json(found)
    elif as_csv:
        _csv(found)
    else:
        for number, one in enumerate(found):
            if number:
                click.echo()
            _tables(one, quiet)


def _json(found: Iterable[Figures]) -> None:
    import json

    from lcdiag.base.text import resolve

    content = [
        {
            **one.about,
            "lines": [
                {"part": part, **_plain(line)}
                for part, lines in one.parts.items()
                for line in lines
            ],
            "notes": [resolve(note, spoken()) for note in one.notes],
        }
        for one in found
    ]
    click.echo(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False))


def _csv(found: Iterable[Figures]) -> None:
    import csv
    import io

    from lcdiag.base.cells import safe_cell

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["items", "part", "statistic", "of", *_FIELDS])
    for one in found:
        items = safe_cell(" ".join(one.about["items"]))
        for part, lines in one.parts.items():
            for line in lines:
                plain = _plain(line)
                numbers = ["" if plain[name] is None else plain[name] for name in _FIELDS]
                writer.writerow([items, part, line.statistic, safe_cell(line.of), *numbers])
    click.echo(text.getvalue(), nl=False)


def _plain(line: Line) -> dict[str, Any]:
    numbers = {name: getattr(line.estimate, name) for name in _FIELDS}
    return {"statistic": line.statistic, "of": line.of, **numbers}


def _tables(one: Figures, quiet: bool) -> None:
    from lcdiag.base.text import resolve

    tell(_about(one), quiet=quiet)
    for part, lines in one.parts.items():
        if not lines:
            continue
        click.echo()
        if part == "scale":
            _down(lines)
        elif part == "person":
            _spread(lines)
        else:
            _across(part, lines)
        if part != "scale" and any(line.estimate.value is None for line in lines):
            tell(say("figures.why-absent"), quiet=quiet)
    for note in one.notes:
        tell("\n" + resolve(note, spoken()), quiet=quiet)


def _about(one: Figures) -> str:
    about = one.about
    text = say(
        "figures.about",
        file=about["file"],
        items=", ".join(about["items"]),
        rows=about["rows"],
        complete=about["complete"],
    )
    if about["reversed"]:
        text += " " + say("figures.reversed", items=", ".join(about["reversed"]))
    for name, count in about["groups"].items():
        text += " " + say("figures.groups", name=name, n=count)
    return text


def _label(statistic: str) -> str:
    return say(f"figures.{statistic}")


def _down(lines: Sequence[Line]) -> None:
    """Print one line a statistic, with interval, n and method."""
    head = [say(f"figures.{word}") for word in ("statistic", "value", "interval", "n", "how")]
    rows = [
        [
            _label(line.statistic),
            _value(line.estimate),
            _interval(line.estimate),
            str(line.estimate.n),
            line.estimate.method,
        ]
        for line in lines
    ]
    write_table(head, rows)


def _across(part: str, lines: Sequence[Line]) -> None:
    """Print one line an item, group or component, with a column a statistic."""
    statistics = list(dict.fromkeys(line.statistic for line in lines))
    by_name: dict[str, dict[str, Estimate]] = {}
    for line in lines:
        by_name.setdefault(line.of, {})[line.statistic] = line.estimate
    head = [say(f"figures.{part}"), say("figures.n"), *map(_label, statistics)]
    rows = []
    for name, cells in by_name.items():
        shown = say("figures.residual") if (part, name) == ("component", "residual") else name
        n = str(next(iter(cells.values())).n)
        rows.append([shown, n, *(_cell(word, cells[word]) for word in statistics)])
    write_table(head, rows)


def _cell(statistic: str, estimate: Estimate) -> str:
    if estimate.value is None:
        return "\u2013"
    text = _value(estimate)
    between = _interval(estimate) if statistic in _WIDE else ""
    return f"{text} ({between})" if between else text


def _spread(lines: Sequence[Line]) -> None:
    """Print how each index spreads over the rows: nobody is singled out on a screen."""
    import numpy as np

    points = (0, 5, 50, 95, 100)
    head = [say("figures.index"), say("figures.n"), *(say(f"figures.point-{p}") for p in points)]
    rows = []
    for statistic in dict.fromkeys(line.statistic for line in lines):
        known = [
            line.estimate.value
            for line in lines
            if line.statistic == statistic and line.estimate.value is not None
        ]
        cells = [_number(float(np.percentile(known, p))) if known else "\u2013" for p in points]
        rows.append([_label(statistic), str(len(known)), *cells])
    write_table(head, rows)


def _value(estimate: Estimate) -> str:
    if estimate.value is None:
        return say("figures.absent", reason=(estimate.absent or "").replace("-", " "))
    return _number(estimate.value)


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return say("figures.between", low=_number(estimate.low), high=_number(estimate.high))


def _number(value: float) -> str:
    """Return two decimals, or three digits that count where two decimals would hide them."""
    from lcdiag.base.text import format_number

    decimals = 2 if value == 0 or abs(value) >= 0.1 else 3
    return format_number(value, spoken(), decimals)
