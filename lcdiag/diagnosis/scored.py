"""Which scales have scores, with their bounds, the columns of their items, and their level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lcdiag.diagnosis.evidence import Evidence, Floats
from lcdiag.instrument.model import Instrument, Scale


@dataclass(frozen=True)
class Scored:
    """A scale that is scored and shown as one number.

    Attributes
    ----------
    address : str
        ``"lc-safety:safety"``.
    home, scale
        The instrument and its scale.
    low, high : float
        Bounds of the score.
    over_parties : bool
        Whether it is the mean of ratings of several parties. Who sits at which table decides
        which of its columns a person can answer, so it has no reliability or agreement of items.
    """

    address: str
    home: Instrument
    scale: Scale
    low: float
    high: float
    over_parties: bool = False

    @property
    def ratings(self) -> int:
        """Return how many ratings a score rests on: at least, for ratings of parties.

        Somebody may know one other party only, and the score is then that one rating.
        """
        return 1 if self.over_parties else len(self.scale.items)

    @property
    def points(self) -> int:
        """Return how many points the response format has."""
        bounds = self.home.format_of(self.scale.items[0])
        return bounds.high - bounds.low + 1

    def items(self, evidence: Evidence) -> Floats:
        """Return the (n, k) answers with reversed items turned round."""
        columns = [evidence.responses.columns.index(code) for code in self.scale.items]
        return np.asarray(evidence.scores.keyed[:, columns], dtype=np.float64)


def scored_scales(evidence: Evidence) -> tuple[Scored, ...]:
    """Return the scored scales in the order of the questionnaire, without those shown per item."""
    found = []
    asked = evidence.study.questionnaire
    for home, scale in asked.scales:
        address = f"{home.id}:{scale.id}"
        if scale.per_item or address not in evidence.scores.scales:
            continue
        bounds = home.format_of(scale.items[0])
        factor = len(scale.items) if scale.combine == "sum" else 1
        low, high = float(bounds.low * factor), float(bounds.high * factor)
        found.append(Scored(address, home, scale, low, high, asked.over_parties(scale)))
    return tuple(found)
