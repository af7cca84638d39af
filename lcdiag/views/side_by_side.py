"""Several communities of one study, as read for pages that show them beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Message, Text
from lcdiag.diagnosis.model import Diagnosis, ScaleWords, Unit
from lcdiag.views.asked import themes
from lcdiag.views.blocks import Block, Page, PerWave
from lcdiag.views.reading import Reading, readings, shown, wave_name

STUDY = Unit(kind="study")


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """What each module in ``lcdiag.views.portfolio`` offers as ``PAGE``."""

    order: int
    title: Text
    make: Callable[[Communities], Page | None]


@dataclass(frozen=True)
class Communities:
    """A released diagnosis whose parties agreed to see communities side by side.

    Attributes
    ----------
    diagnosis : Diagnosis
        Of the whole study. Communities stand in its order, never by a value.
    """

    diagnosis: Diagnosis

    @cached_property
    def readings(self) -> dict[tuple[str, int], Reading]:
        """Return the reading of each community and wave."""
        return {
            (one, reading.wave): reading
            for one in self.diagnosis.communities
            for reading in readings(self.diagnosis, one)
        }

    @property
    def waves(self) -> tuple[int, ...]:
        """Return the waves in which any community has cells, earliest first."""
        return tuple(sorted({wave for _, wave in self.readings}))

    def of_wave(self, wave: int) -> tuple[Reading, ...]:
        """Return the communities that took part in a wave."""
        return tuple(
            self.readings[one, wave]
            for one in self.diagnosis.communities
            if (one, wave) in self.readings
        )

    def scales(self, wave: int) -> tuple[ScaleWords, ...]:
        """Return the themes of which any community has a mean that is shown."""
        return tuple(
            scale
            for scale in themes(self.diagnosis.words)
            if any(one.shown("mean", scale.id) for one in self.of_wave(wave))
        )

    @property
    def all_counted(self) -> bool:
        """Return whether it is shown of every community and wave how many answered."""
        samples = (*self.diagnosis.sample, *(one.sample for one in self.readings.values()))
        return all(one is not None and one.answered is not None for one in samples)

    def study(self, statistic: str, subject: str, wave: int) -> Cell | None:
        """Return a cell of the study as a whole."""
        return self.diagnosis.cell(statistic, subject, STUDY, wave)

    def per_wave(self, make: Callable[[int], tuple[Block, ...]]) -> tuple[Block, ...]:
        """Return the blocks of the only wave, or one `PerWave` over all of them."""
        if len(self.waves) == 1:
            return make(self.waves[0])
        parts = tuple((wave, wave_name(self.diagnosis, wave), make(wave)) for wave in self.waves)
        return (PerWave(parts),) if parts else ()


def named(reading: Reading, cell: Cell | None) -> Text:
    """Return the name of a community with its number of answers, where that is shown."""
    known = shown(cell)
    if known is None or not known.n:
        return reading.community
    return Message("views.unit-answers", {"unit": reading.community, "n": known.n})
