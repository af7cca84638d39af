"""Woorden en verantwoording: what words mean, how sure the questions are, what is not shown."""

from __future__ import annotations

from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Text, Wording
from lcdiag.diagnosis.model import Diagnosis, InstrumentWords
from lcdiag.views.blocks import Block, Facts, Heading, Listing, Page, Prose, Terms
from lcdiag.views.observations import MOST, WORTH
from lcdiag.views.page import PageMaker
from lcdiag.views.reading import interval, latest

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


def make(diagnosis: Diagnosis, community: str) -> Page | None:
    """Return the closing page."""
    return Page(
        id="words",
        title=Message("views.words-title"),
        lead=Message("views.words-lead"),
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
                Message("views.rule-exact", {"exact": limits.exact}),
                Message("views.rule-paired", {"paired": limits.paired}),
                Message("views.rule-protect"),
                Message("views.rule-worth", {"worth": Number(WORTH), "most": MOST}),
                Message("views.rule-chance"),
            )
        ),
    )


def _hidden(diagnosis: Diagnosis, community: str) -> tuple[Block, ...]:
    reasons = [
        "views.left-persons",
        "views.left-comments",
        "views.left-ranking",
        "views.left-norms",
    ]
    reading = latest(diagnosis, community)
    if reading is not None and not any(
        isinstance(m.cell, Estimate) and m.at.unit.kind in ("party", "sector")
        for m in reading.diagnosis.measures
    ):
        reasons.insert(0, "views.left-parties")
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
            head=tuple(
                Message(f"views.status-{part}")
                for part in ("instrument", "how-sure", "source", "licence")
            ),
            rows=tuple(_instrument(one) for one in diagnosis.words.instruments),
        ),
    )


def _instrument(words: InstrumentWords) -> tuple[Text, ...]:
    status: Text = Message(f"views.status-is-{words.status}")
    if words.evidence:
        status = Message("views.joined", {"first": status, "second": Wording(words.evidence)})
    source: Text = Wording(words.source) if words.source else ""
    if words.modelled_on:
        source = Message(
            "views.modelled-on", {"source": source, "works": "; ".join(words.modelled_on)}
        )
    title = Message(
        "views.titled-version", {"title": Wording(words.title), "version": words.version}
    )
    return (title, status, source, words.licence)


def _reliability(diagnosis: Diagnosis) -> tuple[Block, ...]:
    labels = {scale.id: scale.label for scale in diagnosis.words.scales}
    rows: list[tuple[Text, ...]] = []
    for measure in diagnosis.measures:
        at, cell = measure.at, measure.cell
        if at.unit.kind != "study" or at.statistic not in METHODS or at.subject not in labels:
            continue
        if not isinstance(cell, Estimate) or cell.value is None:
            continue
        limits = interval(cell)
        spread: Text = Message("views.not-given")
        if limits is not None:
            spread = Message(
                "views.from-to", {"low": Number(limits[0], 2), "high": Number(limits[1], 2)}
            )
        rows.append(
            (
                Wording(labels[at.subject]),
                Message(f"views.method-{at.statistic}"),
                Number(cell.value, 2),
                spread,
                str(cell.n),
            )
        )
    if not rows:
        return ()
    return (
        Heading(Message("views.reliability")),
        Prose(Message("views.reliability-text")),
        Facts(
            caption=Message("views.reliability-caption"),
            head=tuple(
                Message(f"views.reliability-{part}")
                for part in ("scale", "method", "value", "interval", "people")
            ),
            rows=tuple(rows),
        ),
    )


def _versions(diagnosis: Diagnosis) -> Facts:
    made = diagnosis.provenance
    return Facts(
        caption=Message("views.versions"),
        head=(Message("views.versions-what"), Message("views.versions-value")),
        rows=(
            (Message("views.version-program"), made.lcdiag),
            (Message("views.version-made"), made.made),
            (Message("views.version-study"), made.study),
            (Message("views.version-answers"), made.responses),
        ),
    )


PAGE = PageMaker(order=120, make=make)
