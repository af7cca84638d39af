"""Who answered, group by group: one small square per invited person, a filled one answered."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from lcdiag.base.text import Message, Number, Text
from lcdiag.views.drawing import HIDDEN, ChartKind, Say, Table
from lcdiag.views.figures import ResponseRow, Responses
from lcdiag.views.html import Speech, joined, tag
from lcdiag.views.layers import ACCENT, GRID

_UNKNOWN = Message("charts.unknown")


def draw(chart: Responses, speech: Speech) -> Markup:
    """Return a row of squares for each group; where its answers are hidden, words say so."""
    return tag("div", joined(_row(row, speech) for row in chart.rows), class_="c rs")


def _row(row: ResponseRow, speech: Speech) -> Markup:
    label = tag("div", speech.text(row.label), class_="l", data_u=row.unit or None)
    if row.answered is None:
        hidden = tag("div", speech.tag("span", HIDDEN), class_="h")
        return tag("div", label, hidden, class_="rr")
    silent = max(0, (row.invited or 0) - row.answered)
    squares = Markup('<i class="f"></i>') * row.answered + Markup("<i></i>") * silent
    numbers = {"answered": Number(row.answered, 0)}
    said = Message("charts.answered-unknown", numbers)
    if row.invited is not None:
        said = Message("coordination.of", {**numbers, "invited": Number(row.invited, 0)})
    told = speech.tag("div", said, class_="rn")
    return tag("div", label, tag("div", squares, class_="squares"), told, class_="rr")


def table(chart: Responses) -> Table:
    """Return invited and answered, a row a group."""
    return Table(
        (chart.subject, Message("charts.invited"), Message("charts.answered")),
        tuple(
            (row.label, _count(row.invited, _UNKNOWN), _count(row.answered, HIDDEN))
            for row in chart.rows
        ),
    )


def explore(chart: Responses, say: Say) -> dict[str, Any]:
    """Return the Plotly figure of the same counts; a group with hidden answers has no bar."""
    places = range(len(chart.rows))
    answered = [row.answered for row in chart.rows]
    silent = [
        None if row.answered is None or row.invited is None else max(0, row.invited - row.answered)
        for row in chart.rows
    ]
    parts = (
        (Message("charts.answered"), answered, ACCENT),
        (Message("charts.not-answered"), silent, "#b9c3c5"),
    )
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": say(name),
                "x": counts,
                "y": list(places),
                "hovertemplate": "%{x}<extra></extra>",
                "marker": {"color": color},
            }
            for name, counts, color in parts
        ],
        "layout": {
            "barmode": "stack",
            "height": 120 + 34 * len(chart.rows),
            "xaxis": {"gridcolor": GRID, "rangemode": "tozero"},
            "yaxis": {
                "autorange": "reversed",
                "tickvals": list(places),
                "ticktext": [say(row.label) for row in chart.rows],
                "showgrid": False,
                "zeroline": False,
            },
        },
    }


def _count(count: int | None, otherwise: Text) -> Text:
    return otherwise if count is None else Number(count, 0)


CHART = ChartKind(Responses, draw, table, explore)
