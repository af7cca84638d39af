"""The page that leads to all files of a report, and says what may be handed to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from lcdiag.base.text import Message, Number, Text
from lcdiag.diagnosis.model import Diagnosis, Sample
from lcdiag.views import chrome
from lcdiag.views.html import Speech, joined, json_island, tag
from lcdiag.views.offline import fill, shared_parts


@dataclass(frozen=True, slots=True)
class Further:
    """Files beside the dashboards: for whom they are, and where.

    Attributes
    ----------
    heading, text : Text
        For whom, and what may be done with them.
    links : tuple of (Text, str)
        What each file is, and its address relative to the index.
    """

    heading: Text
    text: Text
    links: tuple[tuple[Text, str], ...] = ()


def render_index(
    diagnosis: Diagnosis,
    entries: Iterable[tuple[str, str]],
    language: str = "nl",
    further: Iterable[Further] = (),
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
    further : iterable of Further
        What else was made, below the dashboards.
    """
    speech = Speech(chrome.order(language, diagnosis.languages))
    latest = {sample.community: sample for sample in sorted(diagnosis.sample, key=_by_wave)}
    heading: Text = diagnosis.title or Message("charts.index-title")
    footer = chrome.footer(diagnosis, Message("charts.index-private"))
    cards = [_card(name, address, latest.get(name), speech) for name, address in entries]
    parts = [_part(one, speech) for one in further]
    first = speech.tag("h2", Message("charts.index-facilitators"), class_="for") if parts else ""
    filled = {
        **shared_parts(speech, None),
        "title_tag": speech.tag("title", heading),
        "kicker": speech.text(Message("charts.index-title")),
        "heading": speech.text(heading),
        "lead": speech.tag("p", Message("charts.index-lead"), class_="sub"),
        "first": first,
        "cards": joined(cards),
        "further": joined(parts),
        "footer": tag("p", Markup(" ").join(speech.text(text) for text in footer)),
    }
    return fill("index.html.j2", {**filled, "texts": json_island(speech.table())})


def _part(one: Further, speech: Speech) -> Markup:
    links = (tag("li", speech.tag("a", name, href=address)) for name, address in one.links)
    listed = tag("ul", *links) if one.links else ""
    head = speech.tag("h2", one.heading)
    return tag("section", head, speech.tag("p", one.text, class_="note"), listed, class_="more")


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


def _by_wave(sample: Sample) -> int:
    return sample.wave
