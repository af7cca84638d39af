"""One community's dashboard, and the index of dashboards, as whole offline files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from lcdiag.base.dates import day
from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, Sample
from lcdiag.views import chrome
from lcdiag.views.blocks import Figure, Page
from lcdiag.views.html import Speech, joined, json_island, tag
from lcdiag.views.offline import fill, shared_parts
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


def render_index(
    diagnosis: Diagnosis, entries: Iterable[tuple[str, str]], language: str = "nl"
) -> str:
    """Return the page that leads to the dashboards.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of the whole study: its title, its waves and how many people answered.
    entries : iterable of (community, address)
        In the order of the page; the address is relative to the index.
    language : str
        Shown first.
    """
    speech = Speech(chrome.order(language, diagnosis.languages))
    latest = {sample.community: sample for sample in sorted(diagnosis.sample, key=_by_wave)}
    heading: Text = diagnosis.title or Message("charts.index-title")
    footer = chrome.footer(diagnosis, Message("charts.index-private"))
    filled = {
        **shared_parts(speech, None, pictures=False),
        "title_tag": speech.tag("title", heading),
        "kicker": speech.text(Message("charts.index-title")),
        "heading": speech.text(heading),
        "lead": speech.tag("p", Message("charts.index-lead"), class_="sub"),
        "cards": joined(
            _card(name, address, latest.get(name), speech) for name, address in entries
        ),
        "footer": tag("p", Markup(" ").join(speech.text(text) for text in footer)),
    }
    return fill("index.html.j2", {**filled, "texts": json_island(speech.table())})


def _card(name: str, address: str, sample: Sample | None, speech: Speech) -> Markup:
    parts = [tag("h2", tag("a", name, href=address))]
    if sample is not None and sample.answered is not None:
        answered = Number(sample.answered, 0)
        text = Message("charts.answered-unknown", {"answered": answered})
        if sample.invited is not None:
            invited = Number(sample.invited, 0)
            text = Message("charts.answered-of", {"answered": answered, "invited": invited})
            silent = max(0, sample.invited - sample.answered)
            squares = Markup('<i class="f"></i>') * sample.answered + Markup("<i></i>") * silent
            if sample.invited <= 60:
                parts.append(tag("div", squares, class_="squares", aria_hidden="true"))
        parts.append(speech.tag("p", text))
    return tag("li", *parts)


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


def _by_wave(sample: Sample) -> int:
    return sample.wave
