from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from coordination_sample import HIDDEN_ONE, diagnosis, quality
from sample import COMMUNITY, large

from lcdiag.base.text import catalog, resolve
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.diagnosis.quality_model import Careless, Quality
from lcdiag.views import blocks as b
from lcdiag.views.blocks import Page
from lcdiag.views.coordination_file import (
    coordination_pages,
    coordination_sheet,
    render_coordination,
)
from lcdiag.views.figures import Responses
from lcdiag.views.paint import figures
from lcdiag.views.plain import plain_text

STUDY, COUNTS = diagnosis(), quality()
HIDDEN = "not shown, to protect people"
ORDER = [
    "release", "response", "visible", "linking", "blank", "careless", "intake", "questions", "how",
]  # fmt: skip


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {page.id: page for page in coordination_pages(STUDY, COUNTS)}


def told(pages: dict[str, Page], name: str, language: str = "en") -> str:
    return re.sub(r"\s+", " ", plain_text([pages[f"coordination-{name}"]], language))


def rows(pages: dict[str, Page], name: str, language: str = "en") -> list[list[str]]:
    """Return the rows of every table of a page, whatever it stands in."""

    def tables(content: tuple[b.Block, ...]) -> Iterator[b.Facts]:
        for block in content:
            if isinstance(block, b.Facts):
                yield block
            elif isinstance(block, b.PerWave):
                for _, _, part in block.parts:
                    yield from tables(part)

    found = tables(pages[f"coordination-{name}"].blocks)
    return [[resolve(text, language) for text in row] for one in found for row in one.rows]


def again(name: str, study: Diagnosis = STUDY, **changed: object) -> str:
    made = {page.id: page for page in coordination_pages(study, quality(**changed))}
    return told(made, name)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_are_short_and_judge_nobody(language: str) -> None:
    for name, said in catalog(language, "coordination").sentences.items():
        for form in (said,) if isinstance(said, str) else said:
            for sentence in re.split(r"[.?!:](?:\s|$)", form):
                assert len(sentence.split()) <= 20, (name, sentence)
            assert not re.search(r"collusi|abilene|fraud|slordig|onbetrouwba|cheat", form, re.I)


def test_the_file_is_offline_whole_and_the_same_every_time() -> None:
    html = render_coordination(STUDY, COUNTS, language="nl")
    assert html == render_coordination(STUDY, COUNTS, language="nl")
    assert re.findall(r'<section id="coordination-(\w+)"', html) == ORDER
    assert not re.search(r"(?:src|href)=.?https?:", html)
    assert "Zon op &lt;daken&gt;" in html
    assert "<daken>" not in html
    assert '<html lang="en"' in render_coordination(STUDY, COUNTS, language="en")
    assert "INTERN" not in html


def test_what_can_be_shared_is_said_for_each_community(pages: dict[str, Page]) -> None:
    text = told(pages, "release")
    assert f"Hold back the report of {COMMUNITY}. It is too close to the report" in text
    assert f"The report of {HIDDEN_ONE} holds no number about answers yet." in text
    assert "There are 3 points in the files to look at." in text
    held, silent = rows(pages, "release")
    assert held[2:] == ["9 of 11", "wait", "1 April 2026"]
    assert silent[2:] == [HIDDEN, "can be shared, but holds no numbers yet", "not yet"]
    assert "did not agree to lay communities side by side" in text


def test_a_study_without_trouble_says_so_calmly() -> None:
    fine = again("release", large(), held_back=(), rows=(), findings=())
    assert "The community sees numbers in its report. It can be shared." in fine
    assert "to look at" not in fine


def test_the_response_of_a_hidden_community_is_nowhere(pages: dict[str, Page]) -> None:
    text = told(pages, "response")
    assert "9 people answered in 1 of the 2 communities" in text
    charts = [one.chart for one in figures(pages["coordination-response"].blocks)]
    last = charts[-1]
    assert isinstance(last, Responses)
    assert [(row.label, row.answered, row.invited) for row in last.rows] == [
        (COMMUNITY, 9, 11), (HIDDEN_ONE, None, 7),
    ]  # fmt: skip
    assert "Gemeente Oost" in text


def test_languages_that_may_not_be_told_say_so(pages: dict[str, Page]) -> None:
    first, second = rows(pages, "response")[-2:]
    assert first[1:] == ["9", HIDDEN, HIDDEN]
    assert second[1:] == ["26", "20", "6"]
    hidden = quality().languages[:1]
    assert "in which language is not shown" in again("response", languages=hidden)
    assert "In which language" not in again("response", languages=())


def test_what_is_missing_for_more_tells_nothing_of_a_hidden_number(pages: dict[str, Page]) -> None:
    text = told(pages, "visible")
    assert "With 1 more answer means can become more exact" in text
    assert "Not visible yet. From 5 answers on the first means appear." in text
    assert "hidden" in text
    few = STUDY.sample[-1].model_copy(update={"invited": 4})
    nobody = STUDY.model_copy(update={"sample": (*STUDY.sample[:-1], few)})
    assert "Fewer than 5 people were invited." in again("visible", nobody)
    assert "All 1 communities" not in again("visible", large())
    assert "This community Enough answers for means" in again("visible", large())


@pytest.mark.parametrize(
    ("answered", "invited", "said"),
    [
        (5, 12, "With 1 more answer “Do we say what we think?” may get numbers too."),
        (5, 5, "With 5 people invited this is all. More would need 6 answers."),
        (8, 12, "With 2 more answers means can become more exact"),
        (8, None, "With 2 more answers means can become more exact"),
        (8, 9, "With 9 people invited this is all. More would need 10 answers."),
    ],
)
def test_how_many_more_answers_show_more(answered: int, invited: int | None, said: str) -> None:
    from lcdiag.views.coordination.visible import PAGE
    from lcdiag.views.coordination_page import Desk

    one = STUDY.sample[1].model_copy(update={"answered": answered, "invited": invited})
    study = STUDY.model_copy(update={"sample": (one,)})
    desk = Desk(study, COUNTS)
    desk.__dict__.update(pages={}, rows={})
    page = PAGE.make(desk)
    assert page is not None
    assert said in re.sub(r"\s+", " ", plain_text([page], "en"))


def test_linking_is_told_whole_or_not_at_all(pages: dict[str, Page]) -> None:
    text = told(pages, "linking")
    hidden, shown = rows(pages, "linking")
    assert hidden[1:] == ["9", HIDDEN, HIDDEN, HIDDEN, HIDDEN]
    assert shown[1:] == ["26", "15", "6", "5", "0"]
    assert "Doubtful: fits more people, not linked none or a few" in text
    assert "about 15" in text
    assert "coordination-linking" not in {
        page.id for page in coordination_pages(STUDY, quality(linked=()))
    }


def test_open_answers_are_rounded_words_and_striking_questions_are_counted(
    pages: dict[str, Page],
) -> None:
    text = told(pages, "blank")
    assert "1 question went without a rating in one out of ten or more" in text
    assert ["own", "1", "35", "about 10", "about 5"] in rows(pages, "blank")
    assert rows(pages, "blank")[-1][1:] == ["page 1", "26", "about 10"]
    calm = again("blank", items=quality().items[:1], stopped=quality().stopped[:1])
    assert "No question at all went without a rating" in calm
    assert "After no page did more than a few people stop." in calm
    assert rows(pages, "questions")[-1] == ["x9", "x9", "2", "35", "about 10", "about 5"]


def test_careless_answers_are_signs_and_few_look_like_none(pages: dict[str, Page]) -> None:
    text = told(pages, "careless")
    assert "Of about 35 people 6 seem to answer without attention." in text
    assert "−0.2" in text
    assert "not a judgement of anybody" in text
    few = again("careless", careless=Careless(people=35))
    assert "none or fewer than 5 seem to answer without attention. More is not told." in few
    assert "too few people or communities" in again("careless", careless=None)
    bare = again("careless", careless=Careless(people=35, n=6))
    assert "What the means do without them cannot be shown." in bare


def test_the_log_names_files_and_no_row(pages: dict[str, Page]) -> None:
    text = told(pages, "intake")
    assert rows(pages, "intake") == [
        ["meetmoment-1/a.csv", "about 10", "2", "personal code, language", "2"],
        ["meetmoment-2/a.csv", HIDDEN, "2", "none", "none"],
    ]
    assert "Startdatum, Opmerking" in text
    assert "Rows that repeat an earlier row do not count. Number: about 5." in text
    assert "Number: none or a few." in text
    assert "lcdiag check" in text
    assert "Nothing was remarked" in again("intake", rows=(), findings=())


def test_the_internal_file_is_stamped_and_counts_exactly() -> None:
    made = STUDY.model_copy(
        update={"provenance": STUDY.provenance.model_copy(update={"internal": True})}
    )
    exact = quality(internal=True, step=1, held_back=())
    sheet = coordination_sheet(made, exact)
    assert sheet.stamp is not None
    assert "INTERN" in resolve(sheet.stamp, "nl")
    text = {page.id: page for page in sheet.pages}
    assert "no: internal" in told(text, "release")
    assert "about 10" not in told(text, "blank")
    assert "rounded" not in told(text, "blank")
    assert "every count is exact" in told(text, "how")


def test_quality_goes_through_json() -> None:
    assert Quality.from_json(COUNTS.to_json()) == COUNTS
