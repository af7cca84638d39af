"""lcdiag report --all: every file at once, and an index that leads to them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lcdiag.cli.main import FINE, REJECTED, call


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("all") / "study"
    asked = ["simulate", "pulse", "-o", str(folder), "--people", "48", "--language", "en"]
    assert call([*asked, "--start", "3", "--quiet"]) == FINE
    return folder


@pytest.fixture(scope="module")
def written(study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    asked = ["report", str(study), "--all", "-o", str(out), "--no-explore", "--quiet"]
    assert call([*asked, "--language", "en"]) == FINE
    return out


def test_the_index_leads_to_every_file_and_every_file_is_there(written: Path) -> None:
    names = {path.name for path in written.iterdir()}
    index = (written / "index.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"#]+)"', index))
    assert linked == names - {"index.html"}
    dashboards = {name for name in names if name.startswith("community-")}
    sheets = {name for name in names if name.startswith("onepager-")}
    assert len(dashboards) == len(sheets) >= 2
    assert {"coordinator.html", "appendix.html"} <= names


def test_without_an_agreement_there_is_no_portfolio_and_the_index_says_why(written: Path) -> None:
    assert not (written / "portfolio.html").exists()
    index = (written / "index.html").read_text(encoding="utf-8")
    assert "the parties did not agree to see communities side by side" in index


def test_each_file_of_a_community_names_no_other(written: Path) -> None:
    for path in written.glob("*community-a.html"):
        text = path.read_text(encoding="utf-8")
        assert "Community A" in text
        assert "Community B" not in text


def test_what_was_handed_out_is_written_down(study: Path, written: Path) -> None:
    kept = json.loads((study / "releases.json").read_text(encoding="utf-8"))
    assert written.is_dir()
    assert "Community A" in json.dumps(kept)


def test_an_internal_report_is_stamped_by_name_and_page(study: Path, tmp_path: Path) -> None:
    asked = ["report", str(study), "--all", "-o", str(tmp_path), "--no-explore", "--quiet"]
    assert call([*asked, "--internal"]) == FINE
    pages = [path for path in tmp_path.iterdir() if path.suffix == ".html"]
    assert pages
    for path in pages:
        assert path.name.startswith("INTERN-")
        if "index" not in path.name:
            assert "NIET DELEN" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("more", [["--community", "x"], ["--coordinator"], ["--format", "csv"]])
def test_it_is_all_or_nothing(
    study: Path, tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["report", str(study), "--all", "-o", str(tmp_path), "--language", "en"]
    assert call([*asked, *more]) == REJECTED
    assert "leave out --community" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
