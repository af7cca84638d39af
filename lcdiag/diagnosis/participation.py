"""Who was invited, how many answered, who stayed, joined and left: exact, before disclosure."""

from __future__ import annotations

from collections import defaultdict

from lcdiag.diagnosis.evidence import Evidence
from lcdiag.diagnosis.model import PartyInvited, Sample, Unit

_UNLINKED = "row-"
"""Pseudonyms that admission gave to rows without one start so; they link to nothing."""


def participation(evidence: Evidence) -> tuple[Sample, ...]:
    """Return the exact sample of every community and wave that has answers.

    `stayed`, `joined` and `left` compare with the previous wave in which the community answered,
    person by person. They are None in its first wave, and where someone in either wave cannot be
    linked: an unknown person would count as one who left and one who joined.
    """
    found = []
    for community in evidence.communities:
        unit = Unit(kind="community", community=community)
        before: set[str] | None = None
        for wave in evidence.waves:
            people = set(evidence.responses.person[evidence.rows(unit, wave)].tolist())
            if not people:
                continue
            known = before is not None and all(is_linked(one) for one in people | before)
            earlier = before if known and before is not None else None
            found.append(
                Sample(
                    community=community,
                    wave=wave,
                    invited=_invited(evidence, community, wave, len(people)),
                    answered=len(people),
                    parties=invited_parties(evidence, community, wave),
                    stayed=None if earlier is None else len(people & earlier),
                    joined=None if earlier is None else len(people - earlier),
                    left=None if earlier is None else len(earlier - people),
                )
            )
            before = people
    return tuple(found)


def is_linked(person: str) -> bool:
    """Return whether a pseudonym can be found again in another wave."""
    return not person.startswith(_UNLINKED)


def _invited(evidence: Evidence, community: str, wave: int, answered: int) -> int | None:
    """Return the invited number; unknown where more people answered than the roster invited.

    Such a roster is wrong, and a page would say that everybody answered. Below the minimum it
    stays, or its absence would tell how many answered.
    """
    invited = evidence.study.invited(community, wave)
    least = evidence.study.settings.thresholds.minimum
    if invited is not None and invited < answered and answered >= least:
        return None
    return invited


def invited_parties(evidence: Evidence, community: str, wave: int) -> tuple[PartyInvited, ...]:
    """Return the parties of a community that were invited to a wave, in the study's order."""
    invited: dict[str, int] = defaultdict(int)
    sectors: dict[str, str] = {}
    for row in evidence.study.roster:
        if row.community == community and row.wave == wave:
            invited[row.party] += row.invited
            sectors[row.party] = row.sector or evidence.study.sector_of(row.party)
    order = {party.name: place for place, party in enumerate(evidence.study.settings.parties)}
    names = sorted(invited, key=lambda name: (order.get(name, len(order)), name))
    return tuple(
        PartyInvited(party=name, sector=sectors[name], invited=invited[name]) for name in names
    )
