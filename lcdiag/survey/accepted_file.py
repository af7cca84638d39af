"""The file ``accepted.json`` of a study: what a person accepted of its dossier, and when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from lcdiag.base.errors import LcdiagError
from lcdiag.base.records import canonical_json, write_whole
from lcdiag.instrument.layout import ACCEPTED_FILE
from lcdiag.instrument.model import Frozen
from lcdiag.instrument.worded import Acceptance


class AcceptedFile(Frozen):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["lcdiag/accepted/1"] = Field(default="lcdiag/accepted/1", alias="schema")
    accepted: tuple[Acceptance, ...] = ()
    """In the order of accepting; the last of a scale and language holds."""


def read_accepted(folder: Path) -> tuple[Acceptance, ...]:
    """Return what was accepted; nothing where there is no file.

    Raises
    ------
    LcdiagError
        ``dossier.accepted-unreadable``: the file is there and is not what lcdiag wrote.
    """
    path = folder / ACCEPTED_FILE
    if not path.exists():
        return ()
    try:
        return AcceptedFile.model_validate_json(path.read_text(encoding="utf-8")).accepted
    except (ValidationError, UnicodeDecodeError, OSError) as error:
        raise LcdiagError.single("dossier.accepted-unreadable", str(path)) from error


def add_accepted(folder: Path, new: Sequence[Acceptance]) -> Path:
    """Write down what was accepted now, after what was accepted before; return the file.

    Nothing is taken out: an older acceptance stays readable beside the one that took its place.
    """
    whole = AcceptedFile(accepted=(*read_accepted(folder), *new))
    text = canonical_json(whole.model_dump(mode="json", by_alias=True))
    return write_whole(folder / ACCEPTED_FILE, text + "\n")
