"""Names and sentences that try to break out, from the study folder to the file: they stay text."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from end_to_end.hostile_study import COMMUNITIES, NAMES, PARTIES, settings, write

from lcdiag import diagnose, open_study
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.index import render_index
from lcdiag.views.render import render_dashboard


class Tags(HTMLParser):
    """The names of all elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="module")
def diagnosis(tmp_path_factory: pytest.TempPathFactory) -> Diagnosis:
    return diagnose(write(tmp_path_factory.mktemp("hostile") / "study"), made="2026-11-10")


@pytest.mark.parametrize("community", COMMUNITIES, ids=["markup", "closing", "long"])
def test_names_and_sentences_become_text_and_nothing_else(
    diagnosis: Diagnosis, community: str
) -> None:
    html = render_dashboard(diagnosis, community, explore=False)
    bare = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", html)
    tags = Tags()
    tags.feed(bare)
    assert not tags.names & {"img", "iframe", "object", "embed", "form", "base", "link", "script"}
    assert not [name for name in tags.attributes if name.startswith("on") or name == "style"]
    seen = unescape(re.sub(r"<[^>]+>", "\n", bare))
    for name in NAMES.values():
        assert f"{name} (nl)" in seen
    assert community in seen
    assert len(re.findall(r"<script\b", html)) == len(re.findall(r"</script>", html))
    (island,) = re.findall(r'(?s)id="texts">(.*?)</script>', html)
    assert any(NAMES["closing"] in text for text in json.loads(island)["en"])


def test_parties_are_named_as_they_are_written(diagnosis: Diagnosis) -> None:
    html = render_dashboard(diagnosis, COMMUNITIES[0], explore=False)
    for name in PARTIES:
        assert name in unescape(html)
    index = render_index(diagnosis, [(name, "a.html") for name in COMMUNITIES])
    assert "<img" not in index
    assert all(name in unescape(index) for name in COMMUNITIES)


@pytest.mark.parametrize(
    ("communities", "parties"), [(("", "Noord"), PARTIES), (("Noord",), ("", "School"))]
)
def test_an_empty_name_is_refused(
    tmp_path: Path, communities: tuple[str, ...], parties: tuple[str, ...]
) -> None:
    folder = write(tmp_path / "s")
    (folder / "study.toml").write_text(settings(communities, parties), encoding="utf-8")
    with pytest.raises(Exception, match=r"name|naam"):
        open_study(folder)


@pytest.mark.parametrize("key", ["text.nl", "label.nl"])
def test_an_empty_sentence_or_label_is_refused(tmp_path: Path, key: str) -> None:
    folder = write(tmp_path / "s")
    own = folder / "own.toml"
    head, items = own.read_text(encoding="utf-8").split("[[items]]", 1)
    spoiled = re.sub(rf'(?m)^{re.escape(key)} = ".*"$', f'{key} = ""', items, count=1)
    assert spoiled != items
    own.write_text(f"{head}[[items]]{spoiled}", encoding="utf-8")
    with pytest.raises(Exception, match=r"text|label"):
        open_study(folder)
