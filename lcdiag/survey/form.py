"""The printable form of a study: one HTML file a language, without script or remote files."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.text import Message, in_language, resolve
from lcdiag.instrument.model import Format, OpenQuestion
from lcdiag.instrument.questionnaire import Block, Questionnaire
from lcdiag.instrument.round_robin import PARTY, seated_parties
from lcdiag.instrument.status import status_name
from lcdiag.instrument.study import Study
from lcdiag.survey.choices import background_choices
from lcdiag.survey.form_parts import Form, Line, Question, Section, Sitting, Table
from lcdiag.survey.paper import paper_html
from lcdiag.survey.promises import facts

LISTED = 14
"""More communities than this are not listed: respondents write the name."""


def build_form(study: Study, language: str, community: str | None = None) -> Form:
    """Return what the form of a study says.

    Parameters
    ----------
    study : Study
        As opened.
    language : str
        One of the questionnaire's languages.
    community : str, optional
        A form for one community names its parties only, and asks about these; without it all are
        listed.

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
    asked = study.questionnaire
    choices = background_choices(study, community)
    shown = names if community is None else (community,)
    return Form(
        language=language,
        title=study.settings.title,
        minutes=asked.minutes,
        facts=facts(study, choices, language),
        communities=shown if len(shown) <= LISTED else (),
        choices=choices,
        pages=_pages(study, language, community),
        home=asked.respondents == "home",
        first_minutes=asked.sitting_minutes[0] if len(asked.sitting_minutes) > 1 else 0,
        sittings=_sittings(asked),
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
        A form for one community; the only one of the study where not given.

    Returns
    -------
    str
        The same input gives the same text.
    """
    communities = study.settings.communities
    if community is None and len(communities) == 1:
        community = communities[0].name
    form = build_form(study, language, community)
    return paper_html("form.html.j2", form.title, language, "survey", form=form)


def _pages(study: Study, language: str, community: str | None) -> tuple[tuple[Section, ...], ...]:
    writer = _Writer(study, language, community)
    return tuple(
        tuple(writer.section(blocks) for blocks in _runs(page))
        for page in study.questionnaire.pages
    )


def _sittings(asked: Questionnaire) -> dict[int, Sitting]:
    """Return the sittings after the first, by the place of the page that each begins with."""
    found: dict[int, Sitting] = {}
    numbers = sorted(set(asked.sittings))
    for number, minutes in list(zip(numbers, asked.sitting_minutes, strict=True))[1:]:
        place = asked.sittings.index(number)
        coded = any(block.open_questions for page in asked.pages[:place] for block in page)
        found[place] = Sitting(numbers.index(number) + 1, minutes, coded)
    return found


def _runs(page: tuple[Block, ...]) -> list[list[Block]]:
    """Return consecutive blocks of the same instrument together."""
    runs: list[list[Block]] = []
    for block in page:
        if runs and runs[-1][-1].instrument.id == block.instrument.id:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


class _Writer:
    """Writes the sections of one form, and numbers what is asked."""

    def __init__(self, study: Study, language: str, community: str | None) -> None:
        self.asked = study.questionnaire
        self.language = language
        self.number = 0
        self._numbered: dict[str, int] = {}
        names = dict.fromkeys(self.asked.about.values())
        if community is not None:
            seated = seated_parties(study.settings, study.roster, community)
            names = dict.fromkeys(name for name in names if name in seated)
        self._seated = names

    def section(self, blocks: list[Block]) -> Section:
        """Return consecutive blocks of one instrument under its title."""
        home, language = blocks[0].instrument, self.language
        tables = [self._table(one, one.format) for one in blocks if one.format is not None]
        tables = [table for table in tables if table.lines]
        asked = [question for block in blocks for question in block.open_questions]
        questions = [self._question(question) for question in asked]
        status = status_name(self.asked.as_written(home), language, in_study=True)
        return Section(
            title=in_language(home.respondent_title, language),
            instruction=in_language(home.instruction, language),
            note=in_language(home.note, language),
            status=resolve(Message(f"survey.status-{status}"), language) if tables else "",
            tables=tuple(tables),
            questions=tuple(questions),
        )

    def _table(self, block: Block, form: Format) -> Table:
        points = form.points
        labels = points.get(self.language) or points.get("en") or next(iter(points.values()))
        return Table(
            label=_label(block, self.language),
            points=tuple(zip(form.codes, labels, strict=True)),
            dont_know=in_language(form.dont_know, self.language),
            lines=tuple(self._lines(block)),
        )

    def _lines(self, block: Block) -> Iterator[Line]:
        """Yield the lines of a table, of parties only those at this table."""
        for item in block.items:
            text = in_language(item.text, self.language)
            party = self.asked.about.get(item.id)
            if party is None:
                self.number += 1
                yield Line(self.number, item.id, text)
                continue
            question = self.asked.question_of(item.id)
            if question.id not in self._numbered:
                self.number += 1
                self._numbered[question.id] = self.number
            if party in self._seated:
                first = party == next(iter(self._seated))
                before, _, after = in_language(question.text, self.language).partition(PARTY)
                after = after.replace(PARTY, party)
                number = self._numbered[question.id]
                yield Line(number, item.id, text, party, before, after, first)

    def _question(self, question: OpenQuestion) -> Question:
        self.number += 1
        return Question(
            self.number,
            question.id,
            in_language(question.text, self.language),
            in_language(question.hint, self.language),
            question.max_length,
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
