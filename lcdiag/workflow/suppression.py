"""The analyst's log of hidden cells as a table, stamped as internal."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.diagnosis.suppression import Suppressed
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet
    from lcdiag.responses.outside import OutsideRatings

LOG_COLUMNS = (
    "stamp",
    "community",
    "unit",
    "name",
    "wave",
    "level",
    "statistic",
    "subject",
    "n",
    "people",
    "grid",
    "rule",
    "meaning",
)


def suppression_file(
    study: Study,
    responses: ResponseSet,
    language: str,
    outside: OutsideRatings | None = None,
) -> bytes:
    """Return the log as CSV: a row a hidden or coarsened cell, with its rule in words.

    Parameters
    ----------
    study, responses
        As for a report.
    language : str
        Of the sentences.
    outside : OutsideRatings, optional
        Ratings from outside the table.
    """
    from lcdiag.base.cells import INTERNAL_STAMP, safe_cell
    from lcdiag.diagnosis.suppression import RULES, suppression_log

    meaning = {rule: _sentence(rule, language) for rule in RULES}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(LOG_COLUMNS)
    for entry in suppression_log(study, responses, outside):
        cells = [INTERNAL_STAMP, *_cells(entry), meaning[entry.rule]]
        writer.writerow([safe_cell(one) if isinstance(one, str) else one for one in cells])
    return text.getvalue().encode("utf-8-sig")


def _cells(entry: Suppressed) -> list[str | int | float | None]:
    unit = entry.at.unit
    return [
        unit.community,
        unit.kind,
        unit.name,
        entry.at.wave,
        entry.at.level.value,
        entry.at.statistic,
        entry.at.subject,
        entry.n,
        entry.people,
        entry.grid,
        entry.rule,
    ]


def _sentence(rule: str, language: str) -> str:
    from lcdiag.base.text import Message, resolve

    return resolve(Message(f"diagnosis.suppressed.{rule}"), language)
