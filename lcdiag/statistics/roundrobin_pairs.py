"""Two ratings of everybody by everybody: what they share, and what not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lcdiag.statistics.intervals import check_levels
from lcdiag.statistics.roundrobin_blocks import MissingRatings, long_ratings
from lcdiag.statistics.roundrobin_estimates import Part, effect_part, relationship_part
from lcdiag.statistics.roundrobin_results import (
    ErrorRule,
    Forks,
    Kind,
    MemberEffects,
    Negative,
    SocialRelations,
    Table,
    pooled,
)
from lcdiag.statistics.roundrobin_table import KINDS, NAMES, components_by_group, variable_parts

PAIR_NAMES = (
    "actor-actor",
    "partner-partner",
    "actor-partner",
    "partner-actor",
    "intrapersonal relationship",
    "interpersonal relationship",
)
# columns 0 to 4 are of the first variable, 5 to 9 of the second
PAIR_KINDS: tuple[Kind, ...] = ((0, 5), (1, 6), (0, 6), (1, 5), (2, 7), (2, 7))


@dataclass(frozen=True, eq=False)
class BivariateRelations:
    """Two ratings of everybody by everybody, and how their components go together.

    Attributes
    ----------
    first, second : SocialRelations
        Of each rating alone.
    pair : SocialRelations
        Six covariances: "actor-actor", "partner-partner", "actor-partner" (actor of the first,
        partner of the second), "partner-actor", "intrapersonal relationship" (i's two ratings of
        j), "interpersonal relationship" (i's first rating of j, j's second of i); shares are the
        correlations. The effects are those of the first rating.
    """

    first: SocialRelations
    second: SocialRelations
    pair: SocialRelations


def bivariate_relations(
    first: Any,
    second: Any,
    raters: Any = None,
    targets: Any = None,
    groups: Any = None,
    *,
    missing: MissingRatings = "absent",
    negative: Negative = "keep",
    error: ErrorRule = "within",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> BivariateRelations:
    """Return the components of two ratings of the same people and their six covariances.

    Parameters
    ----------
    first, second : array_like, shape (m,), or (n, n) or (g, n, n)
        As `ratings` in `social_relations`, in the same rows; a pair lacking one lacks both.
    raters, targets, groups, missing, negative, error, confidence, bands
        As in `social_relations`.

    Notes
    -----
    Absent when: as in `social_relations`; a correlation also ``negative-variance``,
    ``no-variance``.

    Agrees with TripleR 1.5.4 (``RR`` with two variables).

    References
    ----------
    Warner, Kenny & Stoto (1979), Journal of Personality and Social Psychology 37; Lashley & Bond
    (1997), Psychological Methods 2(3).
    """
    forks = Forks(missing, negative, error, confidence, check_levels(confidence, bands))
    rows = long_ratings([first, second], raters, targets, groups, None)
    parts = [*variable_parts(2, 0), *variable_parts(2, 1), *_pair_parts(2, 0, 1)]
    kinds = (*KINDS, *KINDS, *PAIR_KINDS)
    table, effects, _ = components_by_group(
        rows, forks.missing, parts, (*NAMES, *NAMES, *PAIR_NAMES), kinds
    )
    one, two = (
        pooled(_columns(table, start), forks, effects[at], range(5))
        for at, start in ((0, 0), (1, 5))
    )
    return BivariateRelations(one, two, pooled(table, forks, effects[0], range(10, 16)))


def stable_relations(
    first: Any,
    second: Any,
    raters: Any = None,
    targets: Any = None,
    groups: Any = None,
    *,
    missing: MissingRatings = "absent",
    negative: Negative = "keep",
    error: ErrorRule = "within",
    confidence: float = 0.95,
    bands: Sequence[float] = (),
) -> SocialRelations:
    """Return the components that two ratings of one thing share, and what they do not share.

    Parameters
    ----------
    first, second : array_like, shape (m,), or (n, n) or (g, n, n)
        Two ratings of the same thing on the same scale.
    raters, targets, groups, missing, negative, error, confidence, bands
        As in `social_relations`.

    Returns
    -------
    SocialRelations
        The components of `social_relations`, and "unstable": the mean variance of the two ratings
        that is not shared. Shares are of all of it. The effects are of the mean of the two.

    Notes
    -----
    Formula: covariances of the two ratings take the place of variances (actor with actor, partner
    with partner, i's two ratings of j); the covariances are means of the two ways to cross ratings.

    Absent when: as in `social_relations`.

    References
    ----------
    Kenny (1994), Interpersonal Perception, on constructs with several indicators; Bonito & Kenny
    (2010), Personal Relationships 17.
    """
    forks = Forks(missing, negative, error, confidence, check_levels(confidence, bands))
    rows = long_ratings([first, second], raters, targets, groups, None)
    actor, partner, cross, back, within, between = _pair_parts(2, 0, 1)
    none = actor.plus(actor, -1.0)
    unstable = none
    for variable in range(2):
        for part in variable_parts(2, variable)[:3]:
            unstable = unstable.plus(part, 0.5)
    for part in (actor, partner, within):
        unstable = unstable.plus(part, -1.0)
    crossed = none.plus(cross, 0.5).plus(back, 0.5)
    parts = [actor, partner, within, unstable, crossed, between]
    kinds: tuple[Kind, ...] = (None, None, None, None, (0, 1), (2, 2))
    names = (*NAMES[:3], "unstable", *NAMES[3:])
    table, effects, _ = components_by_group(rows, forks.missing, parts, names, kinds)
    one, two = effects
    means = MemberEffects(
        one.groups, one.members, (one.actor + two.actor) / 2, (one.partner + two.partner) / 2
    )
    return pooled(table, forks, means, range(6))


def _pair_parts(p: int, one: int, two: int) -> list[Part]:
    """Return the six covariances of two of p variables."""
    return [
        effect_part(p, one, two),
        effect_part(p, p + one, p + two),
        effect_part(p, one, p + two, crossed=True),
        effect_part(p, p + one, two, crossed=True),
        relationship_part(p, one, two),
        relationship_part(p, one, two, reverse=True),
    ]


def _columns(table: Table, start: int) -> Table:
    """Return the five components of one variable, alone."""
    five = slice(start, start + 5)
    return Table(
        table.names[five],
        KINDS,
        table.values[:, five],
        table.errors[:, five],
        table.groups,
        table.n,
        table.reasons,
    )
