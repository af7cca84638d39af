"""Drop-downs of a workbook: lists on a sheet of their own, with a tooltip at each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lcdiag.base.spreadsheet import put, shorten

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet


def choice_sheet(sheet: Worksheet, lists: Mapping[str, Sequence[str | int]]) -> dict[str, str]:
    """Write each list in a column and hide the sheet; return the ranges by name.

    Lists stand in cells because a list inside a rule may hold no comma and 255 signs at most.
    An empty list gets no range.
    """
    from openpyxl.utils import get_column_letter

    ranges: dict[str, str] = {}
    for column, (name, values) in enumerate(lists.items(), start=1):
        put(sheet, 1, column, name)
        for row, value in enumerate(values, start=2):
            put(sheet, row, column, value)
        letter = get_column_letter(column)
        if values:
            ranges[name] = f"'{sheet.title}'!${letter}$2:${letter}${len(values) + 1}"
    sheet.sheet_state = "hidden"
    return ranges


def choice_of(source: str, title: str, prompt: str, refusal: str) -> DataValidation:
    """Return a drop-down over a range such as ``"'keuzes'!$A$2:$A$9"``, with a tooltip."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    return _spoken(rule, title, prompt, refusal)


def whole_number(prompt: str, refusal: str) -> DataValidation:
    """Return the rule of a cell that holds a count of people."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(
        type="whole", operator="between", formula1="0", formula2="100000", allow_blank=True
    )
    return _spoken(rule, "", prompt, refusal)


def tooltip(title: str, prompt: str) -> DataValidation:
    """Return a rule that refuses nothing and only shows a text at the cell."""
    from openpyxl.worksheet.datavalidation import DataValidation

    return _spoken(DataValidation(allow_blank=True), title, prompt, "")


def _spoken(rule: DataValidation, title: str, prompt: str, refusal: str) -> DataValidation:
    rule.promptTitle = shorten(title, 32) or None
    rule.prompt = shorten(prompt, 255)
    rule.showInputMessage = True
    if refusal:
        rule.error = shorten(refusal, 255)
        rule.showErrorMessage = True
    return rule
