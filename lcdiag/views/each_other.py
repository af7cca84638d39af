"""How parties, or sectors, see each other: read from the released cells of one community."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import PairWords, ScaleWords, Unit
from lcdiag.views.blocks import Figure
from lcdiag.views.figures import Axis, Directed, PairRow, Pairs
from lcdiag.views.reading import Reading, axis_of, or_hidden, shown, slug

Direction = tuple[str, str]
"""Who gives and who receives, by name."""


@dataclass(frozen=True, slots=True)
class EachOther:
    """The directed cells of one scale in one wave, for parties or for sectors.

    Attributes
    ----------
    scale : ScaleWords
        What was asked of each other one.
    kind : str
        ``"party"`` or ``"sector"``.
    names : tuple of str
        In the order of the study, never by value.
    cells : mapping
        Each direction to its cell.
    differences : mapping
        Two names, in their order, to the released difference between both directions.
    """

    scale: ScaleWords
    kind: str
    names: tuple[str, ...]
    cells: Mapping[Direction, Cell]
    differences: Mapping[Direction, Cell]

    @property
    def shown(self) -> int:
        """Return how many directions are shown."""
        return sum(1 for cell in self.cells.values() if shown(cell) is not None)

    @property
    def mostly_hidden(self) -> bool:
        """Return whether more than half of the directions is not shown."""
        return self.shown * 2 < len(self.cells)


def each_other(reading: Reading, kind: str) -> tuple[EachOther, ...]:
    """Return every scale about each other one of which anything was asked in this wave."""
    pairs = {pair.id: pair for pair in reading.diagnosis.words.pairs}
    order = {name: place for place, name in enumerate(_order(reading, kind))}
    found: dict[str, dict[Direction, Cell]] = {}
    gaps: dict[str, dict[Direction, Cell]] = {}
    for measure in reading.diagnosis.measures:
        at = measure.at
        if at.unit.kind != kind or at.wave != reading.wave or at.subject not in pairs:
            continue
        target = {"directed": found, "mutuality": gaps}.get(at.statistic)
        pair = pairs[at.subject]
        receiver = pair.party if kind == "party" else pair.sector
        if target is not None and receiver in order and at.unit.name in order:
            target.setdefault(pair.scale, {})[at.unit.name, receiver] = measure.cell
    scales = [scale for scale in reading.diagnosis.words.scales if scale.id in found]
    return tuple(
        EachOther(
            scale, kind, _names(found[scale.id], order), found[scale.id], gaps.get(scale.id, {})
        )
        for scale in scales
    )


def spread_of_all(reading: Reading, scale: ScaleWords) -> Cell | None:
    """Return how far the directed means of the whole study lie around their community's mean."""
    return reading.cell("directed_spread", scale.id, Unit(kind="study"))


def matrix(reading: Reading, one: EachOther) -> Figure:
    """Return the matrix: the row gives, the column receives."""
    title = Message(f"pages.matrix-{one.kind}", {"scale": Wording(one.scale.label)})
    cells = tuple(
        tuple(
            one.cells.get((giver, receiver))
            if giver != receiver or (giver, receiver) in one.cells
            else None
            for receiver in one.names
        )
        for giver in one.names
    )
    counts = {"n": one.shown, "all": len(one.cells)}
    return Figure(
        id=f"between-{one.kind}-{slug(one.scale.id)}-w{reading.wave}",
        title=title,
        caption=Message(f"pages.matrix-caption-{one.kind}"),
        alt=Message("pages.matrix-alt", {"title": title, **counts}),
        chart=Directed(one.names, cells, axis_of(one.scale)),
        question=_question(one.scale),
        themes=(one.scale.id,),
    )


def dumbbells(reading: Reading, one: EachOther) -> Figure | None:
    """Return both directions of every pair side by side; None where no pair has both."""
    rows = []
    for at, first in enumerate(one.names):
        for second in one.names[at + 1 :]:
            there, back = one.cells.get((first, second)), one.cells.get((second, first))
            if there is None or back is None or (shown(there) is None and shown(back) is None):
                continue
            gap = or_hidden(one.differences.get((first, second)))
            rows.append(PairRow(first, second, there, back, gap))
    both = [row for row in rows if shown(row.there) is not None and shown(row.back) is not None]
    if not both:
        return None
    title = Message("pages.pairs-title", {"scale": Wording(one.scale.label)})
    reach = one.scale.high - one.scale.low
    around = Axis(-reach, reach, "", "", zero=0.0)
    return Figure(
        id=f"between-pairs-{one.kind}-{slug(one.scale.id)}-w{reading.wave}",
        title=title,
        caption=Message("pages.pairs-caption"),
        alt=Message("pages.pairs-alt", {"title": title, "n": len(rows), "both": len(both)}),
        chart=Pairs(tuple(rows), axis_of(one.scale), around),
        question=Message("pages.ask-pairs"),
        themes=(one.scale.id,),
    )


def parties_of(reading: Reading) -> tuple[str, ...]:
    """Return the parties that were invited, in the order of the roster."""
    rows = reading.sample.parties if reading.sample else ()
    return tuple(dict.fromkeys(row.party for row in rows))


def _order(reading: Reading, kind: str) -> tuple[str, ...]:
    """Return names in the order of the questionnaire, which is that of the study."""
    pairs: tuple[PairWords, ...] = reading.diagnosis.words.pairs
    names = (pair.party if kind == "party" else pair.sector for pair in pairs)
    return tuple(dict.fromkeys(name for name in names if name))


def _names(cells: Mapping[Direction, Cell], order: Mapping[str, int]) -> tuple[str, ...]:
    used = {name for direction in cells for name in direction}
    return tuple(sorted(used, key=lambda name: order[name]))


def _question(scale: ScaleWords) -> Text:
    return Wording(scale.question) if scale.question else Message("pages.ask-row")
