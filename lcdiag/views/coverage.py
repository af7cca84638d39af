"""What a report will show of a questionnaire, page by page, before anybody has answered."""

from __future__ import annotations

from dataclasses import dataclass

from lcdiag.base.gather import gather
from lcdiag.base.text import Text
from lcdiag.diagnosis.model import Words
from lcdiag.views.page import Coverage, PageMaker


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """One page and what it will show.

    Attributes
    ----------
    page : str
        Name of the page.
    title : Text
        As readers know it.
    coverage : Coverage
        Shown, partly or not, and why.
    short : Text
        Its name where there is little room.
    """

    page: str
    title: Text
    coverage: Coverage
    short: Text


def what_is_covered(words: Words) -> tuple[PageCoverage, ...]:
    """Return for every page what it will show of this questionnaire, in the order of the pages.

    Parameters
    ----------
    words : Words
        Of the questionnaire (`lcdiag.diagnosis.words.collect_words`).
    """
    makers: dict[str, PageMaker] = gather("lcdiag.views.pages", "PAGE")
    ordered = sorted(makers.items(), key=lambda pair: pair[1].order)
    return tuple(
        PageCoverage(name, maker.title, maker.covers(words), maker.short or maker.title)
        for name, maker in ordered
    )
