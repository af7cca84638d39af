"""Ratings from outside the table, as measures beside those of the people at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lcdiag.base.estimate import Estimate
from lcdiag.base.findings import Finding, Severity
from lcdiag.diagnosis.cells import column_estimates
from lcdiag.diagnosis.evidence import Evidence, Floats, RawMeasure
from lcdiag.diagnosis.model import Address, Unit
from lcdiag.instrument.outside import OutsideSource, OutsideSubject, subjects_of
from lcdiag.responses.outside import OutsideRatings
from lcdiag.statistics.means import group_means

STATISTIC = "outside_mean"
SHARED = "shared by the facilitator"
"""Method of a facilitator's rating: one person's statement, given to the group by that person."""

Key = tuple[str, str, str, int]
"""Statistic, subject, community, wave."""


def without_private(
    outside: OutsideRatings | None,
) -> tuple[OutsideRatings, tuple[Finding, ...]]:
    """Return the ratings that may be looked at here, and how many were left out.

    What a facilitator did not share with the group is one known person's opinion. It is taken out
    before anything is worked out, also for the analyst: it has its own sheet. Even their number is
    for the analyst alone.
    """
    if outside is None:
        return OutsideRatings(), ()
    kept = tuple(one for one in outside.ratings if one.source is OutsideSource.HOME or one.shared)
    private = len(outside) - len(kept)
    if not private:
        return outside, ()
    remark = Finding("diagnosis.outside-private", Severity.NOTE, facts={"n": private})
    return replace(outside, ratings=kept), (remark,)


def outside_values(evidence: Evidence) -> Mapping[Key, Floats]:
    """Return the ratings of the people represented behind each of their means."""
    found: dict[Key, list[float]] = defaultdict(list)
    for one in evidence.outside.by(OutsideSource.HOME):
        key = (f"{STATISTIC}.{one.source.value}", one.subject, one.community, one.wave)
        found[key].append(float(one.rating))
    return {key: np.array(values) for key, values in found.items()}


def outside_measures(evidence: Evidence) -> list[RawMeasure]:
    """Return what was seen from outside, per community, wave, subject and source.

    Of the people represented the mean of each statement by itself: their answers are not tied to
    each other, so nobody has a score. Of the facilitator the rating as it was given. Nothing where
    nobody at the table answered.
    """
    responses = evidence.responses
    answered = set(zip(responses.community.tolist(), responses.wave.tolist(), strict=True))
    return [
        one
        for one in (*_home_means(evidence), *_shared_ratings(evidence))
        if (one.at.unit.community, one.at.wave) in answered
    ]


def home_subjects(evidence: Evidence) -> tuple[OutsideSubject, ...]:
    """Return the statements that the people represented rated, in the order of asking."""
    rated = {one.subject for one in evidence.outside.by(OutsideSource.HOME)}
    asked = subjects_of(OutsideSource.HOME, evidence.study.questionnaire)
    return tuple(one for one in asked if one.address in rated)


def _home_means(evidence: Evidence) -> list[RawMeasure]:
    known = {one.address: one for one in home_subjects(evidence)}
    values = outside_values(evidence)
    people = evidence.outside.people_at_home()
    measures = []
    for address, subject in known.items():
        keys = [key for key in values if key[1] == address]
        ratings = np.concatenate([values[key] for key in keys])
        label = np.repeat(np.arange(len(keys)), [len(values[key]) for key in keys])
        low, high = float(subject.format.low), float(subject.format.high)
        means = group_means(ratings[:, None], label, bounds=(low, high))
        for key, cell in zip(keys, column_estimates(means, 0), strict=True):
            at = _address(subject, key)
            invited = people[key[2], key[3]]
            measures.append(RawMeasure(at, cell, "outside", cell.n, invited, 1, low, high))
    return measures


def _shared_ratings(evidence: Evidence) -> list[RawMeasure]:
    source = OutsideSource.FACILITATOR
    known = {one.address: one for one in subjects_of(source, evidence.study.questionnaire)}
    measures = []
    for one in evidence.outside.by(source):
        subject = known.get(one.subject)
        if subject is None or not one.shared:
            continue
        at = _address(
            subject, (f"{STATISTIC}.{source.value}", *(one.subject, one.community, one.wave))
        )
        cell = Estimate(value=float(one.rating), n=1, method=SHARED)
        low, high = float(subject.format.low), float(subject.format.high)
        measures.append(RawMeasure(at, cell, "shared", 1, 1, 1, low, high))
    return measures


def _address(subject: OutsideSubject, key: Key) -> Address:
    statistic, address, community, wave = key
    about = subject.scale or subject.item
    assert about is not None  # a subject is a scale or an item
    unit = Unit(kind="community", community=community)
    return Address(statistic=statistic, subject=address, level=about.level, unit=unit, wave=wave)
