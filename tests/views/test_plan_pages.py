from __future__ import annotations

import re
from typing import Any

import pytest

from lcdiag.base.levels import Level
from lcdiag.base.text import catalog, resolve
from lcdiag.planning.plan_model import (
    Plan,
    PlannedCommunity,
    PlannedPage,
    PlannedPower,
    PlannedRow,
    PlannedSubject,
    PlannedWave,
    PlannedWidth,
    SizeLine,
)
from lcdiag.views import blocks as b
from lcdiag.views.paint import figures
from lcdiag.views.plain import plain_text, sheet_text
from lcdiag.views.plan_pages import plan_pages, plan_sheet, render_plan

PAGES = tuple((name, {"nl": name.title(), "en": name}) for name in ("brief", "items", "words"))
SCALE = "lc-one:scale"


def power(n: int, share: float | None = 0.9, absent: str = "") -> PlannedPower:
    limits = (None, None) if share is None else (share - 0.05, min(share + 0.05, 1))
    return PlannedPower(
        wave=2, n=n, topics=3, share=share, low=limits[0], high=limits[1], absent=absent
    )


def community(name: str, n: int, *, row: str = "shown", later: str = "shown") -> PlannedCommunity:
    state = "shown" if n >= 5 else "hidden"
    widths = tuple(
        PlannedWidth(
            statistic=statistic, subject=SCALE, level=Level.GROUP, kind="community",
            wave=2, n=n, width=6 / n, before_rounding=5 / n,
        )
        for statistic in ("mean", "change")
    )  # fmt: skip
    return PlannedCommunity.model_validate(
        {
            "name": name,
            "waves": [
                PlannedWave(wave=w, invited=n + 1, answers=n, chance_shown=0.9, chance_exact=0.4)
                for w in (1, 2)
            ],
            "pages": [
                PlannedPage.model_validate({"page": page, "wave": wave, "state": one})
                for wave, seen in ((1, state), (2, later if n >= 5 else "hidden"))
                for page, one in (("brief", seen), ("items", state), ("words", "text"))
            ],
            "rows": [
                PlannedRow.model_validate(
                    {"kind": "party", "name": "De <Bron>", "wave": w, "answers": 5, "state": row}
                )
                for w in (1, 2)
            ],
            "widths": widths if n >= 5 else (),
            "power": [power(n)],
        }
    )


def plan_of(*communities: PlannedCommunity, **changed: Any) -> Plan:
    given: dict[str, Any] = {
        "title": "Study <one>", "languages": ("nl", "en"), "lcdiag": "0", "study": "s",
        "response": 0.8, "starts": (1, 2, 3), "minimum": 5, "exact": 10, "paired": 6,
        "rows_minimum": 5, "report_by": "party", "ratings": 40, "minutes": 9, "planted": 1.5,
        "pages": PAGES, "communities": communities,
        "subjects": [
            PlannedSubject(
                id=SCALE, label={"nl": "Rust", "en": "Calm"}, level=Level.GROUP, low=1, high=7
            )
        ],
        "sizes": [SizeLine(n=n, width=6 / n, power=power(n)) for n in (5, 10)],
    }  # fmt: skip
    return Plan.model_validate(given | changed)


def callouts(plan: Plan, language: str = "en") -> list[str]:
    brief = plan_pages(plan)[0]
    return [resolve(one.text, language) for one in brief.blocks if isinstance(one, b.Callout)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_are_short_and_speak_of_no_technical_word(language: str) -> None:
    for name, said in catalog(language, "plan").sentences.items():
        for form in (said,) if isinstance(said, str) else said:
            for sentence in re.split(r"[.?!:](?:\s|$)", form):
                assert len(sentence.split()) <= 20, (name, sentence)
            assert not re.search(r"collusi|abilene|betrouwbaarheidsinterval|confidence", form, re.I)


def test_what_can_be_changed_hangs_on_how_many_answer() -> None:
    one, two, eight, six, ten = (community(f"C{n}", n) for n in (1, 2, 8, 6, 12))
    said = callouts(plan_of(one, two, eight, six, ten))
    assert said[0].startswith("In C1 and C2 fewer than 5")
    assert "C8 ends just below 10" in said[1]
    assert said[2].startswith("In C6 you see means, roughly rounded")
    assert len(said) == 3
    assert callouts(plan_of(ten)) == [
        "Every community is expected to have enough answers for means and counts."
    ]
    many = callouts(plan_of(*(community(f"C{k}", 3) for k in range(6))))
    assert "C0, C1, C2, C3 \u2026" in many[0]


def test_parties_too_small_for_rows_are_asked_whether_sectors_would_do() -> None:
    hidden = community("C", 12, row="hidden")
    assert any("too small" in one for one in callouts(plan_of(hidden)))
    assert not any("too small" in one for one in callouts(plan_of(hidden, report_by="sector")))
    told = plain_text(plan_pages(plan_of(hidden)), "en")
    assert "In 0 of the 1 communities there are rows" in told
    assert "Hidden: De <Bron>\u00a0(5)." in told


def test_a_questionnaire_of_single_questions_has_no_rows_to_tell_of() -> None:
    plan = plan_of(community("C", 12, row="hidden"), subjects=(), sizes=())
    told = plain_text(plan_pages(plan), "en")
    assert "single questions only" in told
    assert "too small" not in told
    assert "Rows below the community" not in told


def test_at_most_three_things_are_told_and_who_is_missing_first() -> None:
    told = callouts(plan_of(*(community(f"C{n}", n, row="hidden") for n in (2, 6, 8)), response=1))
    assert len(told) == 3
    assert [told[0][:5], told[1][:15]] == ["In C2", "This plan count"]


def test_a_plan_that_counts_on_everybody_says_so_and_shows_no_chances() -> None:
    certain, less = (plan_of(community("C", 12), response=share) for share in (1.0, 0.8))
    tables = [
        next(one for one in plan_pages(plan)[1].blocks if isinstance(one, b.Facts))
        for plan in (certain, less)
    ]
    assert [len(one.head) for one in tables] == [3, 5]
    assert any("counts on everybody" in one for one in callouts(certain))
    assert not any("counts on everybody" in one for one in callouts(less))
    assert "90 of 100" in plain_text(plan_pages(less), "en")


def test_waves_that_are_alike_stand_once() -> None:
    alike, apart = (plan_of(community("C", 12, later=later)) for later in ("shown", "depends"))
    assert not any(isinstance(one, b.PerWave) for one in plan_pages(alike)[2].blocks)
    assert "This is so in every wave." in plain_text(plan_pages(alike), "en")
    (chosen,) = (one for one in plan_pages(apart)[2].blocks if isinstance(one, b.PerWave))
    assert [wave for wave, _, _ in chosen.parts] == [1, 2]
    assert "It depends on what people answer." in plain_text(plan_pages(apart), "en")
    assert "It depends on what people answer." not in plain_text(plan_pages(alike), "en")


def test_power_that_was_not_tried_out_is_said_and_no_topics_leave_no_page() -> None:
    there = community("C", 12)
    untried = there.model_copy(update={"power": (power(12, None, "not-simulated"),)})
    told = plain_text(plan_pages(plan_of(untried)), "en")
    assert "not tried out" in told
    assert "What nobody says" not in told
    assert "90 of 100" in plain_text(plan_pages(plan_of(there)), "en")
    few = community("F", 4).model_copy(update={"power": (power(4, None, "too-few-answers"),)})
    told = " ".join(plain_text(plan_pages(plan_of(few, there)), "en").split())
    assert "90 of 100 groups (85 to 95). With fewer than 6 answers the report never sees" in told
    assert "never: too few answers" in told
    alone = " ".join(plain_text(plan_pages(plan_of(few)), "en").split())
    assert "What nobody says With fewer than 6 answers the report never sees" in alone
    silent = there.model_copy(update={"power": ()})
    assert "plan-power" not in [page.id for page in plan_pages(plan_of(silent, planted=None))]


def test_a_study_in_which_nothing_is_shown_still_has_a_plan() -> None:
    plan = plan_of(community("C", 3), community("D", 2))
    told = plain_text(plan_pages(plan), "nl")
    assert "In 0 van de 2 gemeenschappen" in told
    assert "Breedte per thema" not in told
    assert render_plan(plan, "nl").count("<figure") >= 1, (
        "how wide strips are by size is still told"
    )


def test_levels_and_changes_have_tables_of_their_own() -> None:
    plan = plan_of(community("C", 6), community("D", 9), community("E", 30))
    (page,) = (one for one in plan_pages(plan) if one.id == "plan-precision")
    captions = {resolve(one.caption, "en"): one for one in page.blocks if isinstance(one, b.Facts)}
    assert list(captions) == ["Level: the group", "Change between waves"]
    heads = [resolve(one, "en") for one in captions["Level: the group"].head]
    assert heads[1:] == ["6 answers", "9 answers", "30 answers"]
    assert [resolve(one, "nl") for one in captions["Change between waves"].rows[0]] == [
        "Rust", "1,0", "0,7", "0,2",
    ]  # fmt: skip


def test_names_are_escaped_and_examples_lie_in_the_middle() -> None:
    plan = plan_of(community("C", 12), made="2026-11-23")
    html = render_plan(plan, "en")
    assert "De <Bron>" not in html
    assert "De &lt;Bron&gt;" in html
    assert "Study &lt;one&gt;" in html
    strips = next(one for page in plan_pages(plan) for one in figures(page.blocks))
    for row in strips.chart.rows:  # type: ignore[union-attr]
        assert row.cell.value == 4  # type: ignore[union-attr]
    assert sheet_text(plan_sheet(plan), "en").startswith("WHAT CAN THIS STUDY SHOW?\nStudy <one>")
