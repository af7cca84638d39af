"""Names of files, folders and background columns of a study, in every language we write."""

from __future__ import annotations

STUDY_FILE = "study.toml"
RELEASES_FILE = "releases.json"
AGREEMENT_FILE = "agreement.json"
"""What was promised about small numbers when the first answers came in; see study.toml."""
ACCEPTED_FILE = "accepted.json"
"""What a person accepted of the study's own dossier, with name and date."""
EXTERNAL_FILE = "external.csv"
"""Ratings from outside the table: by the facilitator, or by the people represented."""
WORDINGS_FOLDER = "wordings"
"""Sentences of published scales, one file an instrument and language, with their permission."""
COLUMNS_FILE = "columns.toml"
"""Optional, beside the answers of a wave or in the study folder: column of the file to code."""

ROSTER_FILES = {"nl": "deelnemers.xlsx", "en": "participants.xlsx"}
ANSWER_FOLDERS = {"nl": "antwoorden", "en": "answers"}
ANSWER_FILES = {"nl": "antwoorden.xlsx", "en": "answers.xlsx"}
ACTION_FILES = {"nl": "afspraken.toml", "en": "action-points.toml"}
"""What groups agreed to do before the next wave; holds no answers."""
WAVE_FOLDERS = {"nl": "meetmoment-{wave}", "en": "wave-{wave}"}
GUIDE_FILES = {"nl": "LEESMIJ.md", "en": "README.md"}

BACKGROUND = ("person", "community", "meeting_group", "party", "sector", "wave", "language")
"""Columns that say who answered where; all optional except that `person` links waves."""

BACKGROUND_HEADINGS: dict[str, dict[str, str]] = {
    "person": {"nl": "code", "en": "code"},
    "community": {"nl": "gemeenschap", "en": "community"},
    "meeting_group": {"nl": "overleggroep", "en": "meeting group"},
    "party": {"nl": "partij", "en": "party"},
    "sector": {"nl": "sector", "en": "sector"},
    "wave": {"nl": "meetmoment", "en": "wave"},
    "language": {"nl": "taal", "en": "language"},
}
"""The headings our own workbooks carry."""

ROSTER_HEADINGS: dict[str, dict[str, str]] = {
    "community": {"nl": "gemeenschap", "en": "community"},
    "party": {"nl": "partij", "en": "party"},
    "sector": {"nl": "sector", "en": "sector"},
    "meeting_group": {"nl": "overleggroep", "en": "meeting group"},
    "invited": {"nl": "uitgenodigd meetmoment {wave}", "en": "invited wave {wave}"},
}

ROSTER_SHEETS = {"nl": "deelnemers", "en": "participants"}
EXPLANATION_SHEETS = {"nl": "uitleg", "en": "explanation"}
ANSWER_SHEETS = {"nl": "antwoorden", "en": "answers"}
LEGEND_SHEETS = {"nl": "legenda", "en": "legend"}
TEXT_SHEETS = {"nl": "teksten", "en": "texts"}
CHOICE_SHEETS = {"nl": "keuzes", "en": "choices"}
"""The first sheet of a workbook is the one that is read; the others explain it."""
