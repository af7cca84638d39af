"""Pages, and what stands around them, as one offline file: every kind of dashboard is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from lcdiag.base.text import Message, Text, languages
from lcdiag.views import chrome
from lcdiag.views.blocks import Page
from lcdiag.views.explore import Packed, packed
from lcdiag.views.frame import explore_figure
from lcdiag.views.html import Speech, joined, json_island, tag
from lcdiag.views.interaction import against, compared, said
from lcdiag.views.offline import fill, link_targets, shared_parts
from lcdiag.views.paint import Painter, figures, waves


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of pages with what stands around them.

    Attributes
    ----------
    heading : Text
        The title of the file.
    lead : Text
        One sentence under it.
    kicker : tuple of Text
        Above it: the study, the date.
    pages : tuple of Page
        In their order.
    footer : tuple of Text
        What made this file.
    name : Text or None
        What the browser calls it; the heading if not given.
    occasions : tuple of (int, tuple of Text)
        In place of the kicker: what stands there for each wave that can be chosen.
    themes : tuple of (str, Text)
        Address and label of the themes that can be chosen.
    stamp : Text or None
        A warning on every page.
    opened : bool
        Whether figures stand in plotly from the start, where scripts run and there is the layer.
    units : Text or None
        What the rows are that can be followed through the pages, where they are of one kind.
    """

    heading: Text
    lead: Text
    kicker: tuple[Text, ...]
    pages: tuple[Page, ...]
    footer: tuple[Text, ...]
    name: Text | None = None
    occasions: tuple[tuple[int, tuple[Text, ...]], ...] = ()
    themes: tuple[tuple[str, Text], ...] = ()
    stamp: Text | None = None
    opened: bool = False
    units: Text | None = None


def render_sheet(
    sheet: Sheet, language: str = "nl", choices: Sequence[str] = (), *, explore: bool = False
) -> str:
    """Return a sheet as one offline HTML file.

    Parameters
    ----------
    sheet : Sheet
        The pages and what stands around them.
    language : str
        Shown first; the reader can switch.
    choices : sequence of str
        All languages of the file; by default every language that pages are written in.
    explore : bool
        Whether figures can be opened in plotly (about 2 MB).

    Returns
    -------
    str
        The same input gives the same text.

    Raises
    ------
    ValueError
        If two pages or figures carry the same id.
    """
    speech = Speech(chrome.order(language, tuple(choices) or languages()))
    targets = link_targets(sheet.pages)
    shown = [figure for page in sheet.pages for figure in figures(page.blocks)]
    layer = packed() if explore and shown else None
    painter = Painter(speech, layer is not None, targets)
    body = joined(painter.page(page, sheet.stamp) for page in sheet.pages)
    offered = [choice for page in sheet.pages for choice in waves(page.blocks)]
    some = any(compared(page.blocks) for page in sheet.pages)
    earlier = against(offered, speech) if some else ""
    filled: dict[str, Any] = {
        **shared_parts(speech, layer),
        "explore": False,
        "opened": sheet.opened and layer is not None,
        "title_tag": speech.tag("title", sheet.name or sheet.heading),
        "pages": sheet.pages,
        "skip": chrome.opening(speech, Message("charts.skip")),
        "stamp": speech.tag("p", sheet.stamp, class_="stamp first") if sheet.stamp else "",
        "kicker": _kicker(sheet, speech),
        "heading": speech.text(sheet.heading),
        "lead": speech.tag("p", sheet.lead, class_="sub"),
        "nav_label": chrome.label(speech, Message("charts.pages")),
        "links": joined(
            tag("li", speech.tag("a", page.short or page.title, href=f"#{page.id}"))
            for page in sheet.pages
        ),
        "choices": chrome.choices(offered, sheet.themes, speech, between=earlier),
        "body": body,
        "footer": tag("p", Markup(" ").join(speech.text(text) for text in sheet.footer)),
        **(_explore_parts(shown, layer, speech) if layer is not None else {}),
    }
    filled["said"] = said(speech, sheet.units)
    texts = {"texts": json_island(speech.table()), "shared": speech.definitions()}
    return fill("dashboard.html.j2", {**filled, **texts})


def _kicker(sheet: Sheet, speech: Speech) -> Markup:
    if sheet.occasions:
        return chrome.occasion(sheet.occasions, speech)
    return chrome.dotted([one for one in sheet.kicker if one], speech)


def _explore_parts(shown: Sequence[Any], layer: Packed, speech: Speech) -> dict[str, Any]:
    specs = {figure.id: explore_figure(figure, speech) for figure in shown}
    return {
        "explore": True,
        "dialog": chrome.dialog(speech),
        "figures": json_island(specs),
        "packed": Markup(layer.script),
    }
