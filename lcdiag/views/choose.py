"""Which figures and questions a conversation starts from: chosen by rule from what is there."""

from __future__ import annotations

from dataclasses import dataclass

from lcdiag.base.text import Message, Text, Wording
from lcdiag.diagnosis.model import ScaleWords
from lcdiag.views.observations import observe, question_of
from lcdiag.views.reading import Reading, axis_slug

ENOUGH = 3
"""So many prompts from the figures; an open one always follows."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One part of the conversation: what to guess first, then what to ask.

    Attributes
    ----------
    guess : Text
        What people are asked to expect before they see the figure.
    question : Text
        What to talk about once they have seen it.
    figure : str
        Id of the figure; "" where there is none to look at.
    subject : str
        What it is about, so that no subject comes twice.
    """

    guess: Text
    question: Text
    figure: str
    subject: str


def choose(reading: Reading) -> tuple[Prompt, ...]:
    """Return three to five prompts.

    First what stands out (`observe`); then, until there are enough, the topics rated three
    ways and the widest strip on each axis: where the group may know least about itself. The
    last one asks what should stay. Where nothing is shown, open questions remain.
    """
    prompts = [
        Prompt(_guess(reading, one.subject, one.kind), one.question, one.figure, one.subject)
        for one in observe(reading)
    ]
    for prompt in _further(reading):
        if len(prompts) >= ENOUGH:
            break
        if prompt.subject not in {one.subject for one in prompts}:
            prompts.append(prompt)
    return (*prompts, _open(1))


def _guess(reading: Reading, subject: str, kind: str) -> Text:
    if kind in ("signal", "gap", "lag"):
        return Message("views.guess-topics")
    scale = _scale(reading, subject)
    if kind == "change" and scale is not None:
        return Message("views.guess-change", {"scale": Wording(scale.label)})
    item = reading.item(subject)
    if scale is None and item is not None:
        return Message("views.guess-scale", {"scale": Wording(item.label)})
    label = Wording(scale.label) if scale is not None else subject
    return Message("views.guess-scale", {"scale": label})


def _further(reading: Reading) -> list[Prompt]:
    found: list[Prompt] = []
    topics = reading.topics("critical")
    if any(reading.shown("own", topic.id) is not None for topic in topics):
        figure = f"say-critical-w{reading.wave}"
        subjects = {one.subject for one in observe(reading)}
        if not subjects & {"lc-collusion:critical", *(topic.id for topic in topics)}:
            found.append(
                Prompt(
                    Message("views.guess-topics"),
                    Message("views.ask-topics"),
                    figure,
                    "lc-collusion:critical",
                )
            )
    found.extend(
        Prompt(
            Message("views.guess-scale", {"scale": Wording(scale.label)}),
            question_of(reading, scale),
            f"brief-{axis_slug(reading, scale)}-w{reading.wave}",
            scale.id,
        )
        for scale in _widest(reading)
    )
    found.extend(_open(number) for number in (2, 3, 4))
    return found


def _open(number: int) -> Prompt:
    return Prompt(
        Message(f"views.guess-open-{number}"),
        Message(f"views.open-question-{number}"),
        figure="",
        subject=f"open-{number}",
    )


def _widest(reading: Reading) -> list[ScaleWords]:
    """Return of each axis the released scale with the widest strip, in questionnaire order.

    Scales whose high end is unfavourable wait until they stand out: to ask about trouble that
    the answers do not show would bring it to the table.
    """
    best: dict[str, tuple[float, ScaleWords]] = {}
    for scale in reading.scales():
        mean = reading.shown("mean", scale.id)
        if mean is None or mean.low is None or mean.high is None:
            continue
        if scale.direction == "higher-worse":
            continue
        key = axis_slug(reading, scale)
        width = mean.high - mean.low
        if key not in best or width > best[key][0]:
            best[key] = (width, scale)
    return [scale for _, scale in best.values()]


def _scale(reading: Reading, subject: str) -> ScaleWords | None:
    for scale in reading.diagnosis.words.scales:
        if scale.id == subject:
            return scale
    return None
