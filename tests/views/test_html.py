from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from lcdiag.base.text import Number, Wording
from lcdiag.views.html import Speech, json_island, mark, tag

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)


@given(TEXTS, TEXTS)
def test_content_and_attributes_never_open_an_element(content: str, value: str) -> None:
    made = tag("p", content, title=value)
    inside = made[len('<p title="') : -len("</p>")]
    assert made.startswith('<p title="')
    assert "<" not in inside
    assert inside.count('"') == 1


def test_markup_stays_and_attributes_follow_their_rules() -> None:
    made = tag("a", Markup("<b>x</b>"), class_="k", data_i=3, hidden=True, title=None)
    assert made == '<a class="k" data-i="3" hidden><b>x</b></a>'
    assert mark("rect", x="1%") == '<rect x="1%"/>'


@given(TEXTS)
def test_json_in_a_script_element_cannot_be_closed(content: str) -> None:
    hostile = f"</script><!--{content}\u2028&"
    made = str(json_island([hostile]))
    assert json.loads(made) == [hostile]
    assert not set("<>&\u2028\u2029") & set(made)


def test_only_texts_that_differ_between_languages_take_a_place() -> None:
    speech = Speech(("nl", "en"))
    assert speech.tag("p", "Warmte") == "<p>Warmte</p>"
    both = Wording({"nl": "ja", "en": "yes"})
    assert speech.tag("p", both) == '<p data-i="0">ja</p>'
    assert speech.tag("b", both) == '<b data-i="0">ja</b>'
    assert speech.tag("p", Number(5.5)) == '<p data-i="1">5,5</p>'
    assert speech.table() == {"nl": ["ja", "5,5"], "en": ["yes", "5.5"]}


def test_shared_marks_stand_once() -> None:
    speech = Speech(("nl",))
    first = speech.shared(Markup("<line/>"))
    assert speech.shared(Markup("<line/>")) == first
    assert speech.definitions().count("<line/>") == 1


def test_material_in_one_language_only_carries_its_own() -> None:
    dutch, both = Wording({"nl": "dwarsligger"}), Wording({"nl": "ja", "en": "yes"})
    assert Speech(("nl", "en")).tag("p", dutch) == '<p lang="nl">dwarsligger</p>'
    assert Speech(("en",)).text(dutch) == '<span lang="nl">dwarsligger</span>'
    assert Speech(("nl",)).text(dutch) == "dwarsligger"
    assert "lang" not in Speech(("nl", "en")).tag("p", both)
