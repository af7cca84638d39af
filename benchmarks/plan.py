"""How well plans agree with what reports then show: pages, rows and widths of strips.

    python benchmarks/plan.py [--studies 40] [--write]

Thirty designs, drawn with the starts 1 to 30, are planned; each is compared with a report on other
simulated answers. Widths are compared in a study of six communities over many studies, class by
class. --write renews the table in docs/planning.md.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "outlook")]

from planned_designs import design, report_of, study_of_sizes  # noqa: E402

from lcdiag.base.estimate import Estimate  # noqa: E402
from lcdiag.diagnosis.calibrated import exact_interval  # noqa: E402
from lcdiag.outlook.plan import plan_study  # noqa: E402
from lcdiag.planning.truth_file import SpreadStated, StatedWorld  # noqa: E402
from lcdiag.views.extents import page_states, row_states  # noqa: E402

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "planning.md"
MARK = "<!-- table -->"
OTHER = 100


def shares(designs: range) -> list[str]:
    """Return how many pages and rows are as planned."""
    pages, rows, open_rows, whole = [], [], 0, 0
    for number in designs:
        study, world = design(number)
        plan = plan_study(study, world=world)
        report = report_of(study, world, OTHER + number)
        before = len(pages)
        for one in plan.communities:
            seen = {(p.page, p.wave): p.state for p in page_states(report, one.name)}
            pages += [seen.get((p.page, p.wave)) == p.state for p in one.pages]
            there = {
                (row.unit.kind, row.unit.name, row.wave): row.shown
                for row in row_states(report, one.name)
            }
            for row in one.rows:
                if row.state == "depends":
                    open_rows += 1
                else:
                    found = there.get((row.kind, row.name, row.wave), False)
                    rows.append(found == (row.state == "shown"))
        whole += all(pages[before:])
    lines = ["| compared | as planned | 95 % interval |", "|---|---|---|"]
    for name, hits, of in (
        ("designs with every page", whole, len(designs)),
        ("pages", sum(pages), len(pages)),
        ("rows of parties and sectors", sum(rows), len(rows)),
    ):
        low, high = exact_interval(hits, of)
        lines.append(f"| {name} | {hits} of {of} | {100 * low:.1f} to {100 * high:.1f} % |")
    return [*lines, "", f"{open_rows} rows were told to depend on the answers.", ""]


def widths(studies: int) -> list[str]:
    """Return expected and seen widths, class by class."""
    study = study_of_sizes()
    world = StatedWorld(spread=SpreadStated(missing=0.01), turnover=0.1)
    plan = plan_study(study, world=world)
    told = {
        (one.statistic, one.subject, one.kind, community.name, one.name, one.wave): one
        for community in plan.communities
        for one in community.widths
    }
    found: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for start in range(OTHER + 1, OTHER + studies + 1):
        for measure in report_of(study, world, start).measures:
            at, cell = measure.at, measure.cell
            key = (at.statistic, at.subject, at.unit.kind, at.unit.community, at.unit.name, at.wave)
            there = isinstance(cell, Estimate) and cell.value is not None
            band = cell.band(0.95) if isinstance(cell, Estimate) and there else None
            if band is not None and key in told:
                one = told[key]
                size = "5 to 7" if one.n < 8 else ("8 and 9" if one.n < 10 else "10 and more")
                pair = (one.width, band.high - band.low)
                found[one.statistic, one.kind, size].append(pair)
    lines = ["| strip of | row | answers | strips | planned | seen | planned / seen |"]
    lines.append("|---|---|---|---|---|---|---|")
    for (statistic, kind, size), pairs in sorted(found.items()):
        planned, seen = np.mean(np.array(pairs), axis=0)
        lines.append(
            f"| {statistic} | {kind} | {size} | {len(pairs)} | {planned:.2f} | {seen:.2f} "
            f"| {planned / seen:.2f} |"
        )
    return lines


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--studies", type=int, default=40)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    table = "\n".join([*shares(range(1, 31)), *widths(asked.studies)])
    print(table)
    if asked.write:
        before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        DOCUMENT.write_text(f"{before}{MARK}\n\n{table}\n\n{MARK}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
