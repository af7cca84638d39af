"""The persons' values behind a measure, found again from the evidence by its address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lcdiag.diagnosis.directed import STATISTIC, grid_questions
from lcdiag.diagnosis.disclosure_draft import Draft, Place, place_of
from lcdiag.diagnosis.evidence import Evidence, Floats
from lcdiag.diagnosis.outside import Key, outside_values
from lcdiag.diagnosis.seen import Seen, giving_kind, how_seen
from lcdiag.diagnosis.topics import Ratings, pools, rated_whole, topic_ratings
from lcdiag.diagnosis.units import UnitKind, group_rows

Rows = npt.NDArray[np.intp]


class People:
    """Values by person for the means of a study.

    Parameters
    ----------
    evidence : Evidence
        The answers and scores.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._vectors: dict[tuple[str, str], Floats | None] = {}
        self._rows: dict[str, dict[Place, Rows]] = {}

    def answers(self, draft: Draft) -> Floats | None:
        """Return the values that a mean rests on, or None where they are not those of its cell.

        What cannot be found again cannot be audited, and what was not audited is not shown.
        """
        at = draft.raw.at
        if draft.raw.kind == "outside":
            values = self._outside.get((at.statistic, at.subject, at.unit.community, at.wave))
        else:
            vector = self._vector(at.statistic, at.subject)
            values = None if vector is None else vector[self.rows(draft.place)]
        if values is None or draft.raw.cell.value is None:
            return None
        values = values[~np.isnan(values)]
        if len(values) != draft.raw.n or abs(values.mean() - draft.raw.cell.value) > 1e-6:
            return None
        return values

    def answered(self, statistic: str, subject: str, rows: Rows) -> npt.NDArray[np.bool_]:
        """Return which of the rows have a value; all of them where the address is unknown."""
        level = statistic.removeprefix("change.") if statistic.startswith("change.") else statistic
        vector = self._vector(level, subject)
        if vector is None:
            vector = self._vector("mean", subject)
        if vector is None:
            return np.ones(len(rows), dtype=bool)
        return np.asarray(~np.isnan(vector[rows]))

    def rows(self, place: Place) -> Rows:
        """Return the numbers of the rows of a place."""
        kind = place[0]
        if kind not in self._rows:
            self._rows[kind] = self._placed(kind)
        return self._rows[kind].get(place, np.zeros(0, dtype=np.intp))

    def _placed(self, kind: str) -> dict[Place, Rows]:
        known: dict[str, UnitKind] = {
            "community": "community",
            "sector": "sector",
            "party": "party",
            "meeting_group": "meeting_group",
        }
        grouping = group_rows(self.evidence, known[kind])
        order = np.argsort(grouping.label, kind="stable")
        edges = np.searchsorted(grouping.label[order], np.arange(len(grouping.places) + 1))
        return {
            place_of(place.unit, place.wave): order[edges[number] : edges[number + 1]]
            for number, place in enumerate(grouping.places)
        }

    @cached_property
    def seen(self) -> Mapping[str, Seen]:
        """Return how each person sees each party or sector, by the scale of the question."""
        kind = giving_kind(self.evidence)
        if kind is None:
            return {}
        questions = grid_questions(self.evidence)
        return {one.scale: how_seen(self.evidence, one, kind) for one in questions}

    @cached_property
    def _outside(self) -> Mapping[Key, Floats]:
        return outside_values(self.evidence)

    @cached_property
    def _ratings(self) -> dict[str, Ratings]:
        found = [*topic_ratings(self.evidence)]
        found += [*pools(self.evidence, "critical"), *pools(self.evidence, "control")]
        return {one.subject: one for one in found}

    @cached_property
    def _whole(self) -> dict[str, npt.NDArray[np.bool_]]:
        return rated_whole(self.evidence)

    def _vector(self, statistic: str, subject: str) -> Floats | None:
        key = (statistic, subject)
        if key not in self._vectors:
            self._vectors[key] = self._find(statistic, subject)
        return self._vectors[key]

    def _find(self, statistic: str, subject: str) -> Floats | None:
        if statistic == "mean":
            responses = self.evidence.responses
            if subject not in self.evidence.scores.scales and subject not in responses.columns:
                return None
            values = self.evidence.values(subject)
            whole = self._whole.get(subject)
            return values if whole is None else np.where(whole, values, np.nan)
        if statistic == STATISTIC:
            for seen in self.seen.values():
                if subject in seen.subjects:
                    return seen.values[:, seen.subjects.index(subject)]
            return None
        ratings = self._ratings.get(subject)
        if ratings is None:
            return None
        found = {
            "own": ratings.own,
            "others": ratings.others,
            "practice": ratings.practice,
            "perception_gap": ratings.own - ratings.others,
            "abilene_gap": ratings.own - ratings.practice,
        }
        return found.get(statistic)
