"""Topics rated three ways, as rows of a figure: own view, estimated view of others, practice."""

from __future__ import annotations

from math import ceil

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import TopicWords
from lcdiag.views.figures import Axis, ContrastRow, Contrasts
from lcdiag.views.observations import everyday_margin
from lcdiag.views.reading import Reading, axis_of, interval, or_hidden, shown


def topic_row(reading: Reading, topic: TopicWords) -> ContrastRow:
    """Return the cells of one topic."""
    return topic_cells(reading, Wording(topic.label), topic.id)


def topic_cells(reading: Reading, label: Text, subject: str, unit: str = "") -> ContrastRow:
    """Return the cells of a topic or of a pool of topics, under this label."""
    return ContrastRow(
        label=label,
        own=or_hidden(reading.cell("own", subject)),
        others=or_hidden(reading.cell("others", subject)),
        practice=or_hidden(reading.cell("practice", subject)),
        gap=or_hidden(reading.cell("perception_gap", subject)),
        lag=or_hidden(reading.cell("abilene_gap", subject)),
        unit=unit,
    )


def topics_chart(
    reading: Reading,
    topics: tuple[TopicWords, ...],
    rows: tuple[ContrastRow, ...],
    subject: Text | None = None,
) -> Contrasts:
    """Return the figure of these topics, on the axis of their answers."""
    first = topics[0]
    item = reading.item(first.own)
    axis = axis_of(item) if item is not None else Axis(first.low, first.high, "", "")
    return Contrasts(
        rows=rows,
        axis=axis,
        gap_axis=_gap_axis(first, rows),
        gap_margin=everyday_margin(reading),
        lag_margin=everyday_margin(reading, "abilene"),
        subject=subject,
    )


def _gap_axis(topic: TopicWords, rows: tuple[ContrastRow, ...]) -> Axis:
    """Return half of the possible width, or as many whole points more as the strips need."""
    reach = topic.high - topic.low
    limits = [
        interval(one) for row in rows for one in (shown(row.gap), shown(row.lag)) if one is not None
    ]
    far = max((abs(limit) for pair in limits if pair is not None for limit in pair), default=0.0)
    width = min(float(reach), float(ceil(max(reach / 2, far))))
    return Axis(-width, width, Message("views.gap-less"), Message("views.gap-more"), zero=0.0)


def topics_alt(rows: tuple[ContrastRow, ...]) -> Text:
    """Return what is seen: how many topics, and the largest gap."""
    known = [row for row in rows if shown(row.gap) is not None]
    if not known:
        return Message("views.contrast-alt-none", {"n": len(rows)})
    largest = max(known, key=lambda row: abs(_value(shown(row.gap))))
    return Message(
        "views.contrast-alt",
        {
            "n": len(rows),
            "topic": largest.label,
            "gap": Number(_value(shown(largest.gap)), signed=True),
        },
    )


def _value(estimate: Estimate | None) -> float:
    return estimate.value if estimate is not None and estimate.value is not None else 0.0
