"""Blocks and pages as HTML; every block has one function here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from lcdiag.base.text import Message, Text
from lcdiag.views import blocks as b
from lcdiag.views import talk
from lcdiag.views.drawing import Table
from lcdiag.views.frame import figure, rows_html
from lcdiag.views.html import Speech, joined, tag


@dataclass(frozen=True, slots=True)
class Painter:
    """What every block needs: the texts, whether figures can be explored, where links lead."""

    speech: Speech
    explore: bool
    targets: Mapping[str, Text]

    def blocks(self, content: Iterable[b.Block]) -> Markup:
        """Return the blocks one below the other."""
        return joined(_PAINT[type(block)](self, block) for block in content)

    def page(self, page: b.Page, stamp: Text | None = None) -> Markup:
        """Return a page as a section that starts a sheet in print."""
        speech, title = self.speech, f"{page.id}-h"
        badge = tag("span", speech.text(page.badge), class_="badge") if page.badge else Markup("")
        head = [tag("h2", speech.text(page.title), badge, id=title, tabindex=-1)]
        if stamp is not None:
            head.insert(0, speech.tag("p", stamp, class_="stamp"))
        if page.lead:
            head.append(speech.tag("p", page.lead, class_="lead"))
        return tag(
            "section",
            *head,
            self.blocks(page.blocks),
            id=page.id,
            class_="page",
            aria_labelledby=title,
        )


def figures(content: Iterable[b.Block]) -> Iterator[b.Figure]:
    """Yield every figure within the blocks, in reading order."""
    for block in content:
        if isinstance(block, b.Figure):
            yield block
        elif isinstance(block, b.Beside):
            yield from figures((*block.main, *block.aside))
        elif isinstance(block, b.Panels):
            for panel in block.panels:
                yield from figures(panel)
        elif isinstance(block, b.PerWave):
            for _, _, part in block.parts:
                yield from figures(part)
        elif isinstance(block, b.Asked) and block.figure is not None:
            yield block.figure


def waves(content: Iterable[b.Block]) -> Iterator[tuple[int, Text]]:
    """Yield number and name of every wave that a PerWave block offers."""
    for block in content:
        if isinstance(block, b.PerWave):
            for number, name, _ in block.parts:
                yield number, name


def _heading(painter: Painter, block: b.Heading) -> Markup:
    badge = (
        tag("span", painter.speech.text(block.badge), class_="badge") if block.badge else Markup("")
    )
    return tag(f"h{block.level}", painter.speech.text(block.text), badge)


def _prose(painter: Painter, block: b.Prose) -> Markup:
    return painter.speech.tag("p", block.text, class_=block.kind)


def _listing(painter: Painter, block: b.Listing) -> Markup:
    items = joined(painter.speech.tag("li", item) for item in block.items)
    return tag("ol" if block.ordered else "ul", items)


def _terms(painter: Painter, block: b.Terms) -> Markup:
    pairs = joined(
        tag("div", painter.speech.tag("dt", word), painter.speech.tag("dd", meaning))
        for word, meaning in block.pairs
    )
    return tag("dl", pairs)


def _facts(painter: Painter, block: b.Facts) -> Markup:
    rows = rows_html(Table(block.head, block.rows), block.caption, painter.speech, {})
    return tag("div", rows, class_="t facts")


def _callout(painter: Painter, block: b.Callout) -> Markup:
    speech, parts = painter.speech, []
    if block.label is not None:
        parts.append(speech.tag("p", block.label, class_="tagline"))
    parts.append(speech.tag("p", block.text))
    if block.question is not None:
        parts.append(speech.tag("p", block.question, class_="q"))
    if block.link in painter.targets:
        goal = speech.tag("a", Message("charts.see-figure"), href=f"#{block.link}")
        parts.append(tag("p", goal, class_="see"))
    return tag("div", *parts, class_=f"callout {block.kind}")


def _lines(painter: Painter, block: b.Lines) -> Markup:
    label = painter.speech.tag("p", block.label)
    return tag("div", label, Markup("<i></i>") * block.count, class_="lines")


def _blank(painter: Painter, block: b.Blank) -> Markup:
    speech = painter.speech
    head = joined(speech.tag("th", text, scope="col") for text in block.head)
    empty = Markup("<td></td>") * (len(block.head) - 1)
    rows = (tag("tr", speech.tag("th", text, scope="row"), empty) for text in block.rows)
    table = tag(
        "table",
        speech.tag("caption", block.caption),
        tag("thead", tag("tr", head)),
        tag("tbody", *rows),
    )
    return tag("div", table, class_="t facts blank")


def _figure(painter: Painter, block: b.Figure) -> Markup:
    return figure(block, painter.speech, explore=painter.explore, targets=painter.targets)


def _beside(painter: Painter, block: b.Beside) -> Markup:
    main = tag("div", painter.blocks(block.main))
    return tag("div", main, tag("div", painter.blocks(block.aside)), class_="beside")


def _panels(painter: Painter, block: b.Panels) -> Markup:
    columns = (tag("div", painter.blocks(panel)) for panel in block.panels)
    return tag("div", *columns, class_="panels")


def _per_wave(painter: Painter, block: b.PerWave) -> Markup:
    last = len(block.parts) - 1
    return joined(
        tag(
            "details",
            painter.speech.tag("summary", name),
            painter.blocks(part),
            class_="wave",
            data_w=number,
            open=place == last,
        )
        for place, (number, name, part) in enumerate(block.parts)
    )


_PAINT: dict[type, Callable[[Painter, Any], Markup]] = {
    b.Heading: _heading,
    b.Prose: _prose,
    b.Listing: _listing,
    b.Terms: _terms,
    b.Facts: _facts,
    b.Callout: _callout,
    b.Lines: _lines,
    b.Blank: _blank,
    b.Figure: _figure,
    b.Beside: _beside,
    b.Panels: _panels,
    b.PerWave: _per_wave,
    b.Asked: talk.asked,
    b.Variants: talk.variants,
    b.Agreements: talk.agreements,
    b.MeetingTools: talk.meeting_tools,
}
