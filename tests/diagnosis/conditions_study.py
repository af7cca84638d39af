"""Diagnoses made by hand for rules that state conditions: a few released cells, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lcdiag.base.estimate import Band, Cell, Estimate
from lcdiag.base.levels import Level
from lcdiag.diagnosis.model import (
    Address,
    Diagnosis,
    Measure,
    Provenance,
    Thresholds,
    Unit,
    WaveInfo,
    Words,
)
from lcdiag.diagnosis.rules import RuleSettings, rule_settings
from lcdiag.diagnosis.words import collect_words
from lcdiag.instrument.catalogue import open_instrument
from lcdiag.instrument.compose import compose
from lcdiag.instrument.model import Condition, Indicator

BLOCKS = ("lc-climate", "lc-safety:safety", "lc-conflict", "lc-collusion", "lc-representative")
HERE = Unit(kind="community", community="North")


def words(blocks: Sequence[str] = BLOCKS) -> Words:
    return collect_words(compose([list(blocks)], ("nl", "en")), ("nl", "en"))


def cell(value: float, half: float = 0.5, n: int = 10) -> Estimate:
    """A released mean with a symmetric 95 % interval."""
    band = Band(0.95, value - half, value + half)
    return Estimate(value, band.low, band.high, 0.95, (band,), n, "t")


def diagnosis(
    cells: Mapping[str, Cell],
    *,
    communities: Sequence[str] = ("North",),
    blocks: Sequence[str] = BLOCKS,
    statistic: str = "mean",
) -> Diagnosis:
    """A Diagnosis in which every community has the same cells, by subject."""
    measures = [
        Measure(
            at=Address(
                statistic=statistic,
                subject=subject,
                level=Level.GROUP,
                unit=Unit(kind="community", community=name),
                wave=1,
            ),
            cell=one,
        )
        for name in communities
        for subject, one in cells.items()
    ]
    return Diagnosis(
        title="By hand",
        languages=("nl", "en"),
        communities=tuple(communities),
        waves=(WaveInfo(number=1),),
        thresholds=Thresholds(minimum=5, exact=10, paired=6),
        words=words(blocks),
        measures=tuple(measures),
        provenance=Provenance(lcdiag="0", study="s", responses="r", made="2026-01-01"),
    )


def own(
    conditions: Sequence[tuple[str, str, float]], at_least: int | None = None, **settings: float
) -> RuleSettings:
    """The settings of an indicator of lc-climate: subject, side and limit of each condition."""
    stated = tuple(
        Condition(statistic="mean", subject=subject, side=side, limit=limit)
        for subject, side, limit in conditions
    )
    indicator = Indicator(
        id="tried",
        rule="conditions",
        label={"nl": "Aanwijzing", "en": "Indication"},
        conditions=stated,
        at_least=at_least,
        settings=dict(settings),
        source="own",
    )
    return rule_settings("lc-climate", indicator)


def shipped(address: str) -> RuleSettings:
    """The settings of an indicator that comes with lcdiag."""
    home, _, name = address.partition(":")
    (indicator,) = [one for one in open_instrument(home).indicators if one.id == name]
    return rule_settings(home, indicator)
