"""Texts compared the way people compare them: case, white space and sign variants aside."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

_SAME_SIGN = {
    ord("\u2018"): "'",
    ord("\u2019"): "'",
    ord("\u02bc"): "'",
    ord("\u00b4"): "'",
    ord("`"): "'",
    ord("\u2010"): "-",
    ord("\u2011"): "-",
    ord("\u2012"): "-",
    ord("\u2013"): "-",
    ord("\u2014"): "-",
    ord("\u2212"): "-",
    ord("\u00ad"): None,
    ord("\u200b"): None,
    ord("\ufeff"): None,
}


def tidy(text: str) -> str:
    """Return the text in composed form with single spaces and none around it."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())


def plain(text: str) -> str:
    """Return the form in which two texts are compared.

    Compatibility forms, case, white space, quote signs, dashes and a closing full stop make no
    difference.
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SAME_SIGN)
    return " ".join(folded.split()).rstrip(" .")


def lookup(names: Iterable[str]) -> dict[str, str]:
    """Return plain form to name; the first of two names with one plain form wins."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(plain(name), name)
    return found


def unambiguous(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return plain text to target, without the texts that would mean two targets."""
    found: dict[str, str] = {}
    double: set[str] = set()
    for text, target in pairs:
        key = plain(text)
        if found.setdefault(key, target) != target:
            double.add(key)
    return {key: target for key, target in found.items() if key and key not in double}
