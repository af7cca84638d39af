"""Numbers that follow from released cells alone: they tell nothing that these do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lcdiag.base.gather import gather
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.instrument.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Derivation:
    """What each module in ``lcdiag.diagnosis.derivations`` offers as ``DERIVATION``.

    Attributes
    ----------
    name : str
        Of the analysis.
    derive : callable
        From a Diagnosis after disclosure control, and what was asked, to further cells. It sees
        no answers: whoever holds the released cells could work out the same numbers.
    """

    name: str
    derive: Callable[[Diagnosis, Questionnaire], tuple[Measure, ...]]


def with_derived(diagnosis: Diagnosis, questionnaire: Questionnaire) -> Diagnosis:
    """Return the diagnosis with the cells of every derivation behind its own.

    No derivation sees the cells of another.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        What was asked.
    """
    offered: dict[str, Derivation] = gather("lcdiag.diagnosis.derivations", "DERIVATION")
    found = tuple(m for one in offered.values() for m in one.derive(diagnosis, questionnaire))
    return diagnosis.model_copy(update={"measures": diagnosis.measures + found})
