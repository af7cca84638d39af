"""The sheet for ratings from outside: made once, then only added to; nothing typed is lost."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lcdiag.workflow.outside import source_named

if TYPE_CHECKING:
    from lcdiag.base.text import Message
    from lcdiag.instrument.outside import OutsideSource
    from lcdiag.instrument.study import Study
    from lcdiag.responses.sheet import Sheet


@dataclass(frozen=True, slots=True)
class SheetFile:
    """The sheet that ratings are typed into.

    Attributes
    ----------
    path : Path
        Where `content` goes: the file that is read, or a template beside the forms.
    content : bytes or None
        The whole new content; None where nothing is to be written.
    said : tuple of Message
        What happened, and what the ratings can be used for now.
    """

    path: Path
    content: bytes | None
    said: tuple[Message, ...]


def outside_sheet_file(study: Study, word: str, language: str, beside: Path) -> SheetFile:
    """Return the sheet for ratings from outside; what was typed already always stays.

    A CSV that is there gets the lines it misses at its end, every byte before them kept. Where
    that cannot be done with certainty (a workbook, other headings, a broken file), the lines go
    into a template of their own beside the forms, which is not overwritten either.

    Parameters
    ----------
    study : Study
        As opened.
    word : str
        One of `lcdiag.workflow.outside.outside_words`.
    language : str
        Of the words in it.
    beside : Path
        The folder of the forms.
    """
    from lcdiag.base.text import Message, in_language
    from lcdiag.instrument.layout import EXTERNAL_FILE
    from lcdiag.instrument.outside import SOURCE_WORDS
    from lcdiag.survey.outside import outside_sheet

    source = source_named(word)
    text = study.folder / EXTERNAL_FILE
    workbook = text.with_suffix(".xlsx")
    own = workbook if workbook.exists() else text
    asked = language if language in study.questionnaire.languages else study.settings.languages[0]
    minimum = study.settings.thresholds.minimum
    use = Message(f"outside.done-use-{source.value}", {"minimum": minimum})

    def told(name: str, **facts: str | int) -> tuple[Message, ...]:
        return Message(f"outside.done-{name}", {"file": own.name, **facts}), use

    if not own.exists():
        return SheetFile(own, outside_sheet(study, source, asked), told("sheet"))
    longer = _longer(own, study, source, asked)
    if longer is not None:
        content, n = longer
        return SheetFile(own, content if n else None, told("added", n=n) if n else told("complete"))
    template = beside / f"{text.stem}-{in_language(SOURCE_WORDS[source], asked)}.csv"
    if template.exists():  # ratings may have been typed into it
        return SheetFile(template, None, told("template-kept", template=template.name))
    content = outside_sheet(study, source, asked)
    return SheetFile(template, content, told("kept", template=template.name))


def _longer(
    path: Path, study: Study, source: OutsideSource, language: str
) -> tuple[bytes, int] | None:
    """Return a CSV with the lines it misses at its end, and their number; None if not certain."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.importers.external import lines_there
    from lcdiag.importers.table import read_bytes, read_table
    from lcdiag.survey.outside import outside_lines

    if path.suffix.lower() != ".csv":
        return None
    try:
        raw, (sheet, _) = read_bytes(path), read_table(path)
    except LcdiagError:
        return None
    found = lines_there(study, sheet) if sheet.delimiter else None
    if found is None:
        return None
    columns, there = found
    missing = [
        line
        for line in outside_lines(study, source, language)
        if (line["community"], line["wave"], source.value, line["scale"]) not in there
    ]
    added = _written(missing, columns, sheet, raw)
    return (raw + added, len(missing)) if added is not None else None


def _written(
    lines: list[dict[str, str]], columns: dict[str, int], sheet: Sheet, raw: bytes
) -> bytes | None:
    """Return lines in the order, with the signs and in the encoding of a sheet that is there.

    None where the encoding lacks a letter, or an open quotation mark would swallow the lines.
    """
    from lcdiag.base.cells import safe_cell
    from lcdiag.base.errors import LcdiagError
    from lcdiag.importers.delimited import decode, records, separator
    from lcdiag.survey.outside import LABEL

    decoded = decode(raw, sheet.place)
    end = "\r\n" if "\r\n" in decoded.text else "\n"
    text = io.StringIO(newline="")
    if not decoded.text.endswith(("\n", "\r")):
        text.write(end)
    writer = csv.writer(text, delimiter=sheet.delimiter, lineterminator=end)
    heads = {place: key for key, place in columns.items()}
    heads |= {at: LABEL for at, head in enumerate(sheet.header) if head.casefold() == LABEL}
    for line in lines:
        cells = [line[heads[at]] if at in heads else "" for at in range(len(sheet.header))]
        writer.writerow([safe_cell(cell) for cell in cells])
    whole = decoded.text + text.getvalue()
    try:
        before = [one.cells for one in records(decoded.text, sheet.delimiter, sheet.place)]
        after = [one.cells for one in records(whole, sheet.delimiter, sheet.place)]
        added = text.getvalue().encode(decoded.codec)
    except (LcdiagError, UnicodeEncodeError):
        return None
    certain = after[: len(before)] == before and len(after) == len(before) + len(lines)
    return added if certain and separator(whole) == sheet.delimiter else None
