"""Gemiddelden: of the study, of each community beside it, and drawn towards each other."""

from __future__ import annotations

from lcdiag.base.text import Message, Wording
from lcdiag.diagnosis.model import Diagnosis, ScaleWords
from lcdiag.views.appendix_page import (
    AppendixPage,
    by_community,
    caterpillar,
    cells,
    how,
    left_out,
    name_of,
    per_wave,
    side_by_side,
    strips,
    there,
    titled,
    waves_of,
)
from lcdiag.views.blocks import Block, Page, Prose
from lcdiag.views.reading import axis_of, by_axis
from lcdiag.views.strips import strips_title

TITLE = Message("appendix.means-title")
STATISTICS = ("mean_over_study", "mean", "mean_shrunken")


def make(diagnosis: Diagnosis) -> Page | None:
    """Return the means of scales, or None where there are none to show."""
    found = cells(diagnosis, "mean_over_study")
    scales = tuple(one for one in diagnosis.words.scales if not one.per_item)
    named = side_by_side(diagnosis)
    if not found and not named:
        return None
    waves = waves_of(found) or tuple(one.number for one in diagnosis.waves)
    return Page(
        "appendix-means",
        TITLE,
        Message("appendix.means-lead"),
        (
            *per_wave(diagnosis, waves, lambda wave: _wave(diagnosis, scales, wave)),
            Prose(Message("appendix.means-how"), "note"),
            *there(
                None if named else Prose(left_out(diagnosis), "note"),
                how(diagnosis, *STATISTICS, kinds=("study", "community") if named else ("study",)),
            ),
        ),
    )


def _wave(diagnosis: Diagnosis, scales: tuple[ScaleWords, ...], wave: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    study = {m.at.subject: m.cell for m in cells(diagnosis, "mean_over_study") if m.at.wave == wave}
    groups = list(by_axis(scales))
    for place, group in enumerate(groups, start=1):
        blocks += there(
            strips(
                f"mean-over-study-{place}-w{wave}",
                strips_title(group, groups),
                [(Wording(one.label), study[one.id]) for one in group if one.id in study],
                axis_of(group[0]),
                subject=Message("charts.col-theme"),
                caption=Message("appendix.read-means"),
                decimals=1,
            )
        )
    for scale in scales:
        figure = caterpillar(diagnosis, "mean", scale.id, wave, axis_of(scale))
        facts = by_community(diagnosis, scale.id, wave, ("mean", "mean_shrunken"), 1)
        blocks += titled(name_of(diagnosis, scale.id), there(figure, facts))
    return tuple(blocks)


PAGE = AppendixPage(order=30, title=TITLE, make=make)
