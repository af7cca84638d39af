"""What a rule over released cells is, and how the indicators of a study are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lcdiag.base.estimate import Estimate
from lcdiag.base.gather import gather
from lcdiag.base.records import digest
from lcdiag.diagnosis.model import Diagnosis, Measure, Signal, Unit
from lcdiag.instrument.model import Condition, Indicator
from lcdiag.instrument.questionnaire import Questionnaire

Settings = Mapping[str, float | int | str | bool]


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """One indicator of one instrument, ready to be read over a Diagnosis.

    Attributes
    ----------
    instrument : str
        Id of the instrument that carries the indicator.
    indicator : str
        Its full id, ``"lc-collusion:abilene"``.
    settings : mapping
        The limits stated in the instrument file.
    status : str
        Validation status of the rule and its limits.
    conditions : tuple of Condition
        What must hold, as the file states it; empty for rules that carry their own conditions.
    at_least : int or None
        How many of them; None for all that are asked.
    digest : str
        Over rule, conditions and settings: what was simulated holds for exactly these.
    """

    instrument: str
    indicator: str
    settings: Settings
    status: str
    conditions: tuple[Condition, ...] = ()
    at_least: int | None = None
    digest: str = ""

    def number(self, name: str, otherwise: float) -> float:
        """Return a limit from the settings, or the rule's own default."""
        value = self.settings.get(name, otherwise)
        return float(value) if isinstance(value, (int, float)) else otherwise


def rule_settings(instrument: str, indicator: Indicator) -> RuleSettings:
    """Return an indicator of an instrument as its rule reads it."""
    stated = indicator.model_dump_json(
        include={"rule", "conditions", "at_least", "settings"}, exclude_defaults=True
    )
    return RuleSettings(
        instrument=instrument,
        indicator=f"{instrument}:{indicator.id}",
        settings=indicator.settings,
        status=indicator.status.value,
        conditions=indicator.conditions,
        at_least=indicator.at_least,
        digest=digest(stated),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """What each module in ``lcdiag.diagnosis.indicators`` offers as ``RULE``.

    Attributes
    ----------
    name : str
        The name by which an instrument file asks for it.
    derive : callable
        From a released Diagnosis to further cells that follow from released ones alone, such as
        the limit that was used or the power of the rule.
    read : callable
        From a released Diagnosis, with the derived cells in it, to signals.
    """

    name: str
    derive: Callable[[Diagnosis, RuleSettings], tuple[Measure, ...]]
    read: Callable[[Diagnosis, RuleSettings], tuple[Signal, ...]]


def released(diagnosis: Diagnosis, statistic: str, subject: str, unit: Unit, wave: int) -> Estimate:
    """Return a cell that may be read; a hidden one, or none at all, counts as absent."""
    cell = diagnosis.cell(statistic, subject, unit, wave)
    return cell if isinstance(cell, Estimate) else Estimate.missing("not-released")


def read_indicators(diagnosis: Diagnosis, questionnaire: Questionnaire) -> Diagnosis:
    """Return the diagnosis with the derived cells and the signals of every indicator.

    Rules see released cells only: what is hidden gives no signal, so a signal reveals nothing
    that its cells do not. An indicator whose rule is unknown here is left out.

    Parameters
    ----------
    diagnosis : Diagnosis
        After disclosure control, still without signals.
    questionnaire : Questionnaire
        Whose instruments carry the indicators.
    """
    rules: dict[str, Rule] = {
        rule.name: rule for rule in gather("lcdiag.diagnosis.indicators", "RULE").values()
    }
    ready = [
        (rules[indicator.rule], rule_settings(home.id, indicator))
        for home, indicator in questionnaire.indicators
        if indicator.rule in rules
    ]
    derived = tuple(m for rule, reading in ready for m in rule.derive(diagnosis, reading))
    whole = diagnosis.model_copy(update={"measures": diagnosis.measures + derived})
    signals = tuple(signal for rule, reading in ready for signal in rule.read(whole, reading))
    return whole.model_copy(update={"signals": signals})
