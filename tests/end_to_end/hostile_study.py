"""A study folder in which every name, sentence and label tries to break out of the page."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np

from lcdiag import open_study
from lcdiag.planning.simulate import Meeting, Seat, Spread, Truth, simulate_responses
from lcdiag.responses.model import DONT_KNOW, MISSING

NAMES = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "closing": "</script></title><!--<script>]]>{{7*7}}{n}%(n)s",
    "quotes": '"aan" \'halen\' & &amp; `x` \\ \\u003c onmouseover=alert(3) x="',
    "right-to-left": "שלום עולם مرحبا بالعالم",
    "emoji": "👩🏽‍💻 \u202eomgekeerd\u202c e\u0301 ✓",
    "long": "L" + "ang" * 66 + "!",
    "formula": "=1+1 @s +cmd|x",
}
"""What somebody might type as a name; the long one has no place to break a line."""

COMMUNITIES = (NAMES["markup"], NAMES["closing"], NAMES["long"])
PARTIES = (NAMES["quotes"], NAMES["right-to-left"], NAMES["emoji"])
CODES = tuple(f"vreemd{number}" for number in range(1, len(NAMES) + 1))


def quoted(text: str) -> str:
    """Return the text as a string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def instrument() -> str:
    """Return an instrument of which every text carries a hostile one."""
    text = [
        'id = "own"',
        'version = "1.0"',
        'languages = ["nl", "en"]',
        f"licence = {quoted(NAMES['markup'])}",
        *_both("title", NAMES["quotes"]),
        *_both("respondent_title", NAMES["emoji"]),
        "[source]",
        'kind = "own"',
        *_both("text", NAMES["closing"]),
        "[validation]",
        'status = "experimental"',
        "[formats.rating]",
        "low = 1",
        "high = 7",
        *(
            f"points.{language} = [{', '.join(quoted(f'{n} {language} {n}') for n in _points())}]"
            for language in ("nl", "en")
        ),
        *_both("dont_know", NAMES["emoji"]),
    ]
    for scale, codes in (("one", CODES[:4]), ("two", CODES[4:])):
        text += [
            "[[scales]]",
            f'id = "{scale}"',
            f"items = {json.dumps(codes)}",
            'level = "group"',
            'composition = "referent-shift"',
            'direction = "higher-better"',
            *_both("label", NAMES["markup"] if scale == "one" else NAMES["right-to-left"]),
            *_both("about", NAMES["closing"]),
            *_both("question", NAMES["quotes"] + "?"),
        ]
    for code, name in zip(CODES, NAMES.values(), strict=True):
        text += [
            "[[items]]",
            f'id = "{code}"',
            *_both("text", name),
            *_both("label", name[:60]),
            'format = "rating"',
            'referent = "group"',
            'level = "group"',
            f'facet = "{code}"',
        ]
    return "\n".join(text)


def _points() -> list[str]:
    return [name[:40] for name in NAMES.values()]


def _both(key: str, text: str) -> list[str]:
    """Return the text in both languages, told apart so that a switch shows."""
    return [f"{key}.nl = {quoted(f'{text} (nl)')}", f"{key}.en = {quoted(f'{text} (en)')}"]


def settings(communities: tuple[str, ...] = COMMUNITIES, parties: tuple[str, ...] = PARTIES) -> str:
    text = [
        f"title = {quoted(NAMES['markup'])}",
        'languages = ["nl", "en"]',
        'instruments = ["./own.toml"]',
    ]
    for number in (1, 2):
        text += ["[[waves]]", f"number = {number}", *_both("title", NAMES["closing"])]
    for name in communities:
        text += ["[[communities]]", f"name = {quoted(name)}"]
    for name in parties:
        text += ["[[parties]]", f"name = {quoted(name)}", f"sector = {quoted(name[:40])}"]
    return "\n".join(text)


def write(folder: Path) -> Path:
    """Write the study with answers of 24 people in each community; return its folder."""
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(instrument(), encoding="utf-8")
    (folder / "study.toml").write_text(settings(), encoding="utf-8")
    meetings = [
        Meeting(place, wave, tuple(Seat(f"{at}-{n}", PARTIES[n % 3]) for n in range(24)), Truth())
        for wave in (1, 2)
        for at, place in enumerate(COMMUNITIES)
    ]
    drawn = simulate_responses(
        open_study(folder).questionnaire,
        meetings,
        rng=np.random.default_rng(1),
        spread=Spread(missing=0.03, dont_know=0.0),
    )
    words = {MISSING: "", DONT_KNOW: "dk"}
    for wave in (1, 2):
        place = folder / "antwoorden" / f"meetmoment-{wave}"
        place.mkdir(parents=True)
        with (place / "antwoorden.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["code", "gemeenschap", "partij", *drawn.columns])
            for row in np.flatnonzero(drawn.wave == wave).tolist():
                who = (drawn.person[row], drawn.community[row], drawn.party[row])
                codes = (words.get(code, code) for code in drawn.codes[row].tolist())
                writer.writerow([*who, *codes])
    return folder
