from __future__ import annotations

import csv
import io
import tomllib

import pytest
from own_file import changed

from lcdiag.instrument.catalogue import instrument_ids, open_instrument
from lcdiag.instrument.codebook import WIDTH, Codebook, codebook
from lcdiag.instrument.read import examine_content


@pytest.mark.parametrize("name", instrument_ids())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_holds_every_code_and_fits_a_terminal(name: str, language: str) -> None:
    home = open_instrument(name)
    text = codebook(home).to_text(language)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    flat = " ".join(text.split())
    for item in home.items:
        assert f"{item.id} {item.text[language]}" in flat
    for question in home.open_questions:
        assert f"{question.id} {question.text[language]}" in flat
    for scale in home.scales:
        assert f"({name}:{scale.id})" in text


def test_the_csv_has_a_line_for_every_column_with_its_key() -> None:
    home = open_instrument("lc-safety")
    rows = list(csv.DictReader(io.StringIO(codebook(home).to_csv("en"), newline="")))
    assert [row["code"] for row in rows] == [item.id for item in home.items]
    first = rows[0]
    assert first["reversed"] == "1"
    assert first["scale or topic"] == "lc-safety:safety"
    assert (first["low"], first["high"]) == ("1", "7")
    assert first["text (nl)"] == home.items[0].text["nl"]
    assert first["answers (en)"].startswith("1 = strongly disagree; 2 = disagree; ")
    assert first["is about"] == "group"
    assert first["level"] == "group"
    assert first["facet"] == "mistakes held against you"
    assert "don't know" in first["without a rating"]


def test_a_topic_rating_names_its_topic_and_an_open_question_has_no_bounds() -> None:
    rows = {row.code: row for row in codebook(open_instrument("lc-collusion")).rows}
    assert rows["on2a"].parts == ("lc-collusion:topic.course",)
    lines = codebook(open_instrument("lc-link")).to_csv("nl").splitlines()
    assert len(lines) == 4
    assert rows["on2a"].low == 1
    assert codebook(open_instrument("lc-link")).rows[0].low is None


def test_no_cell_becomes_a_formula() -> None:
    text = changed("We leren van elkaar.", "=HYPERLINK(1)")
    instrument, _ = examine_content(tomllib.loads(text), "own.toml")
    assert instrument is not None
    written = codebook(instrument).to_csv("nl")
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_codebook_survives_its_json() -> None:
    book = codebook(open_instrument("lc-trust"))
    again = Codebook.model_validate_json(book.model_dump_json())
    assert again == book
    assert again.to_text("nl") == book.to_text("nl")
