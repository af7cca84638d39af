"""Woorden en verantwoording: what words mean, how sure the questions are, what is not shown."""

from __future__ import annotations

from lcdiag.base.dates import day
from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Text, Wording, languages
from lcdiag.diagnosis.model import Diagnosis, IndicatorWords, InstrumentWords, Words
from lcdiag.views.asked import themes
from lcdiag.views.blocks import Block, Facts, Heading, Listing, Page, Prose, Terms
from lcdiag.views.indications import indications
from lcdiag.views.observations import MOST, WORTH
from lcdiag.views.page import WHOLE, Coverage, PageMaker, partly
from lcdiag.views.reading import Reading, interval, latest, shown

WORDS = (
    "mean",
    "strip",
    "wave",
    "level",
    "scale",
    "reversed",
    "gap",
    "yardstick",
    "home",
    "mandate",
    "party",
    "signal",
    "collusion",
)
"""The word list, in the order in which a reader meets the words."""

METHODS = ("cronbach_alpha", "mcdonald_omega")
"""Reliability over the study, as far as it was released."""


TITLE = Message("views.words-title")
SHORT = Message("pages.words-short")


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the closing page."""
    return Page(
        id="words",
        title=TITLE,
        lead=Message("views.words-lead"),
        short=SHORT,
        blocks=(
            Terms(
                tuple(
                    (Message(f"views.word-{word}"), Message(f"views.words-{word}"))
                    for word in WORDS
                )
            ),
            *_rules(diagnosis),
            *_hidden(diagnosis, community),
            *_instruments(diagnosis),
            *_indicators(diagnosis, community),
            *_reliability(diagnosis),
            _versions(diagnosis),
        ),
    )


def _rules(diagnosis: Diagnosis) -> tuple[Block, ...]:
    limits = diagnosis.thresholds
    return (
        Heading(Message("views.rules")),
        Listing(
            (
                Message("views.rule-minimum", {"minimum": limits.minimum}),
                *_agreed(limits.minimum, limits.rows),
                Message("views.rule-exact", {"exact": limits.exact}),
                Message("views.rule-paired", {"paired": limits.paired}),
                Message("views.rule-protect"),
                Message("views.rule-worth", {"worth": Number(WORTH), "most": MOST}),
                Message("views.rule-middle"),
                Message("views.rule-chance"),
                *_searched(diagnosis.words),
            )
        ),
    )


def _agreed(usual: int, rows: int | None) -> tuple[Message, ...]:
    """Return what the parties agreed about rows of a party or sector, where it differs."""
    if rows is None:
        return ()
    said = Message("agreement.page-row-minimum", {"minimum": rows})
    rounded = Message("agreement.page-row-low", {"usual": usual})
    return (said, rounded) if rows < usual else (said,)


def _hidden(diagnosis: Diagnosis, community: str) -> tuple[Block, ...]:
    reasons = [
        "views.left-persons",
        "views.left-comments",
        "views.left-ranking",
        "views.left-norms",
    ]
    reading = latest(diagnosis, community)
    if reading is not None:
        seen = {m.at.unit.kind for m in reading.diagnosis.measures if isinstance(m.cell, Estimate)}
        if not seen & {"party", "sector", "meeting_group"}:
            reasons.insert(0, "views.left-parties")
        elif not seen & {"party", "meeting_group"}:  # beside groups, parties are left out by choice
            reasons.insert(0, "views.left-party")
    return (
        Heading(Message("views.left-out")),
        Prose(Message("views.left-out-why")),
        Listing(tuple(Message(reason) for reason in reasons)),
    )


def _instruments(diagnosis: Diagnosis) -> tuple[Block, ...]:
    if not diagnosis.words.instruments:
        return ()
    return (
        Heading(Message("views.status")),
        Prose(Message("views.status-text")),
        Facts(
            caption=Message("views.status-caption"),
            head=(Message("views.status-instrument"), Message("views.status-how-sure")),
            rows=tuple(_instrument(one) for one in diagnosis.words.instruments),
        ),
    )


def _instrument(words: InstrumentWords) -> tuple[Text, Text]:
    """Return title, version and licence; then status, evidence and source in this order."""
    licence: Text = words.licence
    if words.published:
        licence = Message("codebook.licence-record", {"licence": words.licence})
    title = Message(
        "views.titled-version",
        {"title": Wording(words.title), "version": words.version, "licence": licence},
    )
    parts: list[Text] = [Message(f"views.status-is-{words.status}")]
    parts += [Wording(one) for one in (words.evidence, words.source) if one]
    if words.modelled_on:
        works = "; ".join(words.modelled_on)
        parts.append(Message("views.modelled-on", {"works": works}))
    text = parts[0]
    for part in parts[1:]:
        text = Message("views.joined", {"first": text, "second": part})
    return title, text


def _indicators(diagnosis: Diagnosis, community: str) -> tuple[Block, ...]:
    """Return the indications that this report tells: status, source and power of each."""
    reading = latest(diagnosis, community)
    if reading is None or not (found := indications(reading)):
        return ()
    return (
        Facts(
            caption=Message("views.indicators-caption"),
            head=(Message("views.indicators-which"), Message("views.status-how-sure")),
            rows=tuple((Wording(one.label), _indicator(one, reading)) for _, one in found),
        ),
    )


def _indicator(words: IndicatorWords, reading: Reading) -> Text:
    """Return how sure one indication is: status, source and power, if known."""
    status = Message(f"views.status-is-{words.status}")
    source = Message("views.indicator-from", {"status": status, "place": words.place})
    power = reading.shown("power", words.id)
    if power is None or power.value is None or power.low is None or power.high is None:
        return source
    seen = {"hits": power.value, "low": power.low, "high": power.high}
    facts = {name: round(100 * share) for name, share in seen.items()}
    return Message("views.indicator-power", {"source": source, "n": power.n, **facts})


def _searched(words: Words) -> tuple[Message, ...]:
    """Return how many indications a report looks for, and of how many not all was asked."""
    if not words.indicators:
        return ()
    silent = sum(one.silent for one in words.indicators)
    return (Message("views.indicators-text", {"n": len(words.indicators), "silent": silent}),)


def _reliability(diagnosis: Diagnosis) -> tuple[Block, ...]:
    """Return reliability over the whole study in its last wave, one row a scale."""
    found = {
        (m.at.subject, m.at.statistic, m.at.wave): m.cell
        for m in diagnosis.measures
        if m.at.unit.kind == "study" and m.at.statistic in METHODS and shown(m.cell) is not None
    }
    if not found:
        return ()
    last = max(wave for _, _, wave in found)
    rows = []
    for scale in diagnosis.words.scales:
        cells = [shown(found.get((scale.id, method, last))) for method in METHODS]
        if any(cell is not None for cell in cells):
            rows.append((Wording(scale.label), *(_with_interval(cell) for cell in cells)))
    return (
        Heading(Message("views.reliability")),
        Prose(Message("views.reliability-text")),
        Listing(tuple(Message(f"views.method-{method}") for method in METHODS)),
        Facts(
            caption=Message("views.reliability-caption"),
            head=(
                Message("views.reliability-scale"),
                *(Message(f"views.name-{method}") for method in METHODS),
            ),
            rows=tuple(rows),
        ),
    )


def _with_interval(cell: Estimate | None) -> Text:
    """Return a coefficient with its interval and the number of people, or that it is not there."""
    if cell is None or cell.value is None:
        return Message("views.not-given")
    limits = interval(cell)
    if limits is None:
        return Message("views.value-people", {"value": Number(cell.value, 2), "n": cell.n})
    return Message(
        "views.value-interval",
        {
            "value": Number(cell.value, 2),
            "low": Number(limits[0], 2),
            "high": Number(limits[1], 2),
            "n": cell.n,
        },
    )


def _versions(diagnosis: Diagnosis) -> Facts:
    made = diagnosis.provenance
    return Facts(
        caption=Message("views.versions"),
        head=(Message("views.versions-what"), Message("views.versions-value")),
        rows=(
            (Message("views.version-program"), made.lcdiag),
            (Message("views.version-made"), day(made.made, languages())),
            (Message("views.version-study"), made.study),
            (Message("views.version-answers"), made.responses),
        ),
    )


def covers(words: Words) -> Coverage:
    """Return the page whole where scores are asked whose reliability can be told."""
    if any(len(scale.items) > 1 for scale in themes(words)):
        return WHOLE
    return partly("no-reliability")


PAGE = PageMaker(order=120, title=TITLE, make=make, covers=covers, figures=False, short=SHORT)
