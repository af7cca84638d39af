"""What the pages of the researcher's appendix share: cells, their names, how they were made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lcdiag.base.estimate import Cell, Estimate
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, Measure, Unit
from lcdiag.views.blocks import Block, Facts, Figure, Heading, Page, PerWave
from lcdiag.views.drawing import HIDDEN
from lcdiag.views.figures import Axis, StripRow, Strips
from lcdiag.views.reading import or_hidden, slug, wave_name

STUDY = Unit(kind="study")
_ENDS = (Message("appendix.axis-low"), Message("appendix.axis-high"))
SHARE = Axis(0, 1, *_ENDS)
"""The full axis of what lies between nothing and all."""
BOTH = Axis(-1, 1, *_ENDS, zero=0)
"""The full axis of a correlation and of an ICC, which may be below nothing."""


@dataclass(frozen=True, slots=True)
class AppendixPage:
    """What each module in ``lcdiag.views.appendix`` offers as ``PAGE``.

    Attributes
    ----------
    order : int
        Pages stand in ascending order.
    title : Text
        As readers know the page.
    make : callable
        From a whole released Diagnosis to a page, or None where it has nothing to say.
    """

    order: int
    title: Text
    make: Callable[[Diagnosis], Page | None]


def side_by_side(diagnosis: Diagnosis) -> bool:
    """Return whether cells of several named communities may stand beside each other.

    One community alone stands beside nobody. Where it is hidden how many answered in one of
    them, the others would tell it: numbers over the whole study rest on everybody.
    """
    if diagnosis.provenance.internal or len(diagnosis.communities) == 1:
        return True
    return diagnosis.portfolio_agreed and all_counted(diagnosis)


def all_counted(diagnosis: Diagnosis) -> bool:
    """Return whether it is shown of every community and wave how many answered."""
    return all(one.answered is not None for one in diagnosis.sample)


def left_out(diagnosis: Diagnosis) -> Message:
    """Return why numbers by community are not in the file."""
    counts = diagnosis.portfolio_agreed and not all_counted(diagnosis)
    return Message("appendix.left-out-counts" if counts else "appendix.left-out")


def cells(diagnosis: Diagnosis, statistic: str, kind: str = "study") -> tuple[Measure, ...]:
    """Return the measures of a statistic for one kind of unit, in the order of the Diagnosis."""
    return tuple(
        one
        for one in diagnosis.measures
        if one.at.statistic == statistic and one.at.unit.kind == kind
    )


def of_communities(diagnosis: Diagnosis, statistic: str) -> tuple[Measure, ...]:
    """Return the measures of a statistic by community, where these may stand side by side."""
    return cells(diagnosis, statistic, "community") if side_by_side(diagnosis) else ()


def name_of(diagnosis: Diagnosis, subject: str) -> Text:
    """Return what a measure is about in words; its own code where the material has none."""
    words = diagnosis.words
    labels: dict[str, dict[str, str]] = {}
    for known in (words.pairs, words.indicators, words.topics, words.items, words.scales):
        labels |= {one.id: one.label for one in known}
    if labels.get(subject):
        return Wording(labels[subject])
    pools = {"lc-collusion:critical": "pool-critical", "lc-collusion:control": "pool-control"}
    return Message(f"appendix.{pools[subject]}") if subject in pools else subject


def stat_name(statistic: str) -> Text:
    """Return what a statistic is called; factors that are the same in a study stand together."""
    stem, _, last = statistic.rpartition(".")
    first, *further = last.split("+")
    said: Text = Message(f"appendix.stat-{slug(f'{stem} {first}')}")
    for name in further:
        said = Message("appendix.and", {"first": said, "next": stat_name(f"{stem}.{name}")})
    return said


def difference_axis(reach: float) -> Axis:
    """Return the full axis of a difference between two answers on points that far apart."""
    return Axis(-reach, reach, *_ENDS, zero=0)


def told(cell: Cell | None, decimals: int = 2, *, signed: bool = False) -> Text:
    """Return a cell as a table says it: number, interval and n, or why there is none."""
    if not isinstance(cell, Estimate):
        return HIDDEN if cell is not None else Message("charts.not-there")
    if cell.value is None:
        return Message("appendix.absent", {"reason": cell.absent or ""})
    value = Number(cell.value, decimals, signed=signed)
    n = Number(cell.n, 0)
    if cell.low is None or cell.high is None:
        return Message("appendix.value", {"value": value, "count": n})
    low, high = (Number(limit, decimals, signed=signed) for limit in (cell.low, cell.high))
    return Message(
        "appendix.value-interval", {"value": value, "low": low, "high": high, "count": n}
    )


def how(diagnosis: Diagnosis, *statistics: str, kinds: Iterable[str] = ("study",)) -> Facts | None:
    """Return how these were computed: the method of every cell, or why there is no number."""
    allowed = set(kinds)
    found: Counter[tuple[int, str, str]] = Counter()
    for one in diagnosis.measures:
        at, cell = one.at, one.cell
        if at.statistic in statistics and at.unit.kind in allowed and isinstance(cell, Estimate):
            found[statistics.index(at.statistic), cell.method, cell.absent or ""] += 1
    if not found:
        return None
    return Facts(
        caption=Message("appendix.how"),
        head=tuple(Message(f"appendix.col-{name}") for name in ("number", "method", "cells")),
        rows=tuple(
            (stat_name(statistics[place]), _method(method, absent), Number(n, 0))
            for (place, method, absent), n in sorted(found.items())
        ),
    )


def _method(method: str, absent: str) -> Text:
    if absent:
        return Message("appendix.absent", {"reason": absent})
    return method or Message("appendix.no-method")


def per_wave(
    diagnosis: Diagnosis, waves: Iterable[int], make: Callable[[int], tuple[Block, ...]]
) -> tuple[Block, ...]:
    """Return the blocks of each wave: once where there is one, else as a choice."""
    made = [(number, make(number)) for number in sorted(set(waves))]
    parts = tuple((number, wave_name(diagnosis, number), part) for number, part in made if part)
    if len(parts) == 1:
        return parts[0][2]
    return (PerWave(parts),) if parts else ()


def waves_of(*measures: Iterable[Measure]) -> tuple[int, ...]:
    """Return the waves that these measures are about."""
    return tuple(sorted({one.at.wave for group in measures for one in group}))


def strips(
    name: str,
    title: Text,
    rows: Iterable[tuple[Text, Cell]],
    axis: Axis,
    *,
    subject: Text,
    caption: Text,
    decimals: int = 2,
    units: bool = False,
) -> Figure | None:
    """Return numbers with one interval of 95 % each, in the order given; None without rows."""
    made = tuple(
        StripRow(label=label, cell=_plain(cell), unit=str(label) if units else "")
        for label, cell in rows
    )
    if not made:
        return None
    chart = Strips(
        made, axis, decimals, value=title, subject=subject, rests=Message("appendix.col-n")
    )
    finding = _finding(title, [row.cell for row in made], decimals)
    alt = Message("appendix.alt", {"finding": finding, "n": len(made)})
    return Figure(f"appendix-{name}", finding, caption, alt, chart)


def forest(
    diagnosis: Diagnosis, statistic: str, wave: int, axis: Axis, decimals: int = 2
) -> Figure | None:
    """Return one statistic of the study, a row a subject, in the order of the Diagnosis."""
    found = [one for one in cells(diagnosis, statistic) if one.at.wave == wave]
    return strips(
        f"{slug(statistic)}-w{wave}",
        stat_name(statistic),
        [(name_of(diagnosis, one.at.subject), one.cell) for one in found],
        axis,
        subject=Message("charts.col-theme"),
        caption=Message("appendix.read-forest"),
        decimals=decimals,
    )


def caterpillar(
    diagnosis: Diagnosis, statistic: str, subject: str, wave: int, axis: Axis, decimals: int = 1
) -> Figure | None:
    """Return one subject by community, in the order of the study: never sorted by value."""
    if not side_by_side(diagnosis):
        return None
    rows = [
        (community, diagnosis.cell(statistic, subject, _unit(community), wave))
        for community in diagnosis.communities
    ]
    if all(cell is None for _, cell in rows):
        return None
    return strips(
        f"{slug(statistic)}-{slug(subject)}-w{wave}",
        Message(
            "appendix.of",
            {"number": stat_name(statistic), "subject": name_of(diagnosis, subject)},
        ),
        [(community, or_hidden(cell)) for community, cell in rows],
        axis,
        subject=Message("appendix.col-community"),
        caption=Message("appendix.read-caterpillar"),
        decimals=decimals,
        units=True,
    )


def table(
    diagnosis: Diagnosis, wave: int, statistics: tuple[str, ...], decimals: int = 2
) -> Facts | None:
    """Return statistics of the study beside each other, a row a subject."""
    found = {stat: [m for m in cells(diagnosis, stat) if m.at.wave == wave] for stat in statistics}
    subjects = dict.fromkeys(one.at.subject for group in found.values() for one in group)
    if not subjects:
        return None
    cell = {(s, m.at.subject): m.cell for s, group in found.items() for m in group}
    kept = [stat for stat in statistics if found[stat]]
    return Facts(
        caption=Message("appendix.table-study"),
        head=(Message("charts.col-theme"), *(stat_name(stat) for stat in kept)),
        rows=tuple(
            (name_of(diagnosis, s), *(told(cell.get((stat, s)), decimals) for stat in kept))
            for s in subjects
        ),
    )


def by_community(
    diagnosis: Diagnosis,
    subject: str,
    wave: int,
    statistics: tuple[str, ...],
    decimals: int = 2,
) -> Facts | None:
    """Return statistics of one subject, a row a community in the order of the study."""
    if not side_by_side(diagnosis):
        return None
    rows = [
        (one, [diagnosis.cell(stat, subject, _unit(one), wave) for stat in statistics])
        for one in diagnosis.communities
    ]
    rows = [(one, found) for one, found in rows if any(cell is not None for cell in found)]
    if not rows:
        return None
    return Facts(
        caption=name_of(diagnosis, subject),
        head=(Message("appendix.col-community"), *(stat_name(stat) for stat in statistics)),
        rows=tuple((one, *(told(cell, decimals) for cell in found)) for one, found in rows),
    )


def there(*blocks: Block | None) -> tuple[Block, ...]:
    """Return the blocks that there are."""
    return tuple(block for block in blocks if block is not None)


def titled(name: Text, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks under a heading; nothing where there are none."""
    return (Heading(name), *blocks) if blocks else ()


def _finding(title: Text, found: list[Cell], decimals: int) -> Text:
    seen = [one.value for one in found if isinstance(one, Estimate) and one.value is not None]
    if not seen:
        return Message("appendix.finding-none", {"title": title})
    low, high = Number(min(seen), decimals), Number(max(seen), decimals)
    name = "appendix.finding-same" if min(seen) == max(seen) else "appendix.finding"
    if len(found) == 1:
        name = "appendix.finding-one"
    return Message(name, {"title": title, "low": low, "high": high})


def _plain(cell: Cell) -> Cell:
    """Return a cell with its main interval alone, which is of 95 %."""
    return replace(cell, bands=()) if isinstance(cell, Estimate) else cell


def _unit(community: str) -> Unit:
    return Unit(kind="community", community=community)
