"""In het kort: every theme in one view, and at most three things to talk about."""

from __future__ import annotations

from collections.abc import Iterator

from lcdiag.base.levels import Level
from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, ScaleWords, Words
from lcdiag.views.asked import single_items, themes
from lcdiag.views.blocks import Beside, Block, Callout, Figure, Page, Panels, Prose
from lcdiag.views.observations import Observation, changes, finding, observe
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown, partly
from lcdiag.views.participation import answered_title
from lcdiag.views.reading import Reading, axis_slug, latest, per_wave, shown, slug
from lcdiag.views.strips import (
    item_strips,
    meaning,
    own_question,
    strips_of,
    strips_title,
    strips_words,
)

TITLE = Message("views.brief-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page with all themes, for each wave."""
    if latest(diagnosis, community) is None:
        return None
    return Page(
        id="brief",
        title=TITLE,
        lead=Message("views.brief-lead"),
        blocks=per_wave(diagnosis, community, _wave),
    )


def _wave(reading: Reading) -> tuple[Block, ...]:
    seen = observe(reading)
    groups = [g for g in strips_of(reading) if any(reading.shown("mean", s.id) for s in g)]
    if not groups:
        return _without_themes(reading, seen)
    ordered = sorted(groups, key=len, reverse=True)
    figures = [_figure(reading, group, ordered[0], seen, groups) for group in ordered]
    # an odd one would leave half a row empty: it stands under the largest instead
    main = 2 if len(figures) % 2 == 0 else 1
    blocks: tuple[Block, ...] = (
        *_who(reading),
        Beside(main=tuple(figures[:main]), aside=(*callouts(seen), *_more(reading))),
    )
    if len(figures) == main:
        return blocks
    return (*blocks, Panels(tuple((figure,) for figure in figures[main:])))


def _without_themes(reading: Reading, seen: tuple[Observation, ...]) -> tuple[Block, ...]:
    """Return the page where no theme has a mean: single statements, where to look, or why not."""
    if not reading.anything_shown:
        why = Prose(Message("views.nothing-shown-why"), kind="note")
        blank = Callout(Message("views.brief-blank"), question=Message("views.ask-blank"))
        return (Beside(main=(Prose(Message("views.nothing-shown")), why), aside=(blank,)),)
    # statements are not searched for what stands out: only then may a page say that nothing does
    choose = Callout(Message("views.brief-choose"), question=Message("views.ask-first-topic"))
    return (
        *_who(reading),
        Beside(
            main=tuple(_statements(reading)) or (Prose(Message("views.brief-elsewhere")),),
            aside=callouts(seen) if seen else (choose,),
        ),
    )


def _statements(reading: Reading) -> Iterator[Figure]:
    """Yield a figure for each set of statements of one level, where one of them is shown."""
    for singles in reading.single_items():
        for level in Level:
            items = tuple(item for item in singles.items if item.level == level)
            if not any(reading.shown("mean", item.id) for item in items):
                continue
            title = Wording(singles.label)
            chart, alt = item_strips(reading, items, title, singles.subject)
            yield Figure(
                id=f"brief-{slug(singles.subject)}-{level}-w{reading.wave}",
                title=title,
                caption=Message("views.single-caption"),
                alt=alt,
                chart=chart,
                question=Message("views.ask-recognise"),
                themes=(singles.subject,),
            )


def _who(reading: Reading) -> tuple[Block, ...]:
    """Return how many people this wave rests on, as far as it may be said."""
    if reading.sample is None:
        return ()
    who = answered_title(reading.sample)
    return (Prose(Message("views.full-stop", {"sentence": who}), kind="note"),)


def _more(reading: Reading) -> tuple[Block, ...]:
    """Return that more than the one change told here is clear; its page speaks of the last wave."""
    last = latest(reading.diagnosis, reading.community)
    if last is None or last.wave != reading.wave or len(changes(reading)) < 2:
        return ()
    return (Prose(Message("views.see-more-changes"), kind="note"),)


def callouts(seen: tuple[Observation, ...]) -> tuple[Callout, ...]:
    """Return the observations as things to talk about, or the one sentence that there are none."""
    if not seen:
        return (
            Callout(
                Message("views.nothing-stands-out"),
                question=Message("views.ask-nothing"),
                label=Message("views.to-talk"),
            ),
        )
    return tuple(
        Callout(
            one.text,
            question=one.question,
            label=Message("views.to-talk-number", {"number": number}),
            link=one.figure,
        )
        for number, one in enumerate(seen, start=1)
    )


def _figure(
    reading: Reading,
    group: tuple[ScaleWords, ...],
    first: tuple[ScaleWords, ...],
    seen: tuple[Observation, ...],
    groups: list[tuple[ScaleWords, ...]],
) -> Figure:
    subjects = {scale.id: scale for scale in group}
    title: Text = strips_title(group, groups)
    question: Text = own_question(reading, group)
    # one of several scales beside the middle is no title for all of them; a change is
    telling = ("change", "voice", "scale") if len(group) == 1 else ("change",)
    for one in seen:
        if one.subject in subjects and one.kind in telling:
            title = finding(one, Wording(subjects[one.subject].label))
            question = one.question
            break
    chart, alt = strips_words(reading, group, title)
    return Figure(
        id=f"brief-{axis_slug(reading, group[0])}-w{reading.wave}",
        title=title,
        caption=_caption(reading, group, first),
        alt=alt,
        chart=chart,
        question=Message("views.ask-recognise") if group is first else question,
        themes=tuple(subjects),
    )


def _caption(
    reading: Reading, group: tuple[ScaleWords, ...], first: tuple[ScaleWords, ...]
) -> Text:
    """Return how to read a strip, once; at the other figures what a high score means."""
    if group is not first:
        return meaning(group, "views.further-right")
    hollow = any(shown(reading.before("mean", scale.id)) is not None for scale in group)
    return Message("views.strip-caption-previous" if hollow else "views.strip-caption")


def covers(words: Words) -> Coverage:
    """Return the page whole with themes, partly with single statements only."""
    if themes(words):
        return WHOLE
    return partly("only-statements") if single_items(words) else not_shown("no-themes")


PAGE = PageMaker(order=20, title=TITLE, make=make, covers=covers)
