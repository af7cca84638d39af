"""A number laid beside its criterion: met, not met, or nobody can say yet.

A number with an interval meets a criterion when the whole interval does, and fails it when none of
the interval does; where the limit lies inside the interval, more people would have to decide. So a
verdict says something about the questions, and never only about how few people answered.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lcdiag.base.estimate import Estimate
from lcdiag.dossier.criteria import BY_ID
from lcdiag.dossier.model import Criterion, Line, Verdict

FEW = 10
"""Nothing is told about fewer people."""
_NUDGE = 1e-9


@dataclass(frozen=True, slots=True)
class At:
    """Where a line belongs, and what it rests on.

    Attributes
    ----------
    people : int
        Who the number rests on.
    groups : int or None
        Communities it rests on, for what is about communities.
    language : str
        "" for all languages together.
    subject : str
        An item, another scale; "" for the scale as a whole.
    """

    people: int
    groups: int | None = None
    language: str = ""
    subject: str = ""


def line(criterion: str, cell: Estimate, at: At) -> Line:
    """Return one line of a dossier.

    Parameters
    ----------
    criterion : str
        Its id.
    cell : Estimate
        The number in full precision; it is rounded here, its interval outward.
    at : At
        Where it belongs.
    """
    rule, people, groups = BY_ID[criterion], at.people, at.groups
    place = {"criterion": criterion, "language": at.language, "subject": at.subject}
    count = people if groups is None else groups
    if people < FEW:
        return _line(place, verdict="cannot-be-judged", why="fewer-than-10-people")
    if people < rule.people or (groups is not None and groups < rule.groups):
        few = "few-people" if people < rule.people else "few-communities"
        judged: tuple[Verdict, str] = ("cannot-be-judged", few)
        if rule.fails is not None or rule.groups:
            # a number without an interval, or that a handful of tables decides, would mislead
            cell = Estimate.missing(few, n=cell.n, method=cell.method)
    elif cell.value is None:
        judged = ("cannot-be-judged", cell.absent or "")
    else:
        judged = verdict(rule, cell)
    if cell.value is None:
        # without a number there is nothing to tell either
        why = judged[1] or (cell.absent or "")
        return _line(place, n=count, method=cell.method, verdict="cannot-be-judged", why=why)
    shown = rounded(cell, rule.decimals)
    told = rule.side == "none" and judged[0] != "cannot-be-judged"
    return _line(
        place,
        value=shown.value,
        low=shown.low,
        high=shown.high,
        confidence=shown.confidence,
        n=count,
        method=shown.method,
        verdict="told" if told else judged[0],
        why=judged[1],
    )


def _line(place: Mapping[str, str], **found: Any) -> Line:
    return Line(**place, **found)


def verdict(rule: Criterion, cell: Estimate) -> tuple[Verdict, str]:
    """Return what a number says of a criterion, and why it says nothing where it does not.

    Parameters
    ----------
    rule : Criterion
        With a limit; one without only tells.
    cell : Estimate
        With a value, in full precision.
    """
    if rule.side == "none" or rule.limit is None or cell.value is None:
        return "told", ""
    sign = 1.0 if rule.side in ("at-least", "above") else -1.0
    slack = -_NUDGE if rule.side in ("above", "below") else _NUDGE
    limit = sign * rule.limit - slack
    if rule.fails is not None:
        value = sign * cell.value
        if value >= limit:
            return "met", ""
        # below the second limit it fails; between the two, authors differ
        return ("not-met", "") if value < sign * rule.fails else ("cannot-be-judged", "between")
    if cell.low is None or cell.high is None:
        return "cannot-be-judged", "no-interval"
    ends = sorted((sign * cell.low, sign * cell.high))
    if ends[0] >= limit:
        return "met", ""
    if ends[1] < limit:
        return "not-met", ""
    return "cannot-be-judged", "limit-inside"


def rounded(cell: Estimate, decimals: int) -> Estimate:
    """Return the number as it is told: the value rounded, the interval outward."""
    if cell.value is None:
        return cell
    step = 10.0**decimals

    def down(value: float) -> float:
        return round(math.floor(value * step + _NUDGE) / step, decimals) + 0.0

    def up(value: float) -> float:
        return round(math.ceil(value * step - _NUDGE) / step, decimals) + 0.0

    return Estimate(
        round(cell.value, decimals) + 0.0,
        None if cell.low is None else down(cell.low),
        None if cell.high is None else up(cell.high),
        cell.confidence,
        n=cell.n,
        method=cell.method,
    )
