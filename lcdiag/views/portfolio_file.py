"""The portfolio: communities that agreed to be seen side by side, as one offline file."""

from __future__ import annotations

from lcdiag.base.dates import day
from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views import chrome
from lcdiag.views.blocks import Page
from lcdiag.views.render import stamp_of
from lcdiag.views.sheet import Sheet, render_sheet
from lcdiag.views.side_by_side import Communities, PortfolioPage


def render_portfolio(diagnosis: Diagnosis, *, language: str = "nl", explore: bool = True) -> str:
    """Return the communities of a study side by side as one offline HTML file.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of the whole study.
    language : str
        Shown first; the reader can switch to the other languages of the diagnosis.
    explore : bool
        Whether figures can be opened in plotly (about 2 MB).

    Returns
    -------
    str
        The same input gives the same text.

    Raises
    ------
    ValueError
        If the parties did not agree to see communities side by side, and this is not an
        internal diagnosis.
    """
    if not diagnosis.portfolio_agreed and not diagnosis.provenance.internal:
        raise ValueError("a portfolio needs communities that agreed to it; this study has none")
    made = diagnosis.provenance.made
    when: tuple[Text, ...] = (day(made, diagnosis.languages),) if made else ()
    heading = Message("portfolio.heading")
    pages = portfolio_pages(diagnosis)
    internal = diagnosis.provenance.internal
    private = Message("portfolio.private-internal" if internal else "portfolio.private")
    sheet = Sheet(
        heading=heading,
        lead=Message("portfolio.lead-internal" if internal else "portfolio.lead"),
        kicker=(diagnosis.title, *when),
        pages=pages,
        footer=chrome.footer(diagnosis, private),
        name=Message("charts.file-title", {"title": heading, "community": diagnosis.title}),
        themes=tuple((s.id, Wording(s.label)) for s in diagnosis.words.scales if not s.per_item),
        stamp=stamp_of(diagnosis),
        units=Message("portfolio.community"),
    )
    return render_sheet(sheet, language, diagnosis.languages, explore=explore)


def portfolio_pages(diagnosis: Diagnosis) -> tuple[Page, ...]:
    """Return the pages that have something to say, in their order."""
    found: dict[str, PortfolioPage] = gather("lcdiag.views.portfolio", "PAGE")
    communities = Communities(diagnosis)
    made = (one.make(communities) for one in sorted(found.values(), key=lambda one: one.order))
    return tuple(page for page in made if page is not None)
