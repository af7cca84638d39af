"""The models of measurement invariance, over groups and over waves of the same people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.model_fit import Saturated
from lcdiag.statistics.one_factor_results import started
from lcdiag.statistics.structure import Part, Structure

LEVELS = ("configural", "metric", "scalar")

Index = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Proposal:
    """Structures over one vector of parameters, where to begin, and bounds.

    Attributes
    ----------
    structures : list of Structure
        One a group; one in all for waves.
    start, lower : array, shape (q,)
    factor_means : array of int, shape (g,)
        The parameter that is the factor mean of each group (wave); -1 where it is 0.
    factor_variances : array of int, shape (g,)
        The same of factor variances; -1 where they are 1.
    """

    structures: list[Structure]
    start: Floats
    lower: Floats
    factor_means: Index
    factor_variances: Index


class _Ledger:
    """Hands out parameters, each with its start and bound."""

    def __init__(self) -> None:
        self.start: list[float] = []
        self.lower: list[float] = []

    def add(self, start: Floats, lower: Floats | float = -np.inf) -> Index:
        """Return the numbers of new parameters."""
        first = len(self.start)
        self.start.extend(start.tolist())
        self.lower.extend(np.broadcast_to(np.asarray(lower), start.shape).tolist())
        return np.arange(first, len(self.start))


@dataclass(frozen=True, eq=False)
class _Beginning:
    """Loadings, own variances and intercepts of each group (wave), (g, k) each, as begun with."""

    loadings: Floats
    own: Floats
    intercepts: Floats
    floors: Floats

    def variances(self) -> Floats:
        """Return factor variances beside the first, as loadings of one size ask for; (g,)."""
        sums = np.maximum(np.abs(self.loadings.sum(axis=1)), 1e-3 * np.abs(self.loadings).max())
        return np.asarray((sums / sums[0]) ** 2)

    def means(self) -> Floats:
        """Return factor means beside the first, as equal intercepts ask for; (g,)."""
        shared = self.loadings[0]
        away = self.intercepts - self.intercepts[0]
        return np.asarray(away @ shared / max(float(shared @ shared), 1e-12))


def _beginning(moments: list[tuple[Floats, Floats]]) -> _Beginning:
    """Return starts from the one-factor fit of each group's (wave's) own moments."""
    starts, floors = [], []
    for means, covariance in moments:
        start, lower = started(means, covariance)
        starts.append(start.reshape(3, -1))
        floors.append(lower.reshape(3, -1)[1])
    loadings, own, intercepts = np.swapaxes(np.array(starts), 0, 1)
    return _Beginning(loadings, own, intercepts, np.array(floors))


def _measured(ledger: _Ledger, begun: _Beginning, level: str) -> tuple[Index, ...]:
    """Return which parameters are loadings, intercepts (g, k), factor variances and means (g,)."""
    g, k = begun.loadings.shape
    if level == "configural":
        loadings = ledger.add(begun.loadings.ravel()).reshape(g, k)
    else:
        loadings = np.tile(ledger.add(begun.loadings[0]), (g, 1))
    if level == "scalar":
        intercepts = np.tile(ledger.add(begun.intercepts[0]), (g, 1))
    else:
        intercepts = ledger.add(begun.intercepts.ravel()).reshape(g, k)
    variances, means = np.full(g, -1), np.full(g, -1)
    if level != "configural":
        ratios = begun.variances()[1:]
        variances[1:] = ledger.add(ratios, 1e-4 * ratios)
    if level == "scalar":
        means[1:] = ledger.add(begun.means()[1:])
    return loadings, intercepts, variances, means


def over_groups(against: Saturated, level: str) -> Proposal:
    """Return one factor in each group, its measurement equal as far as the level says.

    Parameters
    ----------
    against : Saturated
        One Patterns a group.
    level : {"configural", "metric", "scalar"}
        Nothing equal; loadings; loadings and intercepts. The first group's factor has variance 1
        and mean 0; of the others the variance is free from metric on, the mean from scalar on.
    """
    begun, ledger = _beginning(against.moments), _Ledger()
    g, k = begun.loadings.shape
    loadings, intercepts, variances, means = _measured(ledger, begun, level)
    structures = []
    for group in range(g):
        own = np.full((k, k), -1)
        np.fill_diagonal(own, ledger.add(begun.own[group], begun.floors[group]))
        structures.append(
            Structure(
                Part(np.zeros((k, 1)), loadings[group][:, None]),
                Part(np.ones((1, 1)), variances[group].reshape(1, 1)),
                Part(np.zeros((k, k)), own),
                Part(np.zeros(k), intercepts[group]),
                Part(np.zeros(1), means[group].reshape(1)),
            )
        )
    return Proposal(structures, np.array(ledger.start), np.array(ledger.lower), means, variances)


def over_waves(against: Saturated, level: str, waves: int) -> Proposal:
    """Return one factor a wave, related over waves, with related own parts of the same item.

    Parameters
    ----------
    against : Saturated
        One Patterns, of (n, waves x k): all items of the first wave, then of the next.
    level : {"configural", "metric", "scalar"}
        As in `over_groups`, with waves for groups.
    waves : int
    """
    means_seen, covariance = against.moments[0]
    p = len(means_seen)
    k = p // waves
    spans = [slice(wave * k, (wave + 1) * k) for wave in range(waves)]
    begun = _beginning([(means_seen[span], covariance[span, span]) for span in spans])
    ledger = _Ledger()
    loadings, intercepts, variances, means = _measured(ledger, begun, level)
    loads = np.full((p, waves), -1)
    own = np.full((p, p), -1)
    np.fill_diagonal(own, ledger.add(begun.own.ravel(), begun.floors.ravel()))
    factors = np.diag(variances)
    factors[~np.eye(waves, dtype=bool)] = -1
    scale = np.sqrt(begun.variances()) if level != "configural" else np.ones(waves)
    for wave, span in enumerate(spans):
        loads[span, wave] = loadings[wave]
        for other in range(wave):
            # the relation of the two sums, kept well inside what a covariance can be
            joint = float(covariance[span, spans[other]].sum())
            joint /= float(begun.loadings[wave].sum() * begun.loadings[other].sum()) or 1.0
            start = np.clip(joint, -0.8, 0.8) * scale[wave] * scale[other]
            factors[wave, other] = factors[other, wave] = ledger.add(np.array([start]))[0]
            shared = ledger.add(np.zeros(k))
            rows, columns = np.arange(p)[span], np.arange(p)[spans[other]]
            own[rows, columns] = own[columns, rows] = shared
    structure = Structure(
        Part(np.zeros((p, waves)), loads),
        Part(np.eye(waves), factors),
        Part(np.zeros((p, p)), own),
        Part(np.zeros(p), intercepts.ravel()),
        Part(np.zeros(waves), means),
    )
    return Proposal([structure], np.array(ledger.start), np.array(ledger.lower), means, variances)
