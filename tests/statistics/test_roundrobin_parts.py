from __future__ import annotations

import math

import numpy as np
import pytest

from lcdiag.statistics.roundrobin_blocks import Block, blocks_of, long_ratings, squares
from lcdiag.statistics.roundrobin_estimates import (
    Effects,
    effect_part,
    effects_of,
    estimate_of,
    relationship_part,
)
from lcdiag.statistics.roundrobin_people import people_within_parties, whole_people
from lcdiag.statistics.roundrobin_results import Forks, pooled
from lcdiag.statistics.roundrobin_table import (
    KINDS,
    NAMES,
    components_by_group,
    variable_parts,
)

NAN = math.nan


def block(ratings: np.ndarray) -> Block:
    g, n = ratings.shape[:2]
    return Block(np.arange(g), ratings, np.arange(g * n).reshape(g, n))


def test_labels_become_places() -> None:
    rows = long_ratings([[1, 2, 3, 4]], list("abba"), list("bacb"), list("xxyy"), None)
    assert rows.groups.tolist() == ["x", "y"]
    # in x are a and b, in y a, b and c
    assert rows.members.tolist() == ["a", "b", "a", "b", "c"]
    assert (rows.starts.tolist(), rows.sizes.tolist()) == ([0, 2], [2, 3])
    assert rows.bases.tolist() == [0, 4]
    assert rows.raters.tolist() == [0, 1, 3, 2]
    assert rows.targets.tolist() == [1, 0, 4, 3]
    assert rows.cells.tolist() == [1, 2, 4 + 1 * 3 + 2, 4 + 0 * 3 + 1]
    flat = squares(rows)[:, 0]
    wanted = np.full(13, NAN)
    wanted[[1, 2, 9, 5]] = [1, 2, 3, 4]
    np.testing.assert_array_equal(flat, wanted)


def test_members_leave_until_the_rest_is_complete() -> None:
    ratings = np.arange(36.0).reshape(6, 6)
    ratings[5, 0] = ratings[0, 5] = ratings[5, 1] = NAN
    rows = long_ratings([ratings], None, None, None, None)
    found, sizes = blocks_of(rows, "drop")
    assert sizes.tolist() == [5]
    (kept,) = found
    assert kept.rows.tolist() == [0]
    assert kept.members.tolist() == [[0, 1, 2, 3, 4]]
    np.testing.assert_array_equal(kept.ratings[0, :, :, 0], np.where(np.eye(5), 0, ratings[:5, :5]))
    assert blocks_of(rows, "absent")[0] == []
    assert blocks_of(rows, "absent")[1].tolist() == [0]


def test_a_part_is_a_sum_over_the_three_products() -> None:
    # p = 2 variables: actor effects 0 and 1, partner effects 2 and 3; n = 5
    effects = Effects(
        np.zeros((1, 5, 2)),
        np.zeros((1, 5, 2)),
        np.arange(16.0).reshape(1, 4, 4) + np.arange(16.0).reshape(4, 4).T,
        np.array([[[3.0, 1], [1, 2]]]),
        np.array([[[2.0, 0.5], [0.5, 1]]]),
    )
    assert effects.n == 5
    s, same, opposite = effects.between[0], effects.same[0], effects.opposite[0]
    for one, two in ((0, 0), (0, 1), (2, 3), (3, 3)):
        value, _ = estimate_of(effect_part(2, one, two), effects)
        pair = one % 2, two % 2
        assert value[0] == pytest.approx(s[one, two] - same[pair] / 6 - opposite[pair] / 10)
    value, _ = estimate_of(effect_part(2, 0, 3, crossed=True), effects)
    assert value[0] == pytest.approx(s[0, 3] - same[0, 1] / 6 + opposite[0, 1] / 10)
    value, error = estimate_of(relationship_part(2, 1, 1), effects)
    assert value[0] == pytest.approx((2 + 1) / 2)
    # a single variance: 2 s^4 / (f + 2), f = 5 and 6
    assert error[0] == pytest.approx(2 * 4 / 7 / 4 + 2 * 1 / 8 / 4)
    value, error_back = estimate_of(relationship_part(2, 0, 1, reverse=True), effects)
    assert value[0] == pytest.approx((1 - 0.5) / 2)
    twice = relationship_part(2, 1, 1).plus(relationship_part(2, 1, 1), 2.0)
    value, error_twice = estimate_of(twice, effects)
    assert value[0] == pytest.approx(4.5)
    assert error_twice[0] == pytest.approx(9 * error[0])
    assert error_back[0] > 0


def test_the_error_of_a_covariance_is_unbiased() -> None:
    # of a covariance with f degrees of freedom the variance is (s11 s22 + s12^2) / f
    f, sigma = 3, np.array([[2.0, 0.6], [0.6, 1.0]])
    rng = np.random.default_rng(1)
    drawn = rng.normal(size=(100_000, f, 2)) @ np.linalg.cholesky(sigma).T
    between = np.swapaxes(drawn, 1, 2) @ drawn / f
    none = np.zeros((len(between), 1, 1))
    effects = Effects(np.zeros((1, 4, 1)), np.zeros((1, 4, 1)), between, none, none)
    value, error = estimate_of(effect_part(1, 0, 1, crossed=True), effects)
    wanted = (2.0 * 1.0 + 0.36) / f
    assert value.var() == pytest.approx(wanted, rel=0.03)
    assert error.mean() == pytest.approx(wanted, rel=0.03)


def test_noise_of_rounding_is_no_variance() -> None:
    actor = np.array([0.1, 0.7, -0.3, 0.2, 0.9])
    ratings = np.repeat(actor[:, None], 5, axis=1)[None, :, :, None] * np.ones((1, 5, 5, 1))
    found = effects_of(block(1000.1 + ratings))
    assert found.same[0, 0, 0] == found.opposite[0, 0, 0] == 0
    assert found.between[0, 1, 1] == 0
    assert found.between[0, 0, 0] == pytest.approx(actor.var(ddof=1))
    tiny = effects_of(block(1e-9 * np.random.default_rng(1).normal(size=(1, 5, 5, 1))))
    assert tiny.same[0, 0, 0] > 0


def test_the_table_keeps_order_and_reasons() -> None:
    ratings = np.stack([np.arange(16.0).reshape(4, 4) ** 2, np.full((4, 4), NAN)])
    rows = long_ratings([ratings], None, None, None, None)
    table, effects, blocks = components_by_group(rows, "absent", variable_parts(1, 0), NAMES, KINDS)
    assert table.reasons.tolist() == ["", "missing-ratings"]
    assert len(blocks) == len(effects) == 1
    wanted = [estimate_of(part, effects_of(blocks[0])) for part in variable_parts(1, 0)]
    np.testing.assert_array_equal(table.values[0], [value[0] for value, _ in wanted])
    np.testing.assert_array_equal(table.errors[0], [error[0] for _, error in wanted])
    forks = Forks("absent", "keep", "within", 0.95, ())
    found = pooled(table, forks, effects[0], [2, 4])
    assert found.names == ("relationship", "relationship covariance")
    assert found.components[0].value == pytest.approx(table.values[0, 2])


def test_people_are_whole_or_not() -> None:
    # parties 0, 1 with two and one people, 2 and 3 with one: person 1 of party 0 rated 1 and 2 only
    rows = [(0, j, 0) for j in (1, 2, 3)] + [(0, 1, 1), (0, 2, 1)]
    rows += [(i, j, 9) for i in (1, 2, 3) for j in range(4) if j != i]
    i, j, k = np.array(rows).T
    y = np.arange(len(rows), dtype=float)
    given = long_ratings([y], i, j, None, k)
    dropped = whole_people(given, "drop")
    assert len(dropped.values) == len(rows) - 2
    assert squares(dropped)[1, 0] == 0
    spoiled = whole_people(given, "absent")
    assert np.isnan(squares(spoiled)[[1, 2], 0]).all()
    assert squares(spoiled)[3, 0] == 2
    blocks, _ = blocks_of(dropped, "drop")
    parts = people_within_parties(dropped, blocks)
    assert np.isnan(parts.values).all()
    assert parts.share.tolist() == [1.0]
