"""Betrouwbaarheid: how consistently each scale measures, as a forest, over all communities."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import (
    SHARE,
    AppendixPage,
    cells,
    forest,
    how,
    per_wave,
    there,
    waves_of,
)
from lcdiag.views.blocks import Page, Prose

TITLE = Message("appendix.reliability-title")
STATISTICS = ("cronbach_alpha", "mcdonald_omega")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return alpha and omega of every scale, wave by wave."""
    waves = waves_of(*(cells(diagnosis, one) for one in STATISTICS))
    if not waves:
        return None
    return Page(
        "appendix-reliability",
        TITLE,
        Message("appendix.reliability-lead"),
        (
            *per_wave(
                diagnosis,
                waves,
                lambda wave: there(*(forest(diagnosis, one, wave, SHARE) for one in STATISTICS)),
            ),
            Prose(Message("appendix.reliability-how"), "note"),
            *there(how(diagnosis, *STATISTICS)),
        ),
    )


PAGE = AppendixPage(order=40, title=TITLE, make=make)
