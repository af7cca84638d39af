"""What does not go together is refused in words of our own, the same whole sentence each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lcdiag.statistics.agreement import a_wg, agreement_interval, critical_agreement, rwg_j
from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.careless import response_speed
from lcdiag.statistics.careless_consistency import even_odd, synonym_pairs
from lcdiag.statistics.change import wave_difference
from lcdiag.statistics.composites import attenuation_corrected, composite_correlations
from lcdiag.statistics.factor import measurement_invariance, one_factor, stated_structure
from lcdiag.statistics.intraclass import krippendorff_alpha
from lcdiag.statistics.items import item_summary
from lcdiag.statistics.level_reliability import alpha_by_level
from lcdiag.statistics.lower_bounds import kr_20
from lcdiag.statistics.means import mean_interval
from lcdiag.statistics.moments import moments_of
from lcdiag.statistics.nulls import null_variance
from lcdiag.statistics.polychoric import polychoric
from lcdiag.statistics.reliability import compare_alphas, cronbach_alpha, mcdonald_omega
from lcdiag.statistics.variance import variance_shares

X = np.random.default_rng(1).integers(1, 6, (30, 4)).astype(float)
G = np.arange(30) % 5
ONES = np.ones(30)

REFUSED: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: one_factor(X, method="minres", missing="fiml"),
        "missing='fiml' goes with method='ml'",
    ),
    (
        lambda: one_factor(X, method="wlsmv", missing="pairwise"),
        "method='wlsmv' has complete rows and robust errors only",
    ),
    (
        lambda: one_factor(X, method="wlsmv", errors="model"),
        "method='wlsmv' has complete rows and robust errors only",
    ),
    (
        lambda: one_factor(X, missing="pairwise"),
        "missing='pairwise' goes with method='minres'; ml has 'fiml'",
    ),
    (
        lambda: one_factor(X, method="minres", loadings="equal"),
        "loadings='equal' goes with method='ml'",
    ),
    (
        lambda: one_factor(X, errors="model", cluster=G),
        "errors='model' takes people as independent; leave out cluster",
    ),
    (
        lambda: one_factor(X, method="minres", cluster=G),
        "method='minres' has no standard errors; leave out errors and cluster",
    ),
    (
        lambda: one_factor(X, method="minres", errors="robust"),
        "method='minres' has no standard errors; leave out errors and cluster",
    ),
    (
        lambda: stated_structure(X, {"a": [0, 1], "b": [1, 2]}),
        "every item has one factor; received 1 twice",
    ),
    (
        lambda: stated_structure(X, {"a": [0, 4]}),
        "items of factors are columns of the answers, once; received 4",
    ),
    (
        lambda: stated_structure(X, {"a": [0, 1, 2]}, errors="model", cluster=G),
        "errors='model' takes people as independent; leave out cluster",
    ),
    (
        lambda: cronbach_alpha(moments_of(X), interval="scaled"),
        "a scaled interval needs the answers, and goes with raw alpha",
    ),
    (
        lambda: cronbach_alpha(X, interval="scaled", standardized=True),
        "a scaled interval needs the answers, and goes with raw alpha",
    ),
    (
        lambda: cronbach_alpha(
            X, interval="bootstrap", standardized=True, rng=np.random.default_rng(1)
        ),
        "the bootstrap resamples raw alpha; standardized is not offered",
    ),
    (
        lambda: cronbach_alpha(X, interval="feldt", cluster=G),
        "clusters go with interval='scaled' or 'bootstrap'",
    ),
    (lambda: compare_alphas([0.8], 30, 4), "alphas are two numbers or more, each below 1"),
    (lambda: compare_alphas([0.8, 1.0], 30, 4), "alphas are two numbers or more, each below 1"),
    (lambda: compare_alphas([0.8, 0.7], 2, 4), "each alpha rests on 3 people or more"),
    (
        lambda: compare_alphas([0.8, 0.7], 30, 4, correlations=1.0),
        "scores that correlate perfectly cannot be compared",
    ),
    (
        lambda: compare_alphas([0.8, 0.7], [30, 31], 4, correlations=0.2),
        "the same people answered, so there is one n",
    ),
    (
        lambda: compare_alphas([0.8, 0.7, 0.6], 30),
        "more than two alphas need the number of items of each scale",
    ),
    (
        lambda: compare_alphas([0.8, 0.7], 30, 4, correlations="abc"),
        "correlations must be numbers, with NaN for missing; received dtype <U3",
    ),
    (
        lambda: compare_alphas(["a", "b"], 30, 4),
        "alphas must be numbers, with NaN for missing; received dtype <U1",
    ),
    (
        lambda: attenuation_corrected(np.eye(2), ["a", "b"]),
        "reliabilities must be numbers, with NaN for missing; received dtype <U1",
    ),
    (
        lambda: as_grouping(np.array(["a", 1], dtype=object), 2),
        "group labels must be of one kind, so that they can be sorted",
    ),
    (
        lambda: as_grouping(["a", None], 2),
        "every row needs a group label; received a missing one",
    ),
    (lambda: as_grouping([1.0, np.nan], 2), "every row needs a group label; received NaN"),
    (
        lambda: as_grouping([1, 2, 3], 2),
        "groups must have one label a row, 2 in all; received (3,)",
    ),
    (lambda: response_speed(X, [3, 2]), "items must have one number a page, 4 in all"),
    (lambda: even_odd(X, [3, 2]), "sizes of scales are 1 or more and add up to 4 items"),
    (lambda: even_odd(X, [[0, 4]]), "factors are positions from 0 to 3"),
    (lambda: synonym_pairs(X, 1.5), "critical is between 0 and 1; received 1.5"),
    (
        lambda: polychoric(moments_of(X)),
        "ordinal statistics need the answers, not their moments",
    ),
    (
        lambda: mcdonald_omega(moments_of(X), kind="categorical"),
        "ordinal statistics need the answers, not their moments",
    ),
    (
        lambda: mcdonald_omega(X, scale="latent"),
        "scale='latent' goes with kind='categorical'",
    ),
    (
        lambda: attenuation_corrected(np.eye(3), [0.8, 0.7]),
        "2 reliabilities need as many rows and columns: (3, 3)",
    ),
    (
        lambda: composite_correlations(X, [[0, 4], [1, 2]]),
        "a scale holds 1 positions or more from 0 to 3",
    ),
    (
        lambda: critical_agreement(
            "rwg_j", people=1, items=3, options=5, rng=np.random.default_rng(1)
        ),
        "a simulation needs 2 people, 1 item, 2 options and 1 replicate or more",
    ),
    (
        lambda: critical_agreement("rwg_j", people=5, items=3, options=5, rng=3),
        "a simulation needs rng, a numpy.random.Generator",
    ),
    (
        lambda: critical_agreement(
            "rwg_j", people=5, items=3, options=5, rng=np.random.default_rng(1), answers=[0.5, 0.5]
        ),
        "answers are 5 proportions from 0 to 1, lowest option first",
    ),
    (lambda: agreement_interval(X, 0.0), "a null variance is positive; received 0.0"),
    (lambda: a_wg(X, G, bounds=(1, 3)), "items must lie within the bounds (1.0, 3.0)"),
    (lambda: item_summary(X, bounds=(1, 3)), "items must lie within the bounds (1, 3)"),
    (
        lambda: rwg_j(X, G),
        "the null 'uniform' needs the number of options, 2 or more",
    ),
    (
        lambda: null_variance("heavy_skew", options=12),
        "the null 'heavy_skew' is published for 5 to 11 options, not for 12; "
        "give the proportion of each option instead",
    ),
    (
        lambda: null_variance([0.5], options=1),
        "proportions are two or more numbers from 0 to 1, lowest option first",
    ),
    (lambda: null_variance([0.5, 0.5], options=5), "there are 5 options but 2 proportions"),
    (
        lambda: null_variance([0.0, 1.0]),
        "a null with all answers at one option has no variance",
    ),
    (
        lambda: measurement_invariance(X),
        "give groups, or a list of waves with one matrix each",
    ),
    (
        lambda: measurement_invariance(X, G % 2, persons=np.zeros(30)),
        "a person can answer once in a wave; some occur twice",
    ),
    (
        lambda: krippendorff_alpha(-X, metric="ratio"),
        "the ratio metric needs values of 0 or more",
    ),
    (
        lambda: krippendorff_alpha(X, interval="bootstrap"),
        "a bootstrap needs rng, a numpy.random.Generator",
    ),
    (
        lambda: alpha_by_level(X, G, interval="bootstrap"),
        "a bootstrap needs rng, a numpy.random.Generator",
    ),
    (
        lambda: variance_shares(X[:, 0], {"a": G}, intervals="bootstrap"),
        "a bootstrap needs rng, a numpy.random.Generator",
    ),
    (
        lambda: variance_shares(X[:, 0], {}),
        "factors are one or more; none of them may be called residual",
    ),
    (
        lambda: variance_shares(X[:, 0], {"residual": G}),
        "factors are one or more; none of them may be called residual",
    ),
    (
        lambda: wave_difference(ONES, ONES, first_ids=ONES, second_ids=G),
        "an id may occur once in a wave; one occurs twice in first_ids",
    ),
    (
        lambda: wave_difference(ONES, ONES, first_ids=np.arange(30), second_ids=G[:5]),
        "second_ids must have one id a value, 30 in all",
    ),
    (lambda: kr_20(X), "items are 0 and 1, with NaN for missing"),
    (
        lambda: mean_interval(X[:, 0], method="score"),
        "a score interval needs the bounds of the scale",
    ),
    (
        lambda: mean_interval(X[:, 0], method="score", bounds=(1, 3)),
        "values must lie within the bounds (1.0, 3.0)",
    ),
    (
        lambda: mean_interval(X[:, 0], population=29),
        "a population cannot be smaller than the number of answers",
    ),
    (
        lambda: mean_interval(X[:, 0], population=40, cluster=G),
        "clusters go with method='t' and without a population",
    ),
    (
        lambda: moments_of(X) + moments_of(X[:, :2]),
        "moments can be added when items and origins are the same",
    ),
    (
        lambda: moments_of(X, G) + moments_of(X),
        "moments with groups cannot be added to moments without",
    ),
    (lambda: moments_of(X, origin=[1.0]), "origin must have one number an item, 4 in all"),
    (lambda: moments_of(X * 1e200), "items hold values too large to square"),
]


@pytest.mark.parametrize("place", range(len(REFUSED)))
def test_is_refused_in_these_words(place: int) -> None:
    attempt, sentence = REFUSED[place]
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        attempt()
