from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from lcdiag.statistics.intervals import t_quantile
from lcdiag.statistics.roundrobin import (
    SocialRelations,
    bivariate_relations,
    social_relations,
    stable_relations,
)

NAN = math.nan
FIVE = ("actor", "partner", "relationship", "actor-partner", "relationship covariance")
TRUTH = {
    "actor": 0.7,
    "partner": 0.4,
    "relationship": 1.3,
    "actor-partner": -0.2,
    "relationship covariance": 0.5,
}


def values(found: SocialRelations) -> list[float]:
    return [NAN if one.value is None else one.value for one in found.components]


def covariance(n: int) -> np.ndarray:
    """Of all cells of a square, as the model says."""
    i, j = (place.ravel() for place in np.indices((n, n)))

    def equal(one: np.ndarray, two: np.ndarray) -> np.ndarray:
        return (one[:, None] == two[None, :]).astype(float)

    reverse = equal(i, j) * equal(j, i)
    return (
        TRUTH["actor"] * equal(i, i)
        + TRUTH["partner"] * equal(j, j)
        + TRUTH["actor-partner"] * (equal(i, j) + equal(j, i))
        + TRUTH["relationship"] * equal(i, i) * equal(j, j)
        + TRUTH["relationship covariance"] * reverse * (1 - equal(i, i) * equal(j, j))
    )


@pytest.mark.parametrize("n", [4, 5, 7])
def test_components_are_unbiased(n: int) -> None:
    # a quadratic form has the expectation sum Q(v) over any vectors with sum v v' = covariance
    roots = np.linalg.cholesky(covariance(n) + 1e-12 * np.eye(n * n)).T
    found = social_relations(roots.reshape(n * n, n, n))
    for name, wanted in TRUTH.items():
        estimate = found.component(name)
        assert estimate.value is not None
        assert estimate.value * n * n == pytest.approx(wanted, abs=1e-7)
    assert found.by_group.n.tolist() == [n] * n * n


def square(n: int = 5, start: int = 1) -> np.ndarray:
    rng = np.random.default_rng(start)
    return np.round(4 + rng.normal(size=(n, 1)) + rng.normal(size=n) + rng.normal(size=(n, n)), 2)


def test_effects_and_relationships_make_up_the_ratings() -> None:
    actor, partner = np.array([1.0, -2, 0, 1]), np.array([0.5, 0.5, -3, 2])
    found = social_relations(10 + actor[:, None] + partner[None, :])
    np.testing.assert_allclose(found.effects.actor, actor, atol=1e-12)
    np.testing.assert_allclose(found.effects.partner, partner, atol=1e-12)
    assert found.effects.members.tolist() == [0, 1, 2, 3]
    # nothing is left for the pair: 6 / 3, 13.5 / 3, covariance 3.5 / 3 of the effects
    assert values(found)[2] == pytest.approx(0, abs=1e-15)
    assert [values(found)[at] for at in (0, 1, 3)] == pytest.approx(
        [2, 13.5 / 3, (actor @ partner) / 3]
    )
    assert found.share("actor").value == pytest.approx(2 / 6.5)
    assert found.share("relationship covariance").absent == "no-variance"
    assert found.test("relationship").t.absent == "no-variance"
    assert found.component("relationship").low is None
    columns = found.effects.to_frame()
    assert list(columns.columns) == ["group", "member", "actor", "partner"]


def test_names_shares_tests_and_intervals() -> None:
    found = social_relations(square(6), bands=(0.9, 0.5), confidence=0.8)
    assert found.names == FIVE
    total = sum(max(0.0, found.component(name).value) for name in FIVE[:3])
    for name in FIVE[:3]:
        assert found.share(name).value == pytest.approx(found.component(name).value / total)
        assert found.share(name).method == "share of variance"
    root = math.sqrt(found.component("actor").value * found.component("partner").value)
    assert found.share("actor-partner").value == pytest.approx(
        found.component("actor-partner").value / root
    )
    assert found.share("relationship covariance").value == pytest.approx(
        found.component("relationship covariance").value / found.component("relationship").value
    )
    assert found.share("actor-partner").method == "correlation"
    for name in FIVE:
        part, test = found.component(name), found.test(name)
        assert test.df == 5
        assert test.t.value == pytest.approx(part.value / test.standard_error.value)
        assert test.t.method == "t(5)"
        assert test.one_sided.value == pytest.approx(stats.t.sf(abs(test.t.value), 5))
        assert test.two_sided.value == pytest.approx(2 * test.one_sided.value)
        half = float(t_quantile(5, 0.8)) * test.standard_error.value
        assert [part.low, part.high] == pytest.approx([part.value - half, part.value + half])
        assert part.confidence == 0.8
        assert [band.confidence for band in part.bands] == [0.5, 0.9]
        assert (part.n, found.share(name).n, test.t.n) == (6, 6, 6)
        assert part.method == "SRM, groups: 1, ratings missing: absent, error within"
    with pytest.raises(KeyError, match="no component 'target'; there are actor, partner"):
        found.component("target")


def long(squares: np.ndarray) -> tuple[np.ndarray, ...]:
    g, i, j = (place.ravel() for place in np.indices(squares.shape))
    return squares.ravel(), i, j, g


def test_long_columns_are_squares_in_another_form() -> None:
    squares = np.stack([square(5, 1), square(5, 2)])
    y, i, j, g = long(squares)
    other = i != j
    one, two = social_relations(squares), social_relations(y[other], i[other], j[other], g[other])
    assert values(one) == pytest.approx(values(two))
    assert one.by_group.groups.tolist() == [0, 1]
    table = one.by_group.to_frame()
    assert list(table.columns) == ["group", "n", *FIVE, "absent"]
    # ratings of oneself change nothing
    assert values(social_relations(y + 99 * (i == j), i, j, g)) == pytest.approx(values(one))
    alone = social_relations(squares[0])
    np.testing.assert_allclose(alone.by_group.values[0], values(alone))
    np.testing.assert_allclose(one.by_group.values[0], values(alone))


@given(
    cells=arrays(np.float64, (2, 4, 4), elements=st.integers(1, 7).map(float)),
    order=st.permutations(range(24)),
    factor=st.sampled_from([-2.0, 0.5, 3.0]),
)
@settings(derandomize=True)
def test_names_order_origin_and_unit(cells: np.ndarray, order: list[int], factor: float) -> None:
    y, i, j, g = (column[long(cells)[1] != long(cells)[2]] for column in long(cells))
    found = social_relations(y, i, j, g)
    names = np.array(["dora", "ali", "cem", "bo"])
    turned = social_relations(
        (10 + factor * y)[order], names[i][order], names[j][order], np.array(["q", "p"])[g][order]
    )
    np.testing.assert_allclose(values(turned), factor**2 * np.array(values(found)), atol=1e-9)
    assert turned.by_group.groups.tolist() == ["p", "q"]
    # the second group comes first now, and its members by their names: ali bo cem dora
    assert turned.effects.members.tolist() == ["ali", "bo", "cem", "dora"] * 2
    assert turned.effects.groups.tolist() == ["p"] * 4 + ["q"] * 4
    np.testing.assert_allclose(
        turned.effects.actor, factor * found.effects.actor[[5, 7, 6, 4, 1, 3, 2, 0]], atol=1e-9
    )
    for one, two in zip(found.shares, turned.shares, strict=True):
        assert one.absent == two.absent


def test_groups_count_by_their_size() -> None:
    one, two = square(4, 1), square(6, 2)
    rows = [np.concatenate(parts) for parts in zip(long(one[None]), long(two[None]), strict=True)]
    y, i, j, g = rows
    g = np.repeat([0, 1], [16, 36])
    found = social_relations(y, i, j, g)
    alone = [social_relations(part) for part in (one, two)]
    a, b = (np.array(values(part)) for part in alone)
    np.testing.assert_allclose(values(found), (3 * a + 5 * b) / 8)
    ea, eb = (np.array([t.standard_error.value for t in part.tests]) for part in alone)
    error = np.sqrt((3 * ea) ** 2 + (5 * eb) ** 2) / 8
    np.testing.assert_allclose([t.standard_error.value for t in found.tests], error)
    assert found.test("actor").df == 8
    between = social_relations(y, i, j, g, error="between")
    mean = (3 * a + 5 * b) / 8
    wanted = np.sqrt((3 * (a - mean) ** 2 + 5 * (b - mean) ** 2) / 1 / 8)
    np.testing.assert_allclose([t.standard_error.value for t in between.tests], wanted)
    assert between.test("actor").df == 1
    assert between.component("actor").method.endswith(
        "groups: 2, ratings missing: absent, error between"
    )
    single = social_relations(one, error="between")
    assert single.test("actor").t.absent == "fewer-than-2-groups"
    assert single.component("actor").low is None
    assert single.component("actor").value == pytest.approx(a[0])


# actors differ by nothing at all, so their variance comes out below 0
OPPOSED = np.array([[0, 1, 5, 3], [5, 0, 3, 1], [3, 1, 0, 5], [1, 5, 3, 0]], dtype=float)


def test_a_variance_below_zero_is_shown_or_set_to_zero() -> None:
    kept, zero = social_relations(OPPOSED), social_relations(OPPOSED, negative="zero")
    assert kept.component("actor").value < 0
    assert kept.component("partner").value < 0
    assert kept.share("actor").absent == kept.share("actor-partner").absent == "negative-variance"
    assert kept.share("relationship").value == pytest.approx(1)
    for part in (kept.test("actor").t, kept.test("actor").one_sided, kept.test("actor").two_sided):
        assert part.absent == "negative-variance"
    assert kept.test("actor").standard_error.value > 0
    assert np.isnan(kept.by_group.shares[0, 0])
    assert zero.component("actor").value == 0
    assert zero.share("actor").value == 0
    assert zero.component("actor").method.endswith("error within, negative set to 0")
    assert zero.component("actor").low == kept.component("actor").low
    assert zero.component("relationship") == kept.component("relationship")
    assert zero.component("actor-partner").value == kept.component("actor-partner").value
    assert zero.share("actor-partner").absent == "negative-variance"
    assert zero.by_group.values[0, 0] == zero.by_group.shares[0, 0] == 0


def test_a_missing_rating_takes_the_group_out_or_its_member() -> None:
    whole, torn = square(6, 1), square(6, 2)
    torn[2, 4] = torn[4, 1] = NAN
    both = np.stack([whole, torn])
    absent = social_relations(both)
    assert values(absent) == pytest.approx(values(social_relations(whole)))
    assert absent.by_group.reasons.tolist() == ["", "missing-ratings"]
    assert absent.by_group.n.tolist() == [6, 0]
    assert np.isnan(absent.by_group.values[1]).all()
    assert np.isnan(absent.effects.actor).tolist() == [False] * 6 + [True] * 6
    assert absent.component("actor").n == 6
    dropped = social_relations(both, missing="drop")
    kept = [0, 1, 2, 3, 5]
    rest = social_relations(torn[np.ix_(kept, kept)])
    np.testing.assert_allclose(dropped.by_group.values[1], values(rest))
    assert dropped.by_group.n.tolist() == [6, 5]
    assert dropped.by_group.reasons.tolist() == ["", ""]
    np.testing.assert_allclose(dropped.effects.actor[6:], np.insert(rest.effects.actor, 4, NAN))
    assert dropped.component("actor").n == 11
    assert (
        dropped.component("actor").method == "SRM, groups: 2, ratings missing: drop, error within"
    )
    # a pair that did not rate each other: the later one goes
    torn = square(5, 3)
    torn[1, 3] = torn[3, 1] = NAN
    last = social_relations(torn, missing="drop")
    assert np.isnan(last.effects.partner).tolist() == [False, False, False, True, False]
    torn[0, 2] = NAN
    assert social_relations(torn, missing="drop").component("actor").absent == "missing-ratings"
    # rows that are not there are missing ratings too
    y, i, j, _ = long(square(5)[None])
    assert social_relations(y[3:], i[3:], j[3:]).component("actor").absent == "missing-ratings"


def test_groups_that_are_too_small() -> None:
    found = social_relations(square(3))
    assert found.component("actor").absent == "fewer-than-4-people"
    assert (found.component("actor").n, found.test("actor").df) == (0, 0)
    assert found.share("partner").absent == found.test("actor").t.absent == "fewer-than-4-people"
    assert found.by_group.reasons.tolist() == ["fewer-than-4-people"]
    assert values(social_relations(square(4)))[2] > 0


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (np.zeros((0, 5, 5)), "no-ratings"),
        (np.zeros((0, 0)), "no-ratings"),
        (np.full((5, 5), NAN), "missing-ratings"),
        (np.ones((1, 1)), "no-ratings"),
    ],
)
def test_no_ratings_to_go_by(ratings: np.ndarray, reason: str) -> None:
    for found in (social_relations(ratings), stable_relations(ratings, ratings)):
        assert {part.absent for part in found.components} <= {reason, "fewer-than-4-people"}
        assert found.component("actor").absent is not None


def test_equal_ratings_have_no_variance() -> None:
    found = social_relations(np.full((5, 5), 0.1))
    assert values(found) == [0] * 5
    for name in FIVE:
        assert found.share(name).absent == "no-variance"
        assert found.test(name).t.absent == "no-variance"
    assert not found.effects.actor.any()


def test_terms_that_cancel_leave_no_variance() -> None:
    # one rates another, and is rated, higher: what errors explain of actors is all there is
    odd = np.full((4, 4), 0.1)
    odd[1, 3] = odd[3, 2] = 0.2
    found = social_relations(np.stack([odd, np.full((4, 4), 0.1)]))
    assert found.component("actor").value == found.component("partner").value == 0
    assert found.component("relationship").value == pytest.approx(0.01 / 12)
    assert found.share("actor").value == 0
    assert found.share("actor-partner").absent == "no-variance"
    # two groups may cancel as well
    y = square(5)
    both = bivariate_relations(np.stack([y, y]), np.stack([y, -y]))
    assert [part.value for part in both.pair.components] == [0] * 6


def test_what_cannot_be_asked() -> None:
    y, i, j, _ = long(square(4)[None])
    with pytest.raises(ValueError, match="somebody rated somebody twice; give people="):
        social_relations([*y, 3.0], [*i, 0], [*j, 1])
    with pytest.raises(ValueError, match="raters and targets go together"):
        social_relations(y, i)
    with pytest.raises(ValueError, match="squares need no groups"):
        social_relations(square(4), groups=[1] * 4)
    for wrong in (np.ones((4, 5)), np.ones(4), [np.ones((4, 4))] * 0):
        with pytest.raises(ValueError, match=r"^ratings without raters and targets are a square"):
            social_relations(wrong)
    with pytest.raises(ValueError, match="one value a row, 16 in all"):
        social_relations(y, i[1:], j[1:])
    with pytest.raises(ValueError, match="ratings must be"):
        social_relations(["high"] * 16, i, j)
    with pytest.raises(ValueError, match="finite"):
        social_relations(np.full((4, 4), np.inf))
    for fork in ("missing", "negative", "error"):
        with pytest.raises(ValueError, match=f"{fork} is '"):
            social_relations(square(4), **{fork: "other"})
    with pytest.raises(ValueError, match="between 0 and 1"):
        social_relations(square(4), confidence=95)


def test_two_ratings_that_are_one() -> None:
    y = square(5)
    found = bivariate_relations(y, y)
    one = social_relations(y)
    for part in (found.first, found.second):
        assert values(part) == pytest.approx(values(one))
        assert part.names == FIVE
        for two, other in zip(part.shares, one.shares, strict=True):
            assert two.value == pytest.approx(other.value)
    actor, partner, pair, both, mutual = values(one)
    wanted = [actor, partner, both, both, pair, mutual]
    assert values(found.pair) == pytest.approx(wanted)
    a, p, r, ap, rc = (test.standard_error.value for test in one.tests)
    assert [test.standard_error.value for test in found.pair.tests] == pytest.approx(
        [a, p, ap, ap, r, rc]
    )
    assert found.pair.share("actor-actor").value == pytest.approx(1)
    assert found.pair.share("interpersonal relationship").value == pytest.approx(mutual / pair)
    assert found.pair.names == (
        "actor-actor",
        "partner-partner",
        "actor-partner",
        "partner-actor",
        "intrapersonal relationship",
        "interpersonal relationship",
    )
    opposite = bivariate_relations(y, 8 - y)
    assert values(opposite.pair) == pytest.approx([-one for one in wanted])
    assert opposite.pair.test("actor-actor").t.value < 0
    np.testing.assert_allclose(opposite.second.effects.actor, -one.effects.actor, atol=1e-12)
    np.testing.assert_allclose(opposite.pair.effects.actor, one.effects.actor, atol=1e-12)


def test_covariances_of_two_ratings_follow_from_their_sum() -> None:
    one, two = square(6, 1), square(6, 2)
    found = bivariate_relations(one, two)
    total, a, b = (np.array(values(social_relations(y))) for y in (one + two, one, two))
    half = (total - a - b) / 2
    pair = values(found.pair)
    assert [pair[0], pair[1], (pair[2] + pair[3]) / 2, pair[4], pair[5]] == pytest.approx(
        [half[0], half[1], half[3], half[2], half[4]]
    )
    back = bivariate_relations(two, one)
    assert values(back.pair) == pytest.approx([pair[at] for at in (0, 1, 3, 2, 4, 5)])
    # actor of the first and partner of the second rating, from the effects without the correction
    n = 6
    a1, b2 = found.first.effects.actor, found.second.effects.partner
    left = a1 @ b2 / (n - 1) - pair[2]
    same, opposite = pair[4] + pair[5], pair[4] - pair[5]
    assert left == pytest.approx(same / (2 * (n - 2)) - opposite / (2 * n))


def test_a_rating_missing_in_one_variable_is_missing_in_both() -> None:
    one, two = square(5, 1), square(5, 2)
    one[0, 1] = NAN
    found = bivariate_relations(one, two)
    assert found.second.component("actor").absent == "missing-ratings"
    dropped = bivariate_relations(one, two, missing="drop")
    assert dropped.second.by_group.n.tolist() == dropped.first.by_group.n.tolist() == [4]


def test_what_two_ratings_of_one_thing_share() -> None:
    y = square(6)
    found, one = stable_relations(y, y), social_relations(y)
    assert found.names == (*FIVE[:3], "unstable", *FIVE[3:])
    for name in FIVE:
        assert found.component(name).value == pytest.approx(one.component(name).value)
        assert found.test(name).standard_error.value == pytest.approx(
            one.test(name).standard_error.value
        )
        assert found.share(name).value == pytest.approx(one.share(name).value)
    assert found.component("unstable").value == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(found.effects.actor, one.effects.actor)
    # with an error of its own each rating: covariances stay, the rest is unstable
    first, second = y + square(6, 5), y + square(6, 6)
    found, pair = stable_relations(first, second), bivariate_relations(first, second)
    assert found.component("actor").value == pytest.approx(pair.pair.components[0].value)
    assert found.component("partner").value == pytest.approx(pair.pair.components[1].value)
    assert found.component("relationship").value == pytest.approx(pair.pair.components[4].value)
    crossed = (pair.pair.components[2].value + pair.pair.components[3].value) / 2
    assert found.component("actor-partner").value == pytest.approx(crossed)
    assert found.component("relationship covariance").value == pytest.approx(
        pair.pair.components[5].value
    )
    whole = sum(sum(values(part)[:3]) for part in (pair.first, pair.second)) / 2
    assert found.component("unstable").value == pytest.approx(whole - sum(values(found)[:3]))
    np.testing.assert_allclose(
        found.effects.partner, (pair.first.effects.partner + pair.second.effects.partner) / 2
    )


def parties(n: int, people: list[int]) -> tuple[np.ndarray, ...]:
    """Rows of n parties with so many people each: rater, target, person."""
    rows = [(i, j, k) for i in range(n) for k in range(people[i]) for j in range(n) if i != j]
    return tuple(np.array(rows).T)


def test_people_and_parties_are_told_apart_without_bias() -> None:
    n, people = 4, [1, 2, 3, 2]
    i, j, k = parties(n, people)
    m = len(i)
    cell = i * n + j
    model = covariance(n)[np.ix_(cell, cell)]
    model += 0.6 * (i[:, None] == i) * (k[:, None] == k) + 0.9 * np.eye(m)
    roots = np.linalg.cholesky(model).T
    ratings = roots.ravel()
    group = np.repeat(np.arange(m), m)
    columns = [np.tile(part, m) for part in (i, j)]
    found = social_relations(ratings, *columns, group, people=np.tile(k, m))
    assert found.names == (*FIVE[:3], "person", "person-target", *FIVE[3:])
    for name, wanted in {**TRUTH, "person": 0.6, "person-target": 0.9}.items():
        assert found.component(name).value * m == pytest.approx(wanted, abs=1e-9)
    whole = sum(max(0, found.component(name).value) for name in found.names[:5])
    assert found.share("person").value == pytest.approx(found.component("person").value / whole)


def test_people_within_parties_by_hand() -> None:
    # three parties with two people each, one with one; T = 3 targets
    n, people = 4, [2, 2, 2, 1]
    i, j, k = parties(n, people)
    rng = np.random.default_rng(2)
    y = rng.integers(1, 8, len(i)).astype(float)
    found = social_relations(y, i, j, people=k)
    table = pd.DataFrame({"i": i, "j": j, "k": k, "y": y})
    left = y - table.groupby(["i", "j"])["y"].transform("mean")
    mean = left.groupby([table["i"], table["k"]]).mean()
    people_square = 3 * (mean**2).sum() / 3
    rest = ((left**2).sum() - 3 * (mean**2).sum()) / (3 * 2)
    assert found.component("person").value == pytest.approx((people_square - rest) / 3)
    assert found.component("person-target").value == pytest.approx(rest)
    wanted = math.sqrt((2 * people_square**2 / 5 + 2 * rest**2 / 8) / 9)
    assert found.test("person").standard_error.value == pytest.approx(wanted)
    assert found.test("person-target").standard_error.value == pytest.approx(
        math.sqrt(2 * rest**2 / 8)
    )
    means = table.groupby(["i", "j"])["y"].mean().reset_index()
    plain = social_relations(means["y"], means["i"], means["j"])
    share = (0.5 * 3 + 1) / 4
    assert found.component("actor").value == pytest.approx(
        plain.component("actor").value - share * found.component("person").value
    )
    assert found.component("relationship").value == pytest.approx(
        plain.component("relationship").value - share * rest
    )
    for name, of in (("actor", "person"), ("relationship", "person-target")):
        errors = plain.test(name).standard_error.value, found.test(of).standard_error.value
        assert found.test(name).standard_error.value == pytest.approx(
            math.hypot(errors[0], share * errors[1])
        )
    for name in ("partner", "actor-partner", "relationship covariance"):
        assert found.component(name).value == pytest.approx(plain.component(name).value)
    np.testing.assert_allclose(found.effects.actor, plain.effects.actor)
    # with much in the parties, the correlations are of the freed components
    party = np.array([-9, 0, 17, -8])[i] + np.array([7, -14, 1, 6])[j] + 10 * square(4, 8)[i, j]
    found = social_relations(y + party, i, j, people=k)
    one, two, both = (found.component(name).value for name in (*FIVE[:2], FIVE[3]))
    pair, mutual = (found.component(name).value for name in FIVE[2::2])
    assert min(one, two, pair) > 0
    assert found.share("actor-partner").value == pytest.approx(both / math.sqrt(one * two))
    assert found.share("relationship covariance").value == pytest.approx(mutual / pair)


def test_people_who_left_out_a_party() -> None:
    i, j, k = parties(5, [2, 2, 2, 2, 2])
    y = np.random.default_rng(3).integers(1, 8, len(i)).astype(float)
    lost = (i == 0) & (k == 1) & (j == 2)
    y[lost] = NAN
    absent = social_relations(y, i, j, people=k)
    assert absent.component("actor").absent == "missing-ratings"
    kept = ~((i == 0) & (k == 1))
    dropped = social_relations(y, i, j, people=k, missing="drop")
    without = social_relations(y[kept], i[kept], j[kept], people=k[kept])
    assert values(dropped) == pytest.approx(values(without))
    assert dropped.component("actor").n == 5
    rows = social_relations(y[~lost], i[~lost], j[~lost], people=k[~lost])
    assert rows.component("actor").absent == "missing-ratings"
    with pytest.raises(ValueError, match="a person rated a target twice"):
        social_relations([*y, 3], [*i, 1], [*j, 2], people=[*k, 0])


def test_parties_of_one_person_cannot_be_told_from_it() -> None:
    y, i, j, _ = long(square(5)[None])
    found = social_relations(y, i, j, people=["someone"] * len(y))
    assert found.component("actor").absent == "no-party-with-2-people"
    assert found.by_group.reasons.tolist() == ["no-party-with-2-people"]
    assert np.isnan(found.by_group.values).all()


@given(
    rows=st.lists(
        st.tuples(st.sampled_from([1.0, 2.0, 5.0, NAN]), st.integers(0, 5), st.integers(0, 5)),
        max_size=36,
        unique_by=lambda row: row[1:],
    ),
    missing=st.sampled_from(["absent", "drop"]),
    people=st.booleans(),
)
@settings(derandomize=True)
def test_whatever_is_missing_there_is_a_number_or_a_reason(
    rows: list[tuple[float, int, int]], missing: str, people: bool
) -> None:
    y, i, j = np.array(rows, dtype=float).reshape(-1, 3).T
    who = np.zeros(len(y)) if people else None
    for negative in ("keep", "zero"):
        found = social_relations(y, i, j, people=who, missing=missing, negative=negative)
        for part, share, test in zip(found.components, found.shares, found.tests, strict=True):
            assert (part.absent is None) == (found.by_group.reasons.tolist() == [""])
            assert part.absent != ""
            assert share.absent != ""
            assert test.t.absent != ""


def test_many_groups_at_once() -> None:
    rng = np.random.default_rng(5)
    squares = rng.normal(size=(20_000, 4, 4))
    found = social_relations(squares)
    assert found.component("relationship").value == pytest.approx(1, abs=0.02)
    assert found.component("actor").value == pytest.approx(0, abs=0.02)
    assert len(found.effects.members) == 80_000
