"""The truth of a simulated study as plain data, beside which results can be laid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.study import RosterRow
from lcdiag.planning.implied import true_means, true_scales
from lcdiag.planning.simulate import Drawn
from lcdiag.planning.stated import Measurement, Meeting, Spread

Floats = npt.NDArray[np.float64]


def drawn_truth(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    drawn: Drawn,
    spread: Spread,
    measurement: Measurement,
    roster: Sequence[RosterRow],
) -> dict[str, Any]:
    """Return what is true of answers that were drawn, on the scale of the answers.

    Returns
    -------
    dict
        ``study``: per scale mean, sd, alpha and shares of variance over all rows. ``meetings``: per
        community and wave how many were invited and answered, the mean of every scale, of every
        item (as asked) and of the three ratings and two gaps of every topic, also pooled over the
        critical topics of an instrument.
    """
    scales = true_scales(questionnaire, meetings, drawn, spread, measurement)
    means = true_means(questionnaire, meetings, drawn, spread, measurement)
    study = {name: asdict(one) for name, one in scales.items()}
    invited = Counter[tuple[str, int]]()
    for row in roster:
        invited[row.community, row.wave] += row.invited
    return {
        "study": _rounded(study),
        "meetings": [
            {
                "community": one.community,
                "wave": one.wave,
                "invited": invited[one.community, one.wave],
                "answers": len(one.seats),
                **_rounded(_meeting(questionnaire, row, scales.keys())),
            }
            for one, row in zip(meetings, means, strict=True)
        ],
    }


def _meeting(questionnaire: Questionnaire, row: Floats, scales: Any) -> dict[str, Any]:
    """Return what is true in one meeting; `row` holds the means in the scored direction."""
    place = {code: number for number, code in enumerate(questionnaire.codes)}
    found: dict[str, Any] = {"scales": {}, "items": {}, "topics": {}}
    for home, scale in questionnaire.scales:
        if (address := f"{home.id}:{scale.id}") in scales:
            values = row[[place[code] for code in scale.items]]
            total = values.sum() if scale.combine == "sum" else values.mean()
            found["scales"][address] = float(total)
    for item in questionnaire.items:
        bounds, value = questionnaire.format_of(item.id), float(row[place[item.id]])
        found["items"][item.id] = bounds.low + bounds.high - value if item.reversed else value
    pools: dict[str, list[dict[str, float]]] = {}
    for home, contrast in questionnaire.contrasts:
        own, others, practice = (
            float(row[place[code]]) for code in (contrast.own, contrast.others, contrast.practice)
        )
        topic = {
            "own": own,
            "others": others,
            "practice": practice,
            "perception_gap": own - others,
            "abilene_gap": own - practice,
        }
        found["topics"][f"{home.id}:topic.{contrast.id}"] = topic
        pools.setdefault(f"{home.id}:{contrast.kind}", []).append(topic)
    for name, topics in pools.items():
        keys = topics[0]
        found["topics"][name] = {key: float(np.mean([one[key] for one in topics])) for key in keys}
    return found


def _rounded(value: Any) -> Any:
    """Return plain data with six decimals: enough for any comparison, and equal everywhere."""
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return round(value, 6) if isinstance(value, float) else value
