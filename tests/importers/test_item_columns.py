from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import languages, sentence
from lcdiag.importers.item_columns import ItemChoice, ItemTable, read_item_columns

NAN = np.nan
FILE = "id,s1,s2,S3,team,took\na,1,5,2,x,40\nb,,4,4,y,50\nc,2,NA,3,,60\n"


def read(tmp_path: Path, text: str = FILE, /, **choice: object) -> ItemTable:
    return read_both(tmp_path, text, **choice)[0]


def read_both(tmp_path: Path, text: str, /, **choice: object) -> tuple[ItemTable, list[str]]:
    file = tmp_path / "answers.csv"
    file.write_text(text, encoding="utf-8")
    table, remarks = read_item_columns(file, ItemChoice(**choice))  # type: ignore[arg-type]
    return table, [remark.code for remark in remarks]


def faults(tmp_path: Path, text: str, /, **choice: object) -> dict[str, str]:
    with pytest.raises(LcdiagError) as caught:
        read(tmp_path, text, **choice)
    for language in languages():
        for finding in caught.value.findings:
            assert "{" not in sentence(finding, language)
    return {finding.code: sentence(finding, "en") for finding in caught.value.findings}


def test_a_range_of_columns_runs_in_the_order_of_the_file(tmp_path: Path) -> None:
    table = read(tmp_path, items=("s1:S3",))
    assert table.names == ("s1", "s2", "S3")
    assert table.scales == ((0, 1, 2),)
    np.testing.assert_array_equal(table.raw, [[1, 5, 2], [NAN, 4, 4], [2, NAN, 3]])
    assert table.persons.tolist() == ["2", "3", "4"]
    assert table.groups == {}
    assert table.seconds is None
    assert table.limits is None


def test_names_may_be_listed_in_any_order_and_capitals_do_not_matter(tmp_path: Path) -> None:
    table = read(tmp_path, items=("s3, s1",))
    assert table.names == ("S3", "s1")
    np.testing.assert_array_equal(table.raw[0], [2, 1])


def test_two_scales_share_one_table(tmp_path: Path) -> None:
    table = read(tmp_path, items=("s1,s2", "s2,s3"))
    assert table.names == ("s1", "s2", "S3")
    assert table.scales == ((0, 1), (1, 2))
    np.testing.assert_array_equal(table.scale(1)[0], [5, 2])


def test_reversed_items_are_turned_by_the_stated_range(tmp_path: Path) -> None:
    table = read(tmp_path, items=("s1:s3",), reversed_items="s1,s3", limits="1-7")
    np.testing.assert_array_equal(table.turned, [[7, 5, 6], [NAN, 4, 4], [6, NAN, 5]])
    np.testing.assert_array_equal(table.raw[0], [1, 5, 2])
    assert table.turned_items == (0, 2)
    assert table.limits == (1, 7)


@pytest.mark.parametrize(
    ("typed", "limits"),
    [
        ("1-7", (1, 7)),
        (" 0 - 10 ", (0, 10)),
        ("-3-3", (-3, 3)),
        ("-3--1", (-3, -1)),
        ("1..5", (1, 5)),
        ("0,5-2", (0.5, 2)),
    ],
)
def test_a_range_is_two_numbers(typed: str, limits: tuple[float, float], tmp_path: Path) -> None:
    assert read(tmp_path, "a\n1\n", items=("a",), limits=typed, missing="1").limits == limits


@pytest.mark.parametrize("typed", ["7", "7-1", "3-3", "one-seven", "1-7-9", "-"])
def test_anything_else_is_no_range(typed: str, tmp_path: Path) -> None:
    found = faults(tmp_path, FILE, items=("s1",), limits=typed, reversed_items="s1")
    assert list(found) == ["itemcolumns.bad-range"]
    assert f"“{typed}”" in found["itemcolumns.bad-range"]


def test_rows_without_a_label_are_left_out_and_counted(tmp_path: Path) -> None:
    table, remarks = read_both(
        tmp_path, FILE, items=("s1",), groups=("team",), person="id", seconds="took"
    )
    assert remarks == ["itemcolumns.no-label"]
    assert table.groups["team"].tolist() == ["x", "y"]
    assert table.persons.tolist() == ["a", "b"]
    assert table.seconds is not None
    assert table.seconds.tolist() == [40, 50]
    assert len(table.raw) == len(table.turned) == 2


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = "s1,s2,s2,s4\n1,2,3,yes\n9,,4,no\n"
    found = faults(
        tmp_path,
        text,
        items=("s1,s22,s4,s1",),
        reversed_items="s1",
        groups=("teem",),
        limits="1-7",
    )
    assert set(found) == {
        "itemcolumns.unknown",
        "itemcolumns.chosen-twice",
        "itemcolumns.not-a-number",
        "itemcolumns.outside-range",
    }
    assert "D2 “yes”, D3 “no”" in found["itemcolumns.not-a-number"]
    assert "2 in all" in found["itemcolumns.not-a-number"]
    assert "A3 “9”" in found["itemcolumns.outside-range"]
    assert "1 to 7" in found["itemcolumns.outside-range"]


def test_a_misspelt_column_brings_its_neighbour_to_mind(tmp_path: Path) -> None:
    found = faults(tmp_path, "trust_1,trust_2\n1,2\n", items=("trust1",))
    assert "Did you mean “trust_1”" in found["itemcolumns.unknown"]


@pytest.mark.parametrize(
    ("code", "choice"),
    [
        ("heading-twice", {"items": ("b",)}),
        ("range-backwards", {"items": ("c:a",)}),
        ("range-needed", {"items": ("a",), "reversed_items": "a"}),
        ("not-an-item", {"items": ("a",), "reversed_items": "c", "limits": "1-5"}),
        ("none", {"items": (" , ",)}),
        ("unknown", {"items": ("a",), "seconds": "time"}),
        ("unknown", {"items": ("a",), "person": "name"}),
        ("unknown", {"items": ("a:z",)}),
    ],
)
def test_each_fault_has_its_own_words(code: str, choice: dict[str, object], tmp_path: Path) -> None:
    assert list(faults(tmp_path, "a,b,b,c\n1,2,3,4\n", **choice)) == [f"itemcolumns.{code}"]


def test_words_for_no_answer_can_be_added(tmp_path: Path) -> None:
    text = "a;b\n99;1,5\nWeet niet;2\n3;.\n"
    table = read(tmp_path, text, items=("a:b",), missing="99, weet niet")
    np.testing.assert_array_equal(table.raw, [[NAN, 1.5], [NAN, 2], [3, NAN]])


@pytest.mark.parametrize("cell", ["inf", "1_000", "0x10", "1.2.3", "\u0661", "--1", "e5"])
def test_what_only_looks_like_a_number_is_refused(cell: str, tmp_path: Path) -> None:
    found = faults(tmp_path, f"a,b\n{cell},1\n", items=("a",))
    assert list(found) == ["itemcolumns.not-a-number"]


def test_a_table_without_rows_has_no_answers(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\n", items=("a:b",)).raw.shape == (0, 2)
