"""The page on levels: each scale at its own level, parties and sectors without a ranking."""

from __future__ import annotations

import re

import pytest
from sample import large, one_wave, small
from test_pages import LANGUAGES, pages, parts, texts

from lcdiag.base.text import resolve
from lcdiag.views.blocks import Figure
from lcdiag.views.figures import Strips


def test_the_small_community_sees_no_hatches_for_parties() -> None:
    levels = pages(small())["levels"]
    labels = {resolve(row.label, "nl") for one in parts(levels, Strips) for row in one.rows}
    assert not labels & {"Andere partijen", "Gemeente Oost"}
    assert any("per partij" in one for one in texts(levels, "nl"))


def test_a_released_party_stands_beside_the_whole_group_and_one_row_for_the_others() -> None:
    levels = pages(large())["levels"]
    rows = [
        [resolve(row.label, "nl") for row in figure.chart.rows]
        for figure in parts(levels, Figure)
        if figure.id.startswith("levels-by-party")
    ]
    assert rows
    expected = ["De hele groep (24 antwoorden)", "Gemeente Oost (8 antwoorden)", "Andere partijen"]
    assert all(row == expected for row in rows)


def test_parties_that_are_hidden_beside_sectors_are_said_to_be() -> None:
    diagnosis = large()
    turned = tuple(
        m.model_copy(
            update={
                "at": m.at.model_copy(
                    update={"unit": m.at.unit.model_copy(update={"kind": "sector"})}
                )
            }
        )
        if m.at.unit.kind == "party"
        else m
        for m in diagnosis.measures
    )
    said = "Cijfers per partij tonen we niet, om mensen te beschermen."
    sectors = diagnosis.model_copy(update={"measures": turned})
    assert said in texts(pages(sectors)["levels"], "nl")
    assert said not in texts(pages(diagnosis)["levels"], "nl")
    assert any(
        one.startswith("Cijfers per partij:") for one in texts(pages(sectors)["words"], "nl")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_parties_have_no_lowest_and_no_highest(language: str) -> None:
    alts = [
        resolve(figure.alt, language)
        for figure in parts(pages(large())["levels"], Figure)
        if figure.id.startswith("levels-by-party")
    ]
    assert alts
    assert not any(re.search(r"laagste|hoogste|lowest|highest", alt) for alt in alts)


def test_each_level_shows_its_own_scales_only() -> None:
    diagnosis = one_wave()
    levels = {scale.id: str(scale.level) for scale in diagnosis.words.scales}
    for figure in parts(pages(diagnosis)["levels"], Figure):
        for theme in figure.themes:
            if not figure.id.endswith(("representative-role-w1", "context-context-w1")):
                assert figure.id.startswith(f"levels-{levels[theme]}-")
