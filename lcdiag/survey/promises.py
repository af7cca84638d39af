"""What respondents are told before they answer: every sentence follows from study.toml."""

from __future__ import annotations

from dataclasses import dataclass

from lcdiag.base.text import Message, resolve
from lcdiag.instrument.study import Study
from lcdiag.survey.choices import Choices


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

    def say(name: str, **params: str | int) -> str:
        return resolve(Message(f"survey.{name}", params), language)

    settings = study.settings
    limits = settings.thresholds
    coded = bool(study.questionnaire.open_questions)
    purpose = settings.purpose.get(language, "")
    paired = [say("minimum-paired", paired=limits.paired)] if _paired(study) else []
    texts: dict[str, list[str]] = {
        "purpose": [purpose or say("purpose-default"), say("purpose-no-test")],
        "who": [
            say("who-analyst"),
            say("who-group"),
            say("who-portfolio" if settings.portfolio_agreed else "who-no-portfolio"),
        ],
        "minimum": [
            say("minimum", minimum=limits.minimum, exact=limits.exact),
            *paired,
            say("minimum-small-group"),
        ],
        "party": [say(f"party-{choices.reason}", minimum=limits.minimum)],
        "voluntary": [say("voluntary"), say("voluntary-code" if coded else "voluntary-no-code")],
        "kept": [say("kept", n=settings.kept_months)],
    }
    agreement = settings.small_parties
    if agreement.agreed_by:
        names = ", ".join(agreement.agreed_by)
        dated = "party-agreed-on" if agreement.agreed_on else "party-agreed"
        texts["party"].append(say(dated, names=names, date=agreement.agreed_on))
    if coded:
        texts["code"] = [say("code")]
    texts["contact"] = [settings.contact or say("contact-default")]
    return tuple(
        Fact(name, say(f"heading-{name}"), " ".join(sentences)) for name, sentences in texts.items()
    )


def _paired(study: Study) -> bool:
    """Return whether a higher limit for own and others' views has anything to apply to."""
    limits = study.settings.thresholds
    return bool(study.questionnaire.contrasts) and limits.paired > limits.minimum
