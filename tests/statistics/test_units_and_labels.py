"""Another unit changes no ratio, and the labels of people and groups stay with their results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f as f_distribution

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.careless import (
    intra_individual_variability,
    longstring,
    response_speed,
    variability_by_part,
)
from lcdiag.statistics.careless_consistency import even_odd, person_total, psychometric_synonyms
from lcdiag.statistics.careless_distance import mahalanobis, mahalanobis_tail
from lcdiag.statistics.change import wave_difference
from lcdiag.statistics.composition import composition_change
from lcdiag.statistics.exploratory import fit_factors
from lcdiag.statistics.factor import kmo, one_factor, schmid_leiman
from lcdiag.statistics.intraclass import icc_1, icc_k, krippendorff_alpha, one_way, rater_icc
from lcdiag.statistics.items import inter_item_correlations, item_rest
from lcdiag.statistics.level_reliability import alpha_by_level
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.polychoric import polychoric
from lcdiag.statistics.reliability import (
    GuttmanLambdas,
    alpha_if_dropped,
    cronbach_alpha,
    guttman_lambdas,
    mcdonald_omega,
    split_halves,
)
from lcdiag.statistics.reliable_change import reliable_change
from lcdiag.statistics.resample import draws
from lcdiag.statistics.roundrobin import social_relations
from lcdiag.statistics.scores import scale_scores
from lcdiag.statistics.shrinkage import _component_spread, empirical_bayes_means
from lcdiag.statistics.two_level import _Likelihood, level_sums
from lcdiag.statistics.variance import variance_shares

rng = np.random.default_rng(11)
TRAIT = rng.normal(size=(60, 1))
ITEMS = np.round(4 + TRAIT + rng.normal(size=(60, 6)), 1)
TEAMS = np.repeat(np.arange(12), 5)
SIDES = np.tile(np.arange(5), 12)
SCORE = ITEMS.mean(axis=1) + rng.normal(size=12)[TEAMS]
SQUARE = rng.normal(size=(6, 1)) + rng.normal(size=(1, 6)) + rng.normal(size=(6, 6))

# each takes the unit, and gives what no unit may change
FREE: dict[str, Callable[[float], Any]] = {
    "alpha": lambda u: cronbach_alpha(ITEMS * u),
    "alpha if dropped": lambda u: alpha_if_dropped(ITEMS * u).values,
    "omega": lambda u: mcdonald_omega(ITEMS * u),
    "omega over the observed variance": lambda u: mcdonald_omega(ITEMS * u, variance="observed"),
    "lambdas": lambda u: [
        getattr(guttman_lambdas(ITEMS * u), field.name) for field in fields(GuttmanLambdas)
    ],
    "best split": lambda u: split_halves(ITEMS * u).best,
    "item-rest": lambda u: item_rest(ITEMS * u).values,
    "correlations": lambda u: inter_item_correlations(ITEMS * u),
    "kmo": lambda u: kmo(ITEMS * u).overall,
    "by level": lambda u: alpha_by_level(ITEMS * u, TEAMS).within,
    "one factor": lambda u: one_factor(ITEMS * u).plain.cfi,
    "icc(1)": lambda u: icc_1(SCORE * u, TEAMS),
    "icc(1) by REML": lambda u: icc_1(SCORE * u, TEAMS, size="reml"),
    "icc(k)": lambda u: icc_k(SCORE * u, TEAMS),
    "f": lambda u: one_way(SCORE * u, TEAMS).f,
    "eta, omega, epsilon": lambda u: [
        getattr(one_way(SCORE * u, TEAMS), name) for name in ("eta2", "omega2", "epsilon2")
    ],
    "raters": lambda u: rater_icc(ITEMS * u).form("ICC2"),
    "krippendorff": lambda u: krippendorff_alpha(ITEMS * u),
    "shares": lambda u: variance_shares(SCORE * u, {"team": TEAMS, "side": SIDES}).share("team"),
    "round robin": lambda u: social_relations(SQUARE * u).share("actor"),
    "even-odd": lambda u: even_odd(ITEMS * u, [3, 3]).values,
    "synonyms": lambda u: psychometric_synonyms(ITEMS * u, 0.3).values,
    "person-total": lambda u: person_total(ITEMS * u).values,
    "distance": lambda u: mahalanobis(ITEMS * u).values,
}


def numbers(found: Any) -> Iterator[float]:
    if isinstance(found, Estimate):
        assert found.value is not None, found.absent
        yield found.value
        if found.low is not None and found.high is not None:
            yield from (found.low, found.high)
    elif isinstance(found, list | tuple | np.ndarray):
        for one in found:
            yield from numbers(one)
    else:
        yield float(found)


@pytest.mark.parametrize("name", list(FREE))
@pytest.mark.parametrize("unit", [1 / 1024, 1024.0])
def test_a_unit_changes_no_ratio(name: str, unit: float) -> None:
    plain, other = (list(numbers(FREE[name](u))) for u in (1.0, unit))
    assert len(plain) > 0
    np.testing.assert_allclose(other, plain, rtol=1e-4, atol=1e-6)


def test_a_unit_goes_with_means_and_errors() -> None:
    one, other = (empirical_bayes_means(SCORE * u, TEAMS) for u in (1.0, 1 / 1024))
    np.testing.assert_allclose(np.asarray(other) * 1024, np.asarray(one), rtol=1e-6)
    for team in range(12):
        assert other.estimate(team).low * 1024 == pytest.approx(one.estimate(team).low, rel=1e-4)
        assert other.estimate(team).high * 1024 == pytest.approx(one.estimate(team).high, rel=1e-4)


FRAME = pd.DataFrame(np.round(ITEMS), index=[f"person {number}" for number in range(60)])
OF_PEOPLE: dict[str, Callable[[], Any]] = {
    "longstring": lambda: longstring(FRAME),
    "irv": lambda: intra_individual_variability(FRAME),
    "first half": lambda: variability_by_part(FRAME, 2)[0],
    "last half": lambda: variability_by_part(FRAME, 2)[-1],
    "speed": lambda: response_speed(FRAME[0].abs(), 6),
    "even-odd": lambda: even_odd(FRAME, [3, 3]),
    "synonyms": lambda: psychometric_synonyms(FRAME, 0.2),
    "person-total": lambda: person_total(FRAME),
    "mahalanobis": lambda: mahalanobis(FRAME),
    "mahalanobis tail": lambda: mahalanobis_tail(FRAME),
    "score": lambda: scale_scores(FRAME),
    "change": lambda: reliable_change(FRAME[0], FRAME[1], reliability=0.8).index,
}


@pytest.mark.parametrize("name", list(OF_PEOPLE))
def test_people_keep_their_names(name: str) -> None:
    found = OF_PEOPLE[name]()
    assert list(found.groups) == list(FRAME.index)
    assert list(found.to_frame().iloc[:, 0]) == list(FRAME.index)


def test_two_rows_together_are_an_overlap_and_one_is_not() -> None:
    items = np.round(ITEMS[:, :3])
    items[2:, 0] = np.nan
    items[0, 1] = np.nan
    items[:2, 0] = (3, 4)
    found = polychoric(items, missing="pairwise")
    assert found.reasons[0, 1] == "no-overlap"
    assert found.reasons[0, 2] != "no-overlap"


def test_schmid_leiman_says_the_share_of_a_general_factor() -> None:
    found = schmid_leiman(ITEMS, 3)
    general = found.general**2
    groups = (found.group**2).sum(axis=1)
    assert np.all(general + groups <= 1 + 1e-9)


def test_a_single_item_has_no_two_answers() -> None:
    with pytest.raises(ValueError, match=r"^minimum is between 1 and 1 items; received 2$"):
        scale_scores(ITEMS[:, :1], minimum=2)


def test_each_wave_is_called_by_its_own_name() -> None:
    ids, words = np.arange(60), np.full(60, "word")
    numbers_of = SCORE
    for first, second, name in ((words, numbers_of, "first"), (numbers_of, words, "second")):
        for change in (wave_difference, composition_change):
            with pytest.raises(ValueError, match=f"^{name} must be numbers"):
                change(first, second, first_ids=ids, second_ids=ids)
            with pytest.raises(ValueError, match=f"^{name}"):
                change(
                    SCORE, SCORE, **{"first_ids": ids, "second_ids": ids, f"{name}_ids": ids[1:]}
                )


def test_a_bootstrap_of_sums_alone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a bootstrap draws people, so it needs the items, not "):
        cronbach_alpha(
            moments_of(ITEMS), interval="bootstrap", rng=np.random.default_rng(1), resamples=10
        )


def test_each_draw_of_a_bootstrap_is_the_alpha_of_its_rows() -> None:
    rows = np.where(np.random.default_rng(2).random(ITEMS.shape) < 0.3, np.nan, ITEMS)
    found = cronbach_alpha(
        rows, interval="bootstrap", rng=np.random.default_rng(3), resamples=40, confidence=0.8
    )
    times = np.concatenate(list(draws(60, np.random.default_rng(3), 40))).astype(int)
    each = [cronbach_alpha(np.repeat(rows, weight, axis=0)).value for weight in times]
    low, high = np.quantile(np.array(each, dtype=float), [0.1, 0.9])
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)


def test_the_factor_behind_the_factors_is_fitted_as_they_are() -> None:
    drawn = np.random.default_rng(4)
    behind = drawn.normal(size=(300, 1)) * (0.9, 0.7, 0.5, 0.6) + drawn.normal(size=(300, 4)) * 0.6
    items = np.repeat(behind, 3, axis=1) + 0.7 * drawn.normal(size=(300, 12))
    loadings = {}
    for method in ("ml", "uls"):
        found = schmid_leiman(items, 4, method=method)
        loadings[method] = fit_factors(found.correlations, 1, method).loadings[:, 0]
        np.testing.assert_allclose(np.abs(found.on_general), np.abs(loadings[method]), atol=1e-6)
        other = fit_factors(found.correlations, 1, "uls" if method == "ml" else "ml").loadings
        assert np.abs(np.abs(other[:, 0]) - np.abs(found.on_general)).max() > 1e-4


def test_people_counted_twice_tell_no_more_than_once() -> None:
    drawn = np.random.default_rng(6)
    rows = drawn.standard_t(3, size=(80, 1)) + drawn.standard_t(3, size=(80, 5))
    once = cronbach_alpha(rows, interval="scaled")
    people = np.repeat(np.arange(80), 3)
    thrice = cronbach_alpha(np.repeat(rows, 3, axis=0), interval="scaled", cluster=people)
    assert thrice.low == pytest.approx(once.low, abs=2e-3)  # the divisors n - 1 differ
    assert thrice.high == pytest.approx(once.high, abs=2e-3)
    naive = cronbach_alpha(np.repeat(rows, 3, axis=0), interval="scaled")
    assert naive.low > once.low + 0.01


def test_slopes_of_the_two_level_likelihood_are_its_differences() -> None:
    sums = level_sums(ITEMS[:, :3], as_grouping(TEAMS, 60))
    worth = _Likelihood(sums)
    within = np.array([[1.2, 0.3, 0.2], [0.3, 1.1, 0.4], [0.2, 0.4, 0.9]])
    between = np.array([[0.5, 0.1, 0.2], [0.1, 0.6, 0.1], [0.2, 0.1, 0.7]])
    _, slope_within, slope_between = worth(within, between)
    for row in range(3):
        for column in range(3):
            move = np.zeros((3, 3))
            move[row, column] += 5e-6
            move[column, row] += 5e-6
            rise = worth(within + move, between)[0] - worth(within - move, between)[0]
            assert slope_within[row, column] == pytest.approx(rise / 2e-5, rel=1e-5, abs=1e-5)
            rise = worth(within, between + move)[0] - worth(within, between - move)[0]
            assert slope_between[row, column] == pytest.approx(rise / 2e-5, rel=1e-5, abs=1e-5)


def test_a_sum_that_cancels_out_has_no_alpha_and_may_have_a_factor() -> None:
    drawn = np.random.default_rng(1)
    parts = drawn.normal(size=(100, 3)) + drawn.normal(size=(100, 1))
    items = np.column_stack([parts, -parts.sum(axis=1)])
    assert cronbach_alpha(items).absent == "no-total-variance"
    assert one_factor(items).absent == "not-positive-definite"
    found = one_factor(items, method="minres")
    assert found.absent is None
    assert found.method == "minres, correlation, listwise, heywood"
    signs = np.sign(found.loadings_std)
    assert np.all(signs[:3] == -signs[3])


@pytest.mark.parametrize("interval", ["delta", "bootstrap"])
def test_a_group_without_answers_changes_no_level(interval: str) -> None:
    empty = np.full((4, 6), np.nan)
    items = np.concatenate([ITEMS[:30], empty, ITEMS[30:]])
    labels = np.concatenate([TEAMS[:30], np.full(4, 5.5), TEAMS[30:]])
    plain, more = (
        alpha_by_level(x, g, interval=interval, rng=np.random.default_rng(1), resamples=30)
        for x, g in ((ITEMS, TEAMS), (items, labels))
    )
    np.testing.assert_allclose(list(numbers(more.within)), list(numbers(plain.within)), rtol=1e-9)
    assert more.between.value == pytest.approx(plain.between.value, rel=1e-9)


def test_few_clusters_leave_few_degrees_of_freedom() -> None:
    drawn = np.random.default_rng(8)
    rows = drawn.normal(size=(240, 1)) + drawn.normal(size=(240, 5))
    found = cronbach_alpha(rows, interval="scaled", cluster=np.arange(240) % 6)
    assert found.value is not None
    ends = [1 - (1 - found.value) * f_distribution.ppf(q, 5, 20) for q in (0.975, 0.025)]
    assert (found.low, found.high) == pytest.approx(tuple(ends), abs=1e-12)


def test_errors_of_variances_are_those_of_mean_squares_where_groups_are_equal() -> None:
    shares = variance_shares(SCORE, {"team": TEAMS})
    between, within = shares.component("team").value, shares.component("residual").value
    table = one_way(SCORE, TEAMS)
    assert within == pytest.approx(table.ms_within, rel=1e-5)
    inside = 2 * table.ms_within**2 / 48
    outside = (2 * table.ms_between**2 / 11 + inside) / 25
    wanted = [[outside, -inside / 5], [-inside / 5, inside]]
    np.testing.assert_allclose(_component_spread(shares, between, within), wanted, rtol=2e-3)


def test_raters_who_contradict_each_other_have_a_negative_icc_by_mean_squares() -> None:
    ratings = np.array([[1, 5], [5, 1], [2, 4], [4, 2], [3, 3.5]])
    table = one_way(ratings.ravel(), np.repeat(np.arange(5), 2))
    wanted = (table.ms_between - table.ms_within) / (table.ms_between + table.ms_within)
    assert wanted < -0.5
    found = rater_icc(ratings, components="anova").form("ICC1")
    assert found.value == pytest.approx(wanted)
    assert rater_icc(ratings, components="reml").form("ICC1").value == pytest.approx(0, abs=1e-6)


def test_results_become_arrays_of_the_kind_that_is_asked() -> None:
    for found in (empirical_bayes_means(SCORE, TEAMS), longstring(FRAME)):
        assert np.asarray(found).dtype == np.float64
        assert np.asarray(found, dtype=np.float32).dtype == np.float32
