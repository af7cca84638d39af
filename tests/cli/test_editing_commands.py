"""Comparing versions and having them translated, as authors type it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from lcdiag.base.shelf import shelf
from lcdiag.cli.main import FINE, REJECTED, call
from lcdiag.instrument.diff_text import marked
from lcdiag.instrument.read import read_instrument


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a copy of an instrument that may be edited."""
    path = tmp_path / "own.toml"
    path.write_bytes((shelf("instruments") / "lc-context.toml").read_bytes())
    return path


def edit(path: Path, right: str, wrong: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert right in text
    changed = path.with_name("changed.toml")
    changed.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return changed


@pytest.mark.parametrize(
    ("language", "care", "advice"),
    [("en", "comparable with care", "old and new text"), ("nl", "met zorg", "oude en nieuwe")],
)
def test_diff_shows_both_sentences_and_what_follows(
    own: Path, language: str, care: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = read_instrument(own).items[0].text["nl"]
    words = sentence.split()
    changed = edit(own, sentence, " ".join([words[0], "beslist", *words[1:]]))
    assert call(["--language", language, "instruments", "diff", str(own), str(changed)]) == FINE
    text = capsys.readouterr().out
    assert f"{words[0]} [beslist] {words[1]}" in text
    assert sentence in text
    assert care in text
    assert advice in text


def test_diff_of_the_same_says_so(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--language", "en", "instruments", "diff", "lc-context", str(own)]) == FINE
    assert capsys.readouterr().out == "Nothing changed. All waves stay comparable.\n"


def test_diff_as_data(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = edit(own, 'version = "', 'version = "9')
    assert call(["instruments", "diff", str(own), str(changed), "--json"]) == FINE
    (found,) = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in found["changes"]] == ["version"]


def test_two_studies_are_compared_as_they_are_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, blocks in (
        ("a", '"lc-safety", "lc-context"'),
        ("b", '"lc-safety:safety", "lc-link"'),
    ):
        (tmp_path / name).mkdir()
        text = f'title = "{name}"\ninstruments = [{blocks}]\ncommunities = ["Een"]\n'
        (tmp_path / name / "study.toml").write_text(text, encoding="utf-8")
    old, new = str(tmp_path / "a"), str(tmp_path / "b")
    assert call(["instruments", "diff", old, new, "--json"]) == FINE
    found = {one["new"].split(" ")[0] or "gone": one for one in json.loads(capsys.readouterr().out)}
    assert set(found) == {"lc-safety", "lc-link", "gone"}
    parts = {part["id"]: part["comparison"] for part in found["lc-safety"]["parts"]}
    assert parts == {"safety": "comparable", "voice": "gone"}
    assert found["gone"]["old"].startswith("lc-context ")
    assert call(["instruments", "diff", old, "lc-safety"]) == REJECTED


def test_what_came_is_not_called_unnoticed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--language", "en", "instruments", "diff", "lc-safety", "lc-context"]) == FINE
    text = capsys.readouterr().out
    before, _, after = text.partition("Added or gone")
    assert "cx1: new statement" in after
    assert "notice this" not in after.split("cx1")[0]
    assert "new statement" not in before


def test_marked_words() -> None:
    assert marked("we say it", "we often say it now") == ("we say it", "we [often] say it [now]")
    assert marked("a b", "c") == ("[a b]", "[c]")
    assert marked("", "new") == ("", "[new]")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_sheet_goes_out_and_comes_back(
    own: Path, suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, made = tmp_path / f"sheet{suffix}", tmp_path / "made.toml"
    go = ["instruments", "translate", str(own), "--to", "fr"]
    assert call([*go, "-o", str(sheet)]) == FINE
    if suffix == ".xlsx":
        book = openpyxl.load_workbook(sheet)
        rows = book.worksheets[0]
        head = [cell.value for cell in rows[1]]
        assert head[0] == "key"
        assert "fr" in head
        for row in range(2, rows.max_row + 1):
            source = rows.cell(row, head.index("en") + 1).value
            rows.cell(row, head.index("fr") + 1).value = f"{source} (fr)"
        book.save(sheet)
    else:
        import csv
        import io

        lines = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
        head = lines[0]
        for line in lines[1:]:
            line[head.index("fr")] = f"{line[head.index('en')]} (fr)"
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows(lines)  # as a Dutch spreadsheet saves it
        sheet.write_text(out.getvalue(), encoding="utf-8")
    assert call([*go, "--from", str(sheet), "-o", str(made)]) == FINE
    first = read_instrument(made).items[0]
    assert first.text["fr"] == f"{first.text['en']} (fr)"
    comment = own.read_text(encoding="utf-8").splitlines()[0]
    assert made.read_text(encoding="utf-8").startswith(comment)
    capsys.readouterr()
    assert call([*go, "--from", str(sheet), "-o", str(made)]) == REJECTED
    assert "-o" in capsys.readouterr().err


def test_an_empty_sheet_and_another_table_are_refused(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.xlsx"
    go = ["--language", "en", "instruments", "translate", str(own), "--to", "fr"]
    assert call([*go, "-o", str(sheet)]) == FINE
    made = tmp_path / "made.toml"
    assert call([*go, "--from", str(sheet), "-o", str(made)]) == REJECTED
    assert "Fill in the cell" in capsys.readouterr().err
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    assert call([*go, "--from", str(other), "-o", str(made)]) == REJECTED
    said = capsys.readouterr().err
    assert "“key”" in said
    assert "“fr”" in said
    assert not made.exists()
    assert call([*go, "-o", str(tmp_path / "sheet.docx")]) == REJECTED


def test_the_same_sheet_has_the_same_bytes(own: Path, tmp_path: Path) -> None:
    files = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for file in files:
        assert call(["instruments", "translate", str(own), "--to", "fr", "-o", str(file)]) == FINE
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("standard", "short"), "Sets zijn nog niet te vergelijken"),
        (("lc-saftey", "lc-safety"), "“lc-safety”"),
        (("lc-safety", "nergens"), "“nergens”"),
    ],
)
def test_diff_says_what_it_cannot_compare(
    names: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["--language", "nl", "instruments", "diff", *names]) == REJECTED
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


@pytest.mark.parametrize(("name", "told"), [("edmondson-1999-safety", True), ("lc-safety", False)])
def test_the_sheet_of_a_record_says_where_its_sentences_are_added(
    name: str, told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = str(tmp_path / "blad.csv")
    arguments = ["--language", "en", "instruments", "translate", name, "--to", "de", "-o", sheet]
    assert call(arguments) == FINE
    pointer = f"lcdiag instruments wording {name} --language de"
    assert (pointer in capsys.readouterr().out) is told
