"""Two diagnoses side by side: what surrounds the cells, from who answered to what made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lcdiag.diagnosis.comparison import Difference, Kind, Part
from lcdiag.diagnosis.model import Diagnosis, Released, Sample, Words

_SETTINGS = ("title", "languages", "communities", "waves", "thresholds", "portfolio_agreed")
_WORDS = ("items", "scales", "topics", "instruments", "indicators")
_COUNTED = ("invited", "answered", "stayed", "joined", "left")


def other_parts(a: Diagnosis, b: Diagnosis) -> Iterator[Difference]:
    """Yield what differs beside cells and signals: sample, words, settings, findings, provenance.

    Of who answered, a number stands only where both diagnoses have it.
    """
    yield from _sample(a, b)
    yield from _words(a.words, b.words)
    old, new = (one.model_dump(mode="json", include=set(_SETTINGS)) for one in (a, b))
    for name in _SETTINGS:
        yield from _changed("settings", _leaves(old[name], name), _leaves(new[name], name))
    remarks = [
        {code: str(n) for code, n in Counter(f.code for f in one.findings).items()}
        for one in (a, b)
    ]
    yield from _changed("findings", *remarks)
    made = [_leaves(one.provenance.model_dump(mode="json"), "") for one in (a, b)]
    yield from _changed("provenance", *made)


def _sample(a: Diagnosis, b: Diagnosis) -> Iterator[Difference]:
    old = {(one.community, one.wave): one for one in a.sample}
    new = {(one.community, one.wave): one for one in b.sample}
    for key in dict.fromkeys((*old, *new)):
        place: dict[str, Any] = {"community": key[0], "unit": "community", "wave": key[1]}
        if key not in old or key not in new:
            kind: Kind = "only-a" if key in old else "only-b"
            yield Difference("sample", kind, **place)
        else:
            yield from _counted(old[key], new[key], place)


def _counted(a: Sample, b: Sample, place: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield which counts of one community in one wave differ."""
    for name in _COUNTED:
        was, now = getattr(a, name), getattr(b, name)
        if was == now:
            continue
        if was is None or now is None:
            kind: Kind = "shown-b" if was is None else "shown-a"
            states: dict[str, Any] = {"state_a": _known(was), "state_b": _known(now)}
            yield Difference("sample", kind, what=name, **place, **states)
        else:
            yield Difference("sample", "value", what=name, **place, value_a=was, value_b=now)
    parties = [
        {one.party: f"{one.sector} {one.invited}".strip() for one in side.parties}
        for side in (a, b)
    ]
    for one in _changed("sample", *parties):
        yield Difference(
            "sample",
            one.kind,
            name=one.what,
            what="parties",
            **place,
            text_a=one.text_a,
            text_b=one.text_b,
        )


def _known(number: int | None) -> str:
    return "hidden" if number is None else "shown"


def _words(a: Words, b: Words) -> Iterator[Difference]:
    for name in _WORDS:
        old: dict[str, Released] = {one.id: one for one in getattr(a, name)}
        new: dict[str, Released] = {one.id: one for one in getattr(b, name)}
        for key in dict.fromkeys((*old, *new)):
            was, now = old.get(key), new.get(key)
            if was is None or now is None:
                yield Difference(
                    "words", "only-b" if was is None else "only-a", what=f"{name}.{key}"
                )
            elif was != now:
                sides = [
                    _leaves(one.model_dump(mode="json"), f"{name}.{key}") for one in (was, now)
                ]
                yield from _changed("words", *sides)


def _changed(part: Part, a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[Difference]:
    """Yield which texts differ, and which stand in one of the two only."""
    for what in dict.fromkeys((*a, *b)):
        if what not in b:
            yield Difference(part, "only-a", what=what, text_a=a[what])
        elif what not in a:
            yield Difference(part, "only-b", what=what, text_b=b[what])
        elif a[what] != b[what]:
            yield Difference(part, "changed", what=what, text_a=a[what], text_b=b[what])


def _leaves(value: Any, path: str) -> dict[str, str]:
    """Return each text and number within parsed JSON by its path; a plain list is one text."""
    if isinstance(value, dict):
        pairs = [(key, value[key]) for key in value]
    elif isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        pairs = [(_name_in_list(one, place), one) for place, one in enumerate(value)]
    elif isinstance(value, list):
        return {path: ", ".join(map(str, value))}
    elif isinstance(value, bool):
        return {path: str(value).lower()}
    else:
        return {path: "" if value is None else str(value)}
    found: dict[str, str] = {}
    for key, inside in pairs:
        found |= _leaves(inside, f"{path}.{key}" if path else key)
    return found


def _name_in_list(one: Any, place: int) -> str:
    return str(one["number"]) if isinstance(one, dict) and "number" in one else str(place)
