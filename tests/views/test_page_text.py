"""Every sentence that a dashboard shows, whichever page or catalog it comes from."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sample import COMMUNITY, SAMPLES
from test_words import NAMES_OF_PATTERNS, sentences, words

from lcdiag.base.text import Message, Number, Wording, catalog, resolve
from lcdiag.instrument.readability import flesch_douma, words_of
from lcdiag.views.blocks import Page
from lcdiag.views.frame import kind_of
from lcdiag.views.paint import figures
from lcdiag.views.render import gather_pages, render_pages

LANGUAGES = ("nl", "en")
MOST_WORDS = 20
EASE = 60
"""Of Dutch by Flesch and Douma: below it is for trained readers."""
VERDICT = re.compile(
    r"\b(slecht\w*|zwakke?|onvoldoende|mislukt\w*|fa(?:len|alt)|schuld\w*|ongezond\w*|toxisch\w*"
    r"|alarm\w*|gevaar\w*|bewezen|gevalideerd|(?:beste|slechtste) (?:partij|groep)|beter dan"
    r"|bad(?:ly)?|weak (?:party|group)|insufficient|fail\w*|blame\w*|unhealthy"
    r"|toxic|alarm\w*|danger\w*|proven|validated|(?:best|worst) (?:party|group)|better than)\b",
    re.IGNORECASE,
)
INFORMAL = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)

Made = dict[str, tuple[Page, ...]]


@pytest.fixture(scope="module")
def made() -> Made:
    return {name: gather_pages(make(), COMMUNITY) for name, make in SAMPLES.items()}


def parts(thing: Any) -> Iterator[Message | Wording]:
    """Yield every text of a page, and every message within a message."""
    if isinstance(thing, Message):
        yield thing
        for value in thing.params.values():
            yield from parts(value)
    elif isinstance(thing, Wording):
        yield thing
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, Number):
        for field in dataclasses.fields(thing):
            yield from parts(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from parts(one)


def asked(page: Page) -> set[str]:
    """Return the ids of all sentences of a page, those of its tables as well."""
    tables = tuple(kind_of(f.chart).table(f.chart) for f in figures(page.blocks))
    return {one.id for one in parts((page, tables)) if isinstance(one, Message)}


def written(ids: set[str], language: str) -> list[tuple[str, str]]:
    found = []
    for key in sorted(ids):
        sentence = catalog(language, key.split(".")[0]).sentences[key]
        found += [(key, one) for one in ((sentence,) if isinstance(sentence, str) else sentence)]
    return found


def every_id(made: Made) -> set[str]:
    return {key for pages in made.values() for page in pages for key in asked(page)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_no_sentence_of_a_file_is_long(made: Made, name: str, language: str) -> None:
    html = render_pages(SAMPLES[name](), COMMUNITY, made[name], explore=False)
    island = re.search(r'id="texts">(.*?)</script>', html, re.S)
    assert island is not None
    said = json.loads(island[1])[language]
    assert len(said) > 100
    long = [part for text in said for part in sentences(text) if len(words(part)) > MOST_WORDS]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_in_the_catalog_of_the_language(made: Made, language: str) -> None:
    ids = every_id(made)
    assert len(ids) > 200
    missing = [k for k in ids if k not in catalog(language, k.split(".")[0]).sentences]
    assert missing == [], "these would be shown in English"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_ours_is_a_verdict(made: Made, language: str) -> None:
    found = [(key, VERDICT.findall(one)) for key, one in written(every_id(made), language)
             if VERDICT.search(one)]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_patterns_stand_in_the_word_list_alone(made: Made, language: str) -> None:
    elsewhere = {
        key for pages in made.values() for page in pages if page.id != "words"
        for key in asked(page)
    }  # fmt: skip
    assert not [key for key, one in written(elsewhere, language) if NAMES_OF_PATTERNS.search(one)]


def test_dutch_speaks_to_the_reader_as_u(made: Made) -> None:
    assert not [key for key, one in written(every_id(made), "nl") if INFORMAL.search(one)]


def test_each_page_reads_easily(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    texts: dict[str, set[str]] = {}
    for pages in made.values():
        for page in pages:
            said = (resolve(one, "nl") for one in parts(page))
            some = {part for text in said for part in sentences(text) if len(words_of(part)) > 4}
            texts.setdefault(page.id, set()).update(some)
    ease = {page: flesch_douma(sorted(some)) for page, some in texts.items() if some}
    with capsys.disabled():
        print("\nFlesch-Douma: " + ", ".join(f"{k} {v:.0f}" for k, v in ease.items()))
    assert {page: v for page, v in ease.items() if v < EASE} == {}
