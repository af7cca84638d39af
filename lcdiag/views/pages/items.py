"""Per stelling: every sentence as it was asked, in the order of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterable

from lcdiag.base.levels import Referent
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, ItemWords, Words
from lcdiag.views.blocks import Block, Callout, Figure, Heading, Listing, Page, Prose
from lcdiag.views.figures import CountRow, Counts
from lcdiag.views.observations import question_of
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown, partly
from lcdiag.views.reading import Reading, latest, or_hidden, per_wave, shown, slug

Sheet = tuple[str, Text, Text | None, tuple[ItemWords, ...], Text | None]
"""Subject, title, question and items of one figure, and what a high score on it means."""


TITLE = Message("views.items-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page with all sentences, for each wave."""
    reading = latest(diagnosis, community)
    if reading is None or not diagnosis.words.items:
        return None
    return Page(
        id="items",
        title=TITLE,
        lead=Message("views.items-lead-counts" if _counted(reading) else "views.items-lead"),
        blocks=per_wave(diagnosis, community, _wave),
    )


def _counted(reading: Reading) -> bool:
    """Return whether the answers in each category are shown for any item."""
    return any(
        reading.shown(f"count.{item.low}", item.id) is not None
        for item in reading.diagnosis.words.items
    )


def _wave(reading: Reading) -> tuple[Block, ...]:
    sheets = _sheets(reading)
    rows = {sheet[0]: tuple(_row(reading, item) for item in sheet[3]) for sheet in sheets}
    with_counts = any(row.counts is not None for some in rows.values() for row in some)
    any_mean = any(shown(row.mean) is not None for some in rows.values() for row in some)
    blocks: list[Block] = []
    if not any_mean and not with_counts:
        blocks.append(Prose(Message("views.items-hidden")))
    elif not with_counts:
        exact = reading.diagnosis.thresholds.exact
        blocks.append(Callout(Message("views.items-rounded", {"exact": exact}), kind="calm"))
    told: set[bool] = set()
    for sheet in sheets:
        some = rows[sheet[0]]
        if any(row.counts is not None or shown(row.mean) is not None for row in some):
            counted = any(row.counts is not None for row in some)
            blocks.append(_figure(reading, sheet, some, first=counted not in told))
            told.add(counted)
        else:
            blocks.extend(_sentences(sheet[1], sheet[3], told=not any_mean))
    return tuple(blocks)


def _sheets(reading: Reading) -> tuple[Sheet, ...]:
    """Return the figures in questionnaire order: scales, topics, then what is left."""
    words = reading.diagnosis.words
    asked = [item for item in words.items if reading.cell("mean", item.id) is not None]
    order = {item.id: place for place, item in enumerate(asked)}
    by_id = {item.id: item for item in asked}

    def items_of(codes: Iterable[str]) -> tuple[ItemWords, ...]:
        return tuple(by_id[code] for code in codes if code in by_id)

    sheets: list[Sheet] = []
    question: Text | None
    for scale in words.scales:
        if scale.per_item:
            continue
        question = question_of(reading, scale)
        about = Wording(scale.about) if scale.about else None
        sheets.append((scale.id, Wording(scale.label), question, items_of(scale.items), about))
    for kind in ("critical", "control"):
        codes = [
            code
            for topic in words.topics
            if topic.kind == kind
            for code in (topic.own, topic.others, topic.practice)
        ]
        title = Message(f"views.topics-{kind}")
        sheets.append(
            (
                f"topics-{kind}",
                title,
                None,
                items_of(sorted(set(codes) & set(order), key=lambda code: order[code])),
                Message("views.topics-caption"),
            )
        )
    for singles in reading.single_items():
        question = Wording(singles.question) if singles.question else None
        about = Wording(singles.about) if singles.about else None
        sheets.append((singles.subject, Wording(singles.label), question, singles.items, about))
    present = [sheet for sheet in sheets if sheet[3]]
    return tuple(sorted(present, key=lambda sheet: min(order[item.id] for item in sheet[3])))


def _row(reading: Reading, item: ItemWords) -> CountRow:
    mean = or_hidden(reading.cell("mean", item.id))
    values = [
        shown(reading.cell(f"count.{code}", item.id)) for code in range(item.low, item.high + 1)
    ]
    numbers = [one.value for one in values if one is not None and one.value is not None]
    counts = tuple(round(value) for value in numbers) if len(numbers) == len(values) else None
    known = shown(mean)
    n = sum(counts) if counts is not None else (known.n or None if known is not None else None)
    return CountRow(label=Wording(item.text), counts=counts, mean=mean, n=n, turned=item.reversed)


def _figure(reading: Reading, sheet: Sheet, rows: tuple[CountRow, ...], *, first: bool) -> Figure:
    """Return one figure; how to read it is said at the first, then what a high score means."""
    subject, title, question, items, about = sheet
    counted = sum(1 for row in rows if row.counts is not None)
    caption: Text = Message("views.counts-caption" if counted else "views.rounded-caption")
    if not first:
        short = "views.counts-caption-short" if counted else "views.rounded-caption-short"
        caption = about or Message(short)
    return Figure(
        id=f"items-{slug(subject)}-w{reading.wave}",
        title=title,
        caption=caption,
        alt=Message("views.counts-alt", {"title": title, "n": len(rows), "counted": counted}),
        chart=Counts(
            rows=rows,
            points=tuple(
                Wording({language: labels[i] for language, labels in items[0].points.items()})
                for i in range(items[0].high - items[0].low + 1)
            ),
            low=items[0].low,
        ),
        question=question or Message("views.ask-spread" if counted else "views.ask-recognise"),
        themes=(subject,) if ":" in subject else (),
    )


def _sentences(title: Text, items: tuple[ItemWords, ...], *, told: bool) -> tuple[Block, ...]:
    """Return the sentences of a scale without any shown answer, to talk about."""
    listing = Listing(tuple(Wording(item.text) for item in items))
    if told:
        return (Heading(title), listing)
    return (Heading(title), Prose(Message("views.scale-hidden"), kind="note"), listing)


def covers(words: Words) -> Coverage:
    """Return that every statement is shown, but those about each other party by name."""
    about_parties = [item for item in words.items if item.referent == Referent.OTHER_PARTY]
    if len(about_parties) == len(words.items):
        return not_shown("no-statements")
    return partly("no-single-parties") if about_parties else WHOLE


PAGE = PageMaker(order=40, title=TITLE, make=make, covers=covers)
