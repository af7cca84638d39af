"""The dashboards of the sample study: one community each, the same bytes each time, small."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lcdiag import diagnose, open_study, read_responses, render, to_frame
from lcdiag.base.estimate import Hidden
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.workflow.names import file_names
from lcdiag.workflow.report import report_files
from lcdiag.workflow.study import sample_study

KNOWN = "Isoleren met de buurt"
PLANTED = "Warmte in de wijk"


@pytest.fixture(scope="module")
def diagnosis() -> Diagnosis:
    study = open_study(sample_study())
    return diagnose(study, read_responses(study), made="2026-11-10")


@pytest.fixture(scope="module")
def pages(diagnosis: Diagnosis) -> dict[str, str]:
    return {name: render(diagnosis, name, explore=False) for name in diagnosis.communities}


def test_the_small_community_stands_first(diagnosis: Diagnosis) -> None:
    assert diagnosis.communities[0] == PLANTED
    last = [sample for sample in diagnosis.sample if sample.community == PLANTED][-1]
    assert (last.invited, last.answered) == (11, 9)


def test_the_planted_community_carries_the_signature_and_the_known_lag_does_not(
    diagnosis: Diagnosis,
) -> None:
    carrying = {(signal.unit.community, signal.wave) for signal in diagnosis.signals}
    assert (PLANTED, 3) in carrying
    assert KNOWN not in {community for community, _ in carrying}
    for signal in diagnosis.signals:
        for at in signal.because:
            cell = diagnosis.cell(at.statistic, at.subject, at.unit, at.wave)
            assert cell is not None
            assert not isinstance(cell, Hidden), "a reading rests on what may be read"


def test_a_page_names_one_community(diagnosis: Diagnosis, pages: dict[str, str]) -> None:
    for name, page in pages.items():
        for other in diagnosis.communities:
            assert (other in page) == (other == name)


def test_a_page_holds_no_number_of_another_community(diagnosis: Diagnosis) -> None:
    for name in diagnosis.communities:
        part = diagnosis.only(name)
        assert {measure.at.unit.community for measure in part.measures} <= {"", name}
        assert {sample.community for sample in part.sample} == {name}
    for name in diagnosis.communities[:3]:
        part = diagnosis.only(name)
        assert render(part, name, explore=False) == render(diagnosis, name, explore=False)


def test_numbers_of_the_whole_study_are_the_same_in_every_part(diagnosis: Diagnosis) -> None:
    whole = [m for m in diagnosis.measures if m.at.unit.kind == "study"]
    assert whole
    for name in diagnosis.communities[:3]:
        part = diagnosis.only(name)
        assert [m for m in part.measures if m.at.unit.kind == "study"] == whole


def test_a_dashboard_can_be_made_again_from_its_json(diagnosis: Diagnosis) -> None:
    part = diagnosis.only(PLANTED)
    again = Diagnosis.from_json(part.to_json())
    assert again == part
    assert render(again, PLANTED, explore=False) == render(part, PLANTED, explore=False)


def test_equal_input_gives_equal_bytes_in_another_process(
    pages: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "import sys, lcdiag, hashlib\n"
        "from lcdiag.workflow.study import sample_study\n"
        "d = lcdiag.diagnose(sample_study(), made='2026-11-10')\n"
        "page = lcdiag.render(d, d.communities[0], explore=False)\n"
        "print(hashlib.sha256(page.encode('utf-8')).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "4242"},
    )
    assert done.stdout.strip() == hashlib.sha256(pages[PLANTED].encode("utf-8")).hexdigest()


def test_pages_stay_small(diagnosis: Diagnosis, pages: dict[str, str]) -> None:
    for page in pages.values():
        figures = len(re.findall("<figure", page))
        assert figures >= 10
        assert len(page.encode("utf-8")) <= 200_000 * max(1.0, figures / 25)
    whole = render(diagnosis, PLANTED).encode("utf-8")
    figures = len(re.findall("<figure", pages[PLANTED]))
    assert len(whole) <= 2_300_000 + 200_000 * max(0.0, figures / 25 - 1)


def test_tables_hold_what_the_diagnosis_holds(diagnosis: Diagnosis) -> None:
    frame = to_frame(diagnosis)
    assert len(frame) == len(diagnosis.measures)
    hidden = frame[frame["state"] == "hidden"]
    assert len(hidden) == sum(isinstance(m.cell, Hidden) for m in diagnosis.measures)
    assert hidden[["value", "low", "high", "n"]].isna().to_numpy().all()


def test_files_of_a_report_have_plain_names() -> None:
    names = file_names(["Één", "één", "../../etc/passwd", "<b>", "index", "日本", "a" * 300])
    assert len(set(names.values())) == 7
    for name in names.values():
        assert re.fullmatch(r"[a-z0-9-]{1,64}", name)


def test_internal_reports_are_stamped_everywhere() -> None:
    study = open_study(sample_study())
    exact = diagnose(study, read_responses(study), internal=True)
    for kind in ("html", "csv", "json"):
        files = report_files(exact, communities=[PLANTED], kind=kind, explore=False)
        for name, content in files.items():
            assert name.startswith("INTERN-")
            assert b"INTERN" in content or kind == "json"
