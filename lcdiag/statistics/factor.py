"""Factors behind the items of a scale: the public names, gathered from their modules.

One line a name; whoever adds one imports it here and names it in ``__all__``.
"""

from __future__ import annotations

from lcdiag.statistics.exploratory import ExploratoryFit, exploratory_factors
from lcdiag.statistics.factor_fit import FactorFit, FitMeasures, ModelDifference
from lcdiag.statistics.factorability import (
    Adequacy,
    Sphericity,
    bartlett_sphericity,
    eigenvalues,
    kmo,
)
from lcdiag.statistics.hierarchical import SchmidLeiman, schmid_leiman
from lcdiag.statistics.invariance import measurement_invariance
from lcdiag.statistics.one_factor_fit import one_factor
from lcdiag.statistics.parallel import ParallelAnalysis, parallel_analysis
from lcdiag.statistics.stated_structure import stated_structure
from lcdiag.statistics.structure_difference import structure_difference
from lcdiag.statistics.structure_fit import StructureFit

__all__ = [
    "Adequacy",
    "ExploratoryFit",
    "FactorFit",
    "FitMeasures",
    "ModelDifference",
    "ParallelAnalysis",
    "SchmidLeiman",
    "Sphericity",
    "StructureFit",
    "bartlett_sphericity",
    "eigenvalues",
    "exploratory_factors",
    "kmo",
    "measurement_invariance",
    "one_factor",
    "parallel_analysis",
    "schmid_leiman",
    "stated_structure",
    "structure_difference",
]
