"""How long a questionnaire takes: a plain rule that is stated, not measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from lcdiag.instrument.questionnaire import Block

SECONDS_A_RATING = 10
SECONDS_AN_OPEN_QUESTION = 20
SECONDS_BEFORE = 60
"""Reading the first page. The rule errs on the long side."""


def minutes_for(ratings: int, open_questions: int = 0) -> int:
    """Return the minutes to state: a minute to read, 10 s a rating, 20 s an open question."""
    return whole_minutes(SECONDS_A_RATING * ratings + SECONDS_AN_OPEN_QUESTION * open_questions)


def whole_minutes(seconds: int) -> int:
    """Return the minutes to state for so many seconds of answering."""
    return math.ceil((SECONDS_BEFORE + seconds) / 60)


def seconds_of(page: tuple[Block, ...], asked_as: Mapping[str, str], others: int) -> int:
    """Return how long it takes to answer a page.

    Parameters
    ----------
    page : tuple of Block
        What stands on it.
    asked_as : mapping
        Column of a round robin to its question.
    others : int
        How many other parties such a question is answered for at the largest table.
    """
    items = [item.id for block in page for item in block.items]
    ratings = sum(code not in asked_as for code in items)
    ratings += others * len({asked_as[code] for code in items if code in asked_as})
    questions = sum(len(block.open_questions) for block in page)
    return SECONDS_A_RATING * ratings + SECONDS_AN_OPEN_QUESTION * questions


def shared_out(minutes: int, seconds: Sequence[int], sittings: Sequence[int]) -> tuple[int, ...]:
    """Return the minutes of each sitting: its share of the whole; together they are the whole."""
    first = SECONDS_BEFORE if seconds else 0
    whole = max(first + sum(seconds), 1)
    shares = dict.fromkeys(sorted(set(sittings)), 0)
    for sitting, taken in zip(sittings, seconds, strict=True):
        shares[sitting] += taken
    ends = [
        math.ceil(minutes * (first + taken) / whole - 1e-9) for taken in accumulate(shares.values())
    ]
    return tuple(end - begin for begin, end in pairwise([0, *ends]))
