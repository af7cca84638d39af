"""How often each indicator gives a signal: false ones under every null, hits where it is planted.

    nice -n 19 python benchmarks/calibration_indicators.py            # 200 communities a cell
    nice -n 19 python benchmarks/calibration_indicators.py --studies 40 --write

One study asks everything that the indicators read. Each cell of a table is ten communities a study,
drawn with the starts 1, 2, 3 ..., and run through scoring, disclosure control and the rules; the
sections that no indicator reads are left out, and rows of parties are not made. A signal is false
where its own statement is not true of the people that the world draws from; exactly at a limit is
not beyond it. Shares stand with their exact binomial interval at 95 %. ``--write`` puts the tables
into ``docs/calibration.md`` and the counts into ``lcdiag/diagnosis/power.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
from calibration_worlds import BLOCKS, NULLS, PLANTED, World, edge_worlds, true_in

from lcdiag.base.records import write_whole
from lcdiag.diagnosis.calibrated import exact_interval
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.evidence import Evidence, RawMeasure
from lcdiag.diagnosis.power import POWER_FILE
from lcdiag.diagnosis.rules import rule_settings
from lcdiag.diagnosis.sections import items, perception, profiles
from lcdiag.instrument.compose import compose
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import Community, RosterRow, SmallPartyAgreement, Study, StudySettings
from lcdiag.planning.simulate import Meeting, Seat, simulate_responses

SIZES = (6, 8, 10, 15, 20)
POWER_SIZES = (6, 7, 8, 9, 10, 12, 15, 20)
COMMUNITIES = 10
PARTIES = 5
PAGE = Path(__file__).resolve().parent.parent / "docs" / "calibration.md"
ANY = "any of them"

Table = dict[tuple[str, int], Counter[str]]
"""World and size to how often each indicator fired there; false ones, or hits."""


def study_of(questionnaire: Questionnaire, n: int) -> Study:
    """Return a study of ten communities to each of which n people were invited."""
    names = [f"Community {number}" for number in range(1, COMMUNITIES + 1)]
    settings = StudySettings(
        title="Simulation",
        languages=("en",),
        instruments=("lc-collusion:topics",),
        communities=tuple(Community(name=name) for name in names),
        small_parties=SmallPartyAgreement.model_validate({"report_by": "none"}),
    )
    return Study(
        Path(), settings, questionnaire, tuple(RosterRow(x, "all", "", 1, n) for x in names)
    )


@contextmanager
def only_what_is_read() -> Iterator[None]:
    """Leave out the sections that no indicator reads; what they measure changes no mean."""
    read = (items.SECTION, profiles.SECTION, perception.SECTION)

    def some(evidence: Evidence) -> list[RawMeasure]:
        return [one for section in read for one in section.measure(evidence)]

    with (
        patch("lcdiag.diagnosis.diagnose.measure_all", some),
        patch("lcdiag.diagnosis.sections.items._counts", lambda *_: []),
    ):
        yield


def count(world: World, questionnaire: Questionnaire, n: int, starts: range) -> Counter[str]:
    """Return how often each indicator fired in a world: false signals under null, all as hits.

    Keys are ids; with ``"false "`` before them where the statement is not true of the world. Under
    `ANY` stand the communities with at least one false signal.
    """
    study = study_of(questionnaire, n)
    truth = {
        f"{home.id}:{one.id}": true_in(world, home.id, one)
        for home, one in questionnaire.indicators
    }
    meetings = [
        Meeting(
            community.name,
            1,
            tuple(Seat(f"{community.name}-{k}", f"party {k % PARTIES}") for k in range(n)),
            world.truth,
        )
        for community in study.settings.communities
    ]
    found: Counter[str] = Counter()
    for start in starts:
        responses = simulate_responses(
            questionnaire, meetings, rng=np.random.default_rng(start), spread=world.spread
        )
        false = set()
        for signal in diagnose(study, responses, made="").signals:
            found[signal.indicator] += 1
            if not truth[signal.indicator]:
                found[f"false {signal.indicator}"] += 1
                false.add(signal.unit.community)
        found[ANY] += len(false)
    return found


def shown(fired: int, runs: int) -> str:
    """Return a share with its exact binomial interval."""
    low, high = exact_interval(fired, runs)
    return f"{100 * fired / runs:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def lines(head: str, rows: Sequence[tuple[str, Sequence[str]]], sizes: Sequence[int]) -> list[str]:
    """Return a table of Markdown."""
    top = f"| {head} | " + " | ".join(f"n = {n}" for n in sizes) + " |"
    return [
        top,
        "|---" * (len(sizes) + 1) + "|",
        *(f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows),
        "",
    ]


def alarms_of(name: str, table: Table, n: int) -> tuple[str, int]:
    """Return the world in which an indicator was most often wrong, and how often."""
    counts = {world: found[f"false {name}"] for (world, size), found in table.items() if size == n}
    worst = max(counts, key=lambda world: counts[world])
    return worst, counts[worst]


def tell(names: Sequence[str], nulls: Table, planted: Table, runs: int) -> list[str]:
    """Return the tables of the page."""
    worlds = list(dict.fromkeys(world for world, _ in nulls))
    whole = [world for world in worlds if not world.startswith("at the edge")]

    def row(world: str, name: str) -> list[str]:
        return [shown(nulls[world, n][name], runs) for n in SIZES]

    out = ["**At least one false signal in a community's report**, all indicators together:", ""]
    out += lines("", [(world, row(world, ANY)) for world in whole], SIZES)
    out += [
        "**Each indicator in the world where it is most often wrong**: one of these worlds, or at",
        "",
    ]
    out[-2] += " its own edge."
    rows = []
    for name in names:
        cells = []
        for n in SIZES:
            _, fired = alarms_of(name, nulls, n)
            cells.append(shown(fired, runs))
        rows.append((f"`{name}`", cells))
    out += lines("", rows, SIZES)
    out += ["**Each indicator in each world**, in the size where it is most often wrong (%):", ""]
    head = "| | " + " | ".join(f"`{name.partition(':')[2]}`" for name in names) + " |"
    out += [head, "|---" * (len(names) + 1) + "|"]
    for world in worlds:
        most = [max(nulls[world, n][f"false {name}"] for n in SIZES) for name in names]
        cells = [f"{100 * one / runs:.1f}" for one in most]
        out.append(f"| {world} | " + " | ".join(cells) + " |")
    out += [
        "",
        "**Hits**, where the pattern is planted (means 1.0 to 1.8 points beyond their limits):",
        "",
    ]
    rows = []
    for name in names:
        world = next(one.name for one in PLANTED if one.counted and name in one.counted)
        rows.append((f"`{name}`", [shown(planted[world, n][name], runs) for n in SIZES]))
    return out + lines("", rows, SIZES)


def write(
    text: list[str], questionnaire: Questionnaire, nulls: Table, planted: Table, runs: int
) -> None:
    """Write the tables into the page, and the counts to where pages read them."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = "<!-- tables: begin -->\n", "<!-- tables: end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    write_whole(PAGE, before + begin + "\n".join(text) + end + after)
    entries = []
    for home, indicator in questionnaire.indicators:
        name = f"{home.id}:{indicator.id}"
        world = next(one.name for one in PLANTED if one.counted and name in one.counted)
        hits = [{"n": n, "fired": planted[world, n][name], "runs": runs} for n in POWER_SIZES]
        alarms = [{"n": n, "fired": alarms_of(name, nulls, n)[1], "runs": runs} for n in SIZES]
        entry = {"indicator": name, "rule": rule_settings(home.id, indicator).digest}
        entries.append(entry | {"hits": hits, "alarms": alarms})
    table = json.loads(POWER_FILE.read_text(encoding="utf-8")) | {"indicators": entries}
    write_whole(POWER_FILE, json.dumps(table, indent=1) + "\n")
    print(f"written: {PAGE.name}, {POWER_FILE.name}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 where a share of false signals exceeds its budget."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--studies", type=int, default=20, help="studies of ten communities a cell")
    parser.add_argument("--write", action="store_true", help="write the page and the counts")
    options = parser.parse_args(arguments)
    starts, runs = range(1, options.studies + 1), COMMUNITIES * options.studies
    whole = compose([list(BLOCKS)], ("en",))
    names = [f"{home.id}:{one.id}" for home, one in whole.indicators]
    nulls: Table = {}
    planted: Table = {}
    with only_what_is_read():
        for world in (*NULLS, *edge_worlds(whole)):
            for n in SIZES:
                nulls[world.name, n] = count(world, whole, n, starts)
            said = {n: dict(nulls[world.name, n]) for n in SIZES}
            print(world.name, said, file=sys.stderr, flush=True)
        for world in PLANTED:
            for n in POWER_SIZES:
                planted[world.name, n] = count(world, whole, n, starts)
            said = {n: dict(planted[world.name, n]) for n in POWER_SIZES}
            print(world.name, said, file=sys.stderr, flush=True)
    text = tell(names, nulls, planted, runs)
    print("\n".join(text))
    if options.write:
        write(text, whole, nulls, planted, runs)
    alone = max(alarms_of(name, nulls, n)[1] for name in names for n in SIZES) / runs
    together = max(found[ANY] for (world, _), found in nulls.items()) / runs
    print(f"worst indicator {100 * alone:.1f} %, worst report {100 * together:.1f} %")
    return int(alone > 0.05 or together > 0.10)


if __name__ == "__main__":
    sys.exit(main())
