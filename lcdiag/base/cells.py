"""What cells of a table must say or must not: the stamp of internal files, no formula."""

from __future__ import annotations

INTERNAL_STAMP = "INTERN – NIET DELEN"
"""On every row of a file that is for the analyst only."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would calculate.

    Programs that open CSV run cells that begin with ``=``, ``+``, ``-``, ``@`` or a control sign.
    Full-width look-alikes of these signs count too.
    """
    first = text.lstrip(" \u00a0")[:1]
    narrow = {"＝": "=", "＋": "+", "－": "-", "＠": "@"}.get(first, first)
    risky = bool(text) and (narrow in _STARTS or text[0] in _STARTS)
    return f"'{text}" if risky else text
