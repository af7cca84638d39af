"""A table as its author sees it: headings, rows of text, row numbers; nothing is interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Sheet:
    """Raw text from one file; only `admit` turns it into answers.

    Attributes
    ----------
    header : tuple of str
        The headings, without white space around them.
    rows : tuple of tuple of str
        The cells as text, each row as long as the header. Wholly blank rows are not here.
    numbers : tuple of int
        The row number of each row as a spreadsheet program shows it (the header is often row 1).
    path : Path
        Where it was read.
    name : str
        Name of the worksheet, or "".
    encoding, delimiter : str
        How a text file was written, or "".
    override : mapping
        Heading to target from a ``columns.toml`` beside the file (see `guess_columns`).
    label : str
        The place as people know it (``"meetmoment-1/antwoorden.csv"``); the file name if empty.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    path: Path
    name: str = ""
    encoding: str = ""
    delimiter: str = ""
    override: Mapping[str, str] = field(default_factory=dict)
    label: str = ""

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.numbers):
            raise ValueError(
                f"a Sheet needs one number a row; received {len(self.numbers)} numbers "
                f"for {len(self.rows)} rows"
            )

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def place(self) -> str:
        """Return the place for a finding: the label, or the file name."""
        return self.label or self.path.name

    @cached_property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Return the cells column by column."""
        if not self.rows:
            return tuple(() for _ in self.header)
        return tuple(zip(*self.rows, strict=True))

    def cell(self, row: int, column: int) -> str:
        """Return the spreadsheet name (``"F12"``) of the cell at these positions (from 0)."""
        return f"{letters(column)}{self.numbers[row]}"


def letters(column: int) -> str:
    """Return the letters of a spreadsheet column, counted from 0: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
