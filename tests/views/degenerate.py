"""Diagnoses at the edges of what may happen: little asked, little shown, other scales."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sample import Builder, nothing_shown, one_wave

from lcdiag.base.estimate import Band, Cell, Estimate, Hidden
from lcdiag.diagnosis.model import Diagnosis, Measure

DIFFERENCES = ("change", "perception_gap", "abilene_gap", "margin.perception", "margin.abilene")


def rescaled(diagnosis: Diagnosis, low: int, high: int) -> Diagnosis:
    """Return the diagnosis as if every question of 1 to 7 had been asked from low to high."""
    factor = (high - low) / 6
    points = {
        language: tuple(f"{word} {code}" for code in range(low, high + 1))
        for language, word in (("nl", "antwoord"), ("en", "answer"))
    }
    ends = {"low": low, "high": high}

    def seven(one: object) -> bool:
        return (getattr(one, "low", 0), getattr(one, "high", 0)) == (1, 7)

    def turned(one):  # type: ignore[no-untyped-def]
        more = {"points": points} if hasattr(one, "points") else {}
        return one.model_copy(update={**ends, **more}) if seven(one) else one

    words = diagnosis.words.model_copy(
        update={
            part: tuple(turned(one) for one in getattr(diagnosis.words, part))
            for part in ("items", "scales", "topics")
        }
    )
    of_seven = {one.id for one in (*diagnosis.words.items, *diagnosis.words.scales) if seven(one)}
    of_seven |= {topic.id for topic in diagnosis.words.topics}
    measures = [
        m.model_copy(update={"cell": _moved(m, low, factor)})
        for m in diagnosis.measures
        if not (m.at.statistic.startswith("count.") and m.at.subject in of_seven)
    ]
    return diagnosis.model_copy(update={"words": words, "measures": tuple(measures)})


def _moved(measure: Measure, low: int, factor: float) -> Cell:
    cell, statistic = measure.cell, measure.at.statistic
    known = statistic in ("mean", "own", "others", "practice", *DIFFERENCES)
    if isinstance(cell, Hidden) or cell.value is None or not known:
        return cell
    start, end = (0.0, 0.0) if statistic in DIFFERENCES else (1.0, float(low))

    def move(value: float) -> float:
        return round(end + (value - start) * factor, 1)

    bands = tuple(Band(b.confidence, move(b.low), move(b.high)) for b in cell.bands)
    limits = {name: move(v) for name in ("low", "high") if (v := getattr(cell, name)) is not None}
    return replace(cell, value=move(cell.value), bands=bands, **limits)


def no_numbers() -> Diagnosis:
    """Everybody was asked and answered, but every cell has the reason why it has no number."""
    found = Builder(waves=(1,)).build()
    absent = Estimate.missing("too-few", n=4)
    measures = tuple(m.model_copy(update={"cell": absent}) for m in found.measures)
    return found.model_copy(update={"measures": measures})


DEGENERATE: dict[str, Callable[[], Diagnosis]] = {
    "all-hidden": nothing_shown,
    "all-hidden-one-wave": lambda: Builder(answered=4, hidden=True, waves=(1,)).build(),
    "no-numbers": no_numbers,
    "one-wave": one_wave,
    "no-parties": lambda: Builder(parties=()).build(),
    "no-paired": lambda: Builder(blocks=(("lc-safety", "lc-context"),)).build(),
    "one-scale": lambda: Builder(blocks=(("lc-safety:safety",),), waves=(1,)).build(),
    "one-topic": lambda: Builder(blocks=(("lc-collusion:topic.course",),), waves=(1,)).build(),
    "from-0-to-10": lambda: rescaled(Builder(answered=24, invited=27).build(), 0, 10),
    "from-1-to-5": lambda: rescaled(Builder().build(), 1, 5),
    "many-items": lambda: Builder(answered=24, invited=24, waves=(1, 2, 3, 4, 5)).build(),
    "nobody": lambda: (
        Builder().build().model_copy(update={"measures": (), "sample": (), "signals": ()})
    ),
}
