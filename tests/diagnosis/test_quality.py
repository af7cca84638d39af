from __future__ import annotations

import string
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_study import CODES, make_responses, make_study

from lcdiag.base.findings import Finding, Severity
from lcdiag.base.text import catalog
from lcdiag.diagnosis.quality import quality_of
from lcdiag.diagnosis.quality_model import FileRead, Quality
from lcdiag.diagnosis.quality_parts.intake import ABOUT_FILES, ABOUT_ROWS, NOT_TOLD, OTHER
from lcdiag.instrument.study import Study
from lcdiag.responses.model import DONT_KNOW, MISSING, ResponseSet

Rows = list[dict[str, object]]
MINIMUM = 5
TOWNS = ("North", "South", "East", "West")


def people(community: str, count: int, wave: int = 1, *, start: int = 0, **answers: object) -> Rows:
    """Rows of people with codes of their own, who answer at random."""
    rng = np.random.default_rng([sum(map(ord, community)), wave, start])
    drawn = rng.integers(1, 8, (count, len(CODES))).tolist()
    varied = [dict(zip(CODES, row, strict=True)) for row in drawn]
    who = {"community": community, "wave": wave}
    return [
        {"person": f"{community}-{start + k}", **who, **varied[k], **answers} for k in range(count)
    ]


def quality(rows: Rows, study: Study | None = None, **given: object) -> Quality:
    return quality_of(study or make_study(TOWNS, (1, 2, 3)), make_responses(rows), **given)


def test_who_came_back_is_counted_over_the_study() -> None:
    rows = people("North", 12) + people("North", 12, 2, start=6)
    rows += people("South", 14) + people("South", 13, 2, start=7)
    (found,) = quality(rows).linked
    assert (found.wave, found.forms) == (2, 25)
    assert (found.stayed, found.joined, found.unlinked, found.left) == (13, 12, 0, 13)


def test_who_came_back_is_hidden_where_a_few_people_would_be_told() -> None:
    few_left = people("North", 12) + people("North", 9, 2)
    (found,) = quality(few_left).linked
    assert (found.forms, found.stayed, found.left) == (9, None, None)
    # North shows its own: what is left of the sums would be one community's
    rest = people("North", 12) + people("North", 12, 2, start=6)
    rest += people("South", 14) + people("South", 13, 2, start=2)
    (found,) = quality(rest).linked
    assert found.stayed is None
    exactly = quality(rest, internal=True).linked[0]
    assert (exactly.stayed, exactly.joined, exactly.left) == (6 + 12, 6 + 1, 6 + 2)


def test_rows_without_a_code_are_linked_to_nobody() -> None:
    rows = people("North", 12) + people("North", 12, 2, start=6)
    rows += [{**row, "person": f"row-2-{k}"} for k, row in enumerate(people("North", 6, 2))]
    (found,) = quality(rows).linked
    assert (found.stayed, found.joined, found.unlinked, found.left) == (6, 6, 6, 6)


def test_a_language_of_a_few_people_hides_all_languages_of_its_wave() -> None:
    english = people("North", 6, start=20, language="en")
    found = quality(people("North", 10) + english + people("North", 14, 2)).languages
    assert [(one.language, one.n) for one in found[0].counts] == [("nl", 10), ("en", 6)]
    assert [(one.language, one.n) for one in found[1].counts] == [("nl", 14)]
    (hidden,) = quality(people("North", 10) + english[:4]).languages
    assert (hidden.forms, hidden.counts) == (14, ())


def test_open_answers_are_rounded_and_stay_in_the_order_of_asking() -> None:
    rows = people("North", 40)
    for row in rows[:8]:
        row["a2"] = MISSING
    for row in rows[:13]:
        row["a3"] = DONT_KNOW
    for row in rows[:2]:
        row["s1"] = MISSING
    found = quality(rows)
    assert tuple(one.id for one in found.items) == CODES
    told = {one.id: (one.asked, one.open, one.dont_know) for one in found.items}
    assert told["a2"] == (40, 10, 0)
    assert told["a3"] == (40, 0, 15)
    assert told["s1"] == (40, 0, 0)
    instrument, page = found.parts
    assert (instrument.kind, instrument.name, page.kind, page.name) == (
        "instrument", "toy", "page", "1",
    )  # fmt: skip
    assert (page.questions, page.asked, page.open, page.dont_know) == (20, 800, 10, 15)
    exactly = {one.id: one.open for one in quality(rows, internal=True).items}
    assert (exactly["a2"], exactly["s1"]) == (8, 2)


def test_no_rounded_count_is_larger_than_what_was_asked() -> None:
    rows = people("North", 13)
    for row in rows[:12]:
        row["a2"] = DONT_KNOW
    (found,) = [one for one in quality(rows).items if one.id == "a2"]
    assert (found.asked, found.dont_know) == (13, 10)


def test_a_question_that_a_wave_did_not_ask_is_not_open_there() -> None:
    rows = people("North", 12) + people("North", 12, 2, a1=MISSING)
    told = {one.id: (one.asked, one.open) for one in quality(rows).items}
    assert told["a1"] == (12, 0)
    assert told["a2"] == (24, 0)


def two_pages(study: Study) -> Study:
    """The same questions over two pages of the form."""
    block = study.questionnaire.pages[0][0]
    first, second = replace(block, items=block.items[:8]), replace(block, items=block.items[8:])
    return replace(study, questionnaire=replace(study.questionnaire, pages=((first,), (second,))))


def test_where_people_stopped_is_the_last_page_with_an_answer() -> None:
    rows = people("North", 30)
    for row in rows[:11]:
        row.update(dict.fromkeys(CODES[8:], MISSING))
    rows[11].update(dict.fromkeys(CODES[:8], MISSING))
    found = quality(rows, two_pages(make_study(TOWNS, (1,))))
    assert found.pages == 2
    assert [(one.page, one.forms, one.n) for one in found.stopped] == [(1, 30, 10)]


def with_careless(count: int, towns: tuple[str, ...] = TOWNS) -> Rows:
    rows = [row for town in towns for row in people(town, 15)]
    for row in rows[:count]:
        row.update(dict.fromkeys(CODES, 7))
    return rows


def test_careless_answers_are_counted_and_weighed_on_the_means() -> None:
    found = quality(with_careless(9)).careless
    assert found is not None
    assert (found.people, found.n) == (60, 9)
    rows = with_careless(9)
    # a3 is reversed: seven throughout becomes (7 + 7 + 1) / 3
    scores = [(float(r["a1"]) + float(r["a2"]) + 8 - float(r["a3"])) / 3 for r in rows]  # type: ignore[arg-type]
    moved = round(float(np.mean(scores[9:]) - np.mean(scores)), 1)
    assert moved != 0
    assert {one.scale: one.moved for one in found.moved}["toy:ease"] == moved


def test_a_few_careless_people_look_like_none() -> None:
    none, few = quality(with_careless(0)).careless, quality(with_careless(4)).careless
    assert none == few
    assert none is not None
    assert (none.n, none.moved) == (None, ())
    assert quality(with_careless(4), internal=True).careless.n == 4  # type: ignore[union-attr]


def test_careless_answers_of_two_communities_or_few_people_are_not_looked_at() -> None:
    assert quality(with_careless(9, TOWNS[:2])).careless is None
    assert quality(people("North", 29)).careless is None
    alone = quality(people("North", 24) + people("North", 6, start=30, all=7)).careless
    assert alone is not None
    nearly_all = people("North", 22, **dict.fromkeys(CODES, 7)) + people("North", 9, start=30)
    left = quality(nearly_all).careless
    assert left is not None
    assert left.n is None


def test_rows_of_files_are_rounded_and_hidden_beside_a_hidden_community() -> None:
    files = [
        FileRead(name="one.csv", wave=1, rows=23, questions=20),
        FileRead(name="two.csv", wave=1, rows=3, questions=20),
        FileRead(name="three.csv", wave=2, rows=23, questions=20),
    ]
    rows = people("North", 12) + people("North", 12, 2) + people("South", 3, 2)
    assert [one.rows for one in quality(rows, files=files).files] == [25, None, None]
    # two hidden communities that hold enough together do not give each other away
    rows += people("East", 4, 2)
    assert [one.rows for one in quality(rows, files=files).files] == [25, None, 25]
    assert [one.rows for one in quality(rows, files=files, internal=True).files] == [23, 3, 23]


def test_remarks_on_rows_go_without_their_rows() -> None:
    findings = (
        Finding("responses.same-twice", Severity.WARNING, "a.csv", {"n": 3, "rows": ("42",)}),
        Finding("responses.party-more-than-invited", Severity.WARNING, "", {"n": 3, "party": "A"}),
        Finding("responses.straight", Severity.NOTE, "a.csv", {"n": 1, "rows": ("7",)}),
        Finding("responses.unused-columns", Severity.NOTE, "a.csv", {"n": 1, "headings": ("x",)}),
        Finding("plugin.never-heard-of", Severity.NOTE, "a.csv, row 12", {"rows": ("12",)}),
    )
    responses = replace(make_responses(people("North", 12)), findings=findings)
    study = make_study(TOWNS, (1,))
    found = quality_of(study, responses)
    assert [one.code for one in found.findings] == ["responses.unused-columns"]
    assert [(one.kind, one.where, one.n) for one in found.rows] == [
        ("twice", "a.csv", 5), ("roster", "", None), (OTHER, "a.csv", None),
    ]  # fmt: skip
    assert "42" not in found.to_json()
    assert quality_of(study, responses, internal=True).findings == findings


def test_remarks_that_go_along_speak_of_no_row_and_every_kind_has_a_sentence() -> None:
    known = catalog("en", "responses").sentences
    for code in ABOUT_FILES:
        forms = known[code] if isinstance(known[code], tuple) else (known[code],)
        fields = {one for form in forms for _, one, _, _ in string.Formatter().parse(form)}
        assert not fields & {"rows", "row", "places", "values", "given", "first"}, code
    assert not ABOUT_FILES & (set(ABOUT_ROWS) | NOT_TOLD)
    said = catalog("nl", "coordination").sentences
    assert {f"coordination.note-{kind}" for kind in (*ABOUT_ROWS.values(), OTHER)} <= set(said)


def test_it_is_the_same_after_json() -> None:
    notes = (Finding("responses.codes-linked", Severity.NOTE, "", {"exact": 11, "tolerant": 2}),)
    responses = replace(make_responses(with_careless(9)), findings=notes)
    found = quality_of(make_study(TOWNS, (1,)), responses, held_back=["North"])
    assert Quality.from_json(found.to_json()) == found
    assert found.slips is not None
    assert (found.slips.exact, found.slips.tolerant, found.slips.unmatched) == (10, 0, 0)


@st.composite
def any_rows(draw: st.DrawFn) -> Rows:
    """Answers of up to four communities over up to three waves, with holes of every kind."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    codes = draw(st.booleans())
    rows: Rows = []
    for wave in range(1, draw(st.integers(1, 3)) + 1):
        for town in TOWNS[: draw(st.integers(1, 4))]:
            for k in rng.permutation(20)[: draw(st.integers(0, 16))].tolist():
                row: dict[str, object] = {"community": town, "wave": wave}
                coded = codes or rng.random() < 0.8
                row["person"] = f"{town}-{k}" if coded else f"row-{wave}-{len(rows)}"
                row["language"] = str(rng.choice(["nl", "nl", "nl", "en", ""]))
                straight = rng.random() < 0.2
                given = rng.integers(1, 8, len(CODES))
                row |= {c: 4 if straight else int(v) for c, v in zip(CODES, given, strict=True)}
                for code in CODES[int(rng.integers(0, 40)) :]:
                    row[code] = MISSING
                if rng.random() < 0.3:
                    row[str(rng.choice(CODES))] = DONT_KNOW
                rows.append(row)
    return rows or people("North", 3)


def answered(rows: Rows) -> Counter[tuple[object, object]]:
    return Counter((row["community"], row["wave"]) for row in rows)


def moves(rows: Rows, town: str, before: object, wave: object) -> tuple[int, int, int, int]:
    """Stayed, joined, without a code, left: worked out from the rows alone."""

    def coded(number: object) -> set[str]:
        here = [r for r in rows if (r["community"], r["wave"]) == (town, number)]
        return {str(r["person"]) for r in here if not str(r["person"]).startswith("row-")}

    now, then = coded(wave), coded(before)
    return len(now & then), len(now - then), answered(rows)[town, wave] - len(now), len(then - now)


@given(any_rows())
def test_no_count_and_no_rest_is_of_a_few_people(rows: Rows) -> None:
    found = quality(rows, files=[FileRead(name="f", wave=1, rows=len(rows), questions=1)])
    sizes = answered(rows)
    shown = {place: n for place, n in sizes.items() if n >= MINIMUM}
    for one in found.languages:
        assert one.forms == sum(n for (_, wave), n in shown.items() if wave == one.wave)
        assert all(count.n >= MINIMUM for count in one.counts)
        assert sum(count.n for count in one.counts) in (0, one.forms)
    for link in found.linked:
        if link.stayed is None:
            continue
        _check_moves(rows, shown, sizes, link.wave, link)
    counts = [c for one in (*found.items, *found.parts) for c in (one.open, one.dont_know)]
    counts += [one.n for one in found.stopped]
    counts += [one.rows for one in found.files if one.rows is not None]
    assert all(count % MINIMUM == 0 for count in counts)
    if found.careless is not None:
        assert found.careless.people % MINIMUM == 0
        assert found.careless.n is None or found.careless.n >= MINIMUM


def _check_moves(
    rows: Rows, shown: dict[tuple[object, object], int], sizes: object, wave: int, link: object
) -> None:
    """Every sum, and what is left beside communities that may show their own, is none or enough."""
    whole, rest = np.zeros(4, dtype=int), np.zeros(4, dtype=int)
    for town in TOWNS:
        waves = sorted(int(str(w)) for name, w in sizes if name == town)  # type: ignore[attr-defined]
        before = [a for a, b in pairwise(waves) if b == wave]
        if not before or (town, wave) not in shown or (town, before[0]) not in shown:
            continue
        counts = moves(rows, town, before[0], wave)
        whole += counts
        everybody_coded = not any(
            str(row["person"]).startswith("row-")
            for row in rows
            if row["community"] == town and row["wave"] in (wave, before[0])
        )
        own = (counts[0], counts[1], counts[3])
        if not everybody_coded or any(0 < count < MINIMUM for count in own):
            rest += counts
    told = [getattr(link, name) for name in ("stayed", "joined", "unlinked", "left")]
    assert told == whole.tolist()
    assert not any(0 < count < MINIMUM for count in (*whole, *rest))


@given(any_rows(), st.integers(0, 99))
def test_what_a_hidden_community_answered_changes_nothing(rows: Rows, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes = answered(rows)
    others: Rows = []
    for row in rows:
        if sizes[row["community"], row["wave"]] >= MINIMUM:
            others.append(row)
            continue
        changed = dict(zip(CODES, rng.integers(1, 8, len(CODES)).tolist(), strict=True))
        others.append({**row, **changed, "language": str(rng.choice(["de", "en"]))})
    assert quality(rows) == quality(others)


@pytest.mark.parametrize("internal", [False, True])
def test_a_study_of_which_nothing_may_be_told_is_no_trouble(internal: bool) -> None:
    found = quality(people("North", 3), internal=internal)
    assert found.careless is None or internal
    assert bool(found.languages) is internal
    nobody: ResponseSet = make_responses([])
    assert quality_of(make_study(), nobody, internal=internal).items == ()
