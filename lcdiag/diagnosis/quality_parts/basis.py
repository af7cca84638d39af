"""What every count on how answers came in starts from, and how it may be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lcdiag.diagnosis.disclosure_sample import released_sample
from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import Sample
from lcdiag.diagnosis.participation import participation

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Basis:
    """The forms that count: those of communities whose response is shown.

    Of a community with fewer answers than the minimum nothing enters, in that wave: beside what
    the others show, a number over all would tell what it holds.

    Attributes
    ----------
    evidence : Evidence
        Every row, scored.
    internal : bool
        Whether everything is told, to the analyst.
    """

    evidence: Evidence
    internal: bool = False

    @property
    def minimum(self) -> int:
        """Return the smallest count that is told."""
        return self.evidence.study.settings.thresholds.minimum

    @property
    def step(self) -> int:
        """Return to multiples of what rounded counts are rounded."""
        return 1 if self.internal else self.minimum

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Return the response of every community and wave, exactly."""
        return participation(self.evidence)

    @cached_property
    def released(self) -> tuple[Sample, ...]:
        """Return the response as reports show it."""
        return self.samples if self.internal else released_sample(self.evidence)

    @cached_property
    def forms(self) -> Mask:
        """Return the rows that count."""
        responses = self.evidence.responses
        keep = np.zeros(len(responses), dtype=bool)
        for one in self.released:
            if one.answered is not None:
                keep |= (responses.community == one.community) & (responses.wave == one.wave)
        return keep

    @cached_property
    def once(self) -> Mask:
        """Return each person once, by the first wave in which they count."""
        responses, forms = self.evidence.responses, np.flatnonzero(self.forms)
        order = forms[np.argsort(responses.wave[forms], kind="stable")]
        _, first = np.unique(responses.person[order].astype(str), return_index=True)
        keep = np.zeros(len(responses), dtype=bool)
        keep[order[first]] = True
        return keep

    def waves(self) -> tuple[int, ...]:
        """Return the waves with forms that count."""
        return tuple(int(one) for one in np.unique(self.evidence.responses.wave[self.forms]))

    def rounded(self, count: int, of: int | None = None) -> int:
        """Return a count rounded to the nearest multiple of the step, and not above its whole."""
        steps = int(count / self.step + 0.5)
        return (steps if of is None else min(steps, of // self.step)) * self.step

    def may_tell(self, counts: Iterable[int]) -> bool:
        """Return whether each of these is 0 or at least the minimum."""
        return self.internal or all(not 0 < count < self.minimum for count in counts)

    def all_told(self, wave: int) -> bool:
        """Return whether how many rows a wave has tells of no community that is not shown.

        The communities that are not shown then hold the minimum together, over two at least.
        """
        silent = [
            exact.answered or 0
            for exact, shown in zip(self.samples, self.released, strict=True)
            if exact.wave == wave and shown.answered is None
        ]
        return not silent or (len(silent) > 1 and sum(silent) >= self.minimum)
