"""Self-made codes find their person again, also with a slip, and never two people at once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lcdiag.base.text import sentence
from lcdiag.importers.folder import read_answers
from lcdiag.responses.admit import admit
from lcdiag.responses.linking import match_codes
from lcdiag.survey.open import open_study


def linked(first: list[str], second: list[str]) -> list[tuple[str, str]]:
    """Who the codes of the second wave are, and how that was found."""
    codes = [*first, *second]
    waves = [1] * len(first) + [2] * len(second)
    found = match_codes(codes, ["one"] * len(codes), waves)
    return list(zip(found.person, found.how, strict=True))[len(first) :]


def test_equal_codes_are_one_person():
    assert linked(["an-ho-07", "ma-ke-30"], ["ma-ke-30"]) == [("ma-ke-30", "exact")]


def test_accents_spaces_zeros_and_whole_names_make_no_difference():
    for typed in ("ém-ho-07", "em-ho-7", "emma-ho-07", "e m-h o-07", "EM-HO-07", "em-hoofd-7e"):
        assert linked(["em-ho-07", "zo-ka-30"], [typed]) == [("em-ho-07", "tolerant")], typed


def test_one_part_with_a_slip_is_the_same_person():
    for typed in ("en-ho-07", "me-ho-07", "em-hp-07", "em-ho-70", "em-ho-17"):
        assert linked(["em-ho-07", "zo-ka-30"], [typed]) == [("em-ho-07", "tolerant")], typed


def test_another_answer_or_two_slips_are_another_person():
    for typed in ("zi-ho-07", "em-ho-25", "en-hp-07", "em-07-ho", "em-ho", "em-ho-07-1", "---"):
        assert linked(["em-ho-07", "zo-ka-30"], [typed]) == [(typed, "unmatched")], typed


def test_who_could_be_two_people_stays_open():
    assert linked(["em-ho-07", "en-ho-07"], ["ev-ho-07"]) == [("ev-ho-07", "ambiguous")]
    two = linked(["em-ho-07"], ["en-ho-07", "ev-ho-07"])
    assert two == [("en-ho-07", "ambiguous"), ("ev-ho-07", "ambiguous")]


def test_an_exact_code_leaves_nobody_for_a_slip():
    assert linked(["em-ho-07"], ["em-ho-07", "en-ho-07"]) == [
        ("em-ho-07", "exact"),
        ("en-ho-07", "unmatched"),
    ]


def test_a_person_is_found_again_after_a_skipped_wave_and_under_either_spelling():
    codes = ["em-ho-07", "zo-ka-30", "en-ho-07", "en-ho-7", "em-ho-07"]
    found = match_codes(codes, ["one"] * 5, [1, 2, 3, 4, 5])
    assert found.person == ["em-ho-07", "zo-ka-30", "em-ho-07", "em-ho-07", "em-ho-07"]
    assert found.how == ["first", "unmatched", "tolerant", "tolerant", "exact"]


def test_a_slip_links_within_a_community_only():
    found = match_codes(["em-ho-07", "en-ho-07", "zo-ka-30"], ["one", "two", "two"], [1, 2, 1])
    assert found.person == ["em-ho-07", "en-ho-07", "zo-ka-30"]


PART = st.sampled_from(["em", "en", "ev", "me", "zo"])
CODE = st.builds("{}-{}-{}".format, PART, PART, st.sampled_from(["07", "7", "17", "30"]))
WAVES = st.lists(st.lists(CODE, max_size=6, unique=True), min_size=1, max_size=4)


@given(WAVES, st.randoms())
@settings(max_examples=200)
def test_nobody_is_two_people_of_one_wave_and_the_order_does_not_matter(waves, random):
    rows = [(code, number) for number, codes in enumerate(waves) for code in codes]
    found = match_codes([c for c, _ in rows], ["one"] * len(rows), [w for _, w in rows])
    people = [(name, wave) for name, (_, wave) in zip(found.person, rows, strict=True)]
    assert len(set(people)) == len(people)
    order = list(range(len(rows)))
    random.shuffle(order)
    again = match_codes(
        [rows[i][0] for i in order], ["one"] * len(rows), [rows[i][1] for i in order]
    )
    assert [again.person[order.index(i)] for i in range(len(rows))] == found.person


def test_answers_of_two_waves_are_linked_and_the_quality_is_said(tmp_path):
    settings_ = 'title = "Proef"\ninstruments = ["lc-trust:between", "lc-link"]\n'
    settings_ += 'communities = ["Warmte"]\nwaves = [{number = 1}, {number = 2}]\n'
    (tmp_path / "study.toml").write_text(settings_, encoding="utf-8")
    study = open_study(tmp_path)
    questions = [one.text["nl"] for one in study.questionnaire.open_questions]
    typed = {1: ["Em;Ho;07", "Zo;Ka;30", "Ti;Du;12"], 2: ["ém;ho;7", "Zo;Ka;31", "Wi;Ba;01"]}
    for wave, codes in typed.items():
        folder = tmp_path / "antwoorden" / f"meetmoment-{wave}"
        folder.mkdir(parents=True)
        head = ";".join([*study.questionnaire.codes, *(f'"{one}"' for one in questions)])
        lines = [head, *(f"5;4;6;5;{3 + n};{code}" for n, code in enumerate(codes))]
        (folder / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sheets, _ = read_answers(study)
    responses = admit(sheets, study.questionnaire, study=study)
    person = responses.person.tolist()
    assert person[3:5] == person[:2]
    assert len(set(person)) == 4
    (remark,) = [one for one in responses.findings if one.code == "responses.codes-linked"]
    assert {key: remark.facts[key] for key in ("exact", "tolerant", "ambiguous", "unmatched")} == {
        "exact": 0,
        "tolerant": 2,
        "ambiguous": 0,
        "unmatched": 1,
    }
    assert sentence(remark, "nl") != sentence(remark, "en")
