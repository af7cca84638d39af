"""Figures of every kind with hidden, absent and extreme cells, made by hand."""

from __future__ import annotations

import engine_sample
from engine_sample import AXIS, GAP_AXIS, HIDDEN, POINTS, cell, w

from lcdiag.base.estimate import Estimate
from lcdiag.views import blocks as b
from lcdiag.views import figures as f

ABSENT = Estimate.missing("too-few", n=3)
NAMES = (w("Gemeente", "Council"), w("School", "School"), w("Bedrijf", "Company"))


def directed() -> f.Directed:
    cells = (
        (None, cell(4.4), HIDDEN),
        (cell(1.0, 0.2, 0.4), None, cell(6.9, 0.4, 1.0)),
        (ABSENT, cell(5.5), None),
    )
    return f.Directed(NAMES, cells, AXIS)


def pairs() -> f.Pairs:
    rows = (
        f.PairRow(NAMES[0], NAMES[1], cell(4.4), cell(1.2), cell(3.2, 0.4, 1.1)),
        f.PairRow(NAMES[0], NAMES[2], HIDDEN, cell(5.1), HIDDEN),
        f.PairRow(NAMES[1], NAMES[2], HIDDEN, HIDDEN, HIDDEN),
    )
    return f.Pairs(rows, AXIS, GAP_AXIS)


def piles(most: int) -> f.Piles:
    rows = (
        f.Pile(w("Ik kan hier alles zeggen.", "I can say it all here."), (0, 2, 5, most, 1, 0, 3),
               cell(4.1), "lc-safety:safety"),
        f.Pile(w("Wij leren van fouten.", "We learn from mistakes."), None, cell(3.9)),
    )  # fmt: skip
    return f.Piles(rows, POINTS, 1)


def plane() -> f.Plane:
    points = (
        f.PlanePoint(w("Vertrouwen", "Trust"), cell(4.4), cell(1.2, 0.1, 0.4)),
        f.PlanePoint(w("Veiligheid", "Safety"), HIDDEN, cell(2.0, 0.1, 0.2)),
        f.PlanePoint(w("Conflict", "Conflict"), cell(6.8, 0.3, 0.9), cell(0.3, 0.1, 0.2)),
        f.PlanePoint(w("Mandaat", "Mandate"), ABSENT, ABSENT),
    )
    up = f.Axis(3, 0, w("ver uit elkaar", "far apart"), w("allemaal gelijk", "all alike"), 1.7)
    mean, spread = w("Gemiddelde", "Mean"), w("Hoe ver uit elkaar", "How far apart")
    return f.Plane(points, AXIS, up, mean, spread, w("thema", "theme"), path=True)


def charts() -> dict[str, f.Chart]:
    return {
        **engine_sample.charts(),
        "squares-unknown": f.Squares(9, None),
        "squares-hidden": f.Squares(None, 11),
        "directed": directed(),
        "pairs": pairs(),
        "piles": piles(6),
        "piles-tall": piles(40),
        "plane": plane(),
    }


def page() -> b.Page:
    shown = tuple(
        engine_sample.figure(f"f-{name}", w(f"Figuur {name}", f"Figure {name}"), chart)
        for name, chart in charts().items()
    )
    return b.Page("kinds", w("Soorten figuren", "Kinds of figures"), "", shown)
