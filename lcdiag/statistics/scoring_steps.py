"""The maximum of a normal likelihood by Fisher scoring, with lower bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.likelihood import Groups, expected_information, log_likelihood, slopes

_ROUNDS = 500
_ENOUGH = 1e-13


@dataclass(frozen=True, eq=False)
class Maximum:
    """Parameters at the maximum.

    Attributes
    ----------
    parameters : array, shape (q,)
    value : float
        The log-likelihood.
    at_bound : array of bool, shape (q,)
    converged : bool
    """

    parameters: Floats
    value: float
    at_bound: np.typing.NDArray[np.bool_]
    converged: bool


def maximise(groups: Groups, start: Floats, lower: Floats) -> Maximum:
    """Return the maximum of the likelihood over parameters not below `lower`.

    Each step solves the expected information for the slopes, stops at the first bound on its way
    and is halved until the likelihood does not fall; a parameter at its bound that wants to go
    lower stays there. It has settled when a step can gain less than 1e-13 a person.
    """
    people = sum(data.people for _, data in groups)
    here = np.maximum(start, lower)
    value, slope = slopes(groups, here)
    for _ in range(_ROUNDS):
        step = _step(here, slope, expected_information(groups, here), lower)
        if float(slope @ step) < _ENOUGH * people:
            last = np.maximum(here + step, lower)
            final = log_likelihood(groups, last)
            if final >= value:
                here, value = last, final
            return Maximum(here, value, here <= lower, True)
        size, first = _reach(here, step, lower)
        while size > 1e-10:
            there = here + size * step
            if first is not None:
                there[first] = lower[first]
            better, new_slope = slopes(groups, there)
            if better > value:
                break
            size, first = size / 2, None
        else:
            return Maximum(here, value, here <= lower, float(slope @ step) < 1e-9 * people)
        here, value, slope = there, better, new_slope
    return Maximum(here, value, here <= lower, False)


def _step(here: Floats, slope: Floats, known: Floats, lower: Floats) -> Floats:
    """Return the scoring step that leaves no bound on the wrong side."""
    bound = here <= lower
    stuck = bound & (slope <= 0)
    while True:
        step = np.zeros(len(here))
        step[~stuck] = _solved(known[np.ix_(~stuck, ~stuck)], slope[~stuck])
        beyond = bound & (step < 0)
        if not beyond.any():
            return step
        stuck |= beyond


def _reach(here: Floats, step: Floats, lower: Floats) -> tuple[float, int | None]:
    """Return how much of a step fits above the bounds (1 at most), and which bound stops it."""
    room = np.full(len(here), np.inf)
    down = step < 0
    room[down] = (here[down] - lower[down]) / -step[down]
    first = int(room.argmin())
    return (1.0, None) if room[first] >= 1 else (float(room[first]), first)


def _solved(matrix: Floats, right: Floats) -> Floats:
    """Return matrix^-1 right after scaling to a diagonal of 1; least norm where singular."""
    scale = np.sqrt(np.maximum(np.diagonal(matrix), 1e-300))
    scaled = matrix / scale[:, None] / scale[None, :]
    found = np.linalg.lstsq(scaled, right / scale, rcond=1e-12)[0]
    return np.asarray(found / scale, dtype=np.float64)
