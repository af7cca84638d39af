"""Components of the Social Relations Model with shares, intervals and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from lcdiag.base.estimate import Estimate
from lcdiag.statistics.arrays import Counts, Floats, Labels
from lcdiag.statistics.intervals import t_quantile, with_intervals
from lcdiag.statistics.results import frame
from lcdiag.statistics.roundrobin_blocks import MissingRatings
from lcdiag.statistics.roundrobin_estimates import NOISE

if TYPE_CHECKING:
    from lcdiag.statistics.results import Frame

Negative = Literal["keep", "zero"]
ErrorRule = Literal["within", "between"]
Kind = tuple[int, int] | None
"""None of a variance; of a covariance, the columns whose variances make it a correlation."""


@dataclass(frozen=True)
class Forks:
    """What was asked for; see `roundrobin.social_relations`."""

    missing: MissingRatings
    negative: Negative
    error: ErrorRule
    confidence: float
    bands: Sequence[float]

    def __post_init__(self) -> None:
        if self.missing not in ("absent", "drop"):
            raise ValueError(f"missing is 'absent' or 'drop'; received {self.missing!r}")
        if self.negative not in ("keep", "zero"):
            raise ValueError(f"negative is 'keep' or 'zero'; received {self.negative!r}")
        if self.error not in ("within", "between"):
            raise ValueError(f"error is 'within' or 'between'; received {self.error!r}")


@dataclass(frozen=True, eq=False)
class GroupComponents:
    """The components of each group.

    Attributes
    ----------
    names : tuple of str
        Of the c components.
    groups : array, shape (g,)
        Labels, sorted.
    n : array of int, shape (g,)
        Members that were used; 0 where the group is absent.
    values, errors, shares : array, shape (g, c)
        Components, their error variances, and variances as shares, covariances as correlations;
        NaN where there is none.
    reasons : array of str, shape (g,)
        Why a group is absent; "" where it is there.
    """

    names: tuple[str, ...]
    groups: Labels
    n: Counts
    values: Floats
    errors: Floats
    shares: Floats
    reasons: npt.NDArray[np.str_]

    def to_frame(self) -> Frame:
        """Return one row a group: the group, n, the components, absent."""
        columns = {name: self.values[:, at] for at, name in enumerate(self.names)}
        return frame({"group": self.groups, "n": self.n, **columns, "absent": self.reasons})


@dataclass(frozen=True, eq=False)
class MemberEffects:
    """Actor and partner effects of every member.

    Attributes
    ----------
    groups, members : array, shape (r,)
        Labels.
    actor, partner : array, shape (r,)
        How far the member rates, and is rated, above the group's mean, in points; NaN for members
        that were not used.
    """

    groups: Labels
    members: Labels
    actor: Floats
    partner: Floats

    def to_frame(self) -> Frame:
        """Return one row a member: group, member, actor, partner."""
        return frame(
            {
                "group": self.groups,
                "member": self.members,
                "actor": self.actor,
                "partner": self.partner,
            }
        )


@dataclass(frozen=True, slots=True)
class ComponentTest:
    """Whether a component differs from 0.

    Attributes
    ----------
    t, one_sided, two_sided : Estimate
        The component over its standard error; probabilities beyond t on its own side, on both.
    standard_error : Estimate
        In squared points.
    df : int
        Degrees of freedom.
    """

    t: Estimate
    one_sided: Estimate
    two_sided: Estimate
    standard_error: Estimate
    df: int


@dataclass(frozen=True, eq=False)
class SocialRelations:
    """Components of a round robin, over all groups and in each.

    Attributes
    ----------
    names : tuple of str
        Of the components, variances first.
    components, shares : tuple of Estimate
        In squared points, with t intervals; variances as shares of their sum, covariances as
        correlations. n = members.
    tests : tuple of ComponentTest
        One a component.
    by_group : GroupComponents
        The same in each group.
    effects : MemberEffects
        Of every member; of the mean rating where there are two variables in one.
    """

    names: tuple[str, ...]
    components: tuple[Estimate, ...]
    shares: tuple[Estimate, ...]
    tests: tuple[ComponentTest, ...]
    by_group: GroupComponents
    effects: MemberEffects

    def component(self, name: str) -> Estimate:
        """Return a component by its name, or raise KeyError."""
        return self.components[self._place(name)]

    def share(self, name: str) -> Estimate:
        """Return a variance as a share, a covariance as a correlation, or raise KeyError."""
        return self.shares[self._place(name)]

    def test(self, name: str) -> ComponentTest:
        """Return the test of a component by its name, or raise KeyError."""
        return self.tests[self._place(name)]

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise KeyError(f"there is no component {name!r}; there are {', '.join(self.names)}")
        return self.names.index(name)


@dataclass(frozen=True, eq=False)
class Table:
    """Components by group, before they are pooled.

    Attributes
    ----------
    names, kinds : tuple
        Of the c components.
    values, errors : array, shape (g, c)
        Components and error variances; NaN in absent groups.
    groups, n, reasons : array, shape (g,)
        As in `GroupComponents`.
    """

    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    values: Floats
    errors: Floats
    groups: Labels
    n: Counts
    reasons: npt.NDArray[np.str_]


def pooled(
    table: Table, forks: Forks, effects: MemberEffects, shown: Sequence[int]
) -> SocialRelations:
    """Return the components over all groups, weighted by n - 1, and in each group.

    Parameters
    ----------
    table : Table
        Components by group.
    forks : Forks
        What was asked for.
    effects : MemberEffects
        Passed on.
    shown : sequence of int
        Which columns of the table to return; the others serve correlations.
    """
    used = table.reasons == ""
    names = tuple(table.names[at] for at in shown)
    weights = np.where(used, table.n - 1.0, 0.0)
    groups, n = int(used.sum()), int(table.n[used].sum())
    words = f"SRM, groups: {groups}, ratings missing: {forks.missing}, error {forks.error}"
    if not groups:
        reason = str(table.reasons[0]) if len(table.reasons) else "no-ratings"
        none = Estimate.missing(reason, n=n, method=words)
        each = (none,) * len(shown)
        tests = (ComponentTest(none, none, none, none, 0),) * len(shown)
        return SocialRelations(names, each, each, tests, _each(table, forks, shown), effects)
    values = weights[used] @ table.values[used]
    size = weights[used] @ np.abs(table.values[used])
    values = np.where(np.abs(values) <= NOISE * size, 0.0, values) / weights.sum()
    errors, freedom = _pooled_errors(table, values, used, weights, forks)
    cells = [
        _component(table.kinds[at], values[at], errors[at], freedom, forks, n, words)
        for at in shown
    ]
    shares = _shares(_shown(values[None], table.kinds, forks), table.kinds)[0]
    standard = tuple(_share(table.kinds, values, shares, at, n, words) for at in shown)
    return SocialRelations(
        names,
        tuple(cell for cell, _ in cells),
        standard,
        tuple(test for _, test in cells),
        _each(table, forks, shown),
        effects,
    )


def _pooled_errors(
    table: Table, values: Floats, used: npt.NDArray[np.bool_], weights: Floats, forks: Forks
) -> tuple[Floats, int]:
    """Return error variances of the pooled components, NaN where none, and degrees of freedom."""
    w = weights[used]
    if forks.error == "within":
        return (w**2) @ table.errors[used] / w.sum() ** 2, int(w.sum())
    if len(w) < 2:
        return np.full(len(values), np.nan), 0
    spread = w @ (table.values[used] - values) ** 2 / (len(w) - 1)
    return spread / w.sum(), len(w) - 1


def _component(
    kind: Kind, value: float, error: float, freedom: int, forks: Forks, n: int, words: str
) -> tuple[Estimate, ComponentTest]:
    """Return a component with its t interval, and its test."""
    from scipy.special import stdtr

    zeroed = kind is None and value < 0 and forks.negative == "zero"
    name = f"{words}, negative set to 0" if zeroed else words
    why = "fewer-than-2-groups" if np.isnan(error) else "no-variance" if error <= 0 else ""
    if why:
        none = Estimate.missing(why, n=n, method=words)
        cell = Estimate(value=0.0 if zeroed else float(value), n=n, method=name)
        return cell, ComponentTest(none, none, none, none, freedom)
    root = float(np.sqrt(error))

    def limits(level: float) -> tuple[float, float]:
        half = float(t_quantile(freedom, level)) * root
        return float(value) - half, float(value) + half

    shown = 0.0 if zeroed else float(value)
    cell = with_intervals(shown, limits, None, forks.confidence, forks.bands, n=n, method=name)
    standard = Estimate(value=root, n=n, method=words)
    if kind is None and value < 0:
        none = Estimate.missing("negative-variance", n=n, method=words)
        return cell, ComponentTest(none, none, none, standard, freedom)
    t = float(value) / root
    beyond = float(stdtr(freedom, -abs(t)))
    test, one, two = (
        Estimate(value=number, n=n, method=f"t({freedom})") for number in (t, beyond, 2 * beyond)
    )
    return cell, ComponentTest(test, one, two, standard, freedom)


def _shown(values: Floats, kinds: Sequence[Kind], forks: Forks) -> Floats:
    """Return the components as they are shown: variances below 0 as 0 where that was asked for."""
    if forks.negative == "keep":
        return values
    variance = np.array([kind is None for kind in kinds])
    return np.where(variance, np.maximum(values, 0.0), values)


def _shares(values: Floats, kinds: Sequence[Kind]) -> Floats:
    """Return variances as shares of their sum, covariances as correlations, (g, c).

    A negative variance counts as 0 in the sum and has no share; a correlation needs two positive
    variances.
    """
    out = np.full(values.shape, np.nan)
    variances = [at for at, kind in enumerate(kinds) if kind is None]
    total = np.maximum(values[:, variances], 0.0).sum(axis=1)
    for at, kind in enumerate(kinds):
        if kind is None:
            good = (values[:, at] >= 0) & (total > 0)
            np.divide(values[:, at], total, out=out[:, at], where=good)
            continue
        one, two = values[:, kind[0]], values[:, kind[1]]
        good = (one > 0) & (two > 0)
        root = np.sqrt(np.where(good, one * two, 1.0))
        np.divide(values[:, at], root, out=out[:, at], where=good)
    return out


def _share(
    kinds: Sequence[Kind], values: Floats, shares: Floats, at: int, n: int, words: str
) -> Estimate:
    """Return a share or correlation, or why there is none."""
    kind = kinds[at]
    if not np.isnan(shares[at]):
        name = "share of variance" if kind is None else "correlation"
        return Estimate(value=float(shares[at]), n=n, method=name)
    parts = (at,) if kind is None else kind
    below = any(values[part] < 0 for part in parts)
    return Estimate.missing("negative-variance" if below else "no-variance", n=n, method=words)


def _each(table: Table, forks: Forks, shown: Sequence[int]) -> GroupComponents:
    """Return the components by group."""
    columns = list(shown)
    values = _shown(table.values, table.kinds, forks)
    shares = _shares(values, table.kinds)[:, columns]
    n = np.where(table.reasons == "", table.n, 0)
    return GroupComponents(
        tuple(table.names[at] for at in columns),
        table.groups,
        n,
        values[:, columns],
        table.errors[:, columns],
        shares,
        table.reasons,
    )
