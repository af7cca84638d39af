"""Which parties came and went, and what was agreed: of one community only, never from answers."""

from __future__ import annotations

import dataclasses

from small_study import make_responses, make_study

from lcdiag.diagnosis.composition import party_changes
from lcdiag.diagnosis.diagnose import diagnose
from lcdiag.diagnosis.model import Agreed, Diagnosis
from lcdiag.instrument.study import ActionPoint, RosterRow

WAVES = (1, 2, 3, 4)


def diagnosis(invited: dict[int, tuple[str, ...]], answered: tuple[int, ...] = WAVES) -> Diagnosis:
    """North as described; South always answers and always has the same two parties."""
    roster = [
        RosterRow("North", name, "Public", wave, 3)
        for wave, names in invited.items()
        for name in names
    ]
    roster += [RosterRow("South", name, "Public", w, 3) for w in WAVES for name in ("Alder", "Oak")]
    rows: list[dict[str, object]] = [
        {"person": f"{place}{n}", "community": place, "wave": wave, "all": 4}
        for place in ("North", "South")
        for wave in (answered if place == "North" else WAVES)
        for n in range(6)
    ]
    points = tuple(ActionPoint(community=c, wave=1, text=f"In {c}") for c in ("North", "South"))
    study = make_study(waves=WAVES, roster=tuple(roster))
    study = dataclasses.replace(study, action_points=points)
    return diagnose(study, make_responses(rows), made="2026-01-01")


def test_parties_that_came_came_back_and_went():
    found = party_changes(
        diagnosis({1: ("Alder", "Birch"), 2: ("Alder",), 3: ("Alder", "Birch", "Cedar"), 4: ()}),
        "North",
    )
    assert [(one.since, one.wave, one.skipped) for one in found] == [
        (1, 2, ()),
        (2, 3, ()),
        (3, 4, ()),
    ]
    assert [(one.came, one.back, one.went) for one in found] == [
        ((), (), ("Birch",)),
        (("Cedar",), ("Birch",), ()),
        ((), (), ()),
    ]


def test_a_skipped_wave_is_named_and_the_one_before_it_compared_with():
    invited = {1: ("Alder",), 2: ("Alder", "Birch"), 3: ("Alder", "Birch"), 4: ("Birch",)}
    (one,) = party_changes(diagnosis(invited, answered=(1, 4)), "North")
    assert (one.since, one.wave, one.skipped) == (1, 4, (2, 3))
    assert (one.came, one.went) == (("Birch",), ("Alder",))


def test_it_can_be_worked_out_again_from_the_json():
    whole = diagnosis({1: ("Alder",), 2: ("Birch",)}, answered=(1, 2))
    again = Diagnosis.from_json(whole.only("North").to_json())
    assert party_changes(again, "North") == party_changes(whole, "North")
    assert party_changes(whole.only("North"), "South") == ()


def test_what_was_agreed_stays_with_its_community():
    whole = diagnosis({1: ("Alder",)})
    assert [one.text for one in whole.agreed] == ["In North", "In South"]
    part = whole.only("South")
    assert part.agreed == (Agreed(community="South", wave=1, text="In South"),)
    assert "In North" not in part.to_json()
    assert Diagnosis.from_json(part.to_json()) == part


def test_what_was_agreed_changes_no_number():
    whole = diagnosis({1: ("Alder",)})
    study = make_study(waves=WAVES)
    rows = [{"person": f"p{n}", "wave": 1, "all": 4} for n in range(6)]
    points = (ActionPoint(community="Nowhere", wave=1, text="Unknown"),)
    other = dataclasses.replace(study, action_points=points)
    first = diagnose(study, make_responses(rows), made="2026-01-01")
    assert diagnose(other, make_responses(rows), made="2026-01-01") == first
    assert len(whole.agreed) == 2
