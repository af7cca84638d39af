"""What each column of the answers was taken for, file by file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.responses.columns import ColumnMap


def columns_of(
    source: str | Path, *, instruments: Sequence[str | Path] = ()
) -> tuple[tuple[str, ColumnMap], ...]:
    """Return for every file of answers what each of its columns was taken for.

    Parameters
    ----------
    source : str or Path
        A study's folder, its ``study.toml``, or one file of answers.
    instruments : sequence
        For a file: which instruments its columns belong to; guessed from the codes if empty.

    Raises
    ------
    LcdiagError
        When a study or a file cannot be read at all.
    """
    from lcdiag.api import open_study, questionnaire_of
    from lcdiag.importers.folder import read_answers
    from lcdiag.importers.table import read_table
    from lcdiag.responses.columns import guess_columns

    path = Path(source)
    if not path.is_dir() and path.name != "study.toml":
        asked = questionnaire_of(path, instruments=instruments)
        sheet, _ = read_table(path)
        return ((sheet.label, guess_columns(sheet, asked)),)
    study = open_study(path)
    return tuple(
        (sheet.label, guess_columns(sheet, study.questionnaire, study))
        for _, sheet in read_answers(study)[0]
    )
