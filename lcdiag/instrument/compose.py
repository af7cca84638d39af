"""From a list of blocks to a questionnaire: pages of tables that never mix referents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, has_errors, near_miss
from lcdiag.instrument.clashes import used_twice
from lcdiag.instrument.minutes import seconds_of, shared_out, whole_minutes
from lcdiag.instrument.model import (
    Contrast,
    Instrument,
    Item,
    OpenQuestion,
    ReadySet,
    SetPage,
)
from lcdiag.instrument.opened import Opened
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.instrument.round_robin import Expanded

MOST_COLUMNS = 1000
"""Most questions of one questionnaire: a workbook and the usual form tools still carry them."""

_FILE = re.compile(r"^(?P<file>.*\.toml)(?::(?P<part>.*))?$", re.IGNORECASE)
_ROLES = ("own", "others", "practice")


@dataclass(frozen=True)
class _Asked:
    """One sentence to ask, with what decides in which table it may stand."""

    instrument: Instrument
    question: Item | OpenQuestion
    role: str = ""

    @property
    def table(self) -> tuple[str, ...]:
        if isinstance(self.question, OpenQuestion):
            return (self.instrument.id, "open")
        return (self.instrument.id, self.question.referent, self.question.format, self.role)


def compose(
    blocks_by_page: Sequence[Sequence[str]],
    languages: Sequence[str],
    minutes: int = 0,
    folder: Path | None = None,
    *,
    parties: Sequence[str] | None = None,
    seats: int = 0,
) -> Questionnaire:
    """Return the questionnaire that these blocks make.

    Parameters
    ----------
    blocks_by_page : sequence of sequences of str
        One inner sequence a page. A block is an instrument (``"lc-safety"``), a scale
        (``"lc-safety:safety"``), all topics (``"lc-collusion:topics"``), one topic
        (``"lc-collusion:topic.course"``), an item (``"lc-representative:rp1"``) or a file of
        one's own (``"./own.toml"``, ``"./own.toml:scale"``).
    languages : sequence of str
        Languages that every instrument must have.
    minutes : int
        The stated time; 0 computes it (`minutes_for`). Questions about each other party may take
        longer than stated: then the computed time counts.
    folder : Path, optional
        Where files of one's own are looked for.
    parties : sequence of str, optional
        Of the study: questions about each other party become a column for each of these. Without
        it such a question stays as it is written, with ``{party}`` in its sentence.
    seats : int
        How many parties sit at the largest table, for the time; all of them if 0.

    Returns
    -------
    Questionnaire
        Topics that follow each other on a page stand in three tables: own view, estimate of
        the others, practice.

    Raises
    ------
    LcdiagError
        With all findings: an unknown instrument or part, a question asked twice, a code that two
        instruments use, a language that is missing, nothing asked at all, parties that are needed
        and not known.
    """
    pages = [SetPage(blocks=tuple(blocks)) for blocks in blocks_by_page]
    return _compose(pages, languages, minutes, Opened(folder, parties), seats)


def compose_set(
    ready: ReadySet | None,
    languages: Sequence[str],
    folder: Path | None = None,
    *,
    further: Sequence[str] = (),
    parties: Sequence[str] | None = None,
    seats: int = 0,
) -> Questionnaire:
    """Return the questionnaire of a ready-made set, and of further blocks after it.

    Parameters
    ----------
    ready : ReadySet or None
        Its instructions take the place of those of the instruments; None for no set.
    languages, folder, parties, seats
        As in `compose`.
    further : sequence of str
        Blocks without page breaks; they belong to the last sitting. With them the stated time of
        the set is worked out again.

    Raises
    ------
    LcdiagError
        As in `compose`.
    """
    pages = list(ready.pages) if ready else []
    last = max((page.sitting for page in pages), default=1)
    pages += [SetPage(blocks=blocks, sitting=last) for blocks in pages_of(further)]
    opened = Opened(folder, parties, ready.instructions if ready else {})
    stated = ready.minutes if ready and not further else 0
    made = _compose(pages, languages, stated, opened, seats)
    return replace(made, respondents=ready.respondents) if ready else made


def pages_of(blocks: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return blocks without page breaks as pages: one page for each run of an instrument."""
    return tuple(tuple(run) for _, run in groupby(blocks, key=lambda one: _split(one)[0]))


def block_findings(blocks: Sequence[str], folder: Path | None = None) -> list[Finding]:
    """Return what is wrong with blocks one by one; `compose` says what is wrong between them.

    Parameters
    ----------
    blocks, folder
        As in `compose`.
    """
    opened = Opened(folder, None)
    for block in blocks:
        _select(block, opened)
    return opened.findings


def _compose(
    pages: Sequence[SetPage],
    languages: Sequence[str],
    minutes: int,
    opened: Opened,
    seats: int,
) -> Questionnaire:
    """Return the questionnaire of these pages; see `compose`."""
    made: list[tuple[int, tuple[Block, ...]]] = []
    everything: list[_Asked] = []
    for page in pages:
        asked = [one for selector in page.blocks for one in _select(selector, opened)]
        everything += asked
        if asked:
            # a code that links answers is made in the first sitting, and written again in others
            rated = any(isinstance(one.question, Item) for one in asked)
            made.append((page.sitting if rated else 1, _tables(_topics_together(asked))))
    made.sort(key=lambda one: one[0])
    sittings = [sitting for sitting, _ in made]
    findings = opened.findings
    homes = {name: one.instrument for name, one in opened.found.items() if one}
    findings += used_twice([(one.instrument, one.question.id) for one in everything], homes)
    findings += _languages_missing(homes, languages)
    findings += _too_many_columns(everything)
    if not everything and not has_errors(findings):
        findings.append(Finding("instrument.nothing-asked", Severity.ERROR))
    if has_errors(findings):
        raise LcdiagError(findings)
    asked_as = {
        column: question
        for one in opened.all
        for question, columns in one.columns.items()
        for column in columns
    }
    others = (seats or len(opened.parties or ())) - 1
    seconds = [seconds_of(page, asked_as, others) for _, page in made]
    needed = whole_minutes(sum(seconds))
    asked_here = {one.question.id for one in everything}
    total = max(minutes, needed) if asked_here & set(asked_as) else minutes or needed
    return Questionnaire(
        pages=tuple(page for _, page in made),
        languages=tuple(languages),
        minutes=total,
        sittings=tuple(sittings),
        sitting_minutes=shared_out(total, seconds, sittings),
        about={code: party for one in opened.all for code, party in one.about.items()},
        asked_as=asked_as,
        written={one.instrument.id: one.written for one in opened.all if one.columns},
    )


def _too_many_columns(asked: Sequence[_Asked]) -> list[Finding]:
    """Return a finding where a round robin asks more than a workbook or a form tool can carry."""
    if len(asked) <= MOST_COLUMNS:
        return []
    facts: dict[str, Fact] = {"n": len(asked), "limit": MOST_COLUMNS}
    return [Finding("grid.too-many-columns", Severity.ERROR, "", facts)]


def _split(selector: str) -> tuple[str, str]:
    """Return the instrument (or file) and the part that a block names."""
    selector = selector.strip()
    if match := _FILE.match(selector):
        return match["file"], match["part"] or ""
    name, _, part = selector.partition(":")
    return name, part


def _select(selector: str, opened: Opened) -> list[_Asked]:
    """Return what one block asks; what is wrong with it goes to the findings of the opened."""
    name, part = _split(selector)
    home = opened.open(name)
    if home is None:
        return []
    asked = _part(home, part)
    if not asked:
        facts: dict[str, Fact] = {
            "value": part,
            "instrument": home.written.id,
            "options": _whole_parts(home.written),
        }
        if near := near_miss(part, _parts(home.written)):
            facts["near"] = f"{name}:{near}"
        opened.findings.append(Finding("instrument.unknown-part", Severity.ERROR, selector, facts))
    return asked


def _part(opened: Expanded, part: str) -> list[_Asked]:
    """Return what a part of an instrument asks; empty where there is no such part."""
    instrument = opened.instrument
    roles = _roles(instrument.contrasts)
    if not part:
        codes = [code for role in _ROLES for code, one in roles.items() if one == role]
        codes += [item.id for item in instrument.items if item.id not in roles]
        return [_Asked(instrument, instrument.item(c), roles.get(c, "")) for c in codes] + [
            _Asked(instrument, question) for question in instrument.open_questions
        ]
    topics = [
        contrast
        for contrast in instrument.contrasts
        if part in ("topics", f"topic.{contrast.id}", contrast.kind)
    ]
    if topics:
        chosen = list(_roles(topics))
    elif part in {scale.id for scale in instrument.scales}:
        chosen = list(instrument.scale(part).items)
    elif part in opened.columns:
        chosen = list(opened.columns[part])
    else:
        chosen = [item.id for item in instrument.items if item.id == part]
    return [_Asked(instrument, instrument.item(c), roles.get(c, "")) for c in chosen]


def _roles(contrasts: Sequence[Contrast]) -> dict[str, str]:
    return {getattr(contrast, role): role for contrast in contrasts for role in _ROLES}


def _whole_parts(instrument: Instrument) -> tuple[str, ...]:
    topics = tuple(f"topic.{contrast.id}" for contrast in instrument.contrasts)
    return tuple(scale.id for scale in instrument.scales) + (("topics", *topics) if topics else ())


def _parts(instrument: Instrument) -> tuple[str, ...]:
    return _whole_parts(instrument) + tuple(item.id for item in instrument.items)


def _topics_together(asked: list[_Asked]) -> list[_Asked]:
    """Return the page with each run of topic ratings ordered own, others, practice."""
    ordered: list[_Asked] = []
    for (_, topics), run in groupby(asked, key=lambda one: (one.instrument.id, bool(one.role))):
        found = list(run)
        if topics:
            found = [one for role in _ROLES for one in found if one.role == role]
        ordered += found
    return ordered


def _tables(asked: list[_Asked]) -> tuple[Block, ...]:
    blocks = []
    for _, run in groupby(asked, key=lambda one: one.table):
        found = list(run)
        blocks.append(
            Block(
                instrument=found[0].instrument,
                items=tuple(o.question for o in found if isinstance(o.question, Item)),
                open_questions=tuple(
                    o.question for o in found if isinstance(o.question, OpenQuestion)
                ),
            )
        )
    return tuple(blocks)


def _languages_missing(
    instruments: Mapping[str, Instrument], languages: Sequence[str]
) -> list[Finding]:
    return [
        Finding(
            "instrument.language-missing",
            Severity.ERROR,
            instrument.id,
            {"language": language, "languages": instrument.languages, "name": name},
        )
        for name, instrument in instruments.items()
        for language in languages
        if language not in instrument.languages
    ]
