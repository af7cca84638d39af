from __future__ import annotations

import pytest
from faulty_studies import FAULTS, called_out, dossier_of

STARTS = range(1, 7)


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_called_out_and_a_clean_scale_is_not(fault: str) -> None:
    # six studies each; benchmarks/dossier.py has a hundred, with binomial intervals
    found = [called_out(fault, dossier_of(fault, start)) for start in STARTS]
    if fault == "clean":
        assert sum(found) == 0
    else:
        assert sum(found) >= 5


def test_with_few_people_a_fault_cannot_be_judged() -> None:
    found = dossier_of("two factors", 1, people=80)
    lines = [line for line in found.lines if line.criterion in ("one-dimension", "cfi", "rmsea")]
    assert {line.verdict for line in lines} == {"cannot-be-judged"}
    assert {line.why for line in lines} == {"few-people"}
