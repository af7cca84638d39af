"""The layers of Plotly figures, written as plain JSON; plotly itself is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lcdiag.base.estimate import Cell, Estimate
from lcdiag.base.text import Message, Text
from lcdiag.views.drawing import Say, band_text, bands, value_text
from lcdiag.views.figures import Axis

SOFT = "#53606a"
INK = "#1c2429"
ACCENT = "#0b6259"
BROWN = "#8a4b0f"
GRID = "#dde2e4"
WIDE = "#d9e1e1"
NARROW = "#728487"

_MARKERS: dict[str, dict[str, Any]] = {
    "dot": {"symbol": "circle", "size": 12, "color": ACCENT},
    "ring": {
        "symbol": "circle",
        "size": 11,
        "color": "#ffffff",
        "line": {"color": INK, "width": 2},
    },
    "diamond": {"symbol": "diamond", "size": 12, "color": BROWN},
}


def cells_layer(
    cells: Sequence[Cell | None],
    name: Text,
    marker: str,
    say: Say,
    decimals: int = 1,
    *,
    signed: bool = False,
) -> dict[str, Any]:
    """Return dots, one a row; rows without a value have none."""
    shown = [
        (place, cell)
        for place, cell in enumerate(cells)
        if isinstance(cell, Estimate) and cell.value is not None
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": say(name),
        "x": [cell.value for _, cell in shown],
        "y": [place for place, _ in shown],
        "text": [say(spoken(cell, decimals, signed=signed)) for _, cell in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": _MARKERS[marker],
    }


def band_layers(
    cells: Sequence[Cell | None], say: Say, decimals: int = 1, *, signed: bool = False
) -> list[dict[str, Any]]:
    """Return the wide and the narrow strips as bars, one a row."""
    layers = []
    for which, color, width in ((1, WIDE, 0.42), (0, NARROW, 0.3)):
        found = [
            (place, cell, bands(cell)[which])
            for place, cell in enumerate(cells)
            if isinstance(cell, Estimate) and cell.value is not None
        ]
        rows = [(place, cell, band) for place, cell, band in found if band is not None]
        layers.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": say(Message("charts.key-wide" if which else "charts.key-narrow")),
                "base": [band.low for _, _, band in rows],
                "x": [round(band.high - band.low, 6) for _, _, band in rows],
                "y": [place for place, _, _ in rows],
                "width": width,
                "text": [
                    say(band_text(cell, which, decimals, signed=signed)) for _, cell, _ in rows
                ],
                "textposition": "none",
                "hovertemplate": "%{text}<extra></extra>",
                "marker": {"color": color},
            }
        )
    return layers


def plane(
    labels: Sequence[Text],
    axis: Axis,
    say: Say,
    *,
    notes: Sequence[Text | None] = (),
    height: int = 40,
) -> dict[str, Any]:
    """Return the layout of a figure with one row a label on one full axis.

    `notes` holds, for rows without marks, the words that stand in their place.
    """
    middle = (axis.low + axis.high) / 2
    return {
        "annotations": [
            note(middle, place, text, say) for place, text in enumerate(notes) if text is not None
        ],
        "barmode": "overlay",
        "height": 120 + height * len(labels),
        "xaxis": {
            "range": [axis.low - 0.02 * _span(axis), axis.high + 0.02 * _span(axis)],
            "gridcolor": GRID,
            "zeroline": axis.zero == 0,
            "zerolinecolor": INK,
            "title": {"text": say(_ends(axis)), "font": {"size": 13}},
        },
        "yaxis": {
            "range": [len(labels) - 0.5, -0.5],
            "tickvals": list(range(len(labels))),
            "ticktext": [say(label) for label in labels],
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
    }


def notes_for(cells: Sequence[Cell]) -> list[Text | None]:
    """Return why a row has no mark, or None where it has one."""
    return [
        None if isinstance(cell, Estimate) and cell.value is not None else value_text(cell)
        for cell in cells
    ]


def note(x: float, y: float, text: Text, say: Say) -> dict[str, Any]:
    """Return words that stand in the plane."""
    return {
        "x": x,
        "y": y,
        "text": say(text),
        "showarrow": False,
        "bgcolor": "#ffffff",
        "font": {"color": SOFT, "size": 13},
    }


def spoken(cell: Cell, decimals: int = 1, *, signed: bool = False) -> Text:
    """Return a value with its wide strip in words, or why there is none."""
    value = value_text(cell, decimals, signed=signed)
    if not isinstance(cell, Estimate) or cell.value is None or bands(cell)[1] is None:
        return value
    wide = band_text(cell, 1, decimals, signed=signed)
    return Message("charts.value-with-range", {"value": value, "range": wide})


def _ends(axis: Axis) -> Message:
    return Message("charts.ends", {"low": axis.low_label, "high": axis.high_label})


def _span(axis: Axis) -> float:
    return axis.high - axis.low
