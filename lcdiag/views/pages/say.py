"""Zeggen we wat we denken: own view, estimated view of others, and practice, a topic a line."""

from __future__ import annotations

from lcdiag.base.text import Message, Number, Param, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, TopicWords, Words
from lcdiag.views.asked import topics
from lcdiag.views.blocks import Beside, Block, Callout, Figure, Listing, Page, Panels, Prose
from lcdiag.views.figures import ContrastRow
from lcdiag.views.indications import POOL
from lcdiag.views.observations import (
    everyday_margin,
    gap_alone,
    known_of_each_other,
    lag_alone,
    signal_of,
)
from lcdiag.views.outside import outside_blocks
from lcdiag.views.page import WHOLE, Coverage, PageMaker, not_shown, partly
from lcdiag.views.reading import Reading, drawn, latest, per_wave, shown
from lcdiag.views.topics import topic_cells, topic_row, topics_alt, topics_chart

TITLE = Message("views.say-title")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the page on what is thought and said, or None where it was never asked."""
    reading = latest(diagnosis, community)
    if reading is None or not diagnosis.words.topics:
        return None
    return Page(
        id="say",
        title=TITLE,
        lead=Message("views.say-lead"),
        blocks=per_wave(diagnosis, community, _both_views),
        badge=_badge(diagnosis),
    )


def _badge(diagnosis: Diagnosis) -> Text | None:
    """Return a quiet label where the questions about topics are not validated."""
    homes = {topic.instrument for topic in diagnosis.words.topics}
    status = {one.status for one in diagnosis.words.instruments if one.id in homes}
    return Message("views.experimental") if "experimental" in status else None


def _both_views(reading: Reading) -> tuple[Block, ...]:
    return (*_wave(reading), *outside_blocks(reading))


def _wave(reading: Reading) -> tuple[Block, ...]:
    critical = reading.topics("critical")
    rows = tuple(topic_row(reading, topic) for topic in critical)
    if not critical and (everyday := _yardstick(reading)):
        return everyday
    if not any(shown(row.own) is not None for row in rows):
        return _without(reading, critical)
    figure = Figure(
        id=f"say-critical-w{reading.wave}",
        title=_title(reading),
        caption=Message("views.contrast-caption"),
        alt=topics_alt(rows),
        chart=topics_chart(reading, critical, (*rows, *_together(reading))),
        question=Message(
            "views.ask-first-topic" if signal_of(reading) is not None else "views.ask-topics"
        ),
        themes=(POOL,),
    )
    return (
        figure,
        Panels((_readings(reading), (*_power(reading), _blind(), _margin(reading)))),
        *_yardstick(reading),
    )


def _without(reading: Reading, topics: tuple[TopicWords, ...]) -> tuple[Block, ...]:
    """Return the page without numbers: the same topics, to fill in together."""
    labels = tuple(Wording(topic.label) for topic in topics or reading.diagnosis.words.topics)
    paired = reading.diagnosis.thresholds.paired
    return (
        Prose(Message("views.say-hidden", {"paired": paired})),
        Beside(
            main=(Prose(Message("views.say-topics")), Listing(labels)),
            aside=(
                Callout(Message("views.say-together"), question=Message("views.say-question")),
                _blind(),
            ),
        ),
    )


def _title(reading: Reading) -> Text:
    if signal_of(reading) is not None:
        return Message("views.say-finding-pool")
    if gap_alone(reading):
        return Message("views.say-finding-gap")
    if lag_alone(reading):
        return Message("views.say-finding-lag")
    return Message("views.say-neutral")


def _together(reading: Reading) -> tuple[ContrastRow, ...]:
    """Return the critical topics taken together, where released: the reading rests on them."""
    if reading.shown("perception_gap", POOL) is None:
        return ()
    return (topic_cells(reading, Message("views.topics-together"), POOL),)


def _readings(reading: Reading) -> tuple[Block, ...]:
    """Return the careful reading of the whole: signal, gap, lag, none of these, or unknown."""
    blocks: list[Block] = []
    pooled = _pooled(reading)
    if signal_of(reading) is not None:
        blocks.append(
            Callout(
                Message("views.say-signal"),
                question=Message("views.ask-signal"),
                label=Message("views.say-signal-label"),
            )
        )
        blocks.append(Prose(Message("views.say-signal-other"), kind="note"))
    elif gap_alone(reading):
        blocks.append(Callout(Message("views.say-gap"), question=Message("views.ask-gap")))
    elif lag_alone(reading):
        lag = "views.say-lag-known" if known_of_each_other(reading) else "views.say-lag"
        blocks.append(Callout(Message(lag), question=Message("views.ask-lag")))
    elif reading.shown("perception_gap", POOL) is None:
        blocks.append(Callout(Message("views.say-unknown"), question=Message("views.ask-blank")))
    else:
        blocks.append(Callout(Message("views.say-none"), question=Message("views.ask-nothing")))
    if pooled is not None:
        blocks.append(Prose(pooled, kind="note"))
    return tuple(blocks)


def _margin(reading: Reading) -> Prose:
    margin = Number(everyday_margin(reading))
    return Prose(Message("views.say-margin", {"margin": margin}), kind="note")


def _pooled(reading: Reading) -> Text | None:
    """Return the gap over all critical topics together, with its interval, where released."""
    gap = reading.shown("perception_gap", POOL)
    limits = drawn(gap) if gap is not None else None
    if gap is None or gap.value is None or limits is None:
        return None
    return Message(
        "views.say-pooled",
        {
            "gap": Number(gap.value, signed=True),
            "low": Number(limits[0], signed=True),
            "high": Number(limits[1], signed=True),
        },
    )


def _power(reading: Reading) -> tuple[Block, ...]:
    """Return how often this report would see the pattern in groups of this size, where known."""
    for measure in reading.diagnosis.measures:
        at = measure.at
        right = at.statistic == "power" and at.subject == POOL and at.wave in (0, reading.wave)
        cell = shown(measure.cell)
        if right and cell is not None and cell.value is not None and at.unit.kind == "community":
            sample = reading.sample
            n = cell.n or (sample.answered if sample and sample.answered else 0)
            if n:
                low = cell.value if cell.low is None else cell.low
                high = cell.value if cell.high is None else cell.high
                hundred = {"hits": cell.value, "low": low, "high": high}
                facts: dict[str, Param] = {key: round(100 * of) for key, of in hundred.items()}
                text = Message("views.say-power", facts | {"n": n})
                return (Callout(text, kind="calm"),)
    return ()


def _blind() -> Callout:
    return Callout(Message("views.say-blind"), label=Message("views.say-blind-label"), kind="calm")


def _yardstick(reading: Reading) -> tuple[Block, ...]:
    """Return the everyday topics apart: how large a gap is ordinary."""
    topics = reading.topics("control")
    rows = tuple(topic_row(reading, topic) for topic in topics)
    if not any(shown(row.own) is not None for row in rows):
        return ()
    return (
        Figure(
            id=f"say-control-w{reading.wave}",
            title=Message("views.control-title"),
            caption=Message("views.control-caption"),
            alt=topics_alt(rows),
            chart=topics_chart(reading, topics, rows),
            question=Message("views.control-question"),
        ),
    )


def covers(words: Words) -> Coverage:
    """Return the page whole where topics of both kinds are asked."""
    if not words.topics:
        return not_shown("no-topics")
    if not topics(words, "critical"):
        return partly("only-everyday")
    return WHOLE if topics(words, "control") else partly("no-everyday")


PAGE = PageMaker(order=70, title=TITLE, make=make, covers=covers)
