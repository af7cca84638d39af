"""Who was invited and who answered: totals of a community, never answers of a party."""

from __future__ import annotations

from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Sample
from lcdiag.diagnosis.participation import participation


def released_sample(evidence: Evidence) -> tuple[Sample, ...]:
    """Return the response of every community and wave as it may be shown.

    Fewer answers than the minimum are not shown. How many stayed, joined and left is shown only
    where each of these is 0 or at least the minimum: together they tell how many people two waves
    differ by, and a difference of a few people is what nobody may work with. Invited numbers come
    from the roster, not from answers, and stay.
    """
    least = evidence.study.settings.thresholds.minimum
    return tuple(_hide_small(one, least) for one in participation(evidence))


def _hide_small(one: Sample, least: int) -> Sample:
    counts = (one.stayed, one.joined, one.left)
    moved = [count for count in counts if count is not None]
    small = any(0 < count < least for count in moved)
    answered = one.answered if (one.answered or 0) >= least else None
    if answered is None or small:
        update = {"answered": answered, "stayed": None, "joined": None, "left": None}
        return one.model_copy(update=update)
    return one
