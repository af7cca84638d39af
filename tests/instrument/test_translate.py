"""A sheet for a translator holds every text, and comes back as an instrument."""

from __future__ import annotations

import pytest

from lcdiag.base.cells import safe_cell
from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import languages, sentence
from lcdiag.instrument.catalogue import open_instrument, own_ids
from lcdiag.instrument.model import Instrument, Status
from lcdiag.instrument.status import effective_status
from lcdiag.instrument.translate import add_language, translation_entries

SAFETY = open_instrument("lc-safety")
GRID = open_instrument("lc-party-grid")


def turned(text: str) -> str:
    """A language of one's own: every word back to front, names of parties as they are."""
    words = [word if "{party}" in word else word[::-1] for word in text.split()]
    return " ".join(words)


def filled(instrument: Instrument) -> list[dict[str, str]]:
    return [
        {"key": one.key, **one.sources, "xx": turned(one.sources["en"])}
        for one in translation_entries(instrument, "xx")
    ]


def refused(instrument: Instrument, rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    with pytest.raises(LcdiagError) as caught:
        add_language(instrument, "xx", rows, "sheet.xlsx")
    for finding in caught.value.findings:
        for language in languages():
            assert len(sentence(finding, language)) > 20
    return [(finding.code, finding.where) for finding in caught.value.findings]


@pytest.mark.parametrize("name", own_ids())
def test_every_text_comes_back_in_its_place(name: str) -> None:
    instrument = open_instrument(name)
    made = add_language(instrument, "xx", filled(instrument), "sheet.xlsx")
    assert made.languages == (*instrument.languages, "xx")
    for item in made.items:
        assert item.text["xx"] == turned(item.text["en"])
        assert item.label["xx"] == turned(item.label["en"])
    for one in made.formats.values():
        assert one.points["xx"] == tuple(turned(label) for label in one.points["en"])
        assert one.dont_know["xx"] == turned(one.dont_know["en"])
    for scale in made.scales:
        assert scale.question["xx"] == turned(scale.question["en"])
    for topic in made.contrasts:
        assert topic.label["xx"] == turned(topic.label["en"])
    for question in made.open_questions:
        assert question.text["xx"] == turned(question.text["en"])
    assert effective_status(made, "xx") is Status.EXPERIMENTAL
    without = made.model_dump()
    assert "'xx'" in str(without)
    for entry in translation_entries(made, "yy"):
        assert entry.sources["xx"] == turned(entry.sources["en"])


def test_the_translator_is_told_what_to_mind() -> None:
    notes = {entry.key: entry.notes for entry in translation_entries(SAFETY, "de")}
    turned_round = [item.id for item in SAFETY.items if item.reversed]
    assert turned_round
    for item in SAFETY.items:
        assert ("reversed" in notes[f"items.{item.id}.text"]) == item.reversed
    topics = {
        one.key: one.notes for one in translation_entries(open_instrument("lc-collusion"), "de")
    }
    assert "topic" in topics["items.on1z.text"]
    assert "topic" not in topics["items.sa1.text"]
    grid = {entry.key: entry.notes for entry in translation_entries(GRID, "de")}
    assert "party" in grid["items.pg1.text"]


def test_respondents_come_before_readers_know_what_they_read() -> None:
    readers = {entry.key: entry.reader for entry in translation_entries(SAFETY, "de")}
    assert readers["items.ve1.text"] == "respondent"
    assert readers["formats.agree7.points.1"] == "respondent"
    assert readers["items.ve1.label"] == "reader"
    assert readers["scales.safety.about"] == "reader"


def test_a_text_that_is_missing_is_named_with_its_row() -> None:
    rows = filled(SAFETY)
    place = next(n for n, row in enumerate(rows) if row["key"] == "items.ve2.text")
    rows[place]["xx"] = "  "
    assert refused(SAFETY, rows) == [("translation.missing", f"sheet.xlsx, row {place + 2}")]
    del rows[place]
    assert refused(SAFETY, rows) == [("translation.missing", "sheet.xlsx")]


def test_a_lost_party_is_noticed() -> None:
    rows = filled(GRID)
    place = next(n for n, row in enumerate(rows) if row["key"] == "items.pg1.text")
    rows[place]["xx"] = "They keep their word."
    assert refused(GRID, rows) == [("translation.party-lost", f"sheet.xlsx, row {place + 2}")]


def test_a_source_that_was_edited_since_is_noticed() -> None:
    rows = filled(SAFETY)
    first = SAFETY.items[0]
    changed = first.model_copy(update={"text": {**first.text, "nl": "Iets anders."}})
    edited = SAFETY.model_copy(update={"items": (changed, *SAFETY.items[1:])})
    ((code, _),) = refused(edited, rows)
    assert code == "translation.source-changed"


def test_all_faults_come_at_once() -> None:
    rows = filled(SAFETY)
    rows[0]["xx"] = ""
    rows.append(dict(rows[1]))
    rows.append({"key": "items.ve11.text", "xx": "What?"})
    codes = sorted(code for code, _ in refused(SAFETY, rows))
    assert codes == ["translation.key-twice", "translation.missing", "translation.unknown-key"]


def test_rows_in_another_order_and_signs_against_formulas_do_no_harm() -> None:
    rows = filled(SAFETY)
    for row in rows:
        row["xx"] = safe_cell("=" + row["xx"])
        assert row["xx"].startswith("'=")
    made = add_language(SAFETY, "xx", rows[::-1], "sheet.csv")
    assert made.items[0].text["xx"] == "=" + turned(SAFETY.items[0].text["en"])


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("nl", "translation.language-there"),
        ("Deutsch", "translation.not-a-language"),
        ("", "translation.not-a-language"),
        ("../x", "translation.not-a-language"),
    ],
)
def test_a_language_must_be_new_and_a_code(to: str, code: str) -> None:
    with pytest.raises(LcdiagError) as caught:
        translation_entries(SAFETY, to)
    assert [finding.code for finding in caught.value.findings] == [code]
