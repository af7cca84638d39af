"""Correlations beside R: Fisher's interval, and the sandwich of a saturated model."""

from __future__ import annotations

from typing import Any

import numpy as np
from reference_cases import assert_matches, table
from scipy.stats import t

from lcdiag.statistics.association import correlation
from oracle_cases.case import Case, Check


def fisher(other: str, confidence: float) -> Check:
    def check(name: str, value: Any, tol: float) -> None:
        data = table("synth_team.csv")
        found = correlation(data["q1"], data[other], confidence=confidence)
        assert_matches([found.value, found.low, found.high], value, tol)

    return check


def by_cluster(name: str, value: Any, tol: float) -> None:
    data = table("synth_team.csv")
    found = correlation(data["q1"], data["q2"], cluster=data["team"])
    r, error, clusters = value
    assert_matches(found.value, r, tol)
    assert found.low is not None
    assert found.high is not None
    # the error of r itself, from the limits on the scale of z
    width = (np.arctanh(found.high) - np.arctanh(found.low)) / 2
    assert_matches(width / t.ppf(0.975, clusters - 1) * (1 - r**2), error, tol)


NAME = "association.correlation"
CASES = {
    "association/synth_team/fisher": Case(NAME, fisher("q2", 0.95)),
    "association/synth_team/fisher_90": Case(NAME, fisher("q3", 0.9), forks="confidence=0.9"),
    "association/synth_team/by_cluster": Case(NAME, by_cluster, forks="cluster=team"),
}
