"""Indices of careless answering of the rows of a table, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lcdiag.base.text import Message
from lcdiag.importers.item_columns import ItemTable
from lcdiag.workflow.column_statistics import Figures, Line


def careless_figures(table: ItemTable, about: dict[str, Any]) -> Figures:
    """Return every index that these columns allow, one line a row and index.

    Strings of equal answers, spread and distance look at the answers as they were given; even-odd
    consistency and synonyms at the answers with reversed items turned.
    """
    lines = tuple(
        Line(name, str(person), values.estimate(row))
        for name, values in _indices(table)
        for row, person in enumerate(table.persons.tolist())
    )
    return Figures(about, {"person": lines}, (Message("itemcolumns.note-careless"),))


def _indices(table: ItemTable) -> Iterator[tuple[str, Any]]:
    from lcdiag.statistics.careless import (
        even_odd,
        intra_individual_variability,
        longstring,
        mahalanobis,
        person_total,
        psychometric_synonyms,
        response_speed,
    )

    yield "longstring", longstring(table.raw)
    yield "irv", intra_individual_variability(table.raw)
    yield "mahalanobis", mahalanobis(table.raw)
    yield "person-total", person_total(table.turned)
    yield "synonyms", psychometric_synonyms(table.turned)
    if len(table.scales) > 1:
        yield "even-odd", even_odd(table.turned, table.scales)
    if table.seconds is not None:
        yield "seconds-per-item", response_speed(table.seconds, len(table.names))
