"""The form for somebody outside the table, and the sheet that such ratings are typed into."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from lcdiag.base.cells import safe_cell
from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import Message, in_language, resolve
from lcdiag.instrument.layout import STUDY_FILE
from lcdiag.instrument.model import Format
from lcdiag.instrument.outside import (
    OUTSIDE_HEADINGS,
    SOURCE_WORDS,
    OutsideSource,
    OutsideSubject,
    home_items,
    home_questionnaire,
    visible_scales,
)
from lcdiag.instrument.study import Study
from lcdiag.survey.paper import paper_html
from lcdiag.survey.promises import Fact

LISTED = 14
"""More communities than this are not listed: the name is written."""

LABEL = "label"
"""Heading of the column that tells the typist what a line is about."""


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """One line to rate.

    Attributes
    ----------
    number : int
        Running number.
    code : str
        Column code of a statement; "" for a theme, which has none that people should read.
    text : str
        The statement, or the name of the theme.
    about : str
        What a high score on the theme means; "" for a statement.
    """

    number: int
    code: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class OutsideTable:
    """Lines that share whom they are about and how they are answered.

    `label` says whom; "" where the instruction says enough.
    """

    label: str
    points: tuple[tuple[int, str], ...]
    dont_know: str
    lines: tuple[OutsideLine, ...]


@dataclass(frozen=True, slots=True)
class OutsideForm:
    """All that a form for one source says, in one language.

    Attributes
    ----------
    language, title
        Of every text; of the study.
    source : OutsideSource
        Who fills it in.
    facts : tuple of Fact
        What they must know before they answer.
    communities : tuple of str
        To tick; one is printed; empty where the name is written.
    waves : tuple of str
        To tick; one is printed.
    heading, instruction
        Above the tables.
    tables : tuple of OutsideTable
        What is rated.
    """

    language: str
    title: str
    source: OutsideSource
    facts: tuple[Fact, ...]
    communities: tuple[str, ...]
    waves: tuple[str, ...]
    heading: str
    instruction: str
    tables: tuple[OutsideTable, ...]

    @property
    def settled(self) -> bool:
        """Return whether the form itself says which community and wave it is about."""
        return len(self.communities) == 1 and len(self.waves) == 1

    @property
    def count(self) -> int:
        """Return how many lines are rated."""
        return sum(len(table.lines) for table in self.tables)


def build_outside_form(
    study: Study, source: OutsideSource, language: str, community: str | None = None
) -> OutsideForm:
    """Return what the form for one source says.

    Parameters
    ----------
    study : Study
        As opened.
    source : OutsideSource
        The facilitator rates the themes that can be seen at the meetings, each once; the
        people represented rate their own few statements.
    language : str
        One of the questionnaire's languages.
    community : str, optional
        A form for one community names that one only.

    Raises
    ------
    LcdiagError
        ``outside.nothing-to-see`` where the study asks no theme that can be seen from outside; or
        if the statements for the people represented are not there in this language.
    ValueError
        If the study has no such community.
    """
    names = tuple(one.name for one in study.settings.communities)
    if community is not None and community not in names:
        raise ValueError(f"the study has no community {community!r}")
    subjects = outside_subjects(study, source, language)
    shown = names if community is None else (community,)
    instruction = _say("see-how", language)
    if source is OutsideSource.HOME:
        instruction = in_language(subjects[0].instrument.instruction, language)
    return OutsideForm(
        language=language,
        title=study.settings.title,
        source=source,
        facts=_facts(study, source, language),
        communities=shown if len(shown) <= LISTED else (),
        waves=tuple(str(wave.number) for wave in study.settings.waves),
        heading=_say(f"heading-{source.value}", language),
        instruction=instruction,
        tables=_tables(subjects, language),
    )


def outside_form_html(
    study: Study, source: OutsideSource, language: str, community: str | None = None
) -> str:
    """Return the form of `build_outside_form` as one HTML file without script."""
    form = build_outside_form(study, source, language, community)
    return paper_html("outside.html.j2", form.title, language, "outside", form=form)


def outside_subjects(
    study: Study, source: OutsideSource, language: str
) -> tuple[OutsideSubject, ...]:
    """Return what a source is asked to rate; errors as in `build_outside_form`."""
    if source is OutsideSource.HOME:
        return home_items(home_questionnaire([language]))
    found = visible_scales(study.questionnaire)
    if not found:
        raise LcdiagError.single("outside.nothing-to-see", STUDY_FILE)
    return found


def outside_sheet(study: Study, source: OutsideSource, language: str) -> bytes:
    """Return the CSV to type ratings into.

    A line for each community, wave and theme of the facilitator; for the people represented
    a line for each community, wave and statement, to be copied for every person. Lines without a
    rating are passed over when the file is read. The last column tells the typist what a line is
    about and is not read. Dutch spreadsheet programs expect a semicolon between the cells.

    Parameters
    ----------
    study : Study
        As opened.
    source : OutsideSource
        Whose lines to prepare.
    language : str
        Of the words in it.
    """
    text = io.StringIO(newline="")
    sign = ";" if language == "nl" else ","
    writer = csv.writer(text, delimiter=sign, lineterminator="\r\n")
    writer.writerow([*OUTSIDE_HEADINGS, LABEL])
    for line in outside_lines(study, source, language):
        writer.writerow([safe_cell(cell) for cell in line.values()])
    return text.getvalue().encode("utf-8-sig")


def outside_lines(study: Study, source: OutsideSource, language: str) -> list[dict[str, str]]:
    """Return the lines of `outside_sheet`: heading to text, in the order of the columns."""
    word = in_language(SOURCE_WORDS[source], language)
    share = _say("no", language) if source is OutsideSource.FACILITATOR else ""
    subjects = [one for some in _alike(outside_subjects(study, source, language)) for one in some]
    heads = (*OUTSIDE_HEADINGS, LABEL)
    lines = []
    for community in study.settings.communities:
        for wave in study.settings.waves:
            for one in subjects:
                words = in_language(one.scale.label if one.scale else _text(one), language)
                cells = (community.name, str(wave.number), word, one.address, "", share, words)
                lines.append(dict(zip(heads, cells, strict=True)))
    return lines


def _text(one: OutsideSubject) -> dict[str, str]:
    return one.item.text if one.item is not None else {}


def _tables(subjects: tuple[OutsideSubject, ...], language: str) -> tuple[OutsideTable, ...]:
    """Return tables of lines with one referent and one response format, in order of asking."""
    tables = []
    number = 0
    for some in _alike(subjects):
        lines = tuple(_line(one, language, at) for at, one in enumerate(some, start=number + 1))
        number += len(some)
        form = some[0].format
        dont_know = in_language(form.dont_know, language)
        tables.append(
            OutsideTable(_label(some[0], language), _points(form, language), dont_know, lines)
        )
    return tuple(tables)


def _alike(subjects: tuple[OutsideSubject, ...]) -> list[list[OutsideSubject]]:
    """Return the subjects in runs that may share a table."""
    alike: list[list[OutsideSubject]] = []
    for one in subjects:
        home = next((some for some in alike if _shared(some[0]) == _shared(one)), None)
        if home is None:
            alike.append([one])
        else:
            home.append(one)
    return alike


def _shared(one: OutsideSubject) -> tuple[object, ...]:
    """Return what lines of one table have in common."""
    code = one.scale.items[0] if one.scale is not None else one.address
    return (one.instrument.item(code).referent, one.format.low, one.format.points)


def _label(one: OutsideSubject, language: str) -> str:
    if one.scale is None:
        return ""
    return _say(f"see-{one.instrument.item(one.scale.items[0]).referent}", language)


def _line(one: OutsideSubject, language: str, number: int) -> OutsideLine:
    if one.scale is not None:
        label, about = in_language(one.scale.label, language), one.scale.about
        return OutsideLine(number, "", label, in_language(about, language))
    return OutsideLine(number, one.address, in_language(_text(one), language), "")


def _points(form: Format, language: str) -> tuple[tuple[int, str], ...]:
    labels = form.points.get(language) or form.points.get("en") or next(iter(form.points.values()))
    return tuple(zip(form.codes, labels, strict=True))


def _facts(study: Study, source: OutsideSource, language: str) -> tuple[Fact, ...]:
    """Return what people must know before they answer, in reading order."""
    settings = study.settings
    minimum = settings.thresholds.minimum
    name = source.value
    kept = resolve(Message("survey.kept", {"n": settings.kept_months}), language)
    parts = {
        "why": _say(f"why-{name}", language),
        "what": _say(f"what-{name}", language, minimum=minimum),
        "how": _say(f"how-{name}", language),
        "free": f"{_say(f'free-{name}', language)} {kept}",
    }
    contact = settings.contact or _say("contact", language)
    texts = parts | {"contact": contact}
    return tuple(Fact(key, _say(f"about-{key}", language), text) for key, text in texts.items())


def _say(name: str, language: str, **params: str | int) -> str:
    return resolve(Message(f"outside.{name}", params), language)
