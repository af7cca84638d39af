"""The printable form of a study: one HTML file a language, without script or remote files."""

from __future__ import annotations

from dataclasses import dataclass

from lcdiag.base.text import Message, in_language, resolve
from lcdiag.instrument.model import Format, Item, OpenQuestion
from lcdiag.instrument.questionnaire import Block
from lcdiag.instrument.study import Study
from lcdiag.survey.choices import Choices, background_choices
from lcdiag.survey.paper import paper_html
from lcdiag.survey.promises import Fact, facts

LISTED = 14
"""More communities than this are not listed: respondents write the name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a table: its running number, column code and text."""

    number: int
    code: str
    text: str


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
    """Consecutive tables of one instrument under one title."""

    title: str
    instruction: str
    note: str
    tables: tuple[Table, ...] = ()
    questions: tuple[Question, ...] = ()


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
    """

    language: str
    title: str
    minutes: int
    facts: tuple[Fact, ...]
    communities: tuple[str, ...]
    choices: Choices
    pages: tuple[tuple[Section, ...], ...]

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
        """Return how many statements are rated."""
        return sum(len(table.lines) for table in self.tables)


def build_form(study: Study, language: str, community: str | None = None) -> Form:
    """Return what the form of a study says.

    Parameters
    ----------
    study : Study
        As opened.
    language : str
        One of the questionnaire's languages.
    community : str, optional
        A form for one community names its parties only; without it all are listed.

    Raises
    ------
    ValueError
        If the study is not asked in this language, or has no such community.
    """
    if language not in study.questionnaire.languages:
        known = ", ".join(study.questionnaire.languages)
        raise ValueError(f"the study is asked in {known}; received {language!r}")
    names = tuple(one.name for one in study.settings.communities)
    if community is not None and community not in names:
        raise ValueError(f"the study has no community {community!r}")
    choices = background_choices(study, community)
    shown = names if community is None else (community,)
    return Form(
        language=language,
        title=study.settings.title,
        minutes=study.questionnaire.minutes,
        facts=facts(study, choices, language),
        communities=shown if len(shown) <= LISTED else (),
        choices=choices,
        pages=_pages(study, language),
    )


def form_html(study: Study, language: str, community: str | None = None) -> str:
    """Return the form as one HTML file to print or to read on a screen.

    Parameters
    ----------
    study : Study
        As opened.
    language : str
        One of the questionnaire's languages.
    community : str, optional
        A form for one community.

    Returns
    -------
    str
        The same input gives the same text.
    """
    form = build_form(study, language, community)
    return paper_html("form.html.j2", form.title, language, "survey", form=form)


def _pages(study: Study, language: str) -> tuple[tuple[Section, ...], ...]:
    number = 0
    pages: list[tuple[Section, ...]] = []
    for page in study.questionnaire.pages:
        sections: list[Section] = []
        for blocks in _runs(page):
            tables: list[Table] = []
            questions: list[Question] = []
            for block in blocks:
                if block.format is not None:
                    tables.append(_table(block, block.format, language, number))
                    number += len(block.items)
                for question in block.open_questions:
                    number += 1
                    questions.append(_question(question, language, number))
            sections.append(_section(blocks[0], language, tables, questions))
        pages.append(tuple(sections))
    return tuple(pages)


def _runs(page: tuple[Block, ...]) -> list[list[Block]]:
    """Return consecutive blocks of the same instrument together."""
    runs: list[list[Block]] = []
    for block in page:
        if runs and runs[-1][-1].instrument.id == block.instrument.id:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _section(
    block: Block, language: str, tables: list[Table], questions: list[Question]
) -> Section:
    instrument = block.instrument
    return Section(
        title=in_language(instrument.respondent_title, language),
        instruction=in_language(instrument.instruction, language),
        note=in_language(instrument.note, language),
        tables=tuple(tables),
        questions=tuple(questions),
    )


def _table(block: Block, form: Format, language: str, number: int) -> Table:
    labels = form.points.get(language) or form.points.get("en") or next(iter(form.points.values()))
    return Table(
        label=_label(block, language),
        points=tuple(zip(form.codes, labels, strict=True)),
        dont_know=in_language(form.dont_know, language),
        lines=tuple(
            _line(item, language, at) for at, item in enumerate(block.items, start=number + 1)
        ),
    )


def _label(block: Block, language: str) -> str:
    """Return the respondents' label of the scale, or of the kind of view, that the block asks."""
    codes = {item.id for item in block.items}
    for view in ("own", "others", "practice"):
        if codes <= {getattr(contrast, view) for contrast in block.instrument.contrasts}:
            return resolve(Message(f"survey.view-{view}"), language)
    for scale in block.instrument.scales:
        if codes <= set(scale.items):
            return in_language(scale.respondent_label, language)
    return ""


def _line(item: Item, language: str, number: int) -> Line:
    return Line(number, item.id, in_language(item.text, language))


def _question(question: OpenQuestion, language: str, number: int) -> Question:
    return Question(
        number,
        question.id,
        in_language(question.text, language),
        in_language(question.hint, language),
        question.max_length,
    )
