"""How consistently the items measure, between people and between communities."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.dossier.evidence import Measured, Part, People
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.statistics.reliability import alpha_by_level, cronbach_alpha, mcdonald_omega


def lines(people: People) -> Iterator[Line]:
    """Yield alpha, and omega of the sum and of ordered answers."""
    items, at = people.items, At(people.n, language=people.language)
    if items.shape[1] < 2:
        return
    alpha = cronbach_alpha(items, cluster=people.clusters)
    yield line("alpha", alpha, at)
    if items.shape[1] < 3:
        return
    omega = mcdonald_omega(items, kind="total", cluster=people.clusters)
    yield line("omega", omega, at)
    ordinal = mcdonald_omega(items, kind="categorical")
    yield line("omega-ordinal", ordinal, at)


def by_level(of: Measured) -> Iterator[Line]:
    """Yield alpha between people of one community, and between communities."""
    people = of.people()
    if people.items.shape[1] < 2 or people.tables < 2:
        return
    found = alpha_by_level(people.items, people.communities)
    at = At(people.n, people.tables)
    yield line("alpha-within", found.within, at)
    yield line("alpha-between", found.between, at)


PART = Part(whole=by_level, each=lines)
