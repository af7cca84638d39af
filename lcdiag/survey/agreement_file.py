"""The file ``agreement.json`` of a study: what was promised when the first answers came in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Fact, Finding, Severity
from lcdiag.base.records import canonical_json, digest, write_whole
from lcdiag.instrument.layout import AGREEMENT_FILE, STUDY_FILE
from lcdiag.instrument.model import Frozen
from lcdiag.instrument.study import SmallPartyAgreement, StudySettings, Thresholds


class Promised(Frozen):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["lcdiag/agreement/1"] = Field(default="lcdiag/agreement/1", alias="schema")
    since_wave: int = Field(ge=1, le=99)
    """The first wave whose answers were given under this promise."""
    thresholds: Thresholds
    small_parties: SmallPartyAgreement
    """With the minimum that holds, also where ``study.toml`` leaves it out."""


def promise_of(settings: StudySettings, since_wave: int) -> Promised:
    """Return what the settings promise, written out in full."""
    agreed = settings.small_parties.model_copy(update={"minimum": settings.row_minimum})
    return Promised(since_wave=since_wave, thresholds=settings.thresholds, small_parties=agreed)


def read_promise(folder: Path) -> Promised | None:
    """Return what was promised, or None where no answers were read yet.

    Raises
    ------
    LcdiagError
        ``agreement.unreadable``: the file is there and is not what lcdiag wrote.
    """
    path = folder / AGREEMENT_FILE
    if not path.exists():
        return None
    try:
        return Promised.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError, OSError) as error:
        raise LcdiagError.single("agreement.unreadable", str(path)) from error


def promise_digest(folder: Path) -> str:
    """Return the digest of the file, or "" where nothing was written down yet."""
    path = folder / AGREEMENT_FILE
    return digest(path.read_bytes()) if path.is_file() else ""


def write_promise(folder: Path, promise: Promised) -> Path:
    """Write the file whole and return its path."""
    text = canonical_json(promise.model_dump(mode="json", by_alias=True))
    return write_whole(folder / AGREEMENT_FILE, text + "\n")


def extended(promise: Promised, settings: StudySettings) -> Promised:
    """Return the promise with the parties that consented since, and their date.

    A party that joins later consents later. Nothing is taken from those who answered before.
    """
    now = settings.small_parties
    update = {"agreed_by": now.agreed_by, "agreed_on": now.agreed_on}
    agreed = promise.small_parties.model_copy(update=update)
    return promise.model_copy(update={"small_parties": agreed})


def broken_promises(promise: Promised, settings: StudySettings) -> list[Finding]:
    """Return one error for each setting that is no longer what people were told.

    Stricter is refused like milder: a report by other rules, laid beside one that was handed out
    before, can tell more than each of them.

    Parameters
    ----------
    promise : Promised
        What the file says.
    settings : StudySettings
        What ``study.toml`` says now.
    """
    now = promise_of(settings, promise.since_wave)
    return [
        Finding("agreement.changed", Severity.ERROR, f"{STUDY_FILE}, {place}", facts)
        for place, old, new in _differences(promise, now)
        for facts in [_facts(place, old, new, promise.since_wave)]
    ]


def _differences(old: Promised, new: Promised) -> Iterator[tuple[str, object, object]]:
    for key in Thresholds.model_fields:
        before, after = getattr(old.thresholds, key), getattr(new.thresholds, key)
        if before != after:
            yield f"thresholds, {key}", before, after
    was, now = old.small_parties, new.small_parties
    for key in ("report_by", "minimum"):
        if getattr(was, key) != getattr(now, key):
            yield f"small_parties, {key}", getattr(was, key), getattr(now, key)
    joined = set(now.agreed_by) - set(was.agreed_by)
    if not set(was.agreed_by) <= set(now.agreed_by):
        yield "small_parties, agreed_by", ", ".join(was.agreed_by), ", ".join(now.agreed_by)
    # a date may be filled in, and become a later one when a party joined
    elif was.agreed_on not in ("", now.agreed_on) and not (
        joined and now.agreed_on > was.agreed_on
    ):
        yield "small_parties, agreed_on", was.agreed_on, now.agreed_on


def _facts(place: str, old: object, new: object, wave: int) -> dict[str, Fact]:
    return {
        "setting": place.rpartition(", ")[2],
        "old": str(old),
        "new": str(new) or "–",
        "wave": wave,
        "file": AGREEMENT_FILE,
    }
