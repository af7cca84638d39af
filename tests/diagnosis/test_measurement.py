"""Sections about how well is measured: agreement, differences between communities, reliability."""

from __future__ import annotations

import numpy as np
import pytest
from small_study import SCALE_ITEMS, make_evidence, make_responses, make_study

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.diagnose import diagnosis_of
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.diagnosis.sections.agreement import FEW

NORTH = Unit(kind="community", community="North")
STUDY = Unit(kind="study")
SCALE = "toy:ease"


def read(rows: list[dict[str, object]], communities: tuple[str, ...] = ("North", "South")):
    evidence = make_evidence(make_study(communities), make_responses(rows))
    return diagnosis_of(evidence, made="2026-11-14", internal=True)


def cell(
    diagnosis: Diagnosis, statistic: str, subject: str = SCALE, unit: Unit = STUDY
) -> Estimate:
    found = diagnosis.cell(statistic, subject, unit, 1)
    assert isinstance(found, Estimate), statistic
    return found


def of_community(name: str, rng: np.random.Generator, middle: float, n: int = 8):
    rows: list[dict[str, object]] = []
    for i in range(n):
        person = middle + rng.normal(0, 0.8)
        score = np.clip(np.rint(person + rng.normal(0, 0.7, 3)), 1, 7).astype(int)
        answers = dict(zip(SCALE_ITEMS, [score[0], score[1], 8 - score[2]], strict=True))
        rows.append({"person": f"{name}{i}", "community": name, **answers})
    return rows


def test_agreement_equals_the_formulas_on_paper():
    # keyed answers, by person: (4, 5, 4), (5, 5, 6), (6, 5, 5); reversed a3 is stored as 8 - score
    rows = [
        {"person": "p", "a1": 4, "a2": 5, "a3": 4},
        {"person": "q", "a1": 5, "a2": 5, "a3": 2},
        {"person": "r", "a1": 6, "a2": 5, "a3": 3},
    ]
    found = read(rows)
    share = (1 + 0 + 1) / 3 / 4  # item variances 1, 0, 1; uniform null of seven options: 4
    assert cell(found, "rwg_j", unit=NORTH).value == pytest.approx(
        3 * (1 - share) / (3 * (1 - share) + share)
    )
    assert cell(found, "ad_m_j", unit=NORTH).value == pytest.approx((2 / 3 + 0 + 2 / 3) / 3)


def test_one_community_has_no_icc_and_says_why():
    found = read(of_community("North", np.random.default_rng(1), 4.5))
    for statistic in ("icc_1", "icc_k"):
        assert cell(found, statistic).value is None
        assert cell(found, statistic).absent == "fewer-than-2-groups"


def test_a_few_communities_have_an_icc_for_the_appendix_only():
    rng = np.random.default_rng(1)
    names = tuple(f"C{i}" for i in range(10))
    rows = [of_community(name, rng, 3 + i % 4) for i, name in enumerate(names)]
    nine = read([row for part in rows[:9] for row in part], names)
    ten = read([row for part in rows for row in part], names)
    assert cell(nine, "icc_1").value is not None
    assert cell(nine, "icc_1").method.endswith(FEW)
    assert FEW not in cell(ten, "icc_1").method
    assert cell(ten, "icc_k").value == pytest.approx(_spearman_brown(cell(ten, "icc_1").value, 8))


def _spearman_brown(value: float | None, size: int) -> float:
    assert value is not None
    return size * value / (1 + (size - 1) * value)


def test_alpha_is_that_of_the_covariance_matrix_of_all_communities_together():
    rng = np.random.default_rng(2)
    rows = of_community("North", rng, 4, 20) + of_community("South", rng, 5, 20)
    found = read(rows)
    keyed = np.array([[row["a1"], row["a2"], 8 - int(row["a3"])] for row in rows], dtype=float)  # type: ignore[call-overload]
    covariance = np.cov(keyed, rowvar=False)
    alpha = 1.5 * (1 - np.trace(covariance) / covariance.sum())
    assert cell(found, "cronbach_alpha").value == pytest.approx(alpha)
    assert cell(found, "cronbach_alpha").n == 40
    omega = cell(found, "mcdonald_omega")
    assert omega.method.startswith("total")
    # three items: loadings in closed form from the covariances
    (ab, ac, bc) = covariance[0, 1], covariance[0, 2], covariance[1, 2]
    loadings = np.sqrt([ab * ac / bc, ab * bc / ac, ac * bc / ab])
    assert omega.value == pytest.approx(loadings.sum() ** 2 / covariance.sum(), abs=1e-4)
    two = np.cov(keyed[:, 1:], rowvar=False)
    dropped = 2 * (1 - np.trace(two) / two.sum())
    assert cell(found, "alpha_if_dropped", "a1").value == pytest.approx(dropped)
    rest = np.corrcoef(keyed[:, 0], keyed[:, 1:].sum(axis=1))[0, 1]
    assert cell(found, "item_rest", "a1").value == pytest.approx(rest)


def test_equal_answers_have_no_reliability_and_say_why():
    found = read([{"person": str(i), "all": 4} for i in range(9)])
    assert cell(found, "cronbach_alpha").absent == "constant-item"
    assert cell(found, "mcdonald_omega").absent == "constant-item"
    assert cell(found, "item_rest", "a1").value is None


def test_projection_needs_thirty_people():
    rng = np.random.default_rng(3)
    rows: list[dict[str, object]] = []
    for person in range(40):
        row: dict[str, object] = {
            "person": str(person),
            "community": ("North", "South")[person % 2],
            "all": 4,
        }
        for topic in (1, 2, 3):
            own = int(rng.integers(2, 7))
            row |= {f"z{topic}": own, f"o{topic}": own - 1}
        rows.append(row)
    shared = cell(read(rows), "projection", "toy:critical")
    assert shared.value == pytest.approx(1)
    few = cell(read(rows[:29]), "projection", "toy:critical")
    assert few.absent == "fewer-than-30-people"


def test_agreement_on_the_own_views_stands_beside_the_pool():
    rows = [{"person": str(i), "all": 4, "z1": 5 + i % 2, "z2": 6, "z3": 6} for i in range(10)]
    found = read(rows)
    variance = np.var([5, 6] * 5, ddof=1)
    shared = cell(found, "rstar_wg_j", "toy:critical", NORTH)
    assert shared.value == pytest.approx(1 - variance / 3 / 4)
    assert shared.n == 10
