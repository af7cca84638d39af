"""The dossier of a study as pages: first what it comes to, then scale by scale, then the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lcdiag.base.dates import day
from lcdiag.base.estimate import Estimate
from lcdiag.base.text import Message, Number, Text, Wording, languages
from lcdiag.dossier.model import Dossier, Line, Proposal, ScaleDossier
from lcdiag.views.blocks import Block, Callout, Facts, Figure, Listing, Page, Prose, Terms
from lcdiag.views.dossier_scale import scale_page, slug
from lcdiag.views.dossier_words import (
    criterion_name,
    language_name,
    limit_of,
    people_count,
)
from lcdiag.views.figures import Axis, StripRow, Strips
from lcdiag.views.sheet import Sheet, render_sheet

MOST_CALLED_OUT = 6


def render_dossier(dossier: Dossier, language: str = "nl") -> str:
    """Return a dossier as one offline HTML file.

    Parameters
    ----------
    dossier : Dossier
        As released; nothing else is needed.
    language : str
        Shown first; the reader can switch.
    """
    made: tuple[Text, ...] = (day(dossier.made, languages()),) if dossier.made else ()
    digests = {"study": dossier.study, "responses": dossier.responses}
    sheet = Sheet(
        heading=Message("dossier.heading"),
        lead=Message("dossier.lead"),
        kicker=(dossier.title, *made),
        pages=dossier_pages(dossier),
        footer=(
            Message("charts.offline"),
            Message("charts.made-undated", {"version": dossier.lcdiag}),
            Message("charts.digests", digests),
        ),
    )
    return render_sheet(sheet, language)


def dossier_pages(dossier: Dossier) -> tuple[Page, ...]:
    """Return the pages: in short, one a scale, the criteria, how it was made."""
    return (
        _brief(dossier),
        *(scale_page(dossier, one) for one in dossier.scales),
        _criteria(dossier),
        _how(dossier),
    )


def brief_pages(dossier: Dossier) -> tuple[Page, ...]:
    """Return what is told in a terminal: the first page alone."""
    return (_brief(dossier),)


def _brief(dossier: Dossier) -> Page:
    return Page(
        id="dossier-brief",
        title=Message("dossier.brief-title"),
        lead=Message(
            "dossier.brief-lead",
            {
                "people": Number(dossier.people, 0),
                "communities": Number(dossier.communities, 0),
                "n": dossier.people,
            },
        ),
        blocks=(
            _overview(dossier),
            *_called_out(dossier),
            _reliability(dossier),
            Terms(
                tuple(
                    (Message(f"dossier.verdict-{name}"), Message(f"dossier.verdict-{name}-means"))
                    for name in ("met", "not-met", "cannot-be-judged")
                )
            ),
            *_accepted(dossier),
            Prose(Message("dossier.brief-note"), kind="note"),
        ),
    )


def _overview(dossier: Dossier) -> Facts:
    several = len(dossier.languages) > 1
    rows = [
        (
            Wording(one.label),
            *((language_name(proposal.language),) if several else ()),
            Number(proposal.met, 0),
            Number(proposal.not_met, 0),
            Number(proposal.open, 0),
            _proposed(dossier, one, proposal),
        )
        for one in dossier.scales
        for proposal in one.proposals
    ]
    language = (Message("dossier.col-language"),) if several else ()
    return Facts(
        caption=Message("dossier.overview-caption"),
        head=(
            Message("dossier.col-scale"),
            *language,
            Message("dossier.verdict-met"),
            Message("dossier.verdict-not-met"),
            Message("dossier.verdict-cannot-be-judged"),
            Message("dossier.col-proposal"),
        ),
        rows=tuple(rows),
    )


def _proposed(dossier: Dossier, one: ScaleDossier, proposal: Proposal) -> Text:
    """Return what is proposed for a scale in a language, or what holds it back."""
    for given in reversed(dossier.accepted):
        if (given.scale, given.language) == (one.id, proposal.language):
            facts = {"by": given.by, "date": day(given.on, languages())}
            return Message("dossier.accepted-by", facts)
    if proposal.status:
        return Message("dossier.proposes-supported")
    named: Text = ""
    for name in proposal.holding_back[:3]:
        text = criterion_name(name)
        named = text if not named else Message("dossier.and", {"first": named, "second": text})
    return Message("dossier.proposes-nothing", {"criteria": named})


def _called_out(dossier: Dossier) -> Iterator[Block]:
    """Yield what is not met, in whole sentences; or that nothing is."""
    failed = [
        (one, line) for one in dossier.scales for line in one.lines if line.verdict == "not-met"
    ]
    if not failed:
        yield Callout(Message("dossier.none-failed"), kind="calm")
        return
    # what holds over all people is said once; of a language only where the whole does not say it
    seen = {(one.id, line.criterion, line.subject) for one, line in failed if not line.language}
    told = [
        (one, line)
        for one, line in failed
        if not line.language or (one.id, line.criterion, line.subject) not in seen
    ]
    for one, line in told[:MOST_CALLED_OUT]:
        yield Callout(
            Message("dossier.failed", {"scale": Wording(one.label), "what": _what(one, line)}),
            question=Message(f"dossier.ask-{dossier.criterion(line.criterion).part}"),
            link=f"scale-{slug(one.id)}",
        )
    if len(told) > MOST_CALLED_OUT:
        more = len(told) - MOST_CALLED_OUT
        yield Prose(Message("dossier.more-failed", {"n": more}), kind="note")


def _what(one: ScaleDossier, line: Line) -> Text:
    """Return what is not met, with the item or scale that it is about."""
    name = criterion_name(line.criterion)
    labels = {item.id: item.label for item in one.items}
    if line.subject in labels:
        subject: Text = Wording(labels[line.subject])
        name = Message("dossier.about-item", {"what": name, "item": subject})
    if line.language:
        spoken = {"what": name, "language": language_name(line.language)}
        name = Message("dossier.in-language", spoken)
    return name


def _reliability(dossier: Dossier) -> Figure:
    rows = tuple(
        StripRow(Wording(one.label), _omega(one), link=f"scale-{slug(one.id)}")
        for one in dossier.scales
    )
    return Figure(
        id="dossier-omega",
        title=Message("dossier.omega-title"),
        caption=Message("dossier.omega-caption"),
        alt=Message("dossier.omega-alt", {"n": len(rows)}),
        chart=Strips(
            rows=rows,
            axis=Axis(0.0, 1.0, Message("dossier.omega-low"), Message("dossier.omega-high"), 0.7),
            decimals=2,
            value=criterion_name("omega"),
            subject=Message("dossier.col-scale"),
        ),
        question=Message("dossier.omega-ask"),
    )


def _omega(one: ScaleDossier) -> Estimate:
    """Return omega of all languages together; of two items there is none."""
    for line in one.lines:
        if line.criterion == "omega" and not line.language and line.value is not None:
            return Estimate(
                line.value,
                line.low,
                line.high,
                line.confidence if line.low is not None else None,
                n=line.n,
            )
    return Estimate.missing("not-there")


def _accepted(dossier: Dossier) -> Iterator[Block]:
    labels = {one.id: one.label for one in dossier.scales}
    rows = tuple(
        (
            Wording(labels[one.scale]) if one.scale in labels else one.scale,
            language_name(one.language),
            Message("instrument.badge-supported-here"),
            one.by,
            day(one.on, languages()),
            Number(one.n, 0),
        )
        for one in dossier.accepted
    )
    if rows:
        yield Facts(
            caption=Message("dossier.accepted-caption"),
            head=tuple(
                Message(f"dossier.col-{name}")
                for name in ("scale", "language", "status", "by", "date", "people")
            ),
            rows=rows,
        )


def _criteria(dossier: Dossier) -> Page:
    rows: Sequence[tuple[Text, ...]] = [
        (
            criterion_name(one.id),
            limit_of(one),
            people_count(one),
            Message("dossier.source-own") if one.source == "lcdiag" else _source(one.source),
        )
        for one in dossier.criteria
        if one.side != "none"
    ]
    return Page(
        id="dossier-criteria",
        title=Message("dossier.criteria-title"),
        lead=Message("dossier.criteria-lead"),
        blocks=(
            Facts(
                caption=Message("dossier.criteria-caption"),
                head=(
                    Message("dossier.col-criterion"),
                    Message("dossier.col-limit"),
                    Message("dossier.col-needs"),
                    Message("dossier.col-source"),
                ),
                rows=tuple(rows),
            ),
            Prose(Message("dossier.criteria-note"), kind="note"),
        ),
    )


def _source(text: str) -> Text:
    stated = text == "stated beforehand in the instrument file"
    return Message("dossier.source-stated") if stated else text


def _how(dossier: Dossier) -> Page:
    steps = ("once", "clusters", "waves", "rounded", "languages", "three", "status", "people")
    return Page(
        id="dossier-how",
        title=Message("dossier.how-title"),
        lead=Message("dossier.how-lead"),
        blocks=(
            Listing(tuple(Message(f"dossier.how-{name}") for name in steps)),
            _groups(dossier),
        ),
    )


def _groups(dossier: Dossier) -> Facts:
    return Facts(
        caption=Message("dossier.groups-caption"),
        head=(
            Message("dossier.col-group"),
            Message("dossier.col-name"),
            Message("dossier.col-people"),
        ),
        rows=tuple(
            (
                Message(f"dossier.group-{one.kind}"),
                language_name(one.name) if one.kind == "language" else one.name,
                Message("charts.hidden") if one.n is None else Number(one.n, 0),
            )
            for one in dossier.groups
        ),
    )
