"""A small questionnaire and study, built in memory, for the rooms that read answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lcdiag.instrument.model import Instrument, OpenQuestion
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.instrument.study import RosterRow, Study, StudySettings

AGREE = {
    "low": 1,
    "high": 5,
    "points": {
        "nl": ("helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens"),
        "en": ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    },
    "dont_know": {"nl": "Dat weet ik niet", "en": "I can't say"},
}


def instrument(
    items: dict[str, bool],
    scales: list[dict[str, Any]] | None = None,
    *,
    name: str = "own-test",
    form: dict[str, Any] = AGREE,
) -> Instrument:
    """Return an instrument with these items (code to reversed) and scales."""
    words = {"nl": "Tekst", "en": "Text"}
    return Instrument.model_validate(
        {
            "id": name,
            "version": "1.0",
            "languages": ("nl", "en"),
            "licence": "CC BY 4.0",
            "title": words,
            "respondent_title": words,
            "source": {"kind": "own", "text": words},
            "validation": {"status": "experimental"},
            "formats": {"agree": form},
            "items": [
                {
                    "id": code,
                    "text": {
                        "nl": f"Dit is stelling {code}, over ons.",
                        "en": f"This is item {code}, about us.",
                    },
                    "label": {"nl": code, "en": code},
                    "format": "agree",
                    "referent": "group",
                    "level": "group",
                    "reversed": turned,
                    "facet": "facet",
                }
                for code, turned in items.items()
            ],
            "scales": [
                {
                    "level": "group",
                    "composition": "referent-shift",
                    "direction": "higher-better",
                    "label": words,
                    "about": words,
                    **scale,
                }
                for scale in scales or []
            ],
        }
    )


def asked(*instruments: Instrument, link: bool = False) -> Questionnaire:
    """Return a questionnaire with all items of the instruments, and three link questions."""
    blocks = tuple(Block(one, one.items) for one in instruments)
    if link:
        questions = tuple(
            OpenQuestion(id=f"lk{i}", text={"nl": f"Vraag {i}?", "en": f"Question {i}?"})
            for i in (1, 2, 3)
        )
        blocks = (*blocks, Block(instruments[0], (), questions))
    return Questionnaire((blocks,), ("nl", "en"), 5)


def three_items() -> Questionnaire:
    """Return a questionnaire with a scale of three items, the second reversed."""
    one = instrument(
        {"aa1": False, "aa2": True, "aa3": False},
        [{"id": "main", "items": ("aa1", "aa2", "aa3")}],
    )
    return asked(one)


def study(
    folder: Path = Path(),
    *,
    questionnaire: Questionnaire | None = None,
    communities: tuple[str, ...] = ("Noord", "Zuid"),
    waves: int = 2,
    roster: tuple[RosterRow, ...] = (),
) -> Study:
    """Return a study with two communities and three parties in two sectors."""
    settings = StudySettings.model_validate(
        {
            "title": "Proefstudie",
            "communities": [{"name": name} for name in communities],
            "parties": [
                {"name": "Gemeente Zwolle", "sector": "overheid"},
                {"name": "Hogeschool", "sector": "onderwijs"},
                {"name": "Bakker BV", "sector": "bedrijven"},
            ],
            "waves": [{"number": number + 1} for number in range(waves)],
        }
    )
    return Study(folder, settings, questionnaire or three_items(), roster)
