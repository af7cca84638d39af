"""Answers drawn from a stated multilevel model: person in party in community, over waves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.responses.model import DONT_KNOW, MISSING, ResponseSet

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


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
    """

    scales: Mapping[str, float] = field(default_factory=dict)
    items: Mapping[str, float] = field(default_factory=dict)
    topics: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    elsewhere: float = 4.6


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
        What a party adds to all items of one scale.
    item : float
        How far items of a scale lie apart.
    answer : float
        The rest: this person, this item, this wave.
    missing, dont_know, careless : float
        Shares of answers left open, of answers "don't know", and of people who give one and the
        same answer throughout.
    """

    general: float = 0.35
    scale: float = 0.55
    party: float = 0.25
    item: float = 0.25
    answer: float = 0.85
    missing: float = 0.0
    dont_know: float = 0.0
    careless: float = 0.0


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


def simulate_responses(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    *,
    rng: np.random.Generator,
    spread: Spread | None = None,
) -> ResponseSet:
    """Draw answers for every seat of every meeting.

    An answer is the truth of its item in that meeting, plus a general and a scale part of the
    person (the same in every wave and community), a part of the party (the same within its
    community), a part of the item, and a rest; rounded to the nearest point and held within the
    format. Reversed items are turned round after drawing. Nobody rates their own party, or one
    that sits at another table only.

    Parameters
    ----------
    questionnaire : Questionnaire
        What is asked; the columns follow its order.
    meetings : sequence of Meeting
        Every meeting gives as many rows as it has seats.
    rng : numpy.random.Generator
        The only source of chance.
    spread : Spread, optional
        The sizes of the parts; the defaults give alpha between .75 and .90.

    Returns
    -------
    ResponseSet
        Rows in the order of the meetings and seats.
    """
    sizes = spread or Spread()
    seats = [(meeting, seat) for meeting in meetings for seat in meeting.seats]
    codes = _draw(questionnaire, meetings, seats, sizes, rng)
    codes = np.where(_not_asked(questionnaire, meetings, seats), MISSING, codes)
    return ResponseSet(
        person=_labels(seat.person for _, seat in seats),
        community=_labels(meeting.community for meeting, _ in seats),
        meeting_group=_labels(seat.meeting_group for _, seat in seats),
        party=_labels(seat.party for _, seat in seats),
        sector=_labels(seat.sector for _, seat in seats),
        wave=np.array([meeting.wave for meeting, _ in seats], dtype=np.int64),
        language=_labels(seat.language for _, seat in seats),
        columns=questionnaire.codes,
        codes=codes.astype(np.int16),
        digest="simulated",
    )


def _draw(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    seats: Sequence[tuple[Meeting, Seat]],
    sizes: Spread,
    rng: np.random.Generator,
) -> Floats:
    """Return the answers, rows by seats and columns by items, as codes."""
    items = questionnaire.items
    low = np.array([questionnaire.format_of(item.id).low for item in items], dtype=float)
    high = np.array([questionnaire.format_of(item.id).high for item in items], dtype=float)
    theme, reversed_ = _themes(questionnaire)
    person, party = _indices(seats)
    meeting = np.repeat(np.arange(len(meetings)), [len(one.seats) for one in meetings])
    centre = np.array([_centre(questionnaire, one.truth) for one in meetings])

    n, k, themes = len(seats), len(items), int(theme.max(initial=-1)) + 1
    people, parties = int(person.max(initial=-1)) + 1, int(party.max(initial=-1)) + 1
    drawn = centre[meeting]
    drawn = drawn + rng.normal(0, sizes.general, people)[person][:, None]
    drawn = drawn + rng.normal(0, sizes.scale, (people, themes))[person][:, theme]
    drawn = drawn + rng.normal(0, sizes.party, (parties, themes))[party][:, theme]
    drawn = drawn + rng.normal(0, sizes.item, k)[_ease(questionnaire)][None, :]
    drawn = drawn + rng.normal(0, sizes.answer, (n, k))
    codes = np.clip(np.rint(drawn), low, high)
    codes = np.where(reversed_, low + high - codes, codes)
    share = [sizes.careless if one.careless is None else one.careless for one in meetings]
    return _blemish(codes, low, high, sizes, np.array(share)[meeting], rng)


def _not_asked(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    seats: Sequence[tuple[Meeting, Seat]],
) -> npt.NDArray[np.bool_]:
    """Return which answers are about one's own party, or a party without a seat at the table."""
    about = [questionnaire.about.get(code, "") for code in questionnaire.codes]
    table: dict[str, set[str]] = {}
    for meeting in meetings:
        table.setdefault(meeting.community, set()).update(seat.party for seat in meeting.seats)
    kept = {
        (community, own): [not party or (party in here and party != own) for party in about]
        for community, here in table.items()
        for own in here
    }
    asked = [kept[meeting.community, seat.party] for meeting, seat in seats]
    return ~np.array(asked, dtype=bool).reshape(len(seats), len(about))


def _themes(questionnaire: Questionnaire) -> tuple[Indices, npt.NDArray[np.bool_]]:
    """Return which theme each item shares its person part with, and which items are reversed.

    Items of a scale share one theme, as do the three ratings of a topic: who wants much for a
    topic also tends to see much of it.
    """
    number: dict[str, int] = {}
    for _, scale in questionnaire.scales:
        fresh = len(set(number.values()))
        number.update({code: fresh for code in scale.items if not scale.per_item})
    for _, contrast in questionnaire.contrasts:
        fresh = len(set(number.values()))
        number.update(dict.fromkeys((contrast.own, contrast.others, contrast.practice), fresh))
    for code in questionnaire.codes:
        number.setdefault(code, len(set(number.values())))
    theme = np.array([number[code] for code in questionnaire.codes], dtype=np.int64)
    return theme, np.array([item.reversed for item in questionnaire.items], dtype=bool)


def _ease(questionnaire: Questionnaire) -> Indices:
    """Return which item part each item takes; the three ratings of a topic share one.

    Otherwise chance would plant gaps between own view, others and practice.
    """
    column = {code: place for place, code in enumerate(questionnaire.codes)}
    for _, contrast in questionnaire.contrasts:
        column[contrast.others] = column[contrast.practice] = column[contrast.own]
    return np.array([column[code] for code in questionnaire.codes], dtype=np.int64)


def _indices(seats: Sequence[tuple[Meeting, Seat]]) -> tuple[Indices, Indices]:
    """Return the number of the person and of the party-in-community of every row."""
    persons: dict[str, int] = {}
    parties: dict[tuple[str, str], int] = {}
    person = [persons.setdefault(seat.person, len(persons)) for _, seat in seats]
    party = [
        parties.setdefault((meeting.community, seat.party), len(parties)) for meeting, seat in seats
    ]
    return np.array(person, dtype=np.int64), np.array(party, dtype=np.int64)


def _centre(questionnaire: Questionnaire, truth: Truth) -> list[float]:
    """Return the mean of every item in the scored direction."""
    place: dict[str, float] = {}
    for instrument, scale in questionnaire.scales:
        address = f"{instrument.id}:{scale.id}"
        if address in truth.scales:
            place.update(dict.fromkeys(scale.items, truth.scales[address]))
    for _, contrast in questionnaire.contrasts:
        if contrast.id in truth.topics:
            codes = (contrast.own, contrast.others, contrast.practice)
            place.update(zip(codes, truth.topics[contrast.id], strict=True))
    for item in questionnaire.items:
        if item.id in truth.items:
            bounds = questionnaire.format_of(item.id)
            asked = truth.items[item.id]
            place[item.id] = bounds.low + bounds.high - asked if item.reversed else asked
    return [place.get(code, truth.elsewhere) for code in questionnaire.codes]


def _blemish(
    codes: Floats,
    low: Floats,
    high: Floats,
    sizes: Spread,
    share: Floats,
    rng: np.random.Generator,
) -> Floats:
    """Return the answers with careless rows, gaps and "don't know" planted."""
    n, _ = codes.shape
    careless = rng.random((n, 1)) < share[:, None]
    place = rng.random((n, 1))
    straight = low + np.floor(place * (high - low + 1))
    codes = np.where(careless, straight, codes)
    chance = rng.random(codes.shape)
    codes = np.where(chance < sizes.missing, MISSING, codes)
    unknown = (chance >= sizes.missing) & (chance < sizes.missing + sizes.dont_know)
    return np.where(unknown, DONT_KNOW, codes)


def _labels(texts: Iterable[str]) -> npt.NDArray[np.object_]:
    return np.array(list(texts), dtype=np.object_)
