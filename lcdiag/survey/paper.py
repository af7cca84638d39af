"""What printed forms share: templates, the style sheet, and the rule that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from lcdiag.base.shelf import shelf
from lcdiag.base.text import Message, resolve

if TYPE_CHECKING:
    from jinja2 import Environment


def paper_html(template: str, title: str, language: str, domain: str, **values: object) -> str:
    """Return a form as one HTML file to print or to read on a screen.

    Every text is escaped by Jinja; the style sheet stands inside and is allowed by its hash
    only, so that nothing in a name can become markup, style or script.

    Parameters
    ----------
    template : str
        File name in ``reports/templates``.
    title : str
        Of the study; it runs along the top of the printed pages.
    language : str
        Of every text.
    domain : str
        Catalog of the sentences that the template asks for with ``t("name")``.
    **values
        What the template shows.

    Returns
    -------
    str
        The same input gives the same text.
    """
    from markupsafe import Markup

    style = _style(title, language)
    hashed = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(style),
            style_hash=hashed,
            t=lambda name, **params: resolve(Message(f"{domain}.{name}", params), language),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(shelf("reports") / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style(title: str, language: str) -> str:
    """Return the style sheet with the running header of the printed pages."""
    sheet = (shelf("reports") / "static" / "form.css").read_text(encoding="utf-8")
    page = resolve(Message("survey.page-word"), language)
    of = resolve(Message("survey.of-word"), language)
    running = (
        "@page{@top-left{content:" + css_string(title) + "}"
        "@top-right{content:" + css_string(f"{page} ") + "counter(page)"
        " " + css_string(f" {of} ") + "counter(pages)}}"
    )
    return "\n" + sheet + running + "\n"


def css_string(text: str) -> str:
    """Return a text as a CSS string in which every sign but letters and digits is escaped."""
    body = "".join(
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text[:120]
    )
    return f'"{body}"'
