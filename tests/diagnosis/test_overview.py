"""What a notebook shows of a diagnosis."""

from __future__ import annotations

import re

from lcdiag.base.estimate import Estimate, Hidden
from lcdiag.base.levels import Level
from lcdiag.diagnosis.model import (
    Address,
    Diagnosis,
    Measure,
    Provenance,
    Thresholds,
    Unit,
    WaveInfo,
    Words,
)


def diagnosis(
    *cells: Estimate | Hidden, community: str = "Dorp", internal: bool = False
) -> Diagnosis:
    unit = Unit(kind="community", community=community)
    return Diagnosis(
        title=community,
        languages=("nl",),
        communities=(community,),
        waves=(WaveInfo(number=1),),
        thresholds=Thresholds(minimum=5, exact=10, paired=6),
        words=Words(),
        measures=tuple(
            Measure(
                at=Address(
                    statistic="mean", subject=f"it{n}", level=Level.GROUP, unit=unit, wave=1
                ),
                cell=cell,
            )
            for n, cell in enumerate(cells)
        ),
        provenance=Provenance(lcdiag="0", study="s", responses="r", made="", internal=internal),
    )


def test_shown_hidden_and_absent_measures_are_counted() -> None:
    page = diagnosis(
        Estimate(4.25, 3.5, 5.0, 0.9, n=12), Hidden(), Hidden(), Estimate.missing("few", n=4)
    )._repr_html_()
    assert "1 shown, 2 hidden to protect people, 1 absent" in page
    assert "<td>4.25</td><td>3.5 to 5</td><td>12</td>" in page


def test_hidden_cells_have_no_row() -> None:
    page = diagnosis(Hidden(), Hidden())._repr_html_()
    assert "<table" not in page
    assert "it0" not in page


def test_no_name_becomes_markup() -> None:
    name = "<script>alert('x')</script> & \"co\""
    page = diagnosis(Estimate(1.0, n=9), community=name)._repr_html_()
    assert set(re.findall(r"</?([a-z]+)", page)) <= {
        *("div", "p", "strong", "ul", "li", "code"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert "&lt;script&gt;" in page


def test_what_is_internal_says_so() -> None:
    assert "NIET DELEN" in diagnosis(internal=True)._repr_html_()
    assert "NIET DELEN" not in diagnosis()._repr_html_()
