"""Arrays of group means become raw measures, one a place and subject, without slow look-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Band, Estimate
from lcdiag.base.levels import Level
from lcdiag.diagnosis.evidence import Floats, Kind, RawMeasure
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.units import Grouping
from lcdiag.statistics.means import GroupMeans, group_means


@dataclass(frozen=True, slots=True)
class Variable:
    """One column of values that gets a mean in every place.

    Attributes
    ----------
    statistic, subject, level
        Where its measures stand.
    kind : str
        Which rule of disclosure holds.
    low, high : float
        Bounds of the values.
    ratings : int
        How many ratings one value averages.
    """

    statistic: str
    subject: str
    level: Level
    kind: Kind
    low: float
    high: float
    ratings: int = 1


def mean_measures(
    values: Floats, variables: Sequence[Variable], grouping: Grouping
) -> list[RawMeasure]:
    """Return the mean of every variable in every place, with bands clipped to its bounds.

    Parameters
    ----------
    values : (n, v) array of float
        One column a variable, NaN where there is no value.
    variables : sequence of Variable
        What the columns are.
    grouping : Grouping
        The place of every row; rows without a place are left out.

    Returns
    -------
    list of RawMeasure
        Variable by variable, in the order of the places.
    """
    seated = grouping.seated
    labels = grouping.label[seated]
    if not len(labels) or not variables:
        return []
    found: dict[int, list[Estimate]] = {}
    bounds = sorted({(one.low, one.high) for one in variables})
    for low, high in bounds:
        columns = [i for i, one in enumerate(variables) if (one.low, one.high) == (low, high)]
        means = group_means(values[seated][:, columns], labels, bounds=(low, high))
        for place, column in enumerate(columns):
            found[column] = list(column_estimates(means, place))
    return [
        RawMeasure(
            at=Address(
                statistic=one.statistic,
                subject=one.subject,
                level=one.level,
                unit=place.unit,
                wave=place.wave,
            ),
            cell=cell,
            kind=one.kind,
            n=cell.n,
            people=place.people,
            ratings=one.ratings,
            low=one.low,
            high=one.high,
        )
        for column, one in enumerate(variables)
        for place, cell in zip(grouping.places, found[column], strict=True)
    ]


def column_estimates(means: GroupMeans, variable: int) -> Iterator[Estimate]:
    """Yield the Estimates of one variable in the order of the groups.

    The same as ``means.estimate(group, variable)``, whose look-up a group takes too long for
    thousands of cells.
    """
    edges = [
        (confidence, low[:, variable].tolist(), high[:, variable].tolist())
        for confidence, low, high in means.bands
    ]
    rows = zip(
        _listed(means.values, variable),
        _listed(means.low, variable),
        _listed(means.high, variable),
        means.n[:, variable].tolist(),
        means.stands_in[:, variable].tolist(),
        strict=True,
    )
    for row, (value, low, high, n, stands_in) in enumerate(rows):
        if n == 0:
            yield Estimate.missing("no-answers", method=means.method)
        elif stands_in:
            yield means.estimate(means.groups[row], variable)
        elif low != low:
            yield Estimate(value=value, n=n, method=means.method)
        else:
            bands = tuple(Band(level, lows[row], highs[row]) for level, lows, highs in edges)
            yield Estimate(value, low, high, means.confidence, bands, n, means.method)


def _listed(matrix: npt.NDArray[np.float64], variable: int) -> list[float]:
    column: list[float] = matrix[:, variable].tolist()
    return column
