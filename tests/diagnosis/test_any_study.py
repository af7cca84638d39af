"""Names say nothing and the order of rows says nothing; a study of one of each stays modest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lcdiag.base.estimate import Estimate
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.instrument.compose import compose
from lcdiag.instrument.study import Community, Party, RosterRow, Study, StudySettings, Wave
from lcdiag.planning.simulate import Meeting, Seat, Spread, Truth, simulate_responses
from lcdiag.responses.model import ResponseSet

BLOCKS = (
    "lc-safety",
    "lc-trust:between",
    "lc-conflict:task",
    "lc-conflict:relationship",
    "lc-collusion",
    "lc-representative",
    "lc-party-grid",
)
PARTIES = ("Aap", "Noot", "Mies", "Wim", "Zus", "Jet")
SECTORS = ("onderwijs", "bedrijven", "overheid")
OTHER_NAMES = {
    "Aap": "<b>Zeven</b>",
    "Noot": "Één & ander",
    "Mies": "O'Brien",
    "Wim": "=1+1",
    "Zus": "مرحبا",
    "Jet": "x" * 60,
}


def made(
    names: dict[str, str] | None = None,
    *,
    communities: int = 6,
    waves: int = 2,
    parties: int = 6,
    languages: tuple[str, ...] = ("nl", "en"),
) -> tuple[Study, ResponseSet]:
    """Return a simulated study; other names change nothing else of it."""
    called = [(names or {}).get(one, one) for one in PARTIES[:parties]]
    asked = compose([[one] for one in BLOCKS], languages, parties=called, seats=parties)
    seats = [
        Seat(f"{community}-{number}", called[number % parties], SECTORS[number % parties % 3])
        for community in range(communities)
        for number in range(6 + 2 * community)
    ]
    places = [f"Gemeenschap {number}" for number in range(communities)]
    here = {
        place: tuple(s for s in seats if s.person.startswith(f"{i}-"))
        for i, place in enumerate(places)
    }
    meetings = [
        Meeting(place, wave, here[place], Truth(elsewhere=4 + number / 5))
        for number, place in enumerate(places)
        for wave in range(1, waves + 1)
    ]
    responses = simulate_responses(
        asked, meetings, rng=np.random.default_rng(1), spread=Spread(missing=0.02, dont_know=0.02)
    )
    settings = StudySettings(
        title="Proef",
        languages=languages,
        instruments=BLOCKS,
        communities=tuple(Community(name=place) for place in places),
        parties=tuple(Party(name=name, sector=SECTORS[i % 3]) for i, name in enumerate(called)),
        waves=tuple(Wave(number=wave) for wave in range(1, waves + 1)),
    )
    roster = tuple(
        RosterRow(place, name, SECTORS[i % 3], wave, 1 + sum(s.party == name for s in here[place]))
        for place in places
        for wave in range(1, waves + 1)
        for i, name in enumerate(called)
    )
    return Study(Path(), settings, asked, roster), responses


def assert_same(at: object, left: object, right: object) -> None:
    """Assert that two cells are equal but for rounding inside the machine."""
    if not isinstance(left, Estimate) or left.value is None:
        assert left == right, at
        return
    assert isinstance(right, Estimate)
    for a, b in ((left.value, right.value), (left.low, right.low), (left.high, right.high)):
        assert (a is None) == (b is None), at
        assert a is None or a == pytest.approx(b, abs=1e-6), at


@pytest.mark.parametrize("internal", [True, False])
def test_other_names_of_parties_change_names_only(internal: bool) -> None:
    first_study, second_study = made(), made(OTHER_NAMES)
    one = diagnose(*first_study, made="", internal=internal)
    other = diagnose(*second_study, made="", internal=internal)
    codes = dict(zip(first_study[1].columns, second_study[1].columns, strict=True))
    assert len(one.measures) == len(other.measures) > 3000
    for first, second in zip(one.measures, other.measures, strict=True):
        assert_same(first.at, first.cell, second.cell)
        unit = first.at.unit
        assert second.at.subject == codes.get(first.at.subject, first.at.subject)
        assert second.at.unit.name == OTHER_NAMES.get(unit.name, unit.name)
    assert [(s.indicator, s.wave, s.strength) for s in one.signals] == [
        (s.indicator, s.wave, s.strength) for s in other.signals
    ]


@pytest.mark.parametrize("internal", [True, False])
def test_the_order_of_rows_changes_nothing(internal: bool) -> None:
    study, responses = made()
    order = np.random.default_rng(2).permutation(len(responses))
    turned = replace(
        responses,
        **{
            name: getattr(responses, name)[order]
            for name in ("person", "community", "party", "sector", "wave", "language", "codes")
        },
    )
    one, other = (diagnose(study, r, made="", internal=internal) for r in (responses, turned))
    assert [m.at for m in one.measures] == [m.at for m in other.measures]
    for first, second in zip(one.measures, other.measures, strict=True):
        assert_same(first.at, first.cell, second.cell)
    assert one.signals == other.signals


@pytest.mark.parametrize(
    "shape",
    [
        {"waves": 1},
        {"communities": 1},
        {"parties": 1},
        {"languages": ("en",)},
        {"waves": 1, "communities": 1, "parties": 1, "languages": ("nl",)},
    ],
    ids=["one wave", "one community", "one party", "one language", "one of each"],
)
def test_a_study_of_one_of_each_says_only_what_it_can(shape: dict[str, object]) -> None:
    study, responses = made(**shape)
    found = diagnose(study, responses, made="", internal=True)
    statistics = {
        m.at.statistic
        for m in found.measures
        if isinstance(m.cell, Estimate) and m.cell.value is not None
    }
    assert "mean" in statistics
    assert Diagnosis.from_json(found.to_json()) == found
    released = diagnose(study, responses, made="")
    assert Diagnosis.from_json(released.to_json()) == released
    if shape.get("waves") == 1:
        assert not {one for one in statistics if one.startswith(("change", "reliable_change"))}
    if shape.get("communities") == 1:
        assert not {
            one
            for one in statistics
            if one.startswith(("icc_", "mean_shrunken", "mean_over_study"))
        }
        assert "variance_share.community" not in statistics
    if shape.get("parties") == 1:
        assert not {one for one in statistics if one.startswith(("directed", "social_relations"))}
        assert "variance_share.party" not in statistics
    languages = {key for item in found.words.items for key in item.text}
    assert languages == set(study.settings.languages)
    assert "lc-collusion:abilene" not in {signal.indicator for signal in found.signals}
