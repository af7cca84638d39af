"""The forms for people outside the table, and the sheet that goes with them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from lcdiag.base.errors import LcdiagError
from lcdiag.base.levels import Referent
from lcdiag.cli.main import call
from lcdiag.importers.external import read_external
from lcdiag.instrument.outside import OutsideSource, source_of, source_words
from lcdiag.instrument.wording import forbidden_in
from lcdiag.survey.open import open_study
from lcdiag.survey.outside import (
    build_outside_form,
    outside_form_html,
    outside_lines,
    outside_sheet,
)

FACILITATOR, HOME = OutsideSource.FACILITATOR, OutsideSource.HOME
SETTINGS = """title = "{title}"
set = "{name}"
communities = [{communities}]
parties = [
  {{ name = "Gemeente", sector = "overheid" }},
  {{ name = "School", sector = "onderwijs" }},
]
waves = [{waves}]
"""


def make(folder: Path, name="full", title="Proef", communities=("Noord", "Zuid"), waves=(1,)):
    places = ", ".join(f"{{ name = '{one}' }}" for one in communities)
    numbers = ", ".join(f"{{ number = {one} }}" for one in waves)
    text = SETTINGS.format(title=title, name=name, communities=places, waves=numbers)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return open_study(folder)


def text_of(page: str) -> str:
    body = page.split("</style>", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_words_for_a_source_are_known_in_both_languages():
    assert {source_of(word) for word in source_words()} == set(OutsideSource)
    assert source_of(" Begeleider ") is FACILITATOR
    assert source_of("iemand") is None


@pytest.mark.parametrize("name", ["standard", "short", "full", "expectations"])
def test_the_facilitator_rates_each_theme_that_can_be_seen_once(tmp_path, name):
    study = make(tmp_path, name)
    form = build_outside_form(study, FACILITATOR, "nl", "Noord")
    seen = (Referent.GROUP, Referent.PARTIES)
    expected = {
        scale.label["nl"]
        for home, scale in study.questionnaire.scales
        if not scale.per_item and home.item(scale.items[0]).referent in seen
    }
    lines = [line for table in form.tables for line in table.lines]
    if name in ("standard", "short", "full"):
        assert lines[0].text == "Ervaren samenwerking", "what is asked first is rated first"
    assert {line.text for line in lines} == expected
    assert len(lines) == len(expected) == form.count
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(line.about for line in lines)


def test_what_people_think_of_themselves_or_of_one_party_is_not_asked_of_the_facilitator(tmp_path):
    page = text_of(outside_form_html(make(tmp_path), FACILITATOR, "nl", "Noord"))
    assert "Eigen stem" not in page
    assert "{party}" not in page
    assert "rp1" not in page


def test_a_table_has_one_referent_and_one_way_of_answering(tmp_path):
    form = build_outside_form(make(tmp_path), FACILITATOR, "en", "Noord")
    labels = [(table.label, table.points) for table in form.tables]
    assert len(labels) == len(set(labels)) >= 3
    assert {len(table.points) for table in form.tables} == {7}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("source", list(OutsideSource))
def test_no_heavy_word_stands_on_a_form(tmp_path, source, language):
    page = outside_form_html(make(tmp_path), source, language, "Noord")
    assert not forbidden_in(text_of(page))


@pytest.mark.parametrize(
    ("language", "kept", "chosen"),
    [
        ("nl", "Uw oordeel blijft op een eigen blad.", "Nee, het blijft op mijn eigen blad."),
        ("en", "Your rating stays on a sheet of its own.", "No, it stays on my own sheet."),
    ],
)
def test_the_facilitator_reads_what_happens_with_the_rating(tmp_path, language, kept, chosen):
    page = text_of(outside_form_html(make(tmp_path), FACILITATOR, language, "Noord"))
    assert kept in page
    assert chosen in page
    assert page.index(kept) < page.index(chosen)


def test_people_at_home_rate_six_statements_without_a_name(tmp_path):
    study = make(tmp_path)
    form = build_outside_form(study, HOME, "nl", "Noord")
    assert form.count == 6
    page = text_of(outside_form_html(study, HOME, "nl", "Noord"))
    assert "ten minste 5 mensen" in page
    assert "U schrijft geen naam op." in page
    assert "Mag de groep uw oordeel zien?" not in page
    for party in ("Gemeente", "School"):
        assert party not in page


def test_the_stated_minimum_is_that_of_the_study(tmp_path):
    study = make(tmp_path)
    limits = study.settings.thresholds.model_copy(update={"minimum": 8})
    settings = study.settings.model_copy(update={"thresholds": limits})
    study = type(study)(study.folder, settings, study.questionnaire)
    assert "ten minste 8 mensen" in text_of(outside_form_html(study, HOME, "nl", "Noord"))


def test_a_form_names_its_community_or_lets_people_tick(tmp_path):
    study = make(tmp_path, waves=(1, 2))
    one = text_of(outside_form_html(study, FACILITATOR, "nl", "Noord"))
    assert "Noord" in one
    assert "Zuid" not in one
    both = text_of(outside_form_html(study, FACILITATOR, "nl"))
    assert "Noord" in both
    assert "Zuid" in both
    with pytest.raises(ValueError, match="no community"):
        build_outside_form(study, FACILITATOR, "nl", "Oost")


def test_a_study_without_visible_themes_says_what_to_do(tmp_path):
    with pytest.raises(LcdiagError) as error:
        build_outside_form(make(tmp_path, "pulse"), FACILITATOR, "nl")
    assert [one.code for one in error.value.findings] == ["outside.nothing-to-see"]


def test_a_hostile_title_stays_text(tmp_path):
    study = make(tmp_path, title="<script>alert(1)</script>", communities=("<img src=x>", "b"))
    for source in OutsideSource:
        page = outside_form_html(study, source, "nl", "<img src=x>")
        assert "<script" not in page
        assert "<img" not in page
        assert page == outside_form_html(study, source, "nl", "<img src=x>")


def test_no_cell_of_the_sheet_is_a_formula(tmp_path):
    study = make(tmp_path, communities=("=1+1", "@b"), waves=(1, 2))
    for source in OutsideSource:
        text = outside_sheet(study, source, "nl").decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert rows[0] == ["community", "wave", "source", "scale", "rating", "share", "label"]
        assert {len(row) for row in rows} == {7}
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
        assert {row[1] for row in rows[1:]} == {"1", "2"}
        assert {row[4] for row in rows[1:]} == {""}


def test_lines_of_the_sheet_stand_in_the_order_of_the_form(tmp_path):
    study = make(tmp_path)
    form = build_outside_form(study, FACILITATOR, "nl", "Noord")
    text = outside_sheet(study, FACILITATOR, "nl").decode("utf-8-sig")
    rows = [r for r in csv.reader(io.StringIO(text), delimiter=";") if r[0] == "Noord"]
    assert [row[-1] for row in rows] == [line.text for t in form.tables for line in t.lines]


@pytest.mark.parametrize(
    ("word", "stem"),
    [("begeleider", "begeleider"), ("home", "achterban"), ("ACHTERBAN", "achterban")],
)
def test_the_command_writes_forms_and_the_sheet_once(tmp_path, capsys, word, stem):
    folder = tmp_path / "studie"
    make(folder)
    assert call(["form", str(folder), "--for", word, "--language", "nl"]) == 0
    names = sorted(path.name for path in (folder / "formulieren").iterdir())
    assert names == [f"{stem}-noord-nl.html", f"{stem}-zuid-nl.html"]
    own = folder / "external.csv"
    before = own.read_bytes()
    capsys.readouterr()
    assert call(["form", str(folder), "--for", word, "--language", "nl"]) == 0
    assert own.read_bytes() == before
    told = capsys.readouterr().out
    assert "blijft zoals het is" in told
    assert "Een rapport gebruikt" in told


@pytest.mark.parametrize(
    ("codec", "sign", "end", "closed"),
    [
        ("utf-8-sig", ";", "\r\n", True),
        ("utf-8", ",", "\n", False),
        ("utf-16", "\t", "\r\n", True),
        ("cp1252", ";", "\r\n", False),
    ],
)
def test_a_second_sheet_is_added_below_what_was_typed(tmp_path, capsys, codec, sign, end, closed):
    make(tmp_path, communities=("Noord", "Zuid"))
    own = tmp_path / "external.csv"
    typed = [
        ["oordeel", "gemeenschap", "eigen kolom", "bron", "schaal", "meetmoment"],
        ["6", "Noord", 'caf\u00e9 "x"', "begeleider", "lc-safety:safety", "1"],
        ["", "zuid", "", "Facilitator", "lc-safety:safety", "1"],
    ]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator=end).writerows(typed)
    raw = (text.getvalue() if closed else text.getvalue().removesuffix(end)).encode(codec)
    own.write_bytes(raw)
    for word in ("begeleider", "achterban"):
        assert call(["form", str(tmp_path), "--for", word, "--language", "nl"]) == 0
    assert own.read_bytes().startswith(raw)
    assert "kwamen onder in external.csv" in capsys.readouterr().out
    study = open_study(tmp_path)
    rows = list(csv.DictReader(io.StringIO(own.read_bytes().decode(codec)), delimiter=sign))
    wanted = outside_lines(study, FACILITATOR, "nl") + outside_lines(study, HOME, "nl")
    subjects = [(row["gemeenschap"].capitalize(), row["schaal"]) for row in rows]
    assert sorted(subjects) == sorted((line["community"], line["scale"]) for line in wanted)
    assert len(read_external(study)[0]) == 1
    complete = own.read_bytes()
    for word in ("home", "facilitator"):
        assert call(["form", str(tmp_path), "--for", word, "--language", "en"]) == 0
    assert own.read_bytes() == complete


@pytest.mark.parametrize(
    "raw", [b"iets,anders\r\n1,2\r\n", b'community,wave,source,scale,rating\r\n"Noord,1', b""]
)
def test_a_file_that_cannot_be_added_to_stays_and_so_does_what_was_typed_beside_it(tmp_path, raw):
    make(tmp_path)
    own = tmp_path / "external.csv"
    own.write_bytes(raw)
    made = tmp_path / "f"
    for word in ("begeleider", "achterban"):
        ask = ["form", str(tmp_path), "--for", word, "--language", "nl", "-o", str(made)]
        assert call(ask) == 0
        beside = made / f"external-{word}.csv"
        beside.write_bytes(beside.read_bytes() + b"eigen werk")
        assert call(ask) == 0
        assert beside.read_bytes().endswith(b"eigen werk")
    assert own.read_bytes() == raw


def test_a_word_that_means_nobody_is_misuse(tmp_path, capsys):
    make(tmp_path)
    assert call(["form", str(tmp_path), "--for", "burgemeester", "--language", "nl"]) == 2
    assert "begeleider" in capsys.readouterr().err


def test_forms_print_what_the_report_will_show(tmp_path, capsys):
    make(tmp_path, "short")
    assert call(["form", str(tmp_path), "-o", str(tmp_path / "f"), "--language", "nl"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^Per niveau +deels +Geen vragen over: de omgeving\.$", out, re.M)
    assert re.search(r"^Zeggen we wat we denken\? +ja$", out, re.M)
    quiet = ["form", str(tmp_path), "-o", str(tmp_path / "f"), "--language", "nl", "--quiet"]
    assert call(quiet) == 0
    assert capsys.readouterr().out == ""


def answers(folder: Path) -> None:
    study = open_study(folder)
    wave = folder / "antwoorden" / "meetmoment-1"
    wave.mkdir(parents=True)
    codes = study.questionnaire.codes
    with (wave / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "gemeenschap", *codes])
        for number in range(8):
            row = [(number + place) % 7 + 1 for place in range(len(codes))]
            writer.writerow([f"p{number}", "Noord", *row])


def test_check_tells_what_was_read_and_faults_stop_no_report(tmp_path, capsys):
    folder = tmp_path / "studie"
    make(folder, "standard", communities=("Noord",))
    answers(folder)
    head = "community,wave,source,scale,rating\n"
    (folder / "external.csv").write_text(
        head + "Noord,1,begeleider,lc-safety:safety,5\n", encoding="utf-8"
    )
    assert call(["check", str(folder), "--language", "nl"]) == 0
    told = capsys.readouterr()
    assert "1 oordeel van begeleiders gelezen." in told.err
    assert "Van de begeleider gebruikt het een oordeel alleen na een ja." in told.err
    report = ["report", str(folder), "--format", "json", "--language", "nl", "-o"]
    assert call([*report, str(tmp_path / "een")]) == 0
    (folder / "external.csv").write_text(
        head + "Nord,1,begeleider,lc-safety:safety,5\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert call(["check", str(folder), "--language", "nl"]) == 1
    told = capsys.readouterr().err
    assert "Bedoelde u “Noord”?" in told
    assert "Een rapport kan wel worden gemaakt." in told
    assert call([*report, str(tmp_path / "twee")]) == 0
    first, second = (sorted((tmp_path / name).rglob("*.json")) for name in ("een", "twee"))
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]


def test_faults_from_outside_are_there_as_json(tmp_path, capsys):
    import json

    make(tmp_path, "standard", communities=("Noord",))
    answers(tmp_path)
    (tmp_path / "external.csv").write_text("community\nNoord\n", encoding="utf-8")
    assert call(["check", str(tmp_path), "--language", "en", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["facts"]["missing"] for one in found if one["code"] == "outside.no-column"] == [
        ["wave", "source", "scale", "rating"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("source", list(OutsideSource))
def test_the_form_is_quiet_accessible_and_fits(tmp_path, chromium_program, source, width):
    import axe_playwright_python as axe
    from playwright.sync_api import sync_playwright

    study = make(tmp_path, waves=(1, 2))
    file = tmp_path / "form.html"
    file.write_text(outside_form_html(study, source, "nl"), encoding="utf-8")
    remarks: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: remarks.append(message.text))
        page.on("request", lambda request: remarks.append(request.url))
        page.goto(file.as_uri())
        assert remarks == [file.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
        browser.close()
    assert violations == []


@pytest.mark.browser
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_forms_take_one_sheet_of_paper(tmp_path, chromium_program, language):
    from playwright.sync_api import sync_playwright

    study = make(tmp_path, "standard")
    sides = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        for source in OutsideSource:
            file = tmp_path / f"{source}.html"
            file.write_text(outside_form_html(study, source, language, "Noord"), encoding="utf-8")
            page = browser.new_page()
            page.goto(file.as_uri())
            raw = page.pdf(prefer_css_page_size=True, print_background=True)
            sides[source] = len(re.findall(rb"/Type\s*/Page\b", raw))
        browser.close()
    assert sides == {FACILITATOR: 2, HOME: 1}
