"""What the script says by itself: menus, the search field, the comparison, what is highlighted."""

from __future__ import annotations

from markupsafe import Markup

from lcdiag.base.text import Message, Text
from lcdiag.views.html import Speech, json_island

SAID: dict[str, Text] = {
    "tools": Message("charts.tools"),
    "hidden": Message("charts.hidden"),
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
    "compare": Message("interaction.compare"),
    "nothing": Message("interaction.nothing"),
    "lit": Message("interaction.lit", {"theme": "#", "figures": "%"}),
    "next": Message("interaction.next"),
    "unit": Message("interaction.unit"),
    "every": Message("interaction.every"),
    "unlit": Message("interaction.unlit"),
}
"""Name in the script to sentence; ``#`` and ``%`` are filled in there."""


def said(speech: Speech) -> Markup:
    """Return the sentences of the script as JSON: each a place in the text table, or itself."""
    return json_island({name: speech.token(text)["$"] for name, text in SAID.items()})
