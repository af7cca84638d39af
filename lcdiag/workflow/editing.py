"""What authors of questionnaires do between two waves: compare versions, have them translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.instrument.diff_model import InstrumentDiff
    from lcdiag.instrument.model import Instrument
    from lcdiag.instrument.questionnaire import Questionnaire


def compare_versions(old: str, new: str) -> tuple[InstrumentDiff, ...]:
    """Return what changed between two instruments, or between what two studies ask.

    Parameters
    ----------
    old, new : str
        Ids of instruments, instrument files, or folders of studies; both of one kind.

    Returns
    -------
    tuple of InstrumentDiff
        One for each instrument; those of a study are compared as far as they are asked. What
        did not change is there as well, as an empty difference.

    Raises
    ------
    LcdiagError
        With everything that is wrong with one of them, or ``diff.not-two-of-a-kind``.
    """
    from lcdiag.base.errors import LcdiagError
    from lcdiag.instrument.catalogue import open_instrument, set_ids
    from lcdiag.instrument.diff import diff_instruments

    if sets := [one for one in (old, new) if one in set_ids() and not _is_study(one)]:
        raise LcdiagError.single("diff.no-sets", ", ".join(sets))
    if unknown := [finding for one in (old, new) for finding in _unknown(one)]:
        raise LcdiagError(unknown)
    studies = [_is_study(one) for one in (old, new)]
    if all(studies):
        return _compare_studies(old, new)
    if any(studies):
        raise LcdiagError.single("diff.not-two-of-a-kind", f"{old}, {new}")
    return (diff_instruments(open_instrument(old), open_instrument(new)),)


def comparison_text(found: Sequence[InstrumentDiff], language: str) -> str:
    """Return what `compare_versions` found as a page for the terminal."""
    from lcdiag.instrument.diff_text import diff_text

    return diff_text(found, language)


def comparison_json(found: Sequence[InstrumentDiff]) -> str:
    """Return the same as JSON: one object an instrument."""
    import json

    rows = [one.model_dump(mode="json") for one in found]
    return json.dumps(rows, ensure_ascii=False) + "\n"


def _unknown(name: str) -> Iterator[Finding]:
    """Yield a finding where a name is no instrument, file or folder; what looks like it is said."""
    from lcdiag.base.findings import Finding, Severity, near_miss
    from lcdiag.instrument.catalogue import instrument_ids

    if name in instrument_ids() or name.casefold().endswith(".toml") or Path(name).is_dir():
        return
    facts = {"value": name}
    if near := near_miss(name, instrument_ids()):
        facts["near"] = near
    yield Finding("diff.unknown-name", Severity.ERROR, "", facts)


def _is_study(name: str) -> bool:
    path = Path(name)
    return path.is_dir() or path.name == "study.toml"


def _compare_studies(old: str, new: str) -> tuple[InstrumentDiff, ...]:
    from lcdiag.api import open_study
    from lcdiag.instrument.diff import diff_instruments
    from lcdiag.instrument.diff_model import Change, Effect, InstrumentDiff

    before, after = open_study(old).questionnaire, open_study(new).questionnaire
    whole = [{one.id: one for one in asked.instruments} for asked in (before, after)]
    found = []
    for name in dict.fromkeys((*whole[1], *whole[0])):
        was, now = whole[0].get(name), whole[1].get(name)
        if was and now:
            asked = diff_instruments(_as_asked(before, was), _as_asked(after, now))
            # evidence is about the whole instrument, not about the part that a study asks
            status = diff_instruments(was, now).status
            found.append(asked.model_copy(update={"status": status}))
        elif now:
            change = Change(kind="instrument-added", effect=Effect.NONE)
            found.append(InstrumentDiff(old="", new=_named(now), changes=(change,)))
        elif was:
            change = Change(kind="instrument-removed", effect=Effect.BROKEN)
            found.append(InstrumentDiff(old=_named(was), new="", changes=(change,)))
    return tuple(found)


def _named(instrument: Instrument) -> str:
    return f"{instrument.id} {instrument.version}"


def _as_asked(questionnaire: Questionnaire, instrument: Instrument) -> Instrument:
    """Return the instrument with what is asked of it only, in the order of asking."""
    codes = [one for one in questionnaire.codes if one in {item.id for item in instrument.items}]
    scales = [scale for home, scale in questionnaire.scales if home.id == instrument.id]
    topics = [topic for home, topic in questionnaire.contrasts if home.id == instrument.id]
    update = {
        "items": tuple(instrument.item(code) for code in codes),
        "scales": tuple(scales),
        "contrasts": tuple(topics),
    }
    return instrument.model_copy(update=update)
