"""Inside and outside views: what enters a diagnosis, under which rules, and what never does."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from attacker import is_hidden, listed
from small_study import make_responses, make_study
from test_diagnose import random_rows

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.diagnosis import releases
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.instrument.outside import OutsideSource
from lcdiag.responses.outside import OutsideRating, OutsideRatings

HOME, FACILITATOR = OutsideSource.HOME, OutsideSource.FACILITATOR
EASE = "toy:ease"


@pytest.fixture(scope="module")
def material():
    study = make_study(report_by="none")
    rows = [row for row in random_rows(people=12) if row["wave"] == 1]
    return study, make_responses(rows)


def community_of(material) -> str:
    return str(material[1].community[0])


def at_home(community: str, ratings, subject: str = "th1") -> tuple[OutsideRating, ...]:
    return tuple(OutsideRating(community, 1, HOME, subject, int(one)) for one in ratings)


def facilitated(community: str, rating: int, *, shared: bool, subject: str = EASE):
    return (OutsideRating(community, 1, FACILITATOR, subject, rating, shared),)


def diagnosed(material, ratings, **more) -> Diagnosis:
    return diagnose(*material, made="", outside=OutsideRatings(tuple(ratings)), **more)


def seen(found: Diagnosis, community: str, source: str, subject: str, name: str = "outside_mean"):
    unit = Unit(kind="community", community=community)
    return found.cell(f"{name}.{source}", subject, unit, 1)


def test_nothing_changes_where_nobody_looked_from_outside(material) -> None:
    assert diagnosed(material, ()) == diagnose(*material, made="")


@pytest.mark.parametrize(("n", "shown"), [(1, False), (4, False), (5, True), (12, True)])
def test_those_represented_are_shown_as_a_mean_from_five_answers(material, n, shown) -> None:
    here = community_of(material)
    ratings = [3, 5, 4, 2, 6, 4, 3, 5, 4, 4, 5, 2][:n]
    cell = seen(diagnosed(material, at_home(here, ratings)), here, "home", "th1")
    assert isinstance(cell, Estimate if shown else Hidden)
    if shown:
        grid = 0.5 if n < 10 else 0.1
        assert cell.value == pytest.approx(round(np.mean(ratings) / grid) * grid)
        assert cell.n == n


@pytest.mark.parametrize("ratings", [[7, 7, 7, 6, 7], [1, 1, 1, 2, 1, 1]])
def test_a_small_mean_near_an_end_is_hidden(material, ratings) -> None:
    here = community_of(material)
    assert isinstance(
        seen(diagnosed(material, at_home(here, ratings)), here, "home", "th1"), Hidden
    )


@pytest.mark.parametrize("start", range(40))
def test_no_set_of_answers_can_be_worked_out(material, start) -> None:
    rng = np.random.default_rng(start)
    here = community_of(material)
    ratings = np.clip(rng.normal(4, rng.uniform(0.2, 1.5), rng.integers(5, 10)).round(), 1, 7)
    released = json.loads(diagnosed(material, at_home(here, ratings)).to_json())
    (cell,) = (
        m["cell"] for m in released["measures"] if m["at"]["statistic"] == "outside_mean.home"
    )
    if is_hidden(cell):
        assert "value" not in cell
        return
    sets = listed(len(ratings), 1, 7)
    keep = sets.giving(cell)
    assert keep[sets.number(ratings)]
    assert keep.sum() > 1
    for own in np.unique(ratings):
        assert len(sets.others(keep, own)) > 1


@pytest.mark.parametrize("internal", [False, True])
def test_what_a_facilitator_did_not_share_is_nowhere(material, internal) -> None:
    here = community_of(material)
    without = diagnosed(material, (), internal=internal)
    private = diagnosed(material, facilitated(here, 2, shared=False), internal=internal)
    assert private.measures == without.measures
    assert private.words == without.words
    codes = [(one.code, dict(one.facts)) for one in private.findings]
    assert (("diagnosis.outside-private", {"n": 1}) in codes) is internal


def test_a_shared_rating_stands_as_it_was_given(material) -> None:
    here = community_of(material)
    found = diagnosed(material, facilitated(here, 7, shared=True))
    cell = seen(found, here, "facilitator", EASE)
    assert (cell.value, cell.n, cell.method) == (7.0, 1, "shared by the facilitator")
    assert cell.low is None
    assert cell.bands == ()


def test_the_gap_is_inside_less_outside_with_the_strip_of_the_inside(material) -> None:
    here = community_of(material)
    found = diagnosed(material, facilitated(here, 2, shared=True))
    inside = found.cell("mean", EASE, Unit(kind="community", community=here), 1)
    gap = seen(found, here, "facilitator", EASE, "outside_gap")
    assert gap.value == pytest.approx(inside.value - 2)
    assert (gap.low, gap.high) == pytest.approx((inside.low - 2, inside.high - 2))
    assert [b.confidence for b in gap.bands] == [b.confidence for b in inside.bands]
    assert gap.n == inside.n


def test_a_wave_without_answers_gets_no_page_from_outside(material) -> None:
    here = community_of(material)
    later = [replace(one, wave=2) for one in at_home(here, [3, 4, 5, 4, 3])]
    assert diagnosed(material, later).measures == diagnosed(material, ()).measures


def test_the_words_of_the_statements_travel_along(material) -> None:
    here = community_of(material)
    found = diagnosed(material, at_home(here, [3, 5, 4, 2, 6]))
    assert [one.id for one in found.words.outside] == ["th1"]
    assert Diagnosis.from_json(found.to_json()) == found


@pytest.mark.parametrize(("added", "refused"), [([], False), ([4], True), ([3, 4, 5, 4, 3], False)])
def test_a_second_report_may_not_differ_by_a_few_ratings(
    tmp_path, material, added, refused
) -> None:
    study, responses = replace(material[0], folder=tmp_path), material[1]
    here = community_of(material)
    first = OutsideRatings(at_home(here, [3, 5, 4, 2, 6]))
    second = OutsideRatings(first.ratings + at_home(here, added))
    report = diagnose(study, responses, made="", outside=first)
    releases.record_releases(
        study, responses, report, [here], salt="0123456789abcdef", outside=first
    )
    later = diagnose(study, responses, made="", outside=second)
    findings = releases.review_releases(study, responses, later, [here], second)
    assert bool(findings) is refused
