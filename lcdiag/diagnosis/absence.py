"""Why a number about levels does not exist, as sentences for readers."""

from __future__ import annotations

from lcdiag.base.text import Message

PARTS = ("person", "party", "community", "wave", "rest", "measurement_error")
"""What a share of variance can be about."""
SAME = "same-levels-as-"
REASONS = (
    "fewer-than-5-levels",
    "one-level",
    "one-answer-a-level",
    "no-factor-to-separate",
    "no-answers",
    "fewer-than-3-answers",
    "cannot-be-divided",
    "no-variation",
    "no-variation-within",
    "no-convergence",
    "alpha-below-0",
    "constant-item",
    "fewer-than-2-groups",
    "fewer-than-2-answers",
    "too-few-answers-for-agreement",
    "item-counts-not-shown",
    "null-not-published",
    "fewer-than-5-groups",
    "no-strip",
    "fewer-than-10-answers",
    "one-heap",
    "no-group-with-2-answers",
    "no-variance",
    "no-variance-between-groups",
    "fewer-than-2-items",
    "fewer-than-2-respondents",
    "empty-item",
    "no-overlap",
    "constant-pair",
    "no-total-variance",
)
"""Reasons of shares of variance, agreement, ICC, drawn means and two heaps, beside `SAME`."""


def part_name(part: str) -> Message:
    """Return the name of a part of the variance, also of parts that coincide.

    Parameters
    ----------
    part : str
        What follows ``variance_share.``: ``"person"``, or ``"party+person"``.
    """
    first, _, others = part.partition("+")
    name = Message(f"levels.part.{first}" if first in PARTS else "levels.part.other")
    if not others:
        return name
    return Message("levels.part.joint", {"first": name, "second": part_name(others)})


def why_absent(reason: str) -> Message:
    """Return the sentence that tells why a number about levels does not exist.

    Parameters
    ----------
    reason : str
        `Estimate.absent`. A reason of another analysis gets a sentence that holds for all.
    """
    if reason.startswith(SAME):
        others = reason.removeprefix(SAME).replace("-", "+")
        return Message("levels.absent.same", {"other": part_name(others)})
    return Message(f"levels.absent.{reason}" if reason in REASONS else "levels.absent.other")
