"""What words on these pages mean, and by which rules numbers are shown."""

from __future__ import annotations

from lcdiag.base.text import Message, Text
from lcdiag.views.blocks import Heading, Listing, Page, Terms
from lcdiag.views.side_by_side import Communities, PortfolioPage

TITLE = Message("views.words-title")
KNOWN = ("mean", "strip", "wave", "scale", "gap", "yardstick", "party", "signal")
"""Words that a community's own pages tell of as well."""
OWN = ("all", "nearer", "share", "chance")
"""Words of these pages only."""


def make(communities: Communities) -> Page | None:
    """Return the closing page."""
    limits = communities.diagnosis.thresholds
    known: list[tuple[Text, Text]] = [
        (Message(f"views.word-{word}"), Message(f"views.words-{word}")) for word in KNOWN
    ]
    own: list[tuple[Text, Text]] = [
        (Message(f"portfolio.word-{word}"), Message(f"portfolio.words-{word}")) for word in OWN
    ]
    return Page(
        id="words",
        title=TITLE,
        lead=Message("views.words-lead"),
        short=Message("pages.words-short"),
        blocks=(
            Terms((*known, *own)),
            Heading(Message("views.rules")),
            Listing(
                (
                    Message("views.rule-minimum", {"minimum": limits.minimum}),
                    Message("views.rule-exact", {"exact": limits.exact}),
                    Message("views.rule-paired", {"paired": limits.paired}),
                    Message("views.rule-protect"),
                    Message("views.rule-middle"),
                    Message("views.rule-chance"),
                )
            ),
        ),
    )


PAGE = PortfolioPage(70, TITLE, make)
