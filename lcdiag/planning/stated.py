"""What is stated of a simulated study: who sits where, what is true, how far answers spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PARTS = ("general", "scale", "party", "community", "wave", "meeting", "organisation", "group")
"""The parts of an answer that a loading multiplies: everything but the item's own and the rest."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person at the table of one community, and its meeting group if there are several."""

    person: str
    party: str
    sector: str = ""
    language: str = "nl"
    meeting_group: str = ""


@dataclass(frozen=True)
class Truth:
    """What is true of one community in one wave, in points of the response format.

    Attributes
    ----------
    scales : mapping
        Scale address to the mean of its items in the scored direction; scales that are not
        named stand at `elsewhere`.
    items : mapping
        Item code to its mean as asked, before any scale is looked at.
    topics : mapping
        Contrast id to the means of own view, estimated view of others and practice.
    elsewhere : float
        Mean of everything that is not named.
    self_enhancement : float
        What everybody adds to their own view of every topic, critical and control alike: people
        see themselves as wanting the desirable more than others.
    """

    scales: Mapping[str, float] = field(default_factory=dict)
    items: Mapping[str, float] = field(default_factory=dict)
    topics: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    elsewhere: float = 4.6
    self_enhancement: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations of the parts of an answer, in points, and the blemishes.

    Attributes
    ----------
    general : float
        What a person adds to every answer, in every wave.
    scale : float
        What a person adds to all items of one scale.
    party : float
        What a party adds to all items of one scale, at this table.
    item : float
        How far items of a scale lie apart.
    answer : float
        The rest: this person, this item, this wave.
    missing, dont_know, careless : float
        Shares of answers left open, of answers "don't know", and of people who give one and the
        same answer throughout.
    community, wave, meeting : float
        What a community adds to a scale in every wave, a wave in every community, and one
        community in one wave.
    organisation : float
        What a party adds to a scale wherever it sits.
    group : float
        What a meeting group adds to a scale.
    method : float
        What a person adds to every reversed item as it is asked: a factor of wording.
    """

    general: float = 0.35
    scale: float = 0.55
    party: float = 0.25
    item: float = 0.25
    answer: float = 0.85
    missing: float = 0.0
    dont_know: float = 0.0
    careless: float = 0.0
    community: float = 0.0
    wave: float = 0.0
    meeting: float = 0.0
    organisation: float = 0.0
    group: float = 0.0
    method: float = 0.0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How one item answers to what people think; the default is an ordinary item.

    Attributes
    ----------
    loading : float
        What the parts of person, party, community and wave are multiplied with; 0 is an item that
        measures something else.
    thresholds : tuple of float
        Where one answer becomes the next, in the scored direction, in points and rising; empty
        means halfway between the points.
    shift : mapping
        Language to what its wording adds to the answers, in points in the scored direction.
    """

    loading: float = 1.0
    thresholds: tuple[float, ...] = ()
    shift: Mapping[str, float] = field(default_factory=dict)


ORDINARY = Behaviour()


@dataclass(frozen=True, slots=True)
class Split:
    """A scale that measures two things.

    Attributes
    ----------
    items : tuple of str
        The items that share a second person part in place of the scale's.
    correlation : float
        Between the two person parts, 0 to 1.
    """

    items: tuple[str, ...]
    correlation: float = 0.0


@dataclass(frozen=True)
class Meeting:
    """One community in one wave: who answers, and what is true there.

    `careless` takes the place of the spread's share for this meeting, where it is given.
    """

    community: str
    wave: int
    seats: tuple[Seat, ...]
    truth: Truth
    careless: float | None = None


@dataclass(frozen=True)
class Measurement:
    """How the questions behave in a simulated study.

    Attributes
    ----------
    items : mapping
        Item code to its behaviour; items that are not named are ordinary.
    splits : mapping
        Scale address to its split, for scales that measure two things.
    """

    items: Mapping[str, Behaviour] = field(default_factory=dict)
    splits: Mapping[str, Split] = field(default_factory=dict)
