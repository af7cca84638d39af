"""The form of a questionnaire about each other party, in sittings, or for those represented."""

from __future__ import annotations

import html
import re

import pytest
from written_studies import study_folder

from lcdiag.instrument.study import Study
from lcdiag.survey.create import new_study
from lcdiag.survey.form import build_form, form_html
from lcdiag.survey.open import open_study

ROWS = (
    ("Warmte", "Gemeente", "overheid", 6),
    ("Warmte", "Net", "bedrijf", 3),
    ("Warmte", "<b>{party}</b>", "bedrijf", 3),
    ("Water", "Gemeente", "overheid", 5),
    ("Water", "Waterschap", "overheid", 5),
)


def study(folder, extra: str) -> Study:
    return open_study(study_folder(folder, f'title = "Proef"\n{extra}', ROWS))


def text_of(page: str) -> str:
    body = re.sub(r"<style>.*?</style>|</?b>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)))


def lines(one: Study, community: str | None):
    return [line for table in build_form(one, "nl", community).tables for line in table.lines]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_community_rates_only_the_parties_at_its_table(tmp_path, language):
    one = study(tmp_path, 'instruments = ["lc-party-grid"]')
    page = text_of(form_html(one, language, "Water"))
    assert "Waterschap" in page
    assert "Net " not in page
    assert "{party}" not in page
    assert [line.party for line in lines(one, "Water")] == ["Gemeente", "Waterschap"] * 5
    assert len(lines(one, None)) == len(one.questionnaire.codes) == 20


def test_a_hostile_name_is_only_text(tmp_path):
    one = study(tmp_path, 'instruments = ["lc-party-grid"]')
    page = form_html(one, "nl", "Warmte")
    assert "<b>&lt;b&gt;{party}&lt;/b&gt;</b>" in page
    assert "<b>{party}" not in page


def test_numbers_are_equal_on_the_forms_of_all_tables(tmp_path):
    one = study(tmp_path, 'instruments = ["lc-party-grid", "lc-context"]')
    forms = [{line.code: line.number for line in lines(one, name)} for name in ("Water", "Warmte")]
    shared = forms[0].keys() & forms[1].keys()
    assert len(shared) == 5 + 6
    assert all(forms[0][code] == forms[1][code] for code in shared)
    assert forms[0]["cx1"] == 6


def test_a_form_counts_what_one_person_rates(tmp_path):
    one = study(tmp_path, 'instruments = ["lc-party-grid"]')
    assert build_form(one, "nl", "Warmte").count == 5 * 2
    assert build_form(one, "nl", "Water").count == 5
    assert one.questionnaire.minutes == 3


def test_it_is_said_that_an_empty_row_tells_the_party(tmp_path):
    one = study(tmp_path, 'instruments = ["lc-party-grid"]')
    facts = {fact.name: fact.text for fact in build_form(one, "nl").facts}
    assert "uw partij zien" in facts["party"]
    plain = study(tmp_path / "plain", 'instruments = ["lc-safety"]')
    assert "uw partij zien" not in " ".join(fact.text for fact in build_form(plain, "nl").facts)


@pytest.mark.parametrize(
    ("report_by", "nl", "en"),
    [
        ("party", "Vanaf 6 mensen van uw partij", "From 6 people of your party"),
        ("sector", "Vanaf 6 mensen van uw sector", "From 6 people of your sector"),
        ("none", "", ""),
    ],
)
def test_it_is_said_whose_view_of_others_may_be_shown(tmp_path, report_by, nl, en):
    agreed = f'[thresholds]\nminimum = 6\n[small_parties]\nreport_by = "{report_by}"'
    one = study(tmp_path, f'instruments = ["lc-party-grid"]\n{agreed}')
    for language, wanted in (("nl", nl), ("en", en)):
        said = {fact.name: fact.text for fact in build_form(one, language).facts}["party"]
        assert wanted in said
        shown = [one for one in ("kan het rapport tonen", "the report can show") if one in said]
        assert bool(shown) == (report_by != "none")
        assert max(len(sentence.split()) for sentence in re.split(r"[.?!:]", said)) <= 20


@pytest.mark.parametrize(("language", "part"), [("nl", "Tweede deel"), ("en", "Second part")])
def test_a_second_sitting_has_its_own_sheet_its_time_and_the_code_again(tmp_path, language, part):
    one = study(tmp_path, 'set = "full"\ninstruments = ["lc-link"]')
    form = build_form(one, language, "Warmte")
    (place,) = form.sittings
    sitting = form.sittings[place]
    assert sitting.coded
    assert form.first_minutes + sitting.minutes == form.minutes
    page = form_html(one, language, "Warmte")
    assert page.count('class="page later"') == 1
    text = text_of(page)
    assert text.index(part) > text.index(one.questionnaire.open_questions[-1].text[language])
    assert ("nog een keer op" if language == "nl" else "once more") in text
    stop = "Hier stopt het eerste deel." if language == "nl" else "The first part stops here."
    assert text.count(stop) == 1
    assert text.index(stop) < text.index(part)


def test_without_a_code_none_is_asked_again(tmp_path):
    one = study(tmp_path, 'set = "full"')
    text = text_of(form_html(one, "nl", "Warmte"))
    assert "Tweede deel" in text
    assert "Schrijf die hier nog een keer op" not in text


@pytest.mark.parametrize("name", ["short", "pulse"])
def test_one_sitting_has_no_parts(tmp_path, name):
    form = build_form(study(tmp_path, f'set = "{name}"'), "nl", "Warmte")
    assert not form.sittings
    assert form.first_minutes == 0


def test_people_represented_are_not_told_that_they_sit_at_the_table(tmp_path):
    one = study(tmp_path, 'set = "achterban"')
    text = text_of(form_html(one, "nl", "Warmte"))
    for words in ("uw groep", "Uw groep", "hoe u samenwerkt", "voert u samen"):
        assert words not in text
    assert "aan tafel" in text
    english = text_of(form_html(one, "en", "Warmte"))
    for words in ("your group", "Your group", "how you work together"):
        assert words not in english


def test_a_new_study_of_the_people_represented_tells_them_who_talks(tmp_path):
    """Also where a study was made for the table, and only its set was changed since."""
    made = tmp_path / "made"
    new_study(made, title="Proef", set_id="achterban")
    changed = tmp_path / "changed"
    new_study(changed, title="Proef")
    file = changed / "study.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('set = "standard"', 'set = "achterban"'), encoding="utf-8")
    for folder in (made, changed):
        for language, words in (("nl", "uw groep"), ("en", "your group")):
            assert words not in text_of(form_html(open_study(folder), language)).casefold()


def test_before_a_first_meeting_nobody_has_worked_together(tmp_path):
    one = study(tmp_path, 'set = "expectations"')
    assert "hoe u samenwerkt" not in text_of(form_html(one, "nl", "Warmte"))
    assert "how you work together" not in text_of(form_html(one, "en", "Warmte"))


def test_the_tables_of_the_topics_ask_what_people_want(tmp_path):
    one = study(tmp_path, 'set = "short"')
    headings = {
        "nl": ["Wat wilt u zelf?", "Wat willen de anderen, denkt u?", "Wat doen we?"],
        "en": [
            "What do you want yourself?",
            "What do the others want, do you think?",
            "What do we do?",
        ],
    }
    for language, asked in headings.items():
        labels = [table.label for table in build_form(one, language, "Warmte").tables]
        assert [label for label in labels if label in asked] == asked


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_section_says_in_plain_words_what_is_known_of_it(tmp_path, language):
    one = study(tmp_path, 'set = "full"\ninstruments = ["lc-link"]')
    form = build_form(one, language, "Warmte")
    for section in (section for page in form.pages for section in page):
        assert bool(section.status) == bool(section.tables)
        assert "experiment" not in section.status
    assert one.questionnaire.instruments[0].id.startswith("lc-")
    told = {"nl": "nog niet onderzocht", "en": "not been studied yet"}[language]
    assert told in form.pages[0][0].status
