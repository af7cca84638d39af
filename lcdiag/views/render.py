"""One community's dashboard, and the index of dashboards, as whole offline files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, Sample
from lcdiag.views import chrome
from lcdiag.views.blocks import Page
from lcdiag.views.explore import packed
from lcdiag.views.frame import explore_figure
from lcdiag.views.html import Speech, joined, json_island, tag
from lcdiag.views.offline import fill, link_targets, shared_parts
from lcdiag.views.paint import Painter, figures, waves
from lcdiag.views.reading import readings


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
    speech = Speech(chrome.order(language, diagnosis.languages))
    shown = [figure for page in pages for figure in figures(page.blocks)]
    targets = link_targets(pages)
    layer = packed() if explore and shown else None
    painter = Painter(speech, layer is not None, targets)
    stamp = Message("charts.internal") if diagnosis.provenance.internal else None
    body = joined(painter.page(page, stamp) for page in pages)
    heading = Message("charts.dashboard-title")
    lead = Message("charts.dashboard-lead", {"community": community})
    choices = [choice for page in pages for choice in waves(page.blocks)]
    extra: dict[str, Any] = {"explore": layer is not None}
    if layer is not None:
        specs = {figure.id: explore_figure(figure, speech) for figure in shown}
        extra |= {
            "dialog": chrome.dialog(speech),
            "figures": json_island(specs),
            "packed": Markup(layer.script),
        }
    filled = {
        **shared_parts(speech, layer),
        **extra,
        "title_tag": speech.tag(
            "title", Message("charts.file-title", {"title": heading, "community": community})
        ),
        "pages": pages,
        "skip": chrome.opening(speech, Message("charts.skip")),
        "stamp": speech.tag("p", stamp, class_="stamp first") if stamp else "",
        "kicker": chrome.occasion(diagnosis, _numbers(diagnosis, community, choices), speech),
        "heading": speech.text(heading),
        "lead": speech.tag("p", lead, class_="sub"),
        "nav_label": chrome.label(speech, Message("charts.pages")),
        "links": joined(
            tag("li", speech.tag("a", page.title, href=f"#{page.id}")) for page in pages
        ),
        "choices": chrome.choices(choices, _themes(diagnosis, shown), speech),
        "body": body,
        "footer": chrome.footer(diagnosis, speech),
    }
    return fill(
        "dashboard.html.j2",
        {**filled, "texts": json_island(speech.table()), "shared": speech.definitions()},
    )


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
    filled = {
        **shared_parts(speech, None),
        "title_tag": speech.tag("title", heading),
        "kicker": speech.text(Message("charts.index-title")),
        "heading": speech.text(heading),
        "lead": speech.tag("p", Message("charts.index-lead"), class_="sub"),
        "cards": joined(
            _card(name, address, latest.get(name), speech) for name, address in entries
        ),
        "footer": chrome.footer(diagnosis, speech, Message("charts.index-private")),
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


def _themes(diagnosis: Diagnosis, shown: Sequence[Any]) -> list[tuple[str, Text]]:
    used = {theme for figure in shown for theme in figure.themes}
    for figure in shown:
        used |= {getattr(row, "theme", "") for row in getattr(figure.chart, "rows", ())}
        used |= {panel.theme for panel in getattr(figure.chart, "panels", ())}
    return [(s.id, Wording(s.label)) for s in diagnosis.words.scales if s.id in used]


def _numbers(diagnosis: Diagnosis, community: str, choices: Sequence[tuple[int, Text]]) -> set[int]:
    """Return the waves that the reader can choose, else the last one of this community."""
    own = [reading.wave for reading in readings(diagnosis, community)]
    last = own[-1:] or [wave.number for wave in diagnosis.waves][-1:]
    return {number for number, _ in choices} or set(last)


def _by_wave(sample: Sample) -> int:
    return sample.wave
