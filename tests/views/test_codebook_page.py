from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids
from lcdiag.instrument.codebook import Codebook
from lcdiag.instrument.codebook_make import codebook, set_codebook
from lcdiag.instrument.compose import compose_set
from lcdiag.views.codebook_page import codebook_html


class Read(HTMLParser):
    """The tags, ids, links and texts of a page; each text with its language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self._languages: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag not in ("meta", "link", "br"):
            before = self._languages[-1][1] if self._languages else ""
            self._languages.append((tag, found.get("lang") or before))

    def handle_endtag(self, tag: str) -> None:
        while self._languages and self._languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._languages:
            self.texts.append((" ".join(data.split()), self._languages[-1][1]))


def whole_set(name: str) -> Codebook:
    return set_codebook(open_set(name), compose_set(open_set(name), ("nl", "en")))


@pytest.mark.parametrize("name", instrument_ids())
def test_every_sentence_is_there_in_every_language_and_says_which(name: str) -> None:
    book = codebook(open_instrument(name))
    read = Read(codebook_html(book, "nl"))
    for row in book.rows:
        for language, text in (row.text or row.label).items():
            same = len(set((row.text or row.label).values())) == 1
            assert same or (" ".join(text.split()), language) in read.texts
    for scale in book.scales:
        for language, text in scale.about.items():
            assert (" ".join(text.split()), language) in read.texts


@pytest.mark.parametrize("name", ["standard", "full", "pulse"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_link_leads_somewhere_and_every_id_is_one(name: str, language: str) -> None:
    read = Read(codebook_html(whole_set(name), language))
    assert len(read.ids) == len(set(read.ids))
    assert all(link.startswith("#") for link in read.links)
    assert {link[1:] for link in read.links} <= set(read.ids)
    assert read.tags.count("h1") == 1


def test_every_set_has_a_page() -> None:
    for name in set_ids():
        html = codebook_html(whole_set(name), "nl")
        assert all(one.id in html for one in whole_set(name).instruments)


def test_nothing_runs_and_nothing_comes_from_elsewhere() -> None:
    html = codebook_html(whole_set("standard"), "en")
    assert "<script" not in html
    assert not re.search(r"\b(?:src|href)=\"(?!#)", html)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy[1]


def test_the_page_speaks_the_language_asked_for() -> None:
    book = codebook(open_instrument("lc-safety"))
    dutch, english = codebook_html(book, "nl"), codebook_html(book, "en")
    assert '<html lang="nl">' in dutch
    assert "Herkomst en status" in dutch
    assert '<html lang="en">' in english
    assert "Origin and status" in english
    assert '<h1 lang="en">Safety in the group</h1>' in english
    assert '<html lang="en">' in codebook_html(book, "de")


def test_the_status_the_key_and_the_figures_are_told() -> None:
    html = codebook_html(codebook(open_instrument("lc-safety")), "nl")
    assert "experimenteel: als gespreksstarter" in html
    assert "ve1, ve3, ve5 omgekeerd gescoord: 8 min het antwoord" in html
    assert html.count('<span class="mark">omgekeerd</span>') == 4
    record = codebook_html(codebook(open_instrument("edmondson-1999-safety")), "en")
    assert "structure only" in record
    assert "lcdiag instruments wording edmondson-1999-safety FILE --language en" in record
    assert "Cronbach&#39;s alpha (safety): 0.82" in record
    assert "They say nothing about another text or group." in record


def test_hostile_texts_stay_texts() -> None:
    book = codebook(open_instrument("lc-safety"))
    evil = "</p><script>alert(1)</script>\"'&{{ 7*7 }}"
    row = book.rows[0].model_copy(update={"text": {"nl": evil}, "facet": evil, "place": evil})
    home = book.instruments[0].model_copy(update={"licence": evil, "status": {"nl": evil}})
    update = {"rows": (row, *book.rows[1:]), "instruments": (home,), "title": {"nl": evil}}
    html = codebook_html(book.model_copy(update=update), "nl")
    assert "<script" not in html
    assert "{{ 7*7 }}" in html
    assert (" ".join(evil.split()), "nl") in Read(html).texts


def test_the_same_codebook_gives_the_same_page() -> None:
    book = whole_set("short")
    assert codebook_html(book, "nl") == codebook_html(book, "nl")
