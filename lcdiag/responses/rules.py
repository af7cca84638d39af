"""Rules that answers must meet; each says what it found, and what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from lcdiag.base.findings import Fact, Finding, Severity
from lcdiag.instrument.study import Study
from lcdiag.responses.draft import Draft, Mask
from lcdiag.responses.model import MISSING, Labels

STRAIGHT = 10
"""From this many ratings on, equal answers throughout are remarked."""


def without_empty_rows(draft: Draft) -> tuple[Draft, list[Finding]]:
    """Return the rows with at least one answer; "don't know" is an answer."""
    empty: Mask = (draft.codes == MISSING).all(axis=1)
    if not empty.any():
        return draft, []
    if empty.all():
        facts: dict[str, Fact] = {"n": int(empty.sum())}
        return draft.rows(~empty), [
            Finding("responses.no-answers", Severity.ERROR, draft.where, facts)
        ]
    facts = {"n": int(empty.sum()), "rows": draft.places(empty)}
    return draft.rows(~empty), [Finding("responses.empty-rows", Severity.NOTE, draft.where, facts)]


def without_duplicates(draft: Draft) -> tuple[Draft, list[Finding]]:
    """Return one row a person x community x wave.

    A repeated row with the same answers is left out and reported. Different answers of one
    person in one place are an error: only the author can know which row holds. Where the
    pseudonym is a link code that respondents made themselves, two people share it: both rows stay,
    linked to nothing.
    """
    key = _joint(draft.person, draft.community, draft.wave)
    named: Mask = draft.person != ""
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    original = first[inverse]
    repeated: Mask = named & (original != np.arange(len(draft)))
    if not repeated.any():
        return draft, []
    same: Mask = (
        (draft.codes == draft.codes[original]).all(axis=1)
        & (draft.meeting_group == draft.meeting_group[original])
        & (draft.party == draft.party[original])
        & (draft.sector == draft.sector[original])
    )
    findings: list[Finding] = []
    copies = repeated & same
    if copies.any():
        facts: dict[str, Fact] = {"n": int(copies.sum()), "rows": draft.places(copies)}
        findings.append(Finding("responses.same-twice", Severity.WARNING, draft.where, facts))
    clash = repeated & ~same
    shared = np.isin(key, key[clash & draft.self_made]) & draft.self_made
    if shared.any():
        facts = {"n": int(shared.sum()), "rows": draft.places(shared)}
        findings.append(Finding("responses.code-shared", Severity.WARNING, draft.where, facts))
    findings += _about_clashes(draft, clash & ~shared, original)
    draft = replace(draft, person=np.where(shared, "", draft.person))
    return draft.rows(~copies), findings


def _about_clashes(draft: Draft, clash: Mask, original: npt.NDArray[np.int64]) -> list[Finding]:
    rows = np.nonzero(clash)[0]
    findings: list[Finding] = []
    for row in rows[:10].tolist():
        facts: dict[str, Fact] = {
            "first": draft.place(int(original[row])),
            "second": draft.place(row),
        }
        findings.append(Finding("responses.different-twice", Severity.ERROR, draft.where, facts))
    if len(rows) > 10:
        facts = {"n": len(rows) - 10}
        findings.append(
            Finding("responses.different-twice-more", Severity.ERROR, draft.where, facts)
        )
    return findings


def remarks_on_names(draft: Draft) -> list[Finding]:
    """Return a remark on personal codes that look like a name or an e-mail address.

    The remark says where they stand and repeats none of them.
    """
    kinds = {code: _looks_like_a_name(code) for code in dict.fromkeys(draft.person.tolist())}
    named: Mask = np.array([kinds[code] for code in draft.person.tolist()], dtype=bool)
    if not named.any():
        return []
    facts: dict[str, Fact] = {"n": int(named.sum()), "rows": draft.places(named)}
    return [Finding("responses.code-is-name", Severity.WARNING, draft.where, facts)]


def _looks_like_a_name(code: str) -> bool:
    words = [word.strip(".,") for word in code.split()]
    capitalised = [word for word in words if len(word) > 1 and word.istitle()]
    return "@" in code or (len(capitalised) > 1 and not any(sign.isdigit() for sign in code))


def remarks_on_patterns(draft: Draft) -> list[Finding]:
    """Return remarks on answers that look careless; nobody is left out for them."""
    rated = draft.codes >= 0
    if not rated.any():
        return [Finding("responses.no-ratings", Severity.WARNING, draft.where)]
    findings: list[Finding] = []
    values = draft.codes[rated]
    if len(draft) > 1 and len(values) > len(draft) and values.min() == values.max():
        facts: dict[str, Fact] = {"value": int(values[0])}
        findings.append(Finding("responses.all-equal", Severity.WARNING, draft.where, facts))
    low = np.where(rated, draft.codes, np.iinfo(np.int16).max).min(axis=1)
    high = np.where(rated, draft.codes, -1).max(axis=1)
    straight = (rated.sum(axis=1) >= STRAIGHT) & (low == high)
    if straight.any():
        facts = {"n": int(straight.sum()), "rows": draft.places(straight), "items": STRAIGHT}
        findings.append(Finding("responses.straight", Severity.NOTE, draft.where, facts))
    return findings


def remarks_on_roster(draft: Draft, study: Study | None) -> list[Finding]:
    """Return where the answers and the invited numbers contradict each other."""
    if study is None or not study.roster:
        return []
    draft = draft.rows(_known_seats(draft, study))
    waves = draft.wave.tolist()
    answered = Counter(zip(draft.community.tolist(), waves, strict=True))
    seated = Counter(zip(draft.community.tolist(), draft.party.tolist(), waves, strict=True))
    people: Counter[tuple[str, int]] = Counter()
    by_party: Counter[tuple[str, str, int]] = Counter()
    for row in study.roster:
        people[row.community, row.wave] += row.invited
        by_party[row.community, row.party, row.wave] += row.invited
    findings: list[Finding] = []

    def remark(name: str, invited: int, **facts: Fact) -> None:
        facts["invited"] = invited
        findings.append(Finding(f"responses.{name}", Severity.WARNING, draft.where, facts))

    for (community, wave), n in sorted(answered.items()):
        invited = people[community, wave]
        if n > invited:
            name = "more-than-invited" if invited else "nobody-invited"
            remark(name, invited, community=community, wave=wave, n=n)
    for (community, wave), invited in sorted(people.items()):
        if invited and wave in waves and (community, wave) not in answered:
            remark("nobody-answered", invited, community=community, wave=wave, n=invited)
    for (community, party, wave), n in sorted(seated.items()):
        invited = by_party[community, party, wave]
        if party and people[community, wave] and n > invited:
            name = "party-more-than-invited" if invited else "party-not-invited"
            remark(name, invited, community=community, party=party, wave=wave, n=n)
    return findings


def _known_seats(draft: Draft, study: Study) -> Mask:
    """Return the rows in a community and wave of the study; the others are reported already."""
    communities = {row.community for row in study.roster}
    communities |= {one.name for one in study.settings.communities}
    waves = [wave.number for wave in study.settings.waves]
    known = np.array([name in communities for name in draft.community.tolist()], dtype=bool)
    return known & np.isin(draft.wave, waves)


def _joint(person: Labels, community: Labels, wave: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return one number for each different person x community x wave."""
    key = np.zeros(len(wave), dtype=np.int64)
    for labels in (person, community, wave):
        kinds, number = np.unique(labels, return_inverse=True)
        key = key * (len(kinds) + 1) + number
    return key
