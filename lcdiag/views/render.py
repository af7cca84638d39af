"""One community's dashboard as one offline file."""

from __future__ import annotations

from collections.abc import Sequence

from lcdiag.base.dates import day
from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views import chrome
from lcdiag.views.blocks import Figure, Page
from lcdiag.views.paint import figures, waves
from lcdiag.views.reading import readings, wave_info
from lcdiag.views.sheet import Sheet, render_sheet


def render_dashboard(
    diagnosis: Diagnosis, community: str, *, language: str = "nl", explore: bool = True
) -> str:
    """Return the dashboard of one community as one offline HTML file.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of any number of communities; only this one's part is used.
    community : str
        The community the file is about.
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
        If the diagnosis does not know the community.
    """
    if community not in diagnosis.communities:
        raise ValueError(
            f"the community must be one of {diagnosis.communities}; received {community!r}"
        )
    own = diagnosis.only(community)
    return render_pages(own, community, gather_pages(own, community), language, explore)


def gather_pages(diagnosis: Diagnosis, community: str) -> tuple[Page, ...]:
    """Return the pages that have something to say, in their order."""
    makers = sorted(gather("lcdiag.views.pages", "PAGE").values(), key=lambda maker: maker.order)
    made = (maker.make(diagnosis, community) for maker in makers)
    return tuple(page for page in made if page is not None)


def render_pages(
    diagnosis: Diagnosis,
    community: str,
    pages: Sequence[Page],
    language: str = "nl",
    explore: bool = True,
) -> str:
    """Return these pages as one offline file; the diagnosis holds one community only.

    Raises
    ------
    ValueError
        If two pages or figures carry the same id.
    """
    heading = Message("charts.dashboard-title")
    shown = [figure for page in pages for figure in figures(page.blocks)]
    choices = [choice for page in pages for choice in waves(page.blocks)]
    sheet = Sheet(
        heading=heading,
        lead=Message("charts.dashboard-lead", {"community": community}),
        kicker=(diagnosis.title,),
        pages=tuple(pages),
        footer=chrome.footer(diagnosis),
        name=Message("charts.file-title", {"title": heading, "community": community}),
        occasions=_occasions(diagnosis, community, choices),
        themes=_themes(diagnosis, shown),
        stamp=stamp_of(diagnosis),
    )
    return render_sheet(sheet, language, diagnosis.languages, explore=explore)


def stamp_of(diagnosis: Diagnosis) -> Text | None:
    """Return what every page of a file carries in which nothing was hidden."""
    return Message("charts.internal") if diagnosis.provenance.internal else None


def _themes(diagnosis: Diagnosis, shown: Sequence[Figure]) -> tuple[tuple[str, Text], ...]:
    used = {theme for figure in shown for theme in figure.themes}
    for figure in shown:
        used |= {getattr(row, "theme", "") for row in getattr(figure.chart, "rows", ())}
        used |= {panel.theme for panel in getattr(figure.chart, "panels", ())}
    return tuple((s.id, Wording(s.label)) for s in diagnosis.words.scales if s.id in used)


def _occasions(
    diagnosis: Diagnosis, community: str, choices: Sequence[tuple[int, Text]]
) -> tuple[tuple[int, tuple[Text, ...]], ...]:
    """Return title of the study, name and date of each wave that can be chosen, else the last."""
    own = [reading.wave for reading in readings(diagnosis, community)]
    last = own[-1:] or [wave.number for wave in diagnosis.waves][-1:]
    found = []
    for wave in (
        wave_info(diagnosis, number) for number in sorted({n for n, _ in choices} or set(last))
    ):
        texts: list[Text] = [diagnosis.title] if diagnosis.title else []
        texts += [Wording(wave.title)] if wave.title else []
        texts += [day(wave.date, diagnosis.languages)] if wave.date else []
        found.append((wave.number, tuple(texts)))
    return tuple(found)
