"""Ratings from outside in the memory of what was handed out: no few of them may differ either."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.model import Diagnosis, Unit
from lcdiag.diagnosis.releases_file import CellGroup, RowPrint
from lcdiag.instrument.outside import OutsideSource
from lcdiag.responses.outside import OutsideRatings

OUTSIDE = "outside"
"""Name of their cells, which no party has: cells of a community have no name."""


def outside_prints(
    diagnosis: Diagnosis,
    outside: OutsideRatings | None,
    community: str,
    wave: int,
    first: int,
    salt: str,
) -> tuple[tuple[RowPrint, ...], tuple[CellGroup, ...]]:
    """Return the ratings of the people represented behind released cells, as rows of their own.

    They are tied to nobody: each is compared by the statement and the point that was chosen. What
    a facilitator shared is that person's to tell, and is not compared.

    Parameters
    ----------
    diagnosis : Diagnosis
        The report.
    outside : OutsideRatings or None
        What it was made with.
    community, wave
        Of the entry.
    first : int
        How many rows the entry has before these.
    salt : str
        Of the file.
    """
    unit = Unit(kind="community", community=community)
    given: dict[str, list[int]] = defaultdict(list)
    for one in (outside or OutsideRatings()).by(OutsideSource.HOME):
        if (one.community, one.wave) == (community, wave):
            given[one.subject].append(one.rating)
    prints: list[RowPrint] = []
    groups: list[CellGroup] = []
    for subject, ratings in sorted(given.items()):
        if not isinstance(diagnosis.cell("outside_mean.home", subject, unit, wave), Estimate):
            continue
        seen: Counter[int] = Counter()
        mask = 0
        for rating in sorted(ratings):
            seen[rating] += 1
            parts = [part.encode() for part in (subject, str(rating), str(seen[rating]))]
            mask |= 1 << (first + len(prints))
            prints.append(RowPrint(person="", content=short_print(salt, b"outside", *parts)))
        groups.append(
            CellGroup(kind="community", name=OUTSIDE, subjects=(subject,), rows=f"{mask:x}")
        )
    return tuple(prints), tuple(groups)


def short_print(salt: str, *parts: bytes) -> str:
    """Return twelve hexadecimal digits of a salted hash."""
    whole = hashlib.sha256(salt.encode())
    for part in parts:
        whole.update(len(part).to_bytes(4, "big") + part)
    return whole.hexdigest()[:12]
