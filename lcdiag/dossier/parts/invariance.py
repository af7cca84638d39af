"""Whether the questions mean the same in every language, sector and wave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.criteria import FIT
from lcdiag.dossier.evidence import Mask, Measured, Part
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import FEW, At, line
from lcdiag.statistics.factor import measurement_invariance

STEPS = (("loadings", "metric"), ("levels", "scalar"))


def lines(of: Measured) -> Iterator[Line]:
    """Yield by how much the fit falls with equal loadings, and with equal levels too."""
    if len(of.columns) < 3:
        return
    yield from _groups(of, "language")
    yield from _groups(of, "sector")
    yield from _waves(of)


def _groups(of: Measured, kind: str) -> Iterator[Line]:
    """Yield the two steps over languages or sectors with enough people for a factor model."""
    people = of.people()
    names = getattr(of.evidence.responses, kind)[people.rows].astype(str)
    complete = ~np.isnan(people.items).any(axis=1)
    sizes = {
        str(name): int((complete & (names == name)).sum()) for name in np.unique(names) if name
    }
    if len(sizes) < 2:
        return
    large = [name for name, n in sizes.items() if n >= FIT]
    if len(large) < 2:
        second = sorted(sizes.values())[-2]
        yield from _too_few(kind, second)
        return
    keep = np.isin(names, large)
    clusters = None if people.clusters is None else people.clusters[keep]
    found = measurement_invariance(people.items[keep], names[keep], cluster=clusters)
    if found.absent and clusters is not None:  # each group must lie over several communities
        found = measurement_invariance(people.items[keep], names[keep])
    n = min(sizes[name] for name in large)
    yield from _steps(found, kind, n)


def _waves(of: Measured) -> Iterator[Line]:
    """Yield the two steps over the first and the last wave, of people who answered both.

    Waves of the same people are one model with related answers, never two groups.
    """
    responses = of.evidence.responses
    waves = np.unique(responses.wave)
    if len(waves) < 2:
        return
    keep: Mask = np.isin(responses.wave, (waves[0], waves[-1])) & (responses.person != "")
    keep &= ~np.isnan(of.all_items).any(axis=1)
    keep &= _first_seat(responses.person, responses.wave, keep)
    persons, counts = np.unique(responses.person[keep].astype(str), return_counts=True)
    both = persons[counts == 2]
    keep &= np.isin(responses.person.astype(str), both)
    if len(both) < FIT:
        yield from _too_few("wave", len(both))
        return
    found = measurement_invariance(
        of.all_items[keep], responses.wave[keep], persons=responses.person[keep].astype(str)
    )
    yield from _steps(found, "wave", len(both))


def _first_seat(person: Any, wave: Any, keep: Mask) -> Mask:
    """Return the first row of everybody in each wave: a person may sit at two tables."""
    rows = np.flatnonzero(keep)
    keys = np.array([f"{wave[row]} {person[row]}" for row in rows], dtype=str)
    _, first = np.unique(keys, return_index=True)
    found = np.zeros(len(keep), dtype=bool)
    found[rows[first]] = True
    return found


def _steps(found: Any, kind: str, n: int) -> Iterator[Line]:
    for step, level in STEPS:
        cell = _fall(getattr(found, level), found.absent, n)
        yield line(f"{step}-{kind}", cell, At(n))


def _fall(step: Any, absent: str | None, n: int) -> Estimate:
    """Return how the robust CFI changes at a step; negative where the fit falls."""
    reason = absent or step.absent
    if reason or step.against_last is None:
        return Estimate.missing(reason or "no-convergence", n=n)
    cell: Estimate = step.against_last.delta_cfi
    return cell


def _too_few(kind: str, n: int) -> Iterator[Line]:
    """Yield that nothing can be judged, with the number of people that there are."""
    for step, _ in STEPS:
        cell = Estimate.missing("few-people", n=n)
        found = line(f"{step}-{kind}", cell, At(n))
        yield found if n >= FEW else found.model_copy(update={"n": 0})


PART = Part(whole=lines)
