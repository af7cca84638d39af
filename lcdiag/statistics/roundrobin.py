"""The Social Relations Model: who rates high, who is rated high, and what belongs to the pair.

In a group of n members who all rate each other, the rating of i by j is a mean, an actor effect of
the rater, a partner effect of the target, and a relationship that is left: x_ij = M + a_i + b_j +
g_ij. The model gives the variances of a, b and g, the covariance of a and b of the same member
(are those who like much also liked much?), and of g_ij and g_ji (is liking mutual?).

With M_i. the mean rating by i, M_.i the mean rating of i and M the mean of all, the effects are
a_i = (n - 1)^2 / (n (n - 2)) M_i. + (n - 1) / (n (n - 2)) M_.i - (n - 1) / (n - 2) M, and b_i with
the two exchanged. B is the mean square of the symmetric halves (g_ij + g_ji) / 2, with
(n - 1) (n - 2) / 2 - 1 degrees of freedom, W that of the opposite halves (g_ij - g_ji) / 2, with
(n - 1) (n - 2) / 2, each summed over all ordered pairs. Then the variance of g is (B + W) / 2 and
the covariance of g_ij and g_ji (B - W) / 2; the variance of a is sum a^2 / (n - 1) -
B / (2 (n - 2)) - W / (2 n), that of b likewise, and the covariance of a and b is
sum a b / (n - 1) - B / (2 (n - 2)) + W / (2 n). Two ratings go the same way, with products in the
place of squares. Standard errors inside a group take ratings for normal: a variance of f degrees
of freedom has the error variance 2 s^4 / (f + 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lcdiag.statistics.intervals import check_levels
from lcdiag.statistics.roundrobin_blocks import Block, MissingRatings, Ratings, long_ratings
from lcdiag.statistics.roundrobin_pairs import (
    BivariateRelations,
    bivariate_relations,
    stable_relations,
)
from lcdiag.statistics.roundrobin_people import people_within_parties, whole_people
from lcdiag.statistics.roundrobin_results import (
    ErrorRule,
    Forks,
    GroupComponents,
    Kind,
    Negative,
    SocialRelations,
    Table,
    pooled,
)
from lcdiag.statistics.roundrobin_table import KINDS, NAMES, components_by_group, variable_parts

__all__ = [
    "BivariateRelations",
    "GroupComponents",
    "SocialRelations",
    "bivariate_relations",
    "social_relations",
    "stable_relations",
]


def social_relations(
    ratings: Any,
    raters: Any = None,
    targets: Any = None,
    groups: Any = None,
    *,
    people: Any = None,
    missing: MissingRatings = "absent",
    negative: Negative = "keep",
    error: ErrorRule = "within",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> SocialRelations:
    """Return the variances and covariances of a round robin, over one group or many.

    Parameters
    ----------
    ratings : array_like, shape (m,), or (n, n) or (g, n, n)
        One rating a row, NaN = missing; or squares of raters by targets. Self ratings are ignored.
    raters, targets, groups : array_like, shape (m,), optional
        Labels; without `groups` all is one group. One label in two groups is two members.
    people : array_like, shape (m,), optional
        Which person rated, where raters are parties of several people. Persons then have their own
        components, "person" and "person-target" (what is left), and those of parties exclude them.
    missing : {"absent", "drop"}
        A group in which a rating is missing is left out; or members with most missing ratings are,
        one by one, until the rest is complete (before that, people who left out a party).
    negative : {"keep", "zero"}
        A variance below 0 is shown; or shown as 0. In shares it counts as 0 either way.
    error : {"within", "between"}
        From the ratings inside groups, df sum of n - 1; or from how groups differ, df groups - 1.
    confidence, bands : float, sequence of float
        Of t intervals.

    Raises
    ------
    ValueError
        For text, infinite values, a pair rated twice without `people`, or a fork not offered.

    Notes
    -----
    Formula: at the top; groups are weighted by n - 1.

    Default: negative variances are shown: such a component is near 0.

    Absent when: ``fewer-than-4-people``, ``missing-ratings`` (no group is left); with people
    ``no-party-with-2-people``.

    Agrees with TripleR 1.5.4 (``RR``): components, shares, standard errors, t and p.

    References
    ----------
    Kenny & La Voie (1984), Advances in Experimental Social Psychology 18; Lashley & Bond (1997),
    Psychological Methods 2(3).
    """
    forks = Forks(missing, negative, error, confidence, check_levels(confidence, bands))
    return _round_robin(long_ratings([ratings], raters, targets, groups, people), forks)


def _round_robin(rows: Ratings, forks: Forks) -> SocialRelations:
    """Return the components of one rating; those of people apart where the rows name them."""
    apart = rows.judges is not None
    rows = whole_people(rows, forks.missing) if apart else rows
    parts = variable_parts(1, 0)
    table, effects, blocks = components_by_group(rows, forks.missing, parts, NAMES, KINDS)
    table = _apart(table, rows, blocks) if apart else table
    return pooled(table, forks, effects[0], range(len(table.names)))


def _apart(table: Table, rows: Ratings, blocks: list[Block]) -> Table:
    """Return the components of parties freed of their people, and those of the people."""
    found = people_within_parties(rows, blocks)
    values = np.column_stack([table.values, found.values])
    errors = np.column_stack([table.errors, found.errors])
    for column, of in ((0, 0), (2, 1)):
        values[:, column] -= found.share * found.values[:, of]
        errors[:, column] += found.share**2 * found.errors[:, of]
    alone = (table.reasons == "") & np.isnan(found.values[:, 0])
    order = [0, 1, 2, 5, 6, 3, 4]
    names = (*NAMES[:3], "person", "person-target", *NAMES[3:])
    kinds: tuple[Kind, ...] = (None,) * 5 + ((0, 1), (2, 2))
    values[alone], errors[alone] = np.nan, np.nan
    reasons = np.where(alone, "no-party-with-2-people", table.reasons)
    return Table(names, kinds, values[:, order], errors[:, order], table.groups, table.n, reasons)
