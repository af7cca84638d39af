"""What a notebook shows of a diagnosis: what it is about, and its first numbers."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.text import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lcdiag.diagnosis.model import Diagnosis, Measure

ROWS = 8
"""Measures that are shown; `lcdiag.to_frame` has them all."""

_HEADS = ("community", "unit", "name", "wave", "statistic", "subject", "value", "interval", "n")
_STAMP = "INTERN \N{EN DASH} NIET DELEN"


def overview_html(diagnosis: Diagnosis) -> str:
    """Return a diagnosis as a few lines of HTML; every text in it is escaped.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of a study or of one community.

    Returns
    -------
    str
        Title, communities, waves, how many measures are shown, hidden and absent, and the first
        shown means (or other measures) as a table. Hidden cells have no number and no row.
    """
    hidden = sum(isinstance(one.cell, Hidden) for one in diagnosis.measures)
    shown = sum(_is_shown(one) for one in diagnosis.measures)
    absent = len(diagnosis.measures) - hidden - shown
    waves = ", ".join(
        f"{wave.number}: {in_language(wave.title, 'en')}" if wave.title else str(wave.number)
        for wave in diagnosis.waves
    )
    stamp = f"<p><strong>{_STAMP}</strong></p>" if diagnosis.provenance.internal else ""
    return (
        f"<div>{stamp}<p><strong>{escape(diagnosis.title)}</strong></p>"
        f"<ul><li>communities: {escape(', '.join(diagnosis.communities))}</li>"
        f"<li>waves: {escape(waves)}</li>"
        f"<li>measures: {shown} shown, {hidden} hidden to protect people, {absent} absent</li>"
        f"<li>signals: {len(diagnosis.signals)}</li></ul>{_table(diagnosis)}"
        "<p>All measures: <code>lcdiag.to_frame(diagnosis)</code></p></div>"
    )


def _is_shown(measure: Measure) -> bool:
    return isinstance(measure.cell, Estimate) and not measure.cell.absent


def _table(diagnosis: Diagnosis) -> str:
    ordered = sorted(
        (one for one in diagnosis.measures if _is_shown(one)),
        key=lambda one: one.at.statistic != "mean",
    )
    head = "".join(f"<th>{name}</th>" for name in _HEADS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in _cells(one)) + "</tr>"
        for one in islice(ordered, ROWS)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""


def _cells(measure: Measure) -> Iterator[str]:
    """Yield the texts of one row."""
    at, cell = measure.at, measure.cell
    assert isinstance(cell, Estimate)
    yield from (at.unit.community, at.unit.kind, at.unit.name)
    yield str(at.wave) if at.wave else ""
    yield from (at.statistic, at.subject, f"{cell.value:.3g}")
    known = cell.low is not None and cell.high is not None
    yield f"{cell.low:.3g} to {cell.high:.3g}" if known else ""
    yield str(cell.n)
