"""The maximum of a normal likelihood by Fisher scoring, within bounds."""

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


def maximise(
    groups: Groups, start: Floats, lower: Floats, upper: Floats | float = np.inf
) -> Maximum:
    """Return the maximum of the likelihood over parameters between `lower` and `upper`.

    Each step solves the expected information for the slopes, stops at the first bound on its way
    and is halved until the likelihood does not fall; a parameter at its bound that wants to go
    beyond stays there. It has settled when a step can gain less than 1e-13 a person.
    """
    people = sum(data.people for _, data in groups)
    limits = lower, np.broadcast_to(np.asarray(upper, dtype=np.float64), lower.shape)
    here = np.clip(start, *limits)
    value, slope = slopes(groups, here)

    def ended(settled: bool) -> Maximum:
        return Maximum(here, value, (here <= limits[0]) | (here >= limits[1]), settled)

    for _ in range(_ROUNDS):
        step = _step(here, slope, expected_information(groups, here), limits)
        if float(slope @ step) < _ENOUGH * people:
            last = np.clip(here + step, *limits)
            final = log_likelihood(groups, last)
            if final >= value:
                here, value = last, final
            return ended(True)
        size, first = _reach(here, step, limits)
        while size > 1e-10:
            there = here + size * step
            if first is not None:
                there[first] = limits[int(step[first] > 0)][first]
            better, new_slope = slopes(groups, there)
            if better > value:
                break
            size, first = size / 2, None
        else:
            return ended(float(slope @ step) < 1e-9 * people)
        here, value, slope = there, better, new_slope
    return ended(False)


def _step(here: Floats, slope: Floats, known: Floats, limits: tuple[Floats, Floats]) -> Floats:
    """Return the scoring step that leaves no bound on the wrong side."""
    low, high = here <= limits[0], here >= limits[1]
    stuck = (low & (slope <= 0)) | (high & (slope >= 0))
    while True:
        step = np.zeros(len(here))
        step[~stuck] = _solved(known[np.ix_(~stuck, ~stuck)], slope[~stuck])
        beyond = (low & (step < 0)) | (high & (step > 0))
        if not beyond.any():
            return step
        stuck |= beyond


def _reach(here: Floats, step: Floats, limits: tuple[Floats, Floats]) -> tuple[float, int | None]:
    """Return how much of a step fits between the bounds (1 at most), and which stops it."""
    room = np.full(len(here), np.inf)
    down, up = step < 0, step > 0
    room[down] = (here[down] - limits[0][down]) / -step[down]
    room[up] = (limits[1][up] - here[up]) / step[up]
    first = int(room.argmin())
    return (1.0, None) if room[first] >= 1 else (float(room[first]), first)


def _solved(matrix: Floats, right: Floats) -> Floats:
    """Return matrix^-1 right after scaling to a diagonal of 1; least norm where singular."""
    scale = np.sqrt(np.maximum(np.diagonal(matrix), 1e-300))
    scaled = matrix / scale[:, None] / scale[None, :]
    found = np.linalg.lstsq(scaled, right / scale, rcond=1e-12)[0]
    return np.asarray(found / scale, dtype=np.float64)
