"""What stands around the pages: language and print buttons, choices, the dialog, the footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from lcdiag.base.dates import day
from lcdiag.base.text import Message, Text, resolve
from lcdiag.diagnosis.model import Diagnosis
from lcdiag.views.html import Speech, joined, tag


def order(language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages of a file, the asked one first."""
    return (language, *(other for other in languages if other != language))


def label(speech: Speech, text: Text) -> Markup:
    """Return an accessible name as attributes for a template."""
    first, place = speech.spoken(text)
    extra = Markup("") if place is None else Markup(' data-l="{}"').format(place)
    return Markup(' aria-label="{}"').format(first) + extra


def opening(speech: Speech, text: Text) -> Markup:
    """Return the rest of an opening tag and the text of its element, for a template."""
    first, place = speech.spoken(text)
    extra = Markup("") if place is None else Markup(' data-i="{}"').format(place)
    return extra + Markup(">{}").format(first)


def dotted(texts: Iterable[Text], speech: Speech) -> Markup:
    """Return short texts with a dot between them."""
    return Markup(" · ").join(speech.text(text) for text in texts)


def occasion(parts: Sequence[tuple[int, Sequence[Text]]], speech: Speech) -> Markup:
    """Return what stands above the title in each of these waves.

    Only the last one shows; the script shows another one when the reader chooses it.
    """
    last = max(number for number, _ in parts)
    return joined(
        tag("span", dotted(texts, speech), data_when=number, hidden=number != last)
        for number, texts in parts
    )


def toolbar(speech: Speech) -> Markup:
    """Return the attributes of the row of buttons."""
    return Markup(' role="toolbar"') + label(speech, Message("charts.controls"))


def buttons(speech: Speech) -> Markup:
    """Return a button for each language and one that prints; they need the script."""
    name = Message("charts.language-name")
    parts = []
    if len(speech.languages) > 1:
        parts = [
            tag(
                "button",
                resolve(name, language),
                type="button",
                lang=language,
                data_lang=language,
                hidden=place == 0,
                class_="js",
            )
            for place, language in enumerate(speech.languages)
        ]
    parts.append(
        speech.tag("button", Message("charts.print"), type="button", class_="js", id="print")
    )
    return joined(parts)


def choices(
    waves: Iterable[tuple[int, Text]],
    themes: Iterable[tuple[str, Text]],
    speech: Speech,
    *,
    between: Markup | str = "",
) -> Markup:
    """Return the choice of wave and of theme, each only where there is something to choose.

    `between` stands after the choice of wave: with what it is compared.
    """
    parts = []
    numbers = dict(waves)
    if len(numbers) > 1:
        latest = max(numbers)
        options = [
            speech.tag("option", numbers[number], value=number, selected=number == latest)
            for number in sorted(numbers)
        ]
        parts += [_choice("wave", Message("charts.wave"), options, speech), between]
    found = list(themes)
    if len(found) > 1:
        options = [speech.tag("option", Message("charts.all-themes"), value="")]
        options += [speech.tag("option", name, value=address) for address, name in found]
        parts.append(_choice("theme", Message("charts.theme"), options, speech))
    return tag("div", *parts, class_="choose js") if parts else Markup("")


def dialog(speech: Speech) -> Markup:
    """Return the window in which a figure is explored."""
    tools = [
        speech.tag("button", Message(f"charts.{name}"), type="button", data_do=name)
        for name in ("zoom-in", "zoom-out", "reset", "save")
    ]
    head = tag(
        "div",
        tag("h2", id="xp-t", tabindex=-1),
        speech.tag("button", Message("charts.close"), type="button", data_do="close"),
        class_="xh",
    )
    name = speech.label(Message("charts.explore-tools"))
    drawing = tag("div", id="xp-p")
    return tag(
        "dialog",
        head,
        tag("div", *tools, class_="xt", role="toolbar", **name),
        tag("fieldset", speech.tag("legend", Message("charts.layers")), tag("div"), class_="xl"),
        speech.tag("p", Message("charts.loading"), id="xp-w", role="status"),
        speech.tag("p", Message("charts.explore-failed"), id="xp-f", hidden=True),
        tag("div", drawing, role="img", id="xp-i", aria_labelledby="xp-t", tabindex=-1),
        tag("p", id="xp-c"),
        id="xp",
        aria_labelledby="xp-t",
    )


def footer(diagnosis: Diagnosis, first: Text | None = None) -> tuple[Text, ...]:
    """Return what made this file, for whoever wants to make it again."""
    made = diagnosis.provenance
    when = day(made.made, diagnosis.languages) if made.made else None
    version = {"version": made.lcdiag}
    return (
        *(() if first is None else (first,)),
        Message("charts.offline"),
        Message("charts.made", {"date": when, **version})
        if when is not None
        else Message("charts.made-undated", version),
        Message("charts.digests", {"study": made.study, "responses": made.responses}),
    )


def _choice(name: str, text: Text, options: list[Markup], speech: Speech) -> Markup:
    select = tag("select", *options, id=f"choose-{name}", autocomplete="off")
    return tag("label", speech.text(text), select)
