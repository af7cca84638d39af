"""How a page is offered: its place in the order, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.blocks import Page


@dataclass(frozen=True, slots=True)
class PageMaker:
    """What each module in ``lcdiag.views.pages`` offers as ``PAGE``.

    Attributes
    ----------
    order : int
        Pages stand in ascending order.
    make : callable
        From a Diagnosis and the name of one community to a page, or None where the page has
        nothing to say.
    """

    order: int
    make: Callable[[Diagnosis, str], Page | None]
