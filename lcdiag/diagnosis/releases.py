"""Two reports of one wave must not differ by a few people: what was handed out is remembered."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.base.findings import Fact, Finding, Severity
from lcdiag.base.records import digest
from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.diagnosis.releases_file import (
    CellGroup,
    Entry,
    Releases,
    RowPrint,
    Withdrawn,
    read_releases,
    releases_path,
    write_releases,
)
from lcdiag.diagnosis.releases_outside import outside_prints, short_print
from lcdiag.instrument.study import Study
from lcdiag.responses.model import ResponseSet
from lcdiag.responses.outside import OutsideRatings

_UNLINKED = "row-"
_KINDS = ("community", "meeting_group", "sector", "party")


@dataclass(frozen=True)
class _Clash:
    """An earlier entry from which the new one differs by a few people."""

    earlier: Entry
    people: int
    cells: int


def review_releases(
    study: Study,
    responses: ResponseSet,
    diagnosis: Diagnosis,
    communities: Sequence[str],
    outside: OutsideRatings | None = None,
) -> tuple[Finding, ...]:
    """Return why a report may not follow the ones handed out before.

    For every cell that both reports release, the people it rests on are compared: whoever is new,
    gone, or answers otherwise. One to four such people could be worked out by taking one report
    off the other. None is fine, and so are as many as the study's minimum.

    Parameters
    ----------
    study : Study
        Whose folder holds ``releases.json``; without that file everything is fine.
    responses : ResponseSet
        The answers of the new report.
    diagnosis : Diagnosis
        The new report.
    communities : sequence of str
        Whose part is handed out.
    outside : OutsideRatings, optional
        What the diagnosis was made with.

    Returns
    -------
    tuple of Finding
        One error ``releases.few-people-differ`` for every community, wave and earlier report.

    Raises
    ------
    LcdiagError
        When ``releases.json`` cannot be read.
    """
    known = read_releases(study)
    if known is None or diagnosis.provenance.internal:
        return ()
    minimum = study.settings.thresholds.minimum
    findings = []
    for entry in _entries(study, responses, diagnosis, communities, known.salt, outside=outside):
        for clash in _clashes(entry, known, minimum):
            facts: dict[str, Fact] = {
                "community": entry.community,
                "wave": entry.wave,
                "n": clash.people,
                "cells": clash.cells,
                "date": clash.earlier.made,
                "minimum": minimum,
            }
            where = str(releases_path(study))
            findings.append(Finding("releases.few-people-differ", Severity.ERROR, where, facts))
    return tuple(findings)


def record_releases(
    study: Study,
    responses: ResponseSet,
    diagnosis: Diagnosis,
    communities: Sequence[str],
    *,
    replace: bool = False,
    salt: str | None = None,
    outside: OutsideRatings | None = None,
) -> Path | None:
    """Write down what is handed out, for the next report to be compared with.

    Parameters
    ----------
    study, responses, diagnosis, communities, outside
        As in `review_releases`.
    replace : bool
        The earlier report was never handed out: entries from which this one differs by a few
        people are withdrawn, and the file keeps a line that says so.
    salt : str, optional
        Of a new file; drawn at random if not given. An existing file keeps its own.

    Returns
    -------
    Path or None
        The file; None for an internal report, which is not handed out.
    """
    if diagnosis.provenance.internal:
        return None
    known = read_releases(study) or Releases(salt=salt or secrets.token_hex(16))
    report = digest(diagnosis.model_dump_json(by_alias=True))
    entries, withdrawn = list(known.entries), list(known.withdrawn)
    for entry in _entries(study, responses, diagnosis, communities, known.salt, report, outside):
        if replace:
            for clash in _clashes(entry, known, study.settings.thresholds.minimum):
                entries.remove(clash.earlier)
                withdrawn.append(_withdraw(clash.earlier, entry))
        if not any(_same(entry, other) for other in entries):
            entries.append(entry)
    fresh = known.model_copy(update={"entries": tuple(entries), "withdrawn": tuple(withdrawn)})
    return write_releases(study, fresh)


def _withdraw(earlier: Entry, entry: Entry) -> Withdrawn:
    return Withdrawn(
        made=earlier.made,
        report=earlier.report,
        community=earlier.community,
        wave=earlier.wave,
        replaced_on=entry.made,
        replaced_by=entry.report,
    )


def _same(entry: Entry, other: Entry) -> bool:
    """Return whether two entries tell the same of the same people."""
    return entry.model_copy(update={"made": other.made, "report": other.report}) == other


def _clashes(entry: Entry, known: Releases, minimum: int) -> list[_Clash]:
    found = []
    for earlier in known.entries:
        if (earlier.community, earlier.wave) != (entry.community, entry.wave):
            continue
        sizes = [size for size in _differences(earlier, entry) if 0 < size < minimum]
        if sizes:
            found.append(_Clash(earlier, min(sizes), len(sizes)))
    return found


def _differences(earlier: Entry, entry: Entry) -> Iterator[int]:
    """Yield for every cell that both released by how many people it differs."""
    before = {(c.kind, c.name, s): c.rows for c in earlier.cells for s in c.subjects}
    worked_out: dict[tuple[str, str], int] = {}
    for group in entry.cells:
        for subject in group.subjects:
            rows = before.get((group.kind, group.name, subject))
            if rows is None:
                continue
            pair = (rows, group.rows)
            if pair not in worked_out:
                worked_out[pair] = _difference(
                    _taken(earlier.rows, rows),
                    _taken(entry.rows, group.rows),
                    comparable=earlier.columns == entry.columns,
                )
            yield worked_out[pair]


def _difference(before: list[RowPrint], now: list[RowPrint], *, comparable: bool) -> int:
    """Return the larger of how many people were added and removed, changed ones in both."""
    linked = all(row.person for row in (*before, *now))
    if linked and not comparable:
        first, second = Counter(r.person for r in before), Counter(r.person for r in now)
    elif linked:
        first = Counter(f"{r.person} {r.content}" for r in before)
        second = Counter(f"{r.person} {r.content}" for r in now)
    elif comparable:
        first, second = Counter(r.content for r in before), Counter(r.content for r in now)
    else:
        return abs(len(before) - len(now))
    return max((first - second).total(), (second - first).total())


def _taken(rows: Sequence[RowPrint], mask: str) -> list[RowPrint]:
    bits = int(mask, 16)
    return [row for place, row in enumerate(rows) if bits >> place & 1]


def _entries(
    study: Study,
    responses: ResponseSet,
    diagnosis: Diagnosis,
    communities: Sequence[str],
    salt: str,
    report: str = "",
    outside: OutsideRatings | None = None,
) -> Iterator[Entry]:
    """Yield one entry for every community and wave of which something is released."""
    from lcdiag.diagnosis.diagnose import name_communities
    from lcdiag.scoring.score import score_responses

    named, _ = name_communities(study, responses)
    evidence = Evidence(study, named, score_responses(named, study.questionnaire))
    people = People(evidence)
    shown: dict[tuple[str, int], dict[tuple[str, str, str], str]] = defaultdict(dict)
    for measure in diagnosis.measures:
        at = measure.at
        seen_outside = at.statistic.startswith("outside_mean")
        if at.unit.kind not in _KINDS or seen_outside or not at.wave:
            continue
        if isinstance(measure.cell, Estimate):
            key = (at.unit.kind, at.unit.name, at.subject)
            shown[at.unit.community, at.wave].setdefault(key, at.statistic)
    columns = digest("\n".join(named.columns))
    for (community, wave), cells in shown.items():
        if community not in communities:
            continue
        rows = people.rows(("community", community, "", wave))
        if not len(rows):
            continue
        prints = _fingerprints(named, rows, salt)
        order = sorted(
            range(len(rows)), key=lambda place: (prints[place].person, prints[place].content)
        )
        ratings, from_home = outside_prints(diagnosis, outside, community, wave, len(rows), salt)
        yield Entry(
            made=diagnosis.provenance.made,
            report=report,
            community=community,
            wave=wave,
            columns=columns,
            rows=(*(prints[place] for place in order), *ratings),
            cells=(*_groups(people, rows[order], cells.items(), community, wave), *from_home),
        )


def _groups(
    people: People,
    rows: np.ndarray[tuple[int], np.dtype[np.intp]],
    cells: Iterable[tuple[tuple[str, str, str], str]],
    community: str,
    wave: int,
) -> tuple[CellGroup, ...]:
    """Return the released cells of a community and wave, those on the same rows together."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    inside: dict[tuple[str, str], np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
    for (kind, name, subject), statistic in cells:
        if (kind, name) not in inside:
            members = people.rows((kind, community, name, wave))
            inside[kind, name] = np.isin(rows, members)
        answered = people.answered(statistic, subject, rows)
        bits = np.flatnonzero(inside[kind, name] & answered).tolist()
        mask = f"{sum(1 << place for place in bits):x}"
        found[kind, name, mask].append(subject)
    return tuple(
        CellGroup.model_validate(
            {"kind": kind, "name": name, "rows": mask, "subjects": tuple(sorted(subjects))}
        )
        for (kind, name, mask), subjects in sorted(found.items())
    )


def _fingerprints(
    responses: ResponseSet, rows: np.ndarray[tuple[int], np.dtype[np.intp]], salt: str
) -> list[RowPrint]:
    """Return the fingerprints of rows: salted, so that they say nothing by themselves."""
    seen: Counter[bytes] = Counter()
    found = []
    for row in rows.tolist():
        content = responses.codes[row].tobytes()
        seen[content] += 1
        person = str(responses.person[row])
        linked = person and not person.startswith(_UNLINKED)
        found.append(
            RowPrint(
                person=short_print(salt, b"person", person.encode()) if linked else "",
                content=short_print(salt, b"content", content, str(seen[content]).encode()),
            )
        )
    return found
