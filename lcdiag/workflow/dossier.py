"""A dossier as files, and the acceptance of what it proposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.dossier.model import Dossier, ScaleDossier
    from lcdiag.instrument.study import Study
    from lcdiag.instrument.worded import Acceptance

STEM = "dossier"
FEWEST = 5
"""By how many people two dossiers of a study must differ."""


def dossier_files(dossier: Dossier, language: str) -> Mapping[str, bytes]:
    """Return the page and the data of a dossier by file name."""
    from lcdiag.views.dossier_pages import render_dossier

    return {
        f"{STEM}.html": render_dossier(dossier, language).encode("utf-8"),
        f"{STEM}.json": dossier.to_json().encode("utf-8"),
    }


def hold_apart(folder: Path, dossier: Dossier) -> None:
    """Refuse a dossier that, beside the last one in the folder, would tell about few people.

    Parameters
    ----------
    folder : Path
        Where the last one may lie.
    dossier : Dossier
        The new one.

    Raises
    ------
    LcdiagError
        ``dossier.too-close`` where one to four people are more or fewer, or as many people answered
        otherwise. A file that is no dossier is no hindrance: it is replaced.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.dossier.model import Dossier as Made

    path = folder / f"{STEM}.json"
    if not path.is_file():
        return
    try:
        last = Made.from_json(path.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return
    if last.responses != dossier.responses and abs(last.people - dossier.people) < FEWEST:
        raise LcdiagError.single("dossier.too-close", str(path), {"minimum": FEWEST})


def dossier_text(dossier: Dossier, language: str) -> str:
    """Return what a terminal tells of a dossier: what it comes to."""
    from lcdiag.views.dossier_pages import brief_pages
    from lcdiag.views.plain import plain_text

    return plain_text(brief_pages(dossier), language)


def scale_count(study: Study) -> int:
    """Return how many scales a dossier of this study may have."""
    return sum(not scale.per_item for _, scale in study.questionnaire.scales)


def acceptances(
    study: Study,
    dossier: Dossier,
    scales: Sequence[str],
    *,
    by: str,
    on: str,
    languages: Sequence[str] = (),
    speak: str = "en",
) -> tuple[Acceptance, ...]:
    """Return what a person accepts of a dossier; nothing is written here.

    Parameters
    ----------
    study : Study
        Whose questionnaire it is about.
    dossier : Dossier
        Made from this study just now.
    scales : sequence of str
        Addresses of scales, ``"lc-safety:safety"``.
    by : str
        Who accepts.
    on : str
        ISO date.
    languages : sequence of str
        Only these; by default every language for which something is proposed.
    speak : str
        Language of what is said where nothing can be accepted.

    Raises
    ------
    LcdiagError
        With every scale that is not in the dossier, or for which nothing is proposed.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import Fact, Finding, Severity, near_miss

    known = [one.id for one in dossier.scales]
    findings: list[Finding] = []
    if not by.strip():
        findings.append(Finding("dossier.accept-no-name", Severity.ERROR))
    found: list[Acceptance] = []
    for name in dict.fromkeys(scales):
        if name not in known:
            facts: dict[str, Fact] = {
                "value": name,
                "options": tuple(known),
                "near": near_miss(name, known),
            }
            findings.append(Finding("dossier.accept-unknown", Severity.ERROR, "", facts))
            continue
        one = dossier.scale(name)
        given = _of_scale(study, dossier, one, by.strip(), on, languages)
        if not given:
            findings.append(_nothing(one, languages, speak))
        found += given
    if findings:
        raise LcdiagError(findings)
    return tuple(found)


def record_acceptances(study: Study, new: Sequence[Acceptance]) -> str:
    """Write down in ``accepted.json`` what was accepted; return the path."""
    from lcdiag.survey.accepted_file import add_accepted

    return str(add_accepted(study.folder, new))


def accepted_before(study: Study) -> tuple[Acceptance, ...]:
    """Return what was accepted of this study before."""
    from lcdiag.survey.accepted_file import read_accepted

    return read_accepted(study.folder)


def _of_scale(
    study: Study,
    dossier: Dossier,
    one: ScaleDossier,
    by: str,
    on: str,
    languages: Sequence[str],
) -> list[Acceptance]:
    from lcdiag.instrument.status import wording_digest
    from lcdiag.instrument.worded import Acceptance

    asked = study.questionnaire
    home = next(home for home in asked.instruments if home.id == one.instrument)
    written = asked.as_written(home)
    people = {group.name: group.n for group in dossier.groups if group.kind == "language"}
    return [
        Acceptance(
            scale=one.id,
            language=proposal.language,
            status=proposal.status,
            by=by,
            on=on,
            n=(people.get(proposal.language) or dossier.people),
            met=proposal.met,
            not_met=proposal.not_met,
            open=proposal.open,
            responses=dossier.responses,
            wording=wording_digest(written, proposal.language),
        )
        for proposal in one.proposals
        if proposal.status and (not languages or proposal.language in languages)
    ]


def _nothing(one: ScaleDossier, languages: Sequence[str], speak: str) -> Finding:
    """Return why nothing of a scale can be accepted."""
    from lcdiag.base.findings import Finding, Severity
    from lcdiag.base.text import resolve
    from lcdiag.views.dossier_words import criterion_name

    names = dict.fromkeys(
        name
        for proposal in one.proposals
        if not languages or proposal.language in languages
        for name in proposal.holding_back
    )
    criteria = ", ".join(resolve(criterion_name(name), speak) for name in names) or "\u2013"
    facts = {"scale": one.id, "criteria": criteria}
    return Finding("dossier.accept-nothing", Severity.ERROR, "", facts)
