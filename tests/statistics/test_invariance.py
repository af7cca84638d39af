from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from lcdiag.statistics import invariance_steps
from lcdiag.statistics.factor import measurement_invariance, one_factor
from lcdiag.statistics.invariance_models import over_groups, over_waves
from lcdiag.statistics.invariance_steps import Invariance, cannot_be_judged, judged
from lcdiag.statistics.model_fit import saturate
from lcdiag.statistics.patterns import complete_pattern, patterns_of

NAN = float("nan")
LOADINGS = np.array([0.9, 0.7, 0.6, 0.8])
OWN = np.array([0.5, 0.6, 0.7, 0.4])
INTERCEPTS = np.array([3.0, 4.0, 3.5, 2.5])


def exact(covariance: np.ndarray, means: np.ndarray, n: int, start: int) -> np.ndarray:
    """Rows whose means and covariances (divisor n) are exactly these."""
    rows = np.random.default_rng(start).normal(size=(n, len(means)))
    rows -= rows.mean(axis=0)
    root = np.linalg.cholesky(rows.T @ rows / n)
    return rows @ np.linalg.inv(root).T @ np.linalg.cholesky(covariance).T + means


def group(mean: float, variance: float, n: int, start: int) -> np.ndarray:
    made = variance * np.outer(LOADINGS, LOADINGS) + np.diag(OWN)
    return exact(made, INTERCEPTS + mean * LOADINGS, n, start)


def two_groups() -> tuple[np.ndarray, np.ndarray]:
    rows = np.concatenate([group(0, 1, 120, 1), group(0.5, 1.5, 80, 2)])
    return rows, np.repeat(["a", "b"], [120, 80])


def waves(n: int = 150, shift: float = 0.4) -> list[np.ndarray]:
    """Two waves with a related factor and related own parts, that hold the scalar model."""
    loads = np.zeros((8, 2))
    loads[:4, 0] = loads[4:, 1] = LOADINGS
    own = np.diag(np.tile(OWN, 2))
    for item, joint in enumerate((0.1, 0.2, 0.15, 0.05)):
        own[item, item + 4] = own[item + 4, item] = joint
    made = loads @ np.array([[1, 0.6], [0.6, 1.2]]) @ loads.T + own
    means = np.concatenate([INTERCEPTS, INTERCEPTS + shift * LOADINGS])
    rows = exact(made, means, n, 3)
    return [rows[:, :4], rows[:, 4:]]


def test_groups_made_equal_are_found_so_with_their_means_and_variances() -> None:
    rows, labels = two_groups()
    found = measurement_invariance(rows, labels)
    assert found.absent is None
    assert found.groups.tolist() == ["a", "b"]
    assert found.n.tolist() == [120, 80]
    for step, level, df, q in zip(
        found.steps(), ("configural", "metric", "scalar"), (4, 7, 10), (24, 21, 18), strict=True
    ):
        assert step.level == level
        assert step.plain.chi_square.value == pytest.approx(0, abs=1e-7)
        assert step.plain.df.value == df
        assert step.parameters == q
        assert step.plain.cfi.n == 200
        assert step.method == f"{level}, groups, ml, listwise"
        value = step.log_likelihood.value
        assert step.aic.value == pytest.approx(2 * q - 2 * value)
        assert step.bic.value == pytest.approx(q * np.log(200) - 2 * value)
        assert step.srmr.value == pytest.approx(0, abs=1e-6)
    assert found.configural.against_last is None
    assert found.scalar.against_last.df.value == 3
    assert found.scalar.against_last.p_value.value == pytest.approx(1)
    assert np.asarray(found.factor_means) == pytest.approx([0, 0.5], abs=1e-5)
    assert np.asarray(found.factor_variances) == pytest.approx([1, 1.5], abs=1e-5)
    assert np.isnan(found.factor_means_error[0])
    assert 0.1 < found.factor_means_error[1] < 0.3
    assert found.factor_means.method == "factor mean, scalar, groups, ml, listwise"


def test_a_loading_and_an_intercept_that_differ_are_found_at_their_step() -> None:
    rows, labels = two_groups()
    moved = rows.copy()
    moved[labels == "b", 0] += 0.8
    found = measurement_invariance(moved, labels)
    assert found.metric.plain.chi_square.value == pytest.approx(0, abs=1e-7)
    test = found.scalar.against_last
    assert test.chi_square.value > 20
    assert test.p_value.value == pytest.approx(chi2.sf(test.chi_square.value, 3))
    assert test.delta_cfi.value < -0.01
    assert test.delta_rmsea.value > 0.05
    stretched = rows.copy()
    stretched[labels == "b", 1] *= 3
    found = measurement_invariance(stretched, labels)
    assert found.configural.plain.chi_square.value == pytest.approx(0, abs=1e-7)
    assert found.metric.against_last.p_value.value < 1e-4


def test_the_configural_model_is_one_factor_in_each_group() -> None:
    rng = np.random.default_rng(5)
    rows, labels = rng.normal(size=(200, 4)) + rng.normal(size=(200, 1)), np.arange(200) % 3
    found = measurement_invariance(rows, labels)
    apart = [one_factor(rows[labels == label]) for label in range(3)]
    total = sum(fit.plain.chi_square.value for fit in apart)
    assert found.configural.plain.chi_square.value == pytest.approx(total, abs=1e-7)
    likelihood = sum(fit.log_likelihood.value for fit in apart)
    assert found.configural.log_likelihood.value == pytest.approx(likelihood, abs=1e-7)


@given(start=st.integers(0, 10**6))
@settings(derandomize=True)
def test_names_of_groups_change_nothing_but_names(start: int) -> None:
    rng = np.random.default_rng(start)
    rows = rng.normal(size=(80, 3)) + rng.normal(size=(80, 1))
    labels = rng.integers(0, 2, 80)
    found, other = (measurement_invariance(rows, one) for one in (labels, 1 - labels))
    assert other.absent == found.absent
    for one, two in zip(found.steps(), other.steps(), strict=True):
        if one.absent is None and two.absent is None and "heywood" not in one.method + two.method:
            assert two.plain.chi_square.value == pytest.approx(one.plain.chi_square.value, abs=1e-5)
            if one.against_last is not None and one.against_last.chi_square.value is not None:
                assert one.against_last.chi_square.value >= 0


@pytest.mark.parametrize("missing", ["listwise", "fiml"])
def test_waves_made_equal_are_found_so_whichever_way_they_come(missing: str) -> None:
    first, second = waves()
    found = measurement_invariance([first, second], missing=missing)
    assert found.groups.tolist() == [0, 1]
    assert found.n.tolist() == [150, 150]
    for step, df, q in zip(found.steps(), (15, 18, 21), (29, 26, 23), strict=True):
        assert step.plain.chi_square.value == pytest.approx(0, abs=1e-6)
        assert (step.plain.df.value, step.parameters) == (df, q)
        assert step.method == f"{step.level}, waves, ml, {missing}"
    assert np.asarray(found.factor_means) == pytest.approx([0, 0.4], abs=1e-4)
    assert np.asarray(found.factor_variances) == pytest.approx([1, 1.2], abs=1e-4)
    order = np.random.default_rng(1).permutation(300)
    long = measurement_invariance(
        np.concatenate([first, second])[order],
        np.repeat(["t1", "t2"], 150)[order],
        persons=np.tile(np.arange(150), 2)[order],
        missing=missing,
    )
    assert long.groups.tolist() == ["t1", "t2"]
    assert np.asarray(long.factor_means) == pytest.approx([0, 0.4], abs=1e-4)
    assert long.scalar.log_likelihood.value == pytest.approx(found.scalar.log_likelihood.value)


def test_waves_are_not_taken_for_groups() -> None:
    first, second = waves()
    apart = measurement_invariance(np.concatenate([first, second]), np.repeat([1, 2], 150))
    together = measurement_invariance([first, second])
    assert together.factor_means_error[1] < 0.9 * apart.factor_means_error[1]


def test_somebody_who_misses_a_wave_counts_with_full_information_only() -> None:
    first, second = waves()
    second = second.copy()
    second[:20] = NAN
    assert measurement_invariance([first, second]).n.tolist() == [130, 130]
    found = measurement_invariance([first, second], missing="fiml")
    assert found.n.tolist() == [150, 130]
    assert found.scalar.plain.chi_square.n == 150
    rows = np.concatenate([first, second[20:]])
    labels, people = (
        np.repeat([1, 2], [150, 130]),
        np.concatenate([np.arange(150), np.arange(20, 150)]),
    )
    long = measurement_invariance(rows, labels, persons=people, missing="fiml")
    assert long.metric.plain.chi_square.value == pytest.approx(
        found.metric.plain.chi_square.value, abs=1e-6
    )


def test_three_waves_have_their_own_relations() -> None:
    rng = np.random.default_rng(2)
    factor, own = rng.normal(size=(200, 1)), rng.normal(size=(200, 3))
    some = [factor + 0.5 * own + 0.6 * rng.normal(size=(200, 3)) for _ in range(3)]
    found = measurement_invariance(some)
    # 54 moments; loadings, intercepts, own 27, relations of factors 3, of own parts 9
    assert [step.parameters for step in found.steps()] == [39, 35, 31]
    assert [step.plain.df.value for step in found.steps()] == [15, 19, 23]
    assert found.configural.plain.p_value.value > 0.001


def test_clusters_count_communities() -> None:
    rows, labels = two_groups()
    rng = np.random.default_rng(1)
    found = measurement_invariance(
        rows + 0.3 * rng.normal(size=rows.shape), labels, cluster=np.arange(200) % 20
    )
    assert found.scalar.method == "scalar, groups, ml, listwise, by cluster"
    assert "over 20 clusters" in found.scalar.scaled.cfi.method
    assert found.scalar.against_last.scaled_chi_square.value > 0
    assert found.scalar.robust.cfi.value is not None
    one = measurement_invariance(rows, labels, cluster=[1] * 200)
    assert one.absent == "fewer-than-2-clusters"
    one = measurement_invariance(waves(), cluster=[1] * 150)
    assert one.absent == "fewer-than-2-clusters"


def without(rows: np.ndarray, cells: tuple, value: float) -> np.ndarray:
    out = rows.copy()
    out[cells] = value
    return out


ROWS, LABELS = two_groups()
REASONS = [
    (ROWS, ["a"] * 200, "fewer-than-2-groups", ""),
    (ROWS, np.arange(200) % 41, "too-many-groups", ""),
    (without(ROWS, (LABELS == "b", 0), 3), LABELS, "constant-item", ", group b"),
    (without(ROWS, (LABELS == "b", 0), NAN), LABELS, "empty-item", ", group b"),
    (ROWS[:, :2], LABELS, "fewer-than-3-items", ", group a"),
    (ROWS[:131], LABELS[:131], "fewer-people-than-parameters", ", group b"),
    (ROWS[:121], LABELS[:121], "fewer-than-2-respondents", ", group b"),
    (ROWS[:, [0, 0, 1, 2]], LABELS, "not-positive-definite", ""),
    (np.empty((0, 4)), [], "fewer-than-2-groups", ""),
]


@pytest.mark.parametrize(("rows", "labels", "reason", "where"), REASONS)
def test_what_cannot_be_judged_over_groups_says_why_and_where(
    rows: np.ndarray, labels: list, reason: str, where: str
) -> None:
    found = measurement_invariance(rows, labels)
    assert found.absent == reason
    assert found.method == f"groups, ml, listwise{where}"
    for step in found.steps():
        assert step.absent == reason
        assert step.plain.cfi.absent == reason
        assert step.method == f"{step.level}, {found.method}"
        assert step.aic.absent == reason
    assert np.isnan(np.asarray(found.factor_means)).all()
    assert len(found.factor_means) == len(found.groups)
    assert set(found.factor_means.reasons.tolist()) <= {reason}


@pytest.mark.parametrize(
    ("some", "reason"),
    [
        ([], "fewer-than-2-groups"),
        (waves()[:1], "fewer-than-2-groups"),
        ([wave[:30] for wave in waves()], ""),
        ([wave[:28] for wave in waves()], "fewer-people-than-parameters"),
        ([wave[:, :2] for wave in waves()], "fewer-than-3-items"),
        ([waves()[0], np.full((150, 4), NAN)], "fewer-than-2-respondents"),
        ([waves()[0]] * 2, "not-positive-definite"),
        ([waves()[0]] * 11, "too-many-groups"),
        ([np.empty((5, 0))] * 2, "fewer-than-2-items"),
    ],
)
def test_what_cannot_be_judged_over_waves_says_why(some: list, reason: str) -> None:
    assert (measurement_invariance(some).absent or "") == reason


def test_persons_who_never_come_back_are_no_waves() -> None:
    rows, labels = two_groups()
    found = measurement_invariance(rows, labels, persons=np.arange(200))
    assert found.absent == "no-person-in-two-waves"
    assert found.n.tolist() == [120, 80]


def test_what_makes_no_sense_is_refused() -> None:
    rows, labels = two_groups()
    for call, rule in (
        (lambda: measurement_invariance(rows), "give groups, or a list"),
        (lambda: measurement_invariance(rows.tolist()), "give groups, or a list"),
        (lambda: measurement_invariance(waves(), persons=np.arange(150)), "give groups"),
        (lambda: measurement_invariance(rows, labels, missing="pairwise"), "missing is"),
        (lambda: measurement_invariance([rows, rows[:9]]), "same people and items"),
        (lambda: measurement_invariance(rows, labels, persons=["x"] * 200), "once in a wave"),
        (lambda: measurement_invariance(rows, labels[:9]), "one label a row"),
    ):
        with pytest.raises(ValueError, match=rule):
            call()


def test_a_step_that_does_not_settle_is_absent_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, labels = two_groups()
    real = invariance_steps.fit_model

    def stubborn(*given: object, method: str, **more: object) -> object:
        return (
            "no-convergence" if method.startswith("metric") else real(*given, method=method, **more)
        )

    monkeypatch.setattr(invariance_steps, "fit_model", stubborn)
    found = measurement_invariance(rows, labels)
    assert found.absent is None
    assert found.metric.absent == "no-convergence"
    assert found.scalar.absent is None
    assert found.scalar.against_last.chi_square.absent == "no-convergence"


def test_proposals_name_where_factor_means_and_variances_are() -> None:
    one = complete_pattern(100, INTERCEPTS, np.outer(LOADINGS, LOADINGS) + np.diag(OWN))
    against = saturate([one, one, one], None)
    for level, means, variances in (("configural", 0, 0), ("metric", 0, 2), ("scalar", 2, 2)):
        proposal = over_groups(against, level)
        assert (proposal.factor_means >= 0).sum() == means
        assert (proposal.factor_variances >= 0).sum() == variances
        assert proposal.factor_means[0] == proposal.factor_variances[0] == -1
        assert proposal.start[proposal.factor_variances[1:]] == pytest.approx(
            [1, 1] if variances else proposal.start[[-1, -1]]
        )
    first, second = waves()
    wide = saturate([patterns_of(np.concatenate([first, second], axis=1))], None)
    proposal = over_waves(wide, "scalar", 2)
    found = judged(
        wide,
        [over_waves(wide, level, 2) for level in ("configural", "metric", "scalar")],
        np.arange(2),
        np.array([150, 150]),
        "waves",
        0.9,
    )
    assert isinstance(found, Invariance)
    assert found.method == "waves"
    assert (proposal.factor_means >= 0).tolist() == [False, True]
    assert cannot_be_judged("why", np.arange(2), [1, 2], "m").scalar.plain.cfi.n == 3


def test_a_proposal_begins_where_groups_that_hold_it_end() -> None:
    rows, labels = two_groups()
    apart = [patterns_of(rows[labels == label]) for label in ("a", "b")]
    proposal = over_groups(saturate(apart, None), "scalar")
    assert proposal.start[proposal.factor_means[1]] == pytest.approx(0.5, abs=1e-5)
    assert proposal.start[proposal.factor_variances[1]] == pytest.approx(1.5, abs=1e-5)
    assert proposal.lower[proposal.factor_variances[1]] == pytest.approx(1.5e-4, abs=1e-8)
    assert proposal.start[:8] == pytest.approx(np.concatenate([LOADINGS, INTERCEPTS]), abs=1e-5)
    assert np.isinf(proposal.lower[:8]).all()
