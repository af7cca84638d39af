from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.statistics.intraclass import icc_1, icc_k, one_way
from lcdiag.statistics.shrinkage import empirical_bayes_means
from lcdiag.statistics.variance import VarianceShares, combined, variance_shares

NAN = np.nan


def crossed(start: int = 1, n: int = 240, sds: tuple[float, ...] = (1.0, 0.7)) -> Any:
    """Answers of persons about topics, unbalanced, with known spread."""
    rng = np.random.default_rng(start)
    person, topic = rng.integers(0, 30, n), rng.integers(0, 12, n)
    y = sds[0] * rng.normal(size=30)[person] + sds[1] * rng.normal(size=12)[topic]
    return y + rng.normal(size=n), {"person": person, "topic": topic}


def values_of(found: VarianceShares) -> dict[str, float]:
    return {name: found.component(name).value or 0.0 for name in (*found.names, "residual")}


def likelihood(y: Any, factors: dict[str, Any], parts: dict[str, float], reml: bool) -> float:
    """The deviance from the whole covariance matrix, as the definition has it."""
    n = len(y)
    V = parts["residual"] * np.eye(n)
    for name, labels in factors.items():
        V += parts[name] * (np.asarray(labels)[:, None] == np.asarray(labels)[None, :])
    inverse, one = np.linalg.inv(V), np.ones(n)
    mean = (one @ inverse @ y) / (one @ inverse @ one)
    value = np.linalg.slogdet(V)[1] + (y - mean) @ inverse @ (y - mean)
    value += (n - reml) * np.log(2 * np.pi)
    return float(value + (np.log(one @ inverse @ one) if reml else 0.0))


@pytest.mark.parametrize("method", ["reml", "ml"])
def test_the_criterion_is_the_deviance_of_the_definition_at_its_lowest(method: Any) -> None:
    y, factors = crossed()
    found = variance_shares(y, factors, method=method, intervals="none")
    parts = values_of(found)
    lowest = likelihood(y, factors, parts, method == "reml")
    assert found.criterion.value == pytest.approx(lowest, abs=1e-8)
    for name in parts:
        for change in (0.99, 1.01):
            moved = parts | {name: parts[name] * change}
            assert likelihood(y, factors, moved, method == "reml") > lowest
    assert found.converged


def test_a_profile_limit_is_where_the_deviance_has_risen_enough() -> None:
    y, factors = crossed(n=120)
    found = variance_shares(y, factors)
    share = found.share("person")
    assert share.low is not None
    lowest = found.criterion.value
    assert lowest is not None
    # with the share fixed, search the other ratio and the scale by brute force
    best = np.inf
    for topic in np.exp(np.linspace(-3, 1, 41)):
        person = share.low / (1 - share.low) * (1 + topic)
        parts = {"person": person, "topic": topic, "residual": 1.0}
        value = likelihood(y, factors, parts, True)
        n = len(y)
        squares = value - likelihood(0 * y, factors, parts, True)
        scale = squares / (n - 1)
        value += (n - 1) * np.log(scale) - squares + squares / scale
        best = min(best, value)
    assert best - lowest == pytest.approx(3.841459, abs=0.02)


def test_equal_cells_give_the_components_of_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(12), 5)
    y = rng.normal(size=12)[group] + rng.normal(size=60)
    found, table = variance_shares(y, {"group": group}), one_way(y, group)
    assert not isinstance(table, str)
    assert found.component("residual").value == pytest.approx(table.ms_within, rel=1e-10)
    between = (table.ms_between - table.ms_within) / 5
    assert found.component("group").value == pytest.approx(between, rel=1e-10)
    assert found.mean.value == pytest.approx(y.mean())
    assert found.mean_error.value == pytest.approx(np.sqrt(table.ms_between / 60))
    assert icc_1(y, group, size="reml").value == pytest.approx(icc_1(y, group).value)
    assert icc_k(y, group, components="reml").value == pytest.approx(icc_k(y, group).value)


def test_each_part_says_its_n_and_how_it_was_found() -> None:
    y, factors = crossed()
    y[:7] = NAN
    found = variance_shares(y, factors, bands=(0.9, 0.5))
    person, rest = found.share("person"), found.share("residual")
    assert person.n == len(np.unique(factors["person"][7:]))
    assert rest.n == 233 == found.n
    assert person.method == rest.method == "reml, profile"
    assert [band.confidence for band in person.bands] == [0.5, 0.9]
    narrow, wide = person.bands
    assert person.low < wide.low < narrow.low < person.value  # type: ignore[operator]
    assert person.value < narrow.high < wide.high < person.high  # type: ignore[operator]
    frame = found.to_frame()
    assert frame["factor"].tolist() == ["person", "topic", "residual"]
    assert frame["share_value"].sum() == pytest.approx(1)
    assert frame["variance_low"].iloc[0] == found.component("person").low
    assert frame["absent"].tolist() == [""] * 3


@pytest.mark.parametrize("intervals", ["profile", "approximate", "bootstrap"])
def test_intervals_of_every_kind_lie_around_the_value(intervals: Any) -> None:
    y, factors = crossed()
    rng = np.random.default_rng(1)
    found = variance_shares(y, factors, intervals=intervals, rng=rng, resamples=60)
    for name in ("person", "topic", "residual"):
        for cell in (found.share(name), found.component(name)):
            assert cell.low < cell.value < cell.high  # type: ignore[operator]
            assert cell.method == f"reml, {intervals}"
    assert found.mean.low < found.mean.value < found.mean.high  # type: ignore[operator]


def test_the_kinds_of_interval_agree_where_there_are_many_levels() -> None:
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(300), 4)
    y = rng.normal(size=300)[group] + rng.normal(size=1200)
    cells = [
        variance_shares(y, {"group": group}, intervals=kind) for kind in ("profile", "approximate")
    ]
    for name in ("group", "residual"):
        one, other = (found.share(name) for found in cells)
        assert one.low == pytest.approx(other.low, abs=0.003)
        assert one.high == pytest.approx(other.high, abs=0.003)
        first, second = (found.component(name) for found in cells)
        assert first.low == pytest.approx(second.low, rel=0.02)
        assert first.high == pytest.approx(second.high, rel=0.02)
    assert cells[0].mean.low == pytest.approx(cells[1].mean.low, abs=0.002)


def test_no_variance_between_groups_is_a_boundary_and_has_an_upper_limit() -> None:
    y = np.tile([1.0, 2.0, 3.0], 6)
    group = np.repeat(np.arange(6), 3)
    found = variance_shares(y, {"group": group})
    share = found.share("group")
    assert share.value == 0
    assert share.low == 0
    assert share.high is not None
    assert 0 < share.high < 0.5
    assert share.method == "reml, profile, at-boundary"
    assert found.component("group").low == 0
    assert np.asarray(found.blups("group")).tolist() == [0] * 6
    assert icc_1(y, group, size="reml").value == 0
    assert icc_1(y, group).value < 0  # type: ignore[operator]
    assert variance_shares(y, {"group": group}, intervals="approximate").share("group").low is None
    whole = variance_shares(y, {"group": group}, of="factors").share("group")
    assert whole.absent == "no-variance-between"
    assert whole.method == "reml, profile, at-boundary"


def test_few_levels_are_said() -> None:
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(4), 10)
    y = rng.normal(size=4)[group] * 2 + rng.normal(size=40)
    found = variance_shares(y, {"group": group})
    assert found.share("group").method == "reml, profile, few-levels"
    assert found.share("residual").method == "reml, profile"
    five = np.repeat(np.arange(5), 8)
    assert variance_shares(y, {"group": five}).share("group").method.count("few-levels") == 0


def test_factors_that_cannot_be_told_apart_are_said() -> None:
    y, factors = crossed()
    everything = {
        "person": factors["person"],
        "badge": [f"b{p}" for p in factors["person"]],
        "row": np.arange(240),
        "study": ["s"] * 240,
    }
    found = variance_shares(y, everything)
    assert found.share("person").absent == "same-levels-as-badge"
    assert found.share("badge").absent == "same-levels-as-person"
    assert found.share("row").absent == "one-answer-a-level"
    assert found.share("row").n == 240
    assert found.share("study").absent == "one-level"
    assert found.share("study").n == 1
    together = variance_shares(y, {"person": factors["person"]}).share("person")
    assert found.share("person+badge").value == pytest.approx(together.value)
    assert len(found.blups("person")) == 0
    names = found.to_frame()["factor"].tolist()
    assert set(names) == {"person", "badge", "row", "study", "person+badge", "residual"}


@pytest.mark.parametrize(
    ("y", "labels", "reason"),
    [
        ([], [], "no-answers"),
        ([NAN, NAN, NAN], [1, 1, 2], "no-answers"),
        ([1, 2, NAN], [1, 1, 2], "fewer-than-3-answers"),
        ([2, 2, 2, 2], [1, 1, 2, 2], "no-variation"),
        ([1, 1, 2, 2], [1, 1, 2, 2], "no-variation-within"),
        ([1, 2, 3, 4], [1, 1, 1, 1], "no-factor-to-separate"),
        ([1, 2, 3, 4], [1, 2, 3, 4], "no-factor-to-separate"),
    ],
)
def test_without_a_partition_every_part_says_why(y: Any, labels: Any, reason: str) -> None:
    found = variance_shares(y, {"group": labels})
    cells = [found.share("group"), found.component("residual"), found.mean, found.criterion]
    assert {cell.absent for cell in (*cells, found.mean_error)} == {reason}
    assert not found.converged
    assert len(found.blups("group")) == 0
    for cell in (icc_1(y, labels, size="reml"), icc_k(y, labels, components="reml")):
        assert cell.absent in {reason, "fewer-than-2-groups", "no-group-with-2-answers"} | {
            "no-variance"
        }


def test_what_does_not_exist_is_refused() -> None:
    y, factors = crossed()
    with pytest.raises(ValueError, match="one or more"):
        variance_shares(y, {})
    with pytest.raises(ValueError, match="called residual"):
        variance_shares(y, {"residual": factors["person"]})
    for name, value in (
        ("method", "mcmc"),
        ("intervals", "wald"),
        ("profile_of", "reml"),
        ("of", "x"),
    ):
        with pytest.raises(ValueError, match=f"{name} is one of"):
            variance_shares(y, factors, **{name: value})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="rng"):
        variance_shares(y, factors, intervals="bootstrap")
    with pytest.raises(ValueError, match="2 draws"):
        variance_shares(y, factors, resamples=1)
    with pytest.raises(ValueError, match="one label a row"):
        variance_shares(y, {"person": [1, 2]})
    found = variance_shares(y, factors, of="factors")
    with pytest.raises(KeyError, match="parts are person, topic, residual"):
        found.share("party")
    with pytest.raises(KeyError, match="leaves the residual out"):
        found.share("residual")
    total = sum(found.share(name).value or 0 for name in factors)
    assert total == pytest.approx(1)
    assert found.share("person").method == "reml, of factors"
    assert found.share("person").low is None


def test_interactions_are_combined_labels() -> None:
    assert combined([1, 1, 2], ["a", "b", "a"]).tolist() == ["1:a", "1:b", "2:a"]
    with pytest.raises(ValueError, match="one length"):
        combined([1, 2], ["a"])
    with pytest.raises(ValueError, match="one length"):
        combined()
    with pytest.raises(ValueError, match="group label"):
        combined(["a", None], ["b", "c"])


def test_effects_are_the_means_of_groups_drawn_towards_the_middle() -> None:
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(8), [2, 3, 4, 5, 6, 7, 8, 9])
    y = 5 + rng.normal(size=8)[group] + rng.normal(size=44)
    found = variance_shares(y, {"group": group})
    tau, sigma = found.component("group").value, found.component("residual").value
    assert tau is not None
    assert sigma is not None
    mean = found.mean.value
    n = np.bincount(group)
    keep = tau / (tau + sigma / n)
    raw = np.bincount(group, weights=y) / n
    blups = found.blups("group")
    np.testing.assert_allclose(np.asarray(blups), keep * (raw - mean), atol=1e-10)
    np.testing.assert_allclose(blups.errors, np.sqrt(tau * (1 - keep)), atol=1e-10)
    assert blups.n.tolist() == n.tolist()
    assert blups.method == "blups, reml"
    means = empirical_bayes_means(y, group, uncertainty="conditional")
    np.testing.assert_allclose(np.asarray(means), mean + keep * (raw - mean), atol=1e-10)
    np.testing.assert_allclose(means.errors, blups.errors, atol=1e-10)
    np.testing.assert_allclose(means.reliability, keep, atol=1e-10)
    np.testing.assert_allclose(means.raw, raw)


def test_conditional_errors_of_crossed_effects_are_those_of_the_definition() -> None:
    y, factors = crossed(n=80)
    found = variance_shares(y, factors)
    parts = values_of(found)
    Z = {name: np.equal.outer(labels, np.unique(labels)) for name, labels in factors.items()}
    V = parts["residual"] * np.eye(80)
    V += sum(parts[name] * Z[name] @ Z[name].T for name in factors)
    inverse = np.linalg.inv(V)
    for name in factors:
        blups = found.blups(name)
        effect = parts[name] * Z[name].T @ inverse @ (y - found.mean.value)
        spread = parts[name] - parts[name] ** 2 * np.diagonal(Z[name].T @ inverse @ Z[name])
        np.testing.assert_allclose(np.asarray(blups), effect, atol=1e-9)
        np.testing.assert_allclose(blups.errors, np.sqrt(spread), atol=1e-9)


def test_three_nested_and_crossed_factors_have_the_definitions_deviance() -> None:
    rng = np.random.default_rng(1)
    person = np.repeat(np.arange(40), 4)
    party, community = person % 6, person // 8
    y = rng.normal(size=40)[person] + rng.normal(size=6)[party] + rng.normal(size=5)[community]
    y = y + rng.normal(size=160)
    factors = {"person": person, "party": party, "community": community}
    found = variance_shares(y, factors, intervals="none")
    lowest = likelihood(y, factors, values_of(found), True)
    assert found.criterion.value == pytest.approx(lowest, abs=1e-8)


def test_a_sparse_rest_gives_the_same_deviance(monkeypatch: pytest.MonkeyPatch) -> None:
    from lcdiag.statistics import mixed_deviance

    y, factors = crossed()
    dense = variance_shares(y, factors, intervals="none")
    monkeypatch.setattr(mixed_deviance, "DENSE_LEVELS", 3)
    sparse = variance_shares(y, factors, intervals="none")
    for name in ("person", "topic", "residual"):
        assert sparse.component(name).value == pytest.approx(dense.component(name).value, rel=1e-4)
    assert sparse.criterion.value == pytest.approx(dense.criterion.value, abs=1e-6)
    assert np.isnan(sparse.blups("person").errors).all()


def test_large_tables_get_approximate_limits_by_themselves() -> None:
    rng = np.random.default_rng(1)
    person, topic = np.repeat(np.arange(900), 3), rng.integers(0, 450, 2700)
    y = rng.normal(size=900)[person] + rng.normal(size=450)[topic] + rng.normal(size=2700)
    found = variance_shares(y, {"person": person, "topic": topic})
    assert found.share("person").method == "reml, approximate"
    asked = variance_shares(y, {"person": person, "topic": topic}, intervals="none")
    assert asked.share("person").low is None
    assert asked.share("person").method == "reml"


@given(st.integers(1, 5000))
@settings(derandomize=True)
def test_names_rows_and_units_change_nothing_else(start: int) -> None:
    rng = np.random.default_rng(start)
    y, factors = crossed(start, n=40)
    order = rng.permutation(40)
    shift, scale = rng.normal() * 10, float(np.exp(rng.normal()))
    renamed = {
        "person": np.array([f"p{100 - p}" for p in factors["person"]])[order],
        "topic": np.array([f"t{t}" for t in factors["topic"]])[order],
    }
    before = variance_shares(y, factors, intervals="none")
    after = variance_shares(scale * y[order] + shift, renamed, intervals="none")
    assert before.absent == after.absent
    if before.absent:
        return
    shares = []
    for name in ("person", "topic", "residual"):
        one, other = before.component(name).value, after.component(name).value
        assert other == pytest.approx(one * scale**2, rel=1e-5, abs=1e-6 * scale**2)  # type: ignore[operator]
        share = before.share(name).value
        assert share is not None
        assert share >= 0
        shares.append(share)
    assert sum(shares) == pytest.approx(1)
    assert after.mean.value == pytest.approx(scale * before.mean.value + shift, abs=1e-5)  # type: ignore[operator]


@given(st.integers(1, 5000))
@settings(derandomize=True)
def test_the_mean_of_a_group_is_drawn_inwards_and_never_beyond_the_middle(start: int) -> None:
    rng = np.random.default_rng(start)
    group = rng.integers(0, 6, 25)
    y = rng.normal(size=6)[group] * rng.choice([0, 1, 3]) + rng.normal(size=25)
    found = empirical_bayes_means(y, group)
    mean = variance_shares(y, {"group": group}).mean.value
    if found.absent:
        return
    raw, drawn = found.raw - mean, np.asarray(found) - mean
    assert (np.abs(drawn) <= np.abs(raw) + 1e-9).all()
    assert (drawn * raw >= -1e-9).all()
    assert ((found.reliability >= 0) & (found.reliability < 1)).all()


def test_shrunken_means_widen_with_what_they_allow_for() -> None:
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(10), 4)
    y = rng.normal(size=10)[group] + rng.normal(size=40)
    widths = []
    for kind in ("conditional", "mean", "mean-and-components"):
        found = empirical_bayes_means(y, group, uncertainty=kind, bands=(0.5,))
        cell = found.estimate(3)
        assert cell.method == f"empirical Bayes, reml, {kind}"
        assert cell.n == 4
        assert cell.low < cell.bands[0].low < cell.value  # type: ignore[operator]
        widths.append(cell.high - cell.low)  # type: ignore[operator]
    assert widths[0] < widths[1] < widths[2]
    frame = found.to_frame()
    assert list(frame.columns) == ["group", "n", "value", "raw", "reliability", "error"]
    assert len(found) == 10


def test_groups_without_answers_and_without_differences() -> None:
    y = np.array([1.0, 2.0, 3.0, 1.0, 2.0, 3.0, NAN])
    found = empirical_bayes_means(y, list("aaabbbc"))
    assert found.estimate("c").absent == "no-answers"
    assert found.estimate("c").n == 0
    assert found.estimate("a").value == pytest.approx(2)
    assert found.method.endswith("at-boundary")
    with pytest.raises(KeyError, match="no group 'd'"):
        found.estimate("d")
    nothing = empirical_bayes_means([NAN, NAN], ["a", "b"])
    assert nothing.estimate("a").absent == "no-answers"
    assert nothing.absent == "no-answers"
    with pytest.raises(ValueError, match="uncertainty is one of"):
        empirical_bayes_means(y, list("aaabbbc"), uncertainty="all")  # type: ignore[arg-type]


def test_the_allowance_for_components_holds_in_a_simulation() -> None:
    inside = tried = 0
    for start in range(1, 41):
        rng = np.random.default_rng(start)
        truth = rng.normal(size=12)
        group = np.repeat(np.arange(12), 3)
        y = truth[group] + 1.5 * rng.normal(size=36)
        found = empirical_bayes_means(y, group)
        if found.absent or "boundary" in found.method:
            continue
        for label in range(12):
            cell = found.estimate(label)
            inside += cell.low <= truth[label] <= cell.high  # type: ignore[operator]
            tried += 1
    assert tried > 300
    assert 0.90 < inside / tried <= 0.99
