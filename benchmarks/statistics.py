"""Time the statistics room beside its peers, in one run and one thread.

Run: OPENBLAS_NUM_THREADS=1 python benchmarks/statistics.py [--small]

Prints CPU seconds (best of three) of ours, of numpy.cov on the same array, and of pingouin where
it is installed and can finish. --small divides the sizes by ten.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from lcdiag.statistics.agreement import ad_m_j, rwg_j
from lcdiag.statistics.arrays import as_grouping
from lcdiag.statistics.intraclass import icc_1, icc_k
from lcdiag.statistics.items import item_rest
from lcdiag.statistics.moments import centred_moments
from lcdiag.statistics.reliability import alpha_if_dropped, cronbach_alpha


def cpu(work: Callable[[], Any], times: int = 3) -> float:
    """Return the least CPU seconds of some runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def line(what: str, seconds: float, beside: str = "") -> None:
    print(f"{what:<58} {seconds:8.3f} s   {beside}")


def alpha_all(items: Any) -> None:
    """Alpha with interval, item-rest and alpha if dropped, from one pass."""
    moments = centred_moments(items)
    cronbach_alpha(moments)
    item_rest(moments)
    alpha_if_dropped(moments)


def alpha_beside_numpy(rng: np.random.Generator, n: int, k: int = 40) -> None:
    items = rng.integers(1, 8, (n, k)).astype(float)
    peer = cpu(lambda: np.cov(items, rowvar=False))
    line(f"numpy.cov, {n:,} x {k}", peer)
    ours = cpu(lambda: cronbach_alpha(items))
    line("  cronbach_alpha with interval", ours, f"{ours / peer:.2f} x numpy.cov (limit 1.5)")
    ours = cpu(lambda: alpha_all(items))
    line("  + item-rest + alpha if dropped", ours, f"{ours / peer:.2f} x numpy.cov (limit 1.5)")
    items[rng.random(items.shape) < 0.05] = np.nan
    ours = cpu(lambda: alpha_all(items))
    line("  the same, 5 % missing, pairwise", ours, f"{ours / peer:.2f} x numpy.cov (limit 4)")


def alpha_beside_pingouin(rng: np.random.Generator, n: int, k: int = 40) -> None:
    here = Path(__file__).resolve().parent
    # this file is called like a module of Python that pandas needs
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != here]
    try:
        import pandas as pd
        import pingouin
    except ImportError:
        print("pingouin is not installed here")
        return
    frame = pd.DataFrame(rng.integers(1, 8, (n, k)).astype(float))
    peer = cpu(lambda: pingouin.cronbach_alpha(data=frame), 1)
    line(f"pingouin.cronbach_alpha, {n:,} x {k}", peer)
    line("  cronbach_alpha", cpu(lambda: cronbach_alpha(frame), 1))


def agreement(rng: np.random.Generator, groups: int, size: int = 10, k: int = 20) -> None:
    labels = rng.permutation(np.repeat(np.arange(groups), size))
    items = rng.integers(1, 8, (groups * size, k)).astype(float)
    score = items.mean(axis=1)

    def work(rows: Any, of: Any, scores: Any) -> None:
        rwg_j(rows, of, options=7)
        ad_m_j(rows, of)
        icc_1(scores, of)
        icc_k(scores, of)

    print(f"{groups:,} groups of {size} x {k} items, labels in random order")
    ours = cpu(lambda: work(items, labels, score))
    line("  rwg(j), AD, ICC(1), ICC(k)", ours, "(limit 1)")
    line("    rwg(j) alone", cpu(lambda: rwg_j(items, labels, options=7), 1))
    line("    AD around the median alone", cpu(lambda: ad_m_j(items, labels, around="median"), 1))
    text = np.array([f"group {label}" for label in labels.tolist()])
    line("  the same with text labels", cpu(lambda: work(items, text, score), 1))

    def once() -> None:
        work(items, as_grouping(text, len(text)), score)

    line("  the same, text labels sorted once for all four", cpu(once, 1))
    items[rng.random(items.shape) < 0.05] = np.nan
    line("  the same with 5 % missing", cpu(lambda: work(items, labels, score), 1))


def main() -> None:
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        print("OPENBLAS_NUM_THREADS is not 1: CPU seconds may count several threads")
    scale = 10 if "--small" in sys.argv else 1
    rng = np.random.default_rng(1)
    alpha_beside_numpy(rng, 1_000_000 // scale)
    alpha_beside_pingouin(rng, 100_000 // scale)
    agreement(rng, 100_000 // scale)


if __name__ == "__main__":
    main()
