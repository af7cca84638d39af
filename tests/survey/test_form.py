from __future__ import annotations

import base64
import hashlib
import html
import itertools
import re

import pytest
from written_studies import TWO_PARTIES, small_study, study_folder

from lcdiag.instrument.catalogue import own_ids, set_ids
from lcdiag.survey.form import build_form, form_html
from lcdiag.survey.open import open_study
from lcdiag.survey.paper import css_string
from lcdiag.survey.promises import facts

FORBIDDEN = re.compile(
    r"collusi|abilene|schijnharmonie|stereotyp|lc-[a-z]|false harmony|reversed|experimenteel",
    re.IGNORECASE,
)


def visible(page: str) -> str:
    """The text of a page without its style sheet and tags."""
    body = re.sub(r"<style>.*?</style>|</?b>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)))


def words(study, language):
    form = build_form(study, language)
    return {fact.name: fact.text for fact in form.facts}


@pytest.mark.parametrize("name", set_ids())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_item_is_asked_once_in_order_with_all_its_answers(tmp_path, name, language):
    extra = f'title="Proef"\nset="{name}"\ninstruments=["lc-link"]\n{TWO_PARTIES}'
    study = open_study(study_folder(tmp_path, extra))
    page = form_html(study, language)
    text = visible(page)
    for asked in (study.questionnaire.items, study.questionnaire.open_questions):
        places = [text.index(one.text[language]) for one in asked]
        assert places == sorted(places)
    for code in study.questionnaire.codes:
        assert page.count(f"<small>{code}</small>") == 1
    for item in study.questionnaire.items:
        for label in study.questionnaire.format_of(item.id).points[language]:
            assert label in text
    rows = page.count('<tr role="row"')
    assert rows == len(study.questionnaire.items)
    assert page.startswith("<!DOCTYPE html>")
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_respondents_never_meet_the_words_of_the_analysis(tmp_path, language):
    blocks = ", ".join(f'"{one}"' for one in own_ids())
    extra = f'title="Proef"\ninstruments=[{blocks}]\n{TWO_PARTIES}'
    study = open_study(study_folder(tmp_path, extra))
    page = form_html(study, language)
    found = FORBIDDEN.findall(page)
    assert not found


def test_the_page_fetches_nothing_and_runs_nothing(tmp_path):
    page = form_html(small_study(tmp_path), "nl")
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert " style=" not in page
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in html.unescape(page)


def test_the_same_study_gives_the_same_page(tmp_path):
    study = small_study(tmp_path)
    assert form_html(study, "nl") == form_html(study, "nl")


def test_page_one_says_what_the_settings_say(tmp_path):
    extra = """
purpose.nl = "Omdat we het willen weten."
contact = "Saskia, 06 12"
kept_months = 7
portfolio_agreed = true
instruments = ["lc-link"]
[thresholds]
minimum = 6
exact = 14
paired = 9
[small_parties]
agreed_by = ["Gemeente", "Net"]
agreed_on = "2026-10-01"
"""
    said = words(small_study(tmp_path, extra), "nl")
    assert said["purpose"].startswith("Omdat we het willen weten.")
    assert said["contact"] == "Saskia, 06 12"
    assert "7 maanden" in said["kept"]
    for number in ("6 mensen", "14 antwoorden", "vanaf 9"):
        assert number in said["minimum"]
    assert "naast elkaar mag zien" in said["who"]
    assert "op 1 oktober 2026: Gemeente, Net" in said["party"]
    assert "minder anoniem" in said["code"]
    assert "uw code" in said["voluntary"]


def test_what_was_not_agreed_is_not_promised(tmp_path):
    said = words(small_study(tmp_path), "nl")
    assert "Niemand krijgt een overzicht" in said["who"]
    assert "code" not in said
    assert "niet weghalen" in said["voluntary"]
    assert "spraken af" not in said["party"]


@pytest.mark.parametrize("set_id", ["short", "achterban"])
def test_page_one_says_whose_rows_the_group_may_see(tmp_path, set_id):
    for agreed, named in (("party", "partij of sector"), ("sector", "Een sector"), ("none", "")):
        extra = f'title="Proef"\nset="{set_id}"\n[small_parties]\nreport_by="{agreed}"'
        said = words(small_study(tmp_path / agreed, extra), "nl")["who"]
        assert ("eigen rij" in said) == bool(named)
        assert named in said
        assert ("zien alleen" in said) == (not named)


def test_one_month_is_singular(tmp_path):
    study = small_study(tmp_path, "kept_months = 1")
    assert "1 maand." in words(study, "nl")["kept"]
    assert "1 month." in words(study, "en")["kept"]


def test_facts_are_short_sentences(tmp_path):
    for number, extra in enumerate(('instruments=["lc-link"]', "portfolio_agreed=true")):
        study = small_study(tmp_path / str(number), extra)
        for language in ("nl", "en"):
            for fact in facts(study, build_form(study, language).choices, language):
                for one in re.split(r"(?<=[.?!:])\s+", fact.text):
                    assert len(one.split()) <= 21, one


def test_a_small_party_is_asked_for_its_sector(tmp_path):
    text = visible(form_html(small_study(tmp_path), "nl"))
    you = text[text.index("Over u") : text.index("Zo vult u in")]
    assert "Gemeente" in you
    assert "bedrijf" in you
    assert "Net" not in you
    assert "overheid" not in you


def test_without_small_parties_by_agreement_or_at_all(tmp_path):
    sector = build_form(
        small_study(tmp_path / "a", '[small_parties]\nreport_by="sector"'), "nl"
    ).choices
    assert (sector.parties, sector.sectors) == ((), ("overheid", "bedrijf"))
    none = small_study(tmp_path / "b", '[small_parties]\nreport_by="none"')
    assert build_form(none, "nl").choices.reason == "none"
    assert "Bij welke" not in visible(form_html(none, "nl"))
    assert "niet bij welke partij" in words(none, "nl")["party"]


def test_a_party_that_is_large_in_one_community_only_says_where(tmp_path):
    rows = [("Warmte", "Net", "bedrijf", 5), ("Water", "Net", "bedrijf", 4)]
    study = small_study(tmp_path, rows=rows)
    choices = build_form(study, "nl").choices
    assert choices.parties == (("Net", ("Warmte",)),)
    assert choices.sectors == ("bedrijf",)
    assert "alleen in Warmte" in visible(form_html(study, "nl"))
    assert build_form(study, "nl", "Warmte").choices.parties == (("Net", ()),)
    assert build_form(study, "nl", "Water").choices.parties == ()


def test_the_smallest_wave_decides(tmp_path):
    headings = (
        "gemeenschap",
        "partij",
        "sector",
        "uitgenodigd meetmoment 1",
        "uitgenodigd meetmoment 2",
    )
    rows = [("Warmte", "Net", "bedrijf", 9, 4)]
    waves = "waves = [{number=1}, {number=2}]"
    study = open_study(study_folder(tmp_path, waves, rows, headings))
    assert build_form(study, "nl").choices.parties == ()


def test_unknown_numbers_name_no_party(tmp_path):
    extra = 'parties=[{name="Net", sector="bedrijf"}]'
    study = open_study(study_folder(tmp_path, extra))
    choices = build_form(study, "nl").choices
    assert (choices.parties, choices.sectors, choices.reason) == ((), ("bedrijf",), "unknown")


def test_hostile_names_are_only_text(tmp_path):
    script, formula = "<script>alert(1)</script>", '=HYPERLINK("http://x","y")'
    rows = [(script, '"><img src=x onerror=alert(1)>', "</style>", 6), (formula, "N", "{{7*7}}", 2)]
    extra = "title = '</title></style><script>alert(2)</script>'\nset=\"short\""
    page = form_html(open_study(study_folder(tmp_path, extra, rows)), "nl")
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("</style>") == 1
    assert "{{7*7}}" in page
    text = visible(page)
    assert script in text
    assert formula in text


def test_a_title_cannot_leave_its_css_string():
    assert css_string('a"; } b\\') == '"a\\22 \\3b \\20 \\7d \\20 b\\5c "'


def test_many_communities_are_written_not_listed(tmp_path):
    rows = [(f"Gemeenschap {number}", "Net", "bedrijf", 3) for number in range(20)]
    study = small_study(tmp_path, rows=rows)
    text = visible(form_html(study, "nl"))
    assert "Gemeenschap 7" not in text
    assert "Schrijf de naam van de groep" in text
    assert "Gemeenschap 7" in visible(form_html(study, "nl", "Gemeenschap 7"))


def test_a_language_that_is_not_asked_is_refused(tmp_path):
    study = small_study(tmp_path, 'languages=["nl"]')
    with pytest.raises(ValueError, match="asked in nl"):
        form_html(study, "en")
    with pytest.raises(ValueError, match="no community"):
        form_html(study, "nl", "Elders")


def test_headings_descend_without_gaps_and_tables_have_scopes(tmp_path):
    page = form_html(small_study(tmp_path, 'instruments=["lc-link"]'), "en")
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    heads = re.findall(r"<th [^>]*>", page)
    assert heads
    assert all("scope=" in head for head in heads)
