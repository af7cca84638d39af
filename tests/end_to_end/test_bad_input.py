"""Bad input gets a clear message, or a right and modest report; never a traceback."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from end_to_end.made_studies import people, report, write_answers, write_study

from lcdiag.cli.main import FINE, REJECTED, call


def assert_refused(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    """Assert that the material was rejected in words, without a traceback; return the words."""
    printed = capsys.readouterr()
    text = printed.out + printed.err
    assert code == REJECTED, text
    assert "Traceback" not in text
    for word in words:
        assert word in text, text
    return text


def modest(output: Path) -> str:
    """Assert that a page was written that is whole and holds no broken number; return it."""
    pages = sorted(output.glob("*.html"))
    assert pages
    text = pages[0].read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    assert "<h1" in text
    assert len(re.sub(r"<[^>]+>", " ", text)) > 1000, "a page is never empty"
    assert not re.search(
        r"\b(nan|NaN|inf|None)\b", re.sub(r"<script.*?</script>", "", text, flags=re.S)
    )
    return text


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return write_study(tmp_path / "studie")


def answers(study: Path) -> Path:
    return study / "antwoorden" / "meetmoment-1"


def test_a_wrong_file(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answers(study) / "brief.csv").write_text("Beste allemaal,\ntot morgen!\n", encoding="utf-8")
    code, output = report(study)
    assert_refused(capsys, code, "brief.csv")
    assert not output.exists()


def test_a_half_file(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    raw = io.BytesIO()
    book.save(raw)
    (answers(study) / "half.xlsx").write_bytes(raw.getvalue()[: len(raw.getvalue()) // 2])
    assert_refused(capsys, report(study)[0], "half.xlsx")


def test_a_binary_file(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answers(study) / "foto.csv").write_bytes(bytes(range(256)) * 40)
    assert_refused(capsys, report(study)[0], "foto.csv")


def test_an_instrument_with_ten_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.toml").write_text(
        """
id = "Own Scale"
version = "1"
languages = ["nl", "en"]
licence = "CC BY 4.0"
titel.nl = "Eigen"
respondent_title.nl = "Eigen"

[source]
kind = "borrowed"
text.nl = "Zelf gemaakt"

[validation]
status = "proven"

[formats.agree]
low = 1
high = 3
points.nl = ["oneens", "eens"]

[[items]]
id = "own1"
text.nl = "Een zin."
label.nl = "Zin"
format = "agre"
referent = "groep"
level = "group"
reversed = "ja"
facet = "one"

[[items]]
id = "own1"
text.nl = "Nog een zin."
label.nl = "Zin"
format = "agree"
referent = "group"
level = "grup"
facet = "two"

[[scales]]
id = "scale"
items = ["own1", "own9"]
level = "group"
composition = "consensus"
min_answered = 2
direction = "higher-better"
label.nl = "Schaal"
about.nl = "Hoog: meer."
""",
        encoding="utf-8",
    )
    code = call(["instruments", "check", str(tmp_path / "own.toml"), "--language", "en"])
    text = assert_refused(capsys, code, "own.toml")
    assert len(re.findall("^ERROR", text, flags=re.M)) >= 10
    for wrong in ("titel", "borrowed", "proven", "groep", "grup", "consensus", "Own Scale"):
        assert wrong in text


def test_a_study_naming_an_unknown_community(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_answers(study, people(6, "Noordd"))
    assert_refused(capsys, report(study)[0], "Noordd", "Bedoelde u \u201cNoord\u201d?")


def test_answers_that_fit_no_instrument(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = answers(study) / "anders.csv"
    path.write_text("kleur,maat\nrood,3\nblauw,4\n", encoding="utf-8")
    assert_refused(capsys, report(study)[0], "anders.csv")
    assert_refused(capsys, call(["score", str(path), "--language", "nl"]), "anders.csv")


def test_one_respondent(study: Path) -> None:
    write_answers(study, people(1))
    code, output = report(study)
    assert code == FINE
    modest(output)


def test_one_community_with_two_parties_of_which_one_has_one_person(study: Path) -> None:
    write_answers(study, people(9) + people(1, party="School"))
    code, output = report(study)
    assert code == FINE
    modest(output)
    assert call(["report", str(study), "-o", str(output), "--format", "csv", "--replace"]) == FINE
    rows = list(csv.DictReader(io.StringIO(table_text(output))))
    parties = [row for row in rows if row["unit"] in ("party", "sector")]
    assert parties
    assert {row["state"] for row in parties} == {"hidden"}
    assert {row["value"] for row in parties} == {""}


def test_all_answers_missing(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_answers(study, people(8), "")
    code, output = report(study)
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    assert code in (FINE, REJECTED)
    if code == FINE:
        modest(output)
    else:
        assert "antwoorden.csv" in printed.err


def test_all_answers_equal(study: Path) -> None:
    write_answers(study, people(12), 4)
    code, output = report(study)
    assert code == FINE
    modest(output)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '=HYPERLINK("http://x.example","klik")',
        "\u202egnorw",
        "`; DROP--",
        "😀" * 60,
    ],
)
def test_a_hostile_community_is_only_text(tmp_path: Path, name: str) -> None:
    study = write_study(tmp_path / "studie", communities=(name,))
    write_answers(study, people(12, name))
    code, output = report(study)
    assert code == FINE
    page = modest(output)
    assert "<script>alert(1)" not in page
    for kind in ("csv", "xlsx"):
        assert report(study, "--format", kind, "--replace")[0] == FINE
    for row in csv.reader(io.StringIO(table_text(output))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row if not _number(cell))
    book = openpyxl.load_workbook(output / "diagnosis.xlsx")
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds, "no cell of a workbook calculates"


def table_text(output: Path) -> str:
    return (output / "diagnosis.csv").read_text(encoding="utf-8-sig")


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_hostile_cell_is_named_and_does_not_run(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_answers(study, people(8))
    text = path.read_text(encoding="utf-8").splitlines()
    cells = text[3].split(",")
    cells[5] = '"=HYPERLINK(""http://x.example"")"'
    text[3] = ",".join(cells)
    path.write_text("\n".join(text), encoding="utf-8")
    code, output = report(study)
    printed = capsys.readouterr().err
    assert code == FINE, "one unreadable answer counts as missing, and is said"
    assert "HYPERLINK" in printed
    assert "antwoorden.csv" in printed
    assert "HYPERLINK" not in modest(output)


def test_ten_thousand_columns(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = answers(study) / "breed.csv"
    path.write_text(
        ",".join(f"kolom{number}" for number in range(10_000))
        + "\n"
        + ",".join("1" * 10_000)
        + "\n",
        encoding="utf-8",
    )
    text = assert_refused(capsys, report(study)[0], "breed.csv")
    assert len(text) < 20_000, "one message, not ten thousand"


def test_a_study_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert_refused(
        capsys, call(["report", str(tmp_path / "nergens"), "--language", "nl"]), "nergens"
    )


def test_a_broken_study_file_says_everything_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "study.toml").write_text(
        'titel = "x"\nlanguages = ["xx"]\nset = "shrot"\n', encoding="utf-8"
    )
    text = assert_refused(capsys, call(["check", str(tmp_path), "--language", "en"]), "study.toml")
    for word in ("titel", "title", "xx", "short"):
        assert word in text
