"""The criteria of a dossier, each with where its limit comes from."""

from __future__ import annotations

from lcdiag.dossier.model import Criterion

OWN = "lcdiag"
"""A limit that lcdiag sets itself: no publication gives one."""
FIT = 100
"""People that a factor model needs at the least (Gorsuch, 1983)."""
SOME = 30
"""People below which a correlation says little."""
TABLES = 10
"""Communities below which nothing is said about differences between communities."""

_BENNETT = "Bennett (2001), Australian and New Zealand Journal of Public Health, 25, 464-469"
_NUNNALLY = "Nunnally & Bernstein (1994), Psychometric Theory, 3rd ed."
_HORN = "Horn (1965), Psychometrika, 30, 179-185"
_HU = "Hu & Bentler (1999), Structural Equation Modeling, 6, 1-55"
_BROWNE = "Browne & Cudeck (1993), in Bollen & Long (eds), Testing Structural Equation Models"
_BROWN = "Brown (2015), Confirmatory Factor Analysis for Applied Research, 2nd ed."
_LEBRETON = "LeBreton & Senter (2008), Organizational Research Methods, 11, 815-852"
_CHEN = "Chen (2007), Structural Equation Modeling, 14, 464-504"
_TERWEE = "Terwee et al. (2007), Journal of Clinical Epidemiology, 60, 34-42"
_STATED = "stated beforehand in the instrument file"

CRITERIA: tuple[Criterion, ...] = (
    Criterion(id="missing", part="sample", side="at-most", limit=0.10, people=10, source=_BENNETT),
    Criterion(id="dont-know", part="sample", side="none", people=10),
    Criterion(id="item-mean", part="items", side="none", people=10, decimals=1),
    Criterion(id="item-sd", part="items", side="none", people=10, decimals=1),
    Criterion(
        id="item-rest", part="items", side="at-least", limit=0.30, people=SOME, source=_NUNNALLY
    ),
    Criterion(
        id="one-dimension",
        part="structure",
        side="at-most",
        limit=1,
        fails=1,
        people=FIT,
        source=_HORN,
        decimals=0,
    ),
    Criterion(
        id="cfi", part="structure", side="at-least", limit=0.95, fails=0.90, people=FIT, source=_HU
    ),
    Criterion(id="rmsea", part="structure", side="at-most", limit=0.08, people=FIT, source=_BROWNE),
    Criterion(
        id="srmr", part="structure", side="at-most", limit=0.08, fails=0.10, people=FIT, source=_HU
    ),
    Criterion(
        id="cfi-ordinal",
        part="structure",
        side="at-least",
        limit=0.95,
        fails=0.90,
        people=FIT,
        source=_HU,
    ),
    Criterion(
        id="cfi-stated",
        part="structure",
        side="at-least",
        limit=0.95,
        fails=0.90,
        people=FIT,
        source=_HU,
    ),
    Criterion(id="apart", part="structure", side="below", limit=0.85, people=FIT, source=_BROWN),
    Criterion(id="alpha", part="reliability", side="none", people=SOME),
    Criterion(
        id="omega", part="reliability", side="at-least", limit=0.70, people=SOME, source=_NUNNALLY
    ),
    Criterion(id="omega-ordinal", part="reliability", side="none", people=FIT),
    Criterion(
        id="alpha-within",
        part="reliability",
        side="none",
        people=FIT,
        groups=TABLES,
    ),
    Criterion(
        id="alpha-between",
        part="reliability",
        side="at-least",
        limit=0.70,
        people=FIT,
        groups=TABLES,
        source=_NUNNALLY,
    ),
    Criterion(
        id="same-reversed", part="reversed", side="at-least", limit=0.85, people=FIT, source=_BROWN
    ),
    Criterion(
        id="rwg-uniform",
        part="agreement",
        side="at-least",
        limit=0.70,
        fails=0.70,
        groups=TABLES,
        source=_LEBRETON,
    ),
    Criterion(id="rwg-skewed", part="agreement", side="none", groups=TABLES),
    Criterion(
        id="icc-1",
        part="agreement",
        side="at-least",
        limit=0.05,
        people=SOME,
        groups=TABLES,
        source=_LEBRETON,
    ),
    Criterion(
        id="icc-k",
        part="agreement",
        side="at-least",
        limit=0.70,
        people=SOME,
        groups=TABLES,
        source=_LEBRETON,
    ),
    *(
        Criterion(
            id=f"{step}-{kind}",
            part="invariance",
            side="at-least",
            limit=-0.01,
            fails=-0.01,
            people=FIT,
            source=_CHEN,
            decimals=3,
        )
        for kind in ("language", "sector", "wave")
        for step in ("loadings", "levels")
    ),
    Criterion(
        id="careless-omega",
        part="careless",
        side="at-most",
        limit=0.05,
        fails=0.05,
        people=SOME,
        source=OWN,
    ),
    Criterion(
        id="careless-mean",
        part="careless",
        side="at-most",
        limit=0.2,
        fails=0.2,
        people=SOME,
        source=OWN,
    ),
    Criterion(
        id="relation-positive",
        part="relations",
        side="above",
        limit=0.0,
        people=SOME,
        source=_STATED,
    ),
    Criterion(
        id="relation-negative",
        part="relations",
        side="below",
        limit=0.0,
        people=SOME,
        source=_STATED,
    ),
    Criterion(id="floor", part="ends", side="at-most", limit=0.15, people=SOME, source=_TERWEE),
    Criterion(id="ceiling", part="ends", side="at-most", limit=0.15, people=SOME, source=_TERWEE),
)
BY_ID = {one.id: one for one in CRITERIA}
