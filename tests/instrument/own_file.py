"""Instrument files written inside the tests: a whole one, and one with ten mistakes."""

from __future__ import annotations

WHOLE = """\
id = "own"
version = "1.0"
languages = ["nl", "en"]
licence = "CC BY 4.0"
title = { nl = "Samen leren", en = "Learning together" }
respondent_title = { nl = "Samen leren", en = "Learning together" }

[source]
kind = "own"
text = { nl = "Eigen stellingen.", en = "Our own statements." }

[validation]
status = "experimental"

[formats.agree3]
low = 1
high = 3
points.nl = ["oneens", "geen van beide", "eens"]
points.en = ["disagree", "neither", "agree"]
dont_know = { nl = "weet niet", en = "don't know" }

[[items]]
id = "le1"
text = { nl = "We leren van elkaar.", en = "We learn from each other." }
label = { nl = "Leren", en = "Learning" }
format = "agree3"
referent = "group"
level = "group"
facet = "learning"

[[items]]
id = "le2"
text = { nl = "We herhalen oude fouten.", en = "We repeat old mistakes." }
label = { nl = "Herhalen", en = "Repeating" }
format = "agree3"
referent = "group"
level = "group"
reversed = true
facet = "repeating"

[[scales]]
id = "learning"
items = ["le1", "le2"]
level = "group"
composition = "referent-shift"
direction = "higher-better"
label = { nl = "Leren", en = "Learning" }
about = { nl = "Hoog: de groep leert.", en = "High: the group learns." }
"""

_MISTAKES = (
    ('version = "1.0"\n', ""),  # 1 a key that is missing
    ('licence = "CC BY 4.0"', 'license = "CC BY 4.0"'),  # 2 and 3: unknown, hence missing
    ('status = "experimental"', 'status = "experimentl"'),  # 4 no such choice
    ('points.en = ["disagree", "neither", "agree"]', 'points.en = ["disagree", "agree"]'),  # 5
    ('id = "le2"', 'id = "LE1"'),  # 6 the same code twice, capitals make no difference
    (', en = "We repeat old mistakes."', ""),  # 7 a translation that is missing
    ("reversed = true", 'reversed = "yes"'),  # 8 text instead of true or false
    ('items = ["le1", "le2"]', 'items = ["le1", "le9"]'),  # 9 no such item
    ('direction = "higher-better"', 'direction = "higher"\nmin_answered = 2'),  # 10 and 11
)


def with_ten_mistakes() -> str:
    text = WHOLE
    for right, wrong in _MISTAKES:
        assert right in text, right
        text = text.replace(right, wrong)
    return text + '\n[[scales]]\nid = "second"\nitems = ["le1"]\ncolour = "red"\n'


def changed(right: str, wrong: str) -> str:
    assert right in WHOLE, right
    return WHOLE.replace(right, wrong, 1)
