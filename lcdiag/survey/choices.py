"""Which parties a form may name: a party with few people is asked for its sector instead."""

from __future__ import annotations

from dataclasses import dataclass

from lcdiag.instrument.study import Study


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
    reason : str
        ``"party"`` names and sectors, ``"sector"`` sectors by agreement, ``"small"`` sectors
        because every party is small, ``"unknown"`` sectors because nobody knows how many people
        were invited, ``"none"`` nothing is asked.
    """

    parties: tuple[tuple[str, tuple[str, ...]], ...]
    sectors: tuple[str, ...]
    reason: str


def background_choices(study: Study, community: str | None = None) -> Choices:
    """Return the parties and sectors that a form of the study may offer.

    A party is named in a community where at least as many of its people as a row needs were
    invited in every wave in which it was invited at all; elsewhere its sector is asked. So where
    the parties agreed on another minimum, that number decides here too.

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
    smallest: dict[tuple[str, str], int] = {}
    for row in study.roster:
        if row.invited > 0 and community in (None, row.community):
            key = (row.party, row.community)
            smallest[key] = min(row.invited, smallest.get(key, row.invited))
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
