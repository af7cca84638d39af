"""What the pages of the coordinator's file share: what they read, and how they say a count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lcdiag.base.text import Message, Number, Text
from lcdiag.diagnosis.model import Diagnosis, Sample
from lcdiag.diagnosis.quality_model import Quality
from lcdiag.views.blocks import Block, Page, PerWave, Prose
from lcdiag.views.drawing import HIDDEN
from lcdiag.views.extents import PageState, RowState, page_states, row_states
from lcdiag.views.reading import wave_name


@dataclass(frozen=True)
class Desk:
    """What lies before the coordinator.

    Attributes
    ----------
    diagnosis : Diagnosis
        Of the whole study, as released.
    quality : Quality
        How the answers came in, as released.
    """

    diagnosis: Diagnosis
    quality: Quality

    @cached_property
    def pages(self) -> dict[str, tuple[PageState, ...]]:
        """Return what every page of every community's report shows."""
        return {one: page_states(self.diagnosis, one) for one in self.diagnosis.communities}

    @cached_property
    def rows(self) -> dict[str, tuple[RowState, ...]]:
        """Return which rows below every community are shown."""
        return {one: row_states(self.diagnosis, one) for one in self.diagnosis.communities}

    @cached_property
    def latest(self) -> dict[str, Sample]:
        """Return the last wave of each community, in the order of the study."""
        ordered = sorted(self.diagnosis.sample, key=lambda one: one.wave)
        last = {one.community: one for one in ordered}
        return {one: last[one] for one in self.diagnosis.communities if one in last}

    def wave(self, number: int) -> Text:
        """Return how a wave is called."""
        return wave_name(self.diagnosis, number)

    def per_wave(self, make: Callable[[int], tuple[Block, ...]]) -> tuple[Block, ...]:
        """Return the blocks of every wave: once where there is one, else as a choice."""
        waves = [one.number for one in self.diagnosis.waves]
        if len(waves) == 1:
            return make(waves[0])
        parts = tuple((number, self.wave(number), make(number)) for number in waves)
        return (PerWave(parts),) if parts else ()

    def rule(self, text: Text) -> tuple[Block, ...]:
        """Return a note on what is hidden; in an internal file nothing is."""
        return () if self.quality.internal else (Prose(text, "note"),)

    def about(self, count: int | None) -> Text:
        """Return a rounded count in words; 0 stands for none or a few."""
        if count is None:
            return HIDDEN
        if self.quality.step == 1:
            return Number(count, 0)
        if count == 0:
            return Message("coordination.few")
        return Message("coordination.about", {"count": Number(count, 0)})

    def told(self, count: int | None) -> Text:
        """Return a count as it stands, or that it is not shown."""
        return HIDDEN if count is None else Number(count, 0)


@dataclass(frozen=True, slots=True)
class CoordinationPage:
    """What each module in ``lcdiag.views.coordination`` offers as ``PAGE``.

    Attributes
    ----------
    order : int
        Pages stand in ascending order.
    make : callable
        From what lies before the coordinator to a page, or None where it has nothing to say.
    """

    order: int
    make: Callable[[Desk], Page | None]
