"""A TOML file as data, or a clear remark on why it cannot be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact

LARGEST = 1_000_000
"""Bytes; our largest instrument has some 30,000."""

_PLACE = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end.*)\)$")
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")


def load_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Parameters
    ----------
    path : Path
        The file; UTF-8, with or without a byte order mark.

    Raises
    ------
    LcdiagError
        One finding: missing, a folder, not readable, too large, not a text file, not UTF-8,
        empty, or the line where the TOML goes wrong.
    """
    raw = _bytes_of(path)
    if any(raw.startswith(mark) for mark in _MARKS) or b"\x00" in raw:
        raise LcdiagError.single("instrument.not-text", path.name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise LcdiagError.single(
            "instrument.not-utf8", f"{path.name}, line {line}", {"line": line}
        ) from None
    if not text.strip():
        raise LcdiagError.single("instrument.empty-file", path.name)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise _syntax(path, text, str(error)) from None
    except RecursionError:
        raise LcdiagError.single("instrument.too-deep", path.name) from None


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise LcdiagError.single("instrument.is-folder", str(path))
        if not path.exists():
            raise LcdiagError.single("instrument.no-file", str(path))
        if not path.is_file():
            raise LcdiagError.single("instrument.no-file", str(path))
        if path.stat().st_size > LARGEST:
            facts: dict[str, Fact] = {"megabytes": LARGEST // 1_000_000}
            raise LcdiagError.single("instrument.too-large", path.name, facts)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LcdiagError.single("instrument.unreadable", str(path), {"reason": reason}) from None


def _syntax(path: Path, text: str, said: str) -> LcdiagError:
    """Return the error with its line; what tomllib says stays in English, as in other tools."""
    lines = text.split("\n")
    match = _PLACE.match(said)
    number = int(match["line"]) if match and match["line"] else len(lines)
    facts: dict[str, Fact] = {
        "reason": match["what"] if match else said,
        "line": number,
        "text": lines[min(number, len(lines)) - 1].strip()[:80],
    }
    return LcdiagError.single("instrument.syntax", f"{path.name}, line {number}", facts)
