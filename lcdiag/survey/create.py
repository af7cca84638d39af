"""Writes a new study folder in which only the title must change; all of it or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity, near_miss
from lcdiag.base.text import Message, languages, resolve
from lcdiag.base.tomltext import toml_text
from lcdiag.instrument.layout import (
    ACTION_FILES,
    AGREEMENT_FILE,
    ANSWER_FILES,
    ANSWER_FOLDERS,
    GUIDE_FILES,
    RELEASES_FILE,
    ROSTER_FILES,
    STUDY_FILE,
    WAVE_FOLDERS,
)
from lcdiag.instrument.study import StudySettings, Thresholds
from lcdiag.survey.promises import default_purpose
from lcdiag.survey.roster_sheet import EXAMPLE_NUMBERS, roster_workbook


def new_study(
    folder: str | Path,
    *,
    title: str | None = None,
    language: str = "nl",
    set_id: str = "standard",
    communities: Sequence[str] | None = None,
    parties: Sequence[tuple[str, str]] | None = None,
) -> tuple[Path, ...]:
    """Write a study: settings, roster, a folder for the answers, and a guide.

    Parameters
    ----------
    folder : str or Path
        Is made where it does not exist; other files in it stay as they are.
    title : str, optional
        The name of the study; a placeholder where not given.
    language : str
        Language of the file names, the explanations and the examples, and the first language
        of the questionnaire.
    set_id : str
        A ready-made set.
    communities : sequence of str, optional
        Names; two examples where not given.
    parties : sequence of (str, str), optional
        Names with their sectors; four examples where not given.

    Returns
    -------
    tuple of Path
        The files and the folder for the answers.

    Raises
    ------
    LcdiagError
        With all findings: unknown set or language, an empty title, or a file of a study that is
        there already. Nothing is written then.
    """
    folder = Path(folder)
    findings = _refusals(folder, title, language, set_id)
    if findings:
        raise LcdiagError(findings)
    names = tuple(communities) if communities is not None else _example_communities(language)
    seats = tuple(parties) if parties is not None else _example_parties(language)
    named = title if title is not None else _say("placeholder-title", language)
    wave = Path(ANSWER_FOLDERS[language]) / WAVE_FOLDERS[language].format(wave=1)
    content: dict[Path, bytes] = {
        Path(STUDY_FILE): study_text(named.strip(), language, set_id, names, seats).encode("utf-8"),
        Path(ROSTER_FILES[language]): roster_workbook(names, seats, language),
        Path(GUIDE_FILES[language]): _guide(named.strip(), language, wave).encode("utf-8"),
    }
    _place(folder, content, wave)
    return (*(folder / name for name in content), folder / wave)


def study_text(
    title: str,
    language: str,
    set_id: str,
    communities: Sequence[str],
    parties: Sequence[tuple[str, str]],
) -> str:
    """Return a ``study.toml`` with an explanation above each setting, in one language."""
    first = (language, *(code for code in languages() if code != language))
    lines = [
        *_about("file", language)[1:],
        *_about("title", language),
        f"title = {toml_text(title)}",
        *_questions(first, set_id),
        *_people(first, communities, parties),
        *_agreements(language),
    ]
    return "\n".join(lines) + "\n"


def _about(name: str, language: str, **params: str) -> list[str]:
    """Return an empty line and the explanation of a setting."""
    sentence = _say(f"comment-{name}", language, **params)
    return ["", *(f"# {line}" for line in sentence.split("\n"))]


def _questions(codes: Sequence[str], set_id: str) -> list[str]:
    from lcdiag.instrument.catalogue import open_set, set_ids

    language = codes[0]
    home = open_set(set_id).respondents == "home"
    return [
        *_about("languages", language),
        f"languages = [{', '.join(toml_text(code) for code in codes)}]",
        *_about("set", language, sets=", ".join(set_ids())),
        f"set = {toml_text(set_id)}",
        *_about("instruments", language),
        "instruments = []",
        *_about("purpose", language),
        *(f"purpose.{code} = {toml_text(default_purpose(home, code))}" for code in codes),
        *_about("contact", language),
        'contact = ""',
        *_about("kept", language),
        "kept_months = 24",
    ]


def _people(
    codes: Sequence[str], communities: Sequence[str], parties: Sequence[tuple[str, str]]
) -> list[str]:
    language = codes[0]
    titles = ((code, _say("wave-title", code, number="1")) for code in codes)
    title = ", ".join(f"{code} = {toml_text(text)}" for code, text in titles)
    return [
        *_about("communities", language, roster=ROSTER_FILES[language]),
        "communities = [",
        *(f"  {toml_text(name)}," for name in communities),
        "]",
        *_about("parties", language),
        "parties = [",
        *(
            f"  {{ name = {toml_text(name)}, sector = {toml_text(sector)} }},"
            for name, sector in parties
        ),
        "]",
        *_about("waves", language),
        "waves = [",
        f'  {{ number = 1, title = {{ {title} }}, date = "" }},',
        "]",
    ]


def _agreements(language: str) -> list[str]:
    def aside(name: str) -> str:
        return f"  # {_say(f'comment-{name}', language)}"

    return [
        *_about("portfolio", language),
        "portfolio_agreed = false",
        *_about("thresholds", language),
        "[thresholds]",
        "minimum = 5" + aside("minimum"),
        "exact = 10 " + aside("exact"),
        "paired = 6 " + aside("paired"),
        *_about("small-parties", language),
        "[small_parties]",
        'report_by = "party"' + aside("report-by"),
        "# minimum = 8      " + f"  # {resolve(Message('agreement.comment-minimum'), language)}",
        "agreed_by = []     " + aside("agreed-by"),
        'agreed_on = ""',
    ]


def _say(name: str, language: str, **params: str) -> str:
    return resolve(Message(f"study.{name}", params), language)


def _example_communities(language: str) -> tuple[str, ...]:
    letters = "AB"
    return tuple(_say("community-example", language, letter=letter) for letter in letters)


def _example_parties(language: str) -> tuple[tuple[str, str], ...]:
    listed = _say("parties-example", language).split(";")
    pairs = [one.split("|") for one in listed[: len(EXAMPLE_NUMBERS[0])]]
    return tuple((name.strip(), sector.strip()) for name, sector in pairs)


def still_examples(settings: StudySettings) -> list[Finding]:
    """Return remarks on what a new study gives as an example and nobody has changed yet."""
    written = [code for code in languages() if code in ROSTER_FILES]
    found: list[Finding] = []
    if settings.title in [_say("placeholder-title", code) for code in written]:
        found.append(Finding("study.still-placeholder", Severity.WARNING, f"{STUDY_FILE}, title"))
    for code in written:
        if tuple(one.name for one in settings.communities) == _example_communities(code):
            facts = {"roster": ROSTER_FILES[code]}
            found.append(Finding("study.still-examples", Severity.NOTE, STUDY_FILE, facts))
    return found


def _guide(title: str, language: str, wave: Path) -> str:
    following = Path(ANSWER_FOLDERS[language]) / WAVE_FOLDERS[language].format(wave=2)
    return _say(
        "guide",
        language,
        title=title,
        roster=ROSTER_FILES[language],
        answers=ANSWER_FILES[language],
        folder=wave.as_posix(),
        answer_root=ANSWER_FOLDERS[language],
        next_folder=following.as_posix(),
        releases=RELEASES_FILE,
        agreement=AGREEMENT_FILE,
        actions=ACTION_FILES[language],
        minimum=str(Thresholds().minimum),
    )


def _refusals(folder: Path, title: str | None, language: str, set_id: str) -> list[Finding]:
    """Return every reason not to write."""
    from lcdiag.instrument.catalogue import set_ids

    found: list[Finding] = []
    known = tuple(code for code in languages() if code in ROSTER_FILES)
    if language not in known:
        facts = {
            "value": language,
            "options": ", ".join(known),
            "near": near_miss(language, known),
        }
        found.append(Finding("study.unknown-language", Severity.ERROR, "", facts))
    if set_id not in set_ids():
        facts = {
            "value": set_id,
            "options": ", ".join(set_ids()),
            "near": near_miss(set_id, set_ids()),
        }
        found.append(Finding("study.unknown-set", Severity.ERROR, "", facts))
    if title is not None and not title.strip():
        found.append(Finding("study.no-title", Severity.ERROR))
    if folder.exists() and not folder.is_dir():
        found.append(Finding("study.exists", Severity.ERROR, str(folder), {"file": folder.name}))
    taken = (STUDY_FILE, AGREEMENT_FILE, *ROSTER_FILES.values(), *ANSWER_FOLDERS.values())
    if language in GUIDE_FILES:
        taken = (*taken, GUIDE_FILES[language])
    found.extend(
        Finding("study.exists", Severity.ERROR, str(folder), {"file": name})
        for name in taken
        if (folder / name).exists()
    )
    return found


def _place(folder: Path, content: dict[Path, bytes], wave: Path) -> None:
    """Write everything beside its place first, then move it in; on failure leave no trace."""
    placed: list[Path] = []
    parents = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".lcdiag-", dir=folder) as temporary:
            for name, raw in content.items():
                (Path(temporary) / name).write_bytes(raw)
            top = folder / wave.parts[0]
            (folder / wave).mkdir(parents=True)
            placed.extend([folder / wave, top])
            for name in content:
                (Path(temporary) / name).rename(folder / name)
                placed.append(folder / name)
    except OSError as error:
        for path in placed:
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        for path in parents:
            if path.is_dir():
                path.rmdir()
        facts = {"reason": error.strerror or ""}
        raise LcdiagError.single("base.cannot-write", str(folder), facts) from error
