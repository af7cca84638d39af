"""Coded rows on their way to a response set: who they say they are, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lcdiag.responses.columns import ColumnMap
from lcdiag.responses.model import Labels
from lcdiag.responses.sheet import Sheet
from lcdiag.responses.words import plain, tidy

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Draft:
    """n rows of one or more sheets, before the rules.

    Attributes
    ----------
    sheets : tuple of Sheet
        Where they come from.
    origin, position : (n,) arrays of int
        Which sheet, and which row of it (from 0).
    person, community, meeting_group, party, sector, language : (n,) arrays of str
        As written, tidied; "" where not given.
    self_made : (n,) array of bool
        Whether the pseudonym is a link code of the respondent's own answers: two people may share
        one.
    wave : (n,) array of int
        Negative where it could not be read.
    codes : (n, k) array of int16
        See `ResponseSet.codes`.
    """

    sheets: tuple[Sheet, ...]
    origin: npt.NDArray[np.int64]
    position: npt.NDArray[np.int64]
    person: Labels
    community: Labels
    meeting_group: Labels
    party: Labels
    sector: Labels
    language: Labels
    self_made: Mask
    wave: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.wave)

    def rows(self, keep: Mask) -> Draft:
        """Return the rows where the mask holds."""
        return replace(
            self,
            origin=self.origin[keep],
            position=self.position[keep],
            person=self.person[keep],
            community=self.community[keep],
            meeting_group=self.meeting_group[keep],
            party=self.party[keep],
            sector=self.sector[keep],
            language=self.language[keep],
            self_made=self.self_made[keep],
            wave=self.wave[keep],
            codes=self.codes[keep],
        )

    def number(self, row: int) -> str:
        """Return the row number as its author sees it."""
        return str(self.sheets[int(self.origin[row])].numbers[int(self.position[row])])

    def place(self, row: int) -> str:
        """Return the row number, with the file where there are several."""
        number = self.number(row)
        if len(self.sheets) == 1:
            return number
        return f"{number} ({self.sheets[int(self.origin[row])].place})"

    def places(self, where: Mask, limit: int = 5) -> tuple[str, ...]:
        """Return the first places where the mask holds, with a sign where there are more.

        A file is named once, after the last of its rows.
        """
        found = np.nonzero(where)[0].tolist()
        shown = found[:limit]
        last = {int(self.origin[row]): row for row in shown}
        rows = tuple(
            self.place(row) if last[int(self.origin[row])] == row else self.number(row)
            for row in shown
        )
        return (*rows, "\u2026") if len(found) > limit else rows

    @property
    def where(self) -> str:
        """Return the place for a finding over all rows."""
        return self.sheets[0].place if len(self.sheets) == 1 else ""


def join(drafts: Sequence[Draft]) -> Draft:
    """Return the rows of several drafts in one."""

    def labels(name: str) -> Labels:
        return np.concatenate([getattr(draft, name) for draft in drafts])

    return Draft(
        sheets=tuple(sheet for draft in drafts for sheet in draft.sheets),
        origin=np.concatenate([draft.origin + i for i, draft in enumerate(drafts)]),
        position=np.concatenate([draft.position for draft in drafts]),
        person=labels("person"),
        community=labels("community"),
        meeting_group=labels("meeting_group"),
        party=labels("party"),
        sector=labels("sector"),
        language=labels("language"),
        self_made=np.concatenate([draft.self_made for draft in drafts]),
        wave=np.concatenate([draft.wave for draft in drafts]),
        codes=np.concatenate([draft.codes for draft in drafts]),
    )


def relabel(values: Labels, rename: Callable[[str], str]) -> Labels:
    """Return the labels under new names; the function sees each different label once."""
    known = {value: rename(value) for value in dict.fromkeys(values.tolist())}
    return as_labels([known[value] for value in values.tolist()])


def as_labels(values: Sequence[str]) -> Labels:
    """Return an object array of texts."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def background(sheet: Sheet, columns: ColumnMap, role: str) -> Labels:
    """Return the tidied cells of a background role; "" where the sheet does not have it."""
    if role not in columns.background:
        return as_labels([""] * len(sheet))
    return relabel(as_labels(sheet.columns[columns.background[role]]), tidy)


def pseudonyms(sheet: Sheet, columns: ColumnMap) -> Labels:
    """Return who each row says it is, "" where it does not.

    The column of the personal code counts; where that is missing or blank, the answers to the
    open questions (the parts of a link code) together, if all of them were given.
    """
    named = background(sheet, columns, "person")
    parts = [sheet.columns[column] for column in columns.open_questions.values()]
    if not parts:
        return named
    joined = [
        "-".join(words) if all(words := [plain(cell) for cell in row]) else ""
        for row in zip(*parts, strict=True)
    ]
    return np.where(named == "", as_labels(joined), named)


def one_spelling(person: Labels) -> Labels:
    """Return the pseudonyms with those that differ in case only made equal.

    Of several spellings the one that sorts first counts, whatever the order of the rows.
    """
    spelling: dict[str, str] = {}
    for name in sorted(dict.fromkeys(person.tolist())):
        spelling.setdefault(name.casefold(), name)
    return relabel(person, lambda name: spelling[name.casefold()])
