"""How a Dutch or English sentence shows a negation, a second thought or a second sentence.

Rules of thumb over words, made to raise few false alarms: what they find deserves a second look,
what they pass over may still be wrong. Other languages are not judged.
"""

from __future__ import annotations

import re

from lcdiag.instrument.grammar_words import OBJECTS, QUALITIES, SUBJECTS, VERBS
from lcdiag.instrument.wording import words_of

_NEGATIONS = {
    "nl": (
        r"niet|niets|niks|geen|geenszins|geenerlei|nooit|nimmer|niemand|nergens|zonder|noch|"
        r"nauwelijks|amper|evenmin"
    ),
    "en": (
        r"not|cannot|\w+n['’]t|no one|no|none|nobody|nothing|nowhere|never|without|neither|nor|"
        r"hardly|barely|scarcely"
    ),
}
_NEGATION = {
    language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for language, words in _NEGATIONS.items()
}
_ADDITION = re.compile(r"\b(?:niet alleen|niet slechts|not only|not just)\b", re.IGNORECASE)
"""These add something; they deny nothing."""

_MARKERS = {
    "nl": (
        r"en ook|en tevens|en daarnaast|en tegelijk\w*|en/of|zowel\b.+\bals|niet alleen|evenals|"
        r"alsmede|alsook|enerzijds|aan de ene kant"
    ),
    "en": (
        r"and also|and at the same time|and/or|both\b.+\band|not only|as well as|"
        r"on the one hand"
    ),
}
_MARKER = {
    language: re.compile(rf"(?<![\w/])(?:{words})(?!\w)", re.IGNORECASE)
    for language, words in _MARKERS.items()
}
_BUT = {
    "nl": re.compile(r"(?<=[,;] )maar \w+", re.IGNORECASE),
    "en": re.compile(r"(?<=[,;] )but \w+", re.IGNORECASE),
}
_AND = {
    "nl": re.compile(r"\ben\b", re.IGNORECASE),
    "en": re.compile(r"\band\b", re.IGNORECASE),
}
_TWICE_TO = {
    "nl": re.compile(r"\bte \w+(?:,| en| of)(?: \w+){0,5} te \w+", re.IGNORECASE),
    "en": re.compile(r"\bto \w+(?: \w+){0,5} (?:and|or) to \w+", re.IGNORECASE),
}
_DONE = {
    "nl": re.compile(r"ge\w{4,}[dt]"),
    "en": re.compile(r"\w{3,}ed|heard|seen|known|understood"),
}
_BREAK = re.compile(r"[.!?…][\"”’)»]?\s+(?=[\"“‘(«]?\w)")
_SHORT = re.compile(
    r"\b(?:bijv|b\.v|o\.a|m\.a\.w|d\.w\.z|e\.d|enz|etc|nr|dr|mr|vs|e\.g|i\.e|z\.o\.z|par)\.\s",
    re.IGNORECASE,
)


def negations(text: str, language: str) -> tuple[str, ...]:
    """Return the words that deny something, in order; none for a language that is not known."""
    rule = _NEGATION.get(language)
    return tuple(rule.findall(_ADDITION.sub(" ", text))) if rule else ()


def second_thought(text: str, language: str) -> str:
    """Return the words at which a second thought begins, or "" where none was noticed.

    A second thought is a second clause with a verb of its own behind "and" or "but", two
    qualities joined by "and", or a turn of phrase that adds a thing ("as well as"). Nouns joined
    by "and", and verbs joined by "or", are passed over: one sentence can well be about "knowledge
    and ideas" or about someone who "thinks or works differently".
    """
    if language not in _AND:
        return ""
    for rule in (_MARKER[language], _TWICE_TO[language], _BUT[language]):
        if found := rule.search(text):
            return found[0]
    for found in _AND[language].finditer(text):
        before = [word.casefold() for word in words_of(text[: found.start()])]
        after = [word.casefold() for word in words_of(_clause(text[found.end() :]))]
        if before and after and _joins(before, after, language):
            return f"{found[0]} {after[0]}"
    return ""


def _clause(rest: str) -> str:
    """Return the text up to the next comma or stop."""
    return re.split(r"[,;:.!?]", rest, maxsplit=1)[0]


def _joins(before: list[str], after: list[str], language: str) -> bool:
    """Return whether what follows "and" is a second thought."""
    verbs = VERBS[language]
    if all(_quality(word, language) for word in (before[-1], after[0])):
        return True
    if after[0] in SUBJECTS[language] and len(after) > 1:
        return bool(verbs & set(after)) or bool(verbs & set(before))
    # "to pause and look": one infinitive with a second one at its heels is one act
    if len(before) > 1 and before[-2] in ("to", "te") and after[0] in verbs:
        return False
    if after[0] in verbs:
        return True
    # Dutch keeps the verb for the end: "dat we luisteren en elkaar serieus nemen"
    if language == "nl" and len(after) > 1 and before[-1] in verbs and after[-1] in verbs:
        return True
    return len(after) > 1 and after[1] in OBJECTS[language] and _like_verb(after[0], language)


def _quality(word: str, language: str) -> bool:
    """Return whether a word says how something is, or what is done to it: "open", "valued"."""
    return word in QUALITIES[language] or bool(_DONE[language].fullmatch(word))


def _like_verb(word: str, language: str) -> bool:
    """Return whether a word before an object could be a verb: "and support each other"."""
    if language == "nl":
        return len(word) > 4 and word.endswith(("en", "t"))
    return len(word) > 3 and not word.endswith(("ing", "tion", "ness", "ment", "ity"))


def sentence_count(text: str) -> int:
    """Return how many sentences a text holds; abbreviations do not end one."""
    plain = _SHORT.sub(" ", text.strip() + " ").strip()
    return 1 + len(_BREAK.findall(plain)) if plain else 0
