"""How often answers count as two heaps: where there are two, and where there are not.

    python benchmarks/two_stories.py [--draws 4000] [--write]

Every line is a number of draws from one distribution of answers (starts 1, 2, 3 ..., one a line),
each share with its exact binomial interval at 95 %. With ``--write`` the table goes to
``docs/two_stories.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np

from lcdiag.diagnosis.calibrated import exact_interval
from lcdiag.diagnosis.heaps import LIMIT, two_heaps

PAGE = Path(__file__).resolve().parents[1] / "docs" / "two_stories.md"
SIZES = (10, 15, 20, 40, 100)
Drawer = Callable[[np.random.Generator, int, int], np.ndarray]


def heap(mean: float, spread: float, options: int = 7) -> Drawer:
    """Return a drawer of rounded normal answers held within the scale."""
    return mixed(1.0, (mean, spread), (mean, spread), options)


def mixed(
    share: float, one: tuple[float, float], other: tuple[float, float], options: int = 7
) -> Drawer:
    """Return a drawer of answers of which a share belongs to the first heap."""

    def draw(rng: np.random.Generator, draws: int, n: int) -> np.ndarray:
        first = rng.random((draws, n)) < share
        answers = np.where(first, rng.normal(*one, (draws, n)), rng.normal(*other, (draws, n)))
        codes = np.clip(np.rint(answers), 1, options)
        return np.stack([(codes == code).sum(axis=1) for code in range(1, options + 1)], axis=1)

    return draw


def even(options: int) -> Drawer:
    """Return a drawer of answers spread evenly over all options."""
    return lambda rng, draws, n: rng.multinomial(n, np.full(options, 1 / options), draws)


WORLDS: tuple[tuple[str, Drawer], ...] = (
    ("evenly spread, 7 options", even(7)),
    ("evenly spread, 5 options", even(5)),
    ("evenly spread, 11 options", even(11)),
    ("one heap at 4.6, sd 1.1", heap(4.6, 1.1)),
    ("one heap at 4, sd 1.6", heap(4.0, 1.6)),
    ("skewed: 6.2, sd 1.5", heap(6.2, 1.5)),
    ("ceiling: 6.8, sd 1", heap(6.8, 1.0)),
    ("**two heaps** at 2 and 6, sd 0.7, half each", mixed(0.5, (2, 0.7), (6, 0.7))),
    ("**two heaps** at 2 and 6, sd 1, half each", mixed(0.5, (2, 1.0), (6, 1.0))),
    ("**two heaps** at 2 and 6, sd 0.7, 70 % and 30 %", mixed(0.7, (2, 0.7), (6, 0.7))),
    ("**two heaps** at 3 and 6, sd 0.7, half each", mixed(0.5, (3, 0.7), (6, 0.7))),
)
HEAD = """# Two stories: how often answers count as two heaps

Where the answers to one question lie in two heaps, two stories may live in the group.
`two_stories` looks at released counts only (10 answers or more). The options are cut in three, with
at least two in seven of them in the middle. With m answers in the middle and h on the side that has
fewer, z = (h - m) / sqrt(h + m + 1). Where z lies beyond {limit} and m is at most half of h, the
answers count as two heaps. With ten answers that means: nobody in the middle, and at least four
people on either side. The limit was chosen so that even answers spread evenly over all options, the
hardest case that is not two heaps, are rarely taken for two.

**With few answers most pairs of heaps go unseen**: no flag never shows that people agree. A flag in
one of many questions may be chance; a scale is flagged only where at least half of its questions
are, two or more.

Share of draws that count as two heaps, with the exact binomial interval at 95 % ({draws} draws a
cell; `python benchmarks/two_stories.py --write`):

"""


def shown(hits: int, runs: int) -> str:
    """Return a share with its exact binomial interval."""
    low, high = exact_interval(hits, runs)
    return f"{100 * hits / runs:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def table(draws: int) -> str:
    """Return the table as Markdown."""
    lines = ["| | " + " | ".join(f"n = {n}" for n in SIZES) + " |", "|---" * (len(SIZES) + 1) + "|"]
    for start, (name, draw) in enumerate(WORLDS, start=1):
        rng = np.random.default_rng(start)
        cells = [
            shown(int((two_heaps(draw(rng, draws, n))[0] > LIMIT).sum()), draws) for n in SIZES
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main(draws: int, write: bool) -> None:
    """Print the table, and write it down if asked."""
    text = HEAD.format(limit=LIMIT, draws=draws) + table(draws)
    print(text)
    if write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=4000)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    main(chosen.draws, chosen.write)
