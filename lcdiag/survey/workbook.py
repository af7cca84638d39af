"""The workbook that answers are typed into: one column an item code, drop-downs, legend, texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lcdiag.base.spreadsheet import (
    explanation,
    heading_row,
    set_widths,
    shorten,
    text_table,
    workbook_bytes,
)
from lcdiag.base.text import Message, in_language, resolve
from lcdiag.instrument.layout import (
    ANSWER_FOLDERS,
    ANSWER_SHEETS,
    BACKGROUND,
    BACKGROUND_HEADINGS,
    CHOICE_SHEETS,
    EXPLANATION_SHEETS,
    LEGEND_SHEETS,
    TEXT_SHEETS,
    WAVE_FOLDERS,
)
from lcdiag.instrument.study import Study
from lcdiag.survey.dropdown import choice_of, choice_sheet, tooltip
from lcdiag.survey.form import build_form
from lcdiag.survey.form_parts import Form, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 1001
"""Drop-downs reach down to here: a thousand forms a file."""

DONT_KNOW_SIGN = "?"
"""What the last circle of the printed form says; `responses.coding` reads it everywhere."""


def answer_workbook(study: Study, language: str) -> bytes:
    """Return ``antwoorden.xlsx`` (or the file of another language) of a study.

    The first sheet has the headings that `responses.columns.guess_columns` knows and one column
    for each item code, in the order of asking; its cells take the codes of the response format
    or the label of "don't know". Then follow an explanation, a legend (code, text, points) and
    the texts to paste into any form tool.

    Parameters
    ----------
    study : Study
        As opened.
    language : str
        One of the questionnaire's languages.

    Returns
    -------
    bytes
        The same study gives the same bytes. No text in it can become a formula.

    Raises
    ------
    ValueError
        If the study is not asked in this language.
    """
    from openpyxl import Workbook

    form = build_form(study, language)
    files = language if language in ANSWER_SHEETS else "en"
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a first sheet
    sheet.title = ANSWER_SHEETS[files]
    about = book.create_sheet(EXPLANATION_SHEETS[files])
    legend = book.create_sheet(LEGEND_SHEETS[files])
    texts = book.create_sheet(TEXT_SHEETS[files])
    lists: dict[str, list[str | int]] = {
        "community": [one.name for one in study.settings.communities],
        "meeting_group": [name for name, _ in form.choices.groups],
        "party": [name for name, _ in form.choices.parties],
        "sector": list(form.choices.sectors),
        "wave": [wave.number for wave in study.settings.waves],
        "language": list(study.questionnaire.languages),
    }
    for table in form.tables:
        lists.setdefault(_list_name(table), [*(code for code, _ in table.points), *_typed(table)])
    ranges = choice_sheet(book.create_sheet(CHOICE_SHEETS[files]), lists)
    _answers(sheet, form, files, ranges)
    _legend(legend, form)
    _texts(texts, form)
    folder = _wave_folder(study, files)
    lines = ("about-rows", "about-codes", "about-names")
    explanation(
        about,
        [
            _say(form, "about-sheet"),
            *(_say(form, line, sheet=ANSWER_SHEETS[files], folder=folder) for line in lines),
        ],
    )
    return workbook_bytes(book)


def _wave_folder(study: Study, files: str) -> str:
    """Return where the first answers go: in the folder that the study has, else in our own."""
    there = (code for code, name in ANSWER_FOLDERS.items() if (study.folder / name).is_dir())
    language = next(there, files)
    return f"{ANSWER_FOLDERS[language]}/{WAVE_FOLDERS[language].format(wave=1)}"


def _say(form: Form, name: str, **params: str | int) -> str:
    return resolve(Message(f"survey.{name}", params), form.language)


def _dont(table: Table) -> list[str]:
    return [table.dont_know] if table.dont_know else []


def _typed(table: Table) -> list[str]:
    """Return what may be typed for "don't know": the sign on the printed form, or its words."""
    return [DONT_KNOW_SIGN, table.dont_know] if table.dont_know else []


def _list_name(table: Table) -> str:
    """Return a name for the answers that a table takes; equal formats share one list."""
    codes = [str(code) for code, _ in table.points]
    return " ".join([*codes, *_dont(table)])


def _answers(sheet: Worksheet, form: Form, files: str, ranges: dict[str, str]) -> None:
    """Write the sheet that is filled in: background, then the item codes."""
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    seldom = ("meeting_group", "party", "sector")
    keys = [key for key in BACKGROUND if key not in seldom or key in ranges]
    heads = [in_language(BACKGROUND_HEADINGS[key], files) for key in keys]
    codes = [line.code for table in form.tables for line in table.lines]
    heading_row(sheet, [*heads, *codes])
    sheet.row_dimensions[1].height = 24
    widths = {"person": 14, "community": 26, "meeting_group": 22, "party": 22, "sector": 18}
    set_widths(
        sheet, [*(widths.get(key, 13) for key in keys), *(max(8, len(code) + 1) for code in codes)]
    )
    sheet.freeze_panes = f"{get_column_letter(len(keys) + 1)}2"
    refuse = _say(form, "refuse")
    for column, (key, head) in enumerate(zip(keys, heads, strict=True), start=1):
        prompt = _say(form, f"ask-{key}")
        if key in ranges:
            rule = choice_of(ranges[key], head, prompt, refuse)
        else:
            rule = tooltip(head, prompt)
        letter = get_column_letter(column)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)
    column = len(keys)
    for table in form.tables:
        for line in table.lines:
            column += 1
            letter = get_column_letter(column)
            title = f"{line.number}. {line.code}"
            rule = choice_of(ranges[_list_name(table)], title, line.text, refuse)
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)
            note = f"{line.number}. {line.text}\n\n{_points(table)}"
            sheet.cell(row=1, column=column).comment = Comment(note, "", height=190, width=320)


def _points(table: Table) -> str:
    rows = [f"{code} = {label}" for code, label in table.points]
    return "\n".join([*rows, *(f"{DONT_KNOW_SIGN} = {label}" for label in _dont(table))])


def _legend(sheet: Worksheet, form: Form) -> None:
    """Write what may stand in each column: a row for every code and point."""
    heads = [_say(form, f"column-{name}") for name in ("code", "text", "point", "meaning")]
    rows: list[tuple[str | int, ...]] = []
    for table in form.tables:
        for line in table.lines:
            rows.extend((line.code, line.text, code, label) for code, label in table.points)
            rows.extend((line.code, line.text, typed, table.dont_know) for typed in _typed(table))
            empty, missing = _say(form, "legend-empty"), _say(form, "legend-missing")
            rows.append((line.code, line.text, empty, missing))
    text_table(sheet, heads, rows, (10, 70, 24, 38))
    sheet.auto_filter.ref = f"A1:D{len(rows) + 1}"


def _texts(sheet: Worksheet, form: Form) -> None:
    """Write everything a form tool needs, to be pasted row by row."""
    names = ("page", "code", "kind", "label", "question", "options")
    heads = [_say(form, f"column-{name}") for name in names]
    text_table(sheet, heads, list(_pasted(form)), (10, 10, 22, 30, 70, 70))


def _pasted(form: Form) -> Iterator[tuple[str | int, ...]]:
    read, choose = _say(form, "kind-read"), _say(form, "kind-choice")
    yield (1, "", read, form.title, "", "")
    for fact in form.facts:
        yield (1, "", read, fact.heading, fact.text, "")
    if form.communities:
        options = " | ".join(form.communities)
        yield (1, "", choose, "", _say(form, "community-question"), options)
    places = [name for name, _ in form.choices.parties]
    if groups := " | ".join(name for name, _ in form.choices.groups):
        asked = _say(form, "group-question")
        yield (1, "", choose, "", asked, f"{groups} | {_say(form, 'rather-not')}")
    if options := " | ".join([*places, *form.choices.sectors]):
        asked = "party-question" if places else "sector-question"
        yield (1, "", choose, "", _say(form, asked), f"{options} | {_say(form, 'rather-not')}")
    for number, page in enumerate(form.pages, start=2):
        if sitting := form.sittings.get(number - 2):
            part = _say(form, f"sitting-{sitting.number}")
            yield (number, "", read, part, _say(form, "sitting-text", n=sitting.minutes), "")
        for section in page:
            yield (number, "", read, section.title, section.instruction, "")
            if section.note:
                yield (number, "", read, "", section.note, "")
            for table in section.tables:
                options = " | ".join([*(label for _, label in table.points), *_dont(table)])
                for line in table.lines:
                    yield (number, line.code, choose, table.label, line.text, options)
            for question in section.questions:
                kind = _say(form, "kind-open", n=question.length)
                text = shorten(f"{question.text} {question.hint}".strip(), 2000)
                yield (number, question.code, kind, "", text, "")
