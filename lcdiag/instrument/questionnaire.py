"""What one study asks: pages of blocks, composed of instruments and a ready-made set."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lcdiag.instrument.model import (
    Contrast,
    Format,
    Indicator,
    Instrument,
    Item,
    OpenQuestion,
    Scale,
)


@dataclass(frozen=True)
class Block:
    """Consecutive items of one instrument that share referent and format: one table of a form.

    Attributes
    ----------
    instrument : Instrument
        Where the items come from.
    items : tuple of Item
        In the order of asking.
    open_questions : tuple of OpenQuestion
        Answered in the respondent's own characters; such a block has no items.
    """

    instrument: Instrument
    items: tuple[Item, ...]
    open_questions: tuple[OpenQuestion, ...] = ()

    @property
    def format(self) -> Format | None:
        """Return the shared response format; None for open questions."""
        return self.instrument.formats[self.items[0].format] if self.items else None


@dataclass(frozen=True)
class Questionnaire:
    """All that is asked, in order, and all that can be scored from it.

    A scale is here only when all of its items are asked; a shortened scale never carries
    the name of the whole one. Its items are shown one by one instead.

    Attributes
    ----------
    pages : tuple of tuple of Block
        In the order of asking.
    languages : tuple of str
        In which it is asked.
    minutes : int
        The stated time.
    sittings : tuple of int
        For each page, in which sitting it is answered; from 1.
    sitting_minutes : tuple of int
        The time of each sitting, from the first; together about `minutes`.
    about : mapping
        Column code to the party that a question of a round robin is about.
    asked_as : mapping
        Column code to the code of the question of a round robin, as it is written.
    written : mapping
        Instrument id to the instrument as it is written, where a round robin made columns of it.
    respondents : str
        The people at the ``"table"``, or those at ``"home"`` whom they represent.
    """

    pages: tuple[tuple[Block, ...], ...]
    languages: tuple[str, ...]
    minutes: int
    sittings: tuple[int, ...] = ()
    sitting_minutes: tuple[int, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    asked_as: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Instrument] = field(default_factory=dict)
    respondents: Literal["table", "home"] = "table"

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """Return the instruments in the order in which they are first met."""
        seen: dict[str, Instrument] = {}
        for page in self.pages:
            for block in page:
                seen.setdefault(block.instrument.id, block.instrument)
        return tuple(seen.values())

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return all items in the order of asking."""
        return tuple(item for page in self.pages for block in page for item in block.items)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Return all item codes in the order of asking: the columns of the answers."""
        return tuple(item.id for item in self.items)

    @cached_property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Return the open questions in the order of asking."""
        return tuple(q for page in self.pages for block in page for q in block.open_questions)

    @cached_property
    def _home(self) -> dict[str, Instrument]:
        return {item.id: b.instrument for page in self.pages for b in page for item in b.items}

    def instrument_of(self, code: str) -> Instrument:
        """Return the instrument that an item belongs to; KeyError where the item is not asked."""
        return self._home[code]

    def item(self, code: str) -> Item:
        """Return an item by its code; KeyError where it is not asked."""
        return self._home[code].item(code)

    def format_of(self, code: str) -> Format:
        """Return the response format of an item that is asked."""
        return self._home[code].format_of(code)

    def as_written(self, instrument: Instrument) -> Instrument:
        """Return an instrument without the columns that a round robin made of its questions.

        Evidence, status and texts for readers belong to this one, and are equal in every study.
        """
        return self.written.get(instrument.id, instrument)

    def question_of(self, code: str) -> Item:
        """Return the question behind a column: for a round robin the one with ``{party}``."""
        return self.as_written(self._home[code]).item(self.asked_as.get(code, code))

    def missing_from(self, columns: Collection[str]) -> list[str]:
        """Return the codes without a column, in order.

        A question about each party may have columns for the parties at one table only.
        """
        begun = {self.asked_as[code] for code in columns if code in self.asked_as}
        return [
            code
            for code in self.codes
            if code not in columns and self.asked_as.get(code, "") not in begun
        ]

    def over_parties(self, scale: Scale) -> bool:
        """Return whether a scale is the mean of ratings of several parties."""
        return any(code in self.about for code in scale.items)

    @cached_property
    def scales(self) -> tuple[tuple[Instrument, Scale], ...]:
        """Return the scales of which every item is asked, with their instruments."""
        asked = set(self.codes)
        return tuple(
            (instrument, scale)
            for instrument in self.instruments
            for scale in instrument.scales
            if asked.issuperset(scale.items)
        )

    @cached_property
    def contrasts(self) -> tuple[tuple[Instrument, Contrast], ...]:
        """Return the topics of which all three ratings are asked."""
        asked = set(self.codes)
        return tuple(
            (instrument, contrast)
            for instrument in self.instruments
            for contrast in instrument.contrasts
            if asked.issuperset((contrast.own, contrast.others, contrast.practice))
        )

    @cached_property
    def indicators(self) -> tuple[tuple[Instrument, Indicator], ...]:
        """Return the indicators of all instruments asked."""
        return tuple((one, indicator) for one in self.instruments for indicator in one.indicators)
