"""What commands print: findings, tables, progress."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from lcdiag.base.findings import Finding, Severity
from lcdiag.base.text import sentence
from lcdiag.cli.language import say, spoken


def write_findings(
    findings: Iterable[Finding], *, as_json: bool = False, quiet: bool = False
) -> None:
    """Print findings with errors first: sentences to standard error, or JSON to standard output.

    With `quiet`, sentences are printed for errors only; JSON is always whole.
    """
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    if quiet and not as_json:
        ordered = [finding for finding in ordered if finding.severity is Severity.ERROR]
    if as_json:
        click.echo(json.dumps([plain(finding) for finding in ordered], ensure_ascii=False))
        return
    for finding in ordered:
        mark = say(f"severity.{finding.severity.value}")
        click.echo(f"{mark:<{_mark_width()}} {sentence(finding, spoken())}", err=True)


def plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data, with its sentence."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": finding.where,
        "facts": dict(finding.facts),
        "sentence": sentence(finding, spoken()),
    }


def _mark_width() -> int:
    return max(len(say(f"severity.{severity.value}")) for severity in Severity)


def write_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table with columns as wide as their content."""
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(head))]
    for number, line in enumerate(lines):
        cells = [
            text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)
        ]
        click.echo("  ".join(cells).rstrip())
        if number == 0:
            click.echo("  ".join("-" * width for width in widths))


def _width(text: str) -> int:
    """Return the columns a text takes in a terminal."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)


@contextmanager
def steps(label: str, count: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Yield what tells that one of the steps is done; shown on a terminal, silent elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=count, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


@contextmanager
def doing(text: str, *, quiet: bool) -> Iterator[None]:
    """Say on a terminal what takes a while, and wipe it out when it is done."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    click.echo(f"{text} \u2026", nl=False, err=True)
    try:
        yield
    finally:
        click.echo("\r" + " " * (_width(text) + 2) + "\r", nl=False, err=True)


def tell(text: str, *, quiet: bool = False) -> None:
    """Print a line about what was done, unless the reader asked for quiet."""
    if not quiet:
        click.echo(text)


def sure(question: str) -> bool:
    """Ask for a yes, which may be said in each language; all else, nothing too, is a no."""
    answer = click.prompt(
        f"{question} [{say('yes-or-no')}]", default="", show_default=False, err=True
    )
    return str(answer).strip().casefold() in ("j", "ja", "y", "yes")
