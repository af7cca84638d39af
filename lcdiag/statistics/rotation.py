"""Rotation of loadings to simple structure, by gradient projection."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lcdiag.statistics.arrays import Floats

Rotation = Literal["oblimin", "varimax", "none"]
ROTATIONS = ("oblimin", "varimax", "none")


def rotated(loadings: Floats, rotation: Rotation) -> tuple[Floats, Floats]:
    """Return rotated loadings, (k, m), and the correlations of the factors, (m, m).

    Parameters
    ----------
    loadings : array, shape (k, m)
        On uncorrelated factors.
    rotation : {"oblimin", "varimax", "none"}
        As in `exploratory.exploratory_factors`.

    Notes
    -----
    Formula: oblimin makes sum over pairs of factors of sum (l^2 of one)(l^2 of the other) / 2
    least with factors of length 1 (direct quartimin, without row weights); varimax makes the
    variance of squared loadings within columns largest with right angles; L F L' stays the same.
    Oblimin takes the optimum near the axes it is given, or the one near those of varimax where
    that is better. Each column sums to 0 or more, the one with the largest sum of squares first.

    Differs from programs that know one start only, where that leads to a lesser optimum.

    References
    ----------
    Jennrich & Sampson (1966), Psychometrika 31(3); Kaiser (1958), Psychometrika 23(3); Jennrich
    (2002), Psychometrika 67(1).
    """
    m = loadings.shape[1]
    if m == 1 or rotation == "none":
        return loadings, np.eye(m)
    axes = _orthogonal(loadings)
    if rotation == "oblimin":
        (value, first), (other, second) = (_oblique(loadings, start) for start in (np.eye(m), axes))
        axes = second if other < value - 1e-9 else first
    found: Floats = np.asarray(np.linalg.solve(axes, loadings.T).T, dtype=np.float64)
    widest = np.argsort(-(found**2).sum(axis=0), kind="stable")
    found, axes = found[:, widest], axes[:, widest]
    sign = np.where(found.sum(axis=0) < 0, -1.0, 1.0)
    return found * sign, (axes.T @ axes) * sign[:, None] * sign[None, :]


def _quartimin(loadings: Floats) -> tuple[float, Floats]:
    """Return the criterion of quartimin and its slopes by the loadings."""
    squares = loadings**2
    others = squares.sum(axis=1, keepdims=True) - squares
    return float((squares * others).sum()) / 4, loadings * others


def _oblique(loadings: Floats, start: Floats) -> tuple[float, Floats]:
    """Return the least quartimin near a start, and its axes, (m, m) with columns of length 1."""
    axes, step = start, 1.0
    pattern = loadings @ axes  # the start has right angles
    value, slope = _quartimin(pattern)
    for _ in range(5000):
        gradient = -np.linalg.solve(axes.T, slope.T @ pattern)
        # what changes directions, not lengths
        gradient -= axes * (axes * gradient).sum(axis=0)
        size = float((gradient**2).sum())
        if size < 1e-18:
            break
        step *= 2
        for _ in range(60):
            moved = axes - step * gradient
            moved /= np.sqrt((moved**2).sum(axis=0))
            tried: Floats = np.asarray(np.linalg.solve(moved, loadings.T).T, dtype=np.float64)
            other, new_slope = _quartimin(tried)
            if value - other > 0.5 * size * step:
                break
            step /= 2
        else:
            break  # no step is small enough to gain: rounding is all that is left
        axes, pattern, value, slope = moved, tried, other, new_slope
    return value, axes


def _orthogonal(loadings: Floats) -> Floats:
    """Return the orthogonal axes, (m, m), that make varimax largest."""
    axes, before = np.eye(loadings.shape[1]), -1.0
    for _ in range(5000):
        pattern = loadings @ axes
        slope = pattern**3 - pattern * (pattern**2).mean(axis=0)
        left, lengths, right = np.linalg.svd(loadings.T @ slope)
        axes = left @ right
        if abs(float(lengths.sum()) - before) < 1e-14 * max(before, 1e-300):
            break
        before = float(lengths.sum())
    return np.asarray(axes)
