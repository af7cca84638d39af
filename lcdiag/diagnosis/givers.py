"""One party or sector that rates: its cells, and what they leave unknown of its people's scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from lcdiag.diagnosis.audit_people import People
from lcdiag.diagnosis.complementary import FEWEST_PARTIES, Rest, Row
from lcdiag.diagnosis.directed import GridQuestion
from lcdiag.diagnosis.disclosure_draft import Draft
from lcdiag.diagnosis.evidence import Floats, Mask

Texts = npt.NDArray[np.object_]
Safe = Callable[[Rest], bool]


@dataclass(frozen=True)
class Giver:
    """One party or sector that rates.

    Everybody in it was asked about as many parties of each receiver. So the score of somebody who
    rated them all is the mean of their values of the receivers, each counted as often as it holds
    parties. For somebody who did not, let M be the parties to rate, c the ratings in receivers
    that they rated whole, with mean x, and q the other ratings, with mean y. Their score less the
    sum of the c over M is then a x + b y with a = c / (c + q) - c / M and b = q / (c + q). Both
    are 0 or more, so this is a value within the ends of the scale times a + b = 1 - c / M.

    Attributes
    ----------
    name : str
        Of the party or sector.
    kind : str
        Which of the two it is.
    drafts : tuple of Draft
        One for each receiver at the table that may have a cell.
    sizes : (k,) array of float
        How many parties each cell's values average.
    values : (n, k) array of float
        What the cells are means of; NaN where somebody did not rate the whole receiver.
    scores : (n,) array of float
        Each person's mean over the parties that they rated.
    members : (n,) array of str
        Each person's party, "" where it is not known.
    adds_up : bool
        Whether the cells would account for everything that was rated: a sector has none where it
        rated a sector of a single party, or a party without a sector.
    """

    name: str
    kind: Literal["party", "sector"]
    drafts: tuple[Draft, ...]
    sizes: Floats
    values: Floats
    scores: Floats
    members: Texts
    adds_up: bool

    @property
    def open(self) -> bool:
        """Return whether every cell may still be shown: all of them, or none."""
        return all(draft.shown for draft in self.drafts)

    @property
    def weights(self) -> Floats:
        """Return by person the share of the parties that no cell holds their rating of."""
        return np.asarray(np.isnan(self.values) @ self.sizes / self.sizes.sum())

    @property
    def unknown(self) -> Floats:
        """Return by person what the cells do not hold of the score: a value times the weight."""
        told = np.nan_to_num(self.values, nan=0.0) @ self.sizes / self.sizes.sum()
        return np.asarray(self.scores - told)

    @property
    def parts(self) -> Floats:
        """Return by cell how often its mean counts in the sum of the scores."""
        answers = np.array([draft.raw.n for draft in self.drafts])
        return np.asarray(answers * self.sizes / self.sizes.sum())

    def hide(self, why: str) -> None:
        """Hide all cells by a rule."""
        for draft in self.drafts:
            draft.hide(why)

    def rows(self) -> tuple[Row, ...]:
        """Return its row of the table of scores; for a sector also those of its parties, hidden."""
        whole = row_of(self.kind, self.name, self.scores, shown=self.open)
        return (whole, *self._parties(self.scores)) if self.kind == "sector" else (whole,)

    def home_of(self) -> dict[str, str]:
        """Return the sector of each of the rows of `rows` that is a party in it."""
        return {row.name: self.name for row in self.rows() if row.kind != self.kind}

    def parties_stay_open(self, safe: Safe) -> bool:
        """Return whether no cell of a sector tells what one of its parties says.

        A cell needs two parties with answers. With its sum known exactly, each party in it stays
        open as a hidden party of a shown sector does.
        """
        for values in self.values.T if self.kind == "sector" else ():
            given = ~np.isnan(values)
            rest = Rest(int(given.sum()), tuple(self._parties(values)), self.name)
            if len(set(self.members[given].tolist()) - {""}) < FEWEST_PARTIES or not safe(rest):
                return False
        return True

    def _parties(self, values: Floats) -> Iterator[Row]:
        """Yield a hidden row for each party with a value; people of unknown party are one row."""
        given = ~np.isnan(values)
        for party in sorted(set(self.members[given].tolist())):
            # a name that no party has: a sector may share its name with one, and "" is elsewhere
            name = f"{self.name}\n{party}"
            yield row_of("party", name, values[given & (self.members == party)], shown=False)

    def skipping(self) -> Iterator[Mask]:
        """Yield who left somebody out: all of them, and those of each party of a sector."""
        some = self.weights > 0
        if some.any():
            yield some
        if self.kind == "sector":
            for party in sorted(set(self.members[some].tolist())):
                yield some & (self.members == party)


def giver_of(people: People, question: GridQuestion, drafts: Sequence[Draft]) -> Giver | None:
    """Return who rates in one place, of one question; None where there is no cell for it."""
    seen = people.seen[question.scale]
    mine = tuple(draft for draft in drafts if draft.raw.at.subject in seen.subjects)
    if not mine:
        return None
    rows = people.rows(mine[0].place)
    scores = people.evidence.scores.scale(question.scale)[rows]
    rows, scores = rows[~np.isnan(scores)], scores[~np.isnan(scores)]
    columns = [seen.subjects.index(draft.raw.at.subject) for draft in mine]
    asked = seen.sizes[rows].max(axis=0, initial=0)
    held = np.zeros(len(asked), dtype=bool)
    held[columns] = True
    return Giver(
        name=mine[0].raw.at.unit.name,
        kind="sector" if seen.kind == "sector" else "party",
        drafts=mine,
        sizes=np.array([draft.raw.ratings for draft in mine], dtype=np.float64),
        values=seen.values[rows][:, columns],
        scores=scores,
        members=seen.members[rows],
        adds_up=bool(held[asked > 0].all() and seen.fits[rows].all()),
    )


def row_of(kind: Literal["party", "sector"], name: str, values: Floats, *, shown: bool) -> Row:
    """Return values as a row of a table."""
    if not len(values):
        return Row(kind, name, 0, False)
    ends = float(np.min(values)), float(np.max(values))
    return Row(kind, name, len(values), shown, float(np.sum(values)), *ends)
