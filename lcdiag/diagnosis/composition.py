"""Which parties were invited, joined or left from wave to wave: from the roster, never answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lcdiag.diagnosis.model import Diagnosis, Sample


@dataclass(frozen=True, slots=True)
class PartyChange:
    """The parties of one community in a wave beside those of an earlier one.

    Attributes
    ----------
    community : str
        Its name.
    since, wave : int
        The previous wave in which the community answered, and this one.
    skipped : tuple of int
        Waves of the study between the two, in which it did not answer.
    came : tuple of str
        Invited in `wave`, in none of the earlier waves.
    back : tuple of str
        Invited in `wave` and in an earlier wave, not in `since`.
    went : tuple of str
        Invited in `since`, not in `wave`.
    """

    community: str
    since: int
    wave: int
    skipped: tuple[int, ...]
    came: tuple[str, ...]
    back: tuple[str, ...]
    went: tuple[str, ...]


def party_changes(diagnosis: Diagnosis, community: str) -> tuple[PartyChange, ...]:
    """Return how the invited parties of a community changed, one a pair of waves it answered in.

    Parameters
    ----------
    diagnosis : Diagnosis
        Released: its samples hold the roster's numbers by party, whatever else is hidden.
    community : str
        Whose parties.

    Returns
    -------
    tuple of PartyChange
        Earliest first. Without parties in one of the two waves (a roster that does not have it)
        nothing is known to have changed, and the three lists are empty.
    """
    samples = sorted(
        (one for one in diagnosis.sample if one.community == community), key=lambda one: one.wave
    )
    known = [wave.number for wave in diagnosis.waves]
    found = []
    seen: set[str] = set()
    for before, now in pairwise(samples):
        old, new = _invited(before), _invited(now)
        seen.update(old)
        fresh = [name for name in new if name not in old] if old else []
        found.append(
            PartyChange(
                community=community,
                since=before.wave,
                wave=now.wave,
                skipped=tuple(one for one in known if before.wave < one < now.wave),
                came=tuple(name for name in fresh if name not in seen),
                back=tuple(name for name in fresh if name in seen),
                went=tuple(name for name in old if name not in new) if new else (),
            )
        )
    return tuple(found)


def _invited(sample: Sample) -> list[str]:
    return [row.party for row in sample.parties if row.invited > 0]
