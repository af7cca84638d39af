"""Whether the items measure one thing, and whether that is another thing than their neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Floats, Measured, Part, People
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.statistics.factor import one_factor, parallel_analysis, stated_structure

START = 1
"""Of the generator behind the parallel analysis."""
QUANTILE = 0.99
"""What chance brings about in one of a hundred samples counts as chance."""


def lines(people: People) -> Iterator[Line]:
    """Yield how many things are measured, and how well one factor fits, ordinal answers too."""
    items, at = people.items, At(people.n, language=people.language)
    if items.shape[1] < 3:
        return
    found = parallel_analysis(items, np.random.default_rng(START), quantile=QUANTILE)
    yield line("one-dimension", found.n_components, at)
    if items.shape[1] < 4:
        return  # three items always fit one factor: there is nothing to test
    fit = one_factor(items, cluster=people.clusters)
    measures = fit.robust or fit.plain
    at = At(fit.n or people.n, language=people.language)
    yield line("cfi", measures.cfi, at)
    yield line("rmsea", measures.rmsea, at)
    yield line("srmr", fit.srmr, at)
    ordinal = one_factor(items, method="wlsmv")
    scaled = ordinal.scaled or ordinal.plain
    yield line("cfi-ordinal", scaled.cfi, at)


def neighbours(of: Measured) -> Iterator[Line]:
    """Yield how a scale and the other scales of its instrument fit as the file states them."""
    others = [one for one in of.evidence.scales if one.home.id == of.home.id]
    usable = [one for one in others if len(one.columns) > 1]
    if len(usable) < 2 or len(of.columns) < 2:
        return
    people = of.people()
    items = np.hstack([one.all_items[people.rows] for one in usable])
    factors: dict[str, list[int]] = {}
    start = 0
    for one in usable:
        factors[one.address] = list(range(start, start + len(one.columns)))
        start += len(one.columns)
    fit = stated_structure(items, factors, cluster=people.clusters)
    at = At(_complete(items))
    measures = fit.robust or fit.plain
    yield line("cfi-stated", measures.cfi, at)
    for one in usable:
        if one.address != of.address:
            yield _apart(fit.correlation(of.address, one.address), one.address, at.people)


def _apart(cell: Estimate, other: str, people: int) -> Line:
    """Return whether two scales measure something else."""
    at = At(people, subject=other)
    if cell.absent != "perfect-correlation":
        return line("apart", _size(cell), at)
    found = line("apart", Estimate(1.0, n=cell.n, method=cell.method), at)
    if found.why != "no-interval":
        return found
    return found.model_copy(update={"verdict": "not-met", "why": "at-its-end"})


def _complete(items: Floats) -> int:
    return int((~np.isnan(items).any(axis=1)).sum())


def _size(cell: Estimate) -> Estimate:
    """Return a correlation without its sign: opposite scales can be one thing as well."""
    if cell.value is None or cell.value >= 0 or cell.low is None or cell.high is None:
        return cell
    return Estimate(
        -cell.value, -cell.high, -cell.low, cell.confidence, n=cell.n, method=cell.method
    )


PART = Part(whole=neighbours, each=lines)
