"""Which questions are about conditions: what the group makes, the facilitation, those at home."""

from __future__ import annotations

from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.reading import Reading, Singles

OWN = (
    "lc-safety:safety",
    "lc-safety:voice",
    "lc-climate:ground-rules",
    "lc-climate:reflection",
    "lc-climate:sense-making",
)
"""Themes that a group can make better itself: safety, ground rules, time and space to reflect."""

FACILITATION = ("lc-facilitation",)
"""Questionnaires about the facilitation of the meetings."""

HOME = ("lc-representative", "lc-achterban")
"""Questionnaires about mandate, feedback and support of the people who are represented."""


def is_condition(scale: ScaleWords) -> bool:
    """Return whether a theme is a condition that the group can make itself."""
    return scale.id in OWN


def own_conditions(reading: Reading) -> tuple[ScaleWords, ...]:
    """Return the themes of this wave that are conditions."""
    return tuple(scale for scale in reading.scales() if is_condition(scale))


def singles_of(reading: Reading, instruments: tuple[str, ...]) -> tuple[Singles, ...]:
    """Return the single statements of these questionnaires, where one of them is shown."""
    return tuple(
        singles
        for singles in reading.single_items()
        if singles.items[0].instrument in instruments
        and any(reading.shown("mean", item.id) for item in singles.items)
    )


def is_asked(scale: ScaleWords) -> bool:
    """Return whether a scale, scored or not, belongs to the page on conditions."""
    return is_condition(scale) or scale.instrument in (*FACILITATION, *HOME)
