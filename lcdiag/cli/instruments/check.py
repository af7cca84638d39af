"""lcdiag instruments check: everything that is wrong in instruments and sets, at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from lcdiag.cli.command import Command
from lcdiag.cli.language import say, spoken

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.base.text import Param
    from lcdiag.workflow.checking import Checked


def _run(
    files: tuple[str, ...], reading: bool, language: str | None, quiet: bool, as_json: bool
) -> int:
    from lcdiag.base.findings import has_errors
    from lcdiag.cli.output import tell, write_findings
    from lcdiag.workflow.checking import check_material

    checked, together = check_material(files)
    findings = (*(finding for one in checked for finding in one.findings), *together)
    if as_json and reading:
        _write_json(checked, findings)
        return int(has_errors(findings))
    if len(checked) > 1 and not as_json and not quiet:
        _write_names(checked)
    write_findings(findings, as_json=as_json, quiet=quiet)
    if as_json:
        return int(has_errors(findings))
    if len(checked) > 1:
        total = _summary(findings)
        tell(_tell("total", n=len(checked), found=total), quiet=quiet)
    elif not findings:
        tell(say("check.fine"), quiet=quiet)
    if reading:
        _write_reading(checked)
    return int(has_errors(findings))


def _tell(name: str, /, **params: Param) -> str:
    from lcdiag.base.text import Message, resolve

    return resolve(Message(f"checking.{name}", params), spoken())


def _summary(findings: Iterable[Finding]) -> str:
    """Return how many remarks there are of each kind, in words."""
    from collections import Counter

    from lcdiag.base.findings import Severity

    counts = Counter(finding.severity for finding in findings)
    said = [_tell(f"{kind.value}s", n=counts[kind]) for kind in Severity if counts[kind]]
    return ", ".join(said) or _tell("nothing")


def _write_names(checked: Sequence[Checked]) -> None:
    """Print a line for each instrument and set."""
    from lcdiag.cli.output import write_table

    head = [_tell("column-name"), _tell("column-items"), _tell("column-found")]
    write_table(head, [[one.name, _count(one), _summary(one.findings)] for one in checked])
    click.echo()


def _count(one: Checked) -> str:
    if one.instrument is not None:
        return str(len(one.instrument.items) + len(one.instrument.open_questions))
    return _tell("set") if one.ready is not None else "-"


def _write_reading(checked: Sequence[Checked]) -> None:
    """Print how each scale reads, and how long each set takes aloud."""
    from lcdiag.base.text import format_number
    from lcdiag.cli.output import write_table
    from lcdiag.workflow.checking import scale_readings, set_readings

    scales = scale_readings(checked)
    languages = sorted({each for _, one in scales for each in one.lengths}, key=_dutch_first)
    if scales:
        head = [_tell("column-scale"), _tell("column-sentences")]
        head += [_tell("column-length", language=each) for each in languages]
        rows = []
        for home, one in scales:
            row = [f"{home}:{one.scale}", str(one.sentences)]
            for each in languages:
                length = one.lengths.get(each)
                mean = format_number(length.mean, spoken()) if length else ""
                row.append(f"{mean} ({length.longest})" if length else "-")
            ease = one.flesch_douma
            rows.append([*row, "-" if ease is None else format_number(ease, spoken(), 0)])
        click.echo()
        write_table([*head, "Flesch-Douma (nl)"], rows)
        click.echo(_tell("ease"))
    sets = set_readings(checked)
    if sets:
        head = [_tell(f"column-{name}") for name in ("set", "language", "words", "items")]
        rows = [
            [ready.id, each, str(one.words), str(one.items), format_number(one.minutes, spoken())]
            for ready, aloud in sets
            for each, one in aloud.items()
        ]
        stated = [str(ready.minutes) for ready, aloud in sets for _ in aloud]
        click.echo()
        write_table(
            [*head, _tell("column-aloud"), _tell("column-stated")],
            [[*row, minutes] for row, minutes in zip(rows, stated, strict=True)],
        )
        click.echo(_tell("aloud"))


def _dutch_first(language: str) -> tuple[bool, str]:
    return (language != "nl", language)


def _write_json(checked: Sequence[Checked], findings: Sequence[Finding]) -> None:
    import json
    from dataclasses import asdict

    from lcdiag.cli.output import plain
    from lcdiag.workflow.checking import scale_readings, set_readings

    scales = [{"instrument": home, **asdict(one)} for home, one in scale_readings(checked)]
    sets = [
        {"set": ready.id, "language": each, "stated_minutes": ready.minutes, **asdict(one)}
        for ready, aloud in set_readings(checked)
        for each, one in aloud.items()
    ]
    content = {"findings": [plain(one) for one in findings], "scales": scales, "sets": sets}
    click.echo(json.dumps(content, ensure_ascii=False))


def build() -> Command:
    """Return the command in the language that is spoken now."""
    return Command(
        "check",
        callback=_run,
        help=say("help.instruments-check"),
        params=[
            click.Argument(["files"], nargs=-1, metavar=f"[{say('metavar.instrument')}]..."),
            click.Option(["--reading"], is_flag=True, help=_tell("option-reading")),
        ],
    )
