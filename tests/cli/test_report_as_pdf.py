"""Pages printed as PDF: which browser is found, and what happens where it fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "views"))

from sample import COMMUNITY, small

from lcdiag.base.errors import LcdiagError
from lcdiag.cli.main import REJECTED, call
from lcdiag.views.render import render_dashboard
from lcdiag.workflow.pdf import MAC, WINDOWS, find_browser, printed

posix = pytest.mark.skipif(os.name != "posix", reason="stands on a shell script")
PAGES = {"a.html": b"<title>a</title>", "index.html": b"", "INTERN-b.html": b"", "a.csv": b""}


def program(folder: Path, lines: str, name: str = "chromium") -> Path:
    made = folder / name
    made.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    made.chmod(0o755)
    return made


WRITES = """for word; do case "$word" in --print-to-pdf=*)
printf '%%PDF-1.4 /CreationDate (D:20301231235959+00)' > "${word#*=}";; esac; done"""


@posix
def test_every_page_but_the_index_becomes_a_pdf_beside_it(tmp_path: Path) -> None:
    browser = program(tmp_path, WRITES)
    steps: list[int] = []
    made = printed(
        PAGES,
        tmp_path / "not" / "yet",
        "2026-11-10",
        browser=browser,
        done=lambda: steps.append(1),
    )
    assert list(made) == ["a.pdf", "INTERN-b.pdf"]
    assert made["a.pdf"] == b"%PDF-1.4 /CreationDate (D:20261110000000+00)"
    assert len(steps) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["chromium"]


@posix
@pytest.mark.parametrize("lines", ["sleep 60 & sleep 60", "exit 1", "exit 0", f"{WRITES}; exit 1"])
def test_a_browser_that_fails_or_hangs_leaves_nothing_behind(lines: str, tmp_path: Path) -> None:
    browser = program(tmp_path, lines)
    with pytest.raises(LcdiagError) as caught:
        printed(PAGES, tmp_path, "2026-11-10", browser=browser, seconds=0.3)
    assert caught.value.findings[0].code == "interaction.pdf-failed"
    assert caught.value.findings[0].where == "a.html"
    assert [one.name for one in tmp_path.iterdir()] == ["chromium"]


@posix
def test_a_browser_is_the_one_named_else_the_first_that_is_known(tmp_path: Path) -> None:
    edge = program(tmp_path, "", "microsoft-edge")
    path = {"PATH": str(tmp_path)}
    assert find_browser(path) == edge
    chrome = program(tmp_path, "", "google-chrome")
    assert find_browser(path) == chrome
    assert find_browser({**path, "CHROMIUM": str(edge)}) == edge
    assert find_browser({**path, "CHROMIUM": str(tmp_path / "none")}) is None
    assert find_browser({}, "linux") is None


@pytest.mark.parametrize(
    ("system", "variable", "places"),
    [("win32", "PROGRAMFILES", WINDOWS), ("darwin", "HOME", MAC)],
)
def test_the_usual_places_of_a_system_are_looked_at(
    system: str, variable: str, places: tuple[str, ...], tmp_path: Path
) -> None:
    at = tmp_path / ("Applications" if system == "darwin" else "") / places[-1]
    assert find_browser({variable: str(tmp_path)}, system) is None
    at.parent.mkdir(parents=True)
    at.touch()
    assert find_browser({variable: str(tmp_path)}, system) == at


@pytest.mark.parametrize(
    ("more", "words"),
    [([], "Die is niet gevonden."), (["--format", "csv"], "niet met csv")],
)
def test_nothing_is_worked_out_where_nothing_can_be_printed(
    more: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    asked = ["report", str(tmp_path / "study"), "--pdf", "--language", "nl", *more]
    assert call(asked) == REJECTED
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
def test_a_printed_page_is_tagged_titled_and_has_an_outline(tmp_path: Path) -> None:
    browser = find_browser()
    if browser is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: set CHROMIUM to its path, or install it")
        pytest.skip("no Chromium on this machine")
    page = render_dashboard(small(), COMMUNITY, explore=False).encode("utf-8")
    first, again = (
        printed({"a.html": page}, tmp_path, "2026-11-10", browser=browser)["a.pdf"] for _ in "12"
    )
    assert first == again
    assert len(first) <= 1_000_000
    assert b"/StructTreeRoot" in first
    assert b"/Marked true" in first
    assert b"/Lang (nl)" in first
    assert b"/Title (Per stelling)" in first  # in the outline
    assert re.findall(rb"/CreationDate \(D:(\d+)", first) == [b"20261110000000"]
    if shutil.which("pdfinfo") is None:
        pytest.skip("no pdfinfo on this machine")
    file = tmp_path / "a.pdf"
    file.write_bytes(first)
    said = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True).stdout.decode()
    assert re.search(rf"Title: +{COMMUNITY} – Hoe werken wij samen\?", said)
    assert re.search(r"Tagged: +yes", said)
    assert re.search(r"Page size:.*A4", said)
    words = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    assert b"page.html" not in words  # no header or footer of the browser
