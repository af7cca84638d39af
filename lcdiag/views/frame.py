"""The frame of a figure: the finding as its title, the drawing, how to read it, its table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from markupsafe import Markup

from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Text
from lcdiag.views.blocks import Figure
from lcdiag.views.drawing import HIDDEN, ChartKind, Table
from lcdiag.views.html import Attribute, Speech, joined, tag


@cache
def kinds() -> Mapping[type, ChartKind]:
    """Return the kinds of figure by the class of their cells."""
    return {kind.figure: kind for kind in gather("lcdiag.views.charts", "CHART").values()}


def kind_of(chart: object) -> ChartKind:
    """Return how this chart is drawn.

    Raises
    ------
    TypeError
        If no module of `views.charts` draws it.
    """
    try:
        return kinds()[type(chart)]
    except KeyError:
        raise TypeError(f"no chart module draws {type(chart).__name__}") from None


def figure(block: Figure, speech: Speech, *, explore: bool, targets: Mapping[str, Text]) -> Markup:
    """Return a figure with its name, description, caption, table and tools.

    Parameters
    ----------
    block : Figure
        What to show.
    speech : Speech
        Texts of the file.
    explore : bool
        Whether the file carries the explore layer.
    targets : mapping
        Id of every page and figure to the title of its page, which a link to it carries.
    """
    kind = kind_of(block.chart)
    rows = kind.table(block.chart)
    title, text = f"{block.id}-t", f"{block.id}-d"
    badge = tag("span", speech.text(block.badge), class_="badge") if block.badge else Markup("")
    head = tag("h3", speech.text(block.title), badge, id=title)
    drawing = tag(
        "div",
        kind.draw(block.chart, speech),
        role="img",
        aria_labelledby=title,
        aria_describedby=text,
    )
    parts = [
        head,
        drawing,
        speech.tag("p", block.alt, id=text, class_="vh"),
        speech.tag("figcaption", block.caption),
    ]
    if block.question is not None:
        parts.append(speech.tag("p", block.question, class_="ask"))
    parts.append(_foot(block, rows, speech, explore, targets))
    return tag(
        "figure",
        *parts,
        id=block.id,
        aria_labelledby=title,
        class_="fig",
        tabindex=-1,
        data_th=" ".join(block.themes) or None,
    )


def explore_figure(block: Figure, speech: Speech) -> dict[str, Any]:
    """Return the Plotly figure of a block, its texts as places in the text table."""
    return kind_of(block.chart).explore(block.chart, speech.token)


def rows_html(rows: Table, caption: Text, speech: Speech, targets: Mapping[str, Text]) -> Markup:
    """Return a real table: a caption, headings of columns and of rows."""
    head = joined(speech.tag("th", text, scope="col") for text in rows.head)
    body = []
    for place, row in enumerate(rows.rows):
        link = rows.links[place] if place < len(rows.links) else ""
        first = speech.tag("th", row[0], scope="row")
        if link in targets:
            first = tag("th", speech.tag("a", row[0], href=f"#{link}"), scope="row")
        cells = (
            speech.tag("td", text, class_="hid" if text == HIDDEN else None) for text in row[1:]
        )
        body.append(tag("tr", first, *cells))
    return tag(
        "table",
        speech.tag("caption", caption),
        tag("thead", tag("tr", head)),
        tag("tbody", *body),
    )


def _foot(
    block: Figure, rows: Table, speech: Speech, explore: bool, targets: Mapping[str, Text]
) -> Markup:
    grid = tag("div", rows_html(rows, block.title, speech, targets), class_="t")
    details = tag("details", speech.tag("summary", Message("charts.table")), grid)
    tools = []
    if explore:
        tools.append(
            speech.tag(
                "button",
                Message("charts.explore"),
                type="button",
                class_="xp js",
                id=f"{block.id}-x",
                aria_labelledby=f"{block.id}-x {block.id}-t",
            )
        )
    goals = sorted({link for link in rows.links if link in targets and link != block.id})
    if len(goals) == 1:
        goal = Message("charts.to", {"target": targets[goals[0]]})
        tools.append(speech.tag("a", goal, href=f"#{goals[0]}"))
    role: dict[str, Attribute] = {}
    if len(tools) > 1:
        role = {"role": "toolbar", **speech.label(Message("charts.tools"))}
    bar = tag("div", *tools, class_="tools", **role) if tools else Markup("")
    return tag("div", details, bar, class_="foot")
