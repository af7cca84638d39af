"""Which factor a researcher states behind each item, and where a fit of these factors begins."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lcdiag.statistics.arrays import Floats, as_matrix
from lcdiag.statistics.moments import Moments
from lcdiag.statistics.structure import Index


@dataclass(frozen=True, eq=False)
class StatedFactors:
    """Items factor by factor, in the order in which they were stated.

    Attributes
    ----------
    names : tuple of str, (m,)
        Of the factors.
    items : tuple, (k,)
        Places or names of the items, as stated.
    factor_of : array of int, shape (k,)
        The place of the factor of each item.
    """

    names: tuple[str, ...]
    items: tuple[Hashable, ...]
    factor_of: Index

    @property
    def smallest(self) -> int:
        """Return how many items the factor with the fewest has."""
        return int(np.bincount(self.factor_of, minlength=len(self.names)).min())


def stated_factors(items: Any, factors: Mapping[str, Any]) -> tuple[Floats, StatedFactors]:
    """Return the answers to the stated items, (n, k), and which factor is behind each.

    Raises
    ------
    ValueError
        For no factors, an item that is not there or stated twice, Moments, text, infinite values.
    """
    if isinstance(items, Moments):
        raise ValueError("a stated structure needs the answers, not their moments")
    if not isinstance(factors, Mapping) or not factors:
        raise ValueError(f"factors name one factor or more with their items; received {factors!r}")
    table: Any = items if hasattr(items, "columns") else as_matrix(items)
    named = list(items.columns) if hasattr(items, "columns") else []
    stated: list[Hashable] = []
    places: list[int] = []
    factor_of: list[int] = []
    for number, (name, some) in enumerate(factors.items()):
        for item in _listed(name, some):
            place = _place(item, named, table.shape[1])
            if place in places:
                raise ValueError(f"every item has one factor; received {item!r} twice")
            stated.append(item)
            places.append(place)
            factor_of.append(number)
    chosen = table.iloc[:, places] if named else table[:, places]
    whole = StatedFactors(tuple(factors), tuple(stated), np.array(factor_of, dtype=np.intp))
    return as_matrix(chosen), whole


def _listed(name: str, some: Any) -> list[Hashable]:
    """Return the items of a factor."""
    if isinstance(some, str) or not isinstance(some, (Sequence, np.ndarray, range)):
        raise ValueError(f"the items of factor {name!r} are a list; received {some!r}")
    return list(some.tolist() if isinstance(some, np.ndarray) else some)


def _place(item: Hashable, named: list[Hashable], k: int) -> int:
    """Return the column of an item, by its name where columns have names."""
    if named.count(item) == 1:
        return named.index(item)
    whole = isinstance(item, (int, np.integer)) and not isinstance(item, bool)
    if item in named or not whole or not 0 <= int(str(item)) < k:
        raise ValueError(f"items of factors are columns of the answers, once; received {item!r}")
    return int(str(item))


def first_guess(r: Floats, factor_of: Index) -> tuple[Floats, Floats]:
    """Return loadings (k,) and factor correlations (m, m) to begin with.

    Parameters
    ----------
    r : array, shape (k, k)
        Correlations of the items.
    factor_of : array of int, shape (k,)

    Notes
    -----
    Formula: of each factor's own items the first principal axis, its size that of k equal
    relations; between factors the relation of the items' sums by these loadings, divided by what
    it would be for one factor.
    """
    m = int(factor_of.max()) + 1
    loadings = np.zeros(len(r))
    by_factor = np.zeros((m, len(r)))
    for factor in range(m):
        mine = np.flatnonzero(factor_of == factor)
        values, vectors = np.linalg.eigh(r[np.ix_(mine, mine)])
        k = len(mine)
        size = np.sqrt(max(float(values[-1]) - 1, 0.01) / max(k - 1, 1) * k)
        axis = vectors[:, -1] * (-1.0 if vectors[:, -1].sum() < 0 else 1.0)
        loadings[mine] = np.clip(axis * size, -0.95, 0.95)
        by_factor[factor, mine] = loadings[mine] / float(loadings[mine] @ loadings[mine])
    between = np.clip(by_factor @ r @ by_factor.T, -0.9, 0.9)
    np.fill_diagonal(between, 1.0)
    lowest = float(np.linalg.eigvalsh(between)[0])
    if lowest < 0.05:  # a little of the unit matrix makes them go together
        share = (0.05 - lowest) / (1 - lowest)
        between = (1 - share) * between + share * np.eye(m)
    return loadings, between


def facing_up(loadings: Floats, factor_of: Index) -> Floats:
    """Return the sign of each factor that makes its loadings sum to 0 or more, (m,)."""
    sums = np.bincount(factor_of, weights=loadings, minlength=int(factor_of.max()) + 1)
    return np.where(sums < 0, -1.0, 1.0)


def undetermined(loadings: Floats, between: Floats, factor_of: Index, least: float) -> bool:
    """Return whether a factor has too few items with a loading to be told from others.

    Two items alone fix the product of their loadings, never the loadings; a relation with
    another factor fixes these too.

    Parameters
    ----------
    loadings : array, shape (k,)
        Of standardised items.
    between : array, shape (m, m)
        Factor correlations.
    factor_of : array of int, shape (k,)
    least : float
        What counts as a loading, and as a relation.
    """
    load = np.abs(loadings) > least
    count = np.bincount(factor_of, weights=load, minlength=len(between))
    related = (np.abs(between - np.eye(len(between))) > least).any(axis=1)
    return bool((count < np.where(related, 2, 3)).any())
