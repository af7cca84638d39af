"""Disclosure audits its own result and hides more until nothing can be worked out from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.audit_states import MOST_PEOPLE, Levels, States, states_of
from lcdiag.diagnosis.audit_sums import Known, gap_is_safe, total_is_safe
from lcdiag.diagnosis.audit_witness import Case, alike_but_one, unprotected
from lcdiag.diagnosis.disclosure_draft import Board, Draft
from lcdiag.diagnosis.evidence import Floats

GAPS = {"perception_gap": ("own", "others"), "abilene_gap": ("own", "practice")}


class Audit:
    """The audit of one release.

    Parameters
    ----------
    people : People
        Values by person.
    board : Board
        The drafts; cells are coarsened and hidden in place.
    exact : int
        From so many answers a cell is exact to one decimal.
    """

    def __init__(self, people: People, board: Board, exact: int) -> None:
        self.people, self.board, self.exact = people, board, exact
        self._known: dict[int, Known | None] = {}

    def run(self) -> None:
        """Look at every mean alone, then at those that hang together through sums."""
        listed, scored, large = self._sorted_out()
        for draft, values in listed:
            self._by_listing(draft, values)
        # a list of sets holds every sum; where the rows around may tell it, more is needed
        told = [(draft, values) for draft, values in listed if draft.summed and draft.shown]
        self._by_witness([Case(draft, values, draft.step) for draft, values in told])
        self._by_witness(scored)
        self._by_witness(large)
        self._topics()
        self._totals()

    def _sorted_out(
        self,
    ) -> tuple[list[tuple[Draft, Floats]], list[Case], list[Case]]:
        """Return the means to audit: listed whole, by witness, and large with all alike."""
        listed: list[tuple[Draft, Floats]] = []
        scored: list[Case] = []
        large: list[Case] = []
        for draft in self.board.drafts:
            if not (draft.is_mean and draft.shown) or draft.place[0] == "study":
                continue
            values = self.people.answers(draft)
            if values is None:
                draft.hide("not-auditable")
            elif not draft.small:
                if alike_but_one(values):
                    large.append(Case(draft, values, draft.step))
            elif draft.raw.ratings == 1 and len(values) <= MOST_PEOPLE and not draft.averaged:
                listed.append((draft, values))
            else:
                scored.append(Case(draft, values, draft.step))
        return listed, scored, large

    def _by_listing(self, draft: Draft, values: Floats) -> None:
        """Take the grid that the list of all sets of answers says."""
        known = self._know(draft, values)
        if known is None:
            draft.hide("not-auditable")
            return
        grid = float(known.states.grid[known.row])
        if np.isnan(grid):
            draft.hide("answers-show-through")
        else:
            draft.grid = max(grid, draft.grid or grid)
        self._known[id(draft)] = known

    def _by_witness(self, cases: Sequence[Case]) -> None:
        """Coarsen until another set of scores gives the same cell."""
        left = [case for case in cases if case.draft.shown]
        while left:
            left = unprotected(left)
            for case in left:
                case.draft.coarsen("answers-show-through")
            left = [case for case in left if case.draft.shown]

    def _know(self, draft: Draft, values: Floats) -> Known | None:
        """Return what can be known of a small cell; None where it was computed otherwise."""
        raw = draft.raw
        levels = Levels.of(raw.cell)
        if levels is None:
            return None
        states = states_of(len(values), round(raw.low), round(raw.high), levels)
        row = states.find(values)
        if not _computed_so(states, row, draft):
            return None
        shown = not np.isnan(states.grid[row])
        rows = states.alike(row) if shown else np.ones(len(states.sums), dtype=bool)
        return Known(states, row, rows, shown)

    def _topics(self) -> None:
        """Hide gaps that would narrow down the ratings they are the difference of."""
        for draft in self.board.drafts:
            sides = GAPS.get(draft.raw.at.statistic)
            gap = self._known.get(id(draft))
            if sides is None or gap is None or not draft.shown:
                continue
            place = draft.place
            pair = [self.board.find(side, draft.raw.at.subject, place) for side in sides]
            known = [self._known.get(id(side)) for side in pair if side is not None]
            first, second = (*known, None, None)[:2]
            if first is None or second is None or not gap_is_safe(first, second, gap):
                draft.hide("sums-show-through")

    def _totals(self) -> None:
        """Coarsen or hide small scores whose total would narrow down the cells of their items."""
        signed = self._parts()
        for draft in self.board.drafts:
            at = draft.raw.at
            items = signed.get((at.statistic, at.subject))
            if items is None or not (draft.shown and draft.small):
                continue
            parts = [self._known.get(id(self.board.find(*item, draft.place))) for item, _ in items]
            known = [part for part in parts if part is not None]
            if len(known) < len(items) or any(part.states.n != draft.raw.n for part in known):
                # somebody skipped an item: their score then rests on fewer, and the sums part
                continue
            self._fit_total(draft, known, [sign for _, sign in items])

    def _fit_total(self, draft: Draft, parts: list[Known], signs: list[int]) -> None:
        """Coarsen the score while its total, first taken as known exactly, says too much."""
        sums = [
            sign * (int(part.states.sums[part.row]) + part.states.n * part.states.low)
            for part, sign in zip(parts, signs, strict=True)
        ]
        total = float(sum(sums))
        low, high = total, total
        while draft.shown and not total_is_safe(parts, signs, low, high):
            draft.coarsen("sums-show-through")
            low, high = _total_range(draft, total)

    def _parts(self) -> dict[tuple[str, str], list[tuple[tuple[str, str], int]]]:
        """Return for every score the cells of its items, with the sign of each."""
        questionnaire = self.people.evidence.study.questionnaire
        found: dict[tuple[str, str], list[tuple[tuple[str, str], int]]] = defaultdict(list)
        for home, scale in questionnaire.scales:
            for code in scale.items:
                sign = -1 if home.item(code).reversed else 1
                found["mean", f"{home.id}:{scale.id}"].append((("mean", code), sign))
        for home, topic in questionnaire.contrasts:
            for statistic in ("own", "others", "practice", *GAPS):
                key = (statistic, f"{home.id}:{topic.kind}")
                found[key].append(((statistic, f"{home.id}:topic.{topic.id}"), 1))
        return found


def _computed_so(states: States, row: int, draft: Draft) -> bool:
    """Return whether the cell is the one that the list of sets would give."""
    cell = draft.raw.cell
    ends = [cell.low, cell.high, *(end for band in cell.bands for end in (band.low, band.high))]
    given = np.array([np.nan if end is None else end for end in ends], dtype=np.float64)
    same = np.isclose(given, states.limits[row], atol=1e-6, equal_nan=True)
    return bool(same.all()) and abs(float(states.values[row]) - (cell.value or 0.0)) < 1e-6


def _total_range(draft: Draft, total: float) -> tuple[float, float]:
    """Return between what the signed sum of the ratings lies, as the released score tells it."""
    low, high = draft.known_range()
    per_point = draft.raw.n / draft.step
    # the constant of the reversed items: what the mean times its ratings has beyond the sum
    shift = (draft.raw.cell.value or 0.0) * per_point - total
    return low * per_point - shift, high * per_point - shift
