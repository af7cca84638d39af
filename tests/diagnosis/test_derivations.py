"""Numbers that follow from released cells: agreement by other nulls, drawn means."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_study import (
    SCALE_ITEMS,
    make_evidence,
    make_instrument,
    make_responses,
    make_study,
)

from lcdiag.base.estimate import Band, Estimate, Hidden
from lcdiag.diagnosis.derivations import agreement_nulls, shrunken_means
from lcdiag.diagnosis.derivations.agreement_nulls import converted
from lcdiag.diagnosis.derivations.shrunken_means import grid_of, standard_error
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.instrument.model import Composition
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.responses.model import MISSING
from lcdiag.statistics.agreement import rwg_j
from lcdiag.statistics.shrinkage import empirical_bayes_means

SCALE = "toy:ease"
NORTH = Unit(kind="community", community="North")


def people(name: str, n: int, rng: np.random.Generator, middle: float = 4.0):
    rows: list[dict[str, object]] = []
    for i in range(n):
        person = middle + rng.normal(0, 1.0)
        a, b, c = np.clip(np.rint(person + rng.normal(0, 0.8, 3)), 1, 7).astype(int).tolist()
        row = {"person": f"{name}{i}", "community": name, "all": 4, "a1": a, "a2": b, "a3": 8 - c}
        rows.append(row)
    return rows


def read(rows: list[dict[str, object]], *, internal: bool = False) -> Diagnosis:
    names = tuple(dict.fromkeys(str(row["community"]) for row in rows))
    evidence = make_evidence(make_study(names, report_by="none"), make_responses(rows))
    return diagnosis_of(evidence, made="2026-11-23", internal=internal)


def shown(diagnosis: Diagnosis, statistic: str, unit: Unit = NORTH, subject: str = SCALE):
    cell = diagnosis.cell(statistic, subject, unit, 1)
    assert isinstance(cell, Estimate), (statistic, cell)
    return cell


def keyed(rows: list[dict[str, object]]) -> np.ndarray:
    found = np.array([[row[code] for code in SCALE_ITEMS] for row in rows], dtype=float)
    found[found == MISSING] = np.nan
    found[:, 2] = 8 - found[:, 2]
    return found


def test_agreement_by_other_nulls_equals_that_of_the_answers_themselves() -> None:
    rng = np.random.default_rng(3)
    rows = people("North", 14, rng) + people("South", 20, rng, 5)
    rows[0]["a2"] = MISSING
    released, exact = read(rows), read(rows, internal=True)
    for null in ("slight_skew", "max_dissensus"):
        values = rwg_j(keyed(rows[:14]), ["N"] * 14, null=null, options=7)
        wanted = values.estimate("N").value
        assert shown(exact, f"rwg_j.{null}").value == pytest.approx(wanted, abs=1e-9)
        assert shown(released, f"rwg_j.{null}").value == pytest.approx(wanted, abs=0.005 + 1e-9)
        assert shown(released, f"rwg_j.{null}").n == 14
    # slight skew expects less spread than chance, dissensus more
    order = [
        shown(exact, name).value or 0.0
        for name in ("rwg_j.slight_skew", "rwg_j", "rwg_j.max_dissensus")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("composition", "name"),
    [
        (Composition.DIRECT_CONSENSUS, "direct-consensus"),
        (Composition.REFERENT_SHIFT, "referent-shift"),
        (Composition.DISPERSION, "dispersion"),
        (Composition.ADDITIVE, "additive"),
    ],
)
def test_every_way_of_composition_comes_through_with_its_dispersion(
    composition: Composition, name: str
) -> None:
    home = make_instrument()
    scales = (home.scales[0].model_copy(update={"composition": composition}), *home.scales[1:])
    home = home.model_copy(update={"scales": scales})
    asked = Questionnaire(((Block(home, home.items),),), ("nl", "en"), 5)
    rows = people("North", 14, np.random.default_rng(3))
    study = replace(make_study(("North",)), questionnaire=asked)
    found = diagnosis_of(make_evidence(study, make_responses(rows)), made="2026-11-23")
    (words,) = (one for one in found.words.scales if one.id == SCALE)
    assert words.composition == name
    # how far people lie apart, in points of the scale, stands beside the mean of every scale
    apart = np.abs(keyed(rows) - keyed(rows).mean(axis=0)).mean()
    assert shown(found, "ad_m_j").value == pytest.approx(apart, abs=0.005 + 1e-9)
    assert shown(found, "icc_1", Unit(kind="study")).absent == "fewer-than-2-groups"


def test_few_answers_have_no_agreement_and_say_so() -> None:
    found = read(people("North", 9, np.random.default_rng(3)))
    assert isinstance(found.cell("rwg_j", SCALE, NORTH, 1), Hidden)
    for null in ("slight_skew", "max_dissensus"):
        cell = shown(found, f"rwg_j.{null}")
        assert cell.absent == "too-few-answers-for-agreement"
        assert cell.n == 9


def test_agreement_is_told_only_where_the_released_one_settles_it() -> None:
    told = kept = 0
    for start in range(1, 25):
        rows = people("North", 12, np.random.default_rng(start), 4 + start % 3)
        for row in rows:
            row["a1"] = 5
        rows[0]["a1"] = 4  # all but one alike: no counts of this item
        found = read(rows)
        assert isinstance(found.cell("count.5", "a1", NORTH, 1), Hidden)
        assert isinstance(found.cell("rwg_j", SCALE, NORTH, 1), Estimate)
        for null in ("slight_skew", "max_dissensus"):
            cell = shown(found, f"rwg_j.{null}")
            if cell.absent:
                assert cell.absent == "item-counts-not-shown"
                kept += 1
                continue
            wanted = rwg_j(keyed(rows), ["N"] * 12, null=null, options=7).estimate("N").value
            assert cell.value == pytest.approx(wanted, abs=0.005 + 1e-9)
            told += 1
    assert told > 5
    assert kept > 5


@given(st.floats(0, 1), st.integers(2, 10), st.sampled_from(("slight_skew", "max_dissensus")))
@settings(derandomize=True)
def test_what_a_released_agreement_settles_is_what_the_exact_one_gives(
    ratio: float, items: int, null: str
) -> None:
    def agreement(share: float) -> float:
        return items * (1 - share) / (items * (1 - share) + share) if share < 1 else 0.0

    times = {"slight_skew": 4 / 2.9, "max_dissensus": 4 / 9}[null]  # seven options
    found = converted(round(agreement(ratio), 2), null, 7, items)
    if found is not None:
        assert found == pytest.approx(agreement(ratio * times), abs=0.005 + 1e-6)


def test_derived_agreement_needs_nothing_but_what_is_released() -> None:
    found = read(people("North", 14, np.random.default_rng(3)))
    again = Diagnosis.from_json(found.to_json())
    kept = tuple(m for m in again if not m.at.statistic.startswith("rwg_j."))
    bare = again.model_copy(update={"measures": kept})
    questionnaire = make_study().questionnaire
    assert {(m.at, m.cell) for m in agreement_nulls.derive(bare, questionnaire)} == {
        (m.at, m.cell) for m in found if m.at.statistic.startswith("rwg_j.")
    }


def communities(number: int, n: int = 12) -> list[dict[str, object]]:
    rng = np.random.default_rng(8)
    middles = np.linspace(2.5, 5.5, number)
    return [
        row for k in range(number) for row in people(f"C{k}", n + 2 * k, rng, float(middles[k]))
    ]


def test_drawn_means_of_exact_cells_are_those_of_the_answers() -> None:
    rows = communities(6)
    found = read(rows, internal=True)
    labels = [str(row["community"]) for row in rows]
    wanted = empirical_bayes_means(keyed(rows).mean(axis=1), labels)
    for name in sorted(set(labels)):
        unit = Unit(kind="community", community=name)
        mean, drawn = shown(found, "mean", unit), shown(found, "mean_shrunken", unit)
        assert 1 < (mean.low or 0) < (mean.high or 9) < 7
        assert drawn.value == pytest.approx(wanted.estimate(name).value, abs=1e-6)
        assert drawn.low == pytest.approx(wanted.estimate(name).low, abs=1e-5)


def test_released_drawn_means_lie_inwards_on_the_grid_and_near_the_exact_ones() -> None:
    rows = communities(6)
    exact, found = read(rows, internal=True), read(rows)
    means = [shown(found, "mean", Unit(kind="community", community=f"C{k}")) for k in range(6)]
    middle = float(np.mean([cell.value for cell in means if cell.value is not None]))
    for k, mean in enumerate(means):
        unit = Unit(kind="community", community=f"C{k}")
        drawn, wanted = shown(found, "mean_shrunken", unit), shown(exact, "mean_shrunken", unit)
        assert drawn.value == pytest.approx(wanted.value, abs=0.1 + 1e-9)
        assert drawn.value == pytest.approx(round(drawn.value or 0, 1), abs=1e-9)
        assert abs((drawn.value or 0) - middle) <= abs((mean.value or 0) - middle) + 0.15
        assert (drawn.low or 9) <= (drawn.value or 0) <= (drawn.high or 0)
        assert drawn.n == mean.n


def test_four_communities_have_no_drawn_means() -> None:
    found = read(communities(4))
    for k in range(4):
        unit = Unit(kind="community", community=f"C{k}")
        assert shown(found, "mean_shrunken", unit).absent == "fewer-than-5-groups"


def test_a_hidden_mean_has_a_hidden_drawn_mean_and_does_not_count() -> None:
    rows = communities(5) + people("Few", 3, np.random.default_rng(1))
    found = read(rows)
    few = Unit(kind="community", community="Few")
    assert isinstance(found.cell("mean", SCALE, few, 1), Hidden)
    assert isinstance(found.cell("mean_shrunken", SCALE, few, 1), Hidden)
    unit = Unit(kind="community", community="C0")
    assert shown(found, "mean_shrunken", unit) == shown(read(communities(5)), "mean_shrunken", unit)


def test_a_strip_tells_the_standard_error_it_was_made_of() -> None:
    # n = 16: t(15) at .975 = 2.131450; error 0.2: half a width of 0.42629
    exact = Estimate(4.0, 4 - 0.42629, 4 + 0.42629, 0.95, n=16)
    assert standard_error(exact, 1, 7, exact=True) == pytest.approx(0.2, abs=1e-5)
    rounded = Estimate(4.0, 3.5, 4.5, 0.95, n=16)
    assert standard_error(rounded, 1, 7, exact=False) == pytest.approx(0.25 / 2.13145, abs=1e-5)
    cut = Estimate(6.8, 6.4, 7.0, 0.95, n=16)
    assert standard_error(cut, 1, 7, exact=True) == pytest.approx(0.4 / 2.13145, abs=1e-5)
    assert standard_error(Estimate(4.0, n=16), 1, 7, exact=False) is None


def test_the_grid_of_a_cell_is_the_coarsest_on_which_it_stands() -> None:
    assert grid_of(Estimate(4.0, 3.0, 5.0, 0.95, n=9)) == 1.0
    assert grid_of(Estimate(4.5, 3.0, 5.0, 0.95, n=9)) == 0.5
    assert grid_of(Estimate(4.0, 3.0, 5.0, 0.95, (Band(0.5, 3.6, 4.4),), 9)) == 0.1


def test_names_and_the_order_of_rows_do_not_matter() -> None:
    rows = communities(6)
    derived = ("rwg_j.slight_skew", "rwg_j.max_dissensus", "mean_shrunken")
    one = read(rows)
    order = np.random.default_rng(2).permutation(len(rows)).tolist()
    again = read([rows[i] for i in order])
    renamed = read([{**row, "community": f"{row['community']} é <b>"} for row in rows])

    def cells(found: Diagnosis, ending: str = ""):
        return {
            (m.at.statistic, m.at.subject, m.at.unit.community.removesuffix(ending)): m.cell
            for m in found
            if m.at.statistic in derived
        }

    assert len(cells(one)) == 6 * 3
    assert cells(one) == cells(again)
    assert cells(one) == cells(renamed, " é <b>")


def test_scores_of_ratings_of_parties_are_left_to_their_own_rules() -> None:
    found = read(communities(5))
    study = make_study()
    assert shrunken_means.derive(found, study.questionnaire)
    # a diagnosis without words of a scale gives no row about it
    bare = found.model_copy(update={"words": found.words.model_copy(update={"scales": ()})})
    assert shrunken_means.derive(bare, study.questionnaire) == ()
