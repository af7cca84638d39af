"""What a form says, as data: lines, tables, sections, sittings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lcdiag.survey.choices import Choices
from lcdiag.survey.promises import Fact


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a table.

    Attributes
    ----------
    number : int
        Its running number. A question about each other party has one number for all its lines, so
        that the numbers are equal on the forms of all tables.
    code : str
        Its column.
    text : str
        The whole sentence.
    party : str
        The party that the sentence is about; "" for none.
    before, after : str
        What stands on either side of the name of the party.
    first : bool
        Whether a question about each other party begins here.
    """

    number: int
    code: str
    text: str
    party: str = ""
    before: str = ""
    after: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the form: lines that share a response format.

    Attributes
    ----------
    label : str
        What respondents read above it; "" where the section's title says enough.
    points : tuple of (int, str)
        Codes with their labels, low to high.
    dont_know : str
        Label of the last column; "" where it is not offered.
    lines : tuple of Line
        In the order of asking.
    """

    label: str
    points: tuple[tuple[int, str], ...]
    dont_know: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An open question with room for a few characters."""

    number: int
    code: str
    text: str
    hint: str
    length: int


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive tables of one instrument under one title.

    Attributes
    ----------
    title, instruction, note : str
        What respondents read above the tables; the last two may be empty.
    status : str
        What is known of these statements, in a few words; "" where nothing is rated.
    tables, questions
        In the order of asking.
    """

    title: str
    instruction: str
    note: str
    status: str = ""
    tables: tuple[Table, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A later part of a form, for another moment.

    Attributes
    ----------
    number : int
        From 2.
    minutes : int
        Its own time.
    coded : bool
        Whether respondents made a code in an earlier part, to be written again.
    """

    number: int
    minutes: int
    coded: bool


@dataclass(frozen=True, slots=True)
class Form:
    """All that a form says, in one language; what is drawn and what can be pasted elsewhere.

    Attributes
    ----------
    language : str
        The language of every text.
    title : str
        Of the study.
    minutes : int
        The stated time; 0 where none is stated.
    facts : tuple of Fact
        Page 1: what respondents must know before they answer.
    communities : tuple of str
        To tick; empty where respondents write the name.
    choices : Choices
        Parties and sectors to tick.
    pages : tuple of tuple of Section
        The questions, in the order of asking.
    home : bool
        Whether the people represented answer, not those at the table.
    first_minutes : int
        The time of the first sitting, where there are several; else 0.
    sittings : mapping
        Place of a page to the sitting that begins with it.
    """

    language: str
    title: str
    minutes: int
    facts: tuple[Fact, ...]
    communities: tuple[str, ...]
    choices: Choices
    pages: tuple[tuple[Section, ...], ...]
    home: bool = False
    first_minutes: int = 0
    sittings: Mapping[int, Sitting] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables of all pages."""
        return tuple(one for page in self.pages for section in page for one in section.tables)

    @property
    def sample(self) -> Table | None:
        """Return the first table, to explain how a line is filled in; None where none is."""
        return self.tables[0] if self.tables else None

    @property
    def count(self) -> int:
        """Return how many statements one person rates: nobody rates their own party."""
        lines = [line for table in self.tables for line in table.lines]
        return len(lines) - sum(line.first for line in lines)
