"""Who took part, in words: as much as may be said of one community in one wave."""

from __future__ import annotations

from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Sample


def answered_title(sample: Sample) -> Message:
    """Return one sentence on how many people answered, as far as it may be said."""
    if sample.answered is None:
        return Message("views.answered-hidden")
    if sample.invited is None:
        return Message("views.answered-open", {"n": sample.answered})
    if sample.answered >= sample.invited:
        return Message("views.answered-all", {"n": sample.answered})
    return Message("views.answered-part", {"n": sample.answered, "invited": sample.invited})


def coverage(sample: Sample) -> Text:
    """Return what is not known about those who did not answer, or what the strip means then."""
    if sample.answered is None or sample.invited is None:
        return Message("views.coverage-unknown")
    if sample.answered >= sample.invited:
        return Message("views.coverage-all")
    return Message("views.coverage-part", {"n": sample.invited - sample.answered})
