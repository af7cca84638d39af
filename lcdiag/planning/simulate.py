"""Answers drawn from a stated multilevel model: person in party in community, over waves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.planning.places import Places, places_of
from lcdiag.planning.stated import (
    ORDINARY,
    Behaviour,
    Measurement,
    Meeting,
    Seat,
    Split,
    Spread,
    Truth,
)
from lcdiag.responses.model import DONT_KNOW, MISSING, ResponseSet

__all__ = [
    "Behaviour",
    "Drawn",
    "Measurement",
    "Meeting",
    "Seat",
    "Split",
    "Spread",
    "Truth",
    "draw_responses",
    "simulate_responses",
]

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Drawn:
    """Simulated answers with what chance made true of them.

    Attributes
    ----------
    responses : ResponseSet
        Rows in the order of the meetings and seats.
    places : Places
        Which person, party, community ... every row belongs to.
    centre : (meetings, items) array of float
        The stated mean of every item in the scored direction, in the order of the questionnaire.
    item_part : (items,) array of float
        What chance added to each item.
    parts : mapping
        Name of a part (``"party"``, ``"community"`` ...) to what chance added, one row a level and
        one column a theme; parts of size zero are left out.
    theme : (items,) array of int
        The theme of each item: items of a scale share one.
    """

    responses: ResponseSet
    places: Places
    centre: Floats
    item_part: Floats
    parts: Mapping[str, Floats] = field(default_factory=dict)
    theme: Indices = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def simulate_responses(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    *,
    rng: np.random.Generator,
    spread: Spread | None = None,
    measurement: Measurement | None = None,
) -> ResponseSet:
    """Draw answers for every seat of every meeting; see `draw_responses`.

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
    measurement : Measurement, optional
        Items and scales that are not ordinary.

    Returns
    -------
    ResponseSet
        Rows in the order of the meetings and seats.
    """
    return draw_responses(
        questionnaire, meetings, rng=rng, spread=spread, measurement=measurement
    ).responses


def draw_responses(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    *,
    rng: np.random.Generator,
    spread: Spread | None = None,
    measurement: Measurement | None = None,
) -> Drawn:
    """Draw answers, and keep what chance added on the way.

    An answer is the truth of its item in that meeting, plus a general and a scale part of the
    person (the same in every wave and community), parts of the party, the community, the wave,
    their meeting and the meeting group (each times the item's loading), a part of the item, what
    the wording of its language adds, and a rest; cut at the item's thresholds and so held within
    the format. Reversed items are turned round after drawing. Nobody rates their own party, or one
    that sits at another table only. Parameters as in `simulate_responses`.
    """
    sizes, how = spread or Spread(), measurement or Measurement()
    seats = [(meeting, seat) for meeting in meetings for seat in meeting.seats]
    drawn = _draw(questionnaire, meetings, seats, sizes, how, rng)
    codes, places, centre, item_part, parts, theme = drawn
    codes = np.where(_not_asked(questionnaire, meetings, seats), MISSING, codes)
    responses = ResponseSet(
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
    return Drawn(responses, places, centre, item_part, parts, theme)


def _draw(
    questionnaire: Questionnaire,
    meetings: Sequence[Meeting],
    seats: Sequence[tuple[Meeting, Seat]],
    sizes: Spread,
    how: Measurement,
    rng: np.random.Generator,
) -> tuple[Floats, Places, Floats, Floats, dict[str, Floats], Indices]:
    """Return the answers as codes (rows by seats, columns by items) and what they are made of."""
    items = questionnaire.items
    low = np.array([questionnaire.format_of(item.id).low for item in items], dtype=float)
    high = np.array([questionnaire.format_of(item.id).high for item in items], dtype=float)
    reversed_ = np.array([item.reversed for item in items], dtype=bool)
    theme, places = themes(questionnaire), places_of(meetings)
    centre = centres(questionnaire, meetings)
    loading = np.array([how.items.get(item.id, ORDINARY).loading for item in items])

    n, k, many = len(seats), len(items), int(theme.max(initial=-1)) + 1
    people, parties = places.count("person"), places.count("party")
    shared = rng.normal(0, sizes.general, people)[places.person][:, None] + np.zeros(k)
    shared += _person_parts(questionnaire, sizes, how, people, theme, rng)[places.person]
    parts = {"party": rng.normal(0, sizes.party, (parties, many))}
    item_part = rng.normal(0, sizes.item, k)[_ease(questionnaire)]
    rest = rng.normal(0, sizes.answer, (n, k))
    # parts of size zero draw nothing, so that adding a part leaves older studies as they were
    for name in ("community", "wave", "meeting", "organisation", "group"):
        if size := getattr(sizes, name):
            parts[name] = rng.normal(0, size, (places.count(name), many))
    for name, part in parts.items():
        shared += part[places.of(name)][:, theme]
    drawn = centre[places.meeting] + loading * shared + item_part + rest
    drawn += _language_shifts(items_of=questionnaire.codes, seats=seats, how=how)
    if sizes.method:
        wording = rng.normal(0, sizes.method, people)[places.person]
        drawn -= wording[:, None] * reversed_
    codes = _cut(drawn, questionnaire, how, low, high)
    codes = np.where(reversed_, low + high - codes, codes)
    share = [sizes.careless if one.careless is None else one.careless for one in meetings]
    codes = _blemish(codes, low, high, sizes, np.array(share)[places.meeting], rng)
    return codes, places, centre, item_part, parts, theme


def _person_parts(
    questionnaire: Questionnaire,
    sizes: Spread,
    how: Measurement,
    people: int,
    theme: Indices,
    rng: np.random.Generator,
) -> Floats:
    """Return what each person adds to each item of a scale, (people, items)."""
    first = rng.normal(0, sizes.scale, (people, int(theme.max(initial=-1)) + 1))
    part: Floats = first[:, theme]
    column = {code: place for place, code in enumerate(questionnaire.codes)}
    for split in how.splits.values():
        places = [column[code] for code in split.items]
        other = rng.normal(0, sizes.scale, people)
        r = split.correlation
        part[:, places] = r * part[:, places] + np.sqrt(1 - r * r) * other[:, None]
    return part


def _language_shifts(
    items_of: Sequence[str], seats: Sequence[tuple[Meeting, Seat]], how: Measurement
) -> Floats:
    """Return what the wording of each row's language adds to each item."""
    languages, row = np.unique([seat.language for _, seat in seats] or [""], return_inverse=True)
    added = np.zeros((len(languages), len(items_of)))
    for place, code in enumerate(items_of):
        for language, points in how.items.get(code, ORDINARY).shift.items():
            added[languages == language, place] = points
    return added[row.reshape(-1)[: len(seats)]]


def _cut(
    drawn: Floats, questionnaire: Questionnaire, how: Measurement, low: Floats, high: Floats
) -> Floats:
    """Return the points that drawn answers fall on, in the scored direction."""
    codes = np.clip(np.rint(drawn), low, high)
    for place, code in enumerate(questionnaire.codes):
        if cuts := how.items.get(code, ORDINARY).thresholds:
            codes[:, place] = low[place] + np.searchsorted(cuts, drawn[:, place])
    return codes


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


def themes(questionnaire: Questionnaire) -> Indices:
    """Return which theme each item shares its person part with.

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
    return np.array([number[code] for code in questionnaire.codes], dtype=np.int64)


def _ease(questionnaire: Questionnaire) -> Indices:
    """Return which item part each item takes; the three ratings of a topic share one.

    Otherwise chance would plant gaps between own view, others and practice.
    """
    column = {code: place for place, code in enumerate(questionnaire.codes)}
    for _, contrast in questionnaire.contrasts:
        column[contrast.others] = column[contrast.practice] = column[contrast.own]
    return np.array([column[code] for code in questionnaire.codes], dtype=np.int64)


def centres(questionnaire: Questionnaire, meetings: Sequence[Meeting]) -> Floats:
    """Return the stated mean of every item in the scored direction, a row a meeting."""
    rows = [_centre(questionnaire, one.truth) for one in meetings]
    return np.array(rows, dtype=float).reshape(len(meetings), len(questionnaire.codes))


def _centre(questionnaire: Questionnaire, truth: Truth) -> list[float]:
    """Return the mean of every item in the scored direction."""
    place: dict[str, float] = {}
    for instrument, scale in questionnaire.scales:
        address = f"{instrument.id}:{scale.id}"
        if address in truth.scales:
            place.update(dict.fromkeys(scale.items, truth.scales[address]))
    for _, contrast in questionnaire.contrasts:
        codes = (contrast.own, contrast.others, contrast.practice)
        if contrast.id in truth.topics:
            place.update(zip(codes, truth.topics[contrast.id], strict=True))
        if truth.self_enhancement:
            place[codes[0]] = place.get(codes[0], truth.elsewhere) + truth.self_enhancement
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
