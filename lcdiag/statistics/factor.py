"""Factors behind the items of a scale: the public names, gathered from their modules.

One line a name; whoever adds one imports it here and names it in ``__all__``.
"""

from __future__ import annotations

from lcdiag.statistics.factor_fit import FactorFit, FitMeasures, ModelDifference
from lcdiag.statistics.invariance import measurement_invariance
from lcdiag.statistics.one_factor_fit import one_factor

__all__ = [
    "FactorFit",
    "FitMeasures",
    "ModelDifference",
    "measurement_invariance",
    "one_factor",
]
