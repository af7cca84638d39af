"""Where answers differ: between people, parties, groups, communities, waves, over a study."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure, Section
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.scored import Scored, scored_scales
from lcdiag.diagnosis.units import STUDY, meeting_tables
from lcdiag.statistics.intervals import BANDS
from lcdiag.statistics.variance import variance_shares
from lcdiag.statistics.variance_result import VarianceShares

FACTORS = ("party", "person", "meeting_group", "community", "wave")
"""What answers are divided over; two that coincide in a study are named together in this order.

Meeting groups lie inside their communities; they count only where somebody has one.
"""
REST = "rest"
ENOUGH_LEVELS = 5
FEW = "fewer-than-5-levels"
"""A variance between four communities or three waves is hardly known. The factor is left out, and
its differences count with the people, parties or rest in which they show."""

ALIKE = ("no-variation", "no-variation-within", "no-convergence")
UNDIVIDED = "cannot-be-divided"
"""Instead of `ALIKE`: these would say that everybody answered the same, or never otherwise."""

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Factor:
    """One factor over all rows: a number a row, -1 where it is unknown."""

    name: str
    codes: Codes


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return the shares of each scale's variance, over all communities and waves (wave 0).

    One row a factor, one a pair of factors that are the same in this study
    (``variance_share.party+person``), and one for the rest. A score over the other parties has
    none: who sits at which table decides what it rests on.
    """
    if not len(evidence.responses):
        return []
    factors = _factors(evidence)
    measures = []
    for one in scored_scales(evidence):
        if one.over_parties:
            continue
        scores = evidence.scores.scale(one.address)
        people = len(np.unique(factors[1].codes[~np.isnan(scores)]))
        for name, cell in shares_of(scores, factors, exact=evidence.exact):
            measures.append(_raw(one, name, _discreet(name, cell, scores), people))
    return measures


def _factors(evidence: Evidence) -> list[_Factor]:
    responses = evidence.responses
    columns = {
        "party": responses.party,
        "person": responses.person,
        "community": responses.community,
        "wave": responses.wave,
    }
    if (tables := meeting_tables(responses)) is not None:
        columns["meeting_group"] = tables
    found = []
    for name in (one for one in FACTORS if one in columns):
        labels, codes = np.unique(columns[name].astype(str), return_inverse=True)
        known = np.where(labels == "", -1, np.arange(len(labels)))
        found.append(_Factor(name, known[codes.reshape(-1)]))
    return found


def shares_of(
    scores: Floats, factors: list[_Factor], *, exact: bool = False
) -> list[tuple[str, Estimate]]:
    """Return a cell a factor, a pair of factors that coincide, and the rest.

    Parameters
    ----------
    scores : (n,) array of float
        NaN where there is none.
    factors : list of _Factor
        Their codes, (n,). A factor with fewer than five levels is left out of the model; rows in
        which a factor of the model is unknown do not count.
    exact : bool
        Profile intervals instead of approximate ones.
    """
    held = ~np.isnan(scores)
    levels = {one.name: _levels(one.codes[held]) for one in factors}
    used = [one for one in factors if levels[one.name] >= ENOUGH_LEVELS]
    for one in used:
        held = held & (one.codes >= 0)
    cells = {
        one.name: Estimate.missing(FEW, n=levels[one.name]) for one in factors if one not in used
    }
    if not used:
        rest = Estimate.missing("no-factor-to-separate", n=int(held.sum()))
        return [*cells.items(), (REST, rest)]
    found = variance_shares(
        scores[held],
        {one.name: one.codes[held] for one in used},
        intervals="profile" if exact else "approximate",
        bands=BANDS,
    )
    cells |= {one.name: found.share(one.name) for one in used}
    order = [(one.name, cells[one.name]) for one in factors]
    joint = [(name, found.share(name)) for name in _joint(found)]
    return [*order, *joint, (REST, found.share("residual"))]


def _discreet(name: str, cell: Estimate, scores: Floats) -> Estimate:
    """Return the cell without what it would tell beside its value.

    The number of different people over two waves would tell how many stayed, joined and left: the
    share of people stands beside the number of scores.
    """
    n = int((~np.isnan(scores)).sum()) if "person" in name.split("+") else cell.n
    return replace(cell, n=n, absent=UNDIVIDED if cell.absent in ALIKE else cell.absent)


def _levels(codes: Codes) -> int:
    return len(np.unique(codes[codes >= 0]))


def _joint(found: VarianceShares) -> list[str]:
    """Return the names of factors that coincide in this study, ``"party+person"``."""
    if found.absent:
        return []
    return [name for name in found.groupings if name not in found.names]


def _raw(one: Scored, name: str, cell: Estimate, people: int) -> RawMeasure:
    at = Address(
        statistic=f"variance_share.{name}",
        subject=one.address,
        level=one.scale.level,
        unit=STUDY,
        wave=0,
    )
    return RawMeasure(at, cell, "study", people, people, one.ratings, 0.0, 1.0)


SECTION = Section("variance", measure)
