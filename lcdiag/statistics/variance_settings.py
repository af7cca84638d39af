"""The forks of a variance partition, and why a factor has no part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lcdiag.statistics.mixed_fit import Method

Intervals = Literal["profile", "approximate", "bootstrap", "none"]
ProfileOf = Literal["same", "ml"]


@dataclass(frozen=True, slots=True)
class NotSeparable:
    """Why one factor has no component of its own, and how many levels it has."""

    reason: str
    levels: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The forks, as in `variance.variance_shares`."""

    method: Method
    intervals: Intervals | None
    profile_of: ProfileOf
    of: Literal["total", "factors"]
    confidence: float
    bands: tuple[float, ...]
    rng: np.random.Generator | None
    resamples: int

    def check(self) -> None:
        """Raise ValueError for a fork that does not exist."""
        for value, options, name in (
            (self.method, ("reml", "ml"), "method"),
            (self.profile_of, ("same", "ml"), "profile_of"),
            (self.of, ("total", "factors"), "of"),
            (self.intervals, (None, "profile", "approximate", "bootstrap", "none"), "intervals"),
        ):
            if value not in options:
                raise ValueError(f"{name} is one of {options}; received {value!r}")
        if self.intervals == "bootstrap" and not isinstance(self.rng, np.random.Generator):
            raise ValueError("a bootstrap needs rng, a numpy.random.Generator")
        if self.resamples < 2:
            raise ValueError(f"a bootstrap needs 2 draws or more; received {self.resamples!r}")
