"""A published record written inside the tests, and sheets with invented sentences for it."""

from __future__ import annotations

RECORD = """\
id = "someone-2020-growth"
version = "1.0"
languages = ["nl", "en"]
licence = "CC BY 4.0"
title = { nl = "Groei (Someone, 2020)", en = "Growth (Someone, 2020)" }
respondent_title = { nl = "Groei", en = "Growth" }

[source]
kind = "published"
text = { nl = "Alleen de opbouw.", en = "Structure only." }
wording_from = { nl = "Vraag het de auteur.", en = "Ask the author." }
citations = [{ text = "Someone (2020). Growth.", known = "general-knowledge" }]

[validation]
status = "validated-elsewhere"
languages = ["en"]
evidence = { nl = "Onderzocht bij teams.", en = "Studied in teams." }
citations = [{ text = "Someone (2020). Growth.", known = "general-knowledge" }]

[formats.agree3]
low = 1
high = 3
points.nl = ["oneens", "geen van beide", "eens"]
points.en = ["disagree", "neither", "agree"]
dont_know = { nl = "weet niet", en = "don't know" }

[[items]]
id = "gr1"
label = { nl = "Groeien", en = "Growing" }
format = "agree3"
referent = "group"
level = "group"
facet = "growing"

[[items]]
id = "gr2"
label = { nl = "Stilstaan", en = "Standing still" }
format = "agree3"
referent = "group"
level = "group"
reversed = true
facet = "standing still"

[[items]]
id = "gr3"
label = { nl = "Leren", en = "Learning" }
format = "agree3"
referent = "group"
level = "group"
facet = "learning"

[[scales]]
id = "growth"
items = ["gr1", "gr2", "gr3"]
level = "group"
composition = "referent-shift"
direction = "higher-better"
label = { nl = "Groei", en = "Growth" }
about = { nl = "Hoog: de groep groeit.", en = "High: the group grows." }
"""

SENTENCES = {
    "nl": {
        "gr1": "Wij groeien elke dag.",
        "gr2": "Wij staan vaak stil.",
        "gr3": "Wij leren van wat wij doen.",
    },
    "en": {
        "gr1": "We grow every day.",
        "gr2": "We often stand still.",
        "gr3": "We learn from what we do.",
    },
}

ORIGIN = {
    "source": "Someone (2020), p. 3",
    "permission": "The publisher",
    "date": "2026-03-31",
    "changed": "translated",
}


def sheet(language: str = "nl", **changes: str | None) -> dict[str, str]:
    """Code or row name to text; a change of None leaves a row out."""
    rows: dict[str, str | None] = {**SENTENCES[language], **ORIGIN, **changes}
    return {key: text for key, text in rows.items() if text is not None}
