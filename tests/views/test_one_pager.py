"""The sheet for those who took part: modest, of one community, true to the cells."""

from __future__ import annotations

import re

import pytest
from sample import COMMUNITY, SAMPLES, Builder, nothing_shown, small, with_signal

from lcdiag.views.one_pager import render_one_pager


def words_of(html: str) -> str:
    body = html.split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_community_gets_a_whole_sheet(name: str) -> None:
    diagnosis = SAMPLES[name]()
    for language, thanks in (("nl", "Dank u wel"), ("en", "Thank you")):
        html = render_one_pager(diagnosis, COMMUNITY, language=language)
        assert f'<html lang="{language}"' in html
        assert thanks in words_of(html)
        assert "{" not in words_of(html)
        assert html == render_one_pager(diagnosis, COMMUNITY, language=language)


def test_it_tells_what_is_seen_and_names_no_party_and_no_pattern() -> None:
    for diagnosis in (small(), with_signal(), Builder(party="Gemeente Oost").build()):
        said = words_of(render_one_pager(diagnosis, COMMUNITY))
        assert "Om over te praten" in said or "Er springt niets uit" in said
        assert not any(party.party in said for party in diagnosis.sample[-1].parties)
        assert "collusi" not in said.lower()


def test_where_nothing_is_shown_it_says_so_and_has_no_number() -> None:
    said = words_of(render_one_pager(nothing_shown(), COMMUNITY))
    assert "te weinig antwoorden om iets te tonen" in said
    assert "Veiligheid in de groep" in said
    assert not re.search(r"\d,\d", said)


def test_another_community_is_refused() -> None:
    with pytest.raises(ValueError, match="received 'Elders'"):
        render_one_pager(small(), "Elders")
