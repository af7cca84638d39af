"""Sentences that a study attached to published records: files in its folder, read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity, has_errors
from lcdiag.base.text import Message, resolve
from lcdiag.base.tomltext import toml_key, toml_line, toml_text
from lcdiag.instrument.layout import WORDINGS_FOLDER
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.tomlfile import load_toml
from lcdiag.instrument.worded import Attachment, worded
from lcdiag.instrument.wording_rows import rows_of_toml
from lcdiag.instrument.wording_rules import examine_rows, is_language


def wording_path(folder: Path, instrument: str, language: str) -> Path:
    """Return where a study keeps the sentences of an instrument in a language."""
    return folder / WORDINGS_FOLDER / f"{instrument}.{language}.toml"


def with_wordings(instrument: Instrument, folder: Path) -> Instrument:
    """Return the instrument with the sentences that a study attached to it.

    Parameters
    ----------
    instrument : Instrument
        As read from its file.
    folder : Path
        Of the study; without a folder of wordings the instrument comes back as it is.

    Raises
    ------
    LcdiagError
        With everything that is wrong with the files of this instrument.
    """
    found: list[Attachment] = []
    findings: list[Finding] = []
    for path in sorted((folder / WORDINGS_FOLDER).glob(f"{instrument.id}.*.toml")):
        attachment, remarks = read_attached(path, instrument)
        findings += [one for one in remarks if one.severity is Severity.ERROR]
        found += [attachment] if attachment else []
    if findings:
        raise LcdiagError(findings)
    return worded(instrument, tuple(found)) if found else instrument


def read_attached(path: Path, record: Instrument) -> tuple[Attachment | None, tuple[Finding, ...]]:
    """Return what one file of a study holds, or None where it cannot be used.

    The digest is the one that was stored when the sentences were attached.
    """
    where = f"{WORDINGS_FOLDER}/{path.name}"
    language = path.name.removeprefix(f"{record.id}.").removesuffix(".toml")
    if record.source.kind != "published" or not is_language(language):
        code = "not-published" if is_language(language) else "not-a-language"
        facts = {"value": language, "instrument": record.id}
        return None, (Finding(f"wording.{code}", Severity.ERROR, where, facts),)
    try:
        raw = load_toml(path)
    except LcdiagError as error:
        return None, tuple(_placed(one, path) for one in error.findings)
    attachment, findings = examine_toml(raw, record, language, where, kept=True)
    if attachment is None:
        return None, findings
    stored = raw.get("digest")
    return attachment.model_copy(
        update={"digest": stored if isinstance(stored, str) else ""}
    ), findings


def examine_toml(
    raw: Mapping[str, Any],
    record: Instrument,
    language: str,
    where: str,
    *,
    speak: str = "en",
    kept: bool = False,
    today: str = "",
) -> tuple[Attachment | None, tuple[Finding, ...]]:
    """Return the sentences in the content of a TOML file; see `examine_rows`."""
    rows, strange = rows_of_toml(raw, record, where)
    findings = [
        Finding("wording.not-a-text", Severity.ERROR, f"{where}, {place}") for place in strange
    ]
    for key, expected in (("instrument", record.id), ("language", language)):
        if (value := raw.get(key, expected)) != expected:
            facts = {"value": str(value)[:60], "expected": expected}
            place = f"{where}, {key}"
            findings.append(Finding(f"wording.other-{key}", Severity.ERROR, place, facts))
    attachment, remarks = examine_rows(
        record, language, rows, where, speak=speak, kept=kept, today=today
    )
    findings += remarks
    return (None if has_errors(findings) else attachment), tuple(findings)


def attached_toml(record: Instrument, given: Attachment, speak: str) -> str:
    """Return the file in which a study keeps attached sentences.

    Parameters
    ----------
    record : Instrument
        Whose sentences they are; its order is kept.
    given : Attachment
        The sentences.
    speak : str
        Language of the remark at the top.
    """
    about = resolve(Message("wording.file-about"), speak)
    lines = [*(f"# {line}" for line in about.split("\n")), ""]
    top = {
        "instrument": record.id,
        "version": record.version,
        "language": given.language,
        "source": given.source,
        "changed": given.change.value,
        "digest": given.digest,
        "title": given.title,
        "instruction": given.instruction,
    }
    lines += [f"{key} = {toml_text(text)}" for key, text in top.items() if text]
    lines += _table("permission", {"name": given.permission, "date": given.date})
    order = [item.id for item in record.items if item.id in given.sentences]
    lines += _table("sentences", {code: given.sentences[code] for code in order})
    lines += _table("points", {name: given.points[name] for name in sorted(given.points)})
    lines += _table("dont_know", {name: given.dont_know[name] for name in sorted(given.dont_know)})
    return "\n".join(lines) + "\n"


def missing_sentences(instrument: Instrument, language: str) -> tuple[str, ...]:
    """Return the codes of the items that have no sentence in a language."""
    return tuple(item.id for item in instrument.items if not item.text.get(language, "").strip())


def _table(name: str, pairs: Mapping[str, str | Sequence[str]]) -> list[str]:
    lines = [line for key, value in pairs.items() for line in toml_line(toml_key(key), value)]
    return ["", f"[{name}]", *lines] if lines else []


def _placed(finding: Finding, path: Path) -> Finding:
    """Return a remark of the TOML reader with the folder before the name of the file."""
    rest = finding.where.removeprefix(str(path)).removeprefix(path.name)
    where = f"{WORDINGS_FOLDER}/{path.name}{rest}"
    return Finding(finding.code, finding.severity, where, finding.facts)
