"""Which instruments of the library a table of answers seems to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lcdiag.instrument.catalogue import instrument_ids, open_instrument
from lcdiag.instrument.compose import compose
from lcdiag.responses.columns import guess_columns

if TYPE_CHECKING:
    from lcdiag.responses.sheet import Sheet


def fitting_instruments(sheet: Sheet) -> list[str]:
    """Return the ids of all instruments of which the sheet has an item, by code or sentence.

    Parameters
    ----------
    sheet : Sheet
        A table of answers, with what its ``columns.toml`` says.
    """
    return [
        name
        for name in instrument_ids()
        if guess_columns(
            sheet, compose([[name]], open_instrument(name).languages), override=sheet.override
        ).items
    ]
