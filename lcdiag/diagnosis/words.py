"""The texts of the material itself, gathered from the questionnaire for the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lcdiag.base.text import in_language, resolve
from lcdiag.diagnosis.directed import (
    pair_scales,
    receivers,
    sector_subjects,
    sectors_about,
)
from lcdiag.diagnosis.model import (
    IndicatorWords,
    InstrumentWords,
    ItemWords,
    PairWords,
    ScaleWords,
    TopicWords,
    Words,
)
from lcdiag.diagnosis.subjects import asked_conditions
from lcdiag.instrument.model import Citation, Contrast, Indicator, Instrument, Item, Scale
from lcdiag.instrument.outside import OutsideSubject
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.round_robin import in_words
from lcdiag.instrument.status import declaration, status_in_study, supporting

Translated = dict[str, str]


def collect_words(
    questionnaire: Questionnaire,
    languages: tuple[str, ...],
    outside: Sequence[OutsideSubject] = (),
    sector_of: Mapping[str, str] | None = None,
) -> Words:
    """Return the words of everything that is asked, in the languages of the study.

    Parameters
    ----------
    questionnaire : Questionnaire
        What is asked; the order of items, scales and topics is kept.
    languages : tuple of str
        Language codes. A text that has none of them is kept in the languages it has.
    outside : sequence of OutsideSubject
        What people outside the table were asked and those at it were not.
    sector_of : mapping, optional
        Party to sector, where sectors and not parties are said to see each other.
    """
    writer = _Writer(languages)
    words = Words(
        items=tuple(writer.item(home, item) for home, item in _questions(questionnaire)),
        scales=tuple(
            writer.scale(questionnaire.as_written(home), _as_written(questionnaire, home, scale))
            for home, scale in questionnaire.scales
        ),
        topics=tuple(writer.topic(home, contrast) for home, contrast in questionnaire.contrasts),
        pairs=tuple(
            pair
            for home, scale in pair_scales(questionnaire)
            for pair in writer.pairs(questionnaire, home, scale, sector_of)
        ),
        instruments=tuple(
            writer.instrument(questionnaire.as_written(home)) for home in questionnaire.instruments
        ),
        outside=tuple(
            writer.item(one.instrument, one.item) for one in outside if one.item is not None
        ),
    )
    indicators = tuple(
        writer.indicator(home, indicator, words) for home, indicator in questionnaire.indicators
    )
    return words.model_copy(update={"indicators": indicators})


def _questions(questionnaire: Questionnaire) -> list[tuple[Instrument, Item]]:
    """Return every question once: of a round robin the sentence, without any party's name."""
    found: dict[str, tuple[Instrument, Item]] = {}
    for item in questionnaire.items:
        home = questionnaire.as_written(questionnaire.instrument_of(item.id))
        question = questionnaire.question_of(item.id)
        found.setdefault(question.id, (home, question))
    return list(found.values())


def _as_written(questionnaire: Questionnaire, home: Instrument, scale: Scale) -> Scale:
    """Return a scale with the questions of its columns."""
    items = questionnaire.as_written(home).scale(scale.id).items
    return scale.model_copy(update={"items": items})


class _Writer:
    """Writes the words of each part in the languages of one study."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages

    def words(self, text: Translated) -> Translated:
        """Return the text in the languages of the study, or as it is where it has none of them."""
        kept = {language: text[language] for language in self._languages if language in text}
        return kept or dict(text)

    def points(self, home: Instrument, code: str) -> dict[str, tuple[str, ...]]:
        """Return the labels of the points of an item's format."""
        points = home.format_of(code).points
        kept = {language: points[language] for language in self._languages if language in points}
        return kept or dict(points)

    def item(self, home: Instrument, item: Item) -> ItemWords:
        bounds = home.format_of(item.id)
        return ItemWords(
            id=item.id,
            instrument=home.id,
            text=self.sentence(item),
            label=self.words(item.label),
            low=bounds.low,
            high=bounds.high,
            points=self.points(home, item.id),
            level=item.level,
            referent=item.referent,
            reversed=item.reversed,
        )

    def sentence(self, item: Item) -> Translated:
        """Return what was asked; in a language without the sentence, what the item is about."""
        said = {language: text for language, text in item.text.items() if text.strip()}
        return self.words(item.label | in_words(said))

    def evidence(self, home: Instrument) -> Translated:
        """Return the evidence, what the study attached declares, and what its dossier showed."""
        found = self.words(home.validation.evidence)
        declared = [one for code in self._languages if (one := declaration(home, code))]
        declared += [said] if (said := supporting(home)) else []
        if not declared:
            return found
        for language in self._languages:
            parts = [in_language(found, language), *(resolve(one, language) for one in declared)]
            found[language] = " ".join(part for part in parts if part)
        return found

    def scale(self, home: Instrument, scale: Scale) -> ScaleWords:
        bounds = home.format_of(scale.items[0])
        factor = len(scale.items) if scale.combine == "sum" else 1
        return ScaleWords(
            id=f"{home.id}:{scale.id}",
            instrument=home.id,
            items=scale.items,
            label=self.words(scale.label),
            about=self.words(scale.about),
            question=self.words(scale.question),
            level=scale.level,
            referent=home.item(scale.items[0]).referent,
            direction=scale.direction.value,
            composition=scale.composition.value,
            combine=scale.combine,
            low=float(bounds.low * factor),
            high=float(bounds.high * factor),
            points=self.points(home, scale.items[0]),
            per_item=scale.per_item,
        )

    def topic(self, home: Instrument, contrast: Contrast) -> TopicWords:
        bounds = home.format_of(contrast.own)
        return TopicWords(
            id=f"{home.id}:topic.{contrast.id}",
            instrument=home.id,
            kind=contrast.kind,
            label=self.words(contrast.label),
            own=contrast.own,
            others=contrast.others,
            practice=contrast.practice,
            low=bounds.low,
            high=bounds.high,
        )

    def pairs(
        self,
        asked: Questionnaire,
        home: Instrument,
        scale: Scale,
        sector_of: Mapping[str, str] | None,
    ) -> Iterator[PairWords]:
        """Yield the words of a question about each other party, or about each sector."""
        address = f"{home.id}:{scale.id}"
        if sector_of is None:
            for code, party in receivers(asked, scale).items():
                label = self.words(home.item(code).label)
                yield PairWords(id=code, scale=address, party=party, label=label)
            return
        subjects = sector_subjects(address, sectors_about(asked, sector_of))
        said = self.words(asked.question_of(scale.items[0]).label)
        for sector, subject in subjects.items():
            label = {language: f"{text}: {sector}" for language, text in said.items()}
            yield PairWords(id=subject, scale=address, party="", label=label, sector=sector)

    def indicator(self, home: Instrument, indicator: Indicator, words: Words) -> IndicatorWords:
        stated = indicator.conditions
        return IndicatorWords(
            id=f"{home.id}:{indicator.id}",
            label=self.words(indicator.label),
            source=indicator.source,
            status=indicator.status.value,
            place=indicator.place,
            other=self.words(indicator.other),
            question=self.words(indicator.question),
            silent=bool(stated)
            and not asked_conditions(words, home.id, stated, indicator.at_least),
        )

    def instrument(self, home: Instrument) -> InstrumentWords:
        return InstrumentWords(
            id=home.id,
            version=home.version,
            title=self.words(home.title),
            status=status_in_study(home, self._languages),
            evidence=self.evidence(home),
            source=self.words(home.source.text),
            modelled_on=tuple(_citation(one) for one in home.source.modelled_on),
            licence=home.licence,
            published=home.source.kind == "published",
            digest=home.digest,
        )


def _citation(citation: Citation) -> str:
    return f"{citation.text} https://doi.org/{citation.doi}" if citation.doi else citation.text
