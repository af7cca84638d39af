"""An Instrument as a TOML file, in the order and style of the files that come with lcdiag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lcdiag.base.tomltext import toml_key, toml_line
from lcdiag.instrument.model import Instrument

_TABLES = ("source", "validation")


def instrument_toml(instrument: Instrument, comment: str = "") -> str:
    """Return the file of an instrument.

    Parameters
    ----------
    instrument : Instrument
        Any instrument.
    comment : str
        One or more lines that stand above it.

    Returns
    -------
    str
        `read_instrument` makes the same instrument of it again. Keys that are as by default are
        left out.
    """
    plain = instrument.model_dump(mode="json", exclude_defaults=True)
    for name, one in instrument.formats.items():
        plain["formats"][name] = {"low": one.low, "high": one.high, **plain["formats"][name]}
    lines = [f"# {line}".rstrip() for line in comment.splitlines()] + [""] * bool(comment)
    ordered = {name: plain[name] for name in type(instrument).model_fields if name in plain}
    top = {key: value for key, value in ordered.items() if not _is_table(key, value)}
    lines += _keys(top)
    for key, value in ordered.items():
        if key not in top:
            lines += _table(key, value)
    return "\n".join(_single_blanks(lines)) + "\n"


def _is_table(key: str, value: Any) -> bool:
    return key in (*_TABLES, "formats") or _is_list_of_tables(value)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _table(key: str, value: Any) -> Iterator[str]:
    """Yield a table, a table of tables (formats), or one table a row."""
    if key == "formats":
        yield from [] if value else ["", "[formats]"]  # the key must be there
        for name, one in value.items():
            yield from ["", f"[formats.{toml_key(name)}]", *_keys(one)]
        return
    rows = value if isinstance(value, list) else [value]
    for row in rows:
        yield from ["", f"[[{key}]]" if isinstance(value, list) else f"[{key}]"]
        inside = {name: part for name, part in row.items() if _is_list_of_tables(part)}
        yield from _keys({name: part for name, part in row.items() if name not in inside})
        for name, part in inside.items():
            yield from _table(f"{key}.{name}", part)


def _keys(table: Mapping[str, Any]) -> list[str]:
    """Return the lines of plain keys; texts by language each on a line of their own."""
    lines: list[str] = []
    for key, value in table.items():
        spoken = isinstance(value, Mapping) and key not in ("settings", "accepted")
        if spoken:
            for language, text in value.items():
                lines += toml_line(f"{key}.{toml_key(language)}", text)
        else:
            lines += toml_line(key, value)
        if key == "licence":
            lines.append("")  # what the file is, then what it is called
    return lines


def _single_blanks(lines: list[str]) -> Iterator[str]:
    for before, line in zip(["", *lines], lines, strict=False):
        if line or before:
            yield line
