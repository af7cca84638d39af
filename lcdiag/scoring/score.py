"""Scale scores per person: keyed, averaged or summed over what was answered."""

from __future__ import annotations

import numpy as np

from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.responses.model import ResponseSet
from lcdiag.scoring.keying import keyed
from lcdiag.scoring.missing import available_mean, needed
from lcdiag.scoring.model import ScaleScores


def score_responses(responses: ResponseSet, questionnaire: Questionnaire) -> ScaleScores:
    """Return one score a row and scale.

    Reversed items are turned round by the declared bounds of their format. A score needs at least
    the scale's `min_answered` share of its items (rounded up); below it the score is NaN. A
    ``mean`` is the mean over the answered items. A ``sum`` is that mean times the number of items
    of the scale (a skipped item does not count as zero); for a person who answered everything it
    is the plain sum. "Don't know" is no rating. Nothing is imputed.

    Scales marked `per_item` are shown item by item and get no score.

    Parameters
    ----------
    responses : ResponseSet
        n rows, k columns.
    questionnaire : Questionnaire
        What was asked; must hold every column of the responses.

    Returns
    -------
    ScaleScores
        (n, s) scores with addresses such as ``"lc-safety:safety"``.

    Notes
    -----
    Agrees with ``rowMeans(x, na.rm=TRUE)[rowSums(!is.na(x)) >= m]`` in R and, for a share near
    zero, with ``psych::scoreItems(impute="none", min=, max=)`` given the declared bounds.
    """
    places = {code: position for position, code in enumerate(responses.columns)}
    formats = [questionnaire.format_of(code) for code in responses.columns]
    turned = keyed(
        responses.values,
        np.array([questionnaire.item(code).reversed for code in responses.columns], dtype=bool),
        np.array([form.low for form in formats], dtype=np.float64),
        np.array([form.high for form in formats], dtype=np.float64),
    )
    scored = [
        (f"{instrument.id}:{scale.id}", scale)
        for instrument, scale in questionnaire.scales
        if not scale.per_item
    ]
    values = np.full((len(responses), len(scored)), np.nan)
    answered = np.zeros((len(responses), len(scored)), dtype=np.int64)
    for position, (_, scale) in enumerate(scored):
        items = [places[code] for code in scale.items if code in places]
        size = len(scale.items)
        mean, count = available_mean(turned[:, items], needed(scale.min_answered, size))
        values[:, position] = mean if scale.combine == "mean" else mean * size
        answered[:, position] = count
    return ScaleScores(tuple(name for name, _ in scored), values, answered, turned)
