"""Checked answers: nullable integer codes, who sits where, and what was remarked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lcdiag.base.findings import Finding

MISSING = -1
"""Code of an answer that was not given."""
DONT_KNOW = -2
"""Code of "don't know / not applicable": given, but no rating."""

Labels = npt.NDArray[np.object_]


@dataclass(frozen=True)
class ResponseSet:
    """Answers that passed `admit`: one row a person x community x wave.

    Attributes
    ----------
    person : (n,) array of str
        Pseudonyms; the same person has the same pseudonym in every wave and community. Rows
        without one got a pseudonym of their own (``"row-<wave>-<number>"``) and link to nothing.
    community, meeting_group, party, sector, language : (n,) arrays of str
        "" where unknown. A meeting group is a part of its community that meets by itself.
    wave : (n,) array of int
        Wave numbers.
    columns : tuple of str
        The k item codes, in the order of the questionnaire.
    codes : (n, k) array of int16
        The raw answers as asked, not reversed; `MISSING` and `DONT_KNOW` are negative.
    findings : tuple of Finding
        Blemishes found on the way in.
    digest : str
        Digest of the material that was read.
    """

    person: Labels
    community: Labels
    meeting_group: Labels
    party: Labels
    sector: Labels
    wave: npt.NDArray[np.int64]
    language: Labels
    columns: tuple[str, ...]
    codes: npt.NDArray[np.int16]
    findings: tuple[Finding, ...] = ()
    digest: str = ""

    def __len__(self) -> int:
        return len(self.person)

    @cached_property
    def values(self) -> npt.NDArray[np.float64]:
        """Return the (n, k) answers as floats, NaN where there is no rating."""
        return np.where(self.codes >= 0, self.codes.astype(np.float64), np.nan)

    def column(self, code: str) -> npt.NDArray[np.float64]:
        """Return the ratings of one item as floats, NaN where there is none."""
        return self.values[:, self.columns.index(code)]

    def rows(self, keep: npt.NDArray[np.bool_]) -> ResponseSet:
        """Return the rows where the mask holds."""
        return replace(
            self,
            person=self.person[keep],
            community=self.community[keep],
            meeting_group=self.meeting_group[keep],
            party=self.party[keep],
            sector=self.sector[keep],
            wave=self.wave[keep],
            language=self.language[keep],
            codes=self.codes[keep],
        )
