"""Questions about each other party, from the study's folder to pages, tables and scores."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from lcdiag.api import open_study
from lcdiag.cli.main import call
from lcdiag.instrument.study import Study
from lcdiag.planning.simulate import Meeting, Seat, Truth, simulate_responses
from lcdiag.workflow.study import form_files

PARTIES = (
    ("Gemeente Noord", "overheid"),
    ("Gemeente Noordoost", "overheid"),
    ('<i>Net</i> {party} "x"', "bedrijf"),
    ("Hogeschool", "onderwijs"),
)
TABLES = {"Warmte": (0, 1, 2, 3), "Water": (0, 2, 3)}
SETTINGS = """title = "Samen verder"
languages = ["nl", "en"]
instruments = ["lc-party-grid", "lc-safety:safety"]
"""


def write_roster(folder: Path, invited: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["gemeenschap", "partij", "sector", "uitgenodigd meetmoment 1"])
    for community, seats in TABLES.items():
        for seat in seats:
            sheet.append([community, *PARTIES[seat], invited])
    book.save(folder / "deelnemers.xlsx")


def answer(study: Study, invited: int) -> None:
    """Write what everybody answered, and let the first person rate their own party as well."""
    meetings = [
        Meeting(
            community,
            1,
            tuple(
                Seat(f"{community[:2]}{seat}{number}", *PARTIES[seat])
                for seat in seats
                for number in range(invited)
            ),
            Truth(scales={"lc-party-grid:keeps": 5.5, "lc-party-grid:guard": 2.5}),
        )
        for community, seats in TABLES.items()
    ]
    drawn = simulate_responses(study.questionnaire, meetings, rng=np.random.default_rng(1))
    codes = drawn.codes.astype(str)
    codes[drawn.codes < 0] = ""
    own = next(code for code, party in study.questionnaire.about.items() if party == PARTIES[0][0])
    codes[0, drawn.columns.index(own)] = "7"
    folder = study.folder / "antwoorden" / "meetmoment-1"
    folder.mkdir(parents=True)
    with (folder / "antwoorden.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "gemeenschap", "partij", *drawn.columns])
        labels = zip(drawn.person, drawn.community, drawn.party, strict=True)
        writer.writerows([[*label, *row] for label, row in zip(labels, codes, strict=True)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A study of two tables that share three of four parties, answered."""
    made = tmp_path_factory.mktemp("grid") / "studie"
    made.mkdir()
    (made / "study.toml").write_text(SETTINGS, encoding="utf-8")
    write_roster(made, 4)
    answer(open_study(made), 4)
    return made


@pytest.fixture(scope="module")
def reports(folder) -> Path:
    output = folder / "uit"
    for kind in ("html", "csv", "json"):
        arguments = ["report", str(folder), "-o", str(output / kind), "--no-explore"]
        assert call([*arguments, "--format", kind] if kind != "html" else arguments) == 0
    return output


def test_parties_of_the_roster_make_the_columns(folder):
    asked = open_study(folder).questionnaire
    assert len(asked.about) == 5 * len(PARTIES)
    assert set(asked.about.values()) == {name for name, _ in PARTIES}
    assert asked.minutes > 2


def test_each_table_gets_a_form_about_its_own_parties(folder):
    files = form_files(open_study(folder), ["nl"])
    warmth = files["vragenlijst-warmte-nl.html"].decode("utf-8")
    water = files["vragenlijst-water-nl.html"].decode("utf-8")
    assert "<b>Gemeente Noordoost</b>" in warmth
    assert "Gemeente Noordoost" not in water
    assert "<i>" not in warmth
    sheet = openpyxl.load_workbook(io.BytesIO(files["antwoorden.xlsx"])).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert set(open_study(folder).questionnaire.codes) <= set(heads)


def test_check_says_that_a_rating_of_the_own_party_does_not_count(folder, capsys):
    call(["check", str(folder), "--language", "nl"])
    assert "eigen partij: 1 (aantal mensen: 1)" in capsys.readouterr().err


def test_pages_show_one_number_a_question_and_name_no_party_in_it(folder, reports):
    asked = open_study(folder).questionnaire
    pages = {path.name: path.read_text(encoding="utf-8") for path in (reports / "html").iterdir()}
    for name in ("warmte.html", "water.html"):
        text = html.unescape(re.sub(r"<[^>]*>", "", pages[name]))
        for _, scale in asked.scales:
            assert scale.label["nl"] in text
        assert "Hoe we de andere partijen zien" in text
        # parties that were invited stand on the page by name, this one among them
        named = ('Net {party} "x"', '<i>Net</i> {party} "x"')
        for one in named:
            text = text.replace(one, "")
        assert "{party}" not in text
        for item in asked.items:
            if item.id in asked.about:
                assert item.id not in pages[name]
                assert item.text["nl"] not in text
                assert item.label["nl"] not in text


def test_tables_hold_the_scores_over_parties_and_hide_what_four_people_say_of_one(folder, reports):
    asked = open_study(folder).questionnaire
    texts = [
        path.read_text(encoding="utf-8-sig")
        for kind in ("csv", "json")
        for path in sorted((reports / kind).iterdir())
    ]
    assert len(texts) == 4
    for text in texts:
        assert "lc-party-grid:keeps" in text
        rows = [line for line in text.splitlines() if any(code in line for code in asked.about)]
        directed = [line for line in rows if "directed" in line]
        assert directed
        assert all("hidden" in line or "protects-people" in line for line in directed)
        assert not any(item.text["nl"] in text for item in asked.items if item.id in asked.about)


def test_how_people_see_the_others_has_no_row_of_a_party_or_sector(tmp_path):
    """Ten people a party: rows enough for safety, none that read as a mark for a party."""
    (tmp_path / "study.toml").write_text(SETTINGS, encoding="utf-8")
    write_roster(tmp_path, 10)
    answer(open_study(tmp_path), 10)
    for kind in ("html", "csv", "json"):
        arguments = ["report", str(tmp_path), "-o", str(tmp_path / kind), "--no-explore"]
        assert call([*arguments, *(["--format", kind] if kind != "html" else [])]) == 0
    measures = [
        measure["at"]
        for path in sorted((tmp_path / "json").glob("*.json"))
        for measure in json.loads(path.read_text(encoding="utf-8"))["measures"]
    ]
    below = {
        at["subject"]
        for at in measures
        if at["unit"]["kind"] in ("party", "sector")
        and at["statistic"] not in ("directed", "mutuality", "meta_gap")
    }
    assert below == {"lc-safety:safety"}
    assert "lc-party-grid:keeps" in {at["subject"] for at in measures}
    rows = [
        line
        for path in sorted((tmp_path / "csv").glob("*.csv"))
        for line in path.read_text(encoding="utf-8-sig").splitlines()
        if "lc-party-grid:" in line
    ]
    assert rows
    assert not [line for line in rows for name, _ in PARTIES if name[:9] in line]
    assert not [line for line in rows if line.startswith(("party,", "sector,"))]
    beside = figures_beside_a_party((tmp_path / "html" / "warmte.html").read_text("utf-8"))
    assert beside, "safety has rows of parties"
    labels = [scale.label["nl"] for _, scale in open_study(tmp_path).questionnaire.scales[:5]]
    assert not [one for one in beside for label in labels if label in one]


def figures_beside_a_party(page: str) -> list[str]:
    """Return the text of every figure that names a party in one of its rows."""
    texts = [
        html.unescape(re.sub(r"<[^>]*>", " ", figure))
        for figure in re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    ]
    return [text for text in texts if "Hogeschool" in text or "Gemeente Noord" in text]


def test_scores_of_persons_hold_the_scales_only(folder):
    assert call(["score", str(folder), "-o", str(folder / "uit" / "scores.csv")]) == 0
    (file,) = (folder / "uit").glob("scores*.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    heads = [
        head for head in rows[0] if head.startswith("lc-party-grid") and "answered" not in head
    ]
    assert len(heads) == 5
    first = next(row for row in rows if row["community"] == "Warmte")
    assert first["lc-party-grid:keeps answered"] == "3", "the own party does not count"
    assert all(float(row["lc-party-grid:keeps"]) > 0 for row in rows)


def test_a_study_without_parties_is_refused_with_the_remedy(tmp_path, capsys):
    (tmp_path / "study.toml").write_text(SETTINGS, encoding="utf-8")
    assert call(["check", str(tmp_path), "--language", "en"]) == 1
    said = capsys.readouterr()
    assert "Name them at parties in study.toml" in said.out + said.err
