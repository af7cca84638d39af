"""Values as TOML, in the style in which people write these files by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
WIDTH = 100
"""A list that is longer than this stands one value a line."""


def toml_text(text: str) -> str:
    """Return a text as a TOML string on one line."""
    # JSON escapes all that TOML wants escaped, but for one sign
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_key(key: str) -> str:
    """Return a key, quoted where TOML asks for it."""
    return key if _BARE.match(key) else toml_text(key)


def toml_value(value: object) -> str:
    """Return a text, number, truth value, list or table as TOML on one line.

    Raises
    ------
    TypeError
        For anything else; TOML has no null.
    """
    if isinstance(value, str):
        return toml_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = [f"{toml_key(key)} = {toml_value(one)}" for key, one in value.items()]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(toml_value(one) for one in value) + "]"
    raise TypeError(f"TOML has no {type(value).__name__}")


def toml_line(key: str, value: object) -> list[str]:
    """Return a key with its value; a list that does not fit one line gets a line a value.

    Parameters
    ----------
    key : str
        As it is to be written, dots and all.
    value : object
        See `toml_value`.
    """
    line = f"{key} = {toml_value(value)}"
    if len(line) <= WIDTH or isinstance(value, (str, Mapping)) or not isinstance(value, Sequence):
        return [line]
    return [f"{key} = [", *(f"  {toml_value(one)}," for one in value), "]"]
