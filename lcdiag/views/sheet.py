"""Pages that are about no single community, as one offline file in the look of the dashboards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lcdiag.base.text import Message, Text, languages
from lcdiag.views import chrome
from lcdiag.views.blocks import Page
from lcdiag.views.html import Speech, joined, json_island, tag
from lcdiag.views.offline import fill, link_targets, shared_parts
from lcdiag.views.paint import Painter, waves


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
    """

    heading: Text
    lead: Text
    kicker: tuple[Text, ...]
    pages: tuple[Page, ...]
    footer: tuple[Text, ...]


def render_sheet(sheet: Sheet, language: str = "nl", choices: Sequence[str] = ()) -> str:
    """Return a sheet as one offline HTML file.

    Parameters
    ----------
    sheet : Sheet
        The pages and what stands around them.
    language : str
        Shown first; the reader can switch.
    choices : sequence of str
        All languages of the file; by default every language that pages are written in.

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
    painter = Painter(speech, explore=False, targets=link_targets(sheet.pages))
    body = joined(painter.page(page) for page in sheet.pages)
    offered = [choice for page in sheet.pages for choice in waves(page.blocks)]
    filled: dict[str, Any] = {
        **shared_parts(speech, None),
        "explore": False,
        "title_tag": speech.tag("title", sheet.heading),
        "pages": sheet.pages,
        "skip": chrome.opening(speech, Message("charts.skip")),
        "stamp": "",
        "kicker": chrome.dotted([one for one in sheet.kicker if one], speech),
        "heading": speech.text(sheet.heading),
        "lead": speech.tag("p", sheet.lead, class_="sub"),
        "nav_label": chrome.label(speech, Message("charts.pages")),
        "links": joined(
            tag("li", speech.tag("a", page.title, href=f"#{page.id}")) for page in sheet.pages
        ),
        "choices": chrome.choices(offered, (), speech),
        "body": body,
        "footer": tag("p", joined(_spaced(sheet.footer, speech))),
    }
    texts = {"texts": json_island(speech.table()), "shared": speech.definitions()}
    return fill("dashboard.html.j2", {**filled, **texts})


def _spaced(texts: Sequence[Text], speech: Speech) -> list[Any]:
    return [part for text in texts for part in (speech.text(text), " ")]
