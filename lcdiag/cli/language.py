"""In which language the commands speak, found out before anything else is loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from lcdiag.base.text import Message, Param, languages, resolve

_spoken = "en"


def speak(language: str) -> None:
    """Set the language of all further messages."""
    global _spoken
    _spoken = language


def spoken() -> str:
    """Return the language of the messages."""
    return _spoken


def say(message: str, /, **params: Param) -> str:
    """Return a sentence of the command line by the name it has in the catalog ``cli``."""
    return resolve(Message(f"cli.{message}", params), _spoken)


def language_of(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Return the language asked for by ``--language``, else that of the locale, else English."""
    known = languages()
    words = list(arguments)
    for place, word in enumerate(words):
        asked = word.partition("=")[2] if word.startswith("--language=") else ""
        if word == "--language" and place + 1 < len(words):
            asked = words[place + 1]
        if asked in known:
            return asked
    source = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if source.get(name):
            code = source[name][:2].lower()
            return code if code in known else "en"
    return _system_language(known)


def _system_language(known: Sequence[str]) -> str:
    """Return the language of a system that says it elsewhere than in the environment."""
    import locale

    name = (locale.getlocale()[0] or "").lower()
    if name.startswith("dutch"):
        return "nl"
    return name[:2] if name[:2] in known else "en"
