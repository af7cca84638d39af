"""What may be shown of people who were followed from one wave to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from lcdiag.diagnosis.disclosure_draft import Board, Draft, Place, place_of
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.followed import Rows, Step, steps
from lcdiag.diagnosis.sections.dropout import stayed_and_left
from lcdiag.instrument.study import Thresholds

FEWEST_ONE_WAY = 3
"""Smallest number of people of whom it is said that they went one way."""
_FEWEST = 30
_FEWEST_COMMUNITIES = 3
_SIZES = ("smallest_change", "detectable_change")


def settle_followed(evidence: Evidence, board: Board) -> None:
    """Hide what following people would give away; after all means have been settled.

    Parameters
    ----------
    evidence : Evidence
        The answers, with who is who in the previous wave.
    board : Board
        All drafts.
    """
    limits = evidence.study.settings.thresholds
    _settle_counts(evidence, board, limits)
    sides = None
    for draft in board.drafts:
        statistic = draft.raw.at.statistic
        if statistic in _SIZES and not _sizes_shown(evidence, draft):
            draft.hide("one-community-shows-through")
        if statistic == "dropout_difference":
            sides = stayed_and_left(evidence) if sides is None else sides
            if not _many_and_spread(evidence, draft, sides[draft.raw.at.wave], limits):
                draft.hide("few-answers")


def _settle_counts(evidence: Evidence, board: Board, limits: Thresholds) -> None:
    """Hide all three counts of a scale where one of the rules for them does not hold."""
    walked: dict[Place, Step] = {
        place_of(step.now.unit, step.now.wave): step for step in steps(evidence)
    }
    moved = [draft for draft in board.drafts if draft.raw.kind == "moved"]
    moved.sort(key=_table)
    for _, group in groupby(moved, key=_table):
        three = list(group)
        step = walked[three[0].place]
        subject = three[0].raw.at.subject
        rules = {
            "few-answers": all(draft.shown for draft in three),
            "mean-hidden-or-rounded": _means_shown(board, subject, step),
            "few-apart": _apart_from_everybody(step, evidence.values(subject), limits.minimum),
            "moves-show-through": counts_say_little([draft.raw.cell.value for draft in three]),
        }
        broken = next((rule for rule, holds in rules.items() if not holds), "")
        for draft in three if broken else ():
            draft.hide(broken)


def counts_say_little(counts: Sequence[float | None]) -> bool:
    """Return whether counts of people by direction of change leave everybody open.

    Each is 0 or at least three: two people who went one way and tell each other do not know
    the third. And they are not all alike, or the counts would say of each person which way they
    went. As three others then went another way, whoever knows their own learns nobody else's.
    """
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return True  # absent for a reason that is not about the answers of a few
    few = any(0 < count < FEWEST_ONE_WAY for count in known)
    return not few and max(known) < sum(known)


def _apart_from_everybody(step: Step, values: np.ndarray, least: int) -> bool:
    """Return whether the people of the counts are everybody of a wave, or differ by enough.

    Both as to who answered at all, and as to who has a value in this scale: the mean of the
    wave stands beside the counts and is of everybody with a value.
    """
    known = ~np.isnan(values)
    both = int((known[step.first] & known[step.second]).sum())
    rests = [
        len(step.earlier) - len(step.first),
        len(step.later) - len(step.second),
        int(known[step.earlier].sum()) - both,
        int(known[step.later].sum()) - both,
    ]
    return all(rest == 0 or rest >= least for rest in rests)


def _means_shown(board: Board, subject: str, step: Step) -> bool:
    """Return whether the scale is shown in both waves, and by the rules of large cells."""
    means = [
        board.find("mean", subject, place_of(place.unit, place.wave))
        for place in (step.before, step.now)
    ]
    return all(mean is not None and mean.shown and not mean.small for mean in means)


def _sizes_shown(evidence: Evidence, draft: Draft) -> bool:
    """Return whether a spread over the study tells nothing of one community, or of few people.

    A spread that rounds to nothing would say that all are alike.
    """
    value, grid = draft.raw.cell.value, draft.grid
    if len(evidence.communities) < _FEWEST_COMMUNITIES or draft.raw.n < _FEWEST:
        return False
    return value is None or grid is None or value >= grid


def _many_and_spread(
    evidence: Evidence, draft: Draft, sides: Iterable[Rows], limits: Thresholds
) -> bool:
    """Return whether both groups are large, and no community makes up nearly all of one."""
    if draft.raw.n < _FEWEST:
        return False
    values = evidence.values(draft.raw.at.subject)
    for rows in sides:
        with_value = rows[~np.isnan(values[rows])]
        _, counts = np.unique(
            evidence.responses.community[with_value].astype(str), return_counts=True
        )
        if len(counts) < _FEWEST_COMMUNITIES or counts.sum() < limits.exact:
            return False
        if counts.sum() - counts.max() < limits.minimum:
            return False
    return True


def _table(draft: Draft) -> tuple[Place, str]:
    return draft.place, draft.raw.at.subject
