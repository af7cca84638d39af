"""The way from a study folder to files on disk, shared by `report` and `demo`."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, has_errors, near_miss
from lcdiag.cli.language import say


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a report."""

    study: Path
    output: Path
    community: str | None = None
    kind: str = "html"
    language: str = "nl"
    explore: bool = True
    pdf: bool = False
    internal: bool = False
    exact: bool = False
    replace: bool = False
    record: bool = True
    quiet: bool = False
    as_json: bool = False
    coordinator: bool = False
    everything: bool = False


def today() -> str:
    """Return the ISO date; ``SOURCE_DATE_EPOCH`` sets it, so that builds can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        moment = datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC)
        return moment.date().isoformat()
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()


def make_report(order: Order) -> list[Path]:
    """Read, check, score, diagnose, render and write; return the files written.

    What a study handed out is written down only after the files are there.
    """
    from lcdiag.api import diagnose, open_study, read_responses
    from lcdiag.cli.output import doing, write_findings
    from lcdiag.workflow.agreement import hold_to_agreement
    from lcdiag.workflow.outside import private_findings, read_outside
    from lcdiag.workflow.pdf import need_browser
    from lcdiag.workflow.report import need_writer, record_release, review_release

    _refuse_mixtures(order)
    need_writer(order.kind)
    if order.pdf:
        need_browser(order.kind)
    with doing(say("report.reading"), quiet=order.quiet):
        study = open_study(order.study)
        responses = read_responses(study)
        outside = read_outside(study)
    try:
        notes = hold_to_agreement(study, responses, record=order.record)
    except LcdiagError as error:
        raise LcdiagError((*error.findings, *responses.findings)) from None
    remarks = (*responses.findings, *notes, *private_findings(outside))
    if not order.as_json:
        write_findings(remarks, quiet=order.quiet)
    with doing(say("report.computing"), quiet=order.quiet):
        diagnosis = diagnose(
            study,
            responses,
            made=today(),
            internal=order.internal,
            exact=order.exact,
            outside=outside,
            command=_command(order),
        )
    remarks = remarks if order.as_json else ()
    if order.coordinator:
        return _for_coordinator(order, study, responses, diagnosis, outside, remarks)
    try:
        chosen = _communities(diagnosis.communities, order.community)
    except LcdiagError as error:
        raise LcdiagError((*error.findings, *remarks)) from None
    recorded = order.record and not order.internal
    if recorded and not order.replace:
        findings = review_release(study, responses, diagnosis, chosen, outside)
        if has_errors(findings):
            raise LcdiagError((*findings, *_others(findings, chosen), *remarks))
    written = _written(order, study, responses, diagnosis, outside, chosen)
    if order.as_json:
        write_findings(remarks, as_json=True)
    if recorded:
        record_release(study, responses, diagnosis, chosen, replace=order.replace, outside=outside)
    return written


def _written(
    order: Order,
    study: Any,
    responses: Any,
    diagnosis: Any,
    outside: Any,
    chosen: list[str],
) -> list[Path]:
    """Write what was asked, and for an internal report the log of what is hidden otherwise."""
    from lcdiag.base.records import write_whole
    from lcdiag.workflow.suppression import suppression_file

    if order.everything:
        written = _write_all(order, study, responses, diagnosis, outside)
    else:
        written = _write(order, diagnosis, chosen)
    if order.internal:
        log = suppression_file(study, responses, order.language, outside)
        written.append(write_whole(order.output / say("report.not-shown-file"), log))
    return written


def _refuse_mixtures(order: Order) -> None:
    """Refuse what cannot be asked together, before anything is read."""
    if order.everything and (order.community or order.coordinator or order.kind != "html"):
        raise LcdiagError.single("cli.all-alone", "--all", {})


def _for_coordinator(
    order: Order, study: Any, responses: Any, diagnosis: Any, outside: Any, remarks: Any
) -> list[Path]:
    """Write the coordinator's page only; it is not handed out, so nothing is written down."""
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import write_findings
    from lcdiag.workflow.coordination import coordination_files, make_quality

    if order.community is not None:
        raise LcdiagError.single("coordination.whole-study", "", {"value": order.community})
    quality = make_quality(study, responses, diagnosis, outside)
    files = _with_pdf(order, coordination_files(diagnosis, quality, order.language, order.kind))
    written = [write_whole(order.output / name, content) for name, content in files.items()]
    if order.as_json:
        write_findings(remarks, as_json=True)
    return written


def _command(order: Order) -> str:
    """Return what was asked as far as the numbers hang on it: no folder, community or language."""
    words = ["lcdiag", "report" if order.record else "demo"]
    words += [f"--{name}" for name in ("exact", "internal") if getattr(order, name)]
    return " ".join(words)


def _others(refused: Sequence[Finding], chosen: Sequence[str]) -> list[Finding]:
    """Return which communities can have their report all the same."""
    names = {finding.facts.get("community") for finding in refused}
    free = tuple(one for one in chosen if one not in names)
    facts: dict[str, Fact] = {"communities": free}
    return [Finding("cli.report-others", Severity.NOTE, "", facts)] if free else []


def _communities(known: Sequence[str], asked: str | None) -> list[str]:
    if asked is None:
        return list(known)
    alike = [one for one in known if one.casefold().split() == asked.casefold().split()]
    if asked not in known and len(alike) == 1:
        return alike
    if asked not in known:
        facts: dict[str, Fact] = {
            "value": asked,
            "known": tuple(known),
            "near": near_miss(asked, known),
        }
        raise LcdiagError.single("cli.unknown-community", "", facts)
    return [asked]


def _write(order: Order, diagnosis: object, chosen: list[str]) -> list[Path]:
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import steps
    from lcdiag.workflow.report import report_files

    one = order.community is not None
    with steps(say("report.writing"), len(chosen), quiet=order.quiet) as done:
        files = report_files(
            diagnosis,  # type: ignore[arg-type]
            communities=chosen if one or order.kind == "html" else None,
            kind=order.kind,
            language=order.language,
            explore=order.explore,
            done=done,
        )
    found = _with_pdf(order, files)
    return [write_whole(order.output / name, content) for name, content in found.items()]


def _with_pdf(order: Order, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files, with a PDF of each page where that is asked."""
    from lcdiag.cli.output import steps
    from lcdiag.workflow.pdf import printed

    if not order.pdf:
        return files
    pages = sum(name.endswith(".html") for name in files)
    with steps(say("report.printing"), pages, quiet=order.quiet) as done:
        return {**files, **printed(files, order.output, today(), done=done)}


def _write_all(
    order: Order, study: Any, responses: Any, diagnosis: Any, outside: Any
) -> list[Path]:
    """Write every file of a report; the last one is the index that leads to them."""
    from lcdiag.base.records import write_whole
    from lcdiag.cli.output import steps
    from lcdiag.workflow.coordination import make_quality
    from lcdiag.workflow.everything import count_of, everything

    quality = make_quality(study, responses, diagnosis, outside)
    with steps(say("report.writing"), count_of(diagnosis), quiet=order.quiet) as done:
        files = everything(
            diagnosis, quality, language=order.language, explore=order.explore, done=done
        )
    found = _with_pdf(order, files)
    return [write_whole(order.output / name, content) for name, content in found.items()]


def open_in_browser(path: Path) -> None:
    """Show a page in the reader's browser."""
    import webbrowser

    webbrowser.open(path.resolve().as_uri())


def announce(written: Sequence[Path], *, quiet: bool) -> Path:
    """Say where the pages are, and return the one to look at first."""
    first = next((path for path in written if path.name.endswith("index.html")), written[0])
    if not quiet:
        click.echo(say("report.done", n=len(written), file=str(first)))
    return first
