"""One small square per invited person; a filled one answered."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from lcdiag.base.text import Message, Number, Text
from lcdiag.views.drawing import HIDDEN, ChartKind, Say, Table
from lcdiag.views.figures import Squares
from lcdiag.views.html import Speech, tag
from lcdiag.views.layers import ACCENT, GRID


def draw(chart: Squares, speech: Speech) -> Markup:
    """Return the squares; words say so where the number invited is unknown."""
    if chart.answered is None:
        return tag("div", tag("div", speech.tag("span", HIDDEN), class_="p h"), class_="c sq")
    empty = max(0, (chart.invited or chart.answered) - chart.answered)
    filled = Markup('<i class="f"></i>') * chart.answered
    squares = tag("div", filled, Markup("<i></i>") * empty, class_="squares")
    words = Markup("")
    if chart.invited is None:
        answered = Number(chart.answered, 0)
        text = Message("charts.answered-unknown", {"answered": answered})
        words = speech.tag("p", text, class_="count")
    return tag("div", squares, words, class_="c sq")


def table(chart: Squares) -> Table:
    """Return invited and answered as two rows."""
    return Table(
        (Message("charts.col-who"), Message("charts.col-people")),
        (
            (Message("charts.answered"), _count(chart.answered, HIDDEN)),
            (Message("charts.invited"), _count(chart.invited, Message("charts.unknown"))),
        ),
    )


def explore(chart: Squares, say: Say) -> dict[str, Any]:
    """Return the Plotly figure of the same two counts."""
    answered = chart.answered or 0
    parts = [(Message("charts.answered"), answered, ACCENT)]
    if chart.invited is not None and chart.answered is not None:
        silent = max(0, chart.invited - answered)
        parts.append((Message("charts.not-answered"), silent, "#b9c3c5"))
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": say(name),
                "x": [count],
                "y": [0],
                "hovertemplate": "%{x}<extra></extra>",
                "marker": {"color": color},
            }
            for name, count, color in parts
        ],
        "layout": {
            "barmode": "stack",
            "height": 200,
            "xaxis": {"gridcolor": GRID, "rangemode": "tozero"},
            "yaxis": {"showticklabels": False, "showgrid": False, "zeroline": False},
        },
    }


def _count(count: int | None, otherwise: Text) -> Text:
    return otherwise if count is None else Number(count, 0)


CHART = ChartKind(Squares, draw, table, explore)
