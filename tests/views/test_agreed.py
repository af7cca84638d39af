"""What was agreed stands on the page of change at the next wave, as text and nothing else."""

from __future__ import annotations

from sample import COMMUNITY, one_wave, small

from lcdiag.base.text import resolve
from lcdiag.diagnosis.model import Agreed, Diagnosis, PartyInvited
from lcdiag.views.agreed import agreed_blocks
from lcdiag.views.blocks import Facts, Lines
from lcdiag.views.pages.development import make
from lcdiag.views.reading import latest
from lcdiag.views.render import render_dashboard

HOSTILE = '<script>alert(1)</script> {wave} & "x"'


def with_points(diagnosis: Diagnosis, *points: Agreed) -> Diagnosis:
    return diagnosis.model_copy(update={"agreed": points})


def point(text: str, wave: int = 1, **more: object) -> Agreed:
    return Agreed.model_validate({"community": COMMUNITY, "wave": wave, "text": text} | more)


def table(diagnosis: Diagnosis) -> list[list[str]]:
    reading = latest(diagnosis, COMMUNITY)
    assert reading is not None
    facts = [block for block in agreed_blocks(reading) if isinstance(block, Facts)]
    return [[resolve(cell, "nl") for cell in row] for one in facts for row in (one.head, *one.rows)]


def test_points_of_the_wave_before_with_what_is_known_of_them() -> None:
    made = with_points(
        small(),
        point("Samen eten", who="Netbeheer", by="2027-03-01", done=True),
        point("Agenda delen"),
        point("Van nu", wave=2),
        Agreed(community="Elders", wave=1, text="Van een ander"),
    )
    assert table(made) == [
        ["Afspraak", "Wie", "Voor", "Gedaan"],
        ["Samen eten", "Netbeheer", "1 maart 2027", "ja"],
        ["Agenda delen", "", "", ""],
    ]


def test_only_columns_with_something_in_them() -> None:
    assert table(with_points(small(), point("Samen eten"))) == [["Afspraak"], ["Samen eten"]]


def test_without_points_there_are_lines_to_write_on() -> None:
    reading = latest(small(), COMMUNITY)
    assert reading is not None
    assert [type(block) for block in agreed_blocks(reading)] == [Lines]


def test_in_the_first_wave_nothing_was_agreed_before() -> None:
    assert table(with_points(one_wave(), point("Samen eten"))) == []


def test_hostile_text_appears_as_text() -> None:
    html = render_dashboard(
        with_points(small(), point(HOSTILE, who=HOSTILE)), COMMUNITY, explore=False
    )
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {wave} &amp; " in html


def test_a_wave_that_was_skipped_is_named_with_the_parties() -> None:
    made = small()
    first, second = made.sample
    more = PartyInvited(party="Provincie", sector="overheid", invited=2)
    later = second.model_copy(update={"wave": 3, "parties": (*second.parties[1:], more)})
    waves = (*made.waves, made.waves[1].model_copy(update={"number": 3, "title": {}}))
    moved = tuple(
        m.model_copy(update={"at": m.at.model_copy(update={"wave": 3})}) if m.at.wave == 2 else m
        for m in made.measures
    )
    page = make(
        made.model_copy(update={"sample": (first, later), "waves": waves, "measures": moved}),
        COMMUNITY,
    )
    assert page is not None
    said = str(page)
    assert "views.wave-skipped" in said
    assert "views.parties-came" in said
    assert "Provincie" in said
    assert "views.parties-went" in said
