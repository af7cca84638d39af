"""Rules across the fields of an instrument, and across instruments that are asked together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lcdiag.base.findings import Finding, Severity, near_miss
from lcdiag.instrument.answers import check_formats, check_used
from lcdiag.instrument.claims import check_claims
from lcdiag.instrument.codes import check_codes, codes_of
from lcdiag.instrument.conditions import check_subjects
from lcdiag.instrument.keys import check_keys, check_parts_of_scales
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.remark import error, warning
from lcdiag.instrument.sentences import check_items
from lcdiag.instrument.wording import check_wording, words_of

_FEW = 8
"""So many missing texts of one language are said one by one; more are a translation to make."""


def check_instrument(instrument: Instrument) -> tuple[Finding, ...]:
    """Return everything that contradicts itself or would trouble respondents.

    Parameters
    ----------
    instrument : Instrument
        Any instrument, also one made in Python.

    Returns
    -------
    tuple of Finding
        Errors stop its use; warnings are advice, notes are small. Empty for the instruments of
        lcdiag.
    """
    return check_whole(instrument, instrument.id)


def check_whole(instrument: Instrument, where: str) -> tuple[Finding, ...]:
    """Return the same, with places that begin with the name the reader knows."""
    return _ordered(
        (
            *check_parts(instrument, where),
            *check_keys(instrument, where),
            *check_used(instrument, where),
            *check_claims(instrument, where),
        ),
        where,
    )


def check_parts(
    instrument: Instrument, where: str, known: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Return the same for an instrument of which some parts could not be read.

    Rules that need the whole are left out: a part that is missing may be the one they miss.

    Parameters
    ----------
    instrument : Instrument
        What could be read of it.
    where : str
        How the reader knows it: the name of a file or an id.
    known : frozenset of str
        Item codes and format names that are written down, also of parts that did not fit.
    """
    codes = sorted(known | {item.id for item in instrument.items})
    formats = known | set(instrument.formats)
    return _ordered(
        (
            *check_codes(instrument, where),
            *check_formats(instrument, where),
            *_item_formats(instrument, where, formats),
            *check_parts_of_scales(instrument, where, codes, formats),
            *check_wording(instrument, where),
            *check_items(instrument, where),
        ),
        where,
    )


def check_together(
    instruments: Sequence[Instrument], names: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Return what instruments that are asked together have in common and should not.

    Parameters
    ----------
    instruments : sequence of Instrument
        Each once.
    names : sequence of str
        How the reader knows each of them; their ids where left out.

    Returns
    -------
    tuple of Finding
        Ids and item codes that two of them use (a column can belong to one only), and sentences
        that two of them ask in the same words.
    """
    ids: dict[str, str] = {}
    columns: dict[str, str] = {}
    sentences: dict[tuple[str, str], tuple[str, str]] = {}
    found = []
    known = names or [instrument.id for instrument in instruments]
    for here, instrument in zip(known, instruments, strict=True):
        before = ids.setdefault(instrument.id, here)
        if before != here:
            found.append(error("same-id", here, value=instrument.id, other=before))
            continue
        for code in codes_of(instrument):
            before = columns.setdefault(code.casefold(), here)
            if before != here:
                found.append(error("code-clash", here, code=code, first=before, second=here))
        for item in instrument.items:
            place = f"{here}, item {item.id}"
            for language, text in item.text.items():
                words = " ".join(words_of(text)).casefold()
                first = sentences.setdefault((language, words), (here, place))
                if words and first[0] != here:
                    key = f"text.{language}"
                    found.append(warning("same-sentence", place, key=key, other=first[1]))
    if len(ids) == len(instruments):
        found += check_subjects(instruments, known)
    return tuple(found)


def _ordered(findings: Iterable[Finding], where: str) -> tuple[Finding, ...]:
    ranks = list(Severity)
    found = _untranslated(list(findings), where)
    return tuple(sorted(found, key=lambda finding: ranks.index(finding.severity)))


def _untranslated(findings: list[Finding], where: str) -> list[Finding]:
    """Return the findings with one for each language that misses many of its texts."""
    code = "instrument.missing-translation"
    counts = Counter(str(one.facts["language"]) for one in findings if one.code == code)
    whole = [language for language, n in counts.items() if n > _FEW]
    told = [
        error("not-translated", where, language=language, n=counts[language], file=where)
        for language in whole
    ]
    rest = [one for one in findings if one.code != code or one.facts["language"] not in whole]
    return [*told, *rest]


def _item_formats(instrument: Instrument, where: str, names: frozenset[str]) -> Iterator[Finding]:
    for item in instrument.items:
        if item.format not in names:
            yield error(
                "unknown-format",
                f"{where}, item {item.id}",
                value=item.format,
                options=tuple(instrument.formats),
                near=near_miss(item.format, instrument.formats),
            )
