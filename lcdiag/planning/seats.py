"""Who sits where in a planned or simulated study, and who of them answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lcdiag.instrument.study import RosterRow, Study
from lcdiag.planning.stated import Seat

Tables = Mapping[tuple[str, int], Sequence[Seat]]


def apportion(weights: Sequence[float], total: int) -> list[int]:
    """Return whole numbers in proportion to weights that add up to a total.

    The largest remainders are rounded up (Hamilton's method); of equal ones the first.

    Parameters
    ----------
    weights : sequence of float
        Not negative; all zero gives all zero.
    total : int
        What to divide.
    """
    whole = float(sum(weights))
    if whole <= 0 or total <= 0:
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (shares[place] - exact[place], place))
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def planned_roster(study: Study, people: int | None = None) -> tuple[RosterRow, ...]:
    """Return how many people are invited where, wave by wave.

    Parameters
    ----------
    study : Study
        With or without a list of participants.
    people : int, optional
        In every wave in all communities together, divided as the list of participants divides
        them, or evenly over communities and parties without one. Where it is left out the list of
        participants holds.

    Returns
    -------
    tuple of RosterRow
        Empty where nobody says how many people there are.
    """
    rows = _listed(study) if study.roster else _even(study)
    if people is None:
        return rows if study.roster else ()
    found: list[RosterRow] = []
    for wave in sorted({row.wave for row in rows}):
        here = [row for row in rows if row.wave == wave]
        counts = apportion([row.invited for row in here], people)
        found += [replace(row, invited=n) for row, n in zip(here, counts, strict=True)]
    return tuple(found)


def _listed(study: Study) -> tuple[RosterRow, ...]:
    """Return the list of participants; a wave it does not speak of is as the one before."""
    by_wave: dict[int, list[RosterRow]] = defaultdict(list)
    for row in study.roster:
        by_wave[row.wave].append(row)
    found: list[RosterRow] = []
    last = by_wave[min(by_wave)]
    for wave in (one.number for one in study.settings.waves):
        last = by_wave.get(wave) or last
        found += [replace(row, wave=wave) for row in last]
    return tuple(found)


def _even(study: Study) -> tuple[RosterRow, ...]:
    names = [one.name for one in study.settings.communities] or [study.settings.title]
    parties = [(one.name, one.sector) for one in study.settings.parties] or [("", "")]
    return tuple(
        RosterRow(community, party, sector, wave.number, 1)
        for wave in study.settings.waves
        for community in names
        for party, sector in parties
    )


def seated(
    roster: Sequence[RosterRow],
    *,
    languages: Mapping[str, float],
    turnover: float,
    rng: np.random.Generator,
) -> Tables:
    """Return the seats of every community in every wave, in the order of the roster.

    The same person keeps a seat over waves, but for the share of seats that somebody new takes.
    Codes of persons say that they are simulated.

    Parameters
    ----------
    roster : sequence of RosterRow
        How many people are invited where.
    languages : mapping
        Language to its weight: people of every community are divided so.
    turnover : float
        Share of seats that somebody new takes, between two waves.
    rng : numpy.random.Generator
        Decides who leaves.
    """
    tables: dict[tuple[str, int], list[Seat]] = {}
    kept: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    number = 0
    for row in sorted(roster, key=lambda one: one.wave):  # the order within a wave stays
        here = kept[row.community, row.party, row.meeting_group]
        if turnover and here:
            here = [one for one in here if rng.random() >= turnover]
        for _ in range(row.invited - len(here)):
            number += 1
            here.append(f"sim-{number:04d}")
        kept[row.community, row.party, row.meeting_group] = here
        tables.setdefault((row.community, row.wave), []).extend(
            Seat(person, row.party, row.sector, "", row.meeting_group)
            for person in here[: row.invited]
        )
    return {place: _speaking(seats, languages) for place, seats in tables.items()}


def _speaking(seats: Sequence[Seat], languages: Mapping[str, float]) -> list[Seat]:
    """Return the seats with a language each, spread evenly over the table.

    A person keeps the language over waves, because it hangs on the person's number.
    """
    names = sorted(languages)  # a truth file holds them in any order
    weights = np.cumsum([languages[name] for name in names])
    # the golden ratio spreads consecutive numbers evenly over any division
    spots = [(int(seat.person.rpartition("-")[2]) * 0.6180339887498949) % 1 for seat in seats]
    chosen = np.searchsorted(weights / weights[-1], spots, side="right")
    return [replace(seat, language=names[place]) for seat, place in zip(seats, chosen, strict=True)]


def answering(tables: Tables, *, response: float, rng: np.random.Generator) -> Tables:
    """Return the seats whose people answer: the same share of every community and party.

    Parameters
    ----------
    tables : mapping
        From `seated`.
    response : float
        Share of the people of a community, rounded; divided over its parties by their size.
    rng : numpy.random.Generator
        Decides who of a party answers.
    """
    found = {}
    for place, seats in tables.items():
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, seat in enumerate(seats):
            rows[seat.party, seat.meeting_group].append(number)
        total = int(np.floor(len(seats) * response + 0.5))
        counts = apportion([len(one) for one in rows.values()], total)
        chosen: list[int] = []
        for members, n in zip(rows.values(), counts, strict=True):
            chosen += (
                rng.choice(members, n, replace=False).tolist() if n < len(members) else members
            )
        found[place] = [seats[number] for number in sorted(chosen)]
    return found
