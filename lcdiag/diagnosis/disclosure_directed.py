"""How one party sees another: which parties' ratings may be shown beside the community's number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.audit_rests import WIDTH, stays_open
from lcdiag.diagnosis.complementary import Rest, Row, Table
from lcdiag.diagnosis.directed import GridQuestion, grid_questions
from lcdiag.diagnosis.disclosure_draft import Board, Draft, Place
from lcdiag.diagnosis.disclosure_rules import blur
from lcdiag.diagnosis.evidence import Floats
from lcdiag.instrument.study import Thresholds

_SOME = 1e-6


@dataclass(frozen=True)
class Giver:
    """One party that rates: its cells, and how many of the others each of its people rated.

    Attributes
    ----------
    drafts : tuple of Draft
        One for each other party at the table.
    scores : (n,) array of float
        Each person's mean over the parties that they rated.
    weights : (n,) array of float
        0 where somebody rated all the others; else the share of the others that they left out.
    """

    drafts: tuple[Draft, ...]
    scores: Floats
    weights: Floats

    @property
    def open(self) -> bool:
        """Return whether every cell may still be shown: all of them, or none."""
        return all(draft.shown for draft in self.drafts)

    def hide(self, why: str) -> None:
        """Hide all cells by a rule."""
        for draft in self.drafts:
            draft.hide(why)


def all_or_none(people: People, board: Board) -> None:
    """Hide all that a party says of the others where some of it is hidden already.

    `settle_directed` would do so too; the audit before it then has fewer cells to look at.
    """
    scales = {code: one.scale for one in grid_questions(people.evidence) for code in one.receivers}
    givers: dict[tuple[str, Place], list[Draft]] = defaultdict(list)
    for draft in board.drafts:
        if draft.raw.kind == "directed":
            givers[scales[draft.raw.at.subject], draft.place].append(draft)
    for drafts in givers.values():
        if not all(draft.shown for draft in drafts):
            for draft in drafts:
                draft.hide("part-hidden")


def settle_directed(people: People, board: Board, limits: Thresholds) -> None:
    """Decide for every question and table of a round robin which parties' ratings are shown.

    A person's score is the mean of the ratings they gave, and the community's number is the mean
    of these scores. So the cells of one party, taken together, are its row of that table, and the
    rule for rows holds: what is left beside the shown parties is at least the minimum of people
    over two parties, and stays open. A party's cells are shown all together or not at all;
    else the one that is hidden would follow from the others and the row.

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
    questions = grid_questions(people.evidence)
    tables: dict[tuple[str, int], dict[str, list[Draft]]] = defaultdict(lambda: defaultdict(list))
    for draft in board.drafts:
        if draft.raw.kind == "directed":
            _, community, name, wave = draft.place
            tables[community, wave][name].append(draft)
    for (community, wave), of_party in tables.items():
        for question in questions:
            top = board.find("mean", question.scale, ("community", community, "", wave))
            givers = {
                name: giver
                for name, drafts in of_party.items()
                if (giver := _giver(people, question, drafts)) is not None
            }
            _settle(people, question, top, givers, least, limits.exact)


def _giver(people: People, question: GridQuestion, drafts: Sequence[Draft]) -> Giver | None:
    mine = tuple(draft for draft in drafts if draft.raw.at.subject in question.receivers)
    if not mine:
        return None
    rows = people.rows(mine[0].place)
    responses = people.evidence.responses
    columns = [responses.columns.index(draft.raw.at.subject) for draft in mine]
    rated = (responses.codes[rows][:, columns] >= 0).sum(axis=1)
    scores = people.evidence.scores.scale(question.scale)[rows]
    answered = ~np.isnan(scores)
    return Giver(mine, scores[answered], 1.0 - rated[answered] / len(mine))


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
    if values is None:
        for giver in givers.values():
            giver.hide("total-hidden")
        return
    whole = _row("", values, shown=True)
    low, high = question.low, question.high
    safe = partial(stays_open, low=low, high=high, minimum=least)
    while True:
        rows = [_row(name, one.scores, shown=one.open) for name, one in givers.items()]
        table = Table(whole, tuple(rows), {}, least)
        shown = table.choose(safe)
        for name, giver in givers.items():
            if ("party", name) not in shown:
                giver.hide("protects-another-row")
        kept = {name: one for name, one in givers.items() if ("party", name) in shown}
        rests = table.rests(shown)
        left = min((rest.people for rest in rests), default=exact)
        for giver in kept.values() if left < exact else ():
            for draft in giver.drafts:
                blur(draft)
        if not all(giver.open for giver in kept.values()):
            continue
        if top is None or _skips_open(top, kept, rests, least):
            return
        skipping = [name for name, one in kept.items() if one.weights.any()]
        kept[min(skipping, key=lambda name: (len(kept[name].scores), name))].hide(
            "sums-show-through"
        )


def _row(name: str, values: Floats, *, shown: bool) -> Row:
    if not len(values):
        return Row("party", name, 0, False)
    ends = float(np.min(values)), float(np.max(values))
    return Row("party", name, len(values), shown, float(np.sum(values)), *ends)


def _skips_open(top: Draft, kept: dict[str, Giver], rests: Sequence[Rest], least: int) -> bool:
    """Return whether people who left somebody out stay hidden.

    Where all rated all, a party's cells add up to its row. A person who left out a share w of the
    others moves the row by w times their score beyond that. What the released numbers leave
    unknown is therefore the sum of these, and of the hidden rows. The people in it who are of one
    shown party stay open over a point, also for one of the others, who takes their own part off.
    """
    parts = [
        (one.weights[some], one.scores[some])
        for one in kept.values()
        if (some := one.weights > 0).any()
    ]
    low, high = top.raw.low, top.raw.high
    hidden = [row for rest in rests for row in rest.rows]
    below, above = _left_unknown(top, kept)
    around = float(sum(weight.sum() for weight, _ in parts) + sum(row.n for row in hidden))
    for place, (weight, score) in enumerate(parts):
        own = float(weight.sum())
        known = [(0.0, 0.0)] + [(end, 1.0) for row in hidden for end in (row.least, row.most)]
        for other, (weights, scores) in enumerate(parts):
            if other != place:
                known += list(zip((weights * scores).tolist(), weights.tolist(), strict=True))
        needed = WIDTH if len(score) < least else _SOME
        for value, taken in known:
            others = around - own - taken
            floor = max(low * own, below - value - high * others)
            ceiling = min(high * own, above - value - low * others)
            if (ceiling - floor) / own < needed - _SOME / 2:
                return False
    return True


def _left_unknown(top: Draft, kept: dict[str, Giver]) -> tuple[float, float]:
    """Return between what the community's sum less the rows of the shown parties lies.

    As the released numbers tell it: each mean lies within half a step of its rounded value, and
    within half a step of the middle of every strip that no end of the scale cuts off.
    """
    below, above = (top.raw.n * end for end in top.known_range())
    for giver in kept.values():
        for draft in giver.drafts:
            low, high = draft.known_range()
            part = draft.raw.n / len(giver.drafts)
            below, above = below - part * high, above - part * low
    return below, above
