"""Makes codebooks: of one instrument, or of all that a set or a study asks."""

from __future__ import annotations

import math
from collections.abc import Iterable

from lcdiag.base.records import digest
from lcdiag.base.text import resolve
from lcdiag.instrument.codebook import (
    Codebook,
    CodebookBackground,
    CodebookInstrument,
    CodebookPage,
    CodebookReading,
    CodebookRow,
    CodebookScale,
    CodebookTopic,
)
from lcdiag.instrument.layout import BACKGROUND, BACKGROUND_HEADINGS
from lcdiag.instrument.minutes import minutes_for
from lcdiag.instrument.model import (
    Contrast,
    Instrument,
    Item,
    OpenQuestion,
    ReadySet,
    Scale,
    Translated,
)
from lcdiag.instrument.questionnaire import Questionnaire
from lcdiag.instrument.readability import read_aloud, scale_readability
from lcdiag.instrument.round_robin import in_words
from lcdiag.instrument.status import declaration, status_message, status_name
from lcdiag.instrument.study import Study


def codebook(instrument: Instrument) -> Codebook:
    """Return the codebook of an instrument.

    Parameters
    ----------
    instrument : Instrument
        Any instrument; its items come in the order of the file, open questions last.
    """
    return Codebook(
        kind="instrument",
        id=instrument.id,
        version=instrument.version,
        title=instrument.title,
        about={},
        languages=instrument.languages,
        minutes=minutes_for(len(instrument.items), len(instrument.open_questions)),
        digest=instrument.digest,
        background=(),
        instruments=(_instrument(instrument),),
        rows=tuple(
            [_row(instrument, item) for item in instrument.items]
            + [_open(instrument, question) for question in instrument.open_questions]
        ),
        scales=tuple(_scale(instrument, scale, instrument) for scale in instrument.scales),
        topics=tuple(_topic(instrument, one) for one in instrument.contrasts),
    )


def set_codebook(ready: ReadySet, asked: Questionnaire) -> Codebook:
    """Return the codebook of a ready-made set and the questionnaire composed of it.

    Ratings come in the order of asking, open questions last. A scale is here only when all of
    its items are asked: no other is scored.
    """
    book = _all_asked(asked, ready.title, ready.id, in_study=False)
    return book.model_copy(update={"about": ready.about})


def study_codebook(study: Study) -> Codebook:
    """Return the codebook of a study's answers: who answered where, then all that is asked.

    It names no community and no party of the study, save in the columns of a round robin, whose
    questions hold the names of parties.
    """
    settings = study.settings
    title = dict.fromkeys(settings.languages, settings.title)
    book = _all_asked(study.questionnaire, title, study.folder.resolve().name, in_study=True)
    values = {
        "wave": tuple(str(wave.number) for wave in settings.waves),
        "language": settings.languages,
        "sector": tuple(sorted({party.sector for party in settings.parties if party.sector})),
    }
    background = tuple(
        CodebookBackground(
            code=code,
            headings=tuple(dict.fromkeys(BACKGROUND_HEADINGS[code].values())),
            values=values.get(code, ()),
        )
        for code in BACKGROUND
        if code != "meeting_group" or any(row.meeting_group for row in study.roster)
    )
    return book.model_copy(update={"background": background, "about": settings.purpose})


def _all_asked(asked: Questionnaire, title: Translated, name: str, *, in_study: bool) -> Codebook:
    places = {code: place for place, code in enumerate(asked.codes)}
    homes = [asked.as_written(one) for one in asked.instruments]
    return Codebook(
        kind="study" if in_study else "set",
        id=name,
        version="",
        title=title,
        about={},
        languages=asked.languages,
        minutes=asked.minutes,
        digest=digest("\n".join(one.digest for one in homes)),
        background=(),
        instruments=tuple(
            # a set may give an instruction of its own, for instance before a first meeting
            _instrument(home, in_study=in_study).model_copy(update={"instruction": one.instruction})
            for one, home in zip(asked.instruments, homes, strict=True)
        ),
        rows=tuple(
            [
                _row(asked.instrument_of(item.id), item, asked.about.get(item.id, ""))
                for item in asked.items
            ]
            + [
                _open(block.instrument, question)
                for page in asked.pages
                for block in page
                for question in block.open_questions
            ]
        ),
        scales=tuple(
            _scale(home, scale, asked.as_written(home))
            for home, scale in sorted(asked.scales, key=lambda one: places[one[1].items[0]])
        ),
        topics=tuple(_topic(home, one) for home, one in asked.contrasts),
        pages=_pages(asked),
        aloud={
            language: round(read_aloud(asked, language).minutes, 1)
            for language in asked.languages
            if all(language in one.worded_in for one in homes)
        },
    )


def _shown(words: Translated) -> Translated:
    """Return a sentence without empty texts, and with "this party" where a name will stand."""
    return in_words({language: text for language, text in words.items() if text.strip()})


def _instrument(one: Instrument, *, in_study: bool = False) -> CodebookInstrument:
    said = {name: status_message(one, name, in_study=in_study) for name in one.languages}
    declared = {name: declaration(one, name) for name in one.languages}
    seen: dict[str, None] = {}
    citations = [
        cited
        for cited in (*one.source.citations, *one.validation.citations)
        if cited.text not in seen and not seen.setdefault(cited.text)
    ]
    return CodebookInstrument(
        id=one.id,
        version=one.version,
        kind=one.source.kind,
        title=one.title,
        instruction=one.instruction,
        note=one.note,
        languages=one.languages,
        worded_in=one.worded_in,
        status={name: resolve(message, name) for name, message in said.items()},
        badge=status_name(one, in_study=in_study),
        declared={name: resolve(message, name) for name, message in declared.items() if message},
        evidence=one.validation.evidence,
        source=one.source.text,
        modelled_on=one.source.modelled_on,
        citations=tuple(citations),
        wording_from=one.source.wording_from,
        reported=one.reported,
        expected=one.expected,
        licence=one.licence,
        digest=one.digest,
    )


def _row(home: Instrument, item: Item, about: str = "") -> CodebookRow:
    form = home.formats[item.format]
    return CodebookRow(
        code=item.id,
        instrument=home.id,
        text=_shown(item.text),
        label=_shown(item.label),
        parts=_parts(home, item.id),
        reversed=item.reversed,
        referent=item.referent,
        level=item.level,
        facet=item.facet,
        place=item.place,
        low=form.low,
        high=form.high,
        points=form.points,
        dont_know=form.dont_know,
        max_length=None,
        about=about,
    )


def _open(home: Instrument, question: OpenQuestion) -> CodebookRow:
    return CodebookRow(
        code=question.id,
        instrument=home.id,
        text=question.text,
        label={},
        parts=(),
        reversed=False,
        referent=None,
        level=None,
        facet="",
        place="",
        low=None,
        high=None,
        points={},
        dont_know={},
        max_length=question.max_length,
    )


def _parts(home: Instrument, code: str) -> tuple[str, ...]:
    scales = [f"{home.id}:{scale.id}" for scale in home.scales if code in scale.items]
    topics = [
        f"{home.id}:topic.{one.id}"
        for one in home.contrasts
        if code in (one.own, one.others, one.practice)
    ]
    return (*scales, *topics)


def _scale(home: Instrument, scale: Scale, written: Instrument) -> CodebookScale:
    items = [home.item(code) for code in scale.items]
    turned = tuple(item.id for item in items if item.reversed)
    form = home.formats[items[0].format] if items else None
    return CodebookScale(
        address=f"{home.id}:{scale.id}",
        label=_shown(scale.label),
        about=scale.about,
        items=scale.items,
        reversed=turned,
        turned_from=form.low + form.high if form and turned else None,
        combine=scale.combine,
        least=max(1, math.ceil(scale.min_answered * len(items) - 1e-9)),
        per_item=scale.per_item,
        level=scale.level,
        composition=scale.composition,
        direction=scale.direction,
        reading=tuple(_reading(written, scale.id)),
    )


def _reading(written: Instrument, scale: str) -> Iterable[CodebookReading]:
    """Yield the figures for each language in which the whole scale has its sentences."""
    for found in scale_readability(written):
        if found.scale == scale:
            for language, length in found.lengths.items():
                ease = found.flesch_douma if language == "nl" else None
                yield CodebookReading(
                    language=language,
                    sentences=found.sentences,
                    words=round(length.mean, 1),
                    longest=length.longest,
                    flesch_douma=None if ease is None else round(ease),
                )


def _topic(home: Instrument, one: Contrast) -> CodebookTopic:
    return CodebookTopic(
        address=f"{home.id}:topic.{one.id}",
        label=one.label,
        kind=one.kind,
        items=(one.own, one.others, one.practice),
    )


def _pages(asked: Questionnaire) -> tuple[CodebookPage, ...]:
    whole = {code: f"{home.id}:{s.id}" for home, s in asked.scales for code in s.items}
    topics = {
        code: f"{home.id}:topic.{one.id}"
        for home, one in asked.contrasts
        for code in (one.own, one.others, one.practice)
    }
    pages = []
    for place, blocks in enumerate(asked.pages):
        codes = [item.id for block in blocks for item in block.items]
        codes += [question.id for block in blocks for question in block.open_questions]
        parts = dict.fromkeys(whole.get(code) or topics.get(code) or code for code in codes)
        sitting = asked.sittings[place] if place < len(asked.sittings) else 1
        ratings = sum(len(block.items) for block in blocks)
        pages.append(CodebookPage(sitting=sitting, parts=tuple(parts), ratings=ratings))
    return tuple(pages)
