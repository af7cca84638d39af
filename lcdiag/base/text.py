"""Sentences by message id, resolved in a language only at the last step."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from lcdiag.base.findings import Finding
from lcdiag.base.shelf import locale_folder

Words = Mapping[str, str]
"""A text in several languages: language code to text."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be written with the decimal sign of the reader's language."""

    value: float
    decimals: int = 1
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by its id, with its parameters; no language yet.

    Attributes
    ----------
    id : str
        ``"<domain>.<name>"``; the domain is the catalog file ``locale/<language>/<domain>.po``.
    params : mapping
        Values of the named placeholders: texts, numbers or further messages. The key ``"n"``
        (an int) chooses the plural form.
    """

    id: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that the material itself carries in several languages (an item, a label)."""

    words: Words


Param = str | int | float | Number | Message | Wording
Text = str | Number | Message | Wording


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalog folder, Dutch first, then by code."""
    found = sorted(folder.name for folder in locale_folder().iterdir() if folder.is_dir())
    return tuple(sorted(found, key=lambda code: (code != "nl", code)))


_PLACE_WORD = re.compile(r", (line|row|community|party)(?= \d+\b|$)")


@dataclass(frozen=True, slots=True)
class Catalog:
    """The sentences of one domain in one language, and its rule for plurals."""

    sentences: Mapping[str, str | tuple[str, ...]]
    plural: Callable[[int], int]


@cache
def catalog(language: str, domain: str) -> Catalog:
    """Return one catalog file; a language without this file has an empty catalog."""
    path = locale_folder() / language / f"{domain}.po"
    if not path.is_file():
        return Catalog({}, lambda n: int(n != 1))
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        read = read_po(file)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in read:
        if message.id and message.string:
            key = message.id if isinstance(message.id, str) else message.id[0]
            string = message.string
            found[key] = string if isinstance(string, str) else tuple(string)
    return Catalog(found, gettext.c2py(read.plural_expr))


def resolve(text: Text, language: str) -> str:
    """Return the text in a language.

    Raises
    ------
    KeyError
        If a message id is in neither this language's catalog nor the English one: a mistake of
        ours, never of the user.
    """
    if isinstance(text, str):
        return text
    if isinstance(text, Number):
        return format_number(text.value, language, text.decimals, signed=text.signed)
    if isinstance(text, Wording):
        return in_language(text.words, language)
    domain = text.id.split(".", 1)[0]
    source = catalog(language, domain)
    if text.id not in source.sentences:
        source = catalog("en", domain)
    template = source.sentences.get(text.id)
    if template is None:
        raise KeyError(f"no sentence for message id {text.id!r} in language {language!r}")
    if isinstance(template, tuple):
        n = text.params.get("n")
        form = source.plural(n) if isinstance(n, int) else len(template) - 1
        template = template[min(form, len(template) - 1)]
    values = {key: _param(value, language) for key, value in text.params.items()}
    return template.format_map(values)


def in_language(words: Words, language: str) -> str:
    """Return the text in this language, else in English, else in the first one given."""
    if language in words:
        return words[language]
    return words.get("en") or next(iter(words.values()), "")


def format_number(value: float, language: str, decimals: int = 1, *, signed: bool = False) -> str:
    """Return a number with a fixed count of decimals and the language's decimal sign.

    The minus sign is U+2212; zero never carries a sign.
    """
    rounded = round(value, decimals)
    point = resolve(Message("base.decimal-sign"), language)
    body = f"{abs(rounded):.{decimals}f}".replace(".", point)
    sign = "\u2212" if rounded < 0 else ("+" if signed and rounded > 0 else "")
    return sign + body


def sentence(finding: Finding, language: str) -> str:
    """Return a finding as one line: the place, then the sentence of the catalog."""
    facts: dict[str, Param] = {}
    for key, value in finding.facts.items():
        facts[key] = ", ".join(value) if isinstance(value, tuple) else value
    text = resolve(Message(finding.code, facts), language)
    if near := finding.facts.get("near"):
        text = f"{text} {resolve(Message('base.did-you-mean', {'near': str(near)}), language)}"
    return f"{place(finding.where, language)}: {text}" if finding.where else text


def place(where: str, language: str) -> str:
    """Return a place of a finding with its own words (row, line, ...) in the reader's language."""
    return _PLACE_WORD.sub(
        lambda found: f", {resolve(Message(f'base.place-{found[1]}'), language)}", where
    )


def _param(value: Param, language: str) -> str:
    if isinstance(value, (str, int)):
        return str(value)
    if isinstance(value, float):
        return format_number(value, language)
    return resolve(value, language)
