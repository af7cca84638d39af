"""Files for SPSS (.sav) within its limits; equal bytes for equal input."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_RESERVED = frozenset(
    ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")
)
_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_VALUE_LABEL, _LONGEST_FILE_LABEL = 64, 256, 120, 64
_CREATED = slice(92, 109)
"""Where the header holds date and time of making."""
_NO_TIME = b"01 Jan 7000:00:00"


def sav_names(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return names that SPSS takes, all different: it does not tell capitals from small letters."""
    taken: set[str] = set()
    found = []
    for one in wanted:
        plain = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in one)
        stem = plain.strip("_") or "v"
        stem = stem if stem[0].isalpha() else f"v_{stem}"
        stem = f"{stem}_1" if stem.upper() in _RESERVED else stem[:_LONGEST_NAME]
        name, number = stem, 1
        while name.upper() in taken:
            number += 1
            name = f"{stem[: _LONGEST_NAME - 5]}_{number}"
        taken.add(name.upper())
        found.append(name)
    return tuple(found)


def sav_bytes(
    frame: pd.DataFrame,
    *,
    title: str,
    labels: Sequence[str],
    note: Sequence[str] = (),
    values: Mapping[str, Mapping[float, str]] | None = None,
    missing: Mapping[str, Sequence[float]] | None = None,
    formats: Mapping[str, str] | None = None,
) -> bytes:
    """Return a data frame as the bytes of a .sav file.

    Parameters
    ----------
    frame : DataFrame
        Its column names as `sav_names` gives them; NaN becomes the system-missing value.
    title : str
        The file label.
    labels : sequence of str
        One a column.
    note : sequence of str
        Lines of the document record.
    values : mapping, optional
        Column to the labels of its codes.
    missing : mapping, optional
        Column to its user-missing codes, at most three.
    formats : mapping, optional
        Column to how SPSS shows its numbers, ``"F10.4"``.

    Raises
    ------
    ImportError
        Where pyreadstat is not installed.
    """
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            frame,
            str(path),
            file_label=_short(title, _LONGEST_FILE_LABEL),
            column_labels=[_short(one, _LONGEST_LABEL) for one in labels],
            note=[piece for line in note for piece in _pieces(line, 80)] or None,
            variable_value_labels={
                name: {code: _short(text, _LONGEST_VALUE_LABEL) for code, text in of.items()}
                for name, of in (values or {}).items()
            },
            missing_ranges={name: list(codes) for name, codes in (missing or {}).items()},
            variable_format=dict(formats or {}),
        )
        content = bytearray(path.read_bytes())
    content[_CREATED] = _NO_TIME
    return bytes(content)


def _short(text: str, most: int) -> str:
    """Return the text on one line within a number of bytes, never half a letter."""
    line = " ".join(text.split())
    raw = line.encode("utf-8")
    if len(raw) <= most:
        return line
    return raw[: most - 3].decode("utf-8", "ignore") + "\u2026"


def _pieces(line: str, most: int) -> list[str]:
    """Return a line in pieces of so many bytes: a document record has lines of 80."""
    found, piece = [], ""
    for sign in line:
        if len((piece + sign).encode("utf-8")) > most:
            found.append(piece)
            piece = ""
        piece += sign
    return [*found, piece]
