"""How often answers of one heap are taken for two, and how often two heaps are seen.

    python benchmarks/two_stories.py [--replicates 4000] [--write]

Replicate r of every line starts its generator at r = 1, 2, 3 ...; none is left out. The rule is
that of lcdiag/diagnosis/derivations/two_stories.py, called with the counts. Each
share stands with its exact binomial interval at 95 %. --write renews the tables in
docs/two_stories.md. Ends with 1 where a single heap is flagged in more than 5 %.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import betaincinv

from lcdiag.diagnosis.derivations.two_stories import OPTIONS, two_heaps

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "two_stories.md"
MARK = "<!-- tables -->"
SIZES = (10, 15, 20, 40)
Draw = Callable[[np.random.Generator, int, float], Any]


def heap(middle: float, spread: float) -> Draw:
    """Return normal answers around a point of a scale from 1 to 7."""
    return lambda rng, n, _: middle + spread * rng.standard_normal(n)


def heaps(first: float, second: float, spread: float, share: float = 0.5) -> Draw:
    """Return answers of two heaps, of which the first holds a fixed share of the people."""

    def draw(rng: np.random.Generator, n: int, _: float) -> Any:
        middle = np.where(np.arange(n) < round(share * n), first, second)
        return middle + spread * rng.standard_normal(n)

    return draw


NULLS: Mapping[str, Draw] = {
    "symmetric, sd 1.2": heap(4, 1.2),
    "wide, sd 1.8": heap(4, 1.8),
    "narrow, between two options": heap(4.5, 0.8),
    "skewed, around 5.6": heap(5.6, 1.4),
    "skewed, long tail": lambda rng, n, high: high + 0.5 - rng.gamma(1.5, 1.2, n),
    "ceiling, around 6.6": heap(6.6, 1.2),
    "ceiling, around 7.2, wide": heap(7.2, 1.5),
}
HITS: Mapping[str, Draw] = {
    "half at 2, half at 6, sd 0.8": heaps(2, 6, 0.8),
    "half at 2, half at 6, sd 1.0": heaps(2, 6, 1.0),
    "half at 1.5, half at 6.5, sd 0.8": heaps(1.5, 6.5, 0.8),
    "three of ten at 2, seven at 6, sd 0.8": heaps(2, 6, 0.8, 0.3),
    "half at 3, half at 6, sd 0.8": heaps(3, 6, 0.8),
}
APART: Mapping[str, Draw] = {"flat: every option equally likely": lambda rng, n, _: rng.random(n)}


def counts(draw: Draw, n: int, options: int, replicates: int) -> Any:
    """Return the counts of each replicate; on five points the scale of seven is squeezed."""
    table = np.zeros((replicates, options), dtype=np.int64)
    for start, row in enumerate(table, start=1):
        drawn = draw(np.random.default_rng(start), n, 7.0)
        if draw in APART.values():
            codes = (drawn * options).astype(np.int64)
        else:
            squeezed = 1 + (drawn - 1) * (options - 1) / 6
            codes = np.clip(np.rint(squeezed), 1, options).astype(np.int64) - 1
        row += np.bincount(codes, minlength=options)
    return table


def shown(fired: int, runs: int) -> str:
    """Return a share with its exact binomial interval."""
    low = float(betaincinv(fired, runs - fired + 1, 0.025)) if fired else 0.0
    high = float(betaincinv(fired + 1, runs - fired, 0.975)) if fired < runs else 1.0
    return f"{100 * fired / runs:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def main() -> int:
    """Print the tables; return 1 where a null is flagged too often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=4000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    worst = 0.0
    lines: list[str] = []
    for options in OPTIONS:
        head = " | ".join(f"n = {n}" for n in SIZES)
        lines += [f"### {options} options", "", f"| | {head} |", "|---|" + "---|" * len(SIZES)]
        for group in (NULLS, APART, HITS):
            for name, draw in group.items():
                fired = [sum(two_heaps(counts(draw, n, options, asked.replicates))) for n in SIZES]
                if group is NULLS:
                    worst = max(worst, max(fired) / asked.replicates)
                mark = {id(NULLS): "one heap: ", id(HITS): "**two heaps**: "}.get(id(group), "")
                cells = " | ".join(shown(one, asked.replicates) for one in fired)
                lines.append(f"| {mark}{name} | {cells} |")
        lines.append("")
    print("\n".join(lines))
    if asked.write:
        before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        table = "\n".join(lines).rstrip()
        DOCUMENT.write_text(f"{before}{MARK}\n\n{table}\n\n{MARK}{after}", encoding="utf-8")
    return int(worst > 0.05)


if __name__ == "__main__":
    raise SystemExit(main())
