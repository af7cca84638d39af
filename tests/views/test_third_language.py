"""A language can be added by a catalog alone: no code and no template knows which there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from sample import COMMUNITY, large
from third_language import CODE, spoken, wide, write_catalogs

import lcdiag.base.text as base_text
from lcdiag.base.text import Message, catalog, languages, resolve
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.render import render_dashboard

WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_catalogs(tmp_path_factory.mktemp("locale"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base_text, "locale_folder", lambda: folder)
        catalog.cache_clear()
        assert languages() == ("nl", "en", CODE)
        assert resolve(Message("charts.mean"), CODE) == wide(resolve(Message("charts.mean"), "en"))
        yield render_dashboard(spoken(large(), (CODE,)), COMMUNITY, language=CODE, explore=False)
    catalog.cache_clear()


def own_names(diagnosis: Diagnosis) -> list[str]:
    """Return what stays as it is in every language: names, works, versions."""
    made = diagnosis.provenance
    words = diagnosis.words
    found = [diagnosis.title, COMMUNITY, made.lcdiag, made.study, made.responses]
    found += [party.party for sample in diagnosis.sample for party in sample.parties]
    found += [party.sector for sample in diagnosis.sample for party in sample.parties]
    found += [work for one in words.instruments for work in one.modelled_on]
    found += [text for one in words.instruments for text in (one.licence, one.version, one.id)]
    found += [one.source for one in words.indicators]
    return sorted(set(filter(None, found)), key=len, reverse=True)


def visible(html: str) -> list[str]:
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", html[html.index("<body") :])
    body = re.sub(r'aria-label="([^"]*)"', r">\1<", body)
    return [text for part in re.split(r"<[^>]*>|>", body) if (text := unescape(part).strip())]


def test_every_visible_text_is_that_of_the_catalog(page: str) -> None:
    names = own_names(large())
    texts = visible(page)
    assert len(texts) > 500
    left = []
    for text in texts:
        rest = text
        for name in names:
            rest = rest.replace(name, "")
        rest = re.sub(r"\d+ (avril|mars|mai) \d{4}", "", rest)
        if WORD.search(rest):
            left.append(text)
    assert left == []
    assert sum(wide("e") in text or wide("a") in text for text in texts) > 500


def test_numbers_and_dates_follow_the_language(page: str) -> None:
    assert f'<html lang="{CODE}">' in page
    assert re.search(r">\d,\d<", page)
    assert not re.search(r">\d\.\d<", page)
    assert "14 avril 2026" in page
