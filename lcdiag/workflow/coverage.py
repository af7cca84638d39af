"""What the report of a study will show, page by page, before anybody has answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.text import Text
    from lcdiag.instrument.study import Study


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of the report.

    Attributes
    ----------
    title : Text
        As readers know it.
    extent : Text
        Shown, partly or not, in a word.
    why : Text
        What is missing, or when it comes; "" where there is nothing to say.
    """

    title: Text
    extent: Text
    why: Text


def report_coverage(study: Study) -> tuple[PageRow, ...]:
    """Return what every page of the report will show of what this study asks.

    It looks at the questions only. Whether enough people answer is not known beforehand.
    """
    from lcdiag.base.text import Message
    from lcdiag.diagnosis.words import collect_words
    from lcdiag.views.coverage import what_is_covered

    words = collect_words(study.questionnaire, study.settings.languages)
    return tuple(
        PageRow(one.title, Message(f"coverage.{one.coverage.extent}"), one.coverage.why)
        for one in what_is_covered(words)
    )
