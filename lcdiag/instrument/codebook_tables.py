"""The codebook as tables: one CSV of columns, or a workbook that also holds scales and sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from lcdiag.base.cells import safe_cell
from lcdiag.base.text import in_language
from lcdiag.instrument.codebook import Codebook, CodebookRow
from lcdiag.instrument.codebook_words import (
    amount,
    background,
    cited,
    licence,
    numbered,
    points,
    reading,
    relation,
    say,
    scored,
    statistic,
    turned,
    without_rating,
)

Cell = str | float | None
Table = tuple[list[str], list[list[Cell]]]


def to_csv(book: Codebook, language: str = "en") -> str:
    """Return one line a column of the answers, texts in every language.

    Parameters
    ----------
    book : Codebook
        Of an instrument, a set or a study.
    language : str
        Of the headings and explanations.

    Returns
    -------
    str
        With CRLF line ends; no cell can become a formula.
    """
    head, rows = columns_table(book, language)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    lines = [head, *([str("" if cell is None else cell) for cell in row] for row in rows)]
    writer.writerows([[safe_cell(cell) for cell in line] for line in lines])
    return out.getvalue()


def to_xlsx(book: Codebook, language: str = "en") -> bytes:
    """Return a workbook with sheets for columns, scales, answers and source.

    The same codebook gives the same bytes; no cell can become a formula.
    """
    from openpyxl import Workbook

    from lcdiag.base.spreadsheet import shorten, text_table, workbook_bytes

    each = len(book.languages)
    sheets = (
        ("columns", columns_table(book, language), [16, 12, *[54] * each, *[26] * each]),
        ("scales", scales_table(book, language), [30, *[28] * each, *[44] * each, 26, 22, 44]),
        ("answers", answers_table(book, language), [30, 8, *[32] * each]),
        ("source", source_table(book, language), [30, 24, 100]),
    )
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, (head, rows), widths in sheets:
        sheet = made.create_sheet(say(f"sheet-{name}", language))
        fitting = [[shorten(c, 32000) if isinstance(c, str) else c for c in row] for row in rows]
        text_table(sheet, head, fitting, widths + [18] * (len(head) - len(widths)))
        sheet.auto_filter.ref = sheet.dimensions
    return workbook_bytes(made)


def columns_table(book: Codebook, language: str) -> Table:
    """Return the columns of the answers in their order, background first."""
    each = book.languages
    head = [say("instrument", language), say("code", language)]
    head += [f"{say('text', language)} ({one})" for one in each]
    head += [f"{say('label', language)} ({one})" for one in each]
    names = ("part", "reversed", "referent", "level", "facet", "place", "low", "high")
    head += [say(name, language) for name in names]
    head += [f"{say('answers', language)} ({one})" for one in each]
    head.append(say("missing-codes", language))
    rows: list[list[Cell]] = []
    for one in book.background:
        held = "; ".join(one.values)
        texts = [background(one.code, name) for name in each]
        labels: list[Cell] = [" / ".join(one.headings)] * len(each)
        rows.append(["", one.code, *texts, *labels, *[""] * 8, *[held] * len(each), ""])
    rows += [_column(row, each, language) for row in book.rows]
    return head, rows


def _column(row: CodebookRow, each: Sequence[str], language: str) -> list[Cell]:
    if row.max_length is None:
        without = without_rating(row, language)
    else:
        without = say("open", language, length=str(row.max_length))
    return [
        row.instrument,
        row.code,
        *(row.text.get(one, "") for one in each),
        *(row.label.get(one, "") for one in each),
        " ".join(row.parts),
        int(row.reversed),
        row.referent.value if row.referent else "",
        row.level.value if row.level else "",
        row.facet,
        row.place,
        row.low,
        row.high,
        *(numbered(row, one) for one in each),
        without,
    ]


def scales_table(book: Codebook, language: str) -> Table:
    """Return how each score is made, then which columns make a topic."""
    each = book.languages
    head = [say("part", language)]
    head += [f"{say('label', language)} ({one})" for one in each]
    head += [f"{say('about', language)} ({one})" for one in each]
    names = ("items", "reversed", "score", "direction", "composition", "level", "reading-heading")
    head += [say(name, language) for name in names]
    rows: list[list[Cell]] = [
        [
            one.address,
            *(one.label.get(name, "") for name in each),
            *(one.about.get(name, "") for name in each),
            " ".join(one.items),
            " ".join(one.reversed),
            "; ".join(part for part in (scored(one, language), turned(one, language)) if part),
            one.direction.value,
            one.composition.value,
            one.level.value,
            "; ".join(reading(figures, language) for figures in one.reading),
        ]
        for one in book.scales
    ]
    for topic in book.topics:
        labels = [topic.label.get(name, "") for name in each]
        about = [say(f"topic-{topic.kind}", name) for name in each]
        roles = ("own", "others", "practice")
        said = [
            f"{code} = {say(f'role-{role}', language)}"
            for role, code in zip(roles, topic.items, strict=True)
        ]
        codes = " ".join(topic.items)
        rows.append([topic.address, *labels, *about, codes, "", "; ".join(said), *[""] * 4])
    return head, rows


def answers_table(book: Codebook, language: str) -> Table:
    """Return each list of answers: its codes with their labels, then what is no rating."""
    each = book.languages
    head = [say("items", language), say("code", language)]
    head += [f"{say('text', language)} ({one})" for one in each]
    rows: list[list[Cell]] = []
    for form, codes in answer_forms(book):
        labels = {one: points(form, one) for one in each}
        for place, code in enumerate(range(form.low or 0, (form.high or 0) + 1)):
            texts = [labels[one][place] if place < len(labels[one]) else "" for one in each]
            rows.append([" ".join(codes), code, *texts])
        rows.append([" ".join(codes), "", *(without_rating(form, one) for one in each)])
    return head, rows


def answer_forms(book: Codebook) -> list[tuple[CodebookRow, tuple[str, ...]]]:
    """Return a row for each different list of answers, with the codes of all that share it."""
    found: dict[str, tuple[CodebookRow, list[str]]] = {}
    for row in book.rows:
        if row.low is not None:
            key = repr((row.low, row.high, row.points, row.dont_know))
            found.setdefault(key, (row, []))[1].append(row.code)
    return [(row, tuple(codes)) for row, codes in found.values()]


def source_table(book: Codebook, language: str) -> Table:
    """Return where the questions come from and how sure we are of them, fact by fact."""
    head = [say(name, language) for name in ("instrument", "kind", "text")]
    rows: list[list[Cell]] = []

    def add(home: str, name: str, *texts: str) -> None:
        rows.extend([home, say(name, language), text] for text in texts if text)

    add(book.id, "title", in_language(book.title, language))
    add(book.id, "languages", " ".join(book.languages))
    add(book.id, "digest", book.digest)
    for one in book.instruments:
        add(one.id, "title", in_language(one.title, language))
        add(one.id, "version", one.version)
        add(one.id, "kind", say(f"kind-{one.kind}", language))
        add(one.id, "instruction", *(f"{name}: {text}" for name, text in one.instruction.items()))
        add(one.id, "instruction", *(f"{name}: {text}" for name, text in one.note.items()))
        add(one.id, "status", *(f"{name}: {text}" for name, text in one.status.items()))
        add(one.id, "status", *(f"{name}: {text}" for name, text in one.declared.items()))
        add(one.id, "evidence", in_language(one.evidence, language))
        add(one.id, "source", in_language(one.source, language))
        add(one.id, "wording-from", in_language(one.wording_from, language))
        add(one.id, "citations", *(cited(citation, language) for citation in one.citations))
        add(one.id, "modelled-on", *(cited(citation, language) for citation in one.modelled_on))
        for figure in one.reported:
            known = say(f"known-{figure.known}", language)
            sample = in_language(figure.sample, language)
            text = f"{statistic(figure, language)} = {amount(figure, language)}"
            parts = (figure.scale, text, sample, figure.source, known)
            add(one.id, "reported", "; ".join(part for part in parts if part))
        add(one.id, "expected", *(relation(expected, language) for expected in one.expected))
        add(one.id, "licence", licence(one, language))
        add(one.id, "digest", one.digest)
    return head, rows
