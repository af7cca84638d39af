"""From the rows of a wording sheet to attached sentences, with every fault said at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lcdiag.base.cells import safe_cell
from lcdiag.base.findings import Fact, Finding, Severity, has_errors, near_miss
from lcdiag.base.levels import Referent
from lcdiag.base.text import place as place_in_words
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.status import wording_digest
from lcdiag.instrument.worded import Attachment, Change, worded
from lcdiag.instrument.wording_rows import (
    CHANGE_NAMES,
    Target,
    WordingRow,
    all_names,
    dont_know_name,
    formats_used,
    point_name,
    row_name,
    target_of,
)

LONGEST = 300
"""Characters of a sentence; what is longer is no statement to rate."""
LONGEST_OTHER = 1000
"""Characters of any other text."""

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-.](\d{1,2})[-.](\d{4})$")
_TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the direction of writing: they can show another text than is stored."""


def is_language(code: str) -> bool:
    """Return whether this looks like the code of a language: ``nl``, ``de``, ``pt-BR``."""
    return bool(_LANGUAGE.match(code))


def examine_rows(
    record: Instrument,
    language: str,
    rows: Sequence[WordingRow],
    where: str,
    *,
    speak: str = "en",
    kept: bool = False,
    today: str = "",
) -> tuple[Attachment | None, tuple[Finding, ...]]:
    """Return the sentences that the rows hold, or None where they cannot be used.

    Parameters
    ----------
    record : Instrument
        A published record.
    language : str
        Of the sentences; it may be one that the record does not have.
    rows : sequence of WordingRow
        As read from a sheet or a file.
    where : str
        How the reader knows it.
    speak : str
        Language in which findings name the rows.
    kept : bool
        Whether this is the file in the study: a sentence that is missing there is said when
        the sentences are to be printed, so that answers can be read without it.
    today : str
        ISO date, where it is known: permission cannot be of a later day.

    Returns
    -------
    attachment : Attachment or None
        With the digest of the wording; None exactly when a finding is an error.
    findings : tuple of Finding
        Unknown and doubled rows, missing, equal and overlong texts, points without a label, an
        origin or permission that is not stated.
    """
    reader = _Reader(record, language, where, speak, kept=kept, today=today)
    findings = tuple(reader.read(rows))
    if has_errors(findings):
        return None, findings
    found = reader.attachment()
    digest = wording_digest(worded(record, (found,)), language)
    return found.model_copy(update={"digest": digest}), findings


def plain_text(text: str) -> str:
    """Return a cell as one line of composed signs, without the apostrophe of a safe cell."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    return line[1:] if line[:1] == "'" and safe_cell(line[1:]) == line else line


def iso_date(text: str) -> str:
    """Return a date as ``2026-03-31``, also from 31-3-2026; "" where it is none."""
    if match := _DAY_FIRST.match(text):
        text = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


class _Reader:
    """Gathers the texts of the rows by what they are about, then looks at them together."""

    def __init__(
        self,
        record: Instrument,
        language: str,
        where: str,
        speak: str,
        *,
        kept: bool,
        today: str,
    ) -> None:
        self.record = record
        self.language = language
        self.where = where
        self.speak = speak
        self.kept = kept
        self.today = today
        self.found: dict[Target, WordingRow] = {}

    def read(self, rows: Sequence[WordingRow]) -> Iterator[Finding]:
        for row in rows:
            yield from self._take(row)
        yield from self._sentences()
        yield from self._answers()
        yield from self._origin()

    def text(self, kind: str, name: str = "", code: int = 0) -> str:
        """Return what was written for something, or ""."""
        row = self.found.get(Target(kind, name, code))
        return row.text if row else ""

    def attachment(self) -> Attachment:
        """Return what was read; only after nothing was wrong with it."""
        used = formats_used(self.record)
        points = {
            name: tuple(self.text("point", name, code) for code in one.codes)
            for name, one in used.items()
            if any(self.text("point", name, code) for code in one.codes)
        }
        sentences = {item.id: self.text("item", item.id) for item in self.record.items}
        return Attachment(
            language=self.language,
            source=self.text("source"),
            permission=self.text("permission"),
            date=iso_date(self.text("date")),
            change=_change(self.text("changed")) or Change.ADAPTED,
            sentences={code: text for code, text in sentences.items() if text},
            instruction=self.text("instruction"),
            title=self.text("title"),
            points=points,
            dont_know={name: text for name in used if (text := self.text("dont-know", name))},
        )

    def _error(self, code: str, where: str, /, **facts: Fact) -> Finding:
        kept = {key: value for key, value in facts.items() if not (key == "near" and not value)}
        return Finding(f"wording.{code}", Severity.ERROR, where, kept)

    def _take(self, row: WordingRow) -> Iterator[Finding]:
        target = target_of(row.key, self.record)
        options = {one.casefold(): one for one in all_names(self.record, self.speak)}
        if not target.kind:
            near = near_miss(row.key, options.values())
            yield self._error("unknown-row", row.where, value=row.key[:60], near=near)
            return
        if target.kind == "point":
            one = self.record.formats[target.name]
            if target.code not in one.codes:
                yield self._error(
                    "unknown-point", row.where, value=row.key, low=one.low, high=one.high
                )
                return
        if target in self.found:
            first = place_in_words(self.found[target].where, self.speak)
            yield self._error("doubled-row", row.where, value=row.key, first=first)
            return
        text = plain_text(row.text)
        self.found[target] = WordingRow(row.key, text, row.where)
        if any(unicodedata.category(one) in ("Cc", "Cs") or one in _TURNED for one in text):
            yield self._error("control-character", row.where)
        limit = LONGEST if target.kind == "item" else LONGEST_OTHER
        if len(text) > limit:
            yield self._error("too-long", row.where, count=len(text), limit=limit)

    def _sentences(self) -> Iterator[Finding]:
        codes = [item.id for item in self.record.items]
        missing = tuple(code for code in codes if not self.text("item", code))
        if missing and not self.kept:
            yield self._error("missing-sentences", self.where, codes=missing, n=len(missing))
        first: dict[str, str] = {}
        for item in self.record.items:
            if not (text := self.text("item", item.id)):
                continue
            place = self.found[Target("item", item.id)].where
            before = first.setdefault(text.casefold(), item.id)
            if before != item.id:
                yield self._error("same-sentence", place, code=item.id, other=before)
            if (item.referent is Referent.OTHER_PARTY) != ("{party}" in text):
                code = "needs-party" if item.referent is Referent.OTHER_PARTY else "no-party"
                yield self._error(code, place, code=item.id)

    def _answers(self) -> Iterator[Finding]:
        for name, one in formats_used(self.record).items():
            own = one.points.get(self.language)
            given = {code: self.text("point", name, code) for code in one.codes}
            if own is None and not any(given.values()):
                first = point_name(self.record, name, one.low, self.speak)
                last = point_name(self.record, name, one.high, self.speak)
                yield self._error(
                    "no-points", self.where, language=self.language, first=first, last=last
                )
            elif any(given.values()):
                # a format may name its ends only: where the record is silent, so may these be
                silent = {
                    code
                    for labels in one.points.values()
                    for code, label in zip(one.codes, labels, strict=False)
                    if not label.strip()
                }
                open_ = [code for code, text in given.items() if not text and code not in silent]
                names = tuple(point_name(self.record, name, code, self.speak) for code in open_)
                if names:
                    yield self._error("missing-points", self.where, rows=names)
            yield from self._same_points(name, given)
            offered = bool(one.dont_know) and self.language not in one.dont_know
            if offered and not self.text("dont-know", name):
                row = dont_know_name(self.record, name, self.speak)
                yield self._error("no-dont-know", self.where, row=row, language=self.language)

    def _same_points(self, name: str, given: Mapping[int, str]) -> Iterator[Finding]:
        """Yield each point whose words another point has already."""
        first: dict[str, int] = {}
        for code, text in given.items():
            if not text:
                continue
            before = first.setdefault(text.casefold(), code)
            if before != code:
                place = self.found[Target("point", name, code)].where
                yield self._error("same-point", place, value=text[:60], code=code, other=before)

    def _origin(self) -> Iterator[Finding]:
        for kind in ("source", "permission", "date", "changed"):
            target = Target(kind)
            place = self.found[target].where if target in self.found else self.where
            text, row = self.text(kind), row_name(kind, self.speak)
            if not text:
                yield self._error(f"no-{kind}", place, row=row, options=self._changes())
            elif kind in ("source", "permission") and not any(map(str.isalpha, text)):
                yield self._error(f"empty-{kind}", place, value=text[:60])
            elif kind == "date" and not iso_date(text):
                yield self._error("bad-date", place, value=text[:60])
            elif kind == "date" and self.today and iso_date(text) > self.today:
                yield self._error("date-ahead", place, value=iso_date(text))
            elif kind == "changed" and _change(text) is None:
                options = self._changes()
                near = near_miss(text, options)
                facts: dict[str, Fact] = {"value": text[:60], "options": options, "near": near}
                yield self._error("unknown-change", place, **facts)

    def _changes(self) -> tuple[str, ...]:
        return tuple(names.get(self.speak, names["en"]) for names in CHANGE_NAMES.values())


def _change(text: str) -> Change | None:
    """Return what a word says about changes, in any language that we write."""
    plain = text.casefold()
    return next((one for one, names in CHANGE_NAMES.items() if plain in names.values()), None)
