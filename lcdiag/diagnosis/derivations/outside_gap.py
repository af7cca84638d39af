"""Inside against outside: what people at the table say less what is seen from outside."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.differences import difference_of
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.instrument.questionnaire import Questionnaire

_OUTSIDE = "outside_mean."


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return ``outside_gap.<source>`` wherever both views of one subject are released.

    A score that is a sum of ratings has no single rating to be laid beside, and no gap. A
    facilitator's rating is one statement: the interval is that of the people at the table.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        Not needed.
    """
    summed = {scale.id for scale in diagnosis.words.scales if scale.combine == "sum"}
    found = []
    for measure in diagnosis.measures:
        at, outside = measure.at, measure.cell
        if not at.statistic.startswith(_OUTSIDE) or at.subject in summed:
            continue
        inside = diagnosis.cell("mean", at.subject, at.unit, at.wave)
        if not isinstance(inside, Estimate) or not isinstance(outside, Estimate):
            continue
        if inside.value is not None and outside.value is not None:
            name = f"outside_gap.{at.statistic.removeprefix(_OUTSIDE)}"
            there = at.model_copy(update={"statistic": name})
            found.append(Measure(at=there, cell=difference_of(inside, outside)))
    return tuple(found)


DERIVATION = Derivation("outside_gap", derive)
