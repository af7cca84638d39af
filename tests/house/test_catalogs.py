"""The sentences: every language has the same ids, placeholders and plural forms."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from lcdiag.base.shelf import locale_folder
from lcdiag.base.text import catalog, languages
from lcdiag.instrument.layout import AGREEMENT_FILE, RELEASES_FILE

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = sorted({path.stem for path in locale_folder().rglob("*.po")})


def forms(sentence: str | tuple[str, ...]) -> tuple[str, ...]:
    return (sentence,) if isinstance(sentence, str) else sentence


def placeholders(sentence: str | tuple[str, ...]) -> set[str]:
    return {
        field
        for form in forms(sentence)
        for _, field, _, _ in string.Formatter().parse(form)
        if field is not None
    }


@pytest.mark.parametrize("domain", DOMAINS)
def test_languages_have_the_same_sentences(domain: str) -> None:
    first, *others = languages()
    reference = catalog(first, domain).sentences
    assert reference
    for language in others:
        here = catalog(language, domain).sentences
        assert set(here) == set(reference)
        for key, sentence in here.items():
            assert placeholders(sentence) == placeholders(reference[key]), key
            assert all(forms(sentence)), key


def test_every_message_in_the_code_has_a_sentence() -> None:
    known = {key for domain in DOMAINS for key in catalog("en", domain).sentences}
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("lcdiag", "reports")
        for pattern in ("*.py", "*.j2", "*.js")
        for path in sorted((ROOT / folder).rglob(pattern))
    ]
    written = set()
    for text in texts:
        written |= set(re.findall(r"[\"']([a-z]+\.[a-z0-9.-]+)[\"']", text))
    missing = {
        word for word in written if word.split(".")[0] in DOMAINS and word not in known
    } - _names_that_are_no_messages()
    assert not missing


def _names_that_are_no_messages() -> set[str]:
    """Return modules and files that look like a message id."""
    modules = {
        ".".join(path.relative_to(ROOT / "lcdiag").with_suffix("").parts)
        for path in (ROOT / "lcdiag").rglob("*.py")
    }
    files = {path.name for path in ROOT.rglob("*.*")} | {"releases.json"}
    return modules | files | {RELEASES_FILE, AGREEMENT_FILE}


def test_catalog_files_are_well_formed() -> None:
    for path in locale_folder().rglob("*.po"):
        ids = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.M)
        assert len(ids) == len(set(ids)), f"{path}: an id stands twice"
