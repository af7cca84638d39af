"""Tables of parties, sectors or groups: what the shown rows leave unknown of the hidden ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.complementary import FEWEST_PARTIES, Rest, Row, Table
from lcdiag.diagnosis.disclosure_draft import Board, Draft
from lcdiag.diagnosis.disclosure_rules import blur
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.instrument.round_robin import seated_parties
from lcdiag.instrument.study import Thresholds

WIDTH = 1.0
"""A cell hidden because it is small stays open over at least one point of the scale."""
_SOME = 1e-6


def settle_tables(people: People, board: Board, limits: Thresholds) -> None:
    """Decide, for every mean of every community, which rows below it are shown.

    An agreed minimum below that of the study holds for rows that are shown, never for what is
    left beside them; a higher one holds for both.
    """
    sector_of = party_sectors(people.evidence)
    least = max(limits.minimum, people.evidence.study.settings.row_minimum)
    for top, rows in board.tables():
        if not rows:
            continue
        whole = _row(top, people) if top is not None and top.shown else None
        found = [_row(draft, people) for draft in rows]
        if all(draft.raw.at.unit.kind == "sector" for draft in rows):
            pairs = zip(found, rows, strict=True)
            found = [_of_two_parties(row, draft, people) for row, draft in pairs]
        table = [row for row in found if row is not None]
        if top is None or whole is None or len(table) < len(found):
            for draft in rows:
                draft.hide("total-hidden")
            continue
        low, high = top.raw.low, top.raw.high
        arranged = Table(whole, tuple(table), sector_of, least)
        safe = partial(stays_open, low=low, high=high, minimum=least, sector_of=sector_of)
        shown = arranged.choose(safe)
        left = min((rest.people for rest in arranged.rests(shown)), default=limits.exact)
        beside = list(zip(rows, table, strict=True))
        few = any(draft.few for draft, row in beside if (row.kind, row.name) in shown)
        for draft, row in beside:
            if (row.kind, row.name) not in shown:
                draft.hide("protects-another-row")
            elif few or left < limits.exact:
                blur(draft)


def stays_open(
    rest: Rest, low: float, high: float, minimum: int, sector_of: Mapping[str, str] | None = None
) -> bool:
    """Return whether a remainder keeps its hidden rows hidden.

    The total of the remainder is taken as known exactly. The tables are nested, so the bounds of
    one row are those of a single sum with every value between the ends of the scale: what a
    linear programme over the whole table would find. Each bound is also worked out for a
    respondent in another hidden row, who takes their own value off first.

    Parameters
    ----------
    rest : Rest
        The hidden rows and their values.
    low, high : float
        Ends of the scale.
    minimum : int
        Rows with fewer answers are hidden because they are small; others only protect.
    sector_of : mapping, optional
        Party to its sector: the hidden parties of a sector are looked at together as well.
    """
    total = sum(row.total for row in rest.rows)
    homes = sector_of or {}
    for group in _groups(rest, homes):
        row = _together(group)
        needed = WIDTH if row.n < minimum else _SOME
        around = [other for other in rest.rows if other not in group]
        known = [(0.0, 0)] + [(end, 1) for other in around for end in (other.least, other.most)]
        for value, taken in known:
            others = rest.people - row.n - taken
            floor = max(low * row.n, total - value - high * others)
            ceiling = min(high * row.n, total - value - low * others)
            if (ceiling - floor) / row.n < needed - _SOME / 2:
                return False
    return True


def _groups(rest: Rest, sector_of: Mapping[str, str]) -> list[list[Row]]:
    """Return each hidden row alone, and the hidden parties of each hidden sector together."""
    groups = [[row] for row in rest.rows]
    sectors: dict[str, list[Row]] = {}
    for row in rest.rows:
        home = sector_of.get(row.name, "") if row.kind == "party" else ""
        if home and home != rest.within:
            sectors.setdefault(home, []).append(row)
    return groups + [members for members in sectors.values() if len(members) > 1]


def _together(rows: Sequence[Row]) -> Row:
    return Row(
        rows[0].kind,
        rows[0].name,
        sum(row.n for row in rows),
        False,
        sum(row.total for row in rows),
        min(row.least for row in rows),
        max(row.most for row in rows),
    )


def party_sectors(evidence: Evidence) -> Mapping[str, str]:
    """Return the sector of every party that answered or is listed."""
    responses = evidence.responses
    pairs = zip(responses.party.tolist(), responses.sector.tolist(), strict=True)
    found = {party: sector for party, sector in sorted(set(pairs)) if party}
    return found | {one.name: one.sector for one in evidence.study.settings.parties if one.sector}


def _of_two_parties(row: Row | None, draft: Draft, people: People) -> Row | None:
    """Return a sector's row as not to be shown where one party alone answered.

    Where parties have rows of their own, the table tells; here only the answers do. Somebody of
    unknown party may be of any of the sector that sits at the table.
    """
    if row is None or not row.shown:
        return row
    rows = people.rows(draft.place)
    at = draft.raw.at
    answered = rows[people.answered(at.statistic, at.subject, rows)]
    evidence = people.evidence
    parties = set(evidence.responses.party[answered].tolist())
    if "" in parties:
        here = seated_parties(evidence.study.settings, evidence.study.roster, at.unit.community)
        homes = party_sectors(evidence)
        parties |= {name for name in here if homes.get(name) == at.unit.name}
    return row if len(parties - {""}) >= FEWEST_PARTIES else replace(row, shown=False)


def _row(draft: Draft, people: People) -> Row | None:
    """Return a draft as a row of its table; None where its values cannot be found again."""
    unit = draft.raw.at.unit
    kind = unit.kind if unit.kind in ("sector", "meeting_group") else "party"
    if draft.raw.cell.value is None:
        return Row(kind, unit.name, 0, False)
    values = people.answers(draft)
    if values is None:
        return None
    return Row(
        kind,
        unit.name,
        len(values),
        draft.shown,
        float(np.sum(values)),
        float(np.min(values)),
        float(np.max(values)),
    )
