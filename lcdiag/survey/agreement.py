"""What parties agreed about small numbers, held against the parties and sectors of the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lcdiag.base.findings import Fact, Finding, Severity, near_miss
from lcdiag.instrument.layout import STUDY_FILE
from lcdiag.instrument.study import StudySettings


def agreement_findings(settings: StudySettings) -> list[Finding]:
    """Return what is wrong with the agreement, or odd about it.

    Parameters
    ----------
    settings : StudySettings
        Complete: with the parties and sectors that only the roster names.

    Returns
    -------
    list of Finding
        Errors where a party that consented does not exist, or one did not consent to rows of so
        few people; warnings where sectors are agreed that cannot be shown.
    """
    return [*_consent(settings), *_sectors(settings)]


def _consent(settings: StudySettings) -> Iterator[Finding]:
    """Below the minimum of the study a row tells a lot: nobody can agree to that for another."""
    agreement, least = settings.small_parties, settings.thresholds.minimum
    names = [party.name for party in settings.parties]
    place = f"{STUDY_FILE}, small_parties, agreed_by"
    for one in agreement.agreed_by:
        if names and one not in names:
            facts: dict[str, Fact] = {"value": one, "near": near_miss(one, names)}
            yield Finding("study.unknown-party", Severity.ERROR, place, facts)
    if agreement.minimum is None or agreement.minimum >= least:
        return
    if not names:
        facts = {"value": agreement.minimum, "minimum": least}
        yield Finding("agreement.parties-unknown", Severity.ERROR, place, facts)
    missing = tuple(name for name in names if name not in agreement.agreed_by)
    if missing:
        facts = {"value": agreement.minimum, "minimum": least, "missing": missing}
        yield Finding("agreement.not-everybody", Severity.ERROR, place, facts)


def _sectors(settings: StudySettings) -> Iterator[Finding]:
    """Rows per sector need sectors, and a sector of one party is that party by another name."""
    if settings.small_parties.report_by != "sector" or not settings.parties:
        return
    place = f"{STUDY_FILE}, small_parties, report_by"
    homeless = tuple(party.name for party in settings.parties if not party.sector)
    if homeless:
        facts: dict[str, Fact] = {"parties": homeless}
        yield Finding("agreement.party-without-sector", Severity.WARNING, place, facts)
    sizes = Counter(party.sector for party in settings.parties if party.sector)
    alone = tuple(sector for sector, count in sizes.items() if count == 1)
    if alone:
        yield Finding("agreement.sector-of-one", Severity.WARNING, place, {"sectors": alone})
