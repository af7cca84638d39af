"""The coordinator's page as one offline file: how the answers came in, and what will be seen."""

from __future__ import annotations

from lcdiag.base.dates import day
from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.diagnosis.quality_model import Quality
from lcdiag.views import chrome
from lcdiag.views.blocks import Page
from lcdiag.views.coordination_page import CoordinationPage, Desk
from lcdiag.views.render import stamp_of
from lcdiag.views.sheet import Sheet, render_sheet


def render_coordination(diagnosis: Diagnosis, quality: Quality, *, language: str = "nl") -> str:
    """Return the coordinator's page of a study as one offline HTML file.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of the whole study, as released.
    quality : Quality
        How the answers came in, as released.
    language : str
        Shown first; the reader can switch to the other languages of the diagnosis.

    Returns
    -------
    str
        The same input gives the same text.
    """
    sheet = coordination_sheet(diagnosis, quality)
    return render_sheet(sheet, language, diagnosis.languages)


def coordination_sheet(diagnosis: Diagnosis, quality: Quality) -> Sheet:
    """Return the pages with what stands around them."""
    made = diagnosis.provenance.made
    when: tuple[Text, ...] = (day(made, diagnosis.languages),) if made else ()
    heading = Message("coordination.heading")
    return Sheet(
        heading=heading,
        lead=Message("coordination.lead"),
        kicker=(diagnosis.title, *when),
        pages=coordination_pages(diagnosis, quality),
        footer=chrome.footer(diagnosis, Message("coordination.private")),
        name=Message("charts.file-title", {"title": heading, "community": diagnosis.title}),
        stamp=stamp_of(diagnosis),
    )


def coordination_pages(diagnosis: Diagnosis, quality: Quality) -> tuple[Page, ...]:
    """Return the pages that have something to say, in their order."""
    found: dict[str, CoordinationPage] = gather("lcdiag.views.coordination", "PAGE")
    desk = Desk(diagnosis, quality)
    made = (one.make(desk) for one in sorted(found.values(), key=lambda one: one.order))
    return tuple(page for page in made if page is not None)
