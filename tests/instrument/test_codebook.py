from __future__ import annotations

import csv
import io
import tomllib

import pytest
from own_file import WHOLE, changed

from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids
from lcdiag.instrument.codebook import Codebook
from lcdiag.instrument.codebook_make import codebook, set_codebook
from lcdiag.instrument.codebook_tables import to_csv
from lcdiag.instrument.compose import compose_set
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.read import examine_content
from lcdiag.scoring.missing import needed


def own(text: str) -> Instrument:
    instrument, _ = examine_content(tomllib.loads(text), "own.toml")
    assert instrument is not None
    return instrument


@pytest.mark.parametrize("name", instrument_ids())
def test_a_codebook_holds_every_column_and_scale_of_an_instrument(name: str) -> None:
    home = open_instrument(name)
    book = codebook(home)
    assert [row.code for row in book.rows] == [
        *(item.id for item in home.items),
        *(question.id for question in home.open_questions),
    ]
    assert [one.address for one in book.scales] == [f"{name}:{one.id}" for one in home.scales]
    assert book.instruments[0].digest == home.digest
    assert not any("{party}" in text for row in book.rows for text in row.text.values())


@pytest.mark.parametrize("name", set_ids())
def test_a_set_lists_its_columns_in_the_order_of_asking(name: str) -> None:
    asked = compose_set(open_set(name), ("nl", "en"))
    book = set_codebook(open_set(name), asked)
    assert [row.code for row in book.rows if row.max_length is None] == list(asked.codes)
    assert sum(page.ratings for page in book.pages) == book.ratings == len(asked.codes)
    assert book.minutes == asked.minutes
    first = [asked.codes.index(scale.items[0]) for scale in book.scales]
    assert first == sorted(first)
    on_pages = {part for page in book.pages for part in page.parts}
    assert on_pages == {one.address for one in book.scales} | {
        one.address for one in book.topics
    } | {row.code for row in book.loose}


def test_a_set_scores_only_scales_that_it_asks_whole() -> None:
    short = set_codebook(open_set("short"), compose_set(open_set("short"), ("nl",)))
    named = {one.address for one in short.scales}
    assert "lc-collusion:avoidance" in named
    assert "lc-collusion:denial" not in named
    assert all(row.code not in {"ng1", "ng2"} for row in short.rows)


def test_the_key_of_a_scale_says_what_is_turned_and_from_what() -> None:
    safety = codebook(open_instrument("lc-safety")).scales[0]
    assert safety.reversed == ("ve1", "ve3", "ve5")
    assert safety.turned_from == 8
    trust = codebook(open_instrument("lc-trust")).scales[0]
    assert (trust.reversed, trust.turned_from) == ((), None)


def test_readability_is_told_only_where_every_sentence_is_there() -> None:
    book = codebook(open_instrument("lc-safety"))
    assert [one.language for one in book.scales[0].reading] == ["nl", "en"]
    dutch, english = book.scales[0].reading
    assert dutch.flesch_douma is not None
    assert english.flesch_douma is None
    assert dutch.longest >= dutch.words
    assert codebook(open_instrument("edmondson-1999-safety")).scales[0].reading == ()


def test_a_record_says_where_its_sentences_are_and_what_was_reported() -> None:
    one = codebook(open_instrument("edmondson-1999-safety")).instruments[0]
    assert one.worded_in == ()
    assert one.badge == "structure-only"
    assert one.wording_from["nl"]
    assert [figure.value for figure in one.reported if figure.statistic == "cronbach-alpha"] == [
        0.82
    ]
    assert all(row.text == {} for row in codebook(open_instrument("klijn-2010-trust")).rows)


def test_a_question_about_each_other_party_is_shown_in_words() -> None:
    rows = codebook(open_instrument("lc-party-grid")).rows
    assert all("deze partij" in row.text["nl"].casefold() for row in rows)
    assert all("this party" in row.text["en"].casefold() for row in rows)


def test_a_codebook_survives_its_json() -> None:
    book = codebook(open_instrument("lc-trust"))
    again = Codebook.model_validate_json(book.model_dump_json())
    assert again == book
    assert to_csv(again, "nl") == to_csv(book, "nl")


def test_the_csv_has_a_line_for_every_column_with_its_key() -> None:
    home = open_instrument("lc-safety")
    rows = list(csv.DictReader(io.StringIO(to_csv(codebook(home), "en"), newline="")))
    assert [row["code"] for row in rows] == [item.id for item in home.items]
    first = rows[0]
    assert first["reversed"] == "1"
    assert first["scale or topic"] == "lc-safety:safety"
    assert (first["lowest"], first["highest"]) == ("1", "7")
    assert first["text (nl)"] == home.items[0].text["nl"]
    assert first["short label (en)"] == home.items[0].label["en"]
    assert first["answers (en)"].startswith("1 = strongly disagree; 2 = disagree; ")
    assert first["is about"] == "group"
    assert first["level"] == "group"
    assert first["facet"] == "mistakes held against you"
    assert "don't know" in first["without a rating"]


def test_a_topic_rating_names_its_topic_and_an_open_question_has_no_bounds() -> None:
    rows = {row.code: row for row in codebook(open_instrument("lc-collusion")).rows}
    assert rows["on2a"].parts == ("lc-collusion:topic.course",)
    assert rows["on2a"].low == 1
    link = codebook(open_instrument("lc-link"))
    assert len(to_csv(link, "nl").splitlines()) == 4
    assert link.rows[0].low is None
    assert link.ratings == 0


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\uff1d1"])
def test_no_cell_of_the_csv_becomes_a_formula(start: str) -> None:
    written = to_csv(codebook(own(changed("We leren van elkaar.", start))), "nl")
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert f"'{start}" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\uff1d")) for cell in cells)


def test_an_own_file_makes_the_same_codebook_every_time() -> None:
    assert codebook(own(WHOLE)) == codebook(own(WHOLE))


@pytest.mark.parametrize("name", instrument_ids())
def test_the_least_number_of_answers_is_the_one_that_scoring_asks_for(name: str) -> None:
    home = open_instrument(name)
    for told, scale in zip(codebook(home).scales, home.scales, strict=True):
        assert told.least == needed(scale.min_answered, len(scale.items))


def test_a_set_tells_the_instruction_that_it_gives_itself() -> None:
    ready = open_set("expectations")
    told = {
        one.id: one.instruction for one in set_codebook(ready, compose_set(ready, ())).instruments
    }
    for name, instruction in ready.instructions.items():
        assert told[name] == instruction
        assert told[name] != codebook(open_instrument(name)).instruments[0].instruction
