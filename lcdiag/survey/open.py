"""Opens a study: settings, questionnaire and roster of one folder, checked against each other."""

from __future__ import annotations

from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity, has_errors
from lcdiag.base.records import digest
from lcdiag.instrument.accepted import with_accepted
from lcdiag.instrument.layout import ROSTER_FILES, STUDY_FILE
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.read_study import block_source, is_file, read_settings
from lcdiag.instrument.study import Community, Party, RosterRow, Study, StudySettings
from lcdiag.instrument.worded import Acceptance
from lcdiag.survey.accepted_file import read_accepted
from lcdiag.survey.action_points import read_action_points
from lcdiag.survey.agreement import agreement_findings
from lcdiag.survey.roster import read_roster


def open_study(path: str | Path) -> Study:
    """Open a study.

    Parameters
    ----------
    path : str or Path
        The folder, or the ``study.toml`` in it.

    Returns
    -------
    Study
        With the roster where there is one. Communities and parties that ``study.toml`` leaves
        out are those of the roster, in its order.

    Raises
    ------
    LcdiagError
        With all findings at once.
    """
    study, findings = examine_study(path)
    if study is None:
        raise LcdiagError(findings)
    return study


def examine_study(path: str | Path) -> tuple[Study | None, tuple[Finding, ...]]:
    """Open a study and return it with everything that was remarked; never raises on material.

    Returns
    -------
    study : Study or None
        None exactly when a finding is an error.
    findings : tuple of Finding
        Errors and warnings of ``study.toml``, the instruments and the roster.
    """
    from lcdiag.instrument.catalogue import set_ids
    from lcdiag.survey.create import still_examples

    findings: list[Finding] = []
    try:
        file = _study_file(Path(path))
        settings = read_settings(file)
    except LcdiagError as error:
        return None, error.findings
    findings.extend(still_examples(settings))
    roster: tuple[RosterRow, ...] = ()
    try:
        sheet = _roster_file(file.parent)
        if sheet is not None:
            roster, remarks = read_roster(sheet, settings)
            findings.extend(remarks)
            findings.extend(_groups_named(settings, roster, sheet.name))
    except LcdiagError as error:
        findings.extend(error.findings)
    seated = not has_errors(findings)
    settings = _completed(settings, roster)
    if seated:  # a roster that cannot be read says nothing about parties
        findings.extend(agreement_findings(settings))
    points, remarks = read_action_points(file.parent, settings)
    findings.extend(remarks)
    questionnaire = None
    try:
        questionnaire = _questionnaire(settings, roster, file.parent, seated=seated)
    except LcdiagError as error:
        findings.extend(error.findings)
    if questionnaire is not None and not questionnaire.codes:
        facts: dict[str, Fact] = {"options": set_ids()}
        place = f"{STUDY_FILE}, instruments"
        findings.append(Finding("study.only-open-questions", Severity.ERROR, place, facts))
    accepted: tuple[Acceptance, ...] = ()
    try:
        accepted = read_accepted(file.parent)
    except LcdiagError as error:
        findings.extend(error.findings)
    findings.extend(_borrowed_ids(settings, file.parent))
    if questionnaire is None or has_errors(findings):
        return None, tuple(findings)
    questionnaire = with_accepted(questionnaire, accepted)
    parts = [settings.model_dump_json(exclude_defaults=True)]
    parts += [questionnaire.as_written(one).digest for one in questionnaire.instruments]
    study = Study(file.parent, settings, questionnaire, roster, digest("\n".join(parts)), points)
    return study, tuple(findings)


def _groups_named(
    settings: StudySettings, roster: tuple[RosterRow, ...], name: str
) -> list[Finding]:
    """Return a warning where meeting groups are to be shown and the roster names none."""
    wanted = settings.small_parties.report_by == "group"
    if not wanted or not roster or any(row.meeting_group for row in roster):
        return []
    return [Finding("study.roster-no-groups", Severity.WARNING, name)]


def _study_file(path: Path) -> Path:
    if path.is_dir():
        if (path / STUDY_FILE).is_file():
            return path / STUDY_FILE
        raise LcdiagError.single("study.no-study-file", str(path), {"file": STUDY_FILE})
    if path.is_file() and path.suffix.casefold() != ".toml":
        raise LcdiagError.single("study.not-a-study", path.name, {"file": STUDY_FILE})
    if not path.exists():
        raise LcdiagError.single("study.no-folder", str(path), {"file": STUDY_FILE})
    return path


def _roster_file(folder: Path) -> Path | None:
    found = [folder / name for name in ROSTER_FILES.values() if (folder / name).is_file()]
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise LcdiagError([Finding("study.two-rosters", Severity.ERROR, "", {"files": names})])
    return found[0] if found else None


def _questionnaire(
    settings: StudySettings, roster: tuple[RosterRow, ...], folder: Path, *, seated: bool
) -> Questionnaire:
    """Compose the set, then the further blocks, each instrument on a page of its own.

    Where the roster could not be read (`seated` is false), parties may be missing for no other
    reason: questions about each of them then stay as they are written.
    """
    from lcdiag.instrument.catalogue import open_set
    from lcdiag.instrument.compose import compose_set
    from lcdiag.instrument.round_robin import largest_table

    return compose_set(
        open_set(settings.set) if settings.set else None,
        settings.languages,
        folder,
        further=settings.instruments,
        parties=[party.name for party in settings.parties] if seated else None,
        seats=largest_table(settings, roster),
    )


def _borrowed_ids(settings: StudySettings, folder: Path) -> list[Finding]:
    """Return warnings on files of the study that carry an id of ours but differ from it."""
    from lcdiag.instrument.catalogue import id_of_ours
    from lcdiag.instrument.read import examine_instrument

    files = dict.fromkeys(block_source(one) for one in settings.instruments)
    found: list[Finding] = []
    for name in files:
        instrument, _ = examine_instrument(folder / name) if is_file(name) else (None, ())
        if instrument is not None:
            found += id_of_ours(instrument, name)
    return found


def _completed(settings: StudySettings, roster: tuple[RosterRow, ...]) -> StudySettings:
    """Return the settings with the names and sectors that only the roster gives."""
    sectors = {row.party: row.sector for row in roster if row.sector}
    update: dict[str, object] = {}
    if not settings.communities:
        names = dict.fromkeys(row.community for row in roster)
        update["communities"] = tuple(Community(name=name) for name in names)
    if settings.parties:
        update["parties"] = tuple(
            Party(name=one.name, sector=one.sector or sectors.get(one.name, ""))
            for one in settings.parties
        )
    else:
        parties = dict.fromkeys(row.party for row in roster)
        update["parties"] = tuple(Party(name=one, sector=sectors.get(one, "")) for one in parties)
    return settings.model_copy(update=update)
