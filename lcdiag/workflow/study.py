"""What coordinators do with a study, as functions that return files; the commands write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Fact, Finding
    from lcdiag.importers.forget import Forgotten
    from lcdiag.instrument.study import Study


def sample_study() -> Path:
    """Return the folder of the sample study that comes with lcdiag."""
    from lcdiag.base.shelf import shelf

    return shelf("sample_data") / "energietransitie"


def new_study(
    folder: Path, *, title: str | None = None, language: str = "nl", set_id: str = "standard"
) -> tuple[Path, ...]:
    """Write a new study folder and return the files made; refuses to touch an existing study."""
    from lcdiag.survey.create import new_study as created

    return tuple(created(folder, title=title, language=language, set_id=set_id))


def still_examples(study: Study) -> tuple[Finding, ...]:
    """Return remarks on what is still an example, to be said before forms are printed."""
    from lcdiag.survey.create import still_examples as remarks

    return tuple(remarks(study.settings))


def form_files(
    study: Study, languages: Sequence[str] = (), speak: str = "en"
) -> Mapping[str, bytes]:
    """Return printable forms and an answer workbook per language, by file name.

    Every community gets a form of its own: it names only the parties at that table.

    Raises
    ------
    LcdiagError
        If the study is not asked in one of the languages, or a published scale has no sentences
        there; said to a reader of the language `speak`.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.layout import ANSWER_FILES, STUDY_FILE
    from lcdiag.survey.form import form_html
    from lcdiag.survey.workbook import answer_workbook
    from lcdiag.workflow.names import file_names
    from lcdiag.workflow.wording import wording_missing

    asked = study.questionnaire.languages
    for language in languages:
        if language not in asked:
            facts: dict[str, Fact] = {"value": language, "options": tuple(asked)}
            raise LcdiagError.single("study.not-asked-in", STUDY_FILE, facts)
    if unworded := wording_missing(study, tuple(languages) or study.settings.languages, speak):
        raise LcdiagError(unworded)
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
    from lcdiag.base.cells import INTERNAL_STAMP, safe_cell

    responses = read_responses(source, instruments=instruments)
    scores = score(responses, questionnaire_of(source, instruments=instruments))
    frame = to_frame(scores, responses)
    for column in ("person", "community", "meeting_group", "party", "sector", "language"):
        frame[column] = [safe_cell(text) for text in frame[column]]
    frame.insert(0, "stamp", INTERNAL_STAMP)
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"), len(frame)
