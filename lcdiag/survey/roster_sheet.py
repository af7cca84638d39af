"""The roster to fill in: communities and parties with numbers of people, never names of persons."""

from __future__ import annotations

from collections.abc import Sequence

from lcdiag.base.spreadsheet import explanation, heading_row, put, set_widths, workbook_bytes
from lcdiag.base.text import Message, resolve
from lcdiag.instrument.layout import (
    CHOICE_SHEETS,
    EXPLANATION_SHEETS,
    ROSTER_HEADINGS,
    ROSTER_SHEETS,
)
from lcdiag.survey.dropdown import choice_of, choice_sheet, whole_number

EXAMPLE_NUMBERS = ((5, 3, 3, 2), (2, 3, 2, 4))
"""Invited people in the example: one community of 13 with a party of 5, one of 11 without."""
LAST_ROW = 500


def roster_workbook(
    communities: Sequence[str], parties: Sequence[tuple[str, str]], language: str
) -> bytes:
    """Return ``deelnemers.xlsx`` (or the file of another language) with example numbers.

    Parameters
    ----------
    communities : sequence of str
        Names; one row for each party in each of them.
    parties : sequence of (str, str)
        Names with their sectors.
    language : str
        Of the headings and the explanation.

    Returns
    -------
    bytes
        The workbook: the roster, an explanation, and the lists behind the drop-downs.
    """
    from openpyxl import Workbook

    def say(name: str) -> str:
        return resolve(Message(f"study.{name}"), language)

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a first sheet
    sheet.title = ROSTER_SHEETS[language]
    columns = ("community", "party", "sector", "invited")
    heading_row(sheet, [ROSTER_HEADINGS[one][language].format(wave=1) for one in columns])
    sheet.row_dimensions[1].height = 32
    set_widths(sheet, (32, 32, 22, 20))
    sheet.freeze_panes = "A2"
    row = 2
    for place, community in enumerate(communities):
        numbers = EXAMPLE_NUMBERS[place % len(EXAMPLE_NUMBERS)]
        for seat, (party, sector) in enumerate(parties):
            put(sheet, row, 1, community)
            put(sheet, row, 2, party)
            put(sheet, row, 3, sector)
            put(sheet, row, 4, numbers[seat % len(numbers)])
            row += 1
    explanation(
        book.create_sheet(EXPLANATION_SHEETS[language]), say("roster-explanation").split("\n")
    )
    lists = book.create_sheet(CHOICE_SHEETS[language])
    names = [party for party, _ in parties]
    ranges = choice_sheet(lists, {columns[0]: list(communities), columns[1]: names})
    for column, key in (("A", "community"), ("B", "party")):
        prompt = say(f"roster-choose-{key}")
        if key in ranges:
            rule = choice_of(ranges[key], ROSTER_HEADINGS[key][language], prompt, prompt)
            rule.add(f"{column}2:{column}{LAST_ROW}")
            sheet.add_data_validation(rule)
    count = whole_number(say("roster-prompt"), say("roster-prompt"))
    count.add(f"D2:D{LAST_ROW}")
    sheet.add_data_validation(count)
    return workbook_bytes(book)
