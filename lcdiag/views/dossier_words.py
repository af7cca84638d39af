"""What the numbers of a dossier are called and mean, for who never saw a factor analysis."""

from __future__ import annotations

from lcdiag.base.text import Message, Number, Text
from lcdiag.dossier.model import Criterion, Line

NAMED = ("nl", "en")
"""Languages that have a name in every catalog."""


def criterion_name(name: str) -> Text:
    """Return a criterion as a reader knows it."""
    return Message(f"dossier.name-{name}")


def language_name(code: str) -> Text:
    """Return a language in words where we speak it, else its code; all of them for ""."""
    if not code:
        return Message("dossier.all-languages")
    return Message(f"dossier.language-{code}") if code in NAMED else code


def limit_of(rule: Criterion) -> Text:
    """Return what is asked of a number."""
    if rule.limit is None:
        return Message("dossier.no-limit")
    limit = shown(rule, rule.limit)
    if rule.fails is not None and rule.fails != rule.limit:
        fails = shown(rule, rule.fails)
        return Message(f"dossier.limit-{rule.side}-grey", {"limit": limit, "fails": fails})
    return Message(f"dossier.limit-{rule.side}", {"limit": limit})


def people_count(rule: Criterion) -> Text:
    """Return how many people or communities it takes to judge."""
    if rule.groups:
        return Message("dossier.needs-communities", {"groups": Number(rule.groups, 0)})
    return Message("dossier.needs-people", {"people": Number(max(rule.people, 10), 0)})


def shown(rule: Criterion, value: float) -> Text:
    """Return a number of a criterion; shares in per cent."""
    if rule.id in SHARES:
        return Message("dossier.per-cent", {"value": Number(100 * value, 0)})
    return Number(value, rule.decimals)


SHARES = ("missing", "dont-know", "floor", "ceiling")
"""Criteria whose numbers are shares of people or answers."""


def value_of(rule: Criterion, line: Line) -> Text:
    """Return the number of a line with its interval, or that there is none."""
    if line.value is None:
        return Message("dossier.no-number")
    value = shown(rule, line.value)
    if line.low is None or line.high is None:
        return value
    between = {"low": shown(rule, line.low), "high": shown(rule, line.high)}
    return Message("dossier.with-interval", {"value": value, **between})


def verdict_of(line: Line) -> Text:
    """Return the verdict in words, with why where it cannot be judged."""
    if line.verdict != "cannot-be-judged":
        return Message(f"dossier.verdict-{line.verdict}")
    verdict = Message("dossier.verdict-cannot-be-judged")
    why = line.why if line.why in REASONS else "other"
    reason = Message(f"dossier.why-{why}", {"people": Number(line.n, 0), "n": line.n})
    return Message("dossier.verdict-because", {"verdict": verdict, "why": reason})


REASONS = (
    "between",
    "few-careless",
    "few-communities",
    "few-people",
    "fewer-than-10-communities",
    "fewer-than-10-people",
    "limit-inside",
    "nearly-all-alike",
    "no-interval",
)
"""Reasons with a sentence of their own; all others say that it could not be worked out."""
