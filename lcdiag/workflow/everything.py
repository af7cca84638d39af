"""All files of a report at once, with an index that says what may be handed to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lcdiag.base.text import Message
from lcdiag.workflow.names import file_names

if TYPE_CHECKING:
    from lcdiag.diagnosis.model import Diagnosis
    from lcdiag.diagnosis.quality_model import Quality
    from lcdiag.views.index import Further

WHOLE = 4
"""Files about the whole study: portfolio, appendix, coordinator's page, index."""


def count_of(diagnosis: Diagnosis) -> int:
    """Return how many times `everything` tells that a part is done."""
    return 2 * len(diagnosis.communities) + WHOLE


def everything(
    diagnosis: Diagnosis,
    quality: Quality,
    *,
    language: str = "nl",
    explore: bool = True,
    done: Callable[[], None] = lambda: None,
) -> Mapping[str, bytes]:
    """Return every file of a report by name.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of the whole study.
    quality : Quality
        How the answers came in, for the coordinator's page.
    language : str
        Shown first.
    explore : bool
        Whether dashboards carry the interactive Plotly layer.
    done : callable
        Called after each file, to show progress (`count_of`).

    Returns
    -------
    mapping
        A dashboard and a one-pager for each community; the portfolio where the parties agreed
        to see communities side by side; the appendix; the coordinator's page; the index. Names
        say so where nothing was hidden.
    """
    from lcdiag.views.index import render_index
    from lcdiag.views.one_pager import render_one_pager
    from lcdiag.views.render import render_dashboard

    mark = "INTERN-" if diagnosis.provenance.internal else ""
    names = file_names(list(diagnosis.communities))
    files: dict[str, str] = {}
    for one in diagnosis.communities:
        files[f"{mark}{names[one]}.html"] = render_dashboard(
            diagnosis, one, language=language, explore=explore
        )
        done()
    for one in diagnosis.communities:
        files[f"{mark}onepager-{names[one]}.html"] = render_one_pager(
            diagnosis, one, language=language
        )
        done()
    whole = _of_the_study(diagnosis, quality, mark, language, explore, done)
    entries = [(one, f"{mark}{names[one]}.html") for one in diagnosis.communities]
    further = _further(diagnosis, mark, names, tuple(whole))
    files |= whole
    files[f"{mark}index.html"] = render_index(diagnosis, entries, language, further)
    done()
    return {name: text.encode("utf-8") for name, text in files.items()}


def _of_the_study(
    diagnosis: Diagnosis,
    quality: Quality,
    mark: str,
    language: str,
    explore: bool,
    done: Callable[[], None],
) -> dict[str, str]:
    from lcdiag.views.appendix_file import render_appendix
    from lcdiag.views.coordination_file import render_coordination
    from lcdiag.views.portfolio_file import render_portfolio

    files = {}
    if diagnosis.portfolio_agreed or diagnosis.provenance.internal:
        made = render_portfolio(diagnosis, language=language, explore=explore)
        files[f"{mark}portfolio.html"] = made
    done()
    made = render_appendix(diagnosis, language=language, explore=explore)
    files[f"{mark}appendix.html"] = made
    done()
    files[f"{mark}coordinator.html"] = render_coordination(diagnosis, quality, language=language)
    done()
    return files


def _further(
    diagnosis: Diagnosis, mark: str, names: Mapping[str, str], whole: tuple[str, ...]
) -> tuple[Further, ...]:
    """Return for whom the other files are, with the reason where one was not made."""
    from lcdiag.views.index import Further

    sheets = tuple((one, f"{mark}onepager-{names[one]}.html") for one in diagnosis.communities)
    found = [
        Further(
            Message("charts.index-participants"), Message("charts.index-participants-text"), sheets
        )
    ]
    for name in ("portfolio", "appendix", "coordinator"):
        address = f"{mark}{name}.html"
        if address in whole:
            link = ((Message(f"charts.index-{name}-link"), address),)
            found.append(
                Further(Message(f"charts.index-{name}"), Message(f"charts.index-{name}-text"), link)
            )
    if f"{mark}portfolio.html" not in whole:
        found.append(
            Further(Message("charts.index-portfolio"), Message("charts.index-portfolio-none"))
        )
    return tuple(found)
