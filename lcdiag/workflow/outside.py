"""Ratings from outside the table: the forms, and what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Fact, Finding
    from lcdiag.instrument.outside import OutsideSource
    from lcdiag.instrument.study import Study
    from lcdiag.responses.outside import OutsideRatings


def outside_words() -> tuple[str, ...]:
    """Return the words that say who looks from outside, in every language."""
    from lcdiag.instrument.outside import source_words

    return source_words()


def outside_form_files(study: Study, word: str, languages: Sequence[str] = ()) -> dict[str, bytes]:
    """Return printable forms for one source, per community and language, by file name.

    Parameters
    ----------
    study : Study
        As opened.
    word : str
        One of `outside_words`.
    languages : sequence of str
        Those of the study if empty.

    Raises
    ------
    LcdiagError
        If the study is not asked in one of the languages, or asks nothing that can be rated.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.layout import STUDY_FILE
    from lcdiag.instrument.outside import SOURCE_WORDS
    from lcdiag.survey.outside import outside_form_html
    from lcdiag.workflow.names import file_names

    source = source_named(word)
    asked = study.questionnaire.languages
    for language in languages:
        if language not in asked:
            facts: dict[str, Fact] = {"value": language, "options": tuple(asked)}
            raise LcdiagError.single("study.not-asked-in", STUDY_FILE, facts)
    names = file_names([one.name for one in study.settings.communities])
    forms = [("", None)] if len(names) < 2 else [(f"-{name}", one) for one, name in names.items()]
    files: dict[str, bytes] = {}
    for language in tuple(languages) or study.settings.languages:
        stem = SOURCE_WORDS[source].get(language, SOURCE_WORDS[source]["en"])
        for name, community in forms:
            page = outside_form_html(study, source, language, community)
            files[f"{stem}{name}-{language}.html"] = page.encode("utf-8")
    return files


def outside_findings(source: Path) -> tuple[Finding, ...]:
    """Return everything remarkable in the ratings from outside of a study; never raises for it.

    Parameters
    ----------
    source : Path
        The study's folder or its ``study.toml``; a file of answers has no such ratings.
    """
    from lcdiag.importers.external import read_external
    from lcdiag.instrument.layout import STUDY_FILE
    from lcdiag.survey.open import examine_study

    if not (source.is_dir() or source.name == STUDY_FILE):
        return ()
    study, _ = examine_study(source)
    return read_external(study)[1] if study is not None else ()


def private_findings(outside: OutsideRatings) -> tuple[Finding, ...]:
    """Return how many ratings a facilitator did not share: said to whoever makes a report."""
    from lcdiag.diagnosis.outside import without_private

    return without_private(outside)[1]


def source_named(word: str) -> OutsideSource:
    """Return the source that one of `outside_words` means."""
    from lcdiag.instrument.outside import source_of

    source = source_of(word)
    if source is None:
        raise ValueError(f"the source must be one of {outside_words()}; received {word!r}")
    return source


def read_outside(study: Study) -> OutsideRatings:
    """Return the ratings from outside in a study's folder; none where the file has faults."""
    from lcdiag.importers.external import read_external

    return read_external(study)[0]
