"""A simulated study as a folder: the same files as a real one, and the truth beside them."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact
from lcdiag.instrument.layout import (
    AGREEMENT_FILE,
    ANSWER_FOLDERS,
    BACKGROUND_HEADINGS,
    ROSTER_FILES,
    ROSTER_HEADINGS,
    ROSTER_SHEETS,
    STUDY_FILE,
    WAVE_FOLDERS,
    WORDINGS_FOLDER,
)
from lcdiag.instrument.read_study import block_source, is_file

if TYPE_CHECKING:
    from lcdiag.instrument.study import RosterRow, Study
    from lcdiag.outlook.simulated import SimulatedStudy
    from lcdiag.planning.truth_file import StatedWorld
    from lcdiag.responses.model import ResponseSet

TRUTH_FILE = "truth.json"
_TITLE = re.compile(r"^title\s*=.*$", re.MULTILINE)


@contextmanager
def study_from(source: str, language: str) -> Iterator[Study]:
    """Yield a study: a folder, or an example study that asks a ready-made set or an instrument.

    Parameters
    ----------
    source : str
        The folder of a study, or the id of a set (``"standard"``) or of an instrument.
    language : str
        First language of an example study.

    Raises
    ------
    LcdiagError
        With everything that is wrong in the study, or where the source is none of these.
    """
    from lcdiag.api import open_study
    from lcdiag.instrument.catalogue import instrument_ids, set_ids
    from lcdiag.survey.create import new_study

    if Path(source).exists() or source not in (*set_ids(), *instrument_ids()):
        yield open_study(source)
        return
    with tempfile.TemporaryDirectory(prefix="lcdiag-") as folder:
        new_study(folder, title=source, language=language)
        file = Path(folder) / STUDY_FILE
        chosen = ("", f'"{source}"') if source in instrument_ids() else (source, "")
        text = file.read_text(encoding="utf-8")
        text = text.replace('set = "standard"', f'set = "{chosen[0]}"')
        file.write_text(
            text.replace("instruments = []", f"instruments = [{chosen[1]}]"), encoding="utf-8"
        )
        yield open_study(folder)


def simulated_files(simulated: SimulatedStudy, language: str) -> Mapping[str, bytes]:
    """Return every file of a simulated study by its name in the folder.

    Parameters
    ----------
    simulated : SimulatedStudy
        From `lcdiag.api.simulate`.
    language : str
        Of file names and headings.

    Returns
    -------
    mapping of str to bytes
        ``study.toml`` with a title that says that it is simulated, the study's own instruments
        and wordings, the list of participants, a CSV of answers a wave, and ``truth.json``.
    """
    study = simulated.study
    files = _settings(study, language)
    files[ROSTER_FILES[language]] = roster_file(study.roster, language)
    for wave in sorted({one.wave for one in simulated.meetings}):
        name = f"{ANSWER_FOLDERS[language]}/{WAVE_FOLDERS[language].format(wave=wave)}"
        text = answer_csv(simulated.responses, wave, language)
        files[f"{name}/{ANSWER_FOLDERS[language]}.csv"] = text.encode("utf-8-sig")
    files[TRUTH_FILE] = simulated.truth_json().encode("utf-8")
    return files


def write_simulated(
    folder: Path, files: Mapping[str, bytes], *, replace: bool = False
) -> tuple[Path, ...]:
    """Write a simulated study and return its files.

    Raises
    ------
    LcdiagError
        ``planning.folder-taken`` where the folder holds a study that is not a simulated one, or
        one that is and may not be replaced: simulated answers never come among real ones.
    """
    from lcdiag.base.records import write_whole

    held = folder.exists() and any(folder.iterdir()) if folder.is_dir() else folder.exists()
    ours = (folder / TRUTH_FILE).is_file()
    if held and not (replace and ours):
        facts: dict[str, Fact] = {"again": "yes" if ours else ""}
        code = "planning.folder-simulated" if ours else "planning.folder-taken"
        raise LcdiagError.single(code, str(folder), facts)
    if held:  # what is made of older answers would not fit the new ones
        for stale in (AGREEMENT_FILE, "releases.json"):
            (folder / stale).unlink(missing_ok=True)
        for answers in folder.glob("*/*/*.csv"):
            answers.unlink()
    return tuple(write_whole(folder / name, content) for name, content in files.items())


def answer_csv(
    responses: ResponseSet, wave: int, language: str, columns: Sequence[str] | None = None
) -> str:
    """Return the answers of a wave as CSV for a spreadsheet in this language.

    Parameters
    ----------
    responses : ResponseSet
        Of any number of waves.
    wave : int
        Which one.
    language : str
        Of the headings; Dutch spreadsheets want semicolons.
    columns : sequence of str, optional
        Background columns; by default those in which anything stands.
    """
    import numpy as np

    from lcdiag.responses.model import DONT_KNOW, MISSING

    rows = np.flatnonzero(responses.wave == wave)
    names = columns or [
        name
        for name in ("person", "community", "meeting_group", "party", "sector", "language")
        if (getattr(responses, name)[rows] != "").any()
    ]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    writer.writerow([*(BACKGROUND_HEADINGS[name][language] for name in names), *responses.columns])
    unknown = {"nl": "weet niet"}.get(language, "don't know")
    for row in rows:
        who = [getattr(responses, name)[row] for name in names]
        codes = [
            {MISSING: "", DONT_KNOW: unknown}.get(int(code), str(int(code)))
            for code in responses.codes[row]
        ]
        writer.writerow([*who, *codes])
    return text.getvalue()


def roster_file(roster: Sequence[RosterRow], language: str) -> bytes:
    """Return the workbook that says how many people of which party were invited."""
    from openpyxl import Workbook

    from lcdiag.base.spreadsheet import text_table, workbook_bytes

    waves = sorted({row.wave for row in roster})
    grouped = any(row.meeting_group for row in roster)
    keys = ("community", "meeting_group", "party", "sector") if grouped else (
        "community", "party", "sector",
    )  # fmt: skip
    counts: dict[tuple[str, ...], dict[int, int]] = {}
    for row in roster:
        place = tuple(getattr(row, key) for key in keys)
        counts.setdefault(place, {})[row.wave] = row.invited
    headings = [ROSTER_HEADINGS[key][language] for key in keys]
    headings += [ROSTER_HEADINGS["invited"][language].format(wave=wave) for wave in waves]
    rows: list[list[str | int]] = [
        [*place, *(invited.get(wave, 0) for wave in waves)] for place, invited in counts.items()
    ]
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a first sheet
    sheet.title = ROSTER_SHEETS[language]
    text_table(sheet, headings, rows, (*((30,) * len(keys)), *((14,) * len(waves))))
    return workbook_bytes(book)


def _settings(study: Study, language: str) -> dict[str, bytes]:
    """Return the settings under a title of their own, and the files that they lean on."""
    from lcdiag.base.text import Message, resolve
    from lcdiag.base.tomltext import toml_text

    text = (study.folder / STUDY_FILE).read_text(encoding="utf-8-sig")
    title = resolve(Message("planning.title", {"title": study.settings.title}), language)[:200]
    text = _TITLE.sub(lambda _: f"title = {toml_text(title)}", text, count=1)
    files: dict[str, bytes] = {}
    sources = dict.fromkeys(block_source(one) for one in study.settings.instruments)
    for source in (one for one in sources if is_file(one)):
        path = study.folder / source
        text = text.replace(f'"{source}', f'"./{path.name}')  # may lie beside the study
        files[path.name] = path.read_bytes()
    files[STUDY_FILE] = text.encode("utf-8")
    wordings = study.folder / WORDINGS_FOLDER
    for path in sorted(wordings.glob("*")) if wordings.is_dir() else ():
        files[f"{WORDINGS_FOLDER}/{path.name}"] = path.read_bytes()
    return files


def stated_world(
    truth: Path | None, response: float | None, planted: Sequence[str] = ()
) -> StatedWorld:
    """Return what is to be true: of a file, or everything ordinary; then what was typed.

    Parameters
    ----------
    truth : Path or None
        A truth file.
    response : float or None
        Share of the invited who answer, in place of that of the file.
    planted : sequence of str
        Indicators whose pattern is true everywhere: ``"lc-collusion:abilene"``, with a size
        ``"lc-collusion:abilene=1.2"``.

    Raises
    ------
    LcdiagError
        With what is wrong in the file, or a size that is no number.
    """
    from lcdiag.planning.truth_file import Planted, StatedWorld, read_world

    world = StatedWorld() if truth is None else read_world(truth)
    update: dict[str, object] = {} if response is None else {"response": response}
    if planted:
        more = []
        for one in planted:
            indicator, sign, size = one.partition("=")
            try:
                points = float(size) if sign else 1.5
            except ValueError:
                points = 0.0
            if not 0 < points <= 10:
                raise LcdiagError.single("planning.plant-size", "", {"value": size})
            more.append(Planted(indicator=indicator.strip(), size=points))
        update["planted"] = (*world.planted, *more)
    return world.model_copy(update=update)
