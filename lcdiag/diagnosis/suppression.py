"""The analyst's log: which cells are not shown, and by which rule; it never leaves the analyst."""

from __future__ import annotations

from dataclasses import dataclass

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.diagnose import measure_all, scored_evidence
from lcdiag.diagnosis.disclosure import decide
from lcdiag.diagnosis.disclosure_draft import Draft
from lcdiag.diagnosis.model import Address
from lcdiag.instrument.study import Study
from lcdiag.responses.model import ResponseSet
from lcdiag.responses.outside import OutsideRatings

RULES = (
    "few-answers",
    "few-people",
    "near-the-end",
    "nearly-all-alike",
    "mean-hidden-or-rounded",
    "answers-show-through",
    "sums-show-through",
    "protects-another-row",
    "total-hidden",
    "part-hidden",
    "party-shows-through",
    "level-hidden",
    "other-difference",
    "few-apart",
    "moves-show-through",
    "one-community-shows-through",
    "not-auditable",
    "rounded",
)
"""Every rule that hides or coarsens a cell; each has a sentence in the catalog of diagnoses."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A cell that is hidden, or shown on a coarser grid than its own.

    Attributes
    ----------
    at : Address
        Where it stands.
    rule : str
        The first rule that hid it, one of `RULES`; ``rounded`` where it is shown, but coarser.
    n, people : int
        On how many answers it rests, and how many people the unit has.
    grid : float or None
        Width of the steps on which it is shown; None where it is hidden.
    """

    at: Address
    rule: str
    n: int
    people: int
    grid: float | None


def suppression_log(
    study: Study, responses: ResponseSet, outside: OutsideRatings | None = None
) -> tuple[Suppressed, ...]:
    """Return every cell with a value that a report does not show, or shows rounded more.

    The log tells how many people stand behind a hidden cell, and what almost shows through: who
    holds it beside a report can work out what the report protects.

    Parameters
    ----------
    study : Study
        What was asked, of whom, under which promises.
    responses : ResponseSet
        Checked answers.
    outside : OutsideRatings, optional
        Ratings from outside the table.
    """
    evidence, _, _ = scored_evidence(study, responses, outside=outside)
    board = decide(evidence, measure_all(evidence))
    return tuple(_entry(draft) for draft in board.drafts if _belongs(draft))


def _belongs(draft: Draft) -> bool:
    if draft.raw.cell.value is None:
        return False  # there is nothing to hide
    return not draft.shown or (draft.small and isinstance(draft.released(), Estimate))


def _entry(draft: Draft) -> Suppressed:
    rule = "rounded" if draft.shown else draft.why
    return Suppressed(draft.raw.at, rule, draft.raw.n, draft.raw.people, draft.grid)
