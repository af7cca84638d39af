"""The numbers that a report gives of each community, as weighted sums of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from lcdiag.base.levels import Level
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.planning.implied import latent_of, of_items
from lcdiag.planning.latent import Latent
from lcdiag.planning.stated import Measurement, Spread, Truth
from lcdiag.planning.widths import Subject

Floats = npt.NDArray[np.float64]
GAPS: tuple[Literal["perception_gap", "abilene_gap"], ...] = ("perception_gap", "abilene_gap")


@dataclass(frozen=True)
class Planned:
    """One number that every community gets.

    Attributes
    ----------
    statistic : str
        ``mean`` of a scale, or one of the two gaps of a pool of critical topics.
    subject : str
        Scale address or pool.
    label : mapping
        Of the scale; empty for a pool.
    level : Level
        The system level it stands on.
    low, high : float
        Bounds of the number.
    codes : tuple of str
        The items.
    weights : (k,) array of float
        What each item counts, in the order of the codes.
    """

    statistic: Literal["mean", "perception_gap", "abilene_gap"]
    subject: str
    label: dict[str, str]
    level: Level
    low: float
    high: float
    codes: tuple[str, ...]
    weights: Floats


def planned_subjects(questionnaire: Questionnaire) -> tuple[Planned, ...]:
    """Return the mean of every scored scale, and both gaps of every pool of critical topics."""
    return (*_scales(questionnaire), *_gaps(questionnaire))


def _scales(questionnaire: Questionnaire) -> Iterator[Planned]:
    for home, scale in questionnaire.scales:
        if scale.per_item or questionnaire.over_parties(scale):
            continue
        bounds = [questionnaire.format_of(code) for code in scale.items]
        k = len(bounds)
        times = 1.0 if scale.combine == "sum" else 1 / k
        yield Planned(
            "mean",
            f"{home.id}:{scale.id}",
            dict(scale.label),
            scale.level,
            times * sum(one.low for one in bounds),
            times * sum(one.high for one in bounds),
            scale.items,
            np.full(k, times),
        )


def _gaps(questionnaire: Questionnaire) -> Iterator[Planned]:
    pools: dict[str, list[tuple[str, str, str]]] = {}
    for home, one in questionnaire.contrasts:
        if one.kind == "critical":
            pools.setdefault(home.id, []).append((one.own, one.others, one.practice))
    for home_id, topics in pools.items():
        first = questionnaire.format_of(topics[0][0])
        span, t = float(first.high - first.low), len(topics)
        for gap, other in zip(GAPS, (1, 2), strict=True):
            codes = (*(one[0] for one in topics), *(one[other] for one in topics))
            weights = np.array([1 / t] * t + [-1 / t] * t)
            level = questionnaire.item(codes[0]).level
            yield Planned(gap, f"{home_id}:critical", {}, level, -span, span, codes, weights)


def subject_at(
    questionnaire: Questionnaire,
    planned: Sequence[Planned],
    truth: Truth,
    spread: Spread,
    measurement: Measurement,
) -> list[Subject]:
    """Return the normal variables behind each number where this is true, items alike."""
    latent = latent_of(questionnaire, truth, spread, measurement)
    place = {code: number for number, code in enumerate(questionnaire.codes)}

    def items(one: Planned) -> Latent:
        return of_items(latent, [place[code] for code in one.codes])

    return [Subject(items(one), one.weights) for one in planned]
