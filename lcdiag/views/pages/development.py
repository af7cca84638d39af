"""Ontwikkeling: the themes over the waves, who came and went, and what was agreed."""

from __future__ import annotations

from lcdiag.base.estimate import Cell
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.composition import party_changes
from lcdiag.diagnosis.model import Diagnosis, Sample, ScaleWords, Words
from lcdiag.views.agreed import agreed_blocks
from lcdiag.views.asked import themes
from lcdiag.views.blocks import (
    Beside,
    Block,
    Callout,
    Facts,
    Figure,
    Heading,
    Lines,
    Page,
    Panels,
    Prose,
)
from lcdiag.views.figures import WavePanel, Waves
from lcdiag.views.observations import changes, finding, question_of, stands_out
from lcdiag.views.page import Coverage, Extent, PageMaker, partly
from lcdiag.views.reading import Reading, axis_of, by_axis, readings, slug, wave_name
from lcdiag.views.strips import meaning, own_question, strips_title

INVITED = 1
"""Column of the table of people that comes from the roster."""


TITLE = Message("views.development-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page on change; a modest one where there is only one wave."""
    found = readings(diagnosis, community)
    if not found:
        return None
    blocks = _first(found[0]) if len(found) == 1 else _over(found)
    return Page(
        id="development",
        title=TITLE,
        lead=Message("views.development-lead"),
        blocks=blocks,
    )


def _first(reading: Reading) -> tuple[Block, ...]:
    return (
        Beside(
            main=(
                Prose(Message("views.first-wave")),
                Lines(Message("views.first-wave-lines"), count=4),
            ),
            aside=(
                Callout(
                    Message("views.first-wave-wait"),
                    question=Message("views.first-wave-question"),
                ),
            ),
        ),
    )


def _over(found: tuple[Reading, ...]) -> tuple[Block, ...]:
    figures = _figures(found)
    people = (*_people(found), *agreed_blocks(found[-1]))
    if not figures:
        return (Prose(Message("views.change-hidden")), *people)
    further = Panels((*((one,) for one in figures[1:]), people))
    return (*_changes(found[-1]), figures[0], further)


def _figures(found: tuple[Reading, ...]) -> tuple[Figure, ...]:
    """Return small multiples, one figure for the scales that share an axis."""
    scales = [
        scale
        for scale in found[-1].diagnosis.words.scales
        if any(scale in reading.scales() for reading in found)
    ]
    groups = [
        group
        for group in by_axis(scales)
        if any(reading.shown("mean", s.id) for s in group for reading in found)
    ]
    first = max(groups, key=len, default=())
    groups.sort(key=lambda group: group is not first)
    names = tuple(wave_name(found[-1].diagnosis, reading.wave) for reading in found)
    figures: list[Figure] = []
    for group in groups:
        changed = _changed_count(found[-1], group)
        panels = tuple(_panel(found, scale) for scale in group)
        title = _title(found[-1], group, groups)
        figures.append(
            Figure(
                id=f"development-{slug(group[0].id)}",
                title=title,
                caption=meaning(group, "views.higher-up")
                if figures
                else Message("views.waves-caption"),
                alt=Message(
                    "views.waves-alt",
                    {
                        "title": title,
                        "n": len(panels),
                        "waves": len(names),
                        "changes": changed,
                    },
                ),
                chart=Waves(panels=panels, waves=names, axis=axis_of(group[0])),
                question=own_question(found[-1], group)
                if figures
                else Message("views.ask-change" if changed else "views.ask-still"),
                themes=tuple(scale.id for scale in group),
            )
        )
    return tuple(figures)


def _panel(found: tuple[Reading, ...], scale: ScaleWords) -> WavePanel:
    cells: tuple[Cell | None, ...] = tuple(reading.cell("mean", scale.id) for reading in found)
    return WavePanel(
        label=Wording(scale.label),
        cells=cells,
        change=found[-1].cell("change", scale.id),
        theme=scale.id,
    )


def _title(
    reading: Reading, group: tuple[ScaleWords, ...], groups: list[tuple[ScaleWords, ...]]
) -> Text:
    """Return the clear change as a finding where it is the only one of these scales."""
    labels = {scale.id: Wording(scale.label) for scale in group}
    seen = [one for one in changes(reading) if one.subject in labels]
    if len(seen) == 1 and _changed_count(reading, group) == 1:
        return finding(seen[0], labels[seen[0].subject])
    return strips_title(group, groups)


def _changed_count(reading: Reading, group: tuple[ScaleWords, ...]) -> int:
    return sum(1 for scale in group if stands_out(reading.shown("change", scale.id), 0.0))


def _changes(reading: Reading) -> tuple[Block, ...]:
    """Return the clearest changes since the last wave, or the one sentence that there is none."""
    known = [s for s in reading.scales() if reading.shown("change", s.id) is not None]
    if not known:
        return (Callout(Message("views.change-unknown"), kind="calm"),)
    seen = changes(reading)
    if not seen:
        none = Callout(Message("views.no-change"), question=Message("views.ask-nothing"))
        return (Panels(((none,), (Prose(Message("views.no-change-why"), kind="note"),))),)
    asks = {scale.id: question_of(reading, scale) for scale in known}
    callouts = tuple((Callout(one.text, question=asks.get(one.subject)),) for one in seen)
    chance = Prose(Message("views.change-chance", {"n": len(known)}), kind="note")
    return (Panels((*callouts, (chance,))),)


def _people(found: tuple[Reading, ...]) -> tuple[Block, ...]:
    """Return who was invited and answered in each wave: only what may be said."""
    samples = [(reading, reading.sample) for reading in found]
    rows: list[tuple[Text, ...]] = []
    for reading, sample in samples:
        if sample is not None:
            rows.append((wave_name(reading.diagnosis, reading.wave), *_counts(sample)))
    if not rows:
        return ()
    head = ("wave", "invited", "answered", "stayed", "joined", "left")
    keep = [0, 1, 2] + [i for i in (3, 4, 5) if any(row[i] != "" for row in rows)]
    table = Facts(
        caption=Message("views.people-caption"),
        head=tuple(Message(f"views.people-{head[i]}") for i in keep),
        rows=tuple(tuple(row[i] or _gap(i) for i in keep) for row in rows),
    )
    return (Heading(Message("views.people")), table, *_parties(found))


def _counts(sample: Sample) -> tuple[Text, ...]:
    numbers = (sample.invited, sample.answered, sample.stayed, sample.joined, sample.left)
    return tuple("" if number is None else str(number) for number in numbers)


def _gap(column: int) -> Text:
    """Return why a count is not there: the roster does not say, or it must not be shown."""
    return Message("views.not-given" if column == INVITED else "views.not-shown")


def _parties(found: tuple[Reading, ...]) -> tuple[Block, ...]:
    """Return which parties came, came back or went since the wave before: from the roster."""
    diagnosis = found[-1].diagnosis
    blocks: list[Block] = []
    for one in party_changes(diagnosis, found[-1].community):
        names = {"wave": wave_name(diagnosis, one.wave), "before": wave_name(diagnosis, one.since)}
        if one.skipped:
            blocks.append(Prose(Message("views.wave-skipped", names), kind="note"))
        for way in ("came", "back", "went"):
            parties = ", ".join(getattr(one, way))
            if parties:
                blocks.append(Prose(Message(f"views.parties-{way}", names | {"parties": parties})))
    return tuple(blocks)


def covers(words: Words) -> Coverage:
    """Return that themes are followed over the waves, and single statements are not."""
    if themes(words):
        return Coverage(Extent.SHOWN, Message("coverage.second-wave"))
    return partly("no-followed-statements")


PAGE = PageMaker(order=100, title=TITLE, make=make, covers=covers, compares=True)
