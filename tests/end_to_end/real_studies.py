"""Study folders around real files of answers, each with an instrument file written here."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

AGREE = ("strongly disagree", "disagree", "neutral", "agree", "strongly agree")


def instrument_text(
    name: str, scales: dict[str, list[str]], low: int, high: int, reversed_: frozenset[str]
) -> str:
    """Return an instrument file for columns that exist, with labels of our own."""
    points = ", ".join(f'"point {number}"' for number in range(low, high + 1))
    text = [
        f'id = "{name}"',
        'version = "1.0"',
        'languages = ["en"]',
        'licence = "for tests"',
        f'title.en = "{name}"',
        f'respondent_title.en = "{name}"',
        "[source]",
        'kind = "published"',
        'text.en = "Structure only; the wording is not here."',
        "[validation]",
        'status = "adapted"',
        "[formats.rating]",
        f"low = {low}",
        f"high = {high}",
        f"points.en = [{points}]",
        'dont_know.en = "do not know"',
    ]
    for scale, columns in scales.items():
        text += [
            "[[scales]]",
            f'id = "{scale}"',
            f"items = {columns}".replace("'", '"'),
            'level = "group"',
            'composition = "referent-shift"',
            'direction = "higher-better"',
            f'label.en = "Scale {scale}"',
            'about.en = "High: more of it."',
        ]
        for column in columns:
            text += [
                "[[items]]",
                f'id = "{column}"',
                f'text.en = "The statement behind {column}."',
                f'label.en = "Statement {column}"',
                'format = "rating"',
                'referent = "group"',
                'level = "group"',
                f'facet = "{column}"',
                f"reversed = {str(column in reversed_).lower()}",
            ]
    return "\n".join(text) + "\n"


def study_folder(
    folder: Path, title: str, instruments: dict[str, str], answers: Path, columns: dict[str, str]
) -> Path:
    """Write a study with these instruments around a copy of a file of answers."""
    for name, text in instruments.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    files = ", ".join(f'"./{name}.toml"' for name in instruments)
    (folder / "study.toml").write_text(
        f'title = "{title}"\nlanguages = ["en"]\ninstruments = [{files}]\n', encoding="utf-8"
    )
    wave = folder / "answers" / "wave-1"
    wave.mkdir(parents=True)
    shutil.copy(answers, wave / answers.name)
    with answers.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    known = {column for text in instruments.values() for column in header if f'"{column}"' in text}
    lines = ["[columns]"]
    for column in header:
        if column in columns:
            lines.append(f'"{column}" = "{columns[column]}"')
        elif column not in known:
            lines.append(f'"{column}" = "ignore"')
    (wave / "columns.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def leadership_study(folder: Path, data: Path) -> Path:
    """Return the study of 2,042 people in 49 companies."""
    lead = instrument_text(
        "lq-lead",
        {
            "lead": [f"LEAD{number:02d}" for number in range(1, 12)],
            "tsig": [f"TSIG{number:02d}" for number in range(1, 4)],
        },
        1,
        5,
        frozenset(),
    )
    hostile = instrument_text(
        "lq-hostile",
        {"hostile": [f"HOSTIL{number:02d}" for number in range(1, 6)]},
        0,
        4,
        frozenset(),
    )
    return study_folder(
        folder,
        "Leadership in 49 companies",
        {"lq-lead": lead, "lq-hostile": hostile},
        data / "lq2002.csv",
        {"COMPID": "community"},
    )


def personality_study(folder: Path, data: Path) -> Path:
    """Return the study of 2,800 people and 25 items with real missing answers."""
    keys = {
        "agree": ("A", {"A1"}),
        "conscientious": ("C", {"C4", "C5"}),
        "extra": ("E", {"E1", "E2"}),
        "neuro": ("N", set()),
        "open": ("O", {"O2", "O5"}),
    }
    scales = {
        name: [f"{letter}{number}" for number in range(1, 6)] for name, (letter, _) in keys.items()
    }
    turned = frozenset().union(*(found for _, found in keys.values()))
    return study_folder(
        folder,
        "Twenty-five items",
        {"bfi": instrument_text("bfi", scales, 1, 6, turned)},
        data / "bfi.csv",
        {"id": "person"},
    )
