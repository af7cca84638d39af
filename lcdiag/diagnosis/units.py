"""Which rows belong to which community, meeting group, party or sector in which wave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Unit
from lcdiag.responses.model import ResponseSet

Labels = npt.NDArray[np.int64]
UnitKind = Literal["community", "meeting_group", "sector", "party"]

STUDY = Unit(kind="study")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in a wave.

    Attributes
    ----------
    unit : Unit
        A community, or a meeting group, party or sector inside one.
    wave : int
        The wave number.
    people : int
        How many people it has: the invited number, or the rows where the roster does not say
        or says fewer.
    """

    unit: Unit
    wave: int
    people: int


@dataclass(frozen=True)
class Grouping:
    """Rows arranged by place.

    Attributes
    ----------
    places : tuple of Place
        In the order of the study's communities, then waves, then names.
    label : (n,) array of int
        For every row the number of its place, -1 where it has none (a person without a party).
    """

    places: tuple[Place, ...]
    label: Labels

    @property
    def seated(self) -> npt.NDArray[np.bool_]:
        """Return which rows have a place."""
        return self.label >= 0


def group_rows(evidence: Evidence, kind: UnitKind) -> Grouping:
    """Return the places of one kind that have answers, and the place of every row.

    Parameters
    ----------
    evidence : Evidence
        What to arrange.
    kind : str
        ``"community"``, ``"meeting_group"``, ``"sector"`` or ``"party"``.
    """
    responses = evidence.responses
    community = _numbers(responses.community, evidence.communities)
    wave = np.searchsorted(np.array(evidence.waves, dtype=np.int64), responses.wave)
    labels = {
        "party": responses.party,
        "sector": responses.sector,
        "meeting_group": responses.meeting_group,
    }.get(kind)
    names = _names(evidence, kind) if labels is not None else ("",)
    within = np.zeros(len(responses), dtype=np.int64)
    if labels is not None:
        within = _numbers(labels, names)
    placed = within >= 0
    key = (community * len(evidence.waves) + wave) * max(len(names), 1) + within
    found, inverse, counts = np.unique(key[placed], return_inverse=True, return_counts=True)
    label = np.full(len(responses), -1, dtype=np.int64)
    label[placed] = inverse.reshape(-1)
    invited = _invited(evidence, kind)
    places = []
    for number, rows in zip(found.tolist(), counts.tolist(), strict=True):
        at, name = divmod(number, max(len(names), 1))
        place, moment = divmod(at, len(evidence.waves))
        where = (evidence.communities[place], evidence.waves[moment], names[name])
        unit = Unit(kind=kind, community=where[0], name=where[2])
        places.append(Place(unit, where[1], max(rows, invited.get(where, 0))))
    return Grouping(tuple(places), label)


def meeting_tables(responses: ResponseSet) -> npt.NDArray[np.object_] | None:
    """Return where each row met: in its meeting group, or in a community without such groups.

    Returns
    -------
    (n,) array of str, or None
        Different in every community; "" where a community has meeting groups and the row none.
        None where nobody has one.
    """
    groups = responses.meeting_group.astype(str)
    if not (groups != "").any():
        return None
    community = responses.community.astype(str)
    divided = np.isin(community, np.unique(community[groups != ""]))
    named = np.char.add(np.char.add(community, "\x1f"), groups)
    found = np.where(divided & (groups == ""), "", np.where(divided, named, community))
    return found.astype(object)


def subgroup_kinds(evidence: Evidence) -> tuple[UnitKind, ...]:
    """Return the kinds of rows below the community that the parties agreed to."""
    kinds: dict[str, tuple[UnitKind, ...]] = {
        "party": ("party", "sector"),
        "sector": ("sector",),
        "group": ("meeting_group",),
        "none": (),
    }
    return kinds[evidence.study.settings.small_parties.report_by]


def _numbers(labels: npt.NDArray[np.object_], names: tuple[str, ...]) -> Labels:
    """Return for every label its place in `names`, -1 where it is not there."""
    if not len(labels):
        return np.zeros(0, dtype=np.int64)
    order = {name: place for place, name in enumerate(names)}
    found, inverse = np.unique(labels.astype(str), return_inverse=True)
    table = np.array([order.get(str(name), -1) for name in found], dtype=np.int64)
    return table[inverse.reshape(-1)]


def _names(evidence: Evidence, kind: UnitKind) -> tuple[str, ...]:
    """Return the names of a kind, in the order of the study and then by name; no empty one."""
    parties = evidence.study.settings.parties
    responses = evidence.responses
    if kind == "party":
        listed, seen = [party.name for party in parties], set(responses.party.tolist())
    elif kind == "meeting_group":
        listed = [row.meeting_group for row in evidence.study.roster]
        seen = set(responses.meeting_group.tolist())
    else:
        listed, seen = [party.sector for party in parties], set(responses.sector.tolist())
    listed = list(dict.fromkeys(name for name in listed if name))
    return tuple(listed + sorted(seen - set(listed) - {""}))


def _invited(evidence: Evidence, kind: UnitKind) -> Mapping[tuple[str, int, str], int]:
    """Return the invited numbers of the roster by community, wave and name."""
    total: dict[tuple[str, int, str], int] = defaultdict(int)
    for row in evidence.study.roster:
        names = {"party": row.party, "sector": row.sector, "meeting_group": row.meeting_group}
        name = names.get(kind, "")
        if kind == "sector" and not name:
            name = evidence.study.sector_of(row.party)
        total[row.community, row.wave, name] += row.invited
    return total
