"""The codebook as one HTML file: no script, nothing from elsewhere, good to read and to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from lcdiag.base.shelf import shelf
from lcdiag.base.text import Param, in_language, languages
from lcdiag.instrument import codebook_words as words
from lcdiag.instrument.codebook import Codebook, CodebookPage, CodebookRow
from lcdiag.instrument.codebook_tables import answer_forms
from lcdiag.views.theme import fingerprint, policy, static

if TYPE_CHECKING:
    from jinja2 import Environment


def codebook_html(book: Codebook, language: str = "nl") -> str:
    """Return a codebook as one offline HTML file.

    Parameters
    ----------
    book : Codebook
        Of an instrument, a set or a study.
    language : str
        Of headings and explanations, where we speak it, else English. Sentences, labels and
        answers come in every language of the codebook, this one first.

    Returns
    -------
    str
        The same codebook gives the same text.
    """
    from markupsafe import Markup

    spoken = language if language in languages() else "en"
    style = static("codebook.css")
    said = partial(_said, order=_order(spoken, book.languages))
    values: dict[str, Any] = {
        "book": book,
        "language": spoken,
        "policy": policy((), (fingerprint(style),)),
        "style": Markup(style),
        "title": in_language(book.title, spoken),
        "said": said,
        "forms": [_form(row, codes, book, said) for row, codes in answer_forms(book)],
        "pages": [_page(page, book, spoken) for page in book.pages],
        "sittings": len({page.sitting for page in book.pages}),
        "single": [row for row in book.loose if row.max_length is None],
        "asked_openly": [row for row in book.loose if row.max_length is not None],
        "roles": ("own", "others", "practice"),
        **_sentences(spoken),
    }
    return _environment().get_template("codebook.html.j2").render(values)


def _order(first: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the languages of a codebook, the reader's first where it is among them."""
    return tuple(sorted(others, key=lambda code: code != first))


def _said(text: Mapping[str, str], order: Iterable[str]) -> list[tuple[str, str]]:
    """Return a text with its language, in each that has it; one that all share comes once."""
    found = [(code, text[code]) for code in order if text.get(code, "").strip()]
    if len({one for _, one in found}) == 1:
        return found[:1]
    return found


def _form(row: CodebookRow, codes: tuple[str, ...], book: Codebook, said: Any) -> dict[str, object]:
    """Return one list of answers: its points in every language, and for which columns it holds."""
    low = row.low or 0
    size = max(map(len, row.points.values()), default=0)
    points = [
        (low + at, said({code: one[at] for code, one in row.points.items() if at < len(one)}))
        for at in range(size)
    ]
    return {
        "row": row,
        "points": points,
        "codes": () if len(codes) == book.ratings else codes,
        "dont_know": said(row.dont_know),
    }


def _page(page: CodebookPage, book: Codebook, language: str) -> dict[str, object]:
    """Return what stands on a page of a set, by its labels."""
    labels = {one.address: in_language(one.label, language) for one in book.scales}
    parts = dict.fromkeys(
        words.say("heading-topics", language)
        if ":topic." in part
        else labels.get(part) or _label(book, part, language)
        for part in page.parts
    )
    return {"parts": list(parts), "sitting": page.sitting, "ratings": page.ratings}


def _label(book: Codebook, code: str, language: str) -> str:
    return in_language(book.row(code).label, language) or code


def _sentences(language: str) -> dict[str, Any]:
    """Return what the template asks for in words, bound to the reader's language."""

    def t(name: str, /, **params: Param) -> str:
        return words.say(name, language, **params)

    return {
        "t": t,
        **{
            name: partial(getattr(words, name), language=language)
            for name in (
                "aloud",
                "background",
                "cited",
                "figure",
                "licence",
                "reading",
                "relation",
                "scored",
                "size",
                "turned",
                "without_rating",
                "wording",
            )
        },
    }


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(shelf("reports") / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
