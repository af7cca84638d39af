from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_file import WHOLE, changed, with_ten_mistakes

from lcdiag.base.errors import LcdiagError
from lcdiag.base.findings import Finding, Severity
from lcdiag.base.text import sentence
from lcdiag.instrument.catalogue import instrument_ids, open_instrument
from lcdiag.instrument.model import Instrument
from lcdiag.instrument.read import examine_content, examine_instrument, read_instrument, read_set


def findings_of(text: str) -> tuple[Finding, ...]:
    return examine_content(tomllib.loads(text), "own.toml")[1]


def refused(path: Path) -> Finding:
    with pytest.raises(LcdiagError) as caught:
        read_instrument(path)
    (finding,) = caught.value.findings
    for language in ("nl", "en"):
        said = sentence(finding, language)
        assert path.name in said
        assert not re.search(r"\{\w+\}", said)
    return finding


def test_a_whole_file_is_read_without_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(WHOLE, encoding="utf-8")
    instrument, findings = examine_instrument(path)
    assert findings == ()
    assert instrument is not None
    assert instrument.item("le2").reversed
    assert instrument.format_of("le1").codes == (1, 2, 3)


def test_all_mistakes_are_said_at_once_each_at_its_place() -> None:
    found = {
        (finding.where, finding.code.removeprefix("instrument."), finding.facts.get("near", ""))
        for finding in findings_of(with_ten_mistakes())
        if finding.severity is Severity.ERROR
    }
    assert found >= {
        ("own.toml", "missing-key", ""),
        ("own.toml", "unknown-key", "licence"),
        ("own.toml", "not-an-option", "experimental"),
        ("own.toml, format agree3", "points-count", ""),
        ("own.toml, item le1", "duplicate-code", ""),
        ("own.toml, item LE1", "missing-translation", ""),
        ("own.toml, item LE1", "expected-true-or-false", ""),
        ("own.toml, scale learning, item 2", "unknown-item", "le1"),
        ("own.toml, scale learning", "not-an-option", "higher-worse"),
        ("own.toml, scale learning", "limit-le", ""),
        ("own.toml, scale second", "unknown-key", ""),
        ("own.toml, scale second", "missing-key", ""),
    }


def test_the_error_that_is_raised_carries_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(with_ten_mistakes(), encoding="utf-8")
    with pytest.raises(LcdiagError) as caught:
        read_instrument(path)
    assert len(caught.value.findings) >= 12
    assert all(sentence(finding, "nl") for finding in caught.value.findings)


@pytest.mark.parametrize(
    ("right", "wrong", "code", "where", "near"),
    [
        ('format = "agree3"', 'format = "agree"', "unknown-format", "own.toml, item le1", "agree3"),
        ("high = 3", "high = 1", "format-bounds", "own.toml, format agree3", ""),
        ("low = 1", "low = -1", "format-bounds", "own.toml, format agree3", ""),
        ("low = 1", "low = 1.5", "expected-whole-number", "own.toml, format agree3", ""),
        ('"le1", "le2"', '"le1", "le1"', "item-twice-in-scale", "own.toml, scale learning", ""),
        ('["le1", "le2"]', "[]", "empty-scale", "own.toml, scale learning", ""),
        ('["le1", "le2"]', '"le1"', "expected-list", "own.toml, scale learning", ""),
        ('id = "le1"', 'id = "wave"', "reserved-code", "own.toml, item wave", ""),
        ('id = "le1"', 'id = "le 1"', "bad-id", "own.toml, item le 1", ""),
        ('id = "le1"', 'id = ""', "bad-id", "own.toml, item 1", ""),
        (
            'facet = "learning"',
            'facet = "x"\nfacett = "y"',
            "unknown-key",
            "own.toml, item le1",
            "",
        ),
        ('"group"\nlevel', '"grup"\nlevel', "not-an-option", "own.toml, item le1", "group"),
        ('label = { nl = "Leren", en = "Learning" }', 'label = "Leren"', "expected-table", "", ""),
        ('"We leren van elkaar."', "7", "expected-text", "own.toml, item le1", ""),
        ('"We leren van elkaar."', '" "', "missing-translation", "own.toml, item le1", ""),
        ('"We leren van elkaar."', '"We\\tleren."', "control-character", "own.toml, item le1", ""),
        ("high = 3", "high = 3\nhigh2 = nan", "unknown-key", "own.toml, format agree3", "high"),
    ],
)
def test_each_mistake_has_its_place_and_next_step(
    right: str, wrong: str, code: str, where: str, near: str
) -> None:
    found = [one for one in findings_of(changed(right, wrong)) if one.code == f"instrument.{code}"]
    assert found
    assert found[0].severity is Severity.ERROR
    assert not where or found[0].where == where
    assert not near or found[0].facts["near"] == near
    for language in ("nl", "en"):
        assert not re.search(r"\{\w+\}", sentence(found[0], language))


def test_a_topic_that_names_no_item_is_found_beside_other_mistakes() -> None:
    text = changed('facet = "learning"', 'facet = "learning"\ncolour = "red"') + (
        '\n[[contrasts]]\nid = "t"\nkind = "critical"\nown = "le1"\nothers = "le3"\n'
        'practice = "le1"\nlabel = { nl = "Een", en = "One" }\n'
    )
    said = {(one.code, one.where) for one in findings_of(text)}
    assert ("instrument.unknown-key", "own.toml, item le1") in said
    assert ("instrument.unknown-item", "own.toml, topic t, others") in said
    assert ("instrument.item-twice-in-topic", "own.toml, topic t") in said
    assert not any(code == "instrument.unused-item" for code, _ in said)


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(changed('version = "1.0"', "version = 1.0.0"), encoding="utf-8")
    finding = refused(path)
    assert finding.code == "instrument.syntax"
    assert finding.where == "own.toml, line 2"
    assert finding.facts["text"] == "version = 1.0.0"


def test_a_file_that_stops_halfway_is_told_with_its_last_line(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(WHOLE[: WHOLE.index("We leren") + 4], encoding="utf-8")
    assert refused(path).code == "instrument.syntax"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\n", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"PK\x03\x04 a workbook", "not-text"),
        (b"%PDF-1.7", "not-text"),
        (bytes(range(256)), "not-text"),
        (WHOLE.encode("utf-16"), "not-text"),
        ('title = "idee\u00ebn"'.encode("cp1252"), "not-utf8"),
        (b"#" * 1_000_001, "too-large"),
        (b"a = " + b"[" * 5_000, "too-deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_instrument_gets_one_clear_sentence(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    found = refused(path).code
    assert found == f"instrument.{code}" or (code == "too-deep" and found == "instrument.syntax")


def test_ten_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"")
    os.truncate(path, 10_000_000)
    assert refused(path).code == "instrument.too-large"


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "own.toml").mkdir()
    assert refused(tmp_path / "own.toml").code == "instrument.is-folder"
    assert refused(tmp_path / "other.toml").code == "instrument.no-file"


def test_a_name_that_no_file_can_have_is_refused() -> None:
    instrument, (finding,) = examine_instrument("own\x00.toml")
    assert instrument is None
    assert finding.code in ("instrument.no-file", "instrument.unreadable")


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode("utf-8"))
    plain = tmp_path / "plain.toml"
    plain.write_bytes(WHOLE.encode("utf-8"))
    assert read_instrument(path) == read_instrument(plain)


def test_another_toml_file_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[project]\nname = "x"\n', encoding="utf-8")
    instrument, findings = examine_instrument(path)
    assert instrument is None
    assert {one.code for one in findings} == {"instrument.unknown-key", "instrument.missing-key"}


@pytest.mark.parametrize("value", ["1", "[1, 2]", '"text"', "{}", "2026-11-14", "nan", "[[]]"])
@pytest.mark.parametrize("key", ["items", "scales", "formats", "languages", "source", "title"])
def test_any_value_at_any_key_gives_findings_and_no_traceback(key: str, value: str) -> None:
    raw = tomllib.loads(WHOLE)
    raw[key] = tomllib.loads(f"v = {value}")["v"]
    instrument, findings = examine_content(raw, "own.toml")
    assert instrument is None
    assert findings
    assert all(sentence(finding, "nl") for finding in findings)


def test_a_set_with_mistakes_names_them_all(tmp_path: Path) -> None:
    path = tmp_path / "set.toml"
    path.write_text('id = "s"\nminuts = 3\npages = [{ block = ["lc-safety"] }]\n', encoding="utf-8")
    with pytest.raises(LcdiagError) as caught:
        read_set(path)
    places = {(one.where, one.facts["key"]) for one in caught.value.findings}
    assert {("set.toml", "minuts"), ("set.toml", "title"), ("set.toml, page 1", "block")} <= places


def toml_of(value: Any) -> str:
    """Write plain data as one inline TOML value; enough for models, not a general writer."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        signs = (
            f"\\u{ord(sign):04x}" if ord(sign) < 32 or sign in '"\\\x7f' else sign for sign in value
        )
        return '"' + "".join(signs) + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml_of(k)} = {toml_of(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(toml_of(one) for one in value) + "]"


def written(instrument: Instrument) -> str:
    content = instrument.model_dump(mode="json", exclude_none=True)
    return "\n".join(f"{toml_of(key)} = {toml_of(value)}" for key, value in content.items())


@pytest.mark.parametrize("name", instrument_ids())
def test_ours_come_back_the_same_from_toml(name: str) -> None:
    instrument = open_instrument(name)
    assert examine_content(tomllib.loads(written(instrument)), name)[0] == instrument


sentences = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(st.tuples(sentences, sentences, st.booleans()), min_size=1, max_size=5),
    low=st.integers(0, 3),
    points=st.integers(2, 8),
    share=st.floats(0.01, 1),
)
def test_whatever_was_written_is_what_is_read(
    texts: list[tuple[str, str, bool]], low: int, points: int, share: float
) -> None:
    raw = tomllib.loads(WHOLE)
    labels = [f"point {number}" for number in range(points)]
    raw["formats"]["agree3"] |= {"low": low, "high": low + points - 1}
    raw["formats"]["agree3"]["points"] = {"nl": labels, "en": labels}
    raw["items"] = [
        raw["items"][0] | {"id": f"q{n}", "text": {"nl": nl, "en": en}, "reversed": turned}
        for n, (nl, en, turned) in enumerate(texts)
    ]
    raw["scales"][0] |= {"items": [f"q{n}" for n in range(len(texts))], "min_answered": share}
    instrument, findings = examine_content(raw, "own.toml")
    assert instrument is not None, findings
    again, _ = examine_content(tomllib.loads(written(instrument)), "own.toml")
    assert again == instrument
    assert again.digest == instrument.digest


def test_a_file_that_may_not_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(WHOLE, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refused(path).code == "instrument.unreadable"
