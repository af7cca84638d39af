"""The codebook as a page for the terminal: lines of styled pieces, as wide as asked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Literal

from lcdiag.base.text import in_language
from lcdiag.instrument.codebook import (
    Codebook,
    CodebookInstrument,
    CodebookRow,
    CodebookScale,
    CodebookTopic,
)
from lcdiag.instrument.codebook_words import (
    aloud,
    cited,
    figure,
    licence,
    numbered,
    reading,
    relation,
    say,
    scored,
    sentence,
    size,
    turned,
    without_rating,
    wording,
)

Style = Literal["plain", "title", "heading", "code", "soft"]
Line = tuple[tuple[Style, str], ...]
"""Pieces of one line, each with its style; together at most as wide as the page."""

WIDTH = 78
"""Where the output is no terminal: fits the narrowest usual window."""
_DOT = "\u00a0· "
"""Between facts: stays with the fact before it where a line is broken."""
_ROLES = ("own", "others", "practice")


def codebook_lines(book: Codebook, language: str, width: int = WIDTH) -> tuple[Line, ...]:
    """Return the page.

    Parameters
    ----------
    book : Codebook
        Of an instrument, a set or a study.
    language : str
        Of the reader; sentences that are not there in it come in English or the first language.
    width : int
        Longest line, at least 60.
    """
    if width < 60:
        raise ValueError(f"a page needs at least 60 columns; received {width}")
    return tuple(_Page(book, language, width).lines())


def plain_text(lines: Iterable[Line]) -> str:
    """Return the lines without styles."""
    return "".join("".join(text for _, text in line).rstrip() + "\n" for line in lines)


def _facts(book: Codebook) -> list[str]:
    """Return the names of the facts that a page of this codebook tells."""
    homes = book.instruments
    told = {
        "citations": any(one.citations for one in homes),
        "modelled-on": any(one.modelled_on for one in homes),
        "reported": any(one.reported for one in homes),
        "expected": any(one.expected for one in homes),
        "instruction": any(one.instruction for one in homes),
        "answers": any(row.low is not None for row in book.rows),
    }
    return ["status", "source", "licence", *(name for name, there in told.items() if there)]


class _Page:
    """One codebook laid out in one language and width."""

    def __init__(self, book: Codebook, language: str, width: int) -> None:
        self.book = book
        self.language = language
        self.width = width
        self.margin = 2 + max(len(say(name, language)) for name in _facts(book))
        self.column = max([len(row.code) for row in book.rows if len(row.code) <= 12] or [4]) + 2

    def lines(self) -> list[Line]:
        """Return the whole page."""
        book = self.book
        lines = self._top()
        if book.kind == "instrument":
            lines += self._origin(book.instruments[0])
            lines += self._answers()
        else:
            lines += self._answers()
            lines += self._pages()
        for scale in book.scales:
            lines += self._scale(scale)
        if book.topics:
            lines += self._topics(book.topics)
        lines += self._loose()
        if book.kind != "instrument":
            for one in book.instruments:
                lines += self._heading(in_language(one.title, self.language), one.id)
                lines += self._origin(one)
        spaced = [
            tuple((style, text.replace("\u00a0", " ")) for style, text in one) for one in lines
        ]
        return [*spaced, ()]

    def _top(self) -> list[Line]:
        book = self.book
        title = in_language(book.title, self.language)
        name = f"{book.id} {book.version}".strip()
        lines: list[Line] = [()]
        lines += [(("title", line),) for line in textwrap.wrap(title, self.width)]
        kind = say(f"kind-{book.kind}", self.language)
        facts = _DOT.join((kind, name, " ".join(book.languages), size(book, self.language)))
        lines += self._wrapped(facts, style="soft")
        lines += self._wrapped(aloud(book, self.language), style="soft")
        if book.about:
            lines += [(), *self._wrapped(in_language(book.about, self.language))]
        return lines

    def _origin(self, one: CodebookInstrument) -> list[Line]:
        lines: list[Line] = [()] if self.book.kind == "instrument" else []
        said = one.status.get(self.language) or next(iter(one.status.values()), "")
        lines += self._field("status", said)
        if declared := in_language(one.declared, self.language):
            lines += self._field("", declared)
        lines += self._field("instruction", in_language(one.instruction, self.language))
        lines += self._field("", in_language(one.note, self.language))
        lines += self._field("source", in_language(one.source, self.language))
        for line, command in wording(one, self.language):
            lines += self._field("", line)
            if command:  # whole, to be copied
                lines.append((("code", f"    {command}"),))
        for name, citations in (("citations", one.citations), ("modelled-on", one.modelled_on)):
            for place, citation in enumerate(citations):
                lines += self._field(name if place == 0 else "", cited(citation, self.language))
        for place, reported in enumerate(one.reported):
            lines += self._field("reported" if place == 0 else "", figure(reported, self.language))
        if one.reported:
            lines += self._field("", say("reported-note", self.language))
        for place, expected in enumerate(one.expected):
            lines += self._field(
                "expected" if place == 0 else "", relation(expected, self.language)
            )
        if one.expected:
            lines += self._field("", say("expected-note", self.language))
        return lines + self._field("licence", licence(one, self.language))

    def _answers(self) -> list[Line]:
        """Return each different list of answers once."""
        said: dict[tuple[str, str], None] = {}
        for row in self.book.rows:
            if row.low is not None:
                answers = numbered(row, self.language, _DOT)
                said.setdefault((answers, without_rating(row, self.language)), None)
        lines: list[Line] = [()] if self.book.kind != "instrument" and said else []
        for answers, missing in said:
            lines += self._field("answers", answers)
            lines += self._field("", missing)
        return lines

    def _pages(self) -> list[Line]:
        lines = self._heading(say("heading-pages", self.language))
        labels = {scale.address: scale.label for scale in self.book.scales}
        sittings = {page.sitting for page in self.book.pages}
        for number, page in enumerate(self.book.pages, start=1):
            parts: dict[str, None] = {}
            for part in page.parts:
                if ":topic." in part:
                    parts.setdefault(say("heading-topics", self.language))
                elif part in labels:
                    parts.setdefault(in_language(labels[part], self.language))
                else:
                    parts.setdefault(self._name(part))
            head = f"{number:>3}  "
            if len(sittings) > 1:
                head += f"{say('sitting', self.language, n=page.sitting)}  "
            count = f" ({say('ratings', self.language, n=page.ratings)})" if page.ratings else ""
            lines += self._wrapped(", ".join(parts) + count, first=head)
        return lines

    def _name(self, code: str) -> str:
        """Return the short label of a single item; the code where it has none."""
        label = in_language(self.book.row(code).label, self.language)
        return label or code

    def _scale(self, scale: CodebookScale) -> list[Line]:
        language = self.language
        lines = self._heading(in_language(scale.label, language), scale.address)
        lines += self._wrapped(in_language(scale.about, language), first="  ")
        how = [scored(scale, language), turned(scale, language)]
        if not scale.per_item:
            how.append(say(f"direction-{scale.direction.value}", language))
        how.append(say(f"level-{scale.level.value}", language))
        lines += self._wrapped(_DOT.join(part for part in how if part), "soft", "  ")
        figures = _DOT.join(reading(one, language) for one in scale.reading)
        lines += self._wrapped(figures, "soft", "  ")
        return lines + [line for code in scale.items for line in self._row(self.book.row(code))]

    def _topics(self, topics: Sequence[CodebookTopic]) -> list[Line]:
        lines = self._heading(say("heading-topics", self.language))
        lines += self._wrapped(say("heading-topics-note", self.language), "soft", "  ")
        for topic in topics:
            kind = say(f"topic-{topic.kind}", self.language)
            label = in_language(topic.label, self.language)
            lines += [(), *self._wrapped(f"{label} · {kind} ({topic.address})", first="  ")]
            for role, code in zip(_ROLES, topic.items, strict=True):
                about = say(f"role-{role}", self.language)
                lines += self._row(self.book.row(code), about)
        return lines

    def _loose(self) -> list[Line]:
        loose = self.book.loose
        lines: list[Line] = []
        for name, rows in (
            ("heading-loose", [row for row in loose if row.max_length is None]),
            ("heading-open", [row for row in loose if row.max_length is not None]),
        ):
            if rows:
                lines += self._heading(say(name, self.language))
                lines += [line for row in rows for line in self._row(row)]
        return lines

    def _row(self, row: CodebookRow, role: str = "") -> list[Line]:
        """Return the whole sentence behind its code, and in softer ink what it is about."""
        language = self.language
        margin = " " * (self.column + 2)
        lines: list[Line] = []
        head = f"  {row.code:<{self.column}}"
        if len(row.code) + 2 > self.column:
            lines.append((("code", f"  {row.code}"),))
            head = margin
        for place, text in enumerate(self._cut(sentence(row, language))):
            lines.append(
                (
                    (("code" if place == 0 else "plain"), head if place == 0 else margin),
                    ("plain", text),
                )
            )
        notes = [role] if role else []
        if row.reversed:
            notes.append(say("keyed", language))
        if row.facet:
            notes.append(row.facet)
        if row.max_length is not None:
            notes.append(say("open", language, length=str(row.max_length)))
        return lines + [(("soft", margin + text),) for text in self._cut(_DOT.join(notes))]

    def _cut(self, text: str) -> list[str]:
        return textwrap.wrap(text, self.width - self.column - 2)

    def _heading(self, title: str, address: str = "") -> list[Line]:
        whole = f"{title}  {address}" if address else title
        if len(whole) > self.width:
            lines: list[Line] = [(("heading", one),) for one in textwrap.wrap(title, self.width)]
            return [(), *lines, (("soft", f"  {address}"),)]
        pieces: Line = (("heading", title),)
        return [(), (*pieces, ("soft", f"  {address}")) if address else pieces]

    def _field(self, name: str, text: str) -> list[Line]:
        """Return a fact behind its name, all facts at the same indent."""
        label = say(name, self.language) if name else ""
        width = self.margin
        lines: list[Line] = []
        for place, one in enumerate(textwrap.wrap(text, self.width - width)):
            head: tuple[Style, str] = ("soft", f"{label if place == 0 else '':<{width}}")
            lines.append((head, ("plain", one)))
        return lines

    def _wrapped(self, text: str, style: Style = "plain", first: str = "") -> list[Line]:
        margin = " " * len(first)
        found = textwrap.wrap(text, self.width, initial_indent=first, subsequent_indent=margin)
        return [((style, line),) for line in found]
