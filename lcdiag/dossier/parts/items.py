"""How every item behaves: its mean and spread, and how it goes with the rest of its scale."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.evidence import Floats, Part, People
from lcdiag.dossier.model import Line
from lcdiag.dossier.verdicts import At, line
from lcdiag.statistics.association import correlation
from lcdiag.statistics.means import mean_interval

LARGE = 45
"""People from whom on a mean to one decimal leaves the sum of all answers open by as much as the
half points of a community of five to nine people leave its own: beside the other communities it
tells no more of that one than its own row does."""


def halved(cell: Estimate) -> Estimate:
    """Return a number to half points, its limits outward."""
    if cell.value is None:
        return cell
    return Estimate(
        round(2 * cell.value) / 2,
        None if cell.low is None else math.floor(2 * cell.low) / 2,
        None if cell.high is None else math.ceil(2 * cell.high) / 2,
        cell.confidence,
        n=cell.n,
        method=cell.method,
    )


def lines(people: People) -> Iterator[Line]:
    """Yield mean (as asked), standard deviation and item-rest correlation of every item."""
    form = people.of.home.format_of(people.of.scale.items[0])
    for place, code in enumerate(people.of.scale.items):
        values = people.items[:, place]
        asked = form.low + form.high - values if people.of.turned[place] else values
        answered = int((~np.isnan(values)).sum())
        at = At(answered, language=people.language, subject=code)
        if nearly_alike(values):
            alike = Estimate.missing("nearly-all-alike", n=answered)
            yield line("item-mean", alike, at)
            yield line("item-sd", alike, at)
        else:
            mean = mean_interval(asked, bounds=(form.low, form.high), cluster=people.clusters)
            fine = int(people.of.evidence.once.sum()) >= LARGE
            yield line("item-mean", mean if fine else halved(mean), at)
            yield line("item-sd", _spread(values) if fine else halved(_spread(values)), at)
        if people.items.shape[1] > 1:
            cell = correlation(values, rest(people.items, place), cluster=people.clusters)
            yield line("item-rest", cell, at)


def rest(items: Floats, place: int) -> Floats:
    """Return the sum of the other items, NaN where one of them is missing."""
    others: Floats = np.delete(items, place, axis=1).sum(axis=1)
    return others


def nearly_alike(values: Floats) -> bool:
    """Return whether all people, or all but one, gave the same answer: then nothing is told."""
    held = values[~np.isnan(values)]
    if not len(held):
        return False
    counts = np.unique(held, return_counts=True)[1]
    return int(counts.max()) >= len(held) - 1


def _spread(values: Floats) -> Estimate:
    held = values[~np.isnan(values)]
    if len(held) < 2:
        return Estimate.missing("fewer-than-2-answers", n=len(held))
    return Estimate(float(held.std(ddof=1)), n=len(held), method="standard deviation, n - 1")


PART = Part(each=lines)
