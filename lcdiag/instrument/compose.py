"""From a list of blocks to a questionnaire: pages of tables that never mix referents."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity, has_errors, near_miss
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.model import Contrast, Instrument, Item, OpenQuestion, ReadySet
from lcdiag.instrument.questionnaire import Block, Questionnaire

SECONDS_A_RATING = 10
SECONDS_AN_OPEN_QUESTION = 20
SECONDS_BEFORE = 60
"""Reading the first page. Stated, not measured: a plain rule that errs on the long side."""

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
        The stated time; 0 computes it (`minutes_for`).
    folder : Path, optional
        Where files of one's own are looked for.

    Returns
    -------
    Questionnaire
        Topics that follow each other on a page stand in three tables: own view, estimate of
        the others, practice.

    Raises
    ------
    LcdiagError
        With all findings: an unknown instrument or part, a question asked twice, a code that two
        instruments use, a language that is missing, nothing asked at all.
    """
    findings: list[Finding] = []
    opened: dict[str, Instrument | None] = {}
    pages: list[tuple[Block, ...]] = []
    everything: list[_Asked] = []
    for blocks in blocks_by_page:
        asked: list[_Asked] = []
        for selector in blocks:
            asked += _select(selector, folder, opened, findings)
        everything += asked
        if asked:
            pages.append(_tables(_topics_together(asked)))
    findings += _codes_used_twice(everything)
    findings += _languages_missing([one for one in opened.values() if one], languages)
    if not everything and not has_errors(findings):
        findings.append(Finding("instrument.nothing-asked", Severity.ERROR))
    if has_errors(findings):
        raise LcdiagError(findings)
    ratings = sum(isinstance(one.question, Item) for one in everything)
    return Questionnaire(
        pages=tuple(pages),
        languages=tuple(languages),
        minutes=minutes or minutes_for(ratings, len(everything) - ratings),
    )


def compose_set(
    ready: ReadySet, languages: Sequence[str], folder: Path | None = None
) -> Questionnaire:
    """Return the questionnaire of a ready-made set; errors as in `compose`."""
    return compose([page.blocks for page in ready.pages], languages, ready.minutes, folder)


def pages_of(blocks: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return blocks without page breaks as pages: one page for each run of an instrument."""
    return tuple(tuple(run) for _, run in groupby(blocks, key=lambda one: _split(one)[0]))


def minutes_for(ratings: int, open_questions: int = 0) -> int:
    """Return the minutes to state: a minute to read, 10 s a rating, 20 s an open question."""
    seconds = SECONDS_A_RATING * ratings + SECONDS_AN_OPEN_QUESTION * open_questions
    return math.ceil((SECONDS_BEFORE + seconds) / 60)


def _split(selector: str) -> tuple[str, str]:
    """Return the instrument (or file) and the part that a block names."""
    selector = selector.strip()
    if match := _FILE.match(selector):
        return match["file"], match["part"] or ""
    name, _, part = selector.partition(":")
    return name, part


def _select(
    selector: str,
    folder: Path | None,
    opened: dict[str, Instrument | None],
    findings: list[Finding],
) -> list[_Asked]:
    """Return what one block asks; what is wrong with it goes to the findings."""
    name, part = _split(selector)
    if name not in opened:
        try:
            opened[name] = open_instrument(name, folder)
        except LcdiagError as error:
            findings += error.findings
            opened[name] = None
    instrument = opened[name]
    if instrument is None:
        return []
    asked = _part(instrument, part)
    if not asked:
        facts: dict[str, str | tuple[str, ...]] = {
            "value": part,
            "instrument": instrument.id,
            "options": _whole_parts(instrument),
        }
        if near := near_miss(part, _parts(instrument)):
            facts["near"] = f"{name}:{near}"
        findings.append(Finding("instrument.unknown-part", Severity.ERROR, selector, facts))
    return asked


def _part(instrument: Instrument, part: str) -> list[_Asked]:
    """Return what a part of an instrument asks; empty where there is no such part."""
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


def _codes_used_twice(asked: list[_Asked]) -> list[Finding]:
    findings = []
    first: dict[str, Instrument] = {}
    for one in asked:
        code, here = one.question.id, one.instrument
        before = first.setdefault(code.casefold(), here)
        if before is not here:
            facts = {"code": code, "first": before.id, "second": here.id}
            findings.append(Finding("instrument.code-clash", Severity.ERROR, "", facts))
    twice = [code for code, count in _counts(asked).items() if count > 1]
    return findings + [
        Finding("instrument.asked-twice", Severity.ERROR, "", {"code": code}) for code in twice
    ]


def _counts(asked: list[_Asked]) -> dict[str, int]:
    counts: dict[tuple[str, str], int] = {}
    for one in asked:
        key = (one.instrument.id, one.question.id)
        counts[key] = counts.get(key, 0) + 1
    return {code: count for (_, code), count in counts.items()}


def _languages_missing(
    instruments: Sequence[Instrument], languages: Sequence[str]
) -> list[Finding]:
    return [
        Finding(
            "instrument.language-missing",
            Severity.ERROR,
            instrument.id,
            {"language": language, "languages": instrument.languages},
        )
        for instrument in instruments
        for language in languages
        if language not in instrument.languages
    ]
