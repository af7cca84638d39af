"""Dates as people write them: 10 March 2026, 10 maart 2026."""

from __future__ import annotations

from collections.abc import Iterable

from lcdiag.base.text import Text, Wording

_LOCALES = {"en": "en_GB"}
"""How dates are written, where the language alone would choose another country's way."""


def day(date: str, languages: Iterable[str]) -> Text:
    """Return an ISO date in words, or the text as it stands where it is none.

    Parameters
    ----------
    date : str
        Such as ``2026-03-10``.
    languages : iterable of str
        In which it may be read.
    """
    from datetime import date as calendar

    from babel.core import UnknownLocaleError
    from babel.dates import format_date

    try:
        when = calendar.fromisoformat(date)
        return Wording(
            {code: format_date(when, "long", locale=_LOCALES.get(code, code)) for code in languages}
        )
    except (ValueError, UnknownLocaleError):
        return date
