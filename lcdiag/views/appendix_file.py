"""The researcher's appendix as one offline file: all that was released of a whole study."""

from __future__ import annotations

from lcdiag.base.dates import day
from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views import chrome
from lcdiag.views.appendix_page import AppendixPage
from lcdiag.views.blocks import Page
from lcdiag.views.render import stamp_of
from lcdiag.views.sheet import Sheet, render_sheet


def render_appendix(diagnosis: Diagnosis, *, language: str = "nl", explore: bool = True) -> str:
    """Return the researcher's appendix of a study as one offline HTML file.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of the whole study, as released. Communities are named only where their parties agreed
        to be seen side by side, or where the file is internal.
    language : str
        Shown first; the reader can switch to the other languages of the diagnosis.
    explore : bool
        Whether figures open in plotly where scripts run (about 2 MB).

    Returns
    -------
    str
        The same input gives the same text.
    """
    sheet = appendix_sheet(diagnosis)
    return render_sheet(sheet, language, diagnosis.languages, explore=explore)


def appendix_sheet(diagnosis: Diagnosis) -> Sheet:
    """Return the pages with what stands around them."""
    made = diagnosis.provenance.made
    when: tuple[Text, ...] = (day(made, diagnosis.languages),) if made else ()
    heading = Message("appendix.heading")
    return Sheet(
        heading=heading,
        lead=Message("appendix.lead"),
        kicker=(diagnosis.title, *when),
        pages=appendix_pages(diagnosis),
        footer=chrome.footer(diagnosis),
        name=Message("charts.file-title", {"title": heading, "community": diagnosis.title}),
        stamp=stamp_of(diagnosis),
        opened=True,
    )


def appendix_pages(diagnosis: Diagnosis) -> tuple[Page, ...]:
    """Return the pages that have something to say, in their order."""
    found: dict[str, AppendixPage] = gather("lcdiag.views.appendix", "PAGE")
    made = (one.make(diagnosis) for one in sorted(found.values(), key=lambda one: one.order))
    return tuple(page for page in made if page is not None)
