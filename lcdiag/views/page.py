"""How a page is offered: its place, its title, how much it can show, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Diagnosis, Words
from lcdiag.views.blocks import Page


class Extent(StrEnum):
    """How much of what a page is for can be shown from what is asked."""

    SHOWN = "shown"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a page will show of a questionnaire, when enough people answer.

    Attributes
    ----------
    extent : Extent
        All, a part or none of what the page is for.
    why : Text
        What is missing; "" where nothing is.
    """

    extent: Extent
    why: Text = ""


WHOLE = Coverage(Extent.SHOWN)


def partly(name: str, **params: Text) -> Coverage:
    """Return that a part is shown, with the sentence ``coverage.<name>``."""
    return Coverage(Extent.PARTLY, Message(f"coverage.{name}", params))


def not_shown(name: str) -> Coverage:
    """Return that nothing of what the page is for is shown, with the sentence."""
    return Coverage(Extent.NOT, Message(f"coverage.{name}"))


@dataclass(frozen=True, slots=True)
class PageMaker:
    """What each module in ``lcdiag.views.pages`` offers as ``PAGE``.

    Attributes
    ----------
    order : int
        Pages stand in ascending order.
    title : Text
        As readers know the page.
    make : callable
        From a Diagnosis and the name of one community to a page, or None where the page has
        nothing to say.
    covers : callable
        From the words of a questionnaire to what the page will show of it. It looks at what is
        asked only: whether enough people answer is not known beforehand.
    figures : bool
        Whether it shows numbers at all; a page of text is the same for every community.
    compares : bool
        Whether it compares waves, so that a first wave has nothing to show.
    short : Text or None
        Its name where there is little room; the title if not given.
    """

    order: int
    title: Text
    make: Callable[[Diagnosis, str], Page | None]
    covers: Callable[[Words], Coverage]
    figures: bool = True
    compares: bool = False
    short: Text | None = None
