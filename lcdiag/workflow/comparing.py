"""Two diagnoses compared, as a page for a terminal, as JSON and as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.diagnosis.comparison import Comparison, Difference, Kind, Part

ROWS = 6
"""Most rows of a kind on a page; JSON and CSV hold all."""

_PARTS: tuple[Part, ...] = (
    *("cell", "signal", "sample"),
    *("words", "settings", "findings", "provenance"),
)
_SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Table:
    """Differences of one kind: a heading, a table and how many rows it leaves out."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str


def summary(found: Comparison, language: str) -> tuple[str, ...]:
    """Return the first lines of the page: how many differences of each kind there are."""
    lines = [_say("internal", language)] if found.internal else []
    if found.same:
        return (*lines, _say("same", language, n=found.cells))
    lines.append(_say("cells", language, n=found.cells))
    lines += [
        f"  {_heading(part, kind, len(rows), language)}" for part, kind, rows in _kinds(found)
    ]
    return tuple(lines)


def tables(found: Comparison, language: str) -> tuple[Table, ...]:
    """Return the first rows of each kind of difference."""
    made = []
    for part, kind, rows in _kinds(found):
        more = len(rows) - ROWS
        made.append(
            Table(
                heading=_heading(part, kind, len(rows), language),
                head=tuple(_say(f"head-{word}", language) for word in ("where", *_SIDES)),
                rows=tuple(_row(one, language) for one in rows[:ROWS]),
                more=_say("more", language, n=more) if more > 0 else "",
            )
        )
    return tuple(made)


def _kinds(found: Comparison) -> list[tuple[Part, Kind, list[Difference]]]:
    """Return the differences of each part and kind, parts in the order of the page."""
    groups: dict[tuple[Part, Kind], list[Difference]] = {}
    for one in found.differences:
        groups.setdefault((one.part, one.kind), []).append(one)
    ordered = sorted(groups, key=lambda key: (_PARTS.index(key[0]), key[1]))
    return [(*key, groups[key]) for key in ordered]


def _heading(part: Part, kind: Kind, n: int, language: str) -> str:
    return f"{_say(f'part-{part}', language)}: {_say(kind, language, n=n)}"


def comparison_json(found: Comparison) -> str:
    """Return everything as JSON: whether all is the same, the counts and a row a difference."""
    import json

    from lcdiag.base.cells import INTERNAL_STAMP

    content = {
        **({"stamp": INTERNAL_STAMP} if found.internal else {}),
        "same": found.same,
        "cells": found.cells,
        "counts": [{"part": p, "kind": k, "n": n} for (p, k), n in found.counts.items()],
        "differences": [one.as_row() for one in found.differences],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)


def comparison_csv(found: Comparison) -> str:
    """Return a row a difference as CSV; no cell can become a formula in a spreadsheet."""
    import csv
    import io

    from lcdiag.base.cells import INTERNAL_STAMP, safe_cell
    from lcdiag.diagnosis.comparison import COLUMNS

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    stamp = [INTERNAL_STAMP] if found.internal else []
    writer.writerow([*(["stamp"] if stamp else []), *COLUMNS])
    for one in found.differences:
        cells = [safe_cell(x) if isinstance(x, str) else x for x in one.as_row().values()]
        writer.writerow([*stamp, *cells])
    return text.getvalue()


def _row(one: Difference, language: str) -> tuple[str, ...]:
    """Return where a difference is, and how each of the two has it."""
    if one.part == "cell":
        decimals = _decimals(one)
        sides = [_cell(one, side, language, decimals) for side in _SIDES]
    elif one.part in ("signal", "sample"):
        sides = [_counted(one, side, language) for side in _SIDES]
    else:
        sides = [_text(one, side, language) for side in _SIDES]
    return (_where(one, language), *sides)


def _where(one: Difference, language: str) -> str:
    if one.part not in ("cell", "signal", "sample"):
        return one.what
    wave = _say("wave", language, number=one.wave or "") if one.wave else ""
    what = one.what if one.part == "sample" else ""
    pieces = (one.community, one.name, wave, one.statistic, one.subject, what)
    return ", ".join(piece for piece in pieces if piece)


def _cell(one: Difference, side: str, language: str, decimals: int) -> str:
    from lcdiag.base.text import format_number

    state = getattr(one, f"state_{side}")
    value, low, high = (getattr(one, f"{name}_{side}") for name in ("value", "low", "high"))
    if value is None:
        return _state(state, language)
    text = format_number(value, language, decimals)
    if low is not None and high is not None:
        ends = {"low": low, "high": high}
        between = {name: format_number(end, language, decimals) for name, end in ends.items()}
        text += f" ({_say('between', language, **between)})"
    return f"{text}, n = {getattr(one, f'n_{side}')}"


def _counted(one: Difference, side: str, language: str) -> str:
    """Return a strength or a count, a text, or that it is not there."""
    from lcdiag.base.text import format_number

    if one.kind == f"only-{side}":
        return _say("there", language)
    value = getattr(one, f"value_{side}")
    if value is not None:
        return format_number(value, language, 2 if one.part == "signal" else 0)
    text = _shown(getattr(one, f"text_{side}"))
    return (
        text
        if one.part == "sample" and one.what == "parties"
        else _state(getattr(one, f"state_{side}"), language)
    )


def _text(one: Difference, side: str, language: str) -> str:
    text = getattr(one, f"text_{side}")
    return _say("there", language) if one.kind == f"only-{side}" and not text else _shown(text)


def _state(state: str, language: str) -> str:
    if state in ("", "hidden", "shown"):
        return _say(f"state-{state or 'none'}", language)
    return _say("state-absent", language, reason=state.replace("-", " "))


def _decimals(one: Difference) -> int:
    """Return two decimals, or as many as it takes to see the difference."""
    pairs = [
        (getattr(one, f"{name}_a"), getattr(one, f"{name}_b")) for name in ("value", "low", "high")
    ]
    apart = [(a, b) for a, b in pairs if a is not None and b is not None and a != b]
    seen = (
        places
        for places in range(2, 9)
        if all(f"{a:.{places}f}" != f"{b:.{places}f}" for a, b in apart)
    )
    return next(seen, 9)


def _shown(text: str) -> str:
    """Return a text within the width of a column."""
    from lcdiag.base.spreadsheet import shorten

    return shorten(text, 40) if text else "–"


def _say(name: str, language: str, **params: str | int) -> str:
    from lcdiag.base.text import Message, resolve

    return resolve(Message(f"comparison.{name}", params), language)
