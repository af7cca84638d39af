"""Files written whole or not at all, and digests of content."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from lcdiag.base.errors import LcdiagError


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no NaN, equal for equal content."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, indent=1)


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
