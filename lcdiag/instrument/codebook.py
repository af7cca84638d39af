"""The codebook: every column with its text, its key and what its codes mean, as plain data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lcdiag.base.levels import Level, Referent
from lcdiag.instrument.model import (
    Citation,
    Composition,
    Direction,
    Expectation,
    Frozen,
    Reported,
    Translated,
)


class CodebookRow(Frozen):
    """One column of the answers that holds a rating or an open answer."""

    code: str
    instrument: str
    text: Translated
    """The sentence as it is asked; a language without it is left out."""
    label: Translated
    parts: tuple[str, ...]
    """Addresses of the scales and topics it belongs to: ``lc-safety:safety``."""
    reversed: bool
    referent: Referent | None
    """None for an open question."""
    level: Level | None
    facet: str
    place: str
    low: int | None
    high: int | None
    points: dict[str, tuple[str, ...]]
    dont_know: Translated
    max_length: int | None
    """Only for an open question."""
    about: str = ""
    """The party that a question of a round robin is about."""


class CodebookReading(Frozen):
    """How easily the sentences of a scale read, in one language: figures, not a level."""

    language: str
    sentences: int
    words: float
    """Words a sentence, on average."""
    longest: int
    """Words of the longest sentence."""
    flesch_douma: float | None
    """Only for Dutch, which the formula is made for."""


class CodebookScale(Frozen):
    """How a score is made."""

    address: str
    label: Translated
    about: Translated
    items: tuple[str, ...]
    reversed: tuple[str, ...]
    turned_from: int | None
    """Low + high of the format: a reversed code x counts as this number minus x."""
    combine: Literal["mean", "sum"]
    least: int
    """How many of its items a person must have answered to get a score."""
    per_item: bool
    level: Level
    composition: Composition
    direction: Direction
    reading: tuple[CodebookReading, ...] = ()


class CodebookTopic(Frozen):
    """Which three columns make a topic: own view, estimate of the others, practice."""

    address: str
    label: Translated
    kind: Literal["critical", "control"]
    items: tuple[str, str, str]


class CodebookInstrument(Frozen):
    """Where questions come from and how sure we are of them."""

    id: str
    version: str
    kind: Literal["own", "published"]
    title: Translated
    instruction: Translated
    """What respondents read before the questions: the time frame, and what is asked of them."""
    note: Translated
    languages: tuple[str, ...]
    worded_in: tuple[str, ...]
    """Languages in which every item has its sentence; none for a record without sentences."""
    status: dict[str, str]
    """Language to the sentence on the evidence for the wording in that language."""
    badge: str
    """The weakest status over the languages, as a word; see ``status_name``."""
    declared: dict[str, str]
    """Language to what whoever attached its sentences said of them."""
    evidence: Translated
    source: Translated
    modelled_on: tuple[Citation, ...]
    citations: tuple[Citation, ...]
    """The publications of the scale, then those of its evidence."""
    wording_from: Translated
    reported: tuple[Reported, ...]
    expected: tuple[Expectation, ...]
    licence: str
    digest: str


class CodebookBackground(Frozen):
    """One column that says who answered where."""

    code: str
    headings: tuple[str, ...]
    """How the column is called in the files of lcdiag."""
    values: tuple[str, ...] = ()
    """What it can hold, where that is known and names nobody."""


class CodebookPage(Frozen):
    """One page of a ready-made set or study: what stands on it, in order."""

    sitting: int
    parts: tuple[str, ...]
    """Addresses of whole scales, of the topics, and codes of single items."""
    ratings: int


class Codebook(Frozen):
    """What a researcher must know to read the answers of an instrument, a set or a study."""

    kind: Literal["instrument", "set", "study"]
    id: str
    version: str
    """Of an instrument; "" for a set or a study."""
    title: Translated
    about: Translated
    languages: tuple[str, ...]
    minutes: int
    digest: str
    background: tuple[CodebookBackground, ...]
    instruments: tuple[CodebookInstrument, ...]
    rows: tuple[CodebookRow, ...]
    scales: tuple[CodebookScale, ...]
    topics: tuple[CodebookTopic, ...]
    pages: tuple[CodebookPage, ...] = ()
    aloud: dict[str, float] = Field(default_factory=dict)
    """Language to the minutes it takes to read a set or study aloud and answer it."""

    def row(self, code: str) -> CodebookRow:
        """Return the row of a column; KeyError where there is none."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)

    @property
    def loose(self) -> tuple[CodebookRow, ...]:
        """Return the rows that belong to no scale and no topic of this codebook."""
        taken = {code for scale in self.scales for code in scale.items}
        taken |= {code for topic in self.topics for code in topic.items}
        return tuple(row for row in self.rows if row.code not in taken)

    @property
    def ratings(self) -> int:
        """Return how many columns hold a rating."""
        return sum(row.max_length is None for row in self.rows)
