"""Actor, partner and relationship parts of complete squares, and how sure each is.

The effects of n members have a covariance matrix S with n - 1 degrees of freedom; the symmetric and
the opposite halves of what is left have mean products B and W with (n - 1)(n - 2) / 2 - 1 and
(n - 1)(n - 2) / 2. All three are independent, and every component of the model is a sum
tr(A S) + tr(K B) + tr(L W), so one formula gives every standard error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.roundrobin_blocks import Block

NOISE = 1e-13
"""What is smaller than this share of the terms it is the sum of, is rounding."""


@dataclass(frozen=True, eq=False)
class Part:
    """A component as a sum over S, B and W.

    Attributes
    ----------
    effects : array, shape (2p, 2p)
        A, symmetric.
    same, same_error : array, shape (p, p)
        K is half of the first minus the second / (2 (n - 2)).
    opposite, opposite_error : array, shape (p, p)
        L is half of the first minus the second / (2 n).
    """

    effects: Floats
    same: Floats
    same_error: Floats
    opposite: Floats
    opposite_error: Floats

    def plus(self, other: Part, weight: float = 1.0) -> Part:
        """Return this component plus a weight times another."""
        return Part(
            self.effects + weight * other.effects,
            self.same + weight * other.same,
            self.same_error + weight * other.same_error,
            self.opposite + weight * other.opposite,
            self.opposite_error + weight * other.opposite_error,
        )


def effect_part(p: int, one: int, two: int, *, crossed: bool = False) -> Part:
    """Return the covariance of two effects; 0 to p - 1 are actor effects, p to 2p - 1 partner ones.

    Parameters
    ----------
    p : int
        How many variables.
    one, two : int
        Positions of the effects.
    crossed : bool
        One is an actor effect and the other a partner effect.
    """
    pair = _pair(p, one % p, two % p)
    none = np.zeros((p, p))
    return Part(_pair(2 * p, one, two), none, pair, none, -pair if crossed else pair)


def relationship_part(p: int, one: int, two: int, *, reverse: bool = False) -> Part:
    """Return the covariance of two relationships; with `reverse`, of i's with j's."""
    pair, none = _pair(p, one, two), np.zeros((p, p))
    return Part(np.zeros((2 * p, 2 * p)), pair, none, -pair if reverse else pair, none)


def _pair(size: int, one: int, two: int) -> Floats:
    """Return the symmetric matrix A with tr(A S) = S[one, two]."""
    out = np.zeros((size, size))
    out[one, two] += 0.5
    out[two, one] += 0.5
    return out


def estimate_of(part: Part, effects: Effects) -> tuple[Floats, Floats]:
    """Return a component and its error variance in each group, (g,) each.

    Notes
    -----
    Formula: of each of the three sums T with f degrees of freedom, the error variance is 2 q / f,
    with q = f^2 (tr(A S A S) - tr(A S)^2 / f) / ((f + 2) (f - 1)), which is unbiased for normal
    ratings; for a single variance this is 2 s^4 / (f + 2).

    References
    ----------
    Lashley & Bond (1997), Psychological Methods 2(3).
    """
    n = effects.n
    half = (n - 1) * (n - 2) / 2
    terms = (
        (part.effects, effects.between, n - 1.0),
        (part.same / 2 - part.same_error / (2 * (n - 2)), effects.same, half - 1),
        (part.opposite / 2 - part.opposite_error / (2 * n), effects.opposite, half),
    )
    value, error, size = np.zeros((3, len(effects.between)))
    for weights, products, freedom in terms:
        both = weights @ products
        trace = np.trace(both, axis1=1, axis2=2)
        squared = np.einsum("gij,gji->g", both, both)
        value += trace
        size += np.abs(weights * products).sum(axis=(1, 2))
        error += 2 * freedom * (squared - trace**2 / freedom) / ((freedom + 2) * (freedom - 1))
    # terms that cancel leave noise, which is no component
    return np.where(np.abs(value) <= NOISE * size, 0.0, value), np.maximum(error, 0.0)


@dataclass(frozen=True, eq=False)
class Effects:
    """Effects and mean products of groups of one size.

    Attributes
    ----------
    actor, partner : array, shape (g, n, p)
        Effects of the members as raters and as targets.
    between : array, shape (g, 2p, 2p)
        Covariances (n - 1) of the effects: p actor effects, then p partner effects.
    same, opposite : array, shape (g, p, p)
        Mean products of the symmetric and the opposite halves of the relationships: B and W.
    """

    actor: Floats
    partner: Floats
    between: Floats
    same: Floats
    opposite: Floats

    @property
    def n(self) -> int:
        """Return the number of members."""
        return int(self.actor.shape[1])


def effects_of(block: Block) -> Effects:
    """Return the effects and mean products of all groups of a size.

    Notes
    -----
    Formula: a_i = (n - 1)^2 / (n (n - 2)) M_i. + (n - 1) / (n (n - 2)) M_.i - (n - 1) / (n - 2) M,
    with M_i. the mean of i's ratings and M_.i of the ratings of i; b_i with the two exchanged;
    what is left is g_ij = x_ij - a_i - b_j - M.

    References
    ----------
    Warner, Kenny & Stoto (1979), Journal of Personality and Social Psychology 37.
    """
    n = block.ratings.shape[1]
    off = ~np.eye(n, dtype=bool)[None, :, :, None]
    # around one of the group's own ratings, so that equal ratings leave exact zeros
    x = np.where(off, block.ratings - block.ratings[:, :1, 1:2], 0.0)
    given, received = x.sum(axis=2) / (n - 1), x.sum(axis=1) / (n - 1)
    mean = given.mean(axis=1, keepdims=True)
    more, less = (n - 1) ** 2 / (n * (n - 2)), (n - 1) / (n * (n - 2))
    actor = more * (given - mean) + less * (received - mean)
    partner = more * (received - mean) + less * (given - mean)
    left = np.where(off, x - actor[:, :, None] - partner[:, None] - mean[:, None], 0.0)
    turned = np.swapaxes(left, 1, 2)
    both = np.concatenate([actor, partner], axis=2)
    freedom = (n - 1) * (n - 2) / 2
    noise = 1e-24 * np.abs(x).max(axis=(1, 2, 3))[:, None, None] ** 2
    return Effects(
        actor,
        partner,
        _products(both, noise) / (n - 1),
        _products(_flat(left + turned), noise) / 4 / (freedom - 1),
        _products(_flat(left - turned), noise) / 4 / freedom,
    )


def _flat(squares: Floats) -> Floats:
    return squares.reshape(len(squares), -1, squares.shape[3])


def _products(values: Floats, noise: Floats) -> Floats:
    """Return sums of products over the members, (g, p, p); exactly 0 where only noise is left."""
    sums = np.swapaxes(values, 1, 2) @ values
    return np.where(np.abs(sums) <= noise, 0.0, sums)
