"""How many people were linked over the waves, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lcdiag.base.findings import Finding
from lcdiag.diagnosis.model import Sample, Unit
from lcdiag.diagnosis.participation import is_linked
from lcdiag.diagnosis.quality_model import Linked, Slips
from lcdiag.diagnosis.quality_parts.basis import Basis

_HOW = ("exact", "tolerant", "ambiguous", "unmatched")


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of one community: its wave against the one before."""

    forms: int
    stayed: int
    joined: int
    unlinked: int
    left: int
    told: bool
    """Whether the community's own report shows these."""

    @property
    def all(self) -> tuple[int, ...]:
        return self.stayed, self.joined, self.unlinked, self.left


def linked(basis: Basis) -> tuple[Linked, ...]:
    """Return for every later wave how many people answered in the wave before it too.

    Told where every count over the study is 0 or at least the minimum, and so is every count
    over the communities that do not show their own: the rule by which one community shows its own.
    """
    found = []
    for wave in basis.waves():
        each = list(_each(basis, wave))
        if not each:
            continue
        forms = sum(one.forms for one in each)
        whole = _together(each)
        rest = [one for one in each if not one.told]
        fine = basis.may_tell(whole) and basis.may_tell(_together(rest))
        if not (fine or basis.internal):
            found.append(Linked(wave=wave, forms=forms))
            continue
        stayed, joined, unlinked, left = whole
        found.append(
            Linked(
                wave=wave, forms=forms, stayed=stayed, joined=joined, unlinked=unlinked, left=left
            )
        )
    return tuple(found)


def slips(basis: Basis, findings: Iterable[Finding]) -> Slips | None:
    """Return how codes that people made themselves were linked, rounded."""
    for one in findings:
        if one.code == "responses.codes-linked":
            counts = {how: basis.rounded(int(str(one.facts.get(how, 0)))) for how in _HOW}
            return Slips(**counts)
    return None


def _each(basis: Basis, wave: int) -> Iterable[_Counts]:
    """Yield the counts of every community that is shown in this wave and the one before."""
    by_community: dict[str, list[Sample]] = {}
    for one in basis.released:
        by_community.setdefault(one.community, []).append(one)
    for community, samples in by_community.items():
        numbers = [one.wave for one in samples]
        if wave not in numbers or numbers.index(wave) == 0:
            continue
        now, before = samples[numbers.index(wave)], samples[numbers.index(wave) - 1]
        if now.answered is None or before.answered is None:
            continue
        here = _people(basis, community, wave)
        there = _people(basis, community, before.wave)
        known = {one for one in here if is_linked(one)}
        earlier = {one for one in there if is_linked(one)}
        yield _Counts(
            forms=len(here),
            stayed=len(known & earlier),
            joined=len(known - earlier),
            unlinked=len(here) - len(known),
            left=len(earlier - known),
            told=now.stayed is not None,
        )


def _people(basis: Basis, community: str, wave: int) -> set[str]:
    unit = Unit(kind="community", community=community)
    return set(basis.evidence.responses.person[basis.evidence.rows(unit, wave)].tolist())


def _together(some: list[_Counts]) -> tuple[int, int, int, int]:
    stayed, joined, unlinked, left = (sum(one.all[k] for one in some) for k in range(4))
    return stayed, joined, unlinked, left
