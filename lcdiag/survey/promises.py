"""What respondents are told before they answer: every sentence follows from study.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lcdiag.base.dates import day
from lcdiag.base.text import Message, resolve
from lcdiag.instrument.study import Study
from lcdiag.survey.choices import Choices

_AT_HOME = (
    *("purpose-default", "party-party", "contact-default"),
    *("who-group-none", "who-group-sector", "who-group-party", "who-group-group"),
)
"""Sentences that speak of the own table; the people represented are told otherwise."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One promise: a short heading and its sentences."""

    name: str
    heading: str
    text: str


def facts(study: Study, choices: Choices, language: str) -> tuple[Fact, ...]:
    """Return what page 1 of a form says, in reading order.

    Parameters
    ----------
    study : Study
        Purpose, thresholds, portfolio, small-party agreement, months kept, contact.
    choices : Choices
        What the form asks about party and sector.
    language : str
        The language of the form.

    Returns
    -------
    tuple of Fact
        Named ``purpose``, ``who``, ``minimum``, ``party``, ``voluntary``, ``kept``, ``code``
        (only where a code is asked) and ``contact``.
    """
    say = _speaker(study, language)
    settings = study.settings
    limits, rows = settings.thresholds, settings.row_minimum
    agreement = settings.small_parties
    agreed_rows = agreement.report_by != "none" and rows != limits.minimum
    coded = bool(study.questionnaire.open_questions)
    purpose = settings.purpose.get(language, "")
    if purpose == default_purpose(home=False, language=language):
        purpose = ""
    paired = [say("minimum-paired", paired=limits.paired)] if _paired(study) else []
    texts: dict[str, list[str]] = {
        "purpose": [purpose or say("purpose-default"), say("purpose-no-test")],
        "who": [
            say("who-analyst"),
            say(f"who-group-{agreement.report_by}"),
            say("who-portfolio" if settings.portfolio_agreed else "who-no-portfolio"),
        ],
        "minimum": [
            say("minimum", minimum=limits.minimum, exact=limits.exact),
            *paired,
            *(_agreed("form-elsewhere", language) if agreed_rows else ()),
            say("minimum-small-group"),
        ],
        "party": [say(f"party-{choices.reason}", minimum=rows)],
        "voluntary": [say("voluntary"), say("voluntary-code" if coded else "voluntary-no-code")],
        "kept": [say("kept", n=settings.kept_months)],
    }
    if agreed_rows and rows < limits.minimum:
        texts["party"] += _agreed("form-low", language, sizes=_sizes(rows, limits.minimum - 1))
    if agreement.agreed_by:
        names = ", ".join(agreement.agreed_by)
        dated = "party-agreed-on" if agreement.agreed_on else "party-agreed"
        texts["party"].append(say(dated, names=names, date=_day(agreement.agreed_on, language)))
    texts["party"] += _grid(study, say)
    if coded:
        texts["code"] = [say("code")]
    texts["contact"] = [settings.contact or say("contact-default")]
    return tuple(
        Fact(name, say(f"heading-{name}"), " ".join(sentences)) for name, sentences in texts.items()
    )


def _grid(study: Study, say: Callable[..., str]) -> list[str]:
    """Return what is said where people rate each other party; nothing where they do not."""
    settings = study.settings
    if not study.questionnaire.about:
        return []
    least = max(settings.row_minimum, settings.thresholds.minimum)
    shown = {"party": "party-grid-shown", "sector": "party-grid-shown-sector"}
    kind = settings.small_parties.report_by
    return [say("party-grid"), *([say(shown[kind], minimum=least)] if kind in shown else [])]


def default_purpose(home: bool, language: str) -> str:
    """Return why people are asked, where a study does not say so itself.

    Parameters
    ----------
    home : bool
        Whether it is said to the people represented, who do not take part in the conversation.
    language : str
        The language of the sentence.
    """
    name = "home-purpose-default" if home else "purpose-default"
    return resolve(Message(f"survey.{name}"), language)


def _speaker(study: Study, language: str) -> Callable[..., str]:
    """Return the function that speaks to the people at the table, or to those they represent."""
    home = study.questionnaire.respondents == "home"

    def say(name: str, **params: str | int) -> str:
        said = f"home-{name}" if home and name in _AT_HOME else name
        return resolve(Message(f"survey.{said}", params), language)

    return say


def _day(date: str, language: str) -> str:
    return resolve(day(date, (language,)), language)


def _agreed(name: str, language: str, **params: Message) -> list[str]:
    return [resolve(Message(f"agreement.{name}", params), language)]


def _sizes(first: int, last: int) -> Message:
    """Return the sizes from first to last as people say them: 4; 3 or 4; 3 to 6."""
    count = last - first
    name = "one" if count == 0 else ("two" if count == 1 else "range")
    return Message(f"agreement.size-{name}", {"first": first, "last": last})


def _paired(study: Study) -> bool:
    """Return whether a higher limit for own and others' views has anything to apply to."""
    limits = study.settings.thresholds
    return bool(study.questionnaire.contrasts) and limits.paired > limits.minimum
