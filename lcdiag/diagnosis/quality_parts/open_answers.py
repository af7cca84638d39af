"""Which questions people left open, and where they stopped; rounded, over the whole study."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lcdiag.diagnosis.quality_model import OpenItem, OpenPart, Stopped
from lcdiag.diagnosis.quality_parts.basis import Basis, Mask
from lcdiag.responses.model import DONT_KNOW, MISSING

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OpenAnswers:
    """Answers that were not given, question by question."""

    basis: Basis

    @cached_property
    def asked(self) -> Mask:
        """Return which cell of which form was asked: (n, k).

        A question that nobody of a wave answered had no column there. Of questions about each
        other party people leave out their own and those they do not meet, so these have no count.
        """
        responses = self.basis.evidence.responses
        given = responses.codes != MISSING
        asked = np.zeros(given.shape, dtype=bool)
        for wave in self.basis.waves():
            rows = self.basis.forms & (responses.wave == wave)
            asked |= rows[:, None] & given[rows].any(axis=0)[None, :]
        return asked

    @cached_property
    def page_of(self) -> dict[str, int]:
        """Return the page of the questionnaire on which each column stands."""
        pages = self.basis.evidence.study.questionnaire.pages
        return {
            item.id: number
            for number, page in enumerate((p for p in pages if any(b.items for b in p)), start=1)
            for block in page
            for item in block.items
        }

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """Return the columns whose open answers are counted, in the order of asking."""
        questionnaire = self.basis.evidence.study.questionnaire
        order = {code: k for k, code in enumerate(self.basis.evidence.responses.columns)}
        return tuple(
            order[code]
            for code in questionnaire.codes
            if code in order and code not in questionnaire.about
        )

    def of_code(self, code: int) -> Counts:
        """Return how often each column holds this code where it was asked."""
        here = (self.basis.evidence.responses.codes == code) & self.asked
        counts: Counts = here.sum(axis=0)
        return counts

    def items(self) -> tuple[OpenItem, ...]:
        """Return every question with enough answers asked for."""
        questionnaire = self.basis.evidence.study.questionnaire
        columns = self.basis.evidence.responses.columns
        asked, blank, unknown = self._sums
        return tuple(
            OpenItem(
                id=columns[k],
                instrument=questionnaire.instrument_of(columns[k]).id,
                page=self.page_of[columns[k]],
                asked=int(asked[k]),
                open=self.basis.rounded(int(blank[k]), int(asked[k])),
                dont_know=self.basis.rounded(int(unknown[k]), int(asked[k])),
            )
            for k in self.counted
            if self._enough(int(asked[k]))
        )

    def parts(self) -> tuple[OpenPart, ...]:
        """Return the questions of each instrument, and of each page, together."""
        questionnaire = self.basis.evidence.study.questionnaire
        columns = self.basis.evidence.responses.columns
        homes: dict[str, list[int]] = {}
        pages: dict[str, list[int]] = {}
        for k in self.counted:
            homes.setdefault(questionnaire.instrument_of(columns[k]).id, []).append(k)
            pages.setdefault(str(self.page_of[columns[k]]), []).append(k)
        found = [self._part("instrument", name, some) for name, some in homes.items()]
        found += [self._part("page", name, some) for name, some in sorted(pages.items(), key=_page)]
        return tuple(one for one in found if one is not None)

    def stopped(self) -> tuple[Stopped, ...]:
        """Return after which page forms end, wave by wave; the last page is the end for all."""
        responses = self.basis.evidence.responses
        pages = max(self.page_of.values(), default=0)
        page = np.array([self.page_of.get(code, 0) for code in responses.columns])
        found = []
        for wave in self.basis.waves():
            rows = self.basis.forms & (responses.wave == wave)
            given = responses.codes[rows] != MISSING
            last = np.where(given, page[None, :], 0).max(axis=1, initial=0)
            end = int(last.max(initial=0))
            for number in range(1, min(end, pages)):
                forms = int(rows.sum())
                n = self.basis.rounded(int((last == number).sum()), forms)
                found.append(Stopped(wave=wave, page=number, forms=forms, n=n))
        return tuple(found)

    @cached_property
    def _sums(self) -> tuple[Counts, Counts, Counts]:
        asked: Counts = self.asked.sum(axis=0)
        return asked, self.of_code(MISSING), self.of_code(DONT_KNOW)

    def _enough(self, asked: int) -> bool:
        limits = self.basis.evidence.study.settings.thresholds
        return asked >= limits.exact or (self.basis.internal and asked > 0)

    def _part(self, kind: str, name: str, columns: list[int]) -> OpenPart | None:
        asked, blank, unknown = (int(one[columns].sum()) for one in self._sums)
        if not self._enough(asked):
            return None
        return OpenPart.model_validate(
            {
                "kind": kind,
                "name": name,
                "questions": len(columns),
                "asked": asked,
                "open": self.basis.rounded(blank, asked),
                "dont_know": self.basis.rounded(unknown, asked),
            }
        )


def _page(named: tuple[str, list[int]]) -> int:
    return int(named[0])
