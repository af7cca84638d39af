"""How much of the differences between people is error of the scale: 1 - alpha, as released."""

from __future__ import annotations

from lcdiag.base.estimate import Band, Estimate, Hidden
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.instrument.questionnaire import Questionnaire

STATISTIC = "variance_share.measurement_error"


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return one row a scale and wave of the study that has a Cronbach's alpha.

    It is a part of the rest and of the people, beside which it stands: no share of its own.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control.
    questionnaire : Questionnaire
        Not needed.

    Notes
    -----
    Absent when: as alpha; ``alpha-below-0`` (error is then more than all there is).
    """
    return tuple(
        Measure(at=one.at.model_copy(update={"statistic": STATISTIC}), cell=_error(one.cell))
        for one in diagnosis.measures
        if one.at.statistic == "cronbach_alpha" and one.at.unit.kind == "study"
    )


def _error(alpha: Estimate | Hidden) -> Estimate | Hidden:
    if isinstance(alpha, Hidden):
        return alpha
    method = f"1 - alpha, {alpha.method}".removesuffix(", ")
    if alpha.value is None:
        return Estimate.missing(alpha.absent or "", n=alpha.n, method=method)
    if alpha.value < 0:
        return Estimate.missing("alpha-below-0", n=alpha.n, method=method)
    return Estimate(
        _left(alpha.value),
        None if alpha.high is None else _left(alpha.high),
        None if alpha.low is None else _left(alpha.low),
        alpha.confidence,
        tuple(Band(one.confidence, _left(one.high), _left(one.low)) for one in alpha.bands),
        alpha.n,
        method,
    )


def _left(value: float) -> float:
    # to the last digits of an exact alpha, but 1 - 0.9 is 0.1
    return min(max(round(1 - value, 12), 0.0), 1.0)


DERIVATION = Derivation("measurement_error", derive)
