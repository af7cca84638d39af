"""Waar antwoorden verschillen: shares of the variance, over all waves and communities."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.views.appendix_page import (
    SHARE,
    AppendixPage,
    cells,
    how,
    name_of,
    stat_name,
    strips,
    there,
    titled,
    waves_of,
)
from lcdiag.views.blocks import Block, Callout, Page, Prose
from lcdiag.views.reading import slug, wave_name

TITLE = Message("appendix.variance-title")
PREFIX = "variance_share."
ERROR = "variance_share.measurement_error"


def make(diagnosis: Diagnosis) -> Page | None:
    """Return a figure a factor, with the line that says what no share can show."""
    statistics = factors(diagnosis)
    errors = cells(diagnosis, ERROR)
    if not statistics and not errors:
        return None
    return Page(
        "appendix-variance",
        TITLE,
        Message("appendix.variance-lead"),
        (
            Callout(Message("appendix.variance-fixed"), kind="calm"),
            *_figures(diagnosis, statistics),
            *titled(stat_name(ERROR), _errors(diagnosis, errors)),
            Prose(Message("appendix.variance-how"), "note"),
            *there(how(diagnosis, *statistics, ERROR)),
        ),
    )


def factors(diagnosis: Diagnosis) -> tuple[str, ...]:
    """Return the shares that there are, in the order of the Diagnosis."""
    found = dict.fromkeys(
        one.at.statistic
        for one in diagnosis.measures
        if one.at.statistic.startswith(PREFIX) and one.at.statistic != ERROR
    )
    return tuple(found)


def _figures(diagnosis: Diagnosis, statistics: tuple[str, ...]) -> tuple[Block, ...]:
    return there(
        *(
            strips(
                slug(statistic),
                stat_name(statistic),
                [(name_of(diagnosis, m.at.subject), m.cell) for m in cells(diagnosis, statistic)],
                SHARE,
                subject=Message("charts.col-theme"),
                caption=Message("appendix.read-variance"),
            )
            for statistic in statistics
        )
    )


def _errors(diagnosis: Diagnosis, found: tuple[Measure, ...]) -> tuple[Block, ...]:
    return there(
        *(
            strips(
                f"{slug(ERROR)}-w{wave}",
                Message(
                    "appendix.of",
                    {"number": stat_name(ERROR), "subject": wave_name(diagnosis, wave)},
                ),
                [(name_of(diagnosis, m.at.subject), m.cell) for m in found if m.at.wave == wave],
                SHARE,
                subject=Message("charts.col-theme"),
                caption=Message("appendix.read-forest"),
            )
            for wave in waves_of(found)
        )
    )


PAGE = AppendixPage(order=80, title=TITLE, make=make)
