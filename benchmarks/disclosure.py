"""How often an attacker works something out: over many simulated studies, with its interval.

    python benchmarks/disclosure.py [STUDIES [AGREED]]
    python benchmarks/disclosure.py STUDIES groups

Simulates studies with starts 1, 2, 3 ... (many small parties, one to three waves), releases each,
and lets the attacker of the tests reckon with everything in it: every set of answers, every
linear programme. AGREED is a minimum of a party or sector row to which every party consented;
with groups the rows are those of meeting groups, and "party" below means these.
Prints what was tried, the leaks by kind, the share of studies with a leak with its
Clopper-Pearson interval, how much is shown of what the rules allow, and CPU times.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from scipy.stats import beta

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "diagnosis"))

from attacked_studies import questionnaire, simulated_study, world_of
from attacker import MEANS, Attacker, is_hidden

from lcdiag.diagnosis.diagnose import diagnosis_of, measure_all
from lcdiag.diagnosis.disclosure import release

SIZES = ((10, "10 and more"), (5, "5 to 9"), (3, "3 or 4"), (0, "under 3"))


def interval(hits: int, runs: int) -> tuple[float, float]:
    low = float(beta.ppf(0.025, hits, runs - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, runs - hits)) if hits < runs else 1.0
    return low, high


def main(studies: int, agreed: int | None = None, *, groups: bool = False) -> None:
    asked = questionnaire()
    tried: Counter[str] = Counter()
    leaks: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    with_leak, cells, seconds, attack = 0, 0, 0.0, 0.0
    for start in range(1, studies + 1):
        evidence = simulated_study(start, asked, agreed, groups=groups)
        raw = measure_all(evidence)
        before = time.process_time()
        release(evidence, raw)
        seconds += time.process_time() - before
        cells += len(raw)
        released = json.loads(diagnosis_of(evidence, made="2026-01-01").to_json())
        before = time.process_time()
        attacker = Attacker(released, world_of(evidence))
        found = attacker.run()
        attack += time.process_time() - before
        tried.update(attacker.tried)
        leaks.update(leak.kind for leak in found)
        with_leak += bool(found)
        for leak in found[:5]:
            print(f"start {start}: {leak}")
        for key, cell in attacker.cells.items():
            if key[0] in MEANS and key[2] == "community" and key[0] != "mean":
                continue
            if key[0] in MEANS and key[2] != "study":
                n = len(attacker.row_values(*key))
                size = (
                    "under 3" if n < 3 else "3 or 4" if n < 5 else "5 to 9" if n < 10 else "10 up"
                )
                shown[f"{key[2]}, {size}: {'hidden' if is_hidden(cell) else 'shown'}"] += 1
    low, high = interval(with_leak, studies)
    print(f"studies {studies}, with a leak {with_leak} (95 % interval {low:.2%} to {high:.2%})")
    print("leaks by kind:", dict(sorted(leaks.items())) or "none")
    print("tried:", dict(sorted(tried.items())))
    for name in sorted(shown):
        print(f"  means of a {name} {shown[name]}")
    print(f"release: {seconds:.1f} s CPU for {cells} cells; attack: {attack:.1f} s CPU")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3] if one != "groups"]
    main(*(given or [300]), groups="groups" in sys.argv)
