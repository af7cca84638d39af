"""Who answered again: each community's wave beside the previous one in which it answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.participation import is_linked
from lcdiag.diagnosis.units import Place, group_rows
from lcdiag.statistics.linked_waves import linked_rows

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Step:
    """One community from one wave to the next one in which it answered.

    Attributes
    ----------
    before, now : Place
        The community in the earlier and in the later wave; waves in which it did not answer lie
        between them unseen.
    earlier, later : array of int
        All its rows of either wave.
    first, second : array of int
        The rows of the people who are in both, person by person in the same order.
    linked : bool
        Whether every row of both waves carries a pseudonym, so that who is not in both is known
        to have left or joined.
    """

    before: Place
    now: Place
    earlier: Rows
    later: Rows
    first: Rows
    second: Rows
    linked: bool

    @property
    def community(self) -> str:
        """Return the name of the community."""
        return self.now.unit.community


def steps(evidence: Evidence) -> tuple[Step, ...]:
    """Return the steps of every community, in the order of the study and then of the waves."""
    if len(evidence.waves) < 2:
        return ()
    grouping = group_rows(evidence, "community")
    order = np.argsort(grouping.label, kind="stable")
    edges = np.searchsorted(grouping.label[order], np.arange(len(grouping.places) + 1))
    person = evidence.responses.person
    found = []
    for number, (before, now) in enumerate(zip(grouping.places, grouping.places[1:], strict=False)):
        if before.unit != now.unit:
            continue
        earlier = order[edges[number] : edges[number + 1]]
        later = order[edges[number + 1] : edges[number + 2]]
        first, second = linked_rows(person[earlier], person[later])
        whole = all(is_linked(one) for one in (*person[earlier], *person[later]))
        found.append(Step(before, now, earlier, later, earlier[first], later[second], whole))
    return tuple(found)


def rows_at_the_start(evidence: Evidence) -> Rows:
    """Return the rows of every community's first wave: what later answers are compared with."""
    first: dict[str, int] = {}
    for place in group_rows(evidence, "community").places:
        first.setdefault(place.unit.community, place.wave)
    starts = np.array([first[one] for one in evidence.responses.community.tolist()], dtype=np.int64)
    return np.flatnonzero(evidence.responses.wave == starts)


def no_longer_invited(evidence: Evidence, step: Step) -> npt.NDArray[np.bool_]:
    """Return which earlier rows are of a party that was not invited to the later wave.

    Such people did not drop out: nobody asked them. Where the roster does not have the wave,
    everybody counts as invited.
    """
    invited: dict[str, int] = defaultdict(int)
    for row in evidence.study.roster:
        if row.community == step.community and row.wave == step.now.wave:
            invited[row.party] += row.invited
    party = evidence.responses.party[step.earlier]
    if not invited:
        return np.zeros(len(party), dtype=bool)
    return np.array([bool(one) and invited[one] == 0 for one in party.tolist()], dtype=bool)
