"""The sentences of a published scale: an empty sheet, attaching them, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Fact, Finding
    from lcdiag.base.text import Message
    from lcdiag.instrument.model import Instrument
    from lcdiag.instrument.study import Study
    from lcdiag.instrument.worded import Attachment


@dataclass(frozen=True)
class Attached:
    """Sentences ready to be kept in a study.

    Attributes
    ----------
    path : Path
        Where in the study.
    content : str
        The file.
    findings : tuple of Finding
        Remarks; no errors.
    status : Message
        What may be said of the scale with these sentences.
    """

    path: Path
    content: str
    findings: tuple[Finding, ...]
    status: Message


def empty_wording_sheet(name: str, language: str, kind: str, speak: str, study: Path) -> bytes:
    """Return a sheet to fill in with the sentences of a published record.

    Parameters
    ----------
    name : str
        Of the record: an id, or a file of one's own.
    language : str
        Of the sentences.
    kind : {".xlsx", ".csv"}
        The kind of file.
    speak : str
        Language of headings and explanations.
    study : Path
        A folder whose own instrument files are looked through as well.

    Raises
    ------
    LcdiagError
        When there is no such record, it is none of a published scale, or has its sentences.
    """
    from lcdiag.survey.wording_sheet import wording_sheet

    return wording_sheet(_bare_record(name, language, study), language, kind, speak)


def attach_wording(
    name: str,
    file: Path,
    language: str,
    study: Path,
    *,
    speak: str,
    today: str,
    replace: bool = False,
) -> Attached:
    """Return the sentences in a file as the study is to keep them.

    Parameters
    ----------
    name : str
        Of the record: an id, or a file of one's own.
    file : Path
        CSV, xlsx or TOML: item code and sentence; labels of points, instruction, source,
        permission, date and what was changed in rows of their own.
    language : str
        Of the sentences.
    study : Path
        The folder of the study.
    speak : str
        Language in which findings name rows and choices.
    today : str
        ISO date: permission cannot be of a later day.
    replace : bool
        Whether other sentences that the study has already may be replaced.

    Raises
    ------
    LcdiagError
        With everything that is wrong with the file, the record or the study.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import Finding, Severity, has_errors
    from lcdiag.instrument.attached import attached_toml, wording_path
    from lcdiag.instrument.layout import STUDY_FILE
    from lcdiag.instrument.status import status_message
    from lcdiag.instrument.worded import worded

    if not (study / STUDY_FILE).is_file():
        raise LcdiagError.single("wording.no-study", str(study), {"file": STUDY_FILE})
    record = _bare_record(name, language, study)
    given, findings = _read(file, record, language, speak, today)
    if given is None or has_errors(findings):
        raise LcdiagError(findings)
    content = attached_toml(record, given, speak)
    path = wording_path(study, record.id, language)
    other = path.is_file() and path.read_bytes() != content.encode("utf-8")
    if other and not replace:
        facts = {"file": f"{path.parent.name}/{path.name}"}
        raise LcdiagError.single("wording.exists", file.name, facts)
    remarks = (*findings, *_not_asked(record, language, study))
    if other and _answered(study):
        place = f"{path.parent.name}/{path.name}"
        remarks = (*remarks, Finding("wording.answered", Severity.WARNING, place))
    status = status_message(worded(record, (given,)), language, in_study=True)
    return Attached(path, content, remarks, status)


def wording_missing(
    study: Study, languages: Sequence[str], speak: str = "en"
) -> tuple[Finding, ...]:
    """Return one finding for each instrument and language that cannot be asked yet.

    Parameters
    ----------
    study : Study
        As opened.
    languages : sequence of str
        In which it is to be asked.
    speak : str
        Language of the reader of the findings.

    Returns
    -------
    tuple of Finding
        With what is missing, where it can be had, and the commands that supply it.
    """
    return tuple(
        finding
        for instrument in study.questionnaire.instruments
        for language in languages
        for finding in _missing(study, instrument, language, speak)
    )


def wording_edited(study: Study, speak: str = "en") -> tuple[Finding, ...]:
    """Return a warning for each file of kept sentences that was edited after attaching.

    Parameters
    ----------
    study : Study
        As opened.
    speak : str
        Language in which the file is named.
    """
    from lcdiag.base.findings import Finding, Severity
    from lcdiag.base.text import in_language
    from lcdiag.instrument.layout import WORDINGS_FOLDER
    from lcdiag.instrument.status import edited_languages

    answered = _answered(study.folder)
    return tuple(
        Finding(
            "wording.edited-answered" if answered else "wording.edited",
            Severity.WARNING,
            f"{WORDINGS_FOLDER}/{instrument.id}.{language}.toml",
            {"title": in_language(instrument.title, speak)},
        )
        for instrument in study.questionnaire.instruments
        for language in edited_languages(study.questionnaire.as_written(instrument))
    )


def wording_edited_around(source: Path, speak: str = "en") -> tuple[Finding, ...]:
    """Return the same for what is checked: nothing where it is no study that can be opened."""
    from lcdiag.api import open_study
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.layout import STUDY_FILE

    if not (source / STUDY_FILE).is_file():
        return ()
    try:
        return wording_edited(open_study(source), speak)
    except LcdiagError:
        # `lcdiag check` itself says what is wrong with the study
        return ()


def _missing(study: Study, instrument: Instrument, language: str, speak: str) -> Iterator[Finding]:
    from lcdiag.base.findings import Finding, Severity
    from lcdiag.base.text import in_language
    from lcdiag.instrument.attached import missing_sentences
    from lcdiag.survey.wording_sheet import where_from

    codes = missing_sentences(instrument, language)
    if not codes:
        return
    command = f"lcdiag instruments wording {instrument.id}"
    sheet = f"{instrument.id}-{language}.xlsx"
    facts: dict[str, Fact] = {
        "title": in_language(instrument.title, speak),
        "language": language,
        "codes": codes,
        "where": where_from(instrument, speak),
        "make": f"{command} --language {language} -o {sheet}",
        "attach": f"{command} {sheet} --language {language} --study {_quoted(study.folder)}",
    }
    kind = "all" if len(codes) == len(instrument.items) else "some"
    yield Finding(f"wording.form-{kind}", Severity.ERROR, instrument.id, facts)


def _quoted(folder: Path) -> str:
    text = str(folder)
    return f'"{text}"' if any(one.isspace() for one in text) else text


def _bare_record(name: str, language: str, study: Path) -> Instrument:
    """Return the record as it is in its file, without what any study attached."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.wording_rules import is_language

    if not is_language(language):
        raise LcdiagError.single("wording.not-a-language", "--language", {"value": language})
    record = _record(name, study)
    if record.source.kind != "published":
        facts = {"value": record.id, "instrument": record.id}
        raise LcdiagError.single("wording.not-published", name, facts)
    if language in record.worded_in:
        raise LcdiagError.single("wording.has-sentences", name, {"language": language})
    return record


def _record(name: str, study: Path) -> Instrument:
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import near_miss
    from lcdiag.instrument.catalogue import instrument_ids, open_instrument, published_ids

    if name.lower().endswith(".toml"):
        here = Path(name)
        return open_instrument(here if here.is_file() else study / name)
    if name in instrument_ids():
        return open_instrument(name)
    own = _own_records(study)
    if name not in own:
        known = (*published_ids(), *own)
        facts: dict[str, str] = {"value": name[:60], "near": near_miss(name, known)}
        raise LcdiagError.single("wording.unknown-record", "", facts)
    return own[name]


def _own_records(study: Path) -> dict[str, Instrument]:
    """Return the instruments in files of one's own that a study asks, by id."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.layout import STUDY_FILE
    from lcdiag.instrument.read_study import block_source, is_file, read_settings

    found: dict[str, Instrument] = {}
    try:
        blocks = read_settings(study / STUDY_FILE).instruments
        for source in dict.fromkeys(block_source(block) for block in blocks):
            if is_file(source):
                one = open_instrument(study / source)
                found[one.id] = one
    except LcdiagError:
        # `lcdiag check` says what is wrong with the study; here it only has no more to offer
        return found
    return found


def _read(
    file: Path, record: Instrument, language: str, speak: str, today: str
) -> tuple[Attachment | None, tuple[Finding, ...]]:
    from lcdiag.importers.wording_file import read_wording_rows
    from lcdiag.instrument.attached import examine_toml
    from lcdiag.instrument.tomlfile import load_toml
    from lcdiag.instrument.wording_rules import examine_rows

    if file.suffix.casefold() == ".toml":
        return examine_toml(load_toml(file), record, language, file.name, speak=speak, today=today)
    rows, remarks = read_wording_rows(file, language)
    given, findings = examine_rows(record, language, rows, file.name, speak=speak, today=today)
    return given, (*remarks, *findings)


def _answered(study: Path) -> bool:
    """Return whether a folder of answers holds anything."""
    from lcdiag.importers.folder import TABLE_SUFFIXES, wave_folders

    return any(
        file.suffix.casefold() in TABLE_SUFFIXES
        for _, folder in wave_folders(study)
        for file in folder.iterdir()
    )


def _not_asked(record: Instrument, language: str, study: Path) -> Iterator[Finding]:
    """Yield notes where the study does not ask this instrument, or not in this language."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.base.findings import Finding, Severity
    from lcdiag.base.text import languages
    from lcdiag.instrument.catalogue import open_set
    from lcdiag.instrument.layout import STUDY_FILE
    from lcdiag.instrument.read_study import block_source, read_settings

    try:
        settings = read_settings(study / STUDY_FILE)
    except LcdiagError:
        yield Finding("wording.study-broken", Severity.WARNING, STUDY_FILE)
        return
    blocks = list(settings.instruments)
    if settings.set:
        blocks += [block for page in open_set(settings.set).pages for block in page.blocks]
    asked = {block_source(block) for block in blocks} | set(_own_records(study))
    if record.id not in asked:
        facts = {"instrument": record.id}
        yield Finding("wording.not-asked", Severity.NOTE, f"{STUDY_FILE}, instruments", facts)
    if language not in settings.languages:
        code = "language-not-asked" if language in languages() else "no-form-language"
        facts = {"language": language}
        yield Finding(f"wording.{code}", Severity.NOTE, f"{STUDY_FILE}, languages", facts)
