"""All answers of a study: every wave folder, every file in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity
from lcdiag.importers.columnsfile import read_columns_file
from lcdiag.importers.table import read_table
from lcdiag.instrument.layout import (
    ANSWER_FOLDERS,
    COLUMNS_FILE,
    GUIDE_FILES,
    STUDY_FILE,
    WAVE_FOLDERS,
)
from lcdiag.instrument.study import Study
from lcdiag.responses.sheet import Sheet

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xls", ".ods"})
"""Files that are opened; those that turn out to be no table of ours get a message."""

_WAVE = re.compile(
    "(?:{})[ _-]?0*([0-9]{{1,2}})".format(
        "|".join(re.escape(name.split("{")[0].rstrip("-")) for name in WAVE_FOLDERS.values())
    ),
    re.IGNORECASE,
)
_TEMPORARY = ("~", ".")


def read_answers(study: Study) -> tuple[list[tuple[int, Sheet]], tuple[Finding, ...]]:
    """Return the sheets of all waves with their wave numbers, and remarks.

    Reads ``antwoorden/meetmoment-N`` and ``answers/wave-N``, several files a wave, in the order of
    wave and file name. Temporary files of spreadsheet programs are skipped; other files that are
    no tables are named in a note. A file that cannot be read is an error among the findings; the
    others are read all the same, so that everything is reported at once.
    """
    sheets: list[tuple[int, Sheet]] = []
    findings: list[Finding] = []
    shared, remarks = _shared_columns(study.folder)
    findings += remarks
    folders = wave_folders(study.folder)
    for wave, folder in folders:
        tables, others = _files(folder)
        if others:
            names = tuple(path.name for path in others[:5])
            findings.append(
                Finding("responses.other-files", Severity.NOTE, folder.name, {"files": names})
            )
        if not tables:
            findings.append(Finding("responses.folder-empty", Severity.NOTE, folder.name))
        for path in tables:
            label = f"{folder.name}/{path.name}"
            try:
                sheet, about = read_table(path)
            except LcdiagError as error:
                findings += [replace(one, where=label) for one in error.findings]
                continue
            findings += [
                one if one.where == COLUMNS_FILE else replace(one, where=label) for one in about
            ]
            sheets.append((wave, replace(sheet, label=label, override=sheet.override or shared)))
    findings += _stray(study.folder)
    if not sheets and not any(one.severity is Severity.ERROR for one in findings):
        findings = [one for one in findings if one.code != "responses.folder-empty"]
        findings.append(_nothing(study, folders))
    return sheets, tuple(findings)


def wave_folders(study_folder: Path) -> list[tuple[int, Path]]:
    """Return the wave folders of a study with their numbers, in order."""
    found = [
        (int(match[1]), folder)
        for parent in _answer_folders(study_folder)
        for folder in parent.iterdir()
        if folder.is_dir() and (match := _WAVE.fullmatch(folder.name))
    ]
    return sorted(found, key=lambda pair: (pair[0], str(pair[1])))


def study_around(file: Path) -> tuple[Path, int] | None:
    """Return the folder of the study in whose answers a file lies, and the wave; else None."""
    wave = file.resolve().parent
    study = wave.parent.parent
    if not file.is_file() or not (study / STUDY_FILE).is_file():
        return None
    return next(((study, n) for n, folder in wave_folders(study) if folder == wave), None)


def answer_files(study_folder: Path) -> list[Path]:
    """Return all files with answers of a study, in order of wave and name."""
    return [path for _, folder in wave_folders(study_folder) for path in _files(folder)[0]]


def _answer_folders(study_folder: Path) -> list[Path]:
    folders = [study_folder / name for name in ANSWER_FOLDERS.values()]
    return [folder for folder in folders if folder.is_dir()]


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the tables in a folder and the other files, by name; temporary files in neither."""
    files = sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith(_TEMPORARY)
        and path.name not in (COLUMNS_FILE, *GUIDE_FILES.values())
    )
    tables = [path for path in files if path.suffix.lower() in TABLE_SUFFIXES]
    return tables, [path for path in files if path not in tables]


def _shared_columns(folder: Path) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return the map that holds for every wave: from the answers folder or the study folder."""
    try:
        return read_columns_file(*_answer_folders(folder), folder)
    except LcdiagError as error:
        return {}, error.findings


def _stray(study_folder: Path) -> list[Finding]:
    """Return remarks on tables that lie beside the wave folders, or in a folder that is none."""
    findings = [
        Finding(
            "responses.unknown-folder",
            Severity.WARNING,
            folder.parent.name,
            {"folder": folder.name, "example": _first_wave(folder.parent.name)},
        )
        for parent in _answer_folders(study_folder)
        for folder in sorted(parent.iterdir())
        if folder.is_dir() and not _WAVE.fullmatch(folder.name) and _files(folder)[0]
    ]
    return findings + [
        Finding(
            "responses.outside-wave",
            Severity.WARNING,
            parent.name,
            {"files": tuple(path.name for path in tables[:5])},
        )
        for parent in _answer_folders(study_folder)
        if (tables := _files(parent)[0])
    ]


def _nothing(study: Study, folders: list[tuple[int, Path]]) -> Finding:
    language = "nl" if "nl" in study.settings.languages else "en"
    home = next(iter(_answer_folders(study.folder)), study.folder / ANSWER_FOLDERS[language])
    folder = folders[0][1] if folders else home / _first_wave(home.name)
    place = folder.relative_to(study.folder).as_posix()
    return Finding("responses.nothing-yet", Severity.ERROR, "", {"folder": place})


def _first_wave(answers: str) -> str:
    """Return the name of the first wave's folder in the language of the folder around it."""
    language = next((code for code, name in ANSWER_FOLDERS.items() if name == answers), "en")
    return WAVE_FOLDERS[language].format(wave=1)
