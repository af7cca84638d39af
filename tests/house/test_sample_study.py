from __future__ import annotations

import json
import runpy
import shutil
from pathlib import Path

from lcdiag.base.shelf import shelf

ROOT = Path(__file__).resolve().parents[2]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_script_makes_the_sample_study_again_byte_by_byte(tmp_path: Path) -> None:
    script = shutil.copy(ROOT / "sample_data" / "make_energietransitie.py", tmp_path)
    (tmp_path / "energietransitie").mkdir()
    shutil.copy(
        shelf("sample_data") / "energietransitie" / "study.toml", tmp_path / "energietransitie"
    )
    runpy.run_path(str(script), run_name="__main__")
    assert files(tmp_path / "energietransitie") == files(shelf("sample_data") / "energietransitie")


def test_the_first_community_is_the_small_one_that_the_demo_shows() -> None:
    truth = json.loads(
        (shelf("sample_data") / "energietransitie" / "truth.json").read_text(encoding="utf-8")
    )
    first = [one for one in truth["drawn"]["meetings"] if one["community"] == "Warmte in de wijk"][
        -1
    ]
    assert (first["invited"], first["answers"], first["wave"]) == (11, 9, 3)
    small = [one for one in truth["drawn"]["meetings"] if one["wave"] == 3 and one["invited"] <= 12]
    assert len(small) == 3
    assert all(0.70 <= one["answers"] / one["invited"] <= 0.85 for one in small)
