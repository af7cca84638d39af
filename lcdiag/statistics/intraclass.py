"""How much of what is said depends on the group, and how alike raters rate.

ICC(1) and ICC(k) come from people in groups; the six rater forms and Krippendorff's alpha from
several raters of the same targets.
"""

from __future__ import annotations

from lcdiag.statistics.krippendorff import krippendorff_alpha
from lcdiag.statistics.mean_squares import FTest
from lcdiag.statistics.one_way import OneWay, icc_1, icc_k, one_way
from lcdiag.statistics.rater_icc import RaterIccs, rater_icc

__all__ = [
    "FTest",
    "OneWay",
    "RaterIccs",
    "icc_1",
    "icc_k",
    "krippendorff_alpha",
    "one_way",
    "rater_icc",
]
