"""How one party or sector sees another: whose cells may be shown beside the community's number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import numpy as np

from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.audit_rests import WIDTH, stays_open
from lcdiag.diagnosis.complementary import Row, Table
from lcdiag.diagnosis.directed import GridQuestion, grid_questions
from lcdiag.diagnosis.disclosure_draft import Board, Draft, Place
from lcdiag.diagnosis.disclosure_rules import blur
from lcdiag.diagnosis.givers import Giver, giver_of, row_of
from lcdiag.instrument.study import Thresholds

_SOME = 1e-6


def all_or_none(people: People, board: Board) -> None:
    """Hide all that a party says of the others where some of it is hidden already.

    `settle_directed` would do so too; the audit before it then has fewer cells to look at.
    """
    scales = {name: scale for scale, seen in people.seen.items() for name in seen.subjects if name}
    givers: dict[tuple[str, Place], list[Draft]] = defaultdict(list)
    for draft in board.drafts:
        if draft.raw.kind == "directed":
            givers[scales[draft.raw.at.subject], draft.place].append(draft)
    for drafts in givers.values():
        if not all(draft.shown for draft in drafts):
            for draft in drafts:
                draft.hide("part-hidden")


def settle_directed(people: People, board: Board, limits: Thresholds) -> None:
    """Decide for every question and table of a round robin which givers' cells are shown.

    A person's score is the mean of the ratings they gave, and the community's number is the mean
    of these scores. So the cells of one party, taken together, are its row of that table, and the
    rule for rows holds: what is left beside the shown parties is at least the minimum of people
    over two parties, and stays open. A party's cells are shown all together or not at all;
    else the one that is hidden would follow from the others and the row.

    For sectors the same holds, and as for every row of a sector its parties stay hidden in it.
    A sector that rated a sector of a single party, or a party without a sector, has no cells:
    that rating would be of one party, and would follow from the others and the row.

    Parameters
    ----------
    people : People
        Values by person.
    board : Board
        The drafts; cells are coarsened and hidden in place.
    limits : Thresholds
        Of the study. A lower minimum that the parties agreed to does not hold here.
    """
    least = max(limits.minimum, people.evidence.study.settings.row_minimum)
    tables: dict[tuple[str, int], dict[str, list[Draft]]] = defaultdict(lambda: defaultdict(list))
    for draft in board.drafts:
        if draft.raw.kind == "directed":
            _, community, name, wave = draft.place
            tables[community, wave][name].append(draft)
    for (community, wave), of_place in tables.items():
        for question in grid_questions(people.evidence):
            top = board.find("mean", question.scale, ("community", community, "", wave))
            found = (giver_of(people, question, drafts) for drafts in of_place.values())
            givers = {one.name: one for one in found if one is not None}
            _settle(people, question, top, givers, least, limits.exact)


def _settle(
    people: People,
    question: GridQuestion,
    top: Draft | None,
    givers: dict[str, Giver],
    least: int,
    exact: int,
) -> None:
    """Hide and coarsen until one table is safe."""
    values = people.answers(top) if top is not None and top.shown else None
    if top is None or values is None:
        for giver in givers.values():
            giver.hide("total-hidden")
        return
    low, high = question.low, question.high
    sector_of = {name: home for one in givers.values() for name, home in one.home_of().items()}
    safe = partial(stays_open, low=low, high=high, minimum=least, sector_of=sector_of)
    for giver in givers.values():
        if not (giver.adds_up and giver.parties_stay_open(safe)):
            giver.hide("party-shows-through")
    whole = row_of("party", "", values, shown=True)
    while True:
        rows = tuple(row for giver in givers.values() for row in giver.rows())
        table = Table(whole, rows, sector_of, least)
        shown = table.choose(safe)
        kept = {name: one for name, one in givers.items() if (one.kind, name) in shown}
        for name, giver in givers.items():
            if name not in kept:
                giver.hide("protects-another-row")
        rests = table.rests(shown)
        left = min((rest.people for rest in rests), default=exact)
        for giver in kept.values() if left < exact else ():
            for draft in giver.drafts:
                blur(draft)
        if not all(giver.open for giver in kept.values()):
            continue
        beside = [row for rest in rests if not rest.within for row in rest.rows]
        if _skips_open(top, list(kept.values()), beside, least):
            return
        skipping = [name for name, one in kept.items() if one.weights.any()]
        kept[min(skipping, key=lambda name: (len(kept[name].scores), name))].hide(
            "sums-show-through"
        )


def _skips_open(top: Draft, kept: Sequence[Giver], beside: Sequence[Row], least: int) -> bool:
    """Return whether people who left somebody out stay hidden.

    Where all rated all, a giver's cells add up to its row. A person who did not moves the row by
    a value times a weight (`Giver`). What the released numbers leave unknown is therefore the sum
    of these, and of the hidden rows beside them. The people in it who are of one shown giver, and
    those of one party in it, stay open over a point, also for one of the others, who takes their
    own part off.
    """
    low, high = top.raw.low, top.raw.high
    below, above = _left_unknown(top, kept)
    weights = np.concatenate([[], *(giver.weights for giver in kept)])
    unknown = np.concatenate([[], *(giver.unknown for giver in kept)])
    start = np.cumsum([0, *(len(giver.scores) for giver in kept)])
    around = float(weights.sum() + sum(row.n for row in beside))
    # what one of the others can take off: nothing, or the least and the most of each hidden row
    ends = np.array([0.0, *(end for row in beside for end in (row.least, row.most))])
    one = np.array([0.0] + [1.0] * (len(ends) - 1))
    for number, giver in enumerate(kept):
        for some in giver.skipping():
            inside = np.zeros(len(weights), dtype=bool)
            inside[start[number] : start[number + 1]] = some
            own = weights[inside].sum()
            others = ~inside & (weights > 0)
            value = np.concatenate([ends, unknown[others]])
            taken = np.concatenate([one, weights[others]])
            free = around - own - taken
            floor = np.maximum(low * own, below - value - high * free)
            ceiling = np.minimum(high * own, above - value - low * free)
            needed = WIDTH if inside.sum() < least else _SOME
            if ((ceiling - floor) / own < needed - _SOME / 2).any():
                return False
    return True


def _left_unknown(top: Draft, kept: Sequence[Giver]) -> tuple[float, float]:
    """Return between what the community's sum less what the shown cells hold of it lies.

    As the released numbers tell it: each mean lies within half a step of its rounded value, and
    within half a step of the middle of every strip that no end of the scale cuts off.
    """
    below, above = (top.raw.n * end for end in top.known_range())
    for giver in kept:
        for draft, part in zip(giver.drafts, giver.parts.tolist(), strict=True):
            low, high = draft.known_range()
            below, above = below - part * high, above - part * low
    return below, above
