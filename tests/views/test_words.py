"""The sentences of the pages: short, equal in every language, calm."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import lcdiag.views
from lcdiag.base.text import catalog
from lcdiag.instrument.readability import flesch_douma

DOMAIN = "views"
MOST_WORDS = 20
CALM = re.compile(
    r"\b(slecht\w*|goed|falen|faalt|mislukt\w*|alarm\w*|probleem\w*|gevaar\w*|rood|groen|oranje"
    r"|verkeerd\w*|schuld\w*|score[nt]? laag|beter dan|slechter"
    r"|bad|good|fail\w*|alarm\w*|danger\w*|red|green|amber|wrong|worse|blame)\b",
    re.IGNORECASE,
)
NAMES_OF_PATTERNS = re.compile(
    r"collusi|abilene|schijnharmonie|false harmony|stereotyp", re.IGNORECASE
)


def forms(language: str) -> list[tuple[str, str]]:
    return [
        (key, form)
        for key, sentence in catalog(language, DOMAIN).sentences.items()
        for form in ((sentence,) if isinstance(sentence, str) else sentence)
    ]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])[’”]?\s+", text) if part.strip()]


def words(text: str) -> list[str]:
    return re.findall(r"[\w{}][\w{}'’-]*", text)


def ease_of(texts: list[str]) -> float:
    """Return the ease of reading of Dutch; 70 and up is fairly easy."""
    return flesch_douma([part for text in texts for part in sentences(text) if words(part)])


def test_both_languages_hold_the_same_sentences_with_the_same_placeholders() -> None:
    def shape(language: str) -> dict[str, tuple[frozenset[str], ...]]:
        found = {}
        for key, value in catalog(language, DOMAIN).sentences.items():
            each = (value,) if isinstance(value, str) else value
            found[key] = tuple(
                frozenset(field for _, field, _, _ in string.Formatter().parse(form) if field)
                for form in each
            )
        return found

    assert shape("nl") == shape("en")
    assert len(shape("nl")) > 100


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_are_short(language: str) -> None:
    long = [
        (key, part)
        for key, form in forms(language)
        for part in sentences(form)
        if len(words(part)) > MOST_WORDS
    ]
    assert not long


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_judges_or_alarms(language: str) -> None:
    assert not [(key, form) for key, form in forms(language) if CALM.search(form)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_names_of_patterns_stand_in_the_word_list_only(language: str) -> None:
    with_name = {key for key, form in forms(language) if NAMES_OF_PATTERNS.search(form)}
    assert with_name == {"views.word-collusion"}


def test_every_sentence_is_used() -> None:
    folder = Path(lcdiag.views.__path__[0])
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    written = set(re.findall(r'"(views\.[^"]*)"', source))
    shapes = [
        re.compile(re.sub(r"\\\{.*?\\\}", "[a-z0-9_-]+", re.escape(text)) + "$") for text in written
    ]
    keys = catalog("nl", DOMAIN).sentences
    assert not [key for key in keys if not any(shape.match(key) for shape in shapes)]


def test_dutch_speaks_to_the_reader_as_u() -> None:
    informal = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
    assert not [(key, form) for key, form in forms("nl") if informal.search(form)]


def test_dutch_reads_easily(capsys: pytest.CaptureFixture[str]) -> None:
    ease = ease_of([form for _, form in forms("nl") if len(words(form)) > 5])
    with capsys.disabled():
        print(f"\nFlesch-Douma of the pages: {ease:.0f}")
    assert ease > 60


def test_the_measure_of_ease_knows_hard_from_easy() -> None:
    easy = ease_of(["De kat zit op de mat. Zij kijkt naar mij."])
    hard = ease_of(
        ["Interorganisationele samenwerkingsverbanden veronderstellen wederzijdse afhankelijkheid."]
    )
    assert easy > 90 > 30 > hard
