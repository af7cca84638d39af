"""The reliability of a sum of ordinal answers: slopes, simulation, forks and hostile answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_cases import items

from lcdiag.statistics.categorical_omega import categorical_omega, omega_of
from lcdiag.statistics.contingency import contingency
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.ordinal_model import OrdinalModel, fit_ordinal
from lcdiag.statistics.reliability import mcdonald_omega


def answers(seed: int, n: int = 120, k: int = 4) -> np.ndarray:
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(n, 1)) + rng.normal(size=(n, k))
    return np.clip(np.round(latent + 3), 1, 5)


def model_of(rows: object) -> OrdinalModel:
    data = contingency(rows)
    assert not isinstance(data, str)
    found = fit_ordinal(data)
    assert isinstance(found, OrdinalModel)
    return found


def value_of(model: OrdinalModel, scale: str, variance: str) -> float:
    found = omega_of(model, scale, variance)
    assert not isinstance(found, str)
    return found[0]


@pytest.mark.parametrize("scale", ["sum", "latent"])
@pytest.mark.parametrize("variance", ["implied", "observed"])
def test_slopes_are_those_of_omega(scale: str, variance: str) -> None:
    rows = answers(3)
    rows[:, 0] = rows[:, 0] >= 3
    rows[:, 1] = np.where(rows[:, 1] == 4, 9.0, rows[:, 1])  # unequal distances
    model = model_of(rows)
    found = omega_of(model, scale, variance)
    assert not isinstance(found, str)
    used = np.argwhere(np.isfinite(model.thresholds))
    step, moved = 1e-5, []
    for item, place in used:
        pair = []
        for sign in (1, -1):
            thresholds = model.thresholds.copy()
            thresholds[item, place] += sign * step
            pair.append(value_of(replace(model, thresholds=thresholds), scale, variance))
        moved.append((pair[0] - pair[1]) / (2 * step))
    for number in range(len(model.rho)):
        pair = []
        for sign in (1, -1):
            away = sign * step * np.eye(len(model.rho))[number]
            other = replace(
                model, rho=model.rho + away, loadings=model.loadings + model.from_rho @ away
            )
            pair.append(value_of(other, scale, variance))
        moved.append((pair[0] - pair[1]) / (2 * step))
    assert found[1] == pytest.approx(np.array(moved), abs=1e-6)


def test_omega_is_the_correlation_of_two_sums_with_one_factor() -> None:
    model = model_of(answers(4, 400))
    rng = np.random.default_rng(1)
    factor = rng.normal(size=(200_000, 1)) * model.loadings

    def sums() -> np.ndarray:
        own = rng.normal(size=factor.shape) * np.sqrt(1 - model.loadings**2)
        return (factor + own)[:, :, None].__gt__(model.thresholds).sum(axis=(1, 2))

    found = np.corrcoef(sums(), sums())[0, 1]
    assert value_of(model, "sum", "implied") == pytest.approx(found, abs=0.005)


def test_latent_omega_has_a_closed_form() -> None:
    model = model_of(answers(4, 400))
    common, own = model.loadings.sum() ** 2, (1 - model.loadings**2).sum()
    assert value_of(model, "latent", "implied") == pytest.approx(common / (common + own))
    total = model.matrix(model.rho).sum()
    assert value_of(model, "latent", "observed") == pytest.approx(common / total)


def test_reasons_of_a_model() -> None:
    model = model_of(answers(4, 400))
    heywood = replace(model, loadings=np.array([1.0, 0.5, 0.5, 0.5]))
    assert omega_of(heywood, "sum", "implied") == "heywood"
    low = replace(model, rho=model.rho * 0)
    for scale in ("sum", "latent"):
        assert omega_of(low, scale, "observed") == "above-1"
        assert not isinstance(omega_of(low, scale, "implied"), str)
    none = replace(model, rho=np.full(6, -1 / 3))
    assert omega_of(none, "latent", "observed") == "no-total-variance"


def test_intervals() -> None:
    data = items("synth_team")
    delta = categorical_omega(data, interval="delta", confidence=0.9, bands=(0.5, 0.95))
    error = (delta.high - delta.value) / 1.6448536269514722
    assert delta.value - delta.low == pytest.approx(delta.high - delta.value)
    assert [band.confidence for band in delta.bands] == [0.5, 0.95]
    assert delta.bands[0].high == pytest.approx(delta.value + 0.6744897501960817 * error)
    drawn = categorical_omega(
        data, interval="bootstrap", rng=np.random.default_rng(1), resamples=400, confidence=0.68
    )
    assert drawn.value == delta.value
    assert (drawn.high - drawn.low) / 2 == pytest.approx(error, rel=0.15)
    logit = categorical_omega(data, confidence=0.9)
    assert logit.method.endswith(", logit")
    centre = np.log(logit.value / (1 - logit.value))
    half = 1.6448536269514722 * error / (logit.value * (1 - logit.value))
    assert logit.low == pytest.approx(1 / (1 + np.exp(half - centre)))
    assert logit.high == pytest.approx(1 / (1 + np.exp(-half - centre)))
    none = categorical_omega(data, interval="none")
    assert none.low is None
    assert none.n == 219
    assert none.method == "categorical, wlsmv, sum score, implied variance, listwise"


def test_clusters_widen_intervals_that_people_of_one_share() -> None:
    rows = np.repeat(answers(6, 60), 2, axis=0)
    plain = categorical_omega(rows, interval="delta")
    couples = categorical_omega(rows, interval="delta", cluster=np.repeat(np.arange(60), 2))
    wider = np.sqrt(2 * 60 / 59)
    assert couples.high - couples.value == pytest.approx((plain.high - plain.value) * wider)
    assert couples.method.endswith(", delta by cluster")
    one = categorical_omega(rows, cluster=np.zeros(120))
    assert (one.absent, one.n) == ("fewer-than-2-clusters", 120)


def test_the_bootstrap_draws_communities_whole() -> None:
    rows = np.repeat(answers(6, 60), 3, axis=0)
    codes = np.repeat(np.arange(60), 3)

    def width(cluster: np.ndarray | None) -> float:
        found = categorical_omega(
            rows,
            interval="bootstrap",
            rng=np.random.default_rng(2),
            resamples=200,
            cluster=cluster,
        )
        return found.high - found.low

    assert width(codes) / width(None) == pytest.approx(np.sqrt(3), rel=0.25)


def test_the_same_generator_gives_the_same_limits() -> None:
    rows = answers(7, 60, 3)
    first, second = (
        categorical_omega(rows, interval="bootstrap", rng=np.random.default_rng(5), resamples=20)
        for _ in range(2)
    )
    assert (first.low, first.high) == (second.low, second.high)


def test_the_door_of_all_omegas_leads_here() -> None:
    rows, cluster = answers(8), np.arange(120) // 6
    through = mcdonald_omega(
        rows, kind="categorical", cluster=cluster, bands=(0.5,), variance="observed"
    )
    direct = categorical_omega(rows, cluster=cluster, bands=(0.5,), variance="observed")
    assert through == direct
    latent = mcdonald_omega(rows, kind="categorical", scale="latent", interval="delta")
    assert latent == categorical_omega(rows, scale="latent", interval="delta")


@pytest.mark.parametrize(
    ("forks", "words"),
    [
        ({"kind": "categorical", "method": "efa"}, "goes with method='cfa'"),
        ({"kind": "categorical", "metric": "correlation"}, "goes with method='cfa'"),
        ({"kind": "categorical", "missing": "pairwise"}, "goes with method='cfa'"),
        ({"kind": "categorical", "n_factors": 2}, "and one factor"),
        ({"kind": "categorical", "interval": "robust"}, "has no interval 'robust'"),
        ({"kind": "categorical", "interval": "robust-logit"}, "has no interval"),
        ({"kind": "categorical", "scale": "mean"}, "scale is one of"),
        ({"scale": "latent"}, "goes with kind='categorical'"),
    ],
)
def test_forks_that_do_not_go_together(forks: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        mcdonald_omega(answers(1), **forks)


def test_unknown_forks_and_input_are_refused() -> None:
    for forks in ({"scale": "x"}, {"variance": "x"}, {"interval": "x"}):
        with pytest.raises(ValueError, match="is one of"):
            categorical_omega(answers(1), **forks)
    with pytest.raises(ValueError, match="needs rng"):
        categorical_omega(answers(1), interval="bootstrap")
    with pytest.raises(ValueError, match="not their moments"):
        categorical_omega(moments_of(answers(1)))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (answers(1)[:, :2], "fewer-than-3-items"),
        (np.c_[answers(1), np.ones(120)], "constant-item"),
        (np.c_[answers(1), answers(1)[:, 0]], "perfect-correlation"),
        (np.full((4, 3), np.nan), "fewer-than-2-respondents"),
    ],
)
def test_why_there_is_no_omega(rows: np.ndarray, reason: str) -> None:
    found = categorical_omega(rows)
    assert found.absent == reason
    assert found.method == "categorical, wlsmv, sum score, implied variance, listwise, logit"


@given(st.integers(0, 10_000))
def test_names_of_options_and_order_of_items_do_not_matter(seed: int) -> None:
    rows = answers(seed, 60, 3)
    found = categorical_omega(rows, interval="delta")
    rng = np.random.default_rng(seed)
    for other in (rows * 1e50, 6 - rows, rng.permutation(rows)[:, [2, 0, 1]]):
        again = categorical_omega(other, interval="delta")
        assert again.absent == found.absent
        if found.value is not None:
            assert 0 <= found.value <= 1
            assert again.value == pytest.approx(found.value, abs=1e-6)
            assert again.low == pytest.approx(found.low, abs=1e-5)
