"""The gate: sheets of text become a response set, or everything that stands in the way is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, has_errors
from lcdiag.base.records import digest
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import Study
from lcdiag.responses.about_parties import without_impossible_ratings
from lcdiag.responses.coding import code_cells
from lcdiag.responses.columns import ColumnMap, guess_columns
from lcdiag.responses.draft import (
    Draft,
    as_labels,
    background,
    join,
    one_spelling,
    pseudonyms,
    relabel,
)
from lcdiag.responses.linking import link_codes
from lcdiag.responses.model import Labels, ResponseSet
from lcdiag.responses.rules import (
    remarks_on_names,
    remarks_on_patterns,
    remarks_on_roster,
    without_duplicates,
    without_empty_rows,
)
from lcdiag.responses.seats import seat
from lcdiag.responses.sheet import Sheet
from lcdiag.responses.waves import unknown_waves, wave_of_rows

Sheets = Sequence[Sheet | tuple[int | None, Sheet]]
"""Sheets, with the wave of their folder where it is known."""

_LANGUAGES = {
    "nederlands": "nl",
    "dutch": "nl",
    "engels": "en",
    "english": "en",
}


def admit(
    sheets: Sheets,
    questionnaire: Questionnaire,
    *,
    study: Study | None = None,
    maps: Sequence[ColumnMap] | None = None,
    found: Iterable[Finding] = (),
) -> ResponseSet:
    """Return the checked answers; see `examine` for the rules.

    Raises
    ------
    LcdiagError
        With all findings, when at least one of them is an error.
    """
    responses, findings = examine(sheets, questionnaire, study=study, maps=maps, found=found)
    if responses is None:
        raise LcdiagError(findings)
    return responses


def examine(
    sheets: Sheets,
    questionnaire: Questionnaire,
    *,
    study: Study | None = None,
    maps: Sequence[ColumnMap] | None = None,
    found: Iterable[Finding] = (),
) -> tuple[ResponseSet | None, tuple[Finding, ...]]:
    """Return the checked answers, or None where they cannot be used, and all findings.

    Parameters
    ----------
    sheets : sequence of Sheet or (wave, Sheet)
        The material; the wave is that of the folder, None where it is not known.
    questionnaire : Questionnaire
        What was asked.
    study : Study, optional
        Names, waves and invited numbers to check against. Without it the communities and
        parties are taken as the answers name them.
    maps : sequence of ColumnMap, optional
        One a sheet; guessed where not given.
    found : iterable of Finding
        What was remarked while the files were read; it travels along.

    Returns
    -------
    responses : ResponseSet or None
        Rows in the order of the material. None exactly when a finding is an error.
    findings : tuple of Finding
        Everything that was found. Nothing is left out of the answers without one.
    """
    pairs = [one if isinstance(one, tuple) else (None, one) for one in sheets]
    findings = list(found)
    drafts: list[Draft] = []
    for number, (wave, sheet) in enumerate(pairs):
        columns = maps[number] if maps else guess_columns(sheet, questionnaire, study)
        draft, remarks = _draft(sheet, columns, questionnaire, wave, study)
        findings += [*columns.findings, *remarks]
        if len(draft) and columns.items:
            drafts.append(draft)
    if drafts:
        draft, remarks = _ruled(join(drafts), questionnaire, study)
        findings += remarks
        if len(draft) and not has_errors(findings):
            responses = _response_set(draft, questionnaire, findings)
            return responses, responses.findings
    if not has_errors(findings):
        place = pairs[0][1].place if pairs else ""
        findings.append(Finding("responses.no-rows", Severity.ERROR, place))
    return None, tuple(findings)


def _ruled(
    draft: Draft, questionnaire: Questionnaire, study: Study | None
) -> tuple[Draft, list[Finding]]:
    """Return the rows that stay under the rules, and what the rules found."""
    draft = replace(draft, person=one_spelling(draft.person))
    findings = unknown_waves(draft, study)
    draft, remarks = without_empty_rows(draft)
    findings += remarks
    if len(draft):
        draft, remarks = seat(draft, study)
        findings += remarks
        draft, remarks = without_impossible_ratings(draft, questionnaire, study)
        if remarks:
            draft, emptied = without_empty_rows(draft)
            remarks += emptied
        findings += remarks
    if len(draft):
        draft, remarks = without_duplicates(draft)
        findings += [*remarks, *remarks_on_names(draft)]
        draft, remarks = link_codes(draft)
        findings += remarks
        findings += [*remarks_on_roster(draft, study), *remarks_on_patterns(draft)]
    return draft, findings


def _draft(
    sheet: Sheet,
    columns: ColumnMap,
    questionnaire: Questionnaire,
    wave: int | None,
    study: Study | None,
) -> tuple[Draft, list[Finding]]:
    """Return one sheet, coded."""
    codes, about_cells = code_cells(sheet, columns, questionnaire)
    waves, about_waves = wave_of_rows(sheet, columns, wave, study)
    person = pseudonyms(sheet, columns)
    draft = Draft(
        sheets=(sheet,),
        origin=np.zeros(len(sheet), dtype=np.int64),
        position=np.arange(len(sheet), dtype=np.int64),
        person=person,
        community=background(sheet, columns, "community"),
        meeting_group=background(sheet, columns, "meeting_group"),
        party=background(sheet, columns, "party"),
        sector=background(sheet, columns, "sector"),
        language=relabel(background(sheet, columns, "language"), _language),
        self_made=(person != "") & (background(sheet, columns, "person") == ""),
        wave=waves,
        codes=codes,
    )
    findings = [*about_cells, *about_waves]
    if not len(sheet):
        findings.append(Finding("responses.sheet-without-rows", Severity.NOTE, sheet.place))
    return draft, findings


def _response_set(
    draft: Draft, questionnaire: Questionnaire, findings: list[Finding]
) -> ResponseSet:
    unnamed = draft.person == ""
    if unnamed.any():
        facts: dict[str, Fact] = {"n": int(unnamed.sum())}
        findings.append(Finding("responses.unlinked", Severity.NOTE, draft.where, facts))
    return ResponseSet(
        person=_named(draft),
        community=draft.community,
        meeting_group=draft.meeting_group,
        party=draft.party,
        sector=draft.sector,
        wave=draft.wave,
        language=draft.language,
        columns=questionnaire.codes,
        codes=draft.codes,
        findings=tuple(findings),
        digest=_digest(draft, questionnaire.codes),
    )


def _named(draft: Draft) -> Labels:
    """Return the pseudonyms; rows without one get their wave and a running number."""
    running = np.cumsum(draft.person == "")
    return as_labels(
        [
            person or f"row-{wave}-{number}"
            for person, wave, number in zip(
                draft.person.tolist(), draft.wave.tolist(), running.tolist(), strict=True
            )
        ]
    )


def _digest(draft: Draft, columns: tuple[str, ...]) -> str:
    """Return the digest of the answers; the order of the rows does not matter."""
    groups = (draft.community, draft.meeting_group, draft.party, draft.sector)
    labels = (draft.person, *groups, draft.language)
    rows = zip(
        *(column.tolist() for column in labels),
        map(str, draft.wave.tolist()),
        (row.tobytes().hex() for row in draft.codes.astype("<i2")),
        strict=True,
    )
    return digest("\x1e".join(["\x1f".join(columns), *sorted(map("\x1f".join, rows))]))


def _language(cell: str) -> str:
    text = cell.casefold()
    return _LANGUAGES.get(text, text.split("-")[0].split("_")[0])
