"""Ratings from outside the table, as checked data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lcdiag.instrument.outside import OutsideSource


@dataclass(frozen=True, slots=True)
class OutsideRating:
    """One rating by somebody who does not sit at the table.

    Attributes
    ----------
    community : str
        As the study names it.
    wave : int
        One of the study's waves.
    source : OutsideSource
        Who rated.
    subject : str
        A scale (``"lc-safety:safety"``) or an item code.
    rating : int
        A point of the response format, as asked: not reversed.
    shared : bool
        Whether the facilitator chose to share this rating with the group. Without that it stays
        with the analyst. Ratings of those represented are never shared one by one.
    """

    community: str
    wave: int
    source: OutsideSource
    subject: str
    rating: int
    shared: bool = False


@dataclass(frozen=True)
class OutsideRatings:
    """All ratings from outside of one study, in the order of the file."""

    ratings: tuple[OutsideRating, ...] = ()

    def __len__(self) -> int:
        return len(self.ratings)

    def by(self, source: OutsideSource) -> tuple[OutsideRating, ...]:
        """Return the ratings of one source."""
        return tuple(one for one in self.ratings if one.source is source)

    def communities(self, source: OutsideSource) -> tuple[str, ...]:
        """Return the communities that a source rated, in the order of the file."""
        return tuple(dict.fromkeys(one.community for one in self.by(source)))

    def people_at_home(self) -> dict[tuple[str, int], int]:
        """Return how many of those represented answered the fullest item, a community and wave.

        Their answers are not linked to each other, so no more can be known of their number.
        """
        rows = Counter((o.community, o.wave, o.subject) for o in self.by(OutsideSource.HOME))
        found: dict[tuple[str, int], int] = {}
        for (community, wave, _), n in rows.items():
            found[community, wave] = max(n, found.get((community, wave), 0))
        return found
