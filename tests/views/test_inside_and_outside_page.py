"""What is seen from outside stands beside what the group says, on the page about saying."""

from __future__ import annotations

import html
import re

import pytest

from lcdiag.api import diagnose, open_study, read_responses, render
from lcdiag.instrument.outside import OutsideSource
from lcdiag.responses.outside import OutsideRating, OutsideRatings
from lcdiag.workflow.study import sample_study

NOBODY = "Hier keek niemand van buiten mee."


@pytest.fixture(scope="module")
def material():
    study = open_study(sample_study())
    responses = read_responses(study)
    first = responses.community == study.settings.communities[0].name
    return study, responses.rows(first)  # one community is enough for its page


def page(material, *ratings: OutsideRating) -> str:
    found = diagnose(*material, made="", outside=OutsideRatings(ratings))
    text = render(found, ratings[0].community if ratings else found.communities[0], explore=False)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def rated(material, source: OutsideSource, subject: str, rating: int, *, shared: bool = False):
    study, responses = material
    place = study.settings.communities[0].name
    wave = int(responses.wave[responses.community == place].max())
    return OutsideRating(place, wave, source, subject, rating, shared)


def test_a_shared_rating_and_the_mean_of_those_represented_are_shown(material) -> None:
    shared = rated(material, OutsideSource.FACILITATOR, "lc-safety:safety", 3, shared=True)
    home = [rated(material, OutsideSource.HOME, "th1", one) for one in (3, 4, 5, 2, 4, 6)]
    text = page(material, shared, *home)
    assert "Wat de begeleider ziet" in text
    assert re.search(r"Veiligheid in de groep 3,0 \d,\d \(\d+\)", text)
    assert "Wij weten wat er in die groep gebeurt. 4,0 (6)" in text


def test_few_ratings_and_unshared_ones_are_not_to_be_seen(material) -> None:
    private = rated(material, OutsideSource.FACILITATOR, "lc-safety:safety", 1)
    home = [rated(material, OutsideSource.HOME, "th1", one) for one in (3, 4, 5, 4)]
    text = page(material, private, *home)
    assert "Wat de begeleider ziet" not in text
    assert "Wij weten wat er in die groep gebeurt. niet getoond" in text


def test_without_a_view_from_outside_the_page_says_what_it_cannot_see(material) -> None:
    assert NOBODY in page(material)
    shared = rated(material, OutsideSource.FACILITATOR, "lc-safety:safety", 3, shared=True)
    study, responses = material
    alone = (study, responses.rows(responses.wave == shared.wave))
    assert NOBODY not in page(alone, shared)
