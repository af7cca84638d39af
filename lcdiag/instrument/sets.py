"""Rules for ready-made sets: every block is known, and the stated time can be kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity, near_miss
from lcdiag.instrument.compose import compose
from lcdiag.instrument.model import ReadySet
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.remark import error, warning
from lcdiag.instrument.wording import forbidden_in, pairs, words_of


def check_set(ready: ReadySet, where: str, folder: Path | None = None) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful in a ready-made set.

    Parameters
    ----------
    ready : ReadySet
        As read.
    where : str
        How the reader knows it: the name of a file or an id.
    folder : Path, optional
        Where instrument files of one's own are looked for.

    Returns
    -------
    tuple of Finding
        Errors first.
    """
    found = [*_texts(ready, where), *_pages(ready, where)]
    made, faults = _composed(ready, where, folder)
    found += faults
    if made is not None:
        found += _asked(ready, made, where)
    ranks = list(Severity)
    return tuple(sorted(found, key=lambda finding: ranks.index(finding.severity)))


def _languages(ready: ReadySet) -> tuple[str, ...]:
    """Return the languages that a set has: those of its title, in order."""
    return tuple(ready.title)


def _texts(ready: ReadySet, where: str) -> Iterator[Finding]:
    texts: dict[str, Mapping[str, str]] = {"title": ready.title, "about": ready.about}
    texts |= {f"instructions.{name}": words for name, words in ready.instructions.items()}
    for key, words in texts.items():
        for language in _languages(ready):
            if not words.get(language, "").strip():
                address = f"{key}.{language}"
                yield error("missing-translation", where, key=address, language=language)
        for language, text in words.items():
            address = f"{key}.{language}"
            if language not in _languages(ready):
                yield warning("undeclared-language", where, key=address, language=language)
            if key != "about" and (heavy := forbidden_in(text)):
                yield warning("heavy-word", f"{where}, {key}", word=heavy)
            yield from pairs(text, address, where)
        given = [text.strip() for text in words.values() if len(words_of(text)) > 2]
        if len(set(given)) < len(given):
            yield warning("same-text", where, key=key)


def _pages(ready: ReadySet, where: str) -> Iterator[Finding]:
    if not ready.pages:
        yield error("no-pages", where)
    before = 0
    for number, page in enumerate(ready.pages, 1):
        place = f"{where}, page {number}"
        if not page.blocks:
            yield warning("empty-page", place)
        if page.sitting not in (before, before + 1) or page.sitting == 0:
            yield warning("sitting-order", place, value=page.sitting, before=before)
        before = page.sitting


def _composed(
    ready: ReadySet, where: str, folder: Path | None
) -> tuple[Questionnaire | None, list[Finding]]:
    """Return the questionnaire, or what stands in its way, with the page of each block."""
    try:
        return compose([page.blocks for page in ready.pages], _languages(ready), 0, folder), []
    except LcdiagError as failed:
        pages = {
            block: number for number, page in enumerate(ready.pages, 1) for block in page.blocks
        }
        return None, [
            Finding(one.code, one.severity, _place(one, pages, where), one.facts)
            for one in failed.findings
            if one.code != "instrument.nothing-asked"
        ]


def _place(finding: Finding, pages: Mapping[str, int], where: str) -> str:
    """Return the place of a block: its page in the set."""
    named = str(finding.facts.get("value", ""))
    block = next(
        (one for one in pages if finding.where == one or one.partition(":")[0] == named), ""
    )
    if block:
        return f"{where}, page {pages[block]}"
    return f"{where}, {finding.where}" if finding.where else where


def _asked(ready: ReadySet, made: Questionnaire, where: str) -> Iterator[Finding]:
    if ready.minutes < made.minutes:
        yield warning("set-minutes", where, minutes=ready.minutes, needed=made.minutes)
    asked = [instrument.id for instrument in made.instruments]
    for name in ready.instructions:
        if name not in asked:
            place = f"{where}, instructions.{name}"
            near = near_miss(name, asked)
            yield warning("instructions-not-asked", place, value=name, near=near)
