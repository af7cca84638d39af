"""How consistently the items of a scale measure.

Every coefficient says in `method` of which kind it is, on which metric, by which missing rule and
over which denominator. No coefficient has a value from which on a scale "is reliable".
"""

from __future__ import annotations

from lcdiag.statistics.alpha import cronbach_alpha, looks_reversed
from lcdiag.statistics.alpha_comparison import AlphaComparison, compare_alphas
from lcdiag.statistics.alpha_if_dropped import AlphaIfDropped, alpha_if_dropped
from lcdiag.statistics.greatest_lower_bound import GreatestLowerBound, greatest_lower_bound
from lcdiag.statistics.level_reliability import (
    LevelReliability,
    alpha_by_level,
    omega_by_level,
)
from lcdiag.statistics.lower_bounds import (
    GuttmanLambdas,
    guttman_lambdas,
    kr_20,
    principal_alpha,
    ten_berge_mu,
)
from lcdiag.statistics.measurement_error import (
    ScoreErrors,
    score_errors,
    standard_error_of_measurement,
)
from lcdiag.statistics.omega import mcdonald_omega
from lcdiag.statistics.polychoric import ordinal_alpha
from lcdiag.statistics.splits import SplitHalves, TwoHalves, split_halves, two_halves

__all__ = [
    "AlphaComparison",
    "AlphaIfDropped",
    "GreatestLowerBound",
    "GuttmanLambdas",
    "LevelReliability",
    "ScoreErrors",
    "SplitHalves",
    "TwoHalves",
    "alpha_by_level",
    "alpha_if_dropped",
    "compare_alphas",
    "cronbach_alpha",
    "greatest_lower_bound",
    "guttman_lambdas",
    "kr_20",
    "looks_reversed",
    "mcdonald_omega",
    "omega_by_level",
    "ordinal_alpha",
    "principal_alpha",
    "score_errors",
    "split_halves",
    "standard_error_of_measurement",
    "ten_berge_mu",
    "two_halves",
]
