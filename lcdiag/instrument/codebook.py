"""The codebook of an instrument: every column with its text, its key and what its codes mean."""

from __future__ import annotations

import csv
import io
import textwrap

from lcdiag.base.cells import safe_cell
from lcdiag.base.levels import Level, Referent
from lcdiag.base.text import Message, in_language, resolve
from lcdiag.instrument.model import Citation, Frozen, Instrument, Scale, Translated
from lcdiag.instrument.status import status_message

WIDTH = 78
"""Columns of a terminal page: fits the narrowest usual window."""


class CodebookRow(Frozen):
    """One column of the answers."""

    code: str
    text: Translated
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


class CodebookScale(Frozen):
    """How a score is made."""

    address: str
    label: Translated
    about: Translated
    items: tuple[str, ...]
    reversed: tuple[str, ...]
    combine: str
    min_answered: float
    per_item: bool
    level: Level


class CodebookTopic(Frozen):
    """Which three columns make a topic."""

    address: str
    label: Translated
    kind: str
    items: tuple[str, str, str]


class Codebook(Frozen):
    """What a researcher must know to read the answers of one instrument."""

    id: str
    version: str
    languages: tuple[str, ...]
    title: Translated
    source: Translated
    modelled_on: tuple[Citation, ...]
    licence: str
    status: dict[str, str]
    """Language to the sentence on the evidence for the wording in that language."""
    digest: str
    rows: tuple[CodebookRow, ...]
    scales: tuple[CodebookScale, ...]
    topics: tuple[CodebookTopic, ...]

    def to_text(self, language: str) -> str:
        """Return the codebook as a page for the terminal, at most 78 characters wide."""
        return _Page(self, language).text()

    def to_csv(self, language: str = "en") -> str:
        """Return one line a column, texts in every language; no cell can become a formula.

        Parameters
        ----------
        language : str
            Of the headings that say what a column of the codebook holds.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerows([[safe_cell(cell) for cell in line] for line in self._lines(language)])
        return out.getvalue()

    def _lines(self, language: str) -> list[list[str]]:
        each = self.languages
        head = ["instrument", "code"]
        head += [f"{_say('codebook-text', language)} ({one})" for one in each]
        head += [
            _say(f"codebook-{name}", language)
            for name in ("part", "reversed", "referent", "level", "facet", "place")
        ]
        head += ["low", "high"]
        head += [f"{_say('codebook-answers', language)} ({one})" for one in each]
        head.append(_say("codebook-missing-codes", language))
        return [head] + [
            [
                self.id,
                row.code,
                *(row.text.get(one, "") for one in each),
                " ".join(row.parts),
                str(int(row.reversed)),
                row.referent.value if row.referent else "",
                row.level.value if row.level else "",
                row.facet,
                row.place,
                "" if row.low is None else str(row.low),
                "" if row.high is None else str(row.high),
                *(_numbered(row, one, "; ") for one in each),
                _missing(row, language),
            ]
            for row in self.rows
        ]


def codebook(instrument: Instrument) -> Codebook:
    """Return the codebook of an instrument.

    Parameters
    ----------
    instrument : Instrument
        Any instrument; its items come in the order of the file, open questions last.
    """
    name = instrument.id
    reverse = {item.id for item in instrument.items if item.reversed}
    return Codebook(
        id=name,
        version=instrument.version,
        languages=instrument.languages,
        title=instrument.title,
        source=instrument.source.text,
        modelled_on=instrument.source.modelled_on,
        licence=instrument.licence,
        status={one: resolve(status_message(instrument, one), one) for one in instrument.languages},
        digest=instrument.digest,
        rows=_rows(instrument),
        scales=tuple(_scale(name, scale, reverse) for scale in instrument.scales),
        topics=tuple(
            CodebookTopic(
                address=f"{name}:topic.{one.id}",
                label=one.label,
                kind=one.kind,
                items=(one.own, one.others, one.practice),
            )
            for one in instrument.contrasts
        ),
    )


def _rows(instrument: Instrument) -> tuple[CodebookRow, ...]:
    parts: dict[str, list[str]] = {}
    for scale in instrument.scales:
        for code in scale.items:
            parts.setdefault(code, []).append(f"{instrument.id}:{scale.id}")
    for topic in instrument.contrasts:
        for code in (topic.own, topic.others, topic.practice):
            parts.setdefault(code, []).append(f"{instrument.id}:topic.{topic.id}")
    items = tuple(
        CodebookRow(
            code=item.id,
            text=item.text,
            label=item.label,
            parts=tuple(parts.get(item.id, ())),
            reversed=item.reversed,
            referent=item.referent,
            level=item.level,
            facet=item.facet,
            place=item.place,
            low=instrument.format_of(item.id).low,
            high=instrument.format_of(item.id).high,
            points=instrument.format_of(item.id).points,
            dont_know=instrument.format_of(item.id).dont_know,
            max_length=None,
        )
        for item in instrument.items
    )
    return items + tuple(
        CodebookRow(
            code=question.id,
            text=question.text,
            label={},
            parts=(),
            reversed=False,
            referent=None,
            level=None,
            facet="",
            place="",
            low=None,
            high=None,
            points={},
            dont_know={},
            max_length=question.max_length,
        )
        for question in instrument.open_questions
    )


def _scale(name: str, scale: Scale, reverse: set[str]) -> CodebookScale:
    return CodebookScale(
        address=f"{name}:{scale.id}",
        label=scale.label,
        about=scale.about,
        items=scale.items,
        reversed=tuple(code for code in scale.items if code in reverse),
        combine=scale.combine,
        min_answered=scale.min_answered,
        per_item=scale.per_item,
        level=scale.level,
    )


class _Page:
    """The codebook laid out for a terminal."""

    def __init__(self, book: Codebook, language: str) -> None:
        self.book = book
        self.language = language

    def text(self) -> str:
        """Return the whole page."""
        book = self.book
        title = f"{in_language(book.title, self.language)} ({book.id} {book.version})"
        lines = [title, "=" * min(len(title), WIDTH), ""]
        lines += self._field("codebook-status", in_language(book.status, self.language))
        lines += self._field("codebook-source", in_language(book.source, self.language))
        for one in book.modelled_on:
            cited = f"{one.text} doi:{one.doi}" if one.doi else one.text
            lines += self._wrapped(cited, 2, 4)
        lines += self._field("codebook-licence", book.licence)
        lines += self._answers()
        by_code = {row.code: row for row in book.rows}
        shown: set[str] = set()
        for scale in book.scales:
            lines += self._scale(scale)
            lines += [line for code in scale.items for line in self._row(by_code[code])]
            shown.update(scale.items)
        for topic in book.topics:
            lines += ["", f"{in_language(topic.label, self.language)} ({topic.address})"]
            lines += [line for code in topic.items for line in self._row(by_code[code])]
            shown.update(topic.items)
        rest = [row for row in book.rows if row.code not in shown]
        lines += [""] * bool(rest) + [line for row in rest for line in self._row(row)]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def _field(self, name: str, text: str) -> list[str]:
        return self._wrapped(f"{_say(name, self.language)}: {text}", 0, 2)

    def _wrapped(self, text: str, first: int, later: int) -> list[str]:
        return textwrap.wrap(text, WIDTH, initial_indent=" " * first, subsequent_indent=" " * later)

    def _answers(self) -> list[str]:
        """Return each different list of answers once."""
        said: dict[str, None] = {}
        for row in self.book.rows:
            if row.points:
                said.setdefault(_numbered(row, self.language, " · "), None)
                said.setdefault(_missing(row, self.language), None)
        return [line for text in said for line in self._field("codebook-answers", text)]

    def _scale(self, scale: CodebookScale) -> list[str]:
        if scale.per_item:
            how = _say("codebook-per-item", self.language)
        else:
            how = _say(
                "codebook-scored",
                self.language,
                how=_say(f"codebook-{scale.combine}", self.language),
                share=str(round(100 * scale.min_answered)),
            )
        level = _say(f"level-{scale.level.value}", self.language)
        head = f"{in_language(scale.label, self.language)} ({scale.address})"
        return ["", head, *self._wrapped(f"{level}; {how}", 2, 2)]

    def _row(self, row: CodebookRow) -> list[str]:
        text = in_language(row.text, self.language)
        if row.reversed:
            text += f" [{_say('codebook-keyed', self.language)}]"
        if row.max_length is not None:
            text += f" [{_say('codebook-open', self.language, length=str(row.max_length))}]"
        return textwrap.wrap(
            text, WIDTH, initial_indent=f"  {row.code:<8}", subsequent_indent=" " * 10
        )


def _numbered(row: CodebookRow, language: str, joint: str) -> str:
    """Return the codes with their labels: "1 = never; 2 = rarely"."""
    if row.low is None or row.high is None or not row.points:
        return ""
    labels = in_language({one: "\n".join(text) for one, text in row.points.items()}, language)
    codes = range(row.low, row.high + 1)
    return joint.join(
        f"{code} = {label}" for code, label in zip(codes, labels.split("\n"), strict=False)
    )


def _missing(row: CodebookRow, language: str) -> str:
    """Return what an answer without a rating looks like."""
    if not row.dont_know:
        return _say("codebook-empty", language)
    label = in_language(row.dont_know, language)
    return _say("codebook-missing", language, dont_know=label)


def _say(name: str, language: str, **params: str) -> str:
    return resolve(Message(f"instrument.{name}", params), language)
