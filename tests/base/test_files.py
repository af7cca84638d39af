from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcdiag.base.cells import safe_cell
from lcdiag.base.errors import LcdiagError
from lcdiag.base.records import canonical_json, canonical_lines, digest, write_whole
from lcdiag.base.shelf import shelf


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "deep" / "file.txt", "één")
    assert path.read_text(encoding="utf-8") == "één"
    assert [child.name for child in path.parent.iterdir()] == ["file.txt"]


def test_a_held_file_gives_a_message_and_keeps_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_whole(tmp_path / "answers.xlsx", "old")

    def refuse(self: Path, target: object) -> Path:
        raise PermissionError(13, "held by another program")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(LcdiagError) as caught:
        write_whole(path, "new")
    assert caught.value.findings[0].code == "base.file-busy"
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["answers.xlsx"]  # noqa: PTH208 (hidden files count too)


def test_a_folder_that_is_a_file_gives_a_message(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(LcdiagError) as caught:
        write_whole(tmp_path / "taken" / "file.txt", "new")
    assert caught.value.findings[0].code == "base.cannot-write"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "|", "%"])
def test_a_cell_that_would_calculate_becomes_text(start: str) -> None:
    assert safe_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@given(st.text(alphabet=st.characters(categories=["L", "N"]), max_size=20))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_json_and_digest_do_not_depend_on_the_order_of_keys() -> None:
    assert canonical_json({"b": 1, "a": 2}) == canonical_json({"a": 2, "b": 1})
    assert digest("a") == digest(b"a") != digest("b")
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("nan"))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_lines_of_json_say_the_same(parts: dict[str, object]) -> None:
    assert json.loads(canonical_lines(parts)) == parts
    turned = dict(reversed(parts.items()))
    assert canonical_lines(turned) == canonical_lines(parts)


def test_the_shelves_are_there_and_no_others() -> None:
    assert (shelf("instruments") / "lc-safety.toml").is_file()
    with pytest.raises(FileNotFoundError, match="not installed whole"):
        shelf("no-such-shelf")
