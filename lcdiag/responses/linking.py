"""Links self-made codes over the waves, also where one was typed in a slightly different way."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from lcdiag.base.findings import Fact, Finding, Severity
from lcdiag.responses.draft import Draft, as_labels

PARTS = 3
"""A code of another number of answers is compared as a whole only."""
_LETTERS = 2

Code = tuple[str, ...]


@dataclass
class Links:
    """Who is who, and how that was found.

    Attributes
    ----------
    person : list of str
        For every row the code under which its person is known: that of their first wave.
    how : list of str
        ``"first"`` (no earlier wave in this community), ``"exact"``, ``"tolerant"``,
        ``"ambiguous"`` or ``"unmatched"``. The last two keep a person of their own.
    """

    person: list[str]
    how: list[str]


@dataclass
class _Known:
    """The people of one community so far: their codes in every form they were typed."""

    forms: dict[str, set[Code]] = field(default_factory=lambda: defaultdict(set))


def link_codes(draft: Draft) -> tuple[Draft, list[Finding]]:
    """Return the rows with one code a person, and how many links were found in which way.

    Only codes that people made themselves are compared, and only within a community; rows whose
    code is shared within a wave carry none and stay unlinked.
    """
    rows = [row for row in range(len(draft)) if draft.self_made[row] and draft.person[row]]
    found = match_codes(
        [draft.person[row] for row in rows],
        [draft.community[row] for row in rows],
        [int(draft.wave[row]) for row in rows],
    )
    counts = Counter(found.how)
    if len(rows) == counts["first"]:
        return draft, []
    person = draft.person.tolist()
    for row, name in zip(rows, found.person, strict=True):
        person[row] = name
    facts: dict[str, Fact] = {
        "n": counts["exact"] + counts["tolerant"],
        **{how: counts[how] for how in ("exact", "tolerant", "ambiguous", "unmatched")},
    }
    remark = Finding("responses.codes-linked", Severity.NOTE, draft.where, facts)
    return replace(draft, person=as_labels(person)), [remark]


def match_codes(codes: Sequence[str], community: Sequence[str], wave: Sequence[int]) -> Links:
    """Return who is who among self-made codes.

    Wave by wave, first codes that are equal as written; then those that are equal apart from
    case, accents, spaces, leading zeros and letters after the second; then those of which one
    part of three differs by a slip: one sign, or two in the other order. A link is made only
    where one person and one code have nobody else to choose from; nobody is linked to two
    people of one wave.

    Parameters
    ----------
    codes : sequence of str
        The answers joined by hyphens, as admission does; once in a wave of a community.
    community, wave : sequences
        Of each row.

    Returns
    -------
    Links
        In the order of the rows.

    Notes
    -----
    A slip in one part is allowed and any other answer in it is not: of two strangers in a
    community, two parts of three are alike more often than a wrong link may occur.
    """
    result = Links(list(codes), ["first"] * len(codes))
    places: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, (name, number) in enumerate(zip(community, wave, strict=True)):
        places[name][number].append(row)
    for waves in places.values():
        known = _Known()
        for place, number in enumerate(sorted(waves)):
            rows = sorted(waves[number], key=lambda row: codes[row])
            if place:
                _link(rows, codes, known, result)
            for row in rows:
                known.forms[result.person[row]].add(_form(codes[row]))
    return result


def _link(rows: list[int], codes: Sequence[str], known: _Known, result: Links) -> None:
    """Link the rows of one wave of a community to the people that are known there."""
    left = []
    taken = set()
    for row in rows:
        if codes[row] in known.forms:
            result.how[row] = "exact"
            taken.add(codes[row])
        else:
            result.how[row] = "unmatched"
            left.append(row)
    for alike in (_same, _one_slip):
        free = [name for name in known.forms if name not in taken]
        pairs = [
            (row, name)
            for row in left
            for name in free
            if any(alike(_form(codes[row]), form) for form in known.forms[name])
        ]
        by_row, by_name = Counter(row for row, _ in pairs), Counter(name for _, name in pairs)
        for row, name in pairs:
            if by_row[row] == by_name[name] == 1:
                result.person[row], result.how[row] = name, "tolerant"
                taken.add(name)
            else:
                result.how[row] = "ambiguous"
        # who could be two people stays open, also where a weaker likeness would decide
        left = [row for row in left if result.how[row] == "unmatched"]


def _form(code: str) -> Code:
    """Return the parts of a code as they are compared."""
    parts = code.split("-")
    if len(parts) != PARTS:
        return (code,)
    return tuple(_part(part) for part in parts)


def _part(text: str) -> str:
    """Return a number with two digits, or the first two letters without accents."""
    if number := re.search(r"\d+", text):
        return number[0].lstrip("0").zfill(2)
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in flat if sign.isalpha())[:_LETTERS]


def _same(one: Code, other: Code) -> bool:
    return len(one) == PARTS and one == other and all(one)


def _one_slip(one: Code, other: Code) -> bool:
    """Return whether two of three parts are equal and the third differs by a slip."""
    if len(one) != PARTS or len(other) != PARTS or not all((*one, *other)):
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _is_slip(*differing[0])


def _is_slip(one: str, other: str) -> bool:
    if one.isdigit() != other.isdigit():
        return False
    return sorted(one) == sorted(other) or _equal_signs(one, other) >= 1


def _equal_signs(one: Iterable[str], other: Iterable[str]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False))
