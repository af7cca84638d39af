"""The functions a researcher imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from lcdiag.base.findings import Finding
    from lcdiag.diagnosis.comparison import Comparison
    from lcdiag.diagnosis.model import Diagnosis
    from lcdiag.instrument.model import Instrument
    from lcdiag.instrument.questionnaire import Questionnaire
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet
    from lcdiag.responses.outside import OutsideRatings
    from lcdiag.scoring.model import ScaleScores


def open_instrument(source: str | Path) -> Instrument:
    """Return an instrument of the library by its id, or one of your own by its file.

    Parameters
    ----------
    source : str or Path
        ``"lc-safety"`` or ``"./own.toml"``.

    Raises
    ------
    LcdiagError
        With everything that is wrong in the file, each with its place.
    """
    from lcdiag.instrument.catalogue import open_instrument as opened

    return opened(source)


def open_study(folder: str | Path) -> Study:
    """Return a study from its folder or its ``study.toml``.

    Raises
    ------
    LcdiagError
        With everything that is wrong in the settings, the roster and the instruments.
    """
    from lcdiag.survey.open import open_study as opened

    return opened(Path(folder))


def read_responses(
    source: Study | str | Path, *, instruments: Sequence[str | Path] = ()
) -> ResponseSet:
    """Return the checked answers of a study, of a study's folder or of one file.

    Parameters
    ----------
    source : Study, str or Path
        A study reads all its answer folders; a CSV, TSV or XLSX file is read by itself. A file in
        the answer folder of a study is read with that study's questions and names.
    instruments : sequence
        For a file: which instruments its columns belong to; guessed from the codes if empty.

    Raises
    ------
    LcdiagError
        With all findings, when the material cannot be used. Blemishes travel with the result.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.intake import examined

    responses, findings = examined(source, instruments)
    if responses is None:
        raise LcdiagError(findings)
    return responses


def check(
    source: Study | str | Path, *, instruments: Sequence[str | Path] = ()
) -> tuple[Finding, ...]:
    """Return everything remarkable in the answers of a study or a file; never raises for it."""
    from lcdiag.base.errors import LcdiagError
    from lcdiag.intake import examined

    try:
        return examined(source, instruments)[1]
    except LcdiagError as error:
        return error.findings


def questionnaire_of(
    source: Study | str | Path, *, instruments: Sequence[str | Path] = ()
) -> Questionnaire:
    """Return what a study asks, or what a file of answers seems to answer."""
    from lcdiag.importers.folder import study_around
    from lcdiag.instrument.study import Study
    from lcdiag.intake import file_questionnaire, is_study_path

    if isinstance(source, Study):
        return source.questionnaire
    if is_study_path(Path(source)):
        return open_study(source).questionnaire
    if not instruments and (around := study_around(Path(source))):
        return open_study(around[0]).questionnaire
    return file_questionnaire(Path(source), instruments)[0]


def score(responses: ResponseSet, questionnaire: Questionnaire | Instrument | Study) -> ScaleScores:
    """Return scale scores per person: keys, means or sums, the half rule, answered counts.

    Parameters
    ----------
    responses : ResponseSet
        Checked answers.
    questionnaire : Questionnaire, Instrument or Study
        What to score; answers to other questions are left aside.

    Returns
    -------
    ScaleScores
        One row a row of the responses, one column a scale.

    Raises
    ------
    ValueError
        If none of the answers belongs to the questionnaire.
    """
    from dataclasses import replace

    from lcdiag.instrument.compose import compose
    from lcdiag.instrument.model import Instrument
    from lcdiag.instrument.study import Study
    from lcdiag.scoring.score import score_responses

    if isinstance(questionnaire, Study):
        questionnaire = questionnaire.questionnaire
    if isinstance(questionnaire, Instrument):
        questionnaire = compose([[questionnaire.id]], questionnaire.languages)
    known = set(questionnaire.codes)
    places = [place for place, code in enumerate(responses.columns) if code in known]
    if not places:
        raise ValueError("none of the answers belongs to this questionnaire")
    if len(places) < len(responses.columns):
        columns = tuple(responses.columns[place] for place in places)
        responses = replace(responses, columns=columns, codes=responses.codes[:, places])
    return score_responses(responses, questionnaire)


def diagnose(
    study: Study | str | Path,
    responses: ResponseSet | None = None,
    *,
    made: str = "",
    internal: bool = False,
    exact: bool = False,
    outside: OutsideRatings | None = None,
    command: str = "",
) -> Diagnosis:
    """Return what may be read from a study: released cells, signals with reasons, words.

    Parameters
    ----------
    study : Study, str or Path
        The study or its folder.
    responses : ResponseSet, optional
        Checked answers; read from the study's folder if not given.
    made : str
        ISO date that is written into the provenance; empty for none. It is passed in, so that
        equal input gives equal output.
    internal : bool
        Hide nothing. For the analyst; never to be shared.
    exact : bool
        Profile intervals of variance shares: slower, and better with few parties or communities.
    outside : OutsideRatings, optional
        Ratings from outside the table; read from the study's folder if the answers are read there
        too. What a facilitator did not share with the group is never in it.
    command : str
        What was typed to get this, for the provenance; without names of people and places.
    """
    from lcdiag.diagnosis.diagnose import diagnose as diagnosed
    from lcdiag.diagnosis.provenance import with_origin
    from lcdiag.importers.external import read_external
    from lcdiag.instrument.study import Study
    from lcdiag.survey.agreement_file import promise_digest

    opened = study if isinstance(study, Study) else open_study(study)
    if responses is None:
        responses = read_responses(opened)
        outside = read_external(opened)[0] if outside is None else outside
    found = diagnosed(opened, responses, made=made, internal=internal, exact=exact, outside=outside)
    return with_origin(found, agreement=promise_digest(opened.folder), command=command)


def render(
    diagnosis: Diagnosis,
    community: str | None = None,
    *,
    language: str = "nl",
    explore: bool = True,
) -> str:
    """Return the dashboard of one community: one HTML page that needs no network.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of a whole study or of one community.
    community : str, optional
        May be left out when the diagnosis has only one.
    language : str
        The language the page opens in; the reader can switch.
    explore : bool
        Whether the interactive Plotly layer goes along (about 2 MB).

    Raises
    ------
    ValueError
        If the community is not in the diagnosis, or several are and none was named; or if there
        are no pages in this language.
    """
    from lcdiag.base.text import languages
    from lcdiag.views.render import render_dashboard

    if language not in languages():
        raise ValueError(f"pages are written in {list(languages())}; received {language!r}")
    if community is None:
        if len(diagnosis.communities) != 1:
            raise ValueError(f"name one of the communities {list(diagnosis.communities)}")
        community = diagnosis.communities[0]
    if community not in diagnosis.communities:
        raise ValueError(f"{community!r} is none of {list(diagnosis.communities)}")
    return render_dashboard(diagnosis, community, language=language, explore=explore)


def to_frame(result: Diagnosis | ScaleScores, responses: ResponseSet | None = None) -> pd.DataFrame:
    """Return a tidy table: one row a measure of a diagnosis, or one row a person with scores.

    Parameters
    ----------
    result : Diagnosis or ScaleScores
        What to lay out.
    responses : ResponseSet, optional
        With scores: puts who answered where beside them.
    """
    from lcdiag.diagnosis.model import Diagnosis

    if isinstance(result, Diagnosis):
        from lcdiag.views.tables import to_frame as framed

        return framed(result)
    from lcdiag.scoring.frame import score_frame

    return score_frame(result, responses)


def compare(a: Diagnosis | str | Path, b: Diagnosis | str | Path) -> Comparison:
    """Return what differs between two diagnoses, or between their JSON files.

    Returns
    -------
    Comparison
        With `same`, `counts`, `differences` and `to_frame`. A cell that is hidden in one of the
        two has no number in it.

    Raises
    ------
    LcdiagError
        With what is wrong with each file that cannot be read.
    """
    from lcdiag.diagnosis.compare import compare_opened

    return compare_opened(a, b)
