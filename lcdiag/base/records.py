"""Files written whole or not at all, and digests of content."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lcdiag.base.errors import LcdiagError


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no NaN, equal for equal content."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, indent=1)


def canonical_lines(parts: Mapping[str, Any]) -> str:
    """Return an object as JSON with sorted keys, and each element of its lists on a line.

    As canonical as `canonical_json`, several times as fast, and still good to compare by lines.
    """

    def plain(value: Any) -> str:
        return json.dumps(
            value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")
        )

    def whole(value: Any) -> str:
        if isinstance(value, list) and value:
            return "[\n" + ",\n".join(plain(element) for element in value) + "\n]"
        return plain(value)

    pairs = ",\n".join(f"{plain(key)}:{whole(parts[key])}" for key in sorted(parts))
    return "{\n" + pairs + "\n}"


def digest(content: bytes | str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the content."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()[:16]


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write a file to a temporary name beside it, then rename; return the path.

    Raises
    ------
    LcdiagError
        ``base.file-busy`` when another program (often a spreadsheet) holds the file,
        ``base.cannot-write`` for any other refusal of the system.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    path = Path(path)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".lcdiag-", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        busy = (
            isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK)
        )
        code = "base.file-busy" if busy else "base.cannot-write"
        raise LcdiagError.single(code, str(path), {"reason": error.strerror or ""}) from error
    return path
