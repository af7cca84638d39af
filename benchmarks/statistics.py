"""How fast the statistics room is, beside its peers: one run, one thread, CPU seconds.

    python benchmarks/statistics.py               # about ten minutes with R
    python benchmarks/statistics.py --small       # a tenth of every size
    python benchmarks/statistics.py --write       # and put the table in docs/quality.md

Every line says what was asked of ours and whether it was met. Peers: numpy.cov on the same array,
pingouin, and R's psych, multilevel and lme4 where Rscript has them; of an R package the fit alone
is timed, and it is stopped after 120 s. The threads of the numerical libraries are set to one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# this file is called like a module of Python, which must be found first
sys.path[:] = [*(entry for entry in sys.path if Path(entry).resolve() != HERE), str(HERE)]

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
    # numpy reads these when it is loaded, so it must not have been
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})

import numpy as np  # noqa: E402
from quality import write_section  # noqa: E402

from lcdiag.statistics.agreement import ad_m_j, rwg_j  # noqa: E402
from lcdiag.statistics.arrays import as_grouping  # noqa: E402
from lcdiag.statistics.careless import (  # noqa: E402
    intra_individual_variability,
    longstring,
    response_speed,
)
from lcdiag.statistics.careless_consistency import (  # noqa: E402
    even_odd,
    person_total,
    psychometric_synonyms,
)
from lcdiag.statistics.careless_distance import mahalanobis  # noqa: E402
from lcdiag.statistics.intraclass import icc_1, icc_k  # noqa: E402
from lcdiag.statistics.items import item_rest  # noqa: E402
from lcdiag.statistics.moments import centred_moments  # noqa: E402
from lcdiag.statistics.polychoric import polychoric  # noqa: E402
from lcdiag.statistics.reliability import alpha_if_dropped, cronbach_alpha  # noqa: E402
from lcdiag.statistics.variance import variance_shares  # noqa: E402

PATIENCE = 120
"""CPU seconds an R package is given."""


@dataclass(frozen=True)
class Line:
    """One line of the table; `limit` is in seconds, None where nothing is asked."""

    task: str
    seconds: float | None
    limit: float | None = None
    asked: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        """Return whether it is as fast as asked."""
        if self.limit is None or self.seconds is None:
            return ""
        return "met" if self.seconds <= self.limit else "NOT MET"

    def cells(self) -> tuple[str, str, str, str]:
        """Return the line as texts."""
        time_used = self.note if self.seconds is None else f"{self.seconds:.2f} s"
        note = "" if self.seconds is None or not self.note else f"; {self.note}"
        return self.task, time_used + note, self.asked, self.verdict


class Table:
    """Lines, printed as they come."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def add(self, *arguments: Any, **named: Any) -> None:
        """Add and print a line."""
        self.lines.append(Line(*arguments, **named))
        task, used, asked, verdict = self.lines[-1].cells()
        print(f"{task:<80} {used:<22} {asked:<26} {verdict}", flush=True)


def cpu(work: Callable[[], Any], times: int = 3) -> float:
    """Return the least CPU seconds of some runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def in_r(table: Table, task: str, what: str, columns: Any) -> float | None:
    """Time one fit of an R package and add its line; return its seconds, or None."""
    program = shutil.which("Rscript")
    name = f"{task}, {what}"
    package = task.split("::")[0]
    if program is None:
        table.add(name, None, note="skipped: no Rscript")
        return None
    look = [program, "-e", f"stopifnot(requireNamespace('{package}', quietly=TRUE))"]
    if subprocess.run(look, capture_output=True, check=False).returncode:
        table.add(name, None, note=f"skipped: R has no {package}")
        return None
    data = np.asarray(columns, dtype=np.float64)
    with tempfile.NamedTemporaryFile() as file:
        data.T.tofile(file.name)
        done = subprocess.run(
            [program, str(HERE / "peers.R"), task, file.name, *map(str, data.shape)],
            capture_output=True,
            text=True,
            check=False,
            # reading the data takes a moment too
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_CPU, (PATIENCE + 10, PATIENCE + 10)
            ),
        )
    if done.returncode < 0:
        table.add(name, None, note=f"over {PATIENCE} s")
        return float("inf")
    if done.returncode:
        table.add(name, None, note=f"stopped: {done.stderr.strip().splitlines()[-1][:80]}")
        return None
    seconds = float(done.stdout.split()[-1])
    table.add(name, seconds)
    return seconds


def alpha_all(items: Any) -> None:
    """Alpha with interval, item-rest and alpha if dropped, from one pass."""
    moments = centred_moments(items)
    cronbach_alpha(moments)
    item_rest(moments)
    alpha_if_dropped(moments)


def reliability(table: Table, rng: np.random.Generator, n: int, k: int = 40) -> None:
    size = f"{n:,} x {k}"
    items = rng.integers(1, 8, (n, k)).astype(float)
    peer = cpu(lambda: np.cov(items, rowvar=False))
    table.add(f"numpy.cov, {size}", peer)
    ours = cpu(lambda: alpha_all(items))
    what = f"alpha with interval, item-rest, alpha if dropped, {size}"
    table.add(what, ours, 1.5 * peer, "1.5 x numpy.cov", f"{ours / peer:.2f} x")
    in_r(table, "psych::alpha", size, items)
    items[rng.random(items.shape) < 0.05] = np.nan
    ours = cpu(lambda: alpha_all(items))
    table.add(
        "alpha with interval, item-rest, alpha if dropped, 5 % missing, pairwise",
        ours,
        4 * peer,
        "4 x numpy.cov",
        f"{ours / peer:.2f} x",
    )


def reliability_beside_pingouin(table: Table, rng: np.random.Generator, n: int, k: int) -> None:
    import pandas as pd
    import pingouin

    frame = pd.DataFrame(rng.integers(1, 8, (n, k)).astype(float))
    peer = cpu(lambda: pingouin.cronbach_alpha(data=frame))
    table.add(f"pingouin.cronbach_alpha, {n:,} x {k}", peer)
    ours = cpu(lambda: cronbach_alpha(frame, interval="feldt"))
    table.add(f"cronbach_alpha with the same interval, {n:,} x {k}", ours, peer, "pingouin")
    table.add("cronbach_alpha with the default interval", cpu(lambda: cronbach_alpha(frame)))


def agreement(
    table: Table, rng: np.random.Generator, groups: int, n: int = 10, k: int = 20
) -> None:
    labels = rng.permutation(np.repeat(np.arange(groups), n))
    items = rng.integers(1, 8, (groups * n, k)).astype(float)
    score = items.mean(axis=1)

    def work(rows: Any, of: Any, scores: Any) -> None:
        rwg_j(rows, of, options=7)
        ad_m_j(rows, of)
        icc_1(scores, of)
        icc_k(scores, of)

    size = f"{groups:,} groups of {n} x {k}"
    ours = cpu(lambda: work(items, labels, score))
    table.add(f"rwg(j), AD, ICC(1), ICC(k), {size}, labels in random order", ours, 1, "1 s")
    text = np.array([f"group {label}" for label in labels.tolist()])
    table.add("rwg(j), AD, ICC(1), ICC(k), text labels", cpu(lambda: work(items, text, score), 1))

    def once() -> None:
        work(items, as_grouping(text, len(text)), score)

    table.add("rwg(j), AD, ICC(1), ICC(k), text labels sorted once for all four", cpu(once, 1))
    in_r(table, "multilevel::rwg.j", size, np.column_stack([labels, items]))
    items[rng.random(items.shape) < 0.05] = np.nan
    table.add("rwg(j), AD, ICC(1), ICC(k), 5 % missing", cpu(lambda: work(items, labels, score), 1))


def crossed(table: Table, rng: np.random.Generator, persons: int, raters: int) -> None:
    person = np.repeat(np.arange(persons), 10)
    rater = rng.integers(0, raters, persons * 10)
    noise = rng.normal(size=persons * 10)
    values = 4 + rng.normal(size=persons)[person] + 0.5 * rng.normal(size=raters)[rater] + noise
    size = f"{persons * 10:,} ratings, {persons:,} persons x {raters:,} raters"
    factors = {"person": person, "rater": rater}
    ours = cpu(lambda: variance_shares(values, factors), 1)
    peer = in_r(table, "lme4::lmer", size, np.column_stack([values, person, rater]))
    large = persons * raters >= 100_000_000
    limit, asked = (120.0, "120 s") if large else (peer, "ahead of lme4")
    table.add(f"crossed REML, {size}", ours, limit, asked)


def careless(table: Table, rng: np.random.Generator, n: int, k: int = 20) -> None:
    direction = np.where(np.arange(k) % 4 == 3, -1, 1)  # some items ask for the opposite
    trait = rng.normal(size=(n, 1))
    items = np.clip(np.round(4 + direction * trait + rng.normal(size=(n, k))), 1, 7)
    seconds = rng.lognormal(4, 0.5, n)

    def work() -> None:
        longstring(items)
        intra_individual_variability(items)
        mahalanobis(items)
        even_odd(items, [5] * (k // 5))
        psychometric_synonyms(items, 0.45)
        psychometric_synonyms(items, 0.45, antonyms=True)
        person_total(items)
        response_speed(seconds, k)

    table.add(f"all careless indices, {n:,} x {k}", cpu(work), 3, "3 s")


def ordinal(table: Table, rng: np.random.Generator, n: int, k: int = 20) -> None:
    trait = rng.normal(size=(n, 1))
    items = np.clip(np.round(3 + 0.7 * trait + rng.normal(size=(n, k))), 1, 5)
    table.add(f"polychoric matrix, {n:,} x {k}", cpu(lambda: polychoric(items)), 2, "2 s")
    in_r(table, "psych::polychoric", f"{n:,} x {k}", items)


def as_markdown(lines: Sequence[Line]) -> str:
    """Return the table of docs/quality.md."""
    import scipy

    rows = ["| task | CPU | asked | |", "|---|---|---|---|"]
    rows += ["| " + " | ".join(line.cells()) + " |" for line in lines]
    versions = (
        f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}"
    )
    return "\n".join(
        [
            "CPU seconds of one run in one thread (best of three where it is short); of an R "
            f"package the fit alone, stopped after {PATIENCE} s.",
            f"{versions}; a machine of {os.cpu_count()} CPUs with other work on it. Repeat: "
            "`python benchmarks/statistics.py --write`.",
            "",
            *rows,
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where something is slower than asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="a tenth of every size")
    parser.add_argument("--json", type=Path, help="write the table to a file")
    parser.add_argument("--write", action="store_true", help="write docs/quality.md")
    options = parser.parse_args(arguments)
    scale = 10 if options.small else 1
    rng = np.random.default_rng(1)
    table = Table()
    reliability(table, rng, 1_000_000 // scale)
    reliability_beside_pingouin(table, rng, 100_000 // scale, 40)
    agreement(table, rng, 100_000 // scale)
    crossed(table, rng, 10_000 // scale, 200)
    crossed(table, rng, 100_000 // scale, 2_000 // scale)
    careless(table, rng, 100_000 // scale)
    ordinal(table, rng, 100_000 // scale)
    if options.json:
        content = [{**asdict(line), "verdict": line.verdict} for line in table.lines]
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if options.write:
        write_section("speed", as_markdown(table.lines))
    return int(any(line.verdict == "NOT MET" for line in table.lines))


if __name__ == "__main__":
    sys.exit(main())
