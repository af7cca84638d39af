"""Text tables: which bytes, which separator, which records."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from lcdiag.base.errors import LcdiagError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SEPARATORS = (";", ",", "\t", "|")
_SAMPLE = 65_536
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what is needed to write it the same way again."""

    text: str
    codec: str
    mark: bytes
    """The byte order mark, or nothing."""

    def encode(self, text: str) -> bytes:
        """Return a text in the encoding of this file."""
        return self.mark + text.encode(self.codec)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a text table and the lines it stands on (from 0, last not included)."""

    cells: list[str]
    first: int
    last: int


def decode(raw: bytes, place: str) -> Decoded:
    """Return the text of a file.

    UTF-8 and UTF-16, by their mark or by their form, else Windows-1252.

    Raises
    ------
    LcdiagError
        ``responses.file-binary`` when the bytes are no text.
    """
    try:
        for mark, codec in _MARKS:
            if raw.startswith(mark):
                return Decoded(raw[len(mark) :].decode(codec), codec, mark)
        if b"\0" in raw[:_SAMPLE]:
            codec = _unmarked_utf16(raw[:_SAMPLE])
            return Decoded(raw.decode(codec), codec, b"")
        if raw[:_SAMPLE].translate(None, _CONTROL) != raw[:_SAMPLE]:
            raise LcdiagError.single("responses.file-binary", place)
        try:
            return Decoded(raw.decode("utf-8"), "utf-8", b"")
        except UnicodeDecodeError:
            return Decoded(raw.decode("cp1252"), "cp1252", b"")
    except (UnicodeDecodeError, LookupError) as error:
        raise LcdiagError.single("responses.file-binary", place) from error


def separator(text: str) -> str:
    """Return the separator under which the first records agree best on their length."""
    if text[:4].lower() == "sep=" and len(text) > 4:
        return text[4]
    sample = text[:_SAMPLE]
    cut = len(text) > _SAMPLE

    def quality(sign: str) -> tuple[float, int]:
        try:
            records = [row for row in itertools.islice(_rows(sample, sign), 25) if row]
        except csv.Error:
            return (0.0, 0)
        if cut and 1 < len(records) < 25:
            records.pop()
        if not records or len(records[0]) < 2:
            return (0.0, 0)
        width = len(records[0])
        return (sum(len(row) == width for row in records) / len(records), width)

    best = max(_SEPARATORS, key=quality)
    return best if quality(best)[1] else ","


def records(text: str, sign: str, place: str) -> Iterator[Record]:
    """Yield all records, blank lines included.

    Raises
    ------
    LcdiagError
        ``responses.file-cut`` when a quotation mark is opened and never closed.
    """
    strict = _is_strict(text, sign, place)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=strict)
    first = 0
    try:
        for cells in reader:
            yield Record(cells, first, reader.line_num)
            first = reader.line_num
    except csv.Error as error:
        raise _cut(place, reader.line_num) from error


def lines(text: str) -> list[str]:
    """Return the lines that `Record` counts, with their ends."""
    return list(io.StringIO(text, newline=""))


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=sign))


def _is_strict(text: str, sign: str, place: str) -> bool:
    """Return whether all quotes are written by the book.

    Programs that do not double their quotes exist; their files are read leniently, but a quote
    that swallows the rest of the file is an error in both.
    """
    if '"' not in text:
        return True
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error as error:
        if "end of data" in str(error) or "limit" in str(error):
            raise _cut(place, reader.line_num) from error
        return False
    return True


def _cut(place: str, line: int) -> LcdiagError:
    return LcdiagError.single("responses.file-cut", place, {"row": line})


def _unmarked_utf16(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    raise LookupError("neither text nor UTF-16")
