"""Which person, party, community, wave and group every simulated row belongs to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.planning.stated import Meeting

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Numbers from 0, one a row.

    Attributes
    ----------
    meeting : (rows,) array of int
        The community in the wave, as listed.
    person, community, wave : (rows,) array of int
        The same wherever the name is the same.
    party : (rows,) array of int
        A party at one table.
    organisation : (rows,) array of int
        A party at all its tables.
    group : (rows,) array of int
        A meeting group of one community.
    """

    meeting: Indices
    person: Indices
    party: Indices
    community: Indices
    wave: Indices
    organisation: Indices
    group: Indices

    def of(self, name: str) -> Indices:
        """Return the numbers of a part by its name."""
        found: Indices = getattr(self, name)
        return found

    def count(self, name: str) -> int:
        """Return how many different ones there are."""
        return int(self.of(name).max(initial=-1)) + 1


def places_of(meetings: Sequence[Meeting]) -> Places:
    """Return the places of all seats, meeting by meeting."""
    seats = [(meeting, seat) for meeting in meetings for seat in meeting.seats]
    each = [len(one.seats) for one in meetings]
    return Places(
        meeting=np.repeat(np.arange(len(meetings), dtype=np.int64), each),
        person=_numbered(seat.person for _, seat in seats),
        party=_numbered((meeting.community, seat.party) for meeting, seat in seats),
        community=_numbered(meeting.community for meeting, _ in seats),
        wave=_numbered(meeting.wave for meeting, _ in seats),
        organisation=_numbered(seat.party for _, seat in seats),
        group=_numbered((meeting.community, seat.meeting_group) for meeting, seat in seats),
    )


def _numbered(names: Iterable[Hashable]) -> Indices:
    """Return a number a name, in the order in which they first come."""
    number: dict[Hashable, int] = {}
    return np.array([number.setdefault(name, len(number)) for name in names], dtype=np.int64)
