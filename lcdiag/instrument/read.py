"""A TOML file to an Instrument, with everything that is wrong with it said at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, has_errors
from lcdiag.instrument.check import check_parts, check_whole
from lcdiag.instrument.model import (
    Composition,
    Contrast,
    Direction,
    Expectation,
    Format,
    Indicator,
    Instrument,
    Item,
    OpenQuestion,
    ReadySet,
    Reported,
    Scale,
    Source,
    Validation,
)
from lcdiag.instrument.shape import shape_findings, validate
from lcdiag.instrument.tomlfile import load_toml

_PARTS: dict[str, type[BaseModel]] = {
    "items": Item,
    "scales": Scale,
    "contrasts": Contrast,
    "indicators": Indicator,
    "open_questions": OpenQuestion,
    "reported": Reported,
    "expected": Expectation,
}


def read_instrument(path: Path | str) -> Instrument:
    """Return the instrument in a TOML file.

    Parameters
    ----------
    path : Path or str
        The file; see ``lcdiag instruments schema`` for what may stand in it.

    Raises
    ------
    LcdiagError
        With all findings at once: what does not fit the model and what contradicts itself.
    """
    instrument, findings = examine_instrument(path)
    if instrument is None:
        raise LcdiagError(findings)
    return instrument


def examine_instrument(path: Path | str) -> tuple[Instrument | None, tuple[Finding, ...]]:
    """Return the instrument, or None where it cannot be used, with all remarks; never raises.

    Parameters
    ----------
    path : Path or str
        The file.

    Returns
    -------
    tuple
        The instrument and the findings. Warnings and notes come beside a usable instrument.
    """
    path = Path(path)
    try:
        raw = load_toml(path)
    except LcdiagError as error:
        return None, error.findings
    return examine_content(raw, path.name)


def examine_content(
    raw: Mapping[str, Any], where: str
) -> tuple[Instrument | None, tuple[Finding, ...]]:
    """Return the same for the content of a file that is read already."""
    try:
        instrument = cast(Instrument, validate(Instrument, raw))
    except ValidationError as error:
        shape = shape_findings(Instrument, raw, error, where)
        said = {(finding.where, str(finding.facts.get("key", ""))) for finding in shape}
        rules = (
            finding
            for finding in check_parts(_salvage(raw), where, _known(raw))
            if not any(
                finding.where == place and str(finding.facts.get("key", "-")).startswith(key)
                for place, key in said
            )
        )
        return None, (*shape, *rules)
    findings = check_whole(instrument, where)
    return (None if has_errors(findings) else instrument), findings


def read_set(path: Path | str) -> ReadySet:
    """Return the ready-made set in a TOML file; errors as in `read_instrument`."""
    path = Path(path)
    raw = load_toml(path)
    try:
        return cast(ReadySet, validate(ReadySet, raw))
    except ValidationError as error:
        raise LcdiagError(shape_findings(ReadySet, raw, error, path.name)) from None


def _salvage(raw: Mapping[str, Any]) -> Instrument:
    """Return what fits of a file that does not fit as a whole, so that its rules can be tried.

    Such an instrument never leaves this room.
    """
    fields: dict[str, Any] = {
        name: tuple(one for entry in _entries(raw, name) if (one := _try(model, entry)))
        for name, model in _PARTS.items()
    }
    formats = raw.get("formats")
    named = formats.items() if isinstance(formats, Mapping) else ()
    fields["formats"] = {name: one for name, entry in named if (one := _try(Format, entry))}
    languages = raw.get("languages")
    fields["languages"] = tuple(
        one for one in (languages if isinstance(languages, list) else ()) if isinstance(one, str)
    )
    for name in ("title", "respondent_title", "instruction", "note"):
        text = raw.get(name)
        fits = isinstance(text, Mapping) and all(isinstance(one, str) for one in text.values())
        fields[name] = text if fits and isinstance(text, Mapping) else None
    fields["source"] = _try(Source, raw.get("source"))
    fields["validation"] = _try(Validation, raw.get("validation"))
    fields["id"] = raw.get("id") if isinstance(raw.get("id"), str) else ""
    return Instrument.model_construct(**fields)


def _entries(raw: Mapping[str, Any], name: str) -> list[Any]:
    entries = raw.get(name)
    return entries if isinstance(entries, list) else []


def _try(model: type[BaseModel], entry: Any) -> BaseModel | None:
    """Return the part; where only a key too many or a wrong word is in the way, without it."""
    if not isinstance(entry, Mapping):
        return None
    for _ in range(3):
        try:
            return validate(model, entry)
        except ValidationError as error:
            entry = _mended(entry, error)
    return None


_STANDS_IN: dict[str, Any] = {
    "composition": Composition.DIRECT_CONSENSUS,
    "direction": Direction.NEITHER,
    "referent": "group",
    "level": "group",
    "facet": "",
    "place": "",
    "reversed": False,
    "min_answered": 0.5,
    "combine": "mean",
    "per_item": False,
    "label": {},
    "about": {},
    "question": {},
    "respondent_label": {},
}
"""Fields that no rule about other parts needs: a mistake in one must not hide the rest."""


def _mended(entry: Mapping[str, Any], error: ValidationError) -> dict[str, Any]:
    mended = dict(entry)
    for detail in error.errors(include_url=False):
        key = str(detail["loc"][0]) if detail["loc"] else ""
        if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1:
            mended.pop(key, None)
        elif key in _STANDS_IN:
            mended[key] = _STANDS_IN[key]
    return mended


def _known(raw: Mapping[str, Any]) -> frozenset[str]:
    """Return every item id and format name written down, also of parts that do not fit."""
    items = (entry.get("id") for entry in _entries(raw, "items") if isinstance(entry, Mapping))
    formats = raw.get("formats")
    names = list(formats) if isinstance(formats, Mapping) else []
    return frozenset([one for one in items if isinstance(one, str)] + names)
