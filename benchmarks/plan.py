"""Whether studies show what their plan said, and whether their strips are as wide as it said.

    python benchmarks/plan.py [--designs 100] [--studies 150] [--write]

Draws designs of studies (communities, parties, waves, seats, questions, agreements, response),
plans each, and lays the plan beside reports on answers with other starts. Then does so for the
widths of strips in studies of communities from 5 to 30 answers. With ``--write`` the tables go to
``docs/planning.md``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# a benchmark beside this one bears the name of a standard module
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != HERE]
sys.path.insert(0, str(ROOT / "tests" / "outlook"))

from planned_designs import design, report_of  # noqa: E402
from planned_widths import strips, study_of_sizes  # noqa: E402

from lcdiag.diagnosis.calibrated import exact_interval  # noqa: E402
from lcdiag.outlook.plan import STARTS, plan_study  # noqa: E402
from lcdiag.planning.truth_file import SpreadStated, StatedWorld  # noqa: E402
from lcdiag.views.extents import page_states, row_states  # noqa: E402

PAGE = ROOT / "docs" / "planning.md"
MARK = "<!-- table -->"
REPORTS = 3
"""Reports on other answers for every design."""
WORLDS: tuple[tuple[str, str, StatedWorld], ...] = (
    (
        "parties agreed to rows of parties; a tenth of the seats changes hands",
        "party",
        StatedWorld(spread=SpreadStated(missing=0.01), turnover=0.1),
    ),
    (
        "rows of sectors; people and parties differ more; four tenths change hands",
        "sector",
        StatedWorld(spread=SpreadStated(party=0.5, answer=1.1), turnover=0.4),
    ),
)
KINDS = {
    "mean": "mean of a scale",
    "perception_gap": "gap with what others are thought to want",
    "abilene_gap": "gap with what is done",
    "change": "change between waves",
}


@dataclass
class Agreement:
    """How often plans and reports agreed."""

    right: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    """Designs of which every page of every report was as told."""

    def add(self, name: str, right: bool) -> None:
        """Count one thing that the plan told."""
        self.told[name] += 1
        self.right[name] += right

    def line(self, name: str, of: str) -> str:
        """Return a row of the table."""
        low, high = exact_interval(self.right[of], self.told[of])
        return (
            f"| {name} | {self.told[of]:,} | {self.right[of]:,} | "
            f"{100 * self.right[of] / self.told[of]:.2f} % "
            f"[{100 * low:.2f}, {100 * high:.2f}] |"
        )


def agreement(designs: int) -> Agreement:
    """Return how often pages and rows are as the plan of their design said."""
    found = Agreement()
    for number in range(1, designs + 1):
        study, world = design(number)
        plan = plan_study(study, world=world)
        wrong = found.told["pages"] - found.right["pages"]
        for report in (report_of(study, world, 10_000 * (k + 1) + number) for k in range(REPORTS)):
            for one in plan.communities:
                pages = {(p.page, p.wave): p.state for p in page_states(report, one.name)}
                for page in one.pages:
                    if page.state == "depends":
                        found.told["pages that depend"] += 1
                    else:
                        found.add("pages", pages[page.page, page.wave] == page.state)
                rows = {
                    (row.unit.kind, row.unit.name, row.wave): row.shown
                    for row in row_states(report, one.name)
                }
                for row in one.rows:
                    if row.state == "depends":
                        found.told["rows that depend"] += 1
                        continue
                    shown = rows.get((row.kind, row.name, row.wave), False)
                    found.add(f"rows {row.state}", shown == (row.state == "shown"))
        found.whole += found.told["pages"] - found.right["pages"] == wrong
    return found


def agreed_text(designs: int) -> Iterator[str]:
    found = agreement(designs)
    depend = found.told["pages that depend"], found.told["rows that depend"]
    rows = sum(found.told[name] for name in ("rows shown", "rows hidden"))
    yield (
        f"{designs} designs, each planned from {len(STARTS)} drawn studies and laid beside "
        f"{REPORTS} reports on\nother answers. In {found.whole} of {designs} designs every page "
        "was as told. Exact binomial intervals at 95 %;\n"
        "they take cases as independent, which pages of one report are not.\n\n"
    )
    yield "| what the plan said | cases | so in the report | share |\n|---|---|---|---|\n"
    yield found.line("a page: shown, hidden, not asked, text or later", "pages") + "\n"
    yield found.line("a row below a community: shown", "rows shown") + "\n"
    yield found.line("a row below a community: hidden", "rows hidden") + "\n\n"
    yield (
        f"The plan left open what {depend[0]} of {found.told['pages'] + depend[0]:,} pages and "
        f'{depend[1]} of {rows + depend[1]:,} rows would do ("depends").\n\n'
    )


def width_text(studies: int) -> Iterator[str]:
    yield (
        f"Mean widths of 95 % strips in points, {studies} studies a table, communities of 5, 6, 7, "
        "8, 9, 10, 12, 15, 20, 24\nand 30 answers over two waves. The ratio has a 95 % interval "
        "that takes a study as one draw.\n"
    )
    for name, report_by, world in WORLDS:
        study = study_of_sizes(report_by)
        found = strips(plan_study(study, world=world), study, world, range(1001, 1001 + studies))
        yield f"\n{name[0].upper()}{name[1:]}:\n\n"
        yield "| number | of | answers | strips | told | seen | told / seen |\n"
        yield "|---|---|---|---|---|---|---|\n"
        order = {key: place for place, key in enumerate(KINDS)}
        size = {"5 to 7": 0, "8 and 9": 1, "10 to 30": 2}
        for key in sorted(found, key=lambda k: (order[k[0]], k[1], size[k[2]])):
            pair = found[key]
            ratio, sums = pair.ratio(), pair.by_study()
            apart = (sums[:, 0] - ratio * sums[:, 1]) / sums[:, 1].mean()
            half = 1.96 * apart.std(ddof=1) / np.sqrt(len(sums))
            yield (
                f"| {KINDS[key[0]]} | {key[1]} | {key[2]} | {len(pair.seen):,} | "
                f"{np.mean(pair.expected):.2f} | {np.mean(pair.seen):.2f} | "
                f"{ratio:.3f} [{ratio - half:.3f}, {ratio + half:.3f}] |\n"
            )


def main(designs: int, studies: int, write: bool) -> None:
    """Print the tables, and write them down if asked."""
    parts = [*agreed_text(designs), *width_text(studies)]
    text = "".join(parts)
    print(text)
    if write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        PAGE.write_text(f"{before}{MARK}\n\n{text}\n{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--designs", type=int, default=100)
    parser.add_argument("--studies", type=int, default=150)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    main(chosen.designs, chosen.studies, chosen.write)
