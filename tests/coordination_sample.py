"""A study in which much is still to do: one community hidden, one held back, codes with slips."""

from __future__ import annotations

import sys
from pathlib import Path

from lcdiag.base.findings import Finding, Severity
from lcdiag.diagnosis.model import Diagnosis, Sample
from lcdiag.diagnosis.quality_model import (
    Careless,
    FileRead,
    HandedOut,
    LanguageCount,
    Languages,
    Linked,
    Moved,
    OpenItem,
    OpenPart,
    Quality,
    RowNote,
    Slips,
    Stopped,
)

sys.path.insert(0, str(Path(__file__).resolve().parent / "views"))

from sample import COMMUNITY, PARTIES, small

HIDDEN_ONE = "Zon op <daken>"


def diagnosis() -> Diagnosis:
    """The small community of two waves, and one beside it of which nothing is shown."""
    made = small()
    beside = Sample(community=HIDDEN_ONE, wave=2, invited=7, answered=None, parties=PARTIES[:2])
    return made.model_copy(
        update={"communities": (COMMUNITY, HIDDEN_ONE), "sample": (*made.sample, beside)}
    )


def quality(**changed: object) -> Quality:
    """Counts as they are released; every kind of trouble has one."""
    notes = (
        RowNote(kind="twice", severity="warning", where="meetmoment-1/a.csv", n=5),
        RowNote(kind="outside", severity="warning", where="meetmoment-2/a.csv", n=0),
        RowNote(kind="roster", severity="warning"),
    )
    facts = {"n": 2, "headings": ("Startdatum", "Opmerking")}
    given: dict[str, object] = {
        "minimum": 5,
        "step": 5,
        "linked": (
            Linked(wave=2, forms=9),
            Linked(wave=3, forms=26, stayed=15, joined=6, unlinked=5, left=0),
        ),
        "slips": Slips(exact=15, tolerant=5, ambiguous=0, unmatched=10),
        "languages": (
            Languages(wave=1, forms=9),
            Languages(
                wave=2,
                forms=26,
                counts=(LanguageCount(language="nl", n=20), LanguageCount(language="", n=6)),
            ),
        ),
        "items": (
            OpenItem(
                id="vg1", instrument="lc-safety", page=1, asked=35, open=0, dont_know=0
            ),
            OpenItem(id="x9", instrument="own", page=2, asked=35, open=10, dont_know=5),
        ),
        "parts": (
            OpenPart(
                kind="instrument", name="lc-safety", questions=1, asked=35, open=0, dont_know=0
            ),
            OpenPart(kind="instrument", name="own", questions=1, asked=35, open=10, dont_know=5),
            OpenPart(kind="page", name="1", questions=1, asked=35, open=0, dont_know=0),
            OpenPart(kind="page", name="2", questions=1, asked=35, open=10, dont_know=5),
        ),
        "pages": 2,
        "stopped": (
            Stopped(wave=1, page=1, forms=9, n=0),
            Stopped(wave=2, page=1, forms=26, n=10),
        ),
        "careless": Careless(
            people=35,
            n=6,
            moved=(Moved(scale="lc-safety:safety", moved=-0.2), Moved(scale="x:y", moved=0.0)),
        ),
        "files": (
            FileRead(
                name="meetmoment-1/a.csv", wave=1, rows=10, questions=2,
                background=("language", "person"), unused=2,
            ),
            FileRead(name="meetmoment-2/a.csv", wave=2, rows=None, questions=2),
        ),
        "rows": notes,
        "findings": (
            Finding("responses.unused-columns", Severity.NOTE, "meetmoment-1/a.csv", facts),
        ),
        "handed_out": (HandedOut(community=COMMUNITY, wave=2, made="2026-04-01"),),
        "held_back": (COMMUNITY,),
    }  # fmt: skip
    return Quality.model_validate(given | changed)
