"""One offline file: its policy, its styles and scripts, its template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from lcdiag.base.shelf import shelf
from lcdiag.base.text import Text
from lcdiag.views import chrome
from lcdiag.views.blocks import Page
from lcdiag.views.explore import Packed
from lcdiag.views.html import Speech
from lcdiag.views.paint import figures
from lcdiag.views.theme import SWITCH, fingerprint, policy, script, style


def shared_parts(speech: Speech, layer: Packed | None, *, pictures: bool = True) -> dict[str, Any]:
    """Return what every file holds: policy, styles, scripts, buttons.

    Parameters
    ----------
    speech : Speech
        The texts.
    layer : Packed or None
        The explore layer, where the file has one.
    pictures : bool
        Whether its figures can be kept as pictures, which are made within the page.
    """
    look, code = style(), script(explore=layer is not None)
    scripts = (fingerprint(SWITCH), fingerprint(code))
    styles = (fingerprint(look),)
    if layer is not None:
        script_rule = policy(
            (*scripts, layer.source),
            (*styles, *layer.styles),
            style_attributes=True,
            images=True,
        )
    else:
        script_rule = policy(scripts, styles, images=pictures)
    return {
        "language": speech.languages[0],
        "policy": script_rule,
        "style": Markup(look),
        "switch": Markup(SWITCH),
        "script": Markup(code),
        "controls": chrome.toolbar(speech),
        "buttons": chrome.buttons(speech),
    }


def link_targets(pages: Sequence[Page]) -> dict[str, Text]:
    """Return where links may lead: the id of every page and figure, with the title of its page.

    Raises
    ------
    ValueError
        If two pages or figures carry the same id.
    """
    found: dict[str, Text] = {}
    for page in pages:
        for name in (page.id, *(figure.id for figure in figures(page.blocks))):
            if name in found:
                raise ValueError(f"ids must be unique in a file; received {name!r} twice")
            found[name] = page.title
    return found


def fill(name: str, values: dict[str, Any]) -> str:
    """Return a template of ``reports/templates`` with these values, escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = shelf("reports") / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(values)
