from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_file import WHOLE, changed

from lcdiag.base.levels import Level, Referent
from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids
from lcdiag.instrument.codebook import Codebook
from lcdiag.instrument.codebook_make import codebook, set_codebook
from lcdiag.instrument.codebook_text import WIDTH, codebook_lines, plain_text
from lcdiag.instrument.codebook_words import say
from lcdiag.instrument.compose import compose_set
from lcdiag.instrument.model import Composition, Direction
from lcdiag.instrument.read import examine_content


def page(book: Codebook, language: str, width: int = WIDTH) -> str:
    return plain_text(codebook_lines(book, language, width))


def own(text: str) -> Codebook:
    instrument, _ = examine_content(tomllib.loads(text), "own.toml")
    assert instrument is not None
    return codebook(instrument)


@pytest.mark.parametrize("name", instrument_ids())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_holds_every_sentence_behind_its_code(name: str, language: str) -> None:
    book = codebook(open_instrument(name))
    flat = " ".join(page(book, language).split())
    for row in book.rows:
        said = row.text[language] if row.text else f"[{row.label[language]}]"
        assert f"{row.code} {said}" in flat
    for scale in book.scales:
        assert scale.address in flat
        assert scale.about[language] in flat


@pytest.mark.parametrize("width", [60, 78, 100])
@pytest.mark.parametrize("name", ["lc-collusion", "lc-party-grid", "edmondson-1999-safety"])
def test_no_line_is_wider_than_the_page(name: str, width: int) -> None:
    for line in page(codebook(open_instrument(name)), "nl", width).splitlines():
        # a command to copy stays on one line
        assert len(line) <= width or line.lstrip().startswith("lcdiag ")


def test_a_page_too_narrow_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 60 columns; received 59"):
        codebook_lines(codebook(open_instrument("lc-safety")), "nl", 59)


def test_the_key_the_status_and_the_source_can_be_read() -> None:
    text = page(codebook(open_instrument("lc-safety")), "en")
    flat = " ".join(text.split())
    assert "experimental: as a conversation starter" in flat
    assert "ve1, ve3, ve5 scored in reverse: 8 minus the answer" in flat
    assert "scored in reverse · mistakes held against you" in flat
    assert "mean of the items, from at least 4 of 7 answers" in flat
    assert "doi:10.2307/2666999 [general knowledge]" in flat
    assert "1 = strongly disagree · 2 = disagree" in flat
    assert "CC BY 4.0" in flat


def test_a_record_names_the_command_that_attaches_its_sentences() -> None:
    text = page(codebook(open_instrument("edmondson-1999-safety")), "nl")
    assert "  lcdiag instruments wording edmondson-1999-safety BESTAND --language nl\n" in text
    flat = " ".join(text.split())
    assert "De zinnen staan hier niet" in flat
    assert "Cronbachs alfa (safety): 0,82" in flat
    assert "[elders overgenomen gezien]" in flat
    assert "lcdiag instruments wording" not in page(codebook(open_instrument("lc-safety")), "nl")


@pytest.mark.parametrize("name", set_ids())
def test_a_set_tells_its_pages_minutes_and_the_time_to_read_it_aloud(name: str) -> None:
    ready = open_set(name)
    book = set_codebook(ready, compose_set(ready, ("nl", "en")))
    text = page(book, "en")
    flat = " ".join(text.split())
    assert "Order of asking" in text
    assert f"{book.minutes} minutes" in flat
    assert f"reading aloud and answering: {book.aloud['nl']:.1f} (nl)" in flat
    assert f"  {len(book.pages)}  " in text
    assert all(one.id in flat for one in book.instruments)
    assert ("part 2" in text) == (len({one.sitting for one in book.pages}) > 1)


def test_a_reader_of_a_language_without_catalogs_gets_english() -> None:
    assert "scored in reverse" in page(own(WHOLE), "de")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_no_sentence_can_break_the_page(text: str) -> None:
    book = own(WHOLE)
    row = book.rows[0].model_copy(update={"text": {"nl": text}})
    hostile = book.model_copy(update={"rows": (row, *book.rows[1:])})
    lines = codebook_lines(hostile, "nl", 60)
    assert all(sum(len(part) for _, part in line) <= 60 for line in lines)


def test_a_long_code_gets_a_line_of_its_own() -> None:
    text = changed('id = "le1"', 'id = "abcdefghijklmnopqrst"').replace(
        'items = ["le1", "le2"]', 'items = ["abcdefghijklmnopqrst", "le2"]'
    )
    assert "\n  abcdefghijklmnopqrst\n" in page(own(text), "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_word_of_the_key_has_a_sentence(language: str) -> None:
    words = [
        *(f"referent-{one.value}" for one in Referent),
        *(f"level-{one.value}" for one in Level),
        *(f"direction-{one.value}" for one in Direction),
        *(f"composition-{one.value}" for one in Composition),
    ]
    assert len({say(word, language) for word in words}) == len(words)
