"""Questions about each other party: one sentence becomes a column a party of the study."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lcdiag.base.findings import Finding, Severity
from lcdiag.base.levels import Referent
from lcdiag.base.records import digest
from lcdiag.base.text import Message, resolve
from lcdiag.instrument.model import Instrument, Item, Scale, Translated
from lcdiag.instrument.study import RosterRow, StudySettings

PARTY = "{party}"
"""Where the name of the party stands in a sentence."""
KEY_LENGTH = 12
"""Longest key of a party's name in a column code."""
CODE_LENGTH = 20
"""Longest column code that every form tool keeps."""
_KEPT = (8, 4, 1)
"""How many letters of the name stay where two names share a key; a digest fills the rest."""


@dataclass(frozen=True)
class Expanded:
    """An instrument of which each question about another party is a column for each party.

    Attributes
    ----------
    instrument : Instrument
        With a column for each question and party, and scales over these columns.
    written : Instrument
        As it is written: the evidence and the status are about this one.
    columns : mapping
        Question to its columns, in the order of the parties; empty without a round robin.
    about : mapping
        Column to the party that it is about.
    """

    instrument: Instrument
    written: Instrument
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


def expand(instrument: Instrument, parties: Sequence[str]) -> Expanded:
    """Return an instrument with its questions about each other party asked for these parties.

    Parameters
    ----------
    instrument : Instrument
        Any instrument; one without such questions stays as it is.
    parties : sequence of str
        Names as the study gives them; their order is the order of asking.

    Returns
    -------
    Expanded
        A scale of such a question is the mean over its columns and takes one rating: people know
        only the parties at their own table, and nobody rates their own.

    Notes
    -----
    A column code is the code of the question and a key of the party's name (`party_keys`). The
    name is put into the sentence as it is, whatever signs it holds.
    """
    asked = [item for item in instrument.items if item.referent is Referent.OTHER_PARTY]
    if not asked:
        return Expanded(instrument, instrument)
    keys = party_keys(parties)
    items: list[Item] = []
    columns: dict[str, tuple[str, ...]] = {}
    about: dict[str, str] = {}
    for item in instrument.items:
        if item.referent is not Referent.OTHER_PARTY:
            items.append(item)
            continue
        made = [_named(item, party, keys[party]) for party in parties]
        columns[item.id] = tuple(one.id for one in made)
        about.update(zip(columns[item.id], parties, strict=True))
        items += made
    scales = tuple(_over_parties(scale, columns) for scale in instrument.scales)
    update = {"items": tuple(items), "scales": scales}
    return Expanded(instrument.model_copy(update=update), instrument, columns, about)


def cannot_expand(instrument: Instrument, parties: Sequence[str]) -> list[Finding]:
    """Return why the questions about other parties cannot be asked; empty where there are none."""
    asked = {item.id for item in instrument.items if item.referent is Referent.OTHER_PARTY}
    if not asked:
        return []
    where = instrument.id
    findings = []
    if not parties:
        findings.append(Finding("grid.no-parties", Severity.ERROR, where))
    longest = CODE_LENGTH - KEY_LENGTH
    findings += [
        Finding("grid.code-too-long", Severity.ERROR, where, {"code": code, "limit": longest})
        for code in sorted(asked)
        if len(code) > longest
    ]
    findings += [
        Finding("grid.no-name", Severity.ERROR, where, {"code": item.id, "language": language})
        for item in instrument.items
        for language, text in item.text.items()
        if item.id in asked and text.strip() and PARTY not in text
    ]
    findings += [
        Finding("grid.topic-about-parties", Severity.ERROR, where, {"topic": topic.id})
        for topic in instrument.contrasts
        if asked & {topic.own, topic.others, topic.practice}
    ]
    return findings


def party_keys(parties: Iterable[str]) -> dict[str, str]:
    """Return a short key of small letters and digits for each party, all different.

    The key is the beginning of the name without accents, blanks and signs. Where two names share
    it, or nothing is left of a name, a digest of the whole name takes the place of its end, for
    each of them. The order of the parties does not matter.

    Examples
    --------
    >>> party_keys(["Hogeschool de Delta", "Net & Co"])
    {'Hogeschool de Delta': 'hogeschoolde', 'Net & Co': 'netco'}
    """
    names = list(dict.fromkeys(parties))
    letters = {name: _letters(name) for name in names}
    keys = {name: letters[name][:KEY_LENGTH] for name in names}
    for kept in _KEPT:
        counts = Counter(keys.values())
        for name in names:
            if not keys[name] or counts[keys[name]] > 1:
                keys[name] = (letters[name][:kept] or "p") + digest(name)[: KEY_LENGTH - kept]
    return keys


def in_words(text: Translated) -> Translated:
    """Return a sentence with "this party" where the name of a party would stand.

    For readers of a list or a codebook, where no party is known. Other texts stay as they are.
    """
    return {language: _spoken(words, language) for language, words in text.items()}


def seated_parties(
    settings: StudySettings, roster: Iterable[RosterRow], community: str
) -> tuple[str, ...]:
    """Return the parties at the table of a community, in the order of the study.

    Those of which people were invited there in any wave; all parties of the study where the
    roster does not say.
    """
    here = {row.party for row in roster if row.community == community and row.invited > 0}
    names = [party.name for party in settings.parties]
    return tuple(name for name in names if name in here) if here else tuple(names)


def largest_table(settings: StudySettings, roster: Sequence[RosterRow]) -> int:
    """Return how many parties sit at the largest table of a study."""
    tables = [seated_parties(settings, roster, one.name) for one in settings.communities]
    return max(map(len, tables), default=len(settings.parties))


def _letters(name: str) -> str:
    """Return the letters and digits of a name in small ASCII; a digit in front gets a letter.

    Otherwise the key of "1e lijn" behind question 1 would read as question 11.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "", plain)
    return f"p{found}" if found[:1].isdigit() else found


def _named(item: Item, party: str, key: str) -> Item:
    """Return the question about one party."""
    return item.model_copy(
        update={
            "id": f"{item.id}{key}",
            # never str.format: a name may hold braces
            "text": {code: text.replace(PARTY, party) for code, text in item.text.items()},
            "label": {code: f"{label}: {party}" for code, label in item.label.items()},
        }
    )


def _over_parties(scale: Scale, columns: Mapping[str, tuple[str, ...]]) -> Scale:
    """Return a scale over the columns of its questions; one rating is enough for a score."""
    if not any(code in columns for code in scale.items):
        return scale
    items = tuple(one for code in scale.items for one in columns.get(code, (code,)))
    share = 1 / max(len(items), 1)
    return scale.model_copy(update={"items": items, "min_answered": share, "combine": "mean"})


def _spoken(text: str, language: str) -> str:
    name = resolve(Message("grid.this-party"), language)
    if text.startswith(PARTY):
        text = name[:1].upper() + name[1:] + text.removeprefix(PARTY)
    return text.replace(PARTY, name)
