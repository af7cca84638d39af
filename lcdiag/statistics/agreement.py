"""Whether the people of a group say the same.

rwg compares the spread in a group with the spread of a null distribution, the average deviation
counts points of the scale, and a_wg compares with the most spread that is possible at the group's
mean. None of them has a value from which on a group "agrees"; `critical_agreement` tells what
chance alone brings about.
"""

from __future__ import annotations

from lcdiag.statistics.agreement_interval import agreement_interval
from lcdiag.statistics.critical_agreement import ChanceAgreement, critical_agreement
from lcdiag.statistics.mean_adjusted_agreement import a_wg
from lcdiag.statistics.within_group import ad_m_j, rstar_wg_j, rwg, rwg_j

__all__ = [
    "ChanceAgreement",
    "a_wg",
    "ad_m_j",
    "agreement_interval",
    "critical_agreement",
    "rstar_wg_j",
    "rwg",
    "rwg_j",
]
