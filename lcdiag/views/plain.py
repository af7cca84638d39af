"""Pages as plain text for a terminal: the same words and tables, in one language."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from lcdiag.base.text import Text, resolve
from lcdiag.views import blocks as b
from lcdiag.views.frame import kind_of

WIDTH = 100


def plain_text(pages: Iterable[b.Page], language: str, width: int = WIDTH) -> str:
    """Return pages as text, wrapped to a width; figures by their tables.

    Parameters
    ----------
    pages : iterable of Page
        In their order.
    language : str
        Of the text.
    width : int
        Columns of a line; tables may be wider.
    """
    writer = _Writer(language, width)
    lines: list[str] = []
    for page in pages:
        title = writer.say(page.title)
        lines += [title, "=" * columns(title), ""]
        if page.lead:
            lines += [*writer.paragraph(page.lead), ""]
        for block in page.blocks:
            lines += [*writer.block(block), ""]
    return "\n".join(_without_double_blanks(lines)).rstrip() + "\n"


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
        return " ".join(resolve(text, self.language).split())

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
            said = self.say(block.text)
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
            yield from self.paragraph(block.title)
            yield from self.paragraph(block.caption)
            table = kind_of(block.chart).table(block.chart)
            yield from self.table(table.head, table.rows)
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
        elif isinstance(block, b.Beside):
            yield from self.several((*block.main, *block.aside))
        elif isinstance(block, b.Panels):
            for panel in block.panels:
                yield from self.several(panel)
        elif isinstance(block, b.PerWave):
            for _, name, part in block.parts:
                yield f"[{self.say(name)}]"
                yield from self.several(part)

    def several(self, content: Sequence[b.Block]) -> Iterator[str]:
        for block in content:
            yield from self.block(block)
            yield ""

    def table(self, head: Sequence[Text], rows: Sequence[Sequence[Text]]) -> Iterator[str]:
        cells = [[self.say(cell) for cell in row] for row in (head, *rows)]
        widths = [max(columns(row[at]) for row in cells) for at in range(len(head))]
        for number, row in enumerate(cells):
            parts = [
                cell + " " * (wide - columns(cell)) for cell, wide in zip(row, widths, strict=True)
            ]
            yield "  ".join(parts).rstrip()
            if number == 0:
                yield "  ".join("-" * wide for wide in widths)


def _without_double_blanks(lines: Iterable[str]) -> Iterator[str]:
    blank = True
    for line in lines:
        if line or not blank:
            yield line
        blank = not line
