"""What may be said aloud about a community: few observations, each with a rule and a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Param, Text, Wording
from lcdiag.diagnosis.model import ScaleWords, Signal, Unit
from lcdiag.views.indications import POOL, figure_of, indications, readable, told
from lcdiag.views.reading import Reading, axis_slug, interval

WORTH = 0.5
"""Smallest difference worth talking about, in points of the answer scale."""

MOST = 3
"""At most this many observations on a page."""

Kind = Literal["signal", "gap", "lag", "indication", "change", "voice", "scale"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that stands out, with the question it invites.

    Attributes
    ----------
    kind : str
        Which rule let it through.
    text, question : Text
        What stands out, and what to talk about.
    subject : str
        The scale, topic or pool it is about.
    figure : str
        Id of the figure that shows it.
    strength : float
        Distance from the reference to the near end of the interval, for ordering within a kind.
    """

    kind: Kind
    text: Text
    question: Text
    subject: str
    figure: str
    strength: float


def stands_out(estimate: Estimate | None, reference: float, worth: float = WORTH) -> int:
    """Return on which side of a reference an estimate clearly lies.

    Parameters
    ----------
    estimate : Estimate or None
        A released value; None never stands out.
    reference : float
        A midpoint, zero or a margin, in the unit of the estimate.
    worth : float
        Smallest distance from the reference that is worth talking about.

    Returns
    -------
    int
        1 above, -1 below; 0 when the interval touches the reference, is unknown, or the
        distance is smaller than `worth`.
    """
    if estimate is None or estimate.value is None:
        return 0
    limits = interval(estimate)
    if limits is None or abs(estimate.value - reference) < worth:
        return 0
    low, high = limits
    if low > reference:
        return 1
    return -1 if high < reference else 0


def question_of(reading: Reading, scale: ScaleWords) -> Text:
    """Return the question of a scale, or a neutral one where its own would presume trouble.

    The question of a scale whose high end is unfavourable asks what lies behind a high score:
    where the answers lie clearly at the low end there is nothing of the kind to ask about.
    """
    middle = (scale.low + scale.high) / 2
    absent = stands_out(reading.shown("mean", scale.id), middle) < 0
    if not scale.question or (scale.direction == "higher-worse" and absent):
        return Message("views.ask-recognise")
    return Wording(scale.question)


def everyday_margin(reading: Reading, gap: str = "perception") -> float:
    """Return how large a gap is ordinary in this study and wave: what a clear gap must exceed.

    Parameters
    ----------
    reading : Reading
        One community in one wave.
    gap : str
        ``"perception"`` (own view minus estimated view of others) or ``"abilene"`` (own view
        minus practice).

    Returns
    -------
    float
        The margin that the diagnosis worked out over all communities of the study; never
        smaller than `WORTH`.
    """
    margin = reading.shown(f"margin.{gap}", POOL, Unit(kind="study"))
    return max(WORTH, margin.value if margin is not None and margin.value is not None else WORTH)


def signal_of(reading: Reading) -> Signal | None:
    """Return the signal that what people want and what they do part company, if it is there.

    It counts only when every measure it rests on was released.
    """
    for signal in reading.diagnosis.signals:
        if any(a.subject == POOL for a in signal.because) and readable(reading, signal):
            return signal
    return None


def lag_alone(reading: Reading) -> bool:
    """Return whether practice lags wishes, without a clear gap between own and others' views.

    True when the whole pooled gap between wish and practice lies beyond the everyday margin and
    that between own view and estimated view of others does not.
    """
    lag = reading.shown("abilene_gap", POOL)
    gap = reading.shown("perception_gap", POOL)
    if gap is None or _beyond(gap, everyday_margin(reading)) > 0:
        return False
    return _beyond(lag, everyday_margin(reading, "abilene")) > 0


def known_of_each_other(reading: Reading) -> bool:
    """Return whether people surely judge each other's wishes well.

    True when the whole interval of the pooled gap between own view and estimated view of others
    lies below the everyday margin: not finding a gap is not enough.
    """
    gap = reading.shown("perception_gap", POOL)
    return gap is not None and _beyond(gap, everyday_margin(reading)) < 0


def gap_alone(reading: Reading) -> bool:
    """Return whether people want more than they think the others want, without the signal.

    It rests on all critical topics together: of six topics one may stand out by chance.
    """
    gap = reading.shown("perception_gap", POOL)
    return signal_of(reading) is None and _beyond(gap, everyday_margin(reading)) > 0


def clear_topics(reading: Reading) -> tuple[str, ...]:
    """Return the critical topics whose perception gap lies wholly beyond the everyday margin."""
    margin = everyday_margin(reading)
    return tuple(
        topic.id
        for topic in reading.topics("critical")
        if _beyond(reading.shown("perception_gap", topic.id), margin) > 0
    )


def observe(reading: Reading) -> tuple[Observation, ...]:
    """Return at most three observations, the most telling kind first.

    Each rests on released cells only; its interval excludes the reference; its distance is at
    least `WORTH`. Parties and sectors are never compared.
    """
    found: list[Observation] = []
    for rule in _RULES:
        found.extend(rule(reading))
    named = {at.subject for signal, _ in indications(reading) for at in signal.because}
    kept = [one for one in found if one.kind not in ("voice", "scale") or one.subject not in named]
    return tuple(kept[:MOST])


def _beyond(estimate: Estimate | None, margin: float) -> int:
    return stands_out(estimate, margin, worth=0.0)


def _distance(estimate: Estimate | None, reference: float) -> float:
    limits = interval(estimate) if estimate is not None else None
    if limits is None:
        return 0.0
    return max(limits[0] - reference, reference - limits[1], 0.0)


def _signal(reading: Reading) -> list[Observation]:
    signal = signal_of(reading)
    if signal is None:
        return []
    return [
        Observation(
            "signal",
            Message("views.see-signal"),
            Message("views.ask-signal"),
            POOL,
            f"say-critical-w{reading.wave}",
            signal.strength,
        )
    ]


def _gap(reading: Reading) -> list[Observation]:
    if not gap_alone(reading):
        return []
    margin = everyday_margin(reading)
    ranked = sorted(
        clear_topics(reading),
        key=lambda name: -_distance(reading.shown("perception_gap", name), margin),
    )
    labels = {topic.id: Wording(topic.label) for topic in reading.topics("critical")}
    text = Message("views.see-gap")
    if ranked:
        text = Message("views.see-gap-topic", {"topic": labels[ranked[0]]})
    return [
        Observation(
            "gap",
            text,
            Message("views.ask-gap"),
            ranked[0] if ranked else POOL,
            f"say-critical-w{reading.wave}",
            _distance(reading.shown("perception_gap", POOL), margin),
        )
    ]


def _lag(reading: Reading) -> list[Observation]:
    if signal_of(reading) is not None or not lag_alone(reading):
        return []
    return [
        Observation(
            "lag",
            Message("views.see-lag-known" if known_of_each_other(reading) else "views.see-lag"),
            Message("views.ask-lag"),
            POOL,
            f"say-critical-w{reading.wave}",
            _distance(reading.shown("abilene_gap", POOL), everyday_margin(reading, "abilene")),
        )
    ]


def _indication(reading: Reading) -> list[Observation]:
    """Return what other indicators say, each with its other reading."""
    return [
        Observation(
            "indication",
            told(reading, signal, one),
            Wording(one.question),
            signal.because[0].subject,
            figure_of(reading, signal.because[0]),
            signal.strength,
        )
        for signal, one in indications(reading)
    ]


def changes(reading: Reading) -> tuple[Observation, ...]:
    """Return the scales that clearly changed since the previous wave, the clearest first.

    At most three; `observe` takes the first of them only.
    """
    found = []
    for scale in reading.scales():
        change = reading.shown("change", scale.id)
        side = stands_out(change, 0.0)
        if side and change is not None and change.value is not None:
            found.append(
                Observation(
                    "change",
                    Message(
                        "views.see-rise" if side > 0 else "views.see-fall",
                        {"scale": Wording(scale.label), "change": Number(abs(change.value))},
                    ),
                    Message("views.ask-change"),
                    scale.id,
                    f"brief-{axis_slug(reading, scale)}-w{reading.wave}",
                    _distance(change, 0.0),
                )
            )
    return tuple(sorted(found, key=lambda one: -one.strength)[:MOST])


def finding(one: Observation, label: Text) -> Text:
    """Return an observation about a scale as the title of its figure."""
    name = one.text.id if isinstance(one.text, Message) else ""
    side = "low" if name == "views.see-voice" else name.rsplit("-", 1)[-1]
    return Message(f"views.finding-{side}", {"scale": label})


def _change(reading: Reading) -> list[Observation]:
    return list(changes(reading)[:1])


def _voice(reading: Reading) -> list[Observation]:
    return [one for one in _tense(reading) if one.kind == "voice"][:1]


def _scale(reading: Reading) -> list[Observation]:
    return [one for one in _tense(reading) if one.kind == "scale"]


def _tense(reading: Reading) -> list[Observation]:
    """Return scales whose mean lies clearly on the side that asks for a conversation."""
    found = []
    for scale in reading.scales():
        middle = (scale.low + scale.high) / 2
        mean = reading.shown("mean", scale.id)
        side = stands_out(mean, middle)
        asks = {"higher-better": -1, "higher-worse": 1}.get(scale.direction)
        if asks is None or side != asks or mean is None or mean.value is None:
            continue
        voice = scale.id == "lc-safety:voice"
        words: dict[str, Param] = {
            "scale": Wording(scale.label),
            "mean": Number(mean.value),
            "low": Number(scale.low, 0),
            "high": Number(scale.high, 0),
        }
        name = "views.see-voice" if voice else ("views.see-low" if side < 0 else "views.see-high")
        found.append(
            Observation(
                "voice" if voice else "scale",
                Message(name, words),
                question_of(reading, scale),
                scale.id,
                f"brief-{axis_slug(reading, scale)}-w{reading.wave}",
                _distance(mean, middle),
            )
        )
    return sorted(found, key=lambda one: -one.strength)


_RULES: tuple[Callable[[Reading], list[Observation]], ...] = (
    _signal,
    _gap,
    _lag,
    _indication,
    _change,
    _voice,
    _scale,
)
