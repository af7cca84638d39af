"""Rules for expected relations: which scales they name, that their signs agree, their source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lcdiag.base.findings import Finding, near_miss
from lcdiag.instrument.expected import has_score, pair_of
from lcdiag.instrument.model import OWN_EXPECTATION, Expectation, Instrument
from lcdiag.instrument.references import citations_of, in_short, is_place, names
from lcdiag.instrument.remark import error, warning

_ADDRESS = re.compile(r"[a-z][a-z0-9_-]*:[a-z][a-z0-9_-]*")


def check_expected(instrument: Instrument, where: str) -> Iterator[Finding]:
    """Yield what is wrong with the relations that one instrument states.

    Parameters
    ----------
    instrument : Instrument
        Scales of other instruments are left to `check_expected_together`.
    where : str
        How the reader knows it.
    """
    before: dict[frozenset[str], tuple[str, str]] = {}
    for number, one in enumerate(instrument.expected, 1):
        place = _place(where, number)
        first, second = pair_of(instrument, one)
        yield from _scale(instrument, one.scale, place)
        there, _, other = second.partition(":")
        if there != instrument.id and not _ADDRESS.fullmatch(second):
            yield error("relation-form", place, value=one.other)
        elif first == second:
            yield error("relation-with-itself", place, value=one.scale)
        elif there == instrument.id:
            yield from _scale(instrument, other, place)
        pair = frozenset((first, second))
        if first != second and pair in before:
            earlier, sign = before[pair]
            remark = warning if sign == one.sign else error
            code = "relation-twice" if sign == one.sign else "relation-both-signs"
            yield remark(code, place, first=first, second=second, other=earlier)
        before.setdefault(pair, (place, one.sign))
        yield from _source(instrument, one, place)


def check_expected_together(
    instruments: Sequence[Instrument],
    places: Sequence[str] = (),
    known: Sequence[str] = (),
    opened: Callable[[str], Instrument] | None = None,
) -> Iterator[Finding]:
    """Yield relations with a scale that another instrument lacks or sees the other way round.

    Parameters
    ----------
    instruments : sequence of Instrument
        Each once.
    places : sequence of str
        How the reader knows each of them; their ids where left out.
    known : sequence of str
        Ids of further instruments that a relation may name.
    opened : callable, optional
        Returns the instrument with one of these ids; without it they are not looked into.
    """
    here = dict(zip((one.id for one in instruments), instruments, strict=True))
    named = dict(zip(here, places or list(here), strict=True))
    for home in instruments:
        for number, one in enumerate(home.expected, 1):
            place = _place(named[home.id], number)
            address = pair_of(home, one)[1]
            there, _, scale = address.partition(":")
            if there == home.id or not _ADDRESS.fullmatch(address):
                continue
            if there not in here and there not in known:
                near = near_miss(there, (*here, *known))
                yield warning("relation-unknown-instrument", place, value=there, near=near)
                continue
            other = here.get(there) or (opened(there) if opened else None)
            if other is not None:
                yield from _scale(other, scale, place)
                yield from _other_sign(home, one, other, named, place)


def _place(where: str, number: int) -> str:
    return f"{where}, expected relation {number}"


def _scale(instrument: Instrument, name: str, place: str) -> Iterator[Finding]:
    """Yield that an instrument has no such scale, or none with a score."""
    scales = {scale.id: scale for scale in instrument.scales}
    if name not in scales:
        options = tuple(key for key, one in scales.items() if has_score(instrument, one))
        near = near_miss(name, options)
        facts = {"instrument": instrument.id, "value": name, "near": near}
        yield error("relation-unknown-scale", place, options=options or ("-",), **facts)
    elif not has_score(instrument, scales[name]):
        yield error("relation-without-score", place, value=name)


def _other_sign(
    home: Instrument, one: Expectation, other: Instrument, named: dict[str, str], place: str
) -> Iterator[Finding]:
    """Yield that the other file states the opposite; said once where both files are checked."""
    first, second = pair_of(home, one)
    order = list(named)
    if other.id in named and order.index(home.id) < order.index(other.id):
        return
    for number, theirs in enumerate(other.expected, 1):
        if {first, second} == set(pair_of(other, theirs)) and theirs.sign != one.sign:
            there = _place(named.get(other.id, other.id), number)
            yield warning("relation-both-signs", place, first=first, second=second, other=there)


def _source(instrument: Instrument, one: Expectation, place: str) -> Iterator[Finding]:
    cited = citations_of(instrument)
    if one.source == OWN_EXPECTATION or is_place(one.source):
        return
    if not any(names(one.source, citation.text) for citation in cited):
        near = near_miss(one.source, (OWN_EXPECTATION, *(in_short(citation) for citation in cited)))
        yield warning(
            "relation-without-source", place, value=one.source, own=OWN_EXPECTATION, near=near
        )
