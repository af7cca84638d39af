from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_record import ORIGIN, RECORD, SENTENCES, sheet

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding
from lcdiag.base.levels import Referent
from lcdiag.base.text import languages, sentence
from lcdiag.instrument.attached import (
    attached_toml,
    examine_toml,
    missing_sentences,
    read_attached,
    with_wordings,
    wording_path,
)
from lcdiag.instrument.catalogue import open_instrument, published_ids
from lcdiag.instrument.compose import compose
from lcdiag.instrument.model import Instrument, Status
from lcdiag.instrument.status import effective_status, status_in_study
from lcdiag.instrument.worded import Attachment, Change, WordedInstrument, worded
from lcdiag.instrument.wording_rows import WordingRow, all_names
from lcdiag.instrument.wording_rules import LONGEST, examine_rows, iso_date, plain_text


def record(**changes: Any) -> Instrument:
    return Instrument.model_validate(tomllib.loads(RECORD) | changes)


def examined(
    rows: dict[str, str] | list[tuple[str, str]], language: str = "nl", **settings: Any
) -> tuple[Attachment | None, tuple[Finding, ...]]:
    pairs = list(rows.items()) if isinstance(rows, dict) else rows
    listed = [WordingRow(key, text, f"z.csv, row {n}") for n, (key, text) in enumerate(pairs, 2)]
    return examine_rows(settings.pop("of", record()), language, listed, "z.csv", **settings)


def attached(language: str = "nl", **changes: str | None) -> Attachment:
    found, findings = examined(sheet(language, **changes), language)
    assert found is not None, findings
    return found


def kept(folder: Path, language: str = "nl", **changes: str | None) -> Path:
    """A study folder with sentences in it; the path of their file."""
    path = wording_path(folder, record().id, language)
    path.parent.mkdir(exist_ok=True)
    path.write_text(attached_toml(record(), attached(language, **changes), "nl"), encoding="utf-8")
    (folder / "own.toml").write_text(RECORD, encoding="utf-8")
    return path


def test_a_whole_sheet_has_no_faults() -> None:
    found, findings = examined(sheet())
    assert findings == ()
    assert found is not None
    assert found.sentences == SENTENCES["nl"]
    assert (found.source, found.permission, found.date, found.change) == (
        ORIGIN["source"],
        "The publisher",
        "2026-03-31",
        Change.TRANSLATED,
    )


def test_rows_are_known_by_their_names_in_every_language() -> None:
    dutch = {
        "bron": "p. 3",
        "toestemming": "De uitgever",
        "datum": "31-3-2026",
        "gewijzigd": "Niets",
        "instructie": "Denk aan vandaag.",
        "punt-1": "nee",
        "punt-2": "half",
        "punt-3": "ja",
        "weet-niet": "geen idee",
    }
    found, findings = examined(SENTENCES["nl"] | dutch)
    assert findings == ()
    assert found is not None
    assert found.date == "2026-03-31"
    assert found.change is Change.NOTHING
    assert found.points == {"agree3": ("nee", "half", "ja")}
    assert found.dont_know == {"agree3": "geen idee"}
    assert found.instruction == "Denk aan vandaag."


FAULTS: dict[str, tuple[dict[str, str | None], str, str, str]] = {
    "an unknown code": ({"gr1": None, "gr11": "Wij groeien."}, "unknown-row", "row", "gr1"),
    "a missing sentence": ({"gr2": None}, "missing-sentences", "z.csv", ""),
    "an empty sentence": ({"gr2": "  "}, "missing-sentences", "z.csv", ""),
    "an empty source": ({"source": ""}, "no-source", "z.csv", ""),
    "no permission": ({"permission": None}, "no-permission", "z.csv", ""),
    "a source without letters": ({"source": "?"}, "empty-source", "row 5", ""),
    "permission without letters": ({"permission": "-"}, "empty-permission", "row 6", ""),
    "equal words for two answers": (
        {"point-1": "nee", "point-2": "Nee", "point-3": "ja"},
        "same-point",
        "row 10",
        "",
    ),
    "no date": ({"date": None}, "no-date", "z.csv", ""),
    "an impossible date": ({"date": "2026-02-30"}, "bad-date", "row 7", ""),
    "an unclear date": ({"date": "3/4/2026"}, "bad-date", "row 7", ""),
    "no word on changes": ({"changed": None}, "no-changed", "z.csv", ""),
    "an unknown word on changes": ({"changed": "translatd"}, "unknown-change", "row", "translated"),
    "equal sentences": ({"gr3": "WIJ  groeien elke dag."}, "same-sentence", "row 4", ""),
    "a control character": ({"gr1": "Wij\x00 groeien."}, "control-character", "row 2", ""),
    "a sign that turns the text": ({"gr1": "Wij \u202egroeien."}, "control-character", "row 2", ""),
    "a sentence too long": ({"gr1": "Wij " + "x" * LONGEST}, "too-long", "row 2", ""),
    "a point beyond the answers": ({"point-4": "zeer eens"}, "unknown-point", "row", ""),
    "too few points": ({"point-1": "nee"}, "missing-points", "z.csv", ""),
    "a format that is not there": ({"point-1 (agree9)": "nee"}, "unknown-row", "row", "point-1"),
    "a name where none belongs": ({"gr1": "{party} groeit."}, "no-party", "row 2", ""),
}


@pytest.mark.parametrize(("changes", "code", "place", "near"), FAULTS.values(), ids=FAULTS)
def test_every_fault_has_its_place_and_remedy(
    changes: dict[str, str | None], code: str, place: str, near: str
) -> None:
    found, findings = examined(sheet("nl", **changes))
    assert found is None
    (finding,) = [one for one in findings if one.code == f"wording.{code}"]
    assert place in finding.where
    assert finding.facts.get("near", "") == near
    for language in languages():
        said = sentence(finding, language)
        assert "{" not in said.replace("{party}", "")
        assert said.endswith((".", "?")), said


def test_a_code_that_stands_twice_names_the_first_place() -> None:
    _, findings = examined([*sheet().items(), ("GR1", "Nog een zin.")])
    (finding,) = findings
    assert (finding.code, finding.facts["first"]) == ("wording.doubled-row", "z.csv, row 2")


def test_permission_is_not_of_a_day_to_come() -> None:
    assert examined(sheet(), today="2026-03-31")[1] == ()
    found, findings = examined(sheet(source="?"), today="2026-03-30")
    assert found is None
    assert [one.code for one in findings] == ["wording.empty-source", "wording.date-ahead"]
    assert "2026-03-31" in sentence(findings[1], "nl")


def test_the_place_of_a_double_is_in_the_readers_language() -> None:
    twice = [*sheet().items(), ("gr1", "Wij groeien.")]
    assert "z.csv, rij 2" in sentence(examined(twice, speak="nl")[1][0], "nl")
    assert "z.csv, row 2" in sentence(examined(twice, speak="en")[1][0], "en")


@pytest.mark.parametrize("name", published_ids())
def test_a_record_no_longer_says_that_its_attached_sentences_are_missing(name: str) -> None:
    bare = open_instrument(name)
    given = attached().model_copy(update={"sentences": {}})
    own = given.model_copy(update={"points": {"any": ("a", "b")}})
    for language, missing, now, labels in (
        ("nl", "de auteurs en staan hier niet.", "toegevoegd", "antwoorden zijn van ons"),
        ("en", "the authors and are not here.", "added", "answers are ours"),
    ):
        assert missing in bare.source.text[language]
        said = worded(bare, (given,)).source.text[language]
        assert missing not in said
        assert now in said
        assert labels not in worded(bare, (own,)).source.text[language]


def test_all_faults_come_at_once() -> None:
    _, findings = examined({"gr9": "X.", "gr1": "A.", "gr2": "a.", "changed": "maybe"})
    assert {one.code.removeprefix("wording.") for one in findings} == {
        "unknown-row",
        "missing-sentences",
        "same-sentence",
        "no-source",
        "no-permission",
        "no-date",
        "unknown-change",
    }


def test_a_new_language_needs_words_for_every_answer() -> None:
    found, findings = examined(sheet("en"), "de")
    assert found is None
    assert {one.code for one in findings} == {"wording.no-points", "wording.no-dont-know"}
    words = {"point-1": "nein", "point-2": "weder noch", "point-3": "ja", "dont-know": "weiß nicht"}
    found, findings = examined(sheet("en") | words, "de")
    assert found is not None, findings


def test_a_format_that_names_its_ends_only_may_stay_so() -> None:
    raw = tomllib.loads(RECORD)
    raw["formats"]["agree3"]["points"] = {"nl": ["nee", "", "ja"], "en": ["no", "", "yes"]}
    ends = Instrument.model_validate(raw)
    found, findings = examined(sheet() | {"point-1": "niet", "point-3": "wel"}, of=ends)
    assert found is not None, findings
    assert found.points["agree3"] == ("niet", "", "wel")


def test_a_sentence_about_another_party_says_where_its_name_comes() -> None:
    raw = tomllib.loads(RECORD)
    for item in raw["items"]:
        item["referent"] = "other-party"
    grid = Instrument.model_validate(raw)
    named = {code: f"{{party}} {text}" for code, text in SENTENCES["nl"].items()}
    assert examined(sheet() | named, of=grid)[1] == ()
    _, findings = examined(sheet(), of=grid)
    assert {one.code for one in findings} == {"wording.needs-party"}


def test_several_formats_are_told_apart_by_name() -> None:
    raw = tomllib.loads(RECORD)
    raw["formats"]["often3"] = raw["formats"]["agree3"]
    raw["items"][0]["format"] = "often3"
    two = Instrument.model_validate(raw)
    assert "point-1 (often3)" in all_names(two, "en")
    labels = {f"punt-{n} (often3)": word for n, word in enumerate(("nooit", "soms", "vaak"), 1)}
    found, findings = examined(sheet() | labels, of=two)
    assert found is not None, findings
    assert found.points == {"often3": ("nooit", "soms", "vaak")}
    _, findings = examined(sheet() | {"point-1": "nooit"}, of=two)
    assert [one.code for one in findings] == ["wording.unknown-row"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Wij \n groeien.  ", "Wij groeien."),
        ("'-2 tot 2", "-2 tot 2"),
        ("'s Ochtends groeien wij.", "'s Ochtends groeien wij."),
        ("e\u0301e\u0301n", "één"),
    ],
)
def test_cells_become_plain_lines(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2026-03-31", "2026-03-31"), ("1-3-2026", "2026-03-01"), ("31.12.2026", "2026-12-31")],
)
def test_dates_as_people_write_them(text: str, iso: str) -> None:
    assert iso_date(text) == iso
    assert iso_date("32-1-2026") == iso_date("soon") == ""


# signs that are left out are refused by a rule of their own
signs = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="{}\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
texts = st.text(signs, min_size=1, max_size=60).map(plain_text).filter(bool)


@given(
    sentences=st.lists(texts, min_size=3, max_size=3, unique_by=str.casefold),
    source=texts.filter(lambda text: any(map(str.isalpha, text))),
    label=texts.filter(lambda text: text not in ("-", "=1+1")),
)
def test_what_is_written_reads_back_the_same(sentences: list[str], source: str, label: str) -> None:
    rows = sheet("nl", source=source) | dict(zip(("gr1", "gr2", "gr3"), sentences, strict=True))
    rows |= {"point-1": label, "point-2": "-", "point-3": "=1+1", "dont-know": label}
    found, findings = examined(rows)
    assert found is not None, findings
    raw = tomllib.loads(attached_toml(record(), found, "nl"))
    again, findings = examine_toml(raw, record(), "nl", "kept.toml", kept=True)
    assert again == found, findings


def test_the_record_answers_with_attached_sentences(tmp_path: Path) -> None:
    kept(tmp_path)
    one = open_instrument("own.toml", tmp_path)
    assert isinstance(one, WordedInstrument)
    assert one.worded_in == ("nl",)
    assert one.languages == ("nl", "en"), "labels are there in both"
    assert one.item("gr2").text["nl"] == "Wij staan vaak stil."
    assert one.item("gr2").reversed
    assert missing_sentences(one, "en") == ("gr1", "gr2", "gr3")
    assert effective_status(one, "nl") is Status.TRANSLATED
    assert status_in_study(one, ("nl", "en")) == "translated"
    asked = compose([["./own.toml"]], ("nl", "en"), folder=tmp_path)
    assert asked.items[0].text["nl"] == "Wij groeien elke dag."
    assert open_instrument(tmp_path / "own.toml").worded_in == (), "no folder, no sentences"


def test_a_language_that_the_record_lacks_joins_it(tmp_path: Path) -> None:
    words = {"point-1": "nein", "point-2": "weder noch", "point-3": "ja", "dont-know": "weiß nicht"}
    found, findings = examined(sheet("en") | words | {"title": "Wachstum"}, "de")
    assert found is not None, findings
    path = wording_path(tmp_path, record().id, "de")
    path.parent.mkdir()
    path.write_text(attached_toml(record(), found, "en"), encoding="utf-8")
    one = with_wordings(record(), tmp_path)
    assert one.languages == ("nl", "en", "de")
    assert one.formats["agree3"].points["de"] == ("nein", "weder noch", "ja")
    assert one.respondent_title["de"] == "Wachstum"
    assert effective_status(one, "de") is Status.TRANSLATED


@pytest.mark.parametrize("change", ["nothing", "translated"])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Wij groeien elke dag.", "Wij groeien elke week."),
        ("[sentences]", 'instruction = "Denk aan gisteren."\n[sentences]'),
        ("[sentences]", '[points]\nagree3 = ["nee", "half", "ja"]\n[sentences]'),
        ('gr3 = "Wij leren van wat wij doen."', ""),
        ("digest = ", "# digest = "),
    ],
)
def test_an_edit_of_the_kept_file_lowers_the_status(
    tmp_path: Path, right: str, wrong: str, change: str
) -> None:
    path = kept(tmp_path, "en" if change == "nothing" else "nl", changed=change)
    text = path.read_text(encoding="utf-8")
    for dutch, english in zip(SENTENCES["nl"].values(), SENTENCES["en"].values(), strict=True):
        if change == "nothing":
            right = right.replace(dutch, english)
            wrong = wrong.replace(dutch, english)
    assert right in text
    language = path.name.split(".")[-2]
    before = effective_status(open_instrument("own.toml", tmp_path), language)
    assert before in (Status.VALIDATED_ELSEWHERE, Status.TRANSLATED)
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    assert effective_status(open_instrument("own.toml", tmp_path), language) is Status.ADAPTED


@pytest.mark.parametrize(
    ("right", "wrong", "code", "place"),
    [
        ("gr1 = ", "gr8 = ", "wording.unknown-row", "sentences, gr8"),
        ('source = "Someone (2020), p. 3"', "", "wording.no-source", ".nl.toml"),
        ("[sentences]", "[sentences", "instrument.syntax", "line"),
        ('gr1 = "Wij groeien elke dag."', "gr1 = 3", "wording.not-a-text", "sentences, gr1"),
        ("[sentences]", "points = 3\n[sentences]", "wording.not-a-text", "points"),
        ("[sentences]", "dont_know = [3]\n[sentences]", "wording.not-a-text", "dont_know"),
        ('language = "nl"', 'language = "fy"', "wording.other-language", "language"),
        ('instrument = "someone', 'instrument = "anyone', "wording.other-instrument", "instrument"),
        ("[permission]", "[permissions]", "wording.not-a-text", "permissions"),
    ],
)
def test_a_damaged_file_is_said_with_its_place(
    tmp_path: Path, right: str, wrong: str, code: str, place: str
) -> None:
    path = kept(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(LcdiagError) as caught:
        compose([["./own.toml"]], ("nl",), folder=tmp_path)
    found = {one.code: one for one in caught.value.findings}
    assert code in found
    assert found[code].where.startswith("wordings/someone-2020-growth.nl.toml")
    assert place in found[code].where


def test_sentences_for_an_instrument_with_its_own_are_refused(tmp_path: Path) -> None:
    path = kept(tmp_path)
    path.rename(path.with_name("lc-safety.nl.toml"))
    with pytest.raises(LcdiagError) as caught:
        open_instrument("lc-safety", tmp_path)
    assert caught.value.findings[0].code == "wording.not-published"


def test_a_name_that_is_no_language_is_refused(tmp_path: Path) -> None:
    path = kept(tmp_path)
    path = path.rename(path.with_name("someone-2020-growth.Nederlands!.toml"))
    found, findings = read_attached(path, record())
    assert found is None
    assert findings[0].code == "wording.not-a-language"


def test_codes_at_the_top_of_a_file_are_enough() -> None:
    raw = {**SENTENCES["nl"], **ORIGIN, "points": ["nee", "half", "ja"], "dont_know": "geen idee"}
    found, findings = examine_toml(raw, record(), "nl", "z.toml")
    assert found is not None, findings
    assert found.points == {"agree3": ("nee", "half", "ja")}
    dated = tomllib.loads('date = 2026-03-31\npermission = "CC BY 4.0"')
    found, findings = examine_toml(raw | dated, record(), "nl", "z.toml")
    assert found is not None, findings
    assert (found.permission, found.date) == ("CC BY 4.0", "2026-03-31")


@pytest.mark.parametrize("name", published_ids())
def test_every_record_of_the_library_takes_sentences(name: str) -> None:
    bare = open_instrument(name)
    rows = {
        item.id: f"An invented sentence about {item.id}"
        + (" and {party}." if item.referent is Referent.OTHER_PARTY else ".")
        for item in bare.items
    }
    found, findings = examined(rows | dict(ORIGIN), "nl", of=bare)
    assert found is not None, findings
