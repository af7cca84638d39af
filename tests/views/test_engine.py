from __future__ import annotations

import base64
import gzip
import json
import re
from html import unescape

import pytest
from engine_sample import charts, figure, pages, strips, w
from sample import COMMUNITY, small

from lcdiag.base.dates import day
from lcdiag.base.text import resolve
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views import blocks as b
from lcdiag.views.explore import packed, style_sources
from lcdiag.views.index import render_index
from lcdiag.views.render import render_dashboard, render_pages
from lcdiag.views.theme import fingerprint, policy

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def diagnosis() -> Diagnosis:
    return small()


def page(*content: b.Block) -> tuple[b.Page, ...]:
    return (b.Page("one", w("Een", "One"), "", content),)


def scripts(html: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", html, re.S)


def rules(html: str) -> dict[str, str]:
    content = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert content is not None
    parts = [rule.split(" ", 1) for rule in unescape(content[1]).split("; ")]
    return {part[0]: part[1] for part in parts}


def test_the_same_input_gives_the_same_text(diagnosis: Diagnosis) -> None:
    first = render_dashboard(diagnosis, COMMUNITY, explore=False)
    again = Diagnosis.from_json(diagnosis.to_json())
    assert render_dashboard(again, COMMUNITY, explore=False) == first


def test_an_unknown_community_is_refused(diagnosis: Diagnosis) -> None:
    with pytest.raises(ValueError, match="received 'Elders'"):
        render_dashboard(diagnosis, "Elders")


def test_another_community_never_reaches_the_file(diagnosis: Diagnosis) -> None:
    both = diagnosis.model_copy(
        update={
            "communities": (*diagnosis.communities, "Geheime buren"),
            "sample": (
                *diagnosis.sample,
                diagnosis.sample[0].model_copy(
                    update={"community": "Geheime buren", "invited": 7654}
                ),
            ),
        }
    )
    html = render_dashboard(both, COMMUNITY, explore=False)
    assert "Geheime buren" not in html
    assert "7654" not in html
    assert html == render_dashboard(diagnosis, COMMUNITY, explore=False)


@pytest.mark.parametrize("explore", [False, True])
def test_only_named_scripts_and_styles_may_run(diagnosis: Diagnosis, explore: bool) -> None:
    html = render_pages(diagnosis, COMMUNITY, pages(), explore=explore)
    found = rules(html)
    assert found["default-src"] == "'none'"
    assert all(fingerprint(script) in found["script-src"] for script in scripts(html))
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    assert style is not None
    assert fingerprint(style[1]) in found["style-src"]
    assert "unsafe-inline" not in found["script-src"] + found["style-src"]
    assert ("style-src-attr" in found) is explore
    assert found["img-src"] == "data: blob:", "a figure is kept as a picture made in the page"
    assert not re.search(r"<[^>]* (on\w+|style)=", html)
    assert not re.search(r"(src|href)=\"(?!#)", html)


def test_the_policy_names_nothing_it_does_not_need() -> None:
    assert policy(("'a'",), ("'b'",)) == (
        "default-src 'none'; script-src 'a'; style-src 'b'; base-uri 'none'; form-action 'none'"
    )


def test_the_explore_layer_is_the_installed_script_and_packs_the_same_each_time() -> None:
    layer = packed()
    raw = base64.b64decode(layer.script)
    assert raw[4:8] == b"\0\0\0\0"
    text = gzip.decompress(raw).decode("utf-8")
    assert "plotly.js" in text[:200]
    assert layer.source == fingerprint(text)
    assert layer.styles[0] == fingerprint("")
    assert packed() is layer


def test_style_sheets_are_found_as_the_browser_will_see_them() -> None:
    script = r"""x.textContent='.a{content:"\'"}\n.b{}';y.textContent=t"""
    assert style_sources(script) == (fingerprint(""), fingerprint(""".a{content:"'"}\n.b{}"""))


def test_names_from_outside_never_become_elements(diagnosis: Diagnosis) -> None:
    renamed = diagnosis.model_copy(update={"communities": (HOSTILE,), "title": HOSTILE})
    shown = figure("f", HOSTILE, strips())
    html = render_pages(renamed, HOSTILE, page(shown, b.Prose(w(HOSTILE, HOSTILE + "!"))))
    assert HOSTILE not in html
    assert "alert(1)" in html
    index = render_index(renamed, [(HOSTILE, "a.html")])
    assert HOSTILE not in index


def test_texts_of_all_languages_are_there_and_in_the_same_places(diagnosis: Diagnosis) -> None:
    html = render_pages(diagnosis, COMMUNITY, pages(), "en", explore=False)
    assert '<html lang="en">' in html
    table = json.loads(re.findall(r'id="texts">(.*?)</script>', html, re.S)[0])
    assert list(table) == ["en", "nl"]
    assert len(table["en"]) == len(table["nl"]) == len(set(zip(table["en"], table["nl"])))  # noqa: B905
    for place, text in re.findall(r'<(?:p|th|td|a|li)[^>]* data-i="(\d+)"[^>]*>([^<]*)<', html):
        assert table["en"][int(place)] == unescape(text)
        del place


def test_one_language_needs_no_switch(diagnosis: Diagnosis) -> None:
    dutch = diagnosis.model_copy(update={"languages": ("nl",)})
    html = render_pages(dutch, COMMUNITY, pages(), explore=False)
    assert "data-lang=" not in html
    assert "data-i=" not in html


def test_every_page_is_stamped_when_nothing_is_hidden(diagnosis: Diagnosis) -> None:
    made = diagnosis.provenance.model_copy(update={"internal": True})
    html = render_pages(
        diagnosis.model_copy(update={"provenance": made}), COMMUNITY, pages(), explore=False
    )
    assert html.count("INTERN – NIET DELEN") == len(pages()) + 1 + 1
    assert "INTERN" not in render_pages(diagnosis, COMMUNITY, pages(), explore=False)


def test_ids_are_unique_and_links_lead_somewhere(diagnosis: Diagnosis) -> None:
    html = render_pages(diagnosis, COMMUNITY, pages(), explore=True)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    named = re.findall(r'(?:href="#|aria-(?:labelledby|describedby)=")([^"]+)"', html)
    assert {name for several in named for name in several.split()} <= set(ids)
    with pytest.raises(ValueError, match="received 'f' twice"):
        render_pages(diagnosis, COMMUNITY, page(*[figure("f", "F", strips())] * 2))


def test_the_latest_wave_stands_open_without_the_script(diagnosis: Diagnosis) -> None:
    html = render_pages(diagnosis, COMMUNITY, pages(), explore=False)
    waves = re.findall(r'<details class="wave" data-w="(\d)"( open)?>', html)
    assert waves == [("1", ""), ("2", ""), ("3", " open")]


def test_every_figure_has_a_name_a_description_a_caption_and_a_table(diagnosis: Diagnosis) -> None:
    html = render_dashboard(diagnosis, COMMUNITY, explore=False)
    found = re.findall(r"<figure .*?</figure>", html, re.S)
    assert len(found) >= 8
    for one in found:
        name = re.search(r'^<figure id="([^"]+)"', one)
        assert name is not None
        assert f'role="img" aria-labelledby="{name[1]}-t" aria-describedby="{name[1]}-d"' in one
        assert re.search(r"<figcaption[^>]*>[^<]", one)
        assert '<th data-i="' in one or 'scope="row"' in one
        assert 'scope="col"' in one


def test_25_figures_in_two_languages_stay_small(diagnosis: Diagnosis) -> None:
    kinds = list(charts().values())
    shown = [
        figure(f"f{place}", w(f"Figuur {place}", f"Figure {place}"), kinds[place % len(kinds)])
        for place in range(25)
    ]
    without = render_pages(diagnosis, COMMUNITY, page(*shown), explore=False)
    assert len(without.encode()) <= 200_000
    whole = render_pages(diagnosis, COMMUNITY, page(*shown), explore=True)
    assert len(whole.encode()) <= 2_300_000


def test_a_file_without_figures_carries_no_explore_layer(diagnosis: Diagnosis) -> None:
    html = render_pages(diagnosis, COMMUNITY, page(b.Prose("Niets.")), explore=True)
    assert "plotly" not in html.split("<style>")[0] + html.split("</style>")[1].split("<script")[0]
    assert len(html.encode()) < 90_000  # plotly alone takes 1.9 million


def test_the_index_leads_to_every_dashboard(diagnosis: Diagnosis) -> None:
    html = render_index(diagnosis, [(COMMUNITY, "warmte.html"), ("Zon & wind", "zon.html")])
    assert 'href="warmte.html"' in html
    assert "Zon &amp; wind" in html
    assert rules(html)["default-src"] == "'none'"


def test_the_header_names_every_wave_that_can_be_chosen_and_shows_the_last(
    diagnosis: Diagnosis,
) -> None:
    html = render_pages(diagnosis, COMMUNITY, pages(), explore=False)
    numbers = ["1", "2", "3"]
    found = re.findall(r'<span data-when="(\d+)"( hidden)?>', html)
    assert [number for number, _ in found] == numbers
    assert [bool(hidden) for _, hidden in found] == [True] * (len(numbers) - 1) + [False]
    assert 'data-when="1"' not in render_pages(
        diagnosis, COMMUNITY, page(figure("f", "F", strips())), explore=False
    )


def test_dates_are_written_the_dutch_and_the_british_way() -> None:
    when = day("2026-11-10", ("nl", "en"))
    assert resolve(when, "nl") == "10 november 2026"
    assert resolve(when, "en") == "10 November 2026"
    assert day("in de herfst", ("nl", "en")) == "in de herfst"
