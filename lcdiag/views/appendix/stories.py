"""Twee verhalen: where the answers of a community lie in two heaps."""

from __future__ import annotations

from lcdiag.base.text import Message
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.appendix_page import (
    AppendixPage,
    by_community,
    how,
    of_communities,
    per_wave,
    there,
    waves_of,
)
from lcdiag.views.blocks import Block, Page, Prose

TITLE = Message("appendix.stories-title")
STORIES = "two_stories"


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the scales, by community; nothing where these may not stand side by side."""
    found = of_communities(diagnosis, STORIES)
    if not found:
        return None
    return Page(
        "appendix-stories",
        TITLE,
        Message("appendix.stories-lead"),
        (
            *per_wave(diagnosis, waves_of(found), lambda wave: _wave(diagnosis, wave)),
            Prose(Message("appendix.stories-how"), "note"),
            *there(how(diagnosis, STORIES, kinds=("community",))),
        ),
    )


def _wave(diagnosis: Diagnosis, wave: int) -> tuple[Block, ...]:
    scales = [one.id for one in diagnosis.words.scales]
    return there(*(by_community(diagnosis, one, wave, (STORIES,), 0) for one in scales))


PAGE = AppendixPage(order=110, title=TITLE, make=make)
