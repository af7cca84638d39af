"""Whether reversed items measure the same thing as the others, or a way of answering."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Part, People
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.statistics.factor import stated_structure


def lines(people: People) -> Iterator[Line]:
    """Yield how the factor of reversed items goes with that of the others.

    Two items of each kind are needed; with fewer there is no factor to look at.
    """
    turned = people.of.turned
    if min(int(turned.sum()), int((~turned).sum())) < 2:
        return
    factors = {
        "as asked": np.flatnonzero(~turned).tolist(),
        "reversed": np.flatnonzero(turned).tolist(),
    }
    fit = stated_structure(people.items, factors, cluster=people.clusters)
    complete = int((~np.isnan(people.items).any(axis=1)).sum())
    cell = fit.correlation("as asked", "reversed")
    at = At(complete, language=people.language)
    if cell.absent == "perfect-correlation":  # the estimate lies at its end: one and the same
        one = Estimate(1.0, n=cell.n, method=cell.method)
        found = line("same-reversed", one, at)
        at_end = found.why == "no-interval"
        yield found.model_copy(update={"verdict": "met", "why": "at-its-end"}) if at_end else found
        return
    yield line("same-reversed", cell, at)


PART = Part(each=lines)
