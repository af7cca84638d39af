"""Every item as it was asked: mean, answers in each category, and how it fits its scale."""

from __future__ import annotations

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.cells import Variable, mean_measures
from lcdiag.diagnosis.evidence import Evidence, Kind, RawMeasure, Section
from lcdiag.diagnosis.model import Address
from lcdiag.diagnosis.topics import rated_whole
from lcdiag.diagnosis.units import Grouping, group_rows
from lcdiag.instrument.model import Format, Item
from lcdiag.responses.model import DONT_KNOW, MISSING


def measure(evidence: Evidence) -> list[RawMeasure]:
    """Return the mean and the counts of each item per community and wave.

    A rating of one party is no such item: it would name the party and rank it among the others.
    """
    questionnaire = evidence.study.questionnaire
    asked = [
        item
        for item in questionnaire.items
        if item.id in evidence.responses.columns and item.id not in questionnaire.about
    ]
    if not asked or not len(evidence.responses):
        return []
    grouping = group_rows(evidence, "community")
    columns = [evidence.responses.columns.index(item.id) for item in asked]
    codes = evidence.responses.codes[:, columns].astype(np.int64)
    whole = rated_whole(evidence)
    for place, item in enumerate(asked):
        if item.id in whole:
            # the same people as in the topic's own cells, so that no difference tells one answer
            rated = codes[:, place] >= 0
            codes[rated & ~whole[item.id], place] = MISSING
    kinds: list[Kind] = ["paired" if item.id in whole else "item" for item in asked]
    variables = [
        Variable("mean", item.id, item.level, kind, float(bounds.low), float(bounds.high))
        for item, kind in zip(asked, kinds, strict=True)
        for bounds in (questionnaire.format_of(item.id),)
    ]
    values = np.where(codes >= 0, codes.astype(np.float64), np.nan)
    measures = mean_measures(values, variables, grouping)
    for place, item in enumerate(asked):
        bounds = questionnaire.format_of(item.id)
        measures += _counts(item, bounds, codes[:, place], grouping)
    return measures


def _counts(
    item: Item, bounds: Format, codes: np.ndarray[tuple[int], np.dtype[np.int64]], at: Grouping
) -> list[RawMeasure]:
    """Return how many chose each category, and "don't know", in every place with a rating."""
    places, span = len(at.places), bounds.high - bounds.low + 1
    rated = (codes >= bounds.low) & (codes <= bounds.high)
    cells = at.label[rated] * span + codes[rated] - bounds.low
    table = np.bincount(cells, minlength=places * span).reshape(places, span)
    totals = table.sum(axis=1).tolist()
    names = [f"count.{code}" for code in bounds.codes]
    if bounds.dont_know:
        unknown = np.bincount(at.label[codes == DONT_KNOW], minlength=places)
        table = np.column_stack([table, unknown])
        names.append("count.dk")
    return [
        RawMeasure(
            Address(
                statistic=name, subject=item.id, level=item.level, unit=place.unit, wave=place.wave
            ),
            Estimate(value=float(count), n=n, method="count"),
            "count",
            n,
            place.people,
            1,
            0.0,
            float(max(place.people, n)),
        )
        for place, n, row in zip(at.places, totals, table.tolist(), strict=True)
        if n
        for name, count in zip(names, row, strict=True)
    ]


SECTION = Section("items", measure)
