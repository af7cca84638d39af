"""Persons within the parties that rate: their own habits, apart from their party's."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lcdiag.statistics.arrays import Floats
from lcdiag.statistics.roundrobin_blocks import Block, MissingRatings, Places, Ratings, squares


@dataclass(frozen=True, eq=False)
class PeopleParts:
    """Variances of persons within parties, a row a group; NaN where no party has two people.

    Attributes
    ----------
    values, errors : array, shape (g, 2)
        Of "person" and "person-target", with their error variances.
    share : array, shape (g,)
        Mean of 1 / people over the parties: what of them is left in a party's mean.
    """

    values: Floats
    errors: Floats
    share: Floats


def whole_people(ratings: Ratings, missing: MissingRatings) -> Ratings:
    """Return the ratings of people who rated all other parties.

    With ``drop`` the others are left out; with ``absent`` their ratings become missing, which
    takes their group out.

    Raises
    ------
    ValueError
        If a person rated a target twice.
    """
    held = ~np.isnan(ratings.values).any(axis=1)
    judges = _judges(ratings)
    twice = np.unique(np.column_stack([judges, ratings.targets])[held], axis=0)
    if len(twice) < held.sum():
        raise ValueError("a person rated a target twice")
    given = np.bincount(judges, held, minlength=int(judges.max(initial=-1)) + 1)
    sizes = np.repeat(ratings.sizes, ratings.sizes)
    whole = given[judges] == sizes[ratings.raters] - 1
    if missing == "drop":
        return replace(
            ratings,
            values=ratings.values[whole],
            cells=ratings.cells[whole],
            raters=ratings.raters[whole],
            targets=ratings.targets[whole],
            judges=judges[whole],
        )
    # a cell is missing when one of its people is: spoil all of the cell
    spoiled = np.isin(ratings.cells, ratings.cells[~whole])
    return replace(
        ratings, values=np.where(spoiled[:, None], np.nan, ratings.values), judges=judges
    )


def _judges(ratings: Ratings) -> Places:
    """Return the number of each row's person: a label within a party."""
    assert ratings.judges is not None
    pairs = np.column_stack([ratings.raters, ratings.judges])
    _, found = np.unique(pairs, axis=0, return_inverse=True)
    return found.reshape(-1)


def people_within_parties(ratings: Ratings, blocks: list[Block]) -> PeopleParts:
    """Return the variances of persons within parties, from ratings of `whole_people`.

    Notes
    -----
    Formula: within a party its people and their T targets are a two-way layout. With P the mean
    square of people and E the mean square of what is left, the variances are (P - E) / T of
    persons and E of persons by targets, pooled over the parties of a group.
    """
    g = len(ratings.sizes)
    kept = np.zeros(len(ratings.members), dtype=bool)
    for block in blocks:
        kept[block.members.ravel()] = True
    rows = kept[ratings.raters] & kept[ratings.targets]
    group = np.repeat(np.arange(g), ratings.sizes)
    x = ratings.values[rows, 0] - squares(ratings)[ratings.cells[rows], 0]
    judges, found = np.unique(_judges(ratings)[rows], return_inverse=True)
    at = found.reshape(-1)
    party = np.zeros(len(judges), dtype=np.intp)
    party[at] = ratings.raters[rows]
    targets = np.bincount(group[kept], minlength=g) - 1
    mean = np.bincount(at, x, minlength=len(judges)) / np.maximum(targets[group[party]], 1)
    people = np.bincount(party, minlength=len(kept))
    between = targets.astype(np.float64) * np.bincount(group[party], mean**2, minlength=g)
    whole = np.bincount(group[ratings.raters[rows]], x**2, minlength=g)
    inverse = np.where(kept, 1.0 / np.maximum(people, 1), 0.0)
    share = np.bincount(group, inverse, minlength=g) / np.maximum(targets + 1, 1)
    extra = np.bincount(group, np.where(kept, people - 1, 0), minlength=g).astype(np.float64)
    return _variances(between, np.asarray(whole - between), extra, targets, share)


def _variances(
    between: Floats, within: Floats, extra: Floats, targets: Places, share: Floats
) -> PeopleParts:
    """Return the variances from sums of squares; `extra` people beyond one a party."""
    known = (extra > 0) & (targets > 1)
    f1 = np.where(known, extra, 1.0)
    f2 = f1 * np.where(known, targets - 1, 1)
    t = np.where(known, targets, 1)
    p, e = between / f1, np.maximum(within, 0.0) / f2
    error_p, error_e = 2 * p**2 / (f1 + 2), 2 * e**2 / (f2 + 2)
    values = np.column_stack([(p - e) / t, e])
    errors = np.column_stack([(error_p + error_e) / t**2, error_e])
    none = ~known[:, None]
    return PeopleParts(np.where(none, np.nan, values), np.where(none, np.nan, errors), share)
