"""Names of files that every system can keep, one a community."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


def file_names(communities: Sequence[str]) -> dict[str, str]:
    """Return a file name without accents, blanks or signs for each community, all different."""
    names: dict[str, str] = {}
    taken: set[str] = {"index"}
    for community in communities:
        plain = unicodedata.normalize("NFKD", community).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "community"
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[community] = name
    return names
