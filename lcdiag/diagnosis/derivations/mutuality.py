"""Between two parties or sectors: what each says of the other, and how it thinks it is seen."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.differences import difference_of
from lcdiag.diagnosis.directed import STATISTIC
from lcdiag.diagnosis.model import Address, Diagnosis, Measure
from lcdiag.instrument.questionnaire import Questionnaire

META = {"lc-party-grid:seen": "lc-party-grid:keeps"}
"""What a party thinks that another would say of it, and the other's own answer that comes closest.

The grid asks whether the other "would say that we can be trusted", and of the other only whether
it does what was agreed. The wording differs, so a small difference says nothing.
"""

Pair = tuple[str, int, str, str, str]
"""Community, wave, scale, giving and receiving party or sector."""


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return ``mutuality`` and ``meta_gap`` of two parties or sectors with both cells released.

    Mutuality is what A says of B less what B says of A, once a pair: the unit is the party
    that stands first in the study. The meta gap is how A thinks that B sees it less how B does
    see A, for each of the two. No party is placed above another; these are talks to have.
    What a sector says of the other parties in it has no counterpart.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        What was asked.
    """
    pairs = {one.id: one for one in diagnosis.words.pairs}
    released: dict[Pair, tuple[Address, Estimate]] = {}
    for measure in diagnosis.measures:
        at, cell = measure.at, measure.cell
        if at.statistic == STATISTIC and isinstance(cell, Estimate) and cell.value is not None:
            pair = pairs[at.subject]
            receiver = pair.party or pair.sector
            if receiver != at.unit.name:
                key = (at.unit.community, at.wave, pair.scale, at.unit.name, receiver)
                released[key] = (at, cell)
    order: dict[str, int] = {}
    for place, pair in enumerate(diagnosis.words.pairs):
        order.setdefault(pair.party or pair.sector, place)
    return (*_mutual(released, order), *_meta(released))


def _mutual(
    released: dict[Pair, tuple[Address, Estimate]], order: dict[str, int]
) -> Iterator[Measure]:
    for (community, wave, scale, giver, receiver), (at, cell) in released.items():
        other = released.get((community, wave, scale, receiver, giver))
        if other is not None and order[giver] < order[receiver]:
            there = at.model_copy(update={"statistic": "mutuality"})
            yield Measure(at=there, cell=difference_of(cell, other[1]))


def _meta(released: dict[Pair, tuple[Address, Estimate]]) -> Iterator[Measure]:
    for (community, wave, scale, giver, receiver), (at, cell) in released.items():
        seen = released.get((community, wave, META.get(scale, ""), receiver, giver))
        if seen is not None:
            there = at.model_copy(update={"statistic": "meta_gap"})
            yield Measure(at=there, cell=difference_of(cell, seen[1]))


DERIVATION = Derivation("mutuality", derive)
