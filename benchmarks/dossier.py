"""How often a dossier calls out a planted fault, and a clean scale; and how long dossiers take.

    python benchmarks/dossier.py                 # 100 studies a line
    python benchmarks/dossier.py --studies 20
    python benchmarks/dossier.py --write         # the table in docs/dossier.md

Every study has 400 people a language in 40 communities and asks one scale of seven items, three of
them reversed. Study r starts its generator at r = 1, 2, 3 ...; none is left out. A fault is called
out when the line that is there for it is not met; a clean scale when any line is. Shares stand
with their exact binomial interval at 95 %. The times are CPU seconds of whole dossiers: the sample
study, and 2,042 people in 49 companies where the reference data is on this machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "dossier")]

from end_to_end.real_studies import leadership_study  # noqa: E402
from faulty_studies import FAULTS, called_out, dossier_of  # noqa: E402
from reference_place import reference_folder  # noqa: E402

import lcdiag  # noqa: E402
from lcdiag.base.shelf import shelf  # noqa: E402
from lcdiag.diagnosis.calibrated import exact_interval  # noqa: E402

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "dossier.md"
MARK = "<!-- table -->"


def lines(studies: int) -> list[str]:
    """Return one row a fault."""
    rows = ["| in the study | called out | 95 % interval |", "|---|---|---|"]
    for fault in FAULTS:
        hits = sum(called_out(fault, dossier_of(fault, start)) for start in range(1, studies + 1))
        low, high = exact_interval(hits, studies)
        rows.append(f"| {fault} | {hits} of {studies} | {100 * low:.1f} to {100 * high:.1f} % |")
        print(rows[-1], flush=True)
    return rows


def timed(folder: Path) -> float:
    """Return the CPU seconds of reading a study and making its dossier."""
    began = time.process_time()
    lcdiag.validate(folder)
    return time.process_time() - began


def main() -> int:
    """Print the table and the times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--studies", type=int, default=100)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    print(f"sample study: {timed(shelf('sample_data') / 'energietransitie'):.1f} s CPU")
    if (folder := reference_folder()) is not None:
        with tempfile.TemporaryDirectory() as made:
            found = timed(leadership_study(Path(made), folder / "data"))
            print(f"2,042 people in 49 companies: {found:.1f} s CPU")
    table = "\n".join(lines(asked.studies))
    if asked.write:
        before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        text = f"{before}{MARK}\n\n{table}\n\n{MARK}{after}"
        DOCUMENT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
