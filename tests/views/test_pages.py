"""The twelve pages: whole for every kind of community, and true to the cells."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from sample import COMMUNITY, HERE, SAMPLES, Builder, large, nothing_shown, one_wave, small

from lcdiag.base.estimate import Hidden
from lcdiag.base.gather import gather
from lcdiag.base.text import Message, Number, Wording, resolve
from lcdiag.diagnosis.model import Diagnosis, PartyInvited
from lcdiag.views.blocks import Asked, Callout, Facts, Figure, Lines, Listing, Page, PerWave
from lcdiag.views.figures import Counts, Squares, Strips, Waves
from lcdiag.views.page import PageMaker

ORDER = (
    *("before", "brief", "levels", "items", "same", "between"),
    *("say", "patterns", "conditions", "development", "guide", "words"),
)
LANGUAGES = ("nl", "en")


def makers() -> list[PageMaker]:
    return sorted(gather("lcdiag.views.pages", "PAGE").values(), key=lambda maker: maker.order)


def pages(diagnosis: Diagnosis) -> dict[str, Page]:
    made = [maker.make(diagnosis, COMMUNITY) for maker in makers()]
    return {page.id: page for page in made if page is not None}


def parts(thing: Any, kind: Any) -> Iterator[Any]:
    """All parts of a kind, wherever they stand in a page."""
    if isinstance(thing, kind):
        yield thing
    if dataclasses.is_dataclass(thing) and not isinstance(thing, (Message, Wording, Number)):
        for field in dataclasses.fields(thing):
            yield from parts(getattr(thing, field.name), kind)
    elif isinstance(thing, tuple):
        for one in thing:
            yield from parts(one, kind)


def texts(page: Page, language: str) -> list[str]:
    return [resolve(one, language) for one in parts(page, (Message, Wording, Number))]


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Page]]:
    return {name: pages(make()) for name, make in SAMPLES.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_all_pages_stand_in_order(made: dict[str, dict[str, Page]], name: str) -> None:
    assert tuple(made[name]) == ORDER


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_is_there_in_both_languages(
    made: dict[str, dict[str, Page]], name: str, language: str
) -> None:
    for page in made[name].values():
        found = texts(page, language)
        assert all(one.strip() for one in found), page.id
        assert not [one for one in found if "{" in one or "None" in one], page.id


@pytest.mark.parametrize("name", SAMPLES)
def test_ids_are_unique_and_links_lead_somewhere(
    made: dict[str, dict[str, Page]], name: str
) -> None:
    everything = tuple(made[name].values())
    figures = [figure.id for figure in parts(everything, Figure)]
    assert len(figures) == len(set(figures))
    links = [one.link for one in parts(everything, (Callout, Asked)) if one.link]
    rows = [row.link for strips in parts(everything, Strips) for row in strips.rows if row.link]
    assert set(links) <= set(figures)
    if name != "nothing-shown":
        assert links
        assert set(rows) <= set(figures)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_figure_shows_only_hidden_cells(made: dict[str, dict[str, Page]], name: str) -> None:
    for chart in parts(tuple(made[name].values()), Strips):
        assert not all(isinstance(row.cell, Hidden) for row in chart.rows)
    for chart in parts(tuple(made[name].values()), Counts):
        assert not all(isinstance(row.mean, Hidden) and row.counts is None for row in chart.rows)


@pytest.mark.parametrize("name", SAMPLES)
def test_scales_of_one_figure_share_referent_and_bounds(
    made: dict[str, dict[str, Page]], name: str
) -> None:
    scales = {scale.id: scale for scale in SAMPLES[name]().words.scales}
    for figure in parts(tuple(made[name].values()), Figure):
        themes = [scales[theme] for theme in figure.themes if theme in scales]
        assert len({(one.referent, one.low, one.high) for one in themes}) <= 1, figure.id


@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_ends_in_a_question(made: dict[str, dict[str, Page]], name: str) -> None:
    closed = [one.figure for one in parts(tuple(made[name].values()), Asked)]
    for figure in parts(tuple(made[name].values()), Figure):
        # a closed figure of the guide stands between its guess and its question
        assert (figure.question is None) == (figure in closed), figure.id


def test_a_name_of_a_pattern_stands_on_the_last_page_only(
    made: dict[str, dict[str, Page]],
) -> None:
    for some in made.values():
        for page in some.values():
            found = " ".join(texts(page, "nl") + texts(page, "en")).lower()
            assert ("collusi" in found) == (page.id == "words"), page.id


def test_one_scale_of_several_is_no_title_for_all_of_them() -> None:
    diagnosis = Builder(means={("lc-collusion:avoidance", 2): 5.9}).build()
    brief = next(parts(pages(diagnosis)["brief"], PerWave)).parts[-1]
    titles = [resolve(one.title, "nl") for one in parts(brief, Figure)]
    assert "Hoe we de groep aan tafel ervaren" in titles
    assert not any("Lastige gesprekken" in one for one in titles)
    assert any("Lastige gesprekken" in resolve(one.text, "nl") for one in parts(brief, Callout))


@pytest.mark.parametrize("name", ["small", "large", "signal", "lag"])
def test_how_to_read_a_figure_is_said_once(made: dict[str, dict[str, Page]], name: str) -> None:
    for page in ("items", "development"):
        blocks = made[name][page].blocks
        several = list(parts(made[name][page], PerWave))
        captions = [
            resolve(one.caption, "nl")
            for one in parts(several[0].parts[-1] if several else blocks, Figure)
        ]
        assert len(captions) > 2
        assert all(captions.count(one) <= 2 for one in captions), page


def test_small_groups_get_rounded_means_without_counts() -> None:
    items = pages(small())["items"]
    rows = [row for chart in parts(items, Counts) for row in chart.rows]
    assert rows
    assert all(row.counts is None for row in rows)
    assert any("halve of hele punt" in one for one in texts(items, "nl"))
    assert not any("spreiding" in one for one in texts(items, "nl"))


def test_large_groups_get_the_counts_of_the_cells() -> None:
    diagnosis = large()
    latest = next(parts(pages(diagnosis)["items"], PerWave)).parts[-1]
    rows = [row for chart in parts(latest[2], Counts) for row in chart.rows]
    by_text = {item.text["nl"]: item.id for item in diagnosis.words.items}
    assert rows
    for row in rows:
        code = by_text[resolve(row.label, "nl")]
        cells = [diagnosis.cell(f"count.{point}", code, HERE, 2) for point in range(1, 8)]
        assert row.counts == tuple(cell.value for cell in cells if not isinstance(cell, Hidden))
        assert row.n == sum(row.counts)


def test_one_hidden_category_hides_all_counts_of_an_item() -> None:
    diagnosis = large()
    changed = tuple(
        m.model_copy(update={"cell": Hidden()})
        if (m.at.statistic, m.at.subject, m.at.wave) == ("count.3", "ve1", 2)
        else m
        for m in diagnosis.measures
    )
    items = pages(diagnosis.model_copy(update={"measures": changed}))["items"]
    latest = next(parts(items, PerWave)).parts[-1]
    (row,) = [
        row
        for chart in parts(latest[2], Counts)
        for row in chart.rows
        if row.label == Wording(next(i.text for i in diagnosis.words.items if i.id == "ve1"))
    ]
    assert row.counts is None


def test_items_stand_in_the_order_of_asking_and_turned_ones_are_marked() -> None:
    diagnosis = small()
    items = pages(diagnosis)["items"]
    latest = next(parts(items, PerWave)).parts[-1]
    rows = [row for chart in parts(latest[2], Counts) for row in chart.rows]
    by_text = {item.text["nl"]: item for item in diagnosis.words.items}
    asked = [by_text[resolve(row.label, "nl")] for row in rows]
    assert len(asked) == len(diagnosis.words.items)
    assert [row.turned for row in rows] == [item.reversed for item in asked]
    safety = [item.id for item in asked if item.id.startswith("ve")]
    assert safety == sorted(safety)


def test_hidden_answers_leave_the_sentences_to_talk_about() -> None:
    diagnosis = nothing_shown()
    items = pages(diagnosis)["items"]
    shown = {resolve(one, "nl") for listing in parts(items, Listing) for one in listing.items}
    assert {item.text["nl"] for item in diagnosis.words.items} <= shown
    assert not list(parts(items, Figure))


@pytest.mark.parametrize(
    ("answered", "invited", "title"),
    [
        (9, 11, "9 van de 11 deelnemers vulden de lijst in"),
        (9, 9, "Alle 9 deelnemers vulden de lijst in"),
        (9, None, "9 deelnemers vulden de lijst in; aantal uitgenodigd onbekend"),
    ],
)
def test_who_answered_is_said_in_words(answered: int, invited: int | None, title: str) -> None:
    before = pages(Builder(answered=answered, invited=invited).build())["before"]
    (figure,) = [one for one in parts(before, Figure) if isinstance(one.chart, Squares)]
    assert resolve(figure.title, "nl") == title
    known = "Iedereen antwoordde" in resolve(figure.caption, "nl")
    assert known == (answered == invited)


def test_the_signal_is_read_with_care() -> None:
    say = pages(SAMPLES["signal"]())["say"]
    latest = " ".join(
        resolve(one, "nl") for one in parts(next(parts(say, PerWave)).parts[-1], Message)
    )
    assert "aanwijzingen voor" in latest
    assert "Het kan ook anders zitten" in latest
    assert "bij 9 mensen in 88 van de 100 verzonnen groepen (tussen" in latest


@pytest.mark.parametrize("name", ["small", "large", "one-wave"])
def test_a_low_score_is_never_proof(made: dict[str, dict[str, Page]], name: str) -> None:
    found = texts(made[name]["say"], "nl")
    assert any("bewijst niet dat het er niet is" in one for one in found)
    assert not any("van de 100 verzonnen groepen" in one for one in found)


def test_everyday_topics_stand_apart() -> None:
    say = pages(small())["say"]
    own = {figure.id: figure.chart.rows for figure in parts(say, Figure)}
    labels = {key: [resolve(row.label, "nl") for row in rows] for key, rows in own.items()}
    assert len(labels["say-critical-w2"]) == 7
    assert labels["say-critical-w2"][-1] == "Alle onderwerpen samen"
    assert not set(labels["say-critical-w2"]) & set(labels["say-control-w2"])


def test_a_study_without_topics_has_no_page_about_them() -> None:
    diagnosis = Builder(blocks=(("lc-safety", "lc-context"),)).build()
    assert "say" not in pages(diagnosis)
    assert list(pages(diagnosis)) == [
        name for name in ORDER if name not in ("say", "between", "patterns")
    ]


def test_one_wave_makes_no_figure_of_change() -> None:
    development = pages(one_wave())["development"]
    assert not list(parts(development, Figure))
    assert list(parts(development, Lines))
    assert not list(parts(tuple(pages(one_wave()).values()), PerWave))


def test_no_clear_change_is_said_in_so_many_words() -> None:
    assert "We zien geen duidelijke verandering." in texts(pages(small())["development"], "nl")


def test_a_clear_change_is_said_instead() -> None:
    diagnosis = Builder(changes={"lc-trust:within": 1.4}).build()
    found = texts(pages(diagnosis)["development"], "nl")
    assert "We zien geen duidelijke verandering." not in found
    assert any("1,4 punt hoger" in one for one in found)


def test_the_only_clear_change_of_a_figure_is_its_title() -> None:
    diagnosis = Builder(changes={"lc-trust:between": -1.4}).build()
    titles = [resolve(one.title, "nl") for one in parts(pages(diagnosis)["development"], Figure)]
    assert "‘Vertrouwen tussen partijen’ ligt lager dan de vorige keer" in titles
    assert sum("dan de vorige keer" in one for one in titles) == 1


def test_one_change_told_in_brief_does_not_hide_the_others() -> None:
    names = ("lc-trust:between", "lc-trust:within", "lc-safety:safety")
    more = "Meer dan één thema veranderde duidelijk"
    for some, said in ((names[:1], False), (names, True)):
        brief = texts(pages(Builder(changes=dict.fromkeys(some, 1.4)).build())["brief"], "nl")
        assert any(one.startswith(more) for one in brief) == said


def test_at_most_three_changes_are_told() -> None:
    names = ("lc-trust:between", "lc-trust:within", "lc-safety:safety", "lc-safety:voice")
    diagnosis = Builder(changes=dict.fromkeys(names, 1.4)).build()
    told = [
        one
        for one in parts(pages(diagnosis)["development"], Callout)
        if "punt hoger" in resolve(one.text, "nl")
    ]
    assert len(told) == 3


def test_items_of_a_scale_that_was_not_asked_whole_stand_alone() -> None:
    blocks = (("lc-safety:safety", "lc-representative:rp5", "lc-representative:rp7"),)
    some = pages(Builder(blocks=blocks, waves=(1,)).build())
    strips = [f for f in parts(some["levels"], Figure) if isinstance(f.chart, Strips)]
    loose = [f for f in strips if "lc-representative" in f.id]
    assert sum(len(f.chart.rows) for f in loose) == 2
    rows = [row for chart in parts(some["items"], Counts) for row in chart.rows]
    assert len(rows) == 9


def test_waves_of_a_panel_are_the_waves_of_the_community() -> None:
    development = pages(small())["development"]
    for chart in parts(development, Waves):
        assert len(chart.waves) == 2
        assert all(len(panel.cells) == 2 for panel in chart.panels)


def test_who_joined_comes_from_the_roster_and_counts_only_where_given() -> None:
    development = pages(small())["development"]
    assert any("voor het eerst uitgenodigd: Netbeheer" in one for one in texts(development, "nl"))
    (table,) = list(parts(development, Facts))
    assert len(table.head) == 3


def test_a_community_without_answers_still_gets_a_beginning_and_an_end() -> None:
    diagnosis = small().model_copy(update={"measures": (), "sample": (), "signals": ()})
    assert list(pages(diagnosis)) == ["before", "guide", "words"]


def test_names_are_never_markup_or_placeholders() -> None:
    odd = PartyInvited(party="<b>{n}</b>", sector="", invited=3)
    diagnosis = Builder(parties=(*Builder().parties, odd)).build()
    development = pages(diagnosis)["development"]
    assert any("<b>{n}</b>" in one for one in texts(development, "nl"))


def test_the_word_list_tells_status_source_and_licence_of_every_instrument() -> None:
    diagnosis = small()
    words = pages(diagnosis)["words"]
    table = next(parts(words, Facts))
    assert len(table.rows) == len(diagnosis.words.instruments)
    for row, one in zip(table.rows, diagnosis.words.instruments, strict=True):
        title, account = (resolve(cell, "nl") for cell in row)
        assert one.title["nl"] in title
        assert one.licence in title
        assert account.startswith("Experimenteel")
        assert one.source["nl"] in account
        assert all(work in account for work in one.modelled_on)


def test_reliability_is_shown_with_interval_and_people() -> None:
    words = pages(small())["words"]
    table = next(t for t in parts(words, Facts) if len(t.head) == 3)
    (row,) = table.rows
    assert [resolve(one, "nl") for one in row][1:] == [
        "0,81 (van 0,76 tot 0,85; 300 mensen)",
        "niet bekend",
    ]
