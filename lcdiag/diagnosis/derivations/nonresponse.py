"""What if those who did not answer stood one point away: arithmetic on released means."""

from __future__ import annotations

from lcdiag.base.estimate import Cell, Estimate, Hidden
from lcdiag.diagnosis.derive import Derivation
from lcdiag.diagnosis.model import Diagnosis, Measure
from lcdiag.instrument.questionnaire import Questionnaire

METHOD = "what if those who did not answer stood one scale point lower or higher"
_POINT = 1.0


def derive(diagnosis: Diagnosis, questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Return for every mean of a scale in a community where the mean of all invited would lie.

    Not an interval: nothing is estimated of those who did not answer. The limits are the mean of
    all invited if everybody without a score stood one point of the answering scale lower, or
    higher, than those with one, and nobody beyond the ends of the scale. Where everybody
    answered both limits are the mean itself.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control; the means, how many they rest on, and how many were invited.
    questionnaire : Questionnaire
        Scales of ratings of several parties have means only.

    Returns
    -------
    tuple of Measure
        ``nonresponse_bounds``; hidden where the mean is, and absent for ``invited-unknown`` or
        for the reason of the mean.
    """
    over_parties = {
        f"{home.id}:{scale.id}"
        for home, scale in questionnaire.scales
        if questionnaire.over_parties(scale)
    }
    scales = {
        scale.id: scale
        for scale in diagnosis.words.scales
        if not scale.per_item and scale.id not in over_parties
    }
    invited = {(one.community, one.wave): one.invited for one in diagnosis.sample}
    found = []
    for measure in diagnosis.measures:
        at = measure.at
        scale = scales.get(at.subject)
        if at.statistic != "mean" or at.unit.kind != "community" or scale is None:
            continue
        point = _POINT * (len(scale.items) if scale.combine == "sum" else 1)
        people = invited.get((at.unit.community, at.wave))
        cell = what_if(measure.cell, people, point, (scale.low, scale.high))
        there = at.model_copy(update={"statistic": "nonresponse_bounds"})
        found.append(Measure.model_construct(at=there, cell=cell))
    return tuple(found)


def what_if(mean: Cell, invited: int | None, point: float, bounds: tuple[float, float]) -> Cell:
    """Return a mean with the limits that the mean of all invited would have.

    Parameters
    ----------
    mean : Estimate or Hidden
        Of those who answered, as released.
    invited : int or None
        How many were invited; None where the roster does not say.
    point : float
        How far those who did not answer are thought to stand from the mean.
    bounds : tuple of float
        The ends of the scale: nobody stands beyond them.
    """
    if isinstance(mean, Hidden):
        return mean
    if mean.value is None:
        return Estimate.missing(mean.absent or "no-answers", n=mean.n, method=METHOD)
    if invited is None or invited < mean.n:
        return Estimate.missing("invited-unknown", n=mean.n, method=METHOD)
    silent = (invited - mean.n) / invited
    away = [min(max(mean.value + sign * point, bounds[0]), bounds[1]) for sign in (-1, 1)]
    low, high = (round((1 - silent) * mean.value + silent * one, 4) for one in away)
    return Estimate(value=mean.value, low=low, high=high, n=mean.n, method=METHOD)


DERIVATION = Derivation("nonresponse", derive)
