"""Pages as plain text for a terminal: the same words and tables, in one language."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from lcdiag.base.text import Number, Text, resolve
from lcdiag.views import blocks as b
from lcdiag.views.frame import kind_of
from lcdiag.views.sheet import Sheet

WIDTH = 100
GAP, NARROW = "  ", " "
"""Between two columns of a table, and of one with many."""

MANY = 9
"""Columns from which on a table has no room for wide gaps."""


def plain_text(pages: Iterable[b.Page], language: str, width: int = WIDTH) -> str:
    """Return pages as text, wrapped to a width; figures by their tables.

    Parameters
    ----------
    pages : iterable of Page
        In their order.
    language : str
        Of the text.
    width : int
        Columns of a line; only a table whose longest words do not fit is wider.
    """
    writer = _Writer(language, width)
    lines: list[str] = []
    for page in pages:
        title = writer.badged(page.title, page.badge)
        lines += [title, "=" * columns(title), ""]
        if page.lead:
            lines += [*writer.paragraph(page.lead), ""]
        for block in page.blocks:
            lines += [*writer.block(block), ""]
    return "\n".join(_without_double_blanks(lines)).rstrip() + "\n"


def sheet_text(sheet: Sheet, language: str, width: int = WIDTH) -> str:
    """Return a whole sheet as text: what it is, what it is about, and its pages.

    Parameters
    ----------
    sheet : Sheet
        The pages and what stands around them.
    language, width
        As for `plain_text`.
    """
    writer = _Writer(language, width)
    heading = writer.say(sheet.heading)
    about = " \u00b7 ".join(writer.say(one) for one in sheet.kicker if one)
    head = [heading.upper(), *([about] if about else []), *writer.paragraph(sheet.lead)]
    return "\n".join(head) + "\n\n" + plain_text(sheet.pages, language, width)


def columns(text: str) -> int:
    """Return the columns a text takes in a terminal."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)


class _Writer:
    """Turns blocks into lines."""

    def __init__(self, language: str, width: int) -> None:
        self.language = language
        self.width = width

    def say(self, text: Text) -> str:
        # a space that may not break stays one, so that a name keeps the number behind it
        return re.sub("[ \\t\\n]+", " ", resolve(text, self.language)).strip()

    def badged(self, text: Text, badge: Text | None) -> str:
        """Return a heading with its quiet label behind it."""
        return self.say(text) if badge is None else f"{self.say(text)} ({self.say(badge)})"

    def paragraph(self, text: Text, indent: str = "", first: str = "") -> list[str]:
        said = self.say(text)
        return textwrap.wrap(
            said,
            self.width,
            initial_indent=first or indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def block(self, block: b.Block) -> Iterator[str]:
        if isinstance(block, b.Heading):
            said = self.badged(block.text, block.badge)
            yield from (said, "-" * columns(said))
        elif isinstance(block, b.Prose):
            yield from self.paragraph(block.text)
        elif isinstance(block, b.Listing):
            for number, item in enumerate(block.items, 1):
                sign = f"{number}. " if block.ordered else "- "
                yield from self.paragraph(item, " " * len(sign), sign)
        elif isinstance(block, b.Terms):
            for word, meaning in block.pairs:
                yield self.say(word)
                yield from self.paragraph(meaning, "  ")
        elif isinstance(block, b.Facts):
            yield from self.paragraph(block.caption)
            yield from self.table(block.head, block.rows)
        elif isinstance(block, b.Figure):
            yield self.badged(block.title, block.badge)
            yield from self.paragraph(block.caption)
            table = kind_of(block.chart).table(block.chart)
            yield from self.table(table.head, table.rows)
            if block.question is not None:
                yield from self.paragraph(block.question)
        else:
            yield from self.around(block)

    def around(self, block: b.Block) -> Iterator[str]:
        """Yield blocks that hold others, and those that only ask for something."""
        if isinstance(block, b.Callout):
            if block.label is not None:
                yield f"* {self.say(block.label)}"
            yield from self.paragraph(block.text, "  ")
            if block.question is not None:
                yield from self.paragraph(block.question, "  ")
        elif isinstance(block, b.Lines):
            yield self.say(block.label)
        elif isinstance(block, b.Blank):
            yield from self.paragraph(block.caption)
            width = len(block.head) - 1
            yield from self.table(block.head, [(row, *[""] * width) for row in block.rows])
        elif isinstance(block, b.Beside):
            yield from self.several((*block.main, *block.aside))
        elif isinstance(block, b.Panels):
            for panel in block.panels:
                yield from self.several(panel)
        elif isinstance(block, b.PerWave):
            for _, name, part in block.parts:
                yield f"[{self.say(name)}]"
                yield from self.several(part)
        elif isinstance(block, b.Variants):
            for name, part in block.parts:
                yield f"[{self.say(name)}]"
                yield from self.several(part)
        elif isinstance(block, b.Agreements):
            yield from (self.say(label) for label, _ in block.parts)
        elif isinstance(block, b.Asked):
            for text in (block.label, block.guess, block.question):
                yield from self.paragraph(text)

    def several(self, content: Sequence[b.Block]) -> Iterator[str]:
        for block in content:
            yield from self.block(block)
            yield ""

    def table(self, head: Sequence[Text], rows: Sequence[Sequence[Text]]) -> Iterator[str]:
        """Yield a table with numbers to the right; cells of wide tables take several lines."""
        cells = [[self.say(cell) for cell in row] for row in (head, *rows)]
        right = [
            bool(rows) and all(isinstance(row[at], Number) for row in rows)
            for at in range(len(head))
        ]
        gap = NARROW if len(head) > MANY else GAP
        widths = _widths(cells, self.width, gap)
        for number, row in enumerate(cells):
            columned = [_wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)]
            for line in zip_longest(*columned, fillvalue=""):
                parts = (
                    _padded(cell, wide, to_the_right)
                    for cell, wide, to_the_right in zip(line, widths, right, strict=True)
                )
                yield gap.join(parts).rstrip()
            if number == 0:
                yield gap.join("-" * wide for wide in widths)


def _widths(cells: Sequence[Sequence[str]], width: int, gap: str) -> list[int]:
    """Return the width of every column: the widest give way first, but no word is cut."""
    by_column = list(zip(*cells, strict=True))
    widths = [max(columns(cell) for cell in column) for column in by_column]
    least = [
        max(columns(word) for cell in column for word in cell.split(" ")) for column in by_column
    ]
    room = width - len(gap) * (len(widths) - 1)
    while sum(widths) > room:
        able = [at for at, wide in enumerate(widths) if wide > least[at]]
        if not able:
            break
        widths[max(able, key=lambda at: widths[at])] -= 1
    return widths


def _wrapped(cell: str, wide: int) -> list[str]:
    if columns(cell) <= wide:
        return [cell]
    return textwrap.wrap(cell, max(wide, 1), break_long_words=False, break_on_hyphens=False)


def _padded(cell: str, wide: int, to_the_right: bool) -> str:
    space = " " * (wide - columns(cell))
    return space + cell if to_the_right else cell + space


def _without_double_blanks(lines: Iterable[str]) -> Iterator[str]:
    blank = True
    for line in lines:
        if line or not blank:
            yield line
        blank = not line
