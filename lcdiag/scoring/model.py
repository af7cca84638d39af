"""Scale scores per person, with how many items each rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class ScaleScores:
    """One score a row of the response set and scale.

    Attributes
    ----------
    scales : tuple of str
        Addresses ``"lc-safety:safety"``, in the order of the questionnaire.
    values : (n, s) array of float
        Scores after reversing by declared bounds; NaN where too few items were answered.
    answered : (n, s) array of int
        How many items of the scale the person answered.
    keyed : (n, k) array of float
        The answers with reversed items turned round, NaN where there is no rating; columns as
        in the response set.
    """

    scales: tuple[str, ...]
    values: npt.NDArray[np.float64]
    answered: npt.NDArray[np.int64]
    keyed: npt.NDArray[np.float64]

    def scale(self, address: str) -> npt.NDArray[np.float64]:
        """Return the (n,) scores of one scale."""
        return self.values[:, self.scales.index(address)]
