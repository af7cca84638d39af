"""Which parties a form may name: a party with few people is asked for its sector instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from lcdiag.instrument.study import RosterRow, Study


@dataclass(frozen=True, slots=True)
class Choices:
    """What respondents can tick about where they come from.

    Attributes
    ----------
    parties : tuple of (str, tuple of str)
        Parties that may be named, with the communities in which they may; an empty tuple of
        communities means: in all.
    sectors : tuple of str
        Sectors for everybody whose party is not named.
    groups : tuple of (str, tuple of str)
        Meeting groups that may be named, with their communities; then nothing else is asked.
    reason : str
        ``"group"`` meeting groups by agreement, ``"party"`` names and sectors,
        ``"sector"`` sectors by agreement, ``"small"`` sectors
        because every party is small, ``"unknown"`` sectors because nobody knows how many people
        were invited, ``"none"`` nothing is asked.
    """

    parties: tuple[tuple[str, tuple[str, ...]], ...]
    sectors: tuple[str, ...]
    reason: str
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()


def background_choices(study: Study, community: str | None = None) -> Choices:
    """Return the parties and sectors that a form of the study may offer.

    A party is named in a community where at least as many of its people as a row needs were
    invited in every wave in which it was invited at all; elsewhere its sector is asked. So where
    the parties agreed on another minimum, that number decides here too. Meeting groups are named
    by the same rule.

    Parameters
    ----------
    study : Study
        With its roster; without one no party is named.
    community : str, optional
        Only for this community.

    Returns
    -------
    Choices
        In the order of the study.
    """
    agreed = study.settings.small_parties.report_by
    if agreed == "none":
        return Choices((), (), "none")
    if agreed == "group":
        groups = _groups(study, community)
        return Choices((), (), "group" if groups else "none", groups)
    smallest = _smallest(study, community, lambda row: row.party)
    present = {party for party, _ in smallest} if smallest else None
    named: list[tuple[str, tuple[str, ...]]] = []
    sectors: dict[str, None] = {}
    for party in study.settings.parties:
        if present is not None and party.name not in present:
            continue
        seats = {where: n for (name, where), n in smallest.items() if name == party.name}
        large = [where for where, n in seats.items() if n >= study.settings.row_minimum]
        if agreed == "party" and large:
            named.append((party.name, () if len(large) == len(seats) else tuple(large)))
        if party.sector and (agreed == "sector" or len(large) < len(seats) or not seats):
            sectors.setdefault(party.sector)
    if agreed == "sector":
        reason = "sector"
    elif named:
        reason = "party"
    else:
        reason = "small" if smallest else "unknown"
    if not named and not sectors:
        reason = "none"
    return Choices(tuple(named), tuple(sectors), reason)


def _smallest(
    study: Study, community: str | None, whose: Callable[[RosterRow], str]
) -> dict[tuple[str, str], int]:
    """Return how many were invited by name and community, in the wave with the fewest."""
    total: dict[tuple[str, str, int], int] = defaultdict(int)
    for row in study.roster:
        if row.invited > 0 and community in (None, row.community):
            total[whose(row), row.community, row.wave] += row.invited
    found: dict[tuple[str, str], int] = {}
    for (name, where, _), invited in total.items():
        found[name, where] = min(invited, found.get((name, where), invited))
    return found


def _groups(study: Study, community: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the meeting groups with enough people, in the order of the roster."""
    enough = study.settings.row_minimum
    places: dict[str, list[str]] = {}
    for (name, where), n in _smallest(study, community, lambda row: row.meeting_group).items():
        if name and n >= enough:
            places.setdefault(name, []).append(where)
    tables = len({row.community for row in study.roster})
    return tuple(
        (name, () if community or tables == 1 else tuple(where)) for name, where in places.items()
    )
