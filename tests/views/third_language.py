"""A third language made of the English one, to prove that a catalog is all it takes.

Letters become their full-width twins: whatever still has plain letters was never translated.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lcdiag.base.shelf import locale_folder
from lcdiag.diagnosis.model import Diagnosis

CODE = "fr"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDE = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in PLAIN})
_QUOTED = re.compile(r'"(.*)"$')


def wide(text: str) -> str:
    """Return the text with wide letters, its placeholders and line breaks as they were."""
    parts = re.split(r"(\{\w*\}|\\n|\\\")", text)
    return "".join(part if at % 2 else part.translate(_WIDE) for at, part in enumerate(parts))


def write_catalogs(folder: Path) -> Path:
    """Write the catalogs of all languages and of the third one; return the folder."""
    for source in sorted(locale_folder().glob("*/*.po")):
        place = folder / source.parent.name / source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        place.write_text(text, encoding="utf-8")
        if source.parent.name == "en":
            own = folder / CODE / source.name
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(_translated(text), encoding="utf-8")
    base = folder / CODE / "base.po"
    text = base.read_text(encoding="utf-8")
    sign = '"base.decimal-sign"\nmsgstr "{}"'
    base.write_text(text.replace(sign.format("."), sign.format(",")), encoding="utf-8")
    return folder


def _translated(text: str) -> str:
    head, *entries = re.split(r"\n\n", text)
    return "\n\n".join([head.replace("Language: en", f"Language: {CODE}"), *map(_entry, entries)])


def _entry(entry: str) -> str:
    done, inside = [], False
    for line in entry.split("\n"):
        inside = line.startswith("msgstr") or (inside and line.startswith('"'))
        if inside:
            line = _QUOTED.sub(lambda found: f'"{wide(found[1])}"', line)
        done.append(line)
    return "\n".join(done)


def spoken(diagnosis: Diagnosis, languages: tuple[str, ...]) -> Diagnosis:
    """Return the diagnosis with the words of its material in the third language as well."""

    def more(part: Any) -> Any:
        if isinstance(part, dict):
            if "en" in part and set(part) <= {"nl", "en"}:
                said = part["en"]
                own = wide(said) if isinstance(said, str) else [wide(one) for one in said]
                return {**part, CODE: own}
            return {key: more(value) for key, value in part.items()}
        return [more(one) for one in part] if isinstance(part, list) else part

    whole = more(diagnosis.model_dump(mode="json", by_alias=True))
    return Diagnosis.model_validate({**whole, "languages": list(languages)})
