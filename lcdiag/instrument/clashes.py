"""Columns that two blocks of a questionnaire would share, and questions that are asked twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lcdiag.base.findings import Fact, Finding, Severity
from lcdiag.instrument.model import Instrument


def used_twice(
    asked: Sequence[tuple[Instrument, str]], homes: Mapping[str, Instrument]
) -> list[Finding]:
    """Return one finding for each two instruments that share columns, and for each asked twice.

    Parameters
    ----------
    asked : sequence of tuple
        Instrument and column code of every question, in order.
    homes : mapping
        How blocks call an instrument (a file says which one is meant) to the instrument.
    """
    names = {id(one): name for name, one in homes.items()}
    counts = Counter((names[id(home)], code) for home, code in asked)
    return [*_clashes(counts, homes), *_asked_twice(counts)]


def _clashes(
    counts: Mapping[tuple[str, str], int], homes: Mapping[str, Instrument]
) -> Iterator[Finding]:
    first: dict[str, str] = {}
    shared: dict[tuple[str, str], list[str]] = {}
    for name, code in counts:
        before = first.setdefault(code.casefold(), name)
        if before != name:
            shared.setdefault((before, name), []).append(code)
    for (old, new), codes in shared.items():
        facts: dict[str, Fact] = {"first": old, "second": new}
        if homes[old].id == homes[new].id:
            told: dict[str, Fact] = {"value": homes[new].id, "other": old}
            yield Finding("instrument.same-id", Severity.ERROR, new, told)
        elif len(codes) == 1:
            yield Finding("instrument.code-clash", Severity.ERROR, "", facts | {"code": codes[0]})
        else:
            every: dict[str, Fact] = facts | {"codes": tuple(codes)}
            yield Finding("instrument.codes-clash", Severity.ERROR, "", every)


def _asked_twice(counts: Mapping[tuple[str, str], int]) -> Iterator[Finding]:
    twice: dict[str, list[str]] = {}
    for (name, code), n in counts.items():
        if n > 1:
            twice.setdefault(name, []).append(code)
    for name, codes in twice.items():
        if len(codes) == 1:
            yield Finding("instrument.asked-twice", Severity.ERROR, "", {"code": codes[0]})
        else:
            facts: dict[str, Fact] = {"codes": tuple(codes), "n": len(codes), "instrument": name}
            yield Finding("instrument.all-asked-twice", Severity.ERROR, "", facts)
