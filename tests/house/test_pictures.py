"""The pictures of pages: light enough to clone, and each one that is shown is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 1_500_000


def test_pictures_are_light() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "reports" / "samples").glob("*.png")]
    assert sizes
    assert sum(sizes) < MOST


def test_every_picture_of_the_readme_is_there_and_is_told_in_words() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    assert len(shown) >= 4
    for words, place in shown:
        assert len(words) > 20
        assert (ROOT / place).is_file()
