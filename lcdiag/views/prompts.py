"""The figure behind a question of the conversation guide: one row of the figure it comes from."""

from __future__ import annotations

from dataclasses import replace

from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.blocks import Asked, Figure
from lcdiag.views.choose import Prompt
from lcdiag.views.figures import Axis
from lcdiag.views.indications import POOL
from lcdiag.views.reading import Reading, axis_of
from lcdiag.views.strips import item_strips, meaning, strips_words
from lcdiag.views.topics import topic_cells, topics_alt, topics_chart


def asked(reading: Reading | None, number: int, prompt: Prompt) -> Asked:
    """Return a prompt as a question with its closed figure, and where a guess can be set.

    Parameters
    ----------
    reading : Reading or None
        The wave that the conversation is about.
    number : int
        Place among the questions, from 1.
    prompt : Prompt
        What to ask.
    """
    name = f"guide-q{number}"
    figure, axis = (None, None) if reading is None else _figure(reading, prompt, name)
    return Asked(
        id=name,
        label=Message("views.guide-question-number", {"number": number}),
        guess=prompt.guess,
        question=prompt.question,
        figure=figure,
        guess_axis=axis,
        link=prompt.figure,
    )


def _figure(reading: Reading, prompt: Prompt, name: str) -> tuple[Figure | None, Axis | None]:
    for scale in reading.scales():
        if scale.id == prompt.subject:
            return _of_scale(reading, scale, name), axis_of(scale)
    topics = {topic.id: Wording(topic.label) for topic in reading.topics("critical")}
    if prompt.subject == POOL or prompt.subject in topics:
        label: Text = topics.get(prompt.subject, Message("views.topics-together"))
        return _of_topics(reading, prompt.subject, label, name), None
    item = reading.item(prompt.subject)
    if item is not None and reading.shown("mean", item.id) is not None:
        title = Wording(item.label)
        chart, alt = item_strips(reading, (item,), title, "")
        rows = tuple(replace(row, link="") for row in chart.rows)
        chart = replace(chart, rows=rows)
        caption = Message("views.single-caption")
        return Figure(f"{name}-f", title, caption, alt, chart), axis_of(item)
    return None, None


def _of_scale(reading: Reading, scale: ScaleWords, name: str) -> Figure:
    title = Wording(scale.label)
    chart, alt = strips_words(reading, (scale,), title)
    # the question stands beside it, and so does the link to the figure it comes from
    rows = tuple(replace(row, link="", theme="") for row in chart.rows)
    return Figure(
        id=f"{name}-f",
        title=title,
        caption=meaning((scale,), "views.further-right"),
        alt=alt,
        chart=replace(chart, rows=rows),
    )


def _of_topics(reading: Reading, subject: str, label: Text, name: str) -> Figure | None:
    topics = reading.topics("critical")
    rows = (topic_cells(reading, label, subject),)
    if not topics or reading.shown("own", subject) is None:
        return None
    return Figure(
        id=f"{name}-f",
        title=label,
        caption=Message("views.contrast-caption"),
        alt=topics_alt(rows),
        chart=topics_chart(reading, topics, rows),
    )
