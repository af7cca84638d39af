"""Which pages of a report, and which rows below a community, have something to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from lcdiag.base.estimate import Estimate
from lcdiag.base.gather import gather
from lcdiag.base.text import Text
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.views.blocks import Block, Page, PerWave
from lcdiag.views.figures import Chart, CountRow, Squares
from lcdiag.views.page import Extent, PageMaker
from lcdiag.views.paint import figures
from lcdiag.views.reading import Reading, readings

State = Literal["shown", "hidden", "text", "not-asked", "later"]


@dataclass(frozen=True, slots=True)
class PageState:
    """One page of one community's report, as far as one wave is concerned.

    Attributes
    ----------
    page : str
        Name of the page.
    title : Text
        As readers know it.
    wave : int
        The wave.
    state : str
        ``shown``: a figure of it has a number; ``hidden``: none has, and the page gives something
        to do together instead; ``text``: a page that never has figures; ``not-asked``: the
        questionnaire asks nothing for it; ``later``: it compares waves, and this is the first.
    """

    page: str
    title: Text
    wave: int
    state: State


@dataclass(frozen=True, slots=True)
class RowState:
    """A party, sector or meeting group: whether any mean of it is shown in a wave."""

    unit: Unit
    wave: int
    shown: bool


def page_states(diagnosis: Diagnosis, community: str) -> tuple[PageState, ...]:
    """Return what every page of a community's report shows, wave by wave.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of any number of communities.
    community : str
        One of them.

    Returns
    -------
    tuple of PageState
        In the order of waves and pages. It is read off the pages themselves, so that it is what a
        report shows.
    """
    own = diagnosis.only(community)
    makers: dict[str, PageMaker] = gather("lcdiag.views.pages", "PAGE")
    ordered = sorted(makers.items(), key=lambda pair: pair[1].order)
    pages = [(name, maker, maker.make(own, community)) for name, maker in ordered]
    waves = [reading.wave for reading in readings(own, community)]
    return tuple(
        PageState(name, maker.title, wave, _state(own, maker, page, wave, first=wave == waves[0]))
        for wave in waves
        for name, maker, page in pages
    )


def row_states(diagnosis: Diagnosis, community: str) -> tuple[RowState, ...]:
    """Return the rows below a community in every wave, and whether any mean of them is shown."""
    own = diagnosis.only(community)
    return tuple(
        RowState(unit, reading.wave, _any_mean(reading, unit))
        for reading in readings(own, community)
        for unit in reading.subgroups()
    )


def _any_mean(reading: Reading, unit: Unit) -> bool:
    return any(reading.shown("mean", scale.id, unit) for scale in reading.scales())


def _state(
    diagnosis: Diagnosis, maker: PageMaker, page: Page | None, wave: int, *, first: bool
) -> State:
    if maker.covers(diagnosis.words).extent is Extent.NOT:
        return "not-asked"
    if not maker.figures:
        return "text"
    if maker.compares and first:
        return "later"
    if page is None:
        return "hidden"
    charts = [figure.chart for figure in figures(_of_wave(page.blocks, wave))]
    return "shown" if any(_tells(chart) for chart in charts) else "hidden"


def _of_wave(blocks: tuple[Block, ...], wave: int) -> Iterator[Block]:
    """Yield the blocks for a wave; what stands outside the choice of waves is for every one."""
    for block in blocks:
        if isinstance(block, PerWave):
            for number, _, part in block.parts:
                if number == wave:
                    yield from part
        else:
            yield block


def _tells(chart: Chart) -> bool:
    """Return whether a figure has any number."""
    if isinstance(chart, Squares):
        return chart.answered is not None or chart.invited is not None
    return any(_numbers(chart))


def _numbers(part: object) -> Iterator[bool]:
    """Yield True for every number in the data of a figure."""
    if isinstance(part, Estimate):
        yield part.value is not None
    elif isinstance(part, CountRow):
        yield part.counts is not None
        yield from _numbers(part.mean)
    elif isinstance(part, tuple):
        for one in part:
            yield from _numbers(one)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name in ("rows", "panels", "cells", "cell", "mean", "own", "gap", "change"):
                yield from _numbers(getattr(part, field.name))
