"""Elements that escape themselves, and texts in every language of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterable

from markupsafe import Markup, escape

from lcdiag.base.text import Text, Wording, resolve

Attribute = str | int | float | bool | None


def tag(name: str, *content: str | Markup, **attributes: Attribute) -> Markup:
    """Return one element; content that is not Markup is escaped.

    Parameters
    ----------
    name : str
        Name of the element.
    *content : str or Markup
        Children in order.
    **attributes
        None and False leave an attribute out, True writes it without a value. A trailing
        underscore is dropped (``class_``), other underscores become hyphens.
    """
    inner = "".join(escape(part) for part in content)
    return Markup(f"<{name}{_attributes(attributes)}>{inner}</{name}>")


def mark(name: str, **attributes: Attribute) -> Markup:
    """Return an SVG element without children, or an HTML element that never has any."""
    return Markup(f"<{name}{_attributes(attributes)}/>")


def joined(parts: Iterable[str | Markup]) -> Markup:
    """Return the parts one after the other."""
    return Markup("").join(parts)


def json_island(value: object) -> Markup:
    """Return JSON that no content can close or break when it stands inside a script element."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        raw = raw.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(raw)


class Speech:
    """Texts of one file, and the marks that its figures share.

    The first language stands in the document, the others in one table.

    Parameters
    ----------
    languages : tuple of str
        The language shown first, then the others.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        if not languages:
            raise ValueError("a file needs at least one language; received none")
        self.languages = languages
        self._index: dict[tuple[str, ...], int] = {}
        self._shared: dict[Markup, str] = {}

    def shared(self, marks: Markup, **attributes: Attribute) -> Markup:
        """Return a reference to marks that stand once in the file, however often they are used."""
        name = self._shared.setdefault(marks, f"u{len(self._shared)}")
        return mark("use", href=f"#{name}", **attributes)

    def definitions(self) -> Markup:
        """Return the shared marks, for the one place where they are defined."""
        return joined(tag("g", marks, id=name, class_="gl") for marks, name in self._shared.items())

    def spoken(self, text: Text) -> tuple[str, int | None]:
        """Return the text in the first language and its place in the table.

        The place is None where all languages say the same.
        """
        said = tuple(resolve(text, language) for language in self.languages)
        if all(other == said[0] for other in said[1:]):
            return said[0], None
        return said[0], self._index.setdefault(said, len(self._index))

    def tag(self, name: str, text: Text, **attributes: Attribute) -> Markup:
        """Return an element that holds this text and nothing else."""
        first, place = self.spoken(text)
        return tag(name, first, data_i=place, lang=self._foreign(text), **attributes)

    def text(self, text: Text) -> Markup:
        """Return the text alone where all languages agree, else in a span."""
        first, place = self.spoken(text)
        lang = self._foreign(text)
        if place is None and lang is None:
            return escape(first)
        return tag("span", first, data_i=place, lang=lang)

    def _foreign(self, text: Text) -> str | None:
        """Return the language of material that exists in one language, not all of this file."""
        if isinstance(text, Wording) and len(text.words) == 1:
            (only,) = text.words
            return None if self.languages == (only,) else only
        return None

    def label(self, text: Text) -> dict[str, Attribute]:
        """Return the attributes that give an element this accessible name."""
        first, place = self.spoken(text)
        return {"aria_label": first, "data_l": place}

    def token(self, text: Text) -> dict[str, str | int]:
        """Return the text as the script reads it from JSON: its place, or itself."""
        first, place = self.spoken(text)
        return {"$": first if place is None else place}

    def table(self) -> dict[str, list[str]]:
        """Return the texts of every language in the order of their places."""
        return {
            language: [said[column] for said in self._index]
            for column, language in enumerate(self.languages)
        }


def _attributes(attributes: dict[str, Attribute]) -> str:
    found = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name = key.rstrip("_").replace("_", "-")
        found.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    return "".join(found)
