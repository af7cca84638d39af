from __future__ import annotations

import re
from dataclasses import replace

import pytest
from engine_sample import pages as engine_pages

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Wording, resolve
from lcdiag.views import blocks as b
from lcdiag.views.figures import Axis, StripRow, Strips
from lcdiag.views.frame import kind_of
from lcdiag.views.paint import figures
from lcdiag.views.plain import columns, plain_text, sheet_text
from lcdiag.views.sheet import Sheet, render_sheet

SAID = Wording({"nl": "Hoe <zeker> is dit?", "en": "How <certain> is this?"})


def facts(*rows: tuple[object, ...], head: tuple[str, ...] = ("name", "number")) -> b.Facts:
    return b.Facts("A table", head, rows)  # type: ignore[arg-type]


def sheet(*content: b.Block, **around: object) -> Sheet:
    page = b.Page("one", SAID, "What it is about.", content)
    return replace(
        Sheet(SAID, "A sentence below it.", ("A study", ""), (page,), ("Made by hand.",)),
        **around,  # type: ignore[arg-type]
    )


def strips(name: str = "strips") -> b.Figure:
    rows = (StripRow("first row", Estimate(4.2, 3.0, 5.4, 0.95, n=11)),)
    chart = Strips(rows=rows, axis=Axis(1, 7, "low", "high"))
    return b.Figure(name, "A finding", "How to read it", "What is seen", chart, question="So what?")


def test_a_sheet_is_one_offline_file_in_both_languages() -> None:
    html = render_sheet(sheet(strips(), facts(("a", Number(1.5)))), "nl")
    assert '<html lang="nl"' in html
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert "Hoe &lt;zeker&gt; is dit?" in html, "content is escaped"
    assert "How \\u003ccertain\\u003e is this?" in html, "the other language travels along"
    assert 'data-lang="en"' in html
    assert not re.search(r"(?:src|href)=.?https?:", html)
    assert html.count("<figure") == 1
    assert 'id="xp"' not in html
    assert "Made by hand." in html


def test_the_language_asked_for_comes_first_and_languages_can_be_fewer() -> None:
    assert '<html lang="en"' in render_sheet(sheet(), "en")
    alone = render_sheet(sheet(), "nl", ("nl",))
    assert 'data-lang="en"' not in alone
    assert "certain" not in alone


def test_the_same_sheet_gives_the_same_text_and_empty_parts_leave_no_dot() -> None:
    one = sheet(strips())
    assert render_sheet(one) == render_sheet(one)
    assert "A study ·" not in render_sheet(one)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="unique in a file; received 'strips' twice"):
        render_sheet(sheet(strips(), strips()))


def test_waves_can_be_chosen_in_a_sheet_too() -> None:
    parts = tuple((wave, f"wave {wave}", (b.Prose(f"told of {wave}"),)) for wave in (1, 2))
    html = render_sheet(sheet(b.PerWave(parts)))
    assert 'id="choose-wave"' in html
    assert re.search(r'<details[^>]*data-w="2"[^>]* open', html)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_pages_say_stands_in_the_text(language: str) -> None:
    pages = engine_pages()
    text = " ".join(plain_text(pages, language).split())
    for page in pages:
        assert " ".join(resolve(page.title, language).split()) in text
        for figure in figures(page.blocks):
            for said in (figure.title, figure.caption, figure.question):
                assert said is None or " ".join(resolve(said, language).split()) in text
            for row in kind_of(figure.chart).table(figure.chart).rows:
                for word in resolve(row[0], language).split():
                    assert word in text
    assert "{" not in text


def test_lines_are_wrapped_and_tables_fit() -> None:
    long = "many words that go on and on " * 8
    names = tuple(f"party number {k} of many" for k in range(12))
    wide = facts(
        *((f"community {k}", ", ".join(names[: 3 * k]), Number(10 * k, 0)) for k in range(1, 4)),
        head=("community", "who is shown", "answers in the last wave"),
    )
    items = b.Listing((long, long), ordered=True)
    talk = b.Callout(long, question="And you?", label="To talk about")
    told = plain_text([b.Page("p", "Title", long, (b.Prose(long), items, talk, wide))], "en", 72)
    assert max(columns(line) for line in told.splitlines()) <= 72
    assert "\n1. many" in told
    assert "\n   many" in told or "\n   words" in told or "\n   on" in told
    for name in names[:9]:
        assert name.split()[2] in told
    assert not re.search(r"\n\n\n", told)


def test_numbers_stand_to_the_right_and_rows_stay_in_line() -> None:
    rows = (("short", Number(5, 0)), ("rather longer", Number(12, 0)))
    lines = plain_text([b.Page("p", "T", "", (facts(*rows),))], "nl").splitlines()
    five, twelve = (next(line for line in lines if line.endswith(end)) for end in (" 5", "12"))
    assert len(five) == len(twelve)


def test_a_word_is_never_cut_even_where_nothing_fits() -> None:
    word = "kwaliteitsontwikkelingssamenwerking"
    told = plain_text([b.Page("p", "T", "", (facts((word, word), (word, "a")),))], "nl", 40)
    assert told.count(word) == 3
    kept = "\u00a0".join(("Regiocollege", "(7)"))
    told = plain_text([b.Page("p", "T", "", (facts((f"{word} {kept}", "a")),))], "nl", 40)
    assert kept in told, "a name keeps the number behind it"


def test_badges_and_the_head_of_a_sheet_are_told() -> None:
    page = b.Page("p", "T", "", (b.Heading("Part", badge="experimental"),), badge="new")
    assert (
        plain_text([page], "en") == "T (new)\n=======\n\nPart (experimental)\n-------------------\n"
    )
    told = sheet_text(sheet(), "en").splitlines()
    assert told[:3] == ["HOW <CERTAIN> IS THIS?", "A study", "A sentence below it."]


def test_parts_beside_each_other_and_waves_follow_one_another() -> None:
    parts = ((1, Message("plan.wave", {"number": Number(1, 0)}), (b.Prose("early"),)),)
    content = (
        b.Beside((b.Prose("main"),), (b.Lines("write here"),)),
        b.Panels(((b.Prose("left"),), (b.Terms((("word", "meaning"),)),))),
        b.PerWave(parts),
    )
    told = plain_text([b.Page("p", "T", "", content)], "en").split()
    order = ["main", "write", "left", "word", "meaning", "early"]
    assert [word for word in told if word in order] == order
