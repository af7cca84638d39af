"""How each one sees each other one, as a matrix: read it by row."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.base.text import Message, Number, Text
from lcdiag.views.drawing import (
    HIDDEN,
    ChartKind,
    Say,
    Table,
    band_text,
    count_text,
    grid,
    strip,
    value_text,
)
from lcdiag.views.figures import Directed
from lcdiag.views.html import Speech, tag
from lcdiag.views.layers import SOFT, spoken


def draw(chart: Directed, speech: Speech) -> Markup:
    """Return numbered names at the left, the same numbers above, and a small strip in each cell."""
    count = len(chart.names)
    head = [tag("div", class_="dn")]
    head += [tag("div", str(place), class_="dh") for place in range(1, count + 1)]
    rows = [tag("div", *head, class_="dr")]
    for place, (name, cells) in enumerate(zip(chart.names, chart.cells, strict=True), start=1):
        label = tag(
            "div", tag("b", str(place)), " ", speech.text(name), class_="dn", data_u=_plain(name)
        )
        found = (
            _cell(chart, cell, speech, own=at == place) for at, cell in enumerate(cells, start=1)
        )
        rows.append(tag("div", label, *found, class_="dr"))
    ends = tag(
        "p",
        speech.text(
            Message(
                "charts.matrix-ends",
                {
                    "low": Number(chart.axis.low, 0),
                    "high": Number(chart.axis.high, 0),
                    "low_label": chart.axis.low_label,
                    "high_label": chart.axis.high_label,
                },
            )
        ),
        class_="hd",
    )
    turned = speech.tag("p", Message("charts.matrix-read"), class_="hd")
    return tag("div", turned, tag("div", *rows, class_=f"dm n{min(count, 12)}"), ends, class_="c")


def table(chart: Directed) -> Table:
    """Return one row a direction: who rates whom, the mean, its strip and the answers."""
    rows = []
    for giver, cells in zip(chart.names, chart.cells, strict=True):
        for receiver, cell in zip(chart.names, cells, strict=True):
            if cell is None:
                continue
            who = Message("charts.towards", {"from": giver, "to": receiver})
            rows.append((who, value_text(cell), band_text(cell, 1), count_text(cell)))
    head = (
        Message("charts.col-direction"),
        Message("charts.col-mean"),
        Message("charts.col-band90"),
        Message("charts.col-n"),
    )
    return Table(head, tuple(rows))


def explore(chart: Directed, say: Say) -> dict[str, Any]:
    """Return the Plotly figure: a network, its lines as thick as the mean is high.

    The nodes stand on a circle in their fixed order. Directions that are not shown have no line.
    """
    from math import cos, pi, sin

    count = len(chart.names)
    spots = [
        (round(sin(2 * pi * at / count), 4), round(cos(2 * pi * at / count), 4))
        for at in range(count)
    ]
    data: list[dict[str, Any]] = []
    for row, cells in enumerate(chart.cells):
        for column, cell in enumerate(cells):
            if isinstance(cell, Estimate) and cell.value is not None:
                who = Message(
                    "charts.towards", {"from": chart.names[row], "to": chart.names[column]}
                )
                data.append(_line(chart, cell, who, spots[row], spots[column], say))
    data.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [x for x, _ in spots],
            "y": [y for _, y in spots],
            "text": [say(name) for name in chart.names],
            "textposition": "top center",
            "hoverinfo": "skip",
            "marker": {"size": 18, "color": SOFT},
        }
    )
    blank = {"visible": False, "range": [-1.5, 1.5]}
    return {"data": data, "layout": {"height": 520, "xaxis": blank, "yaxis": dict(blank)}}


def _line(
    chart: Directed,
    cell: Estimate,
    who: Text,
    start: tuple[float, float],
    end: tuple[float, float],
    say: Say,
) -> dict[str, Any]:
    """Return one direction as a bent line, so that both directions of a pair are seen."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 + 0.12 * (y2 - y1), (y1 + y2) / 2 - 0.12 * (x2 - x1))
    part = ((cell.value or 0.0) - chart.axis.low) / (chart.axis.high - chart.axis.low)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": say(who),
        "x": [x1, round(middle[0], 4), x2],
        "y": [y1, round(middle[1], 4), y2],
        "text": ["", say(spoken(cell)), ""],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"shape": "spline", "width": round(1 + 7 * part, 1), "color": "#93a3a5"},
        "marker": {"size": [0, 9, 0], "symbol": "arrow", "angleref": "previous"},
    }


def _plain(name: Text) -> str | None:
    """Return a name that is the same in every language, by which a row can be chosen."""
    return name if isinstance(name, str) else None


def _cell(chart: Directed, cell: Cell | None, speech: Speech, *, own: bool) -> Markup:
    if cell is None:
        return tag("div", class_="dc own" if own else "dc")
    if isinstance(cell, Hidden):
        return tag("div", speech.tag("span", HIDDEN, class_="vh"), class_="dc h")
    if cell.value is None:
        return tag("div", speech.tag("span", Message("charts.absent")), class_="dc")
    marks = tag("svg", grid(chart.axis, speech), strip(cell, chart.axis))
    number = speech.tag("b", value_text(cell))
    return tag("div", number, tag("div", marks, class_="p"), class_="dc")


CHART = ChartKind(Directed, draw, table, explore)
