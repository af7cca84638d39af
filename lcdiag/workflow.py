"""What coordinators do with a study, as functions that return files; the commands write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Fact, Finding
    from lcdiag.diagnosis.model import Diagnosis
    from lcdiag.importers.forget import Forgotten
    from lcdiag.instrument.model import Instrument, ReadySet
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet

INTERNAL_STAMP = "INTERN – NIET DELEN"


def sample_study() -> Path:
    """Return the folder of the sample study that comes with lcdiag."""
    from lcdiag.base.shelf import shelf

    return shelf("sample_data") / "energietransitie"


def new_study(
    folder: Path, *, title: str | None = None, language: str = "nl", set_id: str = "short"
) -> tuple[Path, ...]:
    """Write a new study folder and return the files made; refuses to touch an existing study."""
    from lcdiag.survey.create import new_study as created

    return tuple(created(folder, title=title, language=language, set_id=set_id))


def form_files(study: Study, languages: Sequence[str] = ()) -> Mapping[str, bytes]:
    """Return printable forms and an answer workbook per language, by file name.

    Every community gets a form of its own: it names only the parties at that table.

    Raises
    ------
    LcdiagError
        If the study is not asked in one of the languages.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.layout import ANSWER_FILES, STUDY_FILE
    from lcdiag.survey.form import form_html
    from lcdiag.survey.workbook import answer_workbook

    asked = study.questionnaire.languages
    for language in languages:
        if language not in asked:
            facts: dict[str, Fact] = {"value": language, "options": tuple(asked)}
            raise LcdiagError.single("study.not-asked-in", STUDY_FILE, facts)
    names = file_names([one.name for one in study.settings.communities])
    forms = [("", None)] if len(names) < 2 else [(f"-{name}", one) for one, name in names.items()]
    files: dict[str, bytes] = {}
    for language in tuple(languages) or study.settings.languages:
        stem = {"nl": "vragenlijst", "en": "questionnaire"}.get(language, "questionnaire")
        for name, community in forms:
            page = form_html(study, language, community)
            files[f"{stem}{name}-{language}.html"] = page.encode("utf-8")
        name = ANSWER_FILES.get(language, f"answers-{language}.xlsx")
        files[name] = answer_workbook(study, language)
    return files


def forget_person(study: Study, pseudonym: str) -> Forgotten:
    """Remove a person's rows from all answer files and return how many went, and from where."""
    from lcdiag.importers.forget import forget

    return forget(study, pseudonym)


def score_file(source: Study | Path, instruments: Sequence[str] = ()) -> tuple[bytes, int]:
    """Return person-level scores as CSV, every row stamped as internal, and the count of rows."""
    from lcdiag.api import questionnaire_of, read_responses, score, to_frame
    from lcdiag.base.cells import safe_cell

    responses = read_responses(source, instruments=instruments)
    scores = score(responses, questionnaire_of(source, instruments=instruments))
    frame = to_frame(scores, responses)
    for column in ("person", "community", "party", "sector", "language"):
        frame[column] = [safe_cell(text) for text in frame[column]]
    frame.insert(0, "stamp", INTERNAL_STAMP)
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"), len(frame)


def review_release(
    study: Study, responses: ResponseSet, diagnosis: Diagnosis, communities: Sequence[str]
) -> tuple[Finding, ...]:
    """Return why this report may not follow an earlier one; empty where it may."""
    from lcdiag.diagnosis.releases import review_releases

    return review_releases(study, responses, diagnosis, communities)


def record_release(
    study: Study,
    responses: ResponseSet,
    diagnosis: Diagnosis,
    communities: Sequence[str],
    *,
    replace: bool = False,
) -> None:
    """Write down in ``releases.json`` what is handed out now."""
    from lcdiag.diagnosis.releases import record_releases

    record_releases(study, responses, diagnosis, communities, replace=replace)


def report_files(
    diagnosis: Diagnosis,
    *,
    communities: Iterable[str] | None = None,
    kind: str = "html",
    language: str = "nl",
    explore: bool = True,
    done: Callable[[], None] = lambda: None,
) -> Mapping[str, bytes]:
    """Return the files of a report by name: a page a community, or the released cells as data.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of the whole study.
    communities : iterable of str, optional
        Which ones; all of them if not given. A table of all together is written only where the
        parties agreed to see communities side by side, as the form promises; else one for each.
    kind : {"html", "json", "csv", "xlsx"}
        Pages, or one table.
    language : str
        Of the opening page and of the headings of a table.
    explore : bool
        Whether pages carry the interactive Plotly layer.
    done : callable
        Called after each community, to show progress.
    """
    chosen = list(diagnosis.communities if communities is None else communities)
    mark = "INTERN-" if diagnosis.provenance.internal else ""
    if kind == "html":
        return _pages(diagnosis, chosen, mark, language, explore, done)
    names = file_names(chosen)
    files: dict[str, bytes] = {}
    together = diagnosis.portfolio_agreed or diagnosis.provenance.internal or len(chosen) == 1
    if communities is None and together:
        files[f"{mark}diagnosis.{kind}"] = _table(diagnosis, kind, language)
    else:
        for one in chosen:
            files[f"{mark}{names[one]}.{kind}"] = _table(diagnosis.only(one), kind, language)
            done()
    return files


def _pages(
    diagnosis: Diagnosis,
    chosen: Sequence[str],
    mark: str,
    language: str,
    explore: bool,
    done: Callable[[], None],
) -> dict[str, bytes]:
    from lcdiag.views.render import render_dashboard, render_index

    names = file_names(chosen)
    files: dict[str, bytes] = {}
    for one in chosen:
        page = render_dashboard(diagnosis, one, language=language, explore=explore)
        files[f"{mark}{names[one]}.html"] = page.encode("utf-8")
        done()
    if len(chosen) > 1:
        entries = [(one, f"{mark}{names[one]}.html") for one in chosen]
        files[f"{mark}index.html"] = render_index(diagnosis, entries, language).encode("utf-8")
    return files


def _table(diagnosis: Diagnosis, kind: str, language: str) -> bytes:
    from lcdiag.views import tables

    if kind == "json":
        return diagnosis.to_json().encode("utf-8")
    if kind == "csv":
        return tables.to_csv(diagnosis, language).encode("utf-8-sig")
    return tables.to_xlsx(diagnosis, language)


def file_names(communities: Sequence[str]) -> dict[str, str]:
    """Return a file name without accents, blanks or signs for each community, all different."""
    names: dict[str, str] = {}
    taken: set[str] = {"index"}
    for community in communities:
        plain = unicodedata.normalize("NFKD", community).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "community"
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[community] = name
    return names


def library() -> tuple[tuple[Instrument, ...], tuple[ReadySet, ...]]:
    """Return all instruments and ready-made sets that come with lcdiag."""
    from lcdiag.instrument.catalogue import instrument_ids, open_instrument, open_set, set_ids

    instruments = tuple(open_instrument(name) for name in instrument_ids())
    return instruments, tuple(open_set(name) for name in set_ids())


def check_instrument_file(path: str) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful in an instrument of the library or a file."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.check import check_instrument
    from lcdiag.instrument.read import examine_instrument

    if path.endswith(".toml"):
        return examine_instrument(Path(path))[1]
    try:
        return check_instrument(open_instrument(path))
    except LcdiagError as error:
        return error.findings


def codebook_text(name: str, language: str) -> str:
    """Return an instrument as a page for the terminal."""
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.codebook import codebook

    return codebook(open_instrument(name)).to_text(language)


def codebook_csv(name: str, language: str) -> str:
    """Return an instrument's codebook as CSV."""
    from lcdiag.instrument.catalogue import open_instrument
    from lcdiag.instrument.codebook import codebook

    return codebook(open_instrument(name)).to_csv(language)


def instrument_schema_json() -> str:
    """Return the JSON Schema of an instrument file."""
    from lcdiag.base.records import canonical_json
    from lcdiag.instrument.schema import instrument_schema

    return canonical_json(instrument_schema())
