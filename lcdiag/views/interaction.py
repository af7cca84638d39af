"""The choice of an earlier wave to compare with, and what the script says by itself."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from lcdiag.base.text import Message, Text
from lcdiag.views.blocks import Block, PerWave
from lcdiag.views.figures import Strips
from lcdiag.views.html import Speech, json_island, tag
from lcdiag.views.paint import figures

SAID: dict[str, Text] = {
    "tools": Message("charts.tools"),
    "missing": Message("charts.not-there"),
    "point": Message("base.decimal-sign"),
    "range": Message("charts.range", {"low": "", "high": ""}),
    "save": Message("interaction.save"),
    "svg": Message("interaction.svg"),
    "png": Message("interaction.png"),
    "csv": Message("interaction.csv"),
    "xlsx": Message("interaction.xlsx"),
    "from": Message("interaction.from"),
    "to": Message("interaction.to"),
    "sheet": Message("interaction.sheet"),
    "source": Message("interaction.source"),
    "search": Message("interaction.search"),
    "found": Message("interaction.found", {"some": "#", "all": "%"}),
    "lit": Message("interaction.lit", {"theme": "#", "figures": "%"}),
    "unit": Message("interaction.unit"),
    "every": Message("interaction.every"),
    "unlit": Message("interaction.unlit"),
    "still": Message("appendix.still"),
}
"""Name in the script to sentence; ``#`` and ``%`` are filled in there."""


def compared(content: Iterable[Block]) -> bool:
    """Return whether there are strips of several waves on which an earlier wave can be shown."""
    for block in content:
        if isinstance(block, PerWave):
            charts = (shown.chart for _, _, part in block.parts for shown in figures(part))
            if any(isinstance(c, Strips) and any(r.previous for r in c.rows) for c in charts):
                return True
    return False


def against(waves: Iterable[tuple[int, Text]], speech: Speech) -> Markup:
    """Return the choice of the wave that hollow dots show; the one before the last at first."""
    earlier = sorted(dict(waves).items())[:-1]
    options = [speech.tag("option", Message("interaction.nothing"), value=0)]
    for place, (number, name) in enumerate(earlier, start=1):
        last = place == len(earlier)
        options.append(speech.tag("option", name, value=number, selected=last))
    select = tag("select", *options, id="choose-versus", autocomplete="off")
    return tag("label", speech.text(Message("interaction.compare")), select)


def said(speech: Speech, units: Text | None = None) -> Markup:
    """Return the sentences of the script as JSON: each a place in the text table, or itself.

    `units` says what the rows that can be followed are, where they are of one kind.
    """
    own: dict[str, Text] = {} if units is None else {"unit": units}
    return json_island({name: speech.token(text)["$"] for name, text in (SAID | own).items()})
