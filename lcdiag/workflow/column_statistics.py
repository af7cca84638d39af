"""Reliability, agreement, variance and careless answering of columns in any file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lcdiag.importers.item_columns import ItemChoice, ItemTable

if TYPE_CHECKING:
    from lcdiag.base.estimate import Estimate
    from lcdiag.base.findings import Finding
    from lcdiag.base.text import Message

__all__ = [
    "Figures",
    "ItemChoice",
    "Line",
    "agreement_of",
    "careless_of",
    "reliability_of",
    "variance_of",
]


@dataclass(frozen=True)
class Line:
    """One number.

    Attributes
    ----------
    statistic : str
        What it is: a stable word that is also the last part of its label's message id.
    of : str
        The item, group, person or component it belongs to; "" for the whole scale.
    estimate : Estimate
        With its interval, n and method, or the reason why it is absent.
    """

    statistic: str
    of: str
    estimate: Estimate


@dataclass(frozen=True)
class Figures:
    """All that was worked out for one scale.

    Attributes
    ----------
    about : mapping
        File, rows, items, reversed items, range, groups: plain data.
    parts : mapping of str to tuple of Line
        ``"scale"`` and one more part where there is one: ``"item"``, ``"group"``, ``"person"``.
    notes : tuple of Message
        What a reader must know with it.
    """

    about: Mapping[str, Any]
    parts: Mapping[str, tuple[Line, ...]]
    notes: tuple[Message, ...] = ()


Worker = Callable[[ItemTable, int], Figures]


def reliability_of(
    path: Path, choice: ItemChoice
) -> tuple[tuple[Figures, ...], tuple[Finding, ...]]:
    """Return alpha, omega, further coefficients and the items of each scale.

    With a column of groups the intervals allow for people who sit together, and the coefficients
    within and between groups are there too.

    Raises
    ------
    LcdiagError
        As in `importers.item_columns.read_item_columns`.
    """
    return _each_scale(path, choice, _reliability)


def agreement_of(path: Path, choice: ItemChoice) -> tuple[tuple[Figures, ...], tuple[Finding, ...]]:
    """Return what the people of each group agree on, and how much groups differ.

    Raises
    ------
    LcdiagError
        As above; and where the range is missing or is not one of whole answers.
    """
    return _each_scale(path, choice, _agreement, whole_options=True)


def variance_of(path: Path, choice: ItemChoice) -> tuple[tuple[Figures, ...], tuple[Finding, ...]]:
    """Return how the variance of the scale's mean divides over the columns of groups.

    Raises
    ------
    LcdiagError
        As above.
    """
    return _each_scale(path, choice, _variance)


def careless_of(path: Path, choice: ItemChoice) -> tuple[tuple[Figures, ...], tuple[Finding, ...]]:
    """Return indices of careless answering of each row; they judge nobody.

    Raises
    ------
    LcdiagError
        As above.
    """
    from lcdiag.importers.item_columns import read_item_columns
    from lcdiag.workflow.careless_columns import careless_figures

    table, remarks = read_item_columns(path, choice)
    return (careless_figures(table, about_scale(table, None)),), remarks


def _each_scale(
    path: Path, choice: ItemChoice, worker: Worker, *, whole_options: bool = False
) -> tuple[tuple[Figures, ...], tuple[Finding, ...]]:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.importers.item_columns import read_item_columns

    if whole_options and not choice.limits.strip():
        raise LcdiagError.single("itemcolumns.range-needed", path.name)
    table, remarks = read_item_columns(path, choice)
    if whole_options and table.limits is not None and any(end % 1 for end in table.limits):
        raise LcdiagError.single("itemcolumns.whole-options", "--range")
    return tuple(worker(table, number) for number in range(len(table.scales))), remarks


def about_scale(table: ItemTable, number: int | None) -> dict[str, Any]:
    """Return what a scale, or all items together, was made of: plain data."""
    positions = range(len(table.names)) if number is None else table.scales[number]
    chosen = table.raw[:, list(positions)]
    return {
        "file": table.place,
        "rows": len(table.raw),
        "complete": int((~np.isnan(chosen)).all(axis=1).sum()),
        "items": [table.names[at] for at in positions],
        "reversed": [table.names[at] for at in table.turned_items if at in positions],
        "range": None if table.limits is None else list(table.limits),
        "groups": {name: len(np.unique(cells)) for name, cells in table.groups.items()},
    }


def _only_group(table: ItemTable) -> Any:
    """Return the labels of the one column of groups, or None."""
    return next(iter(table.groups.values()), None)


def _reliability(table: ItemTable, number: int) -> Figures:
    from lcdiag.base.text import Message
    from lcdiag.statistics.reliability import cronbach_alpha, looks_reversed

    items, about = table.scale(number), about_scale(table, number)
    group = _only_group(table)
    lines = [*_coefficients(items, group)]
    if group is not None:
        lines += _by_level(items, group)
    turned = ", ".join(about["items"][at] for at in looks_reversed(items))
    alpha = cronbach_alpha(items).value
    notes = []
    if turned:
        word = "negative" if alpha is not None and alpha < 0 else "turned"
        notes.append(Message(f"itemcolumns.note-{word}", {"items": turned}))
    parts = {"scale": tuple(lines), "item": tuple(_items(items, about["items"], table))}
    return Figures(about, parts, tuple(notes))


def _coefficients(items: Any, group: Any) -> Iterator[Line]:
    from lcdiag.statistics.reliability import (
        cronbach_alpha,
        guttman_lambdas,
        mcdonald_omega,
        standard_error_of_measurement,
    )

    yield Line("alpha", "", cronbach_alpha(items, cluster=group))
    if group is None:  # its interval knows of no clusters
        yield Line("alpha-standardized", "", cronbach_alpha(items, standardized=True))
    yield Line("omega", "", mcdonald_omega(items, cluster=group))
    ordered = mcdonald_omega(items, kind="categorical", cluster=group)
    yield Line("omega-categorical", "", ordered)
    yield Line("lambda-2", "", guttman_lambdas(items).lambda_2)
    yield Line("error", "", standard_error_of_measurement(items))


def _by_level(items: Any, group: Any) -> Iterator[Line]:
    from lcdiag.statistics.reliability import alpha_by_level, omega_by_level

    for name, found in (
        ("alpha", alpha_by_level(items, group)),
        ("omega", omega_by_level(items, group)),
    ):
        yield Line(f"{name}-within", "", found.within)
        yield Line(f"{name}-between", "", found.between)


def _items(items: Any, names: Sequence[str], table: ItemTable) -> Iterator[Line]:
    from lcdiag.base.estimate import Estimate
    from lcdiag.statistics.items import item_rest, item_summary
    from lcdiag.statistics.reliability import alpha_if_dropped

    held = items[~np.isnan(items)]
    observed = (float(held.min()), float(held.max())) if len(held) else (0.0, 1.0)
    summary = item_summary(items, bounds=table.limits or observed)
    rest, dropped = item_rest(items), alpha_if_dropped(items)
    for at, name in enumerate(names):
        n = int(summary.n[at])
        for statistic in ("mean", "sd", "floor", "ceiling"):
            value = float(getattr(summary, statistic)[at])
            known = value == value
            reason = "no-answers" if n == 0 else "fewer-than-2-answers"
            yield Line(
                statistic,
                name,
                Estimate(value=value, n=n, method=statistic)
                if known
                else Estimate.missing(reason, n=n, method=statistic),
            )
        yield Line("item-rest", name, rest.estimate(at))
        yield Line("alpha-without", name, dropped.estimate(at))


def _agreement(table: ItemTable, number: int) -> Figures:
    from lcdiag.base.text import Message
    from lcdiag.statistics.agreement import a_wg, ad_m_j, rstar_wg_j, rwg_j
    from lcdiag.statistics.arrays import as_grouping, person_means
    from lcdiag.statistics.intraclass import icc_1, icc_k
    from lcdiag.statistics.nulls import PUBLISHED_OPTIONS

    items, about = table.scale(number), about_scale(table, number)
    assert table.limits is not None
    low, high = table.limits
    options = int(high - low) + 1
    groups = as_grouping(_only_group(table), len(items))
    found = {"rwg-j": rwg_j(items, groups, options=options)}
    if options in PUBLISHED_OPTIONS:
        skewed = rwg_j(items, groups, null="slight_skew", options=options)
        found["rwg-j-slight-skew"] = skewed
    found |= {
        "rstar-wg-j": rstar_wg_j(items, groups, options=options),
        "a-wg": a_wg(items, groups, bounds=(low, high)),
        "ad-m-j": ad_m_j(items, groups),
    }
    by_group = tuple(
        Line(name, str(label), values.estimate(label))
        for label in sorted(groups.labels, key=_as_counted)
        for name, values in found.items()
    )
    means = person_means(items)
    scale = (
        Line("icc-1", "", icc_1(means, groups)),
        Line("icc-k", "", icc_k(means, groups)),
    )
    notes = (Message("itemcolumns.note-agreement"),)
    return Figures(about, {"scale": scale, "group": by_group}, notes)


def _as_counted(label: str) -> list[tuple[int, int, str]]:
    """Return a key that puts team 2 before team 10."""
    parts = re.split(r"(\d+)", str(label))
    return [(0, int(p), "") if p.isascii() and p.isdigit() else (1, 0, p) for p in parts if p]


def _variance(table: ItemTable, number: int) -> Figures:
    from lcdiag.base.text import Message
    from lcdiag.statistics.arrays import person_means
    from lcdiag.statistics.variance import variance_shares

    means, about = person_means(table.scale(number)), about_scale(table, number)
    found = variance_shares(means, dict(table.groups))
    parts = [*table.groups, "residual"]
    lines = [Line("share", part, found.share(part)) for part in parts]
    lines += [Line("variance", part, found.component(part)) for part in parts]
    notes = [Message("itemcolumns.note-variance")]
    for word in ("few-levels", "at-boundary"):
        named = [line.of for line in lines if word in line.estimate.method and line.of]
        if named:
            names = ", ".join(dict.fromkeys(named))
            notes.append(Message(f"itemcolumns.note-{word}", {"names": names}))
    return Figures(about, {"scale": (), "component": tuple(lines)}, tuple(notes))
