"""Conditions that an instrument file states: released measures on one side of their limits."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.beyond import at_least, probability_beyond
from lcdiag.diagnosis.calibrated import expected_cell, power_cell
from lcdiag.diagnosis.model import Address, Diagnosis, Measure, Signal, Unit
from lcdiag.diagnosis.rules import Rule, RuleSettings, released
from lcdiag.diagnosis.subjects import Asked, asked_conditions

NAME = "conditions"
PROBABILITY = 0.975
"""Required of what the rule counts; the 95 % interval then lies wholly beyond a single limit."""
MINIMUM_ANSWERS = 6

_ROUNDING = 1e-9


def derive(diagnosis: Diagnosis, settings: RuleSettings) -> tuple[Measure, ...]:
    """Return the power of each community's own n, and how many signals chance would give.

    Both are there only where the simulation has run for exactly this rule, and for communities in
    which every condition that is asked can be read.
    """
    asked = _asked(diagnosis, settings)
    if not asked:
        return ()
    found: list[Measure] = []
    for wave in _waves(diagnosis):
        readable = 0
        for unit in _units(diagnosis):
            cells = _cells(diagnosis, settings, asked, unit, wave)
            if cells is None:
                continue
            readable += 1
            fewest = min(cell.n for cell in cells)
            found += power_cell(settings, asked[0].level, unit, wave, fewest)
        found += expected_cell(diagnosis, settings, asked[0].level, wave, readable)
    return tuple(found)


def read(diagnosis: Diagnosis, settings: RuleSettings) -> tuple[Signal, ...]:
    """Return a signal for every community and wave in which enough conditions surely hold.

    The indicator is silent in a study that does not ask all of its subjects (optional ones
    aside), and where one of the cells is hidden, has no interval or rests on too few answers.
    `strength` is `beyond.at_least` of the conditions' probabilities: where all must hold, the
    smallest. `because` names the conditions that hold, in the order of the file.
    """
    asked = _asked(diagnosis, settings)
    if not asked:
        return ()
    found = []
    for wave in _waves(diagnosis):
        for unit in _units(diagnosis):
            cells = _cells(diagnosis, settings, asked, unit, wave)
            if cells is not None:
                found += _signal(settings, asked, cells, unit, wave)
    return tuple(found)


def _asked(diagnosis: Diagnosis, settings: RuleSettings) -> tuple[Asked, ...]:
    return asked_conditions(
        diagnosis.words, settings.instrument, settings.conditions, settings.at_least
    )


def _cells(
    diagnosis: Diagnosis, settings: RuleSettings, asked: tuple[Asked, ...], unit: Unit, wave: int
) -> list[Estimate] | None:
    """Return the cells of all conditions, or None where one of them cannot be read."""
    fewest = max(2.0, settings.number("minimum_answers", MINIMUM_ANSWERS))
    found = []
    for one in asked:
        cell = released(diagnosis, one.condition.statistic, one.subject, unit, wave)
        if cell.value is None or cell.n < fewest:
            return None
        found.append(cell)
    return found


def _signal(
    settings: RuleSettings,
    asked: tuple[Asked, ...],
    cells: list[Estimate],
    unit: Unit,
    wave: int,
) -> list[Signal]:
    """Return the signal of one community in one wave, or nothing."""
    limits = [(one.condition.side, one.condition.limit) for one in asked]
    sure = [probability_beyond(cell, *limit) for cell, limit in zip(cells, limits, strict=True)]
    known = [one for one in sure if one is not None]
    if len(known) < len(asked):
        return []
    needed = settings.at_least or len(asked)
    strength = at_least(known, needed)
    required = settings.number("probability", PROBABILITY)
    if not strength > required + _ROUNDING:
        return []
    each = 1 - (1 - required) / (len(asked) - needed + 1)
    because = tuple(
        Address(
            statistic=one.condition.statistic,
            subject=one.subject,
            level=one.level,
            unit=unit,
            wave=wave,
        )
        for one, probability in zip(asked, known, strict=True)
        if probability > each
    )
    return [
        Signal(
            indicator=settings.indicator,
            level=because[0].level,
            unit=unit,
            wave=wave,
            strength=min(1.0, strength),
            because=because,
            status=settings.status,
        )
    ]


def _waves(diagnosis: Diagnosis) -> tuple[int, ...]:
    return tuple(wave.number for wave in diagnosis.waves)


def _units(diagnosis: Diagnosis) -> tuple[Unit, ...]:
    return tuple(Unit(kind="community", community=name) for name in diagnosis.communities)


RULE = Rule(NAME, derive, read)
