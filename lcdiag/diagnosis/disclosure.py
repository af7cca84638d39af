"""What may be shown: decided here once, before anything is written, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from lcdiag.diagnosis import disclosure_rules as rules
from lcdiag.diagnosis.audit import Audit
from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.audit_rests import settle_tables
from lcdiag.diagnosis.disclosure_change import round_changes
from lcdiag.diagnosis.disclosure_directed import all_or_none, settle_directed
from lcdiag.diagnosis.disclosure_draft import Board
from lcdiag.diagnosis.disclosure_followed import settle_followed
from lcdiag.diagnosis.disclosure_sample import released_sample
from lcdiag.diagnosis.evidence import Evidence, RawMeasure
from lcdiag.diagnosis.model import Measure, Sample


def release(evidence: Evidence, raw: Sequence[RawMeasure]) -> tuple[Measure, ...]:
    """Return every measure as a released cell or a hidden one.

    Parameters
    ----------
    evidence : Evidence
        The answers; the audit works out from them what others could work out.
    raw : sequence of RawMeasure
        Exact measures of all sections, of all communities and waves together.

    Returns
    -------
    tuple of Measure
        One a raw measure, in the same order. `Hidden` has one reason for all.
    """
    return tuple(
        Measure.model_construct(at=draft.raw.at, cell=draft.released())
        for draft in decide(evidence, raw).drafts
    )


def decide(evidence: Evidence, raw: Sequence[RawMeasure]) -> Board:
    """Return the decision on every measure, with the rule that hid it; for the analyst only.

    Parameters
    ----------
    evidence, raw
        As for `release`.
    """
    limits = evidence.study.settings.thresholds
    people = People(evidence)
    board = Board(rules.first_drafts(evidence, raw))
    all_or_none(people, board)
    Audit(people, board, limits.exact).run()
    settle_tables(people, board, limits)
    settle_directed(people, board, limits)
    rules.follow_means(board)
    round_changes(board)
    settle_followed(evidence, board)
    return board


def sample(evidence: Evidence) -> tuple[Sample, ...]:
    """Return who was invited and how many answered, by community and wave.

    Parameters
    ----------
    evidence : Evidence
        The answers and the study with its roster.
    """
    return released_sample(evidence)
