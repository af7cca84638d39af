"""The page about a diagnosis names every statistic that a diagnosis can hold."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lcdiag.diagnosis.diagnose import diagnose

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "diagnosis"))

from test_any_study import made

ROOT = Path(__file__).resolve().parents[2]


def named() -> set[str]:
    """Return every name of the first column; ``.party`` goes on where the name before it did."""
    found: set[str] = set()
    text = (ROOT / "docs" / "diagnosis.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\| (`.*?) \|", text, re.M):
        stem = ""
        for name in re.findall(r"`([^`]+)`", row):
            stem = stem if name.startswith(".") else name.partition(".")[0]
            found.add(stem + name if name.startswith(".") else name)
    return found


def test_every_statistic_of_a_whole_study_is_explained() -> None:
    known = named()
    held = {m.at.statistic for m in diagnose(*made(), made="", internal=True).measures}
    plain = {re.sub(r"^(count)\.\d+$", r"\1.1", name) for name in held}
    unknown = {
        name
        for name in plain
        if name not in known and name.partition(".")[0] not in ("change", "variance_share")
    }
    assert unknown == set()
    assert {"change", "variance_share.person"} <= known
