"""How easily the sentences read: syllables, Flesch-Douma, and the time to read them aloud.

Figures, not levels: they count words and syllables and know nothing of meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lcdiag.base.text import Message, in_language, resolve
from lcdiag.instrument.model import Instrument, Item
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.instrument.wording import PARTY, words_of

WORDS_A_MINUTE = 200
"""A fluent reader, aloud."""
SECONDS_AN_ITEM = 4
"""To choose an answer and to mark it."""

_SYLLABLE = re.compile(
    r"aai|ooi|oei|eeuw?|ieuw?|eau|aa|ee|oo|uu|ie|oe|eu(?!m$)|ui|ij|ei|au|ou|ai|oi(?!e)|"
    r"[aeiouäëïöü]|y(?![aeiou])"
)
_ACCENTS = {"\u0300", "\u0301", "\u0302"}
"""Grave, acute and circumflex change the sound, not the count: één is een. A diaeresis does."""
_BORROWED = (
    (re.compile("qu(?=[aeio])"), "k"),
    (re.compile("coach"), "cootsj"),
    (re.compile("team"), "tiem"),
    (re.compile("stakeholder"), "steekholder"),
    (re.compile("online"), "onlain"),
)
"""Foreign spelling that Dutch does not say letter by letter."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long the sentences of a scale are in one language, in words."""

    mean: float
    longest: int


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """How easily a scale reads.

    Attributes
    ----------
    scale : str
        Its id; ``"topics"`` for all ratings of topics together.
    sentences : int
        How many there are.
    lengths : mapping
        Language to the words in a sentence; only languages in which every item has one.
    flesch_douma : float or None
        Of the Dutch sentences; None where there are none.
    """

    scale: str
    sentences: int
    lengths: Mapping[str, Length]
    flesch_douma: float | None


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """What it takes to read a questionnaire aloud and answer it."""

    words: int
    items: int
    minutes: float


def syllables(word: str) -> int:
    """Return the syllables of a Dutch word, counted by rule.

    Each vowel, or run of vowels that makes one sound, is a syllable; a diaeresis begins a new one.
    """
    split = unicodedata.normalize("NFD", word.casefold())
    plain = unicodedata.normalize("NFC", "".join(s for s in split if s not in _ACCENTS))
    for rule, said in _BORROWED:
        plain = rule.sub(said, plain)
    return max(1, len(_SYLLABLE.findall(plain)))


def flesch_douma(sentences: Sequence[str]) -> float:
    """Return the reading ease of Dutch sentences: higher is easier.

    Parameters
    ----------
    sentences : sequence of str
        At least one, each with at least one word.

    Returns
    -------
    float
        206.84 - 0.93 x words a sentence - 77 x syllables a word, the formula of Flesch with the
        weights of Douma for Dutch (Douma, W. H. (1960). De leesbaarheid van
        landbouwbladen. Wageningen: Landbouwhogeschool). A figure, not a level of language.

    Raises
    ------
    ValueError
        If there is no sentence, or no word.
    """
    words = [word for one in sentences for word in words_of(one)]
    if not words:
        raise ValueError("reading ease needs at least one sentence with a word")
    count = sum(syllables(word) for word in words)
    return 206.84 - 0.93 * len(words) / len(sentences) - 77 * count / len(words)


def scale_readability(instrument: Instrument) -> tuple[ScaleReading, ...]:
    """Return how easily each scale of an instrument reads.

    Parameters
    ----------
    instrument : Instrument
        Any; a scale without sentences, as in the record of a published scale, is left out.

    Returns
    -------
    tuple of ScaleReading
        Scales in the order of the file, then the topics together.
    """
    items = {item.id: item for item in instrument.items}
    groups = {scale.id: scale.items for scale in instrument.scales}
    topics = [(one.own, one.others, one.practice) for one in instrument.contrasts]
    if topics:
        groups["topics"] = tuple(code for three in topics for code in three)
    readings = (
        _reading(name, [items[code] for code in codes], instrument.languages)
        for name, codes in groups.items()
    )
    return tuple(one for one in readings if one.lengths)


def read_aloud(questionnaire: Questionnaire, language: str) -> ReadAloud:
    """Return how long a fluent reader takes to read all of it aloud once and to answer.

    Titles, instructions, notes, headings of tables, response labels once a table, and every
    item; not the first page of a form, which differs from study to study.

    Parameters
    ----------
    questionnaire : Questionnaire
        What is asked.
    language : str
        One of its languages.

    Returns
    -------
    ReadAloud
        Words / 200 minutes, and 4 seconds an item. Of a round robin a sentence is read
        once, and then the name of each other party.
    """
    words = sum(len(words_of(text)) for text in _texts(questionnaire, language))
    items = len(questionnaire.items) + len(questionnaire.open_questions)
    minutes = words / WORDS_A_MINUTE + items * SECONDS_AN_ITEM / 60
    return ReadAloud(words, items, minutes)


def _reading(name: str, items: Sequence[Item], languages: Sequence[str]) -> ScaleReading:
    spoken = [
        language
        for language in languages
        if items and all(words_of(item.text.get(language, "")) for item in items)
    ]
    texts = {one: [item.text[one].replace(PARTY, "partij") for item in items] for one in spoken}
    lengths = {one: _length(texts[one]) for one in spoken}
    ease = flesch_douma(texts["nl"]) if "nl" in texts else None
    return ScaleReading(name, len(items), lengths, ease)


def _length(texts: Sequence[str]) -> Length:
    counts = [len(words_of(text)) for text in texts]
    return Length(sum(counts) / len(counts), max(counts))


def _texts(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Yield everything a respondent reads, in order."""
    asked: set[str] = set()
    for page in questionnaire.pages:
        for _, run in groupby(page, key=lambda block: block.instrument.id):
            blocks = list(run)
            home = blocks[0].instrument
            for words in (home.respondent_title, home.instruction, home.note):
                yield in_language(words, language)
            for block in blocks:
                yield from _table(block, language)
                for item in block.items:
                    yield _sentence(item, questionnaire, asked, language)
                for question in block.open_questions:
                    yield in_language(question.text, language)
                    yield in_language(question.hint, language)


def _table(block: Block, language: str) -> Iterator[str]:
    """Yield what stands above a table: its heading and the labels of its points."""
    form = block.format
    if form is None:
        return
    yield _heading(block, language)
    labels = form.points.get(language) or form.points.get("en") or next(iter(form.points.values()))
    yield from labels
    yield in_language(form.dont_know, language)


def _heading(block: Block, language: str) -> str:
    codes = {item.id for item in block.items}
    for view in ("own", "others", "practice"):
        if codes <= {getattr(topic, view) for topic in block.instrument.contrasts}:
            return resolve(Message(f"survey.view-{view}"), language)
    for scale in block.instrument.scales:
        if codes <= set(scale.items):
            return in_language(scale.respondent_label, language)
    return ""


def _sentence(item: Item, questionnaire: Questionnaire, asked: set[str], language: str) -> str:
    """Return the sentence, or only the party where the question was read out already."""
    question = questionnaire.asked_as.get(item.id)
    if question is not None and question in asked:
        return questionnaire.about.get(item.id, "")
    if question is not None:
        asked.add(question)
    return in_language(item.text, language)
