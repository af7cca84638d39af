"""Who sits where: communities, parties and sectors as the study names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.base.text import Message, languages, resolve
from lcdiag.instrument.study import Study
from lcdiag.responses.draft import Draft, Mask, as_labels, relabel
from lcdiag.responses.model import Labels
from lcdiag.responses.words import lookup, plain


def seat(draft: Draft, study: Study | None) -> tuple[Draft, list[Finding]]:
    """Return the rows with the names of the study, and remarks.

    Communities: a name that differs in case or white space only is read as the study's; an
    unknown one is an error. Without a column, the only community of the study is meant; without a
    study (or without communities in it) the names come from the answers, and answers without any
    form one community. Rows without a community, where others have one, are left out and counted.

    Parties: the same, but an unknown party is a warning: its answers count for the community and
    for no party. A sector in the column of the parties is a sector.

    Meeting groups: as parties, each within its community.
    """
    draft, findings = _communities(draft, study)
    draft, about_groups = _meeting_groups(draft, study)
    draft, about_parties = _parties(draft, study)
    return draft, [*findings, *about_groups, *about_parties]


def known_communities(study: Study | None) -> tuple[str, ...]:
    """Return the community names of the study: from its settings, else from its roster."""
    if study is None:
        return ()
    own = tuple(one.name for one in study.settings.communities)
    return own or tuple(dict.fromkeys(row.community for row in study.roster))


def known_parties(study: Study | None) -> dict[str, str]:
    """Return party to sector, from the settings and the roster."""
    if study is None:
        return {}
    found = {row.party: row.sector for row in study.roster if row.party}
    return found | {one.name: one.sector for one in study.settings.parties}


def _communities(draft: Draft, study: Study | None) -> tuple[Draft, list[Finding]]:
    known = known_communities(study)
    findings: list[Finding] = []
    blank = draft.community == ""
    if blank.all():
        return _one_community(draft, study, known)
    if len(known) == 1:
        draft = replace(draft, community=np.where(blank, known[0], draft.community))
    elif blank.any():
        facts: dict[str, Fact] = {"n": int(blank.sum()), "rows": draft.places(blank)}
        findings.append(Finding("responses.community-blank", Severity.WARNING, draft.where, facts))
        draft = draft.rows(~blank)
    names, remarks = _matched(draft, draft.community, known, "community", Severity.ERROR)
    return replace(draft, community=names), [*findings, *remarks]


def _one_community(
    draft: Draft, study: Study | None, known: tuple[str, ...]
) -> tuple[Draft, list[Finding]]:
    """Return all rows as one community, where it is clear which one."""
    if len(known) > 1:
        facts: dict[str, Fact] = {"known": (*known[:5], "\u2026") if len(known) > 5 else known}
        return draft, [Finding("responses.no-community", Severity.ERROR, draft.where, facts)]
    name = known[0] if known else (study.settings.title if study else draft.sheets[0].path.stem)
    one = replace(draft, community=as_labels([name] * len(draft)))
    return one, [
        Finding("responses.one-community", Severity.NOTE, draft.where, {"community": name})
    ]


def known_groups(study: Study | None) -> dict[str, tuple[str, ...]]:
    """Return the meeting groups of each community that has some, from the roster."""
    found: dict[str, dict[str, None]] = {}
    for row in study.roster if study is not None else ():
        if row.meeting_group:
            found.setdefault(row.community, {})[row.meeting_group] = None
    return {community: tuple(names) for community, names in found.items()}


def _meeting_groups(draft: Draft, study: Study | None) -> tuple[Draft, list[Finding]]:
    """Return the meeting groups under the names of the roster; what meets elsewhere is no group."""
    by_community = known_groups(study)
    every = dict.fromkeys(name for names in by_community.values() for name in names)
    names, findings = _matched(draft, draft.meeting_group, every, "group", Severity.WARNING)
    draft = replace(draft, meeting_group=names)
    if not every:
        return draft, findings
    # one look-up a pair that occurs, not one a row
    pairs = list(zip(draft.community.tolist(), names.tolist(), strict=True))
    strange = {
        (community, name)
        for community, name in dict.fromkeys(pairs)
        if name and name not in by_community.get(community, ())
    }
    elsewhere: Mask = np.array([pair in strange for pair in pairs], dtype=bool)
    if elsewhere.any():
        facts: dict[str, Fact] = {
            "value": str(names[elsewhere][0])[:80],
            "community": str(draft.community[elsewhere][0])[:80],
            "n": int(elsewhere.sum()),
            "rows": draft.places(elsewhere),
        }
        findings.append(Finding("responses.group-elsewhere", Severity.WARNING, draft.where, facts))
    return replace(draft, meeting_group=np.where(elsewhere, "", names)), findings


def _parties(draft: Draft, study: Study | None) -> tuple[Draft, list[Finding]]:
    parties = known_parties(study)
    if not parties:
        names, findings = _matched(draft, draft.party, (), "party", Severity.WARNING)
        sectors, more = _matched(draft, draft.sector, (), "sector", Severity.WARNING)
        return replace(draft, party=names, sector=sectors), [*findings, *more]
    sectors_known = tuple(dict.fromkeys(sector for sector in parties.values() if sector))
    own = {plain(name) for name in parties}
    as_sector = {key: name for key, name in lookup(sectors_known).items() if key not in own}
    instead = relabel(draft.party, lambda name: as_sector.get(plain(name), ""))
    draft = replace(
        draft,
        party=np.where(instead != "", "", draft.party),
        sector=np.where(instead != "", instead, draft.sector),
    )
    party, findings = _matched(draft, draft.party, parties, "party", Severity.WARNING)
    sector, more = _matched(draft, draft.sector, sectors_known, "sector", Severity.WARNING)
    by_party = relabel(party, lambda name: parties.get(name, ""))
    clash = (by_party != "") & (sector != "") & (by_party != sector)
    if clash.any():
        facts: dict[str, Fact] = {"n": int(clash.sum()), "rows": draft.places(clash)}
        more.append(Finding("responses.sector-clash", Severity.WARNING, draft.where, facts))
    sector = np.where(by_party != "", by_party, sector)
    return replace(draft, party=party, sector=sector), [*findings, *more]


def _matched(
    draft: Draft,
    values: Labels,
    known: Iterable[str],
    role: str,
    severity: Severity,
) -> tuple[Labels, list[Finding]]:
    """Return the values under the known names; unknown ones are reported, and become "".

    Where unknown names are an error they stay as they are, so that later rules tell them apart.
    Without known names, spellings that differ in case or white space only become one: the one
    that sorts first, so that the order of the rows does not matter.
    """
    written = list(dict.fromkeys(values.tolist()))
    names = lookup(known) or lookup(sorted(written))
    target = {name: names.get(plain(name), "") for name in written}
    findings: list[Finding] = []
    respelled = sorted(name for name, to in target.items() if name and to and to != name)
    if respelled:
        pairs = tuple(f"{name} \u2192 {target[name]}" for name in respelled[:5])
        facts: dict[str, Fact] = {"n": len(respelled), "pairs": pairs}
        findings.append(Finding(f"responses.{role}-respelled", Severity.NOTE, draft.where, facts))
    unknown = [name for name, to in target.items() if name and not to]
    if unknown and severity is not Severity.ERROR:
        kept_back = _kept_back()
        unknown = [name for name in unknown if plain(name) not in kept_back]
    for name in unknown[:10]:
        at: Mask = values == name
        facts = {
            "value": name[:80],
            "n": int(at.sum()),
            "rows": draft.places(at),
            "near": near_miss(name[:200], known),
        }
        findings.append(Finding(f"responses.{role}-unknown", severity, draft.where, facts))
    if len(unknown) > 10:
        facts = {"n": len(unknown) - 10}
        findings.append(Finding(f"responses.{role}-unknown-more", severity, draft.where, facts))
    if severity is Severity.ERROR:
        return relabel(values, lambda name: target[name] or name), findings
    return relabel(values, lambda name: target[name]), findings


def _kept_back() -> frozenset[str]:
    """Return the answers of our form that say: I would rather not name my party."""
    message = Message("survey.rather-not")
    return frozenset(plain(resolve(message, language)) for language in languages())
