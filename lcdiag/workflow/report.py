"""A report and the record of what was handed out before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lcdiag.workflow.names import file_names

if TYPE_CHECKING:
    from lcdiag.base.findings import Finding
    from lcdiag.diagnosis.model import Diagnosis
    from lcdiag.instrument.study import Study
    from lcdiag.responses.model import ResponseSet
    from lcdiag.responses.outside import OutsideRatings

KINDS = ("html", "json", "csv", "xlsx", "parquet", "sav")


def review_release(
    study: Study,
    responses: ResponseSet,
    diagnosis: Diagnosis,
    communities: Sequence[str],
    outside: OutsideRatings | None = None,
) -> tuple[Finding, ...]:
    """Return why this report may not follow an earlier one; empty where it may."""
    from lcdiag.diagnosis.releases import review_releases

    return review_releases(study, responses, diagnosis, communities, outside)


def record_release(
    study: Study,
    responses: ResponseSet,
    diagnosis: Diagnosis,
    communities: Sequence[str],
    *,
    replace: bool = False,
    outside: OutsideRatings | None = None,
) -> None:
    """Write down in ``releases.json`` what is handed out now."""
    from lcdiag.diagnosis.releases import record_releases

    record_releases(study, responses, diagnosis, communities, replace=replace, outside=outside)


def need_writer(kind: str) -> None:
    """Refuse a kind of file that cannot be written here, before anything is worked out.

    Raises
    ------
    LcdiagError
        ``tables.needs-extra``, which names the extra to install.
    """
    from lcdiag.views import data_files

    data_files.need_writer(kind)


def report_files(
    diagnosis: Diagnosis,
    *,
    communities: Iterable[str] | None = None,
    kind: str = "html",
    language: str = "nl",
    explore: bool = True,
    done: Callable[[], None] = lambda: None,
) -> Mapping[str, bytes]:
    """Return the files of a report by name: a page a community, or the released cells as data.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of the whole study.
    communities : iterable of str, optional
        Which ones; all of them if not given. A table of all together is written only where the
        parties agreed to see communities side by side, as the form promises; else one for each.
    kind : str
        One of `KINDS`: pages, or one table.
    language : str
        Of the opening page and of the headings of a table.
    explore : bool
        Whether pages carry the interactive Plotly layer.
    done : callable
        Called after each community, to show progress.

    Raises
    ------
    LcdiagError
        ``tables.needs-extra`` where a package for this kind is not installed.
    """
    chosen = list(diagnosis.communities if communities is None else communities)
    mark = "INTERN-" if diagnosis.provenance.internal else ""
    if kind == "html":
        return _pages(diagnosis, chosen, mark, language, explore, done)
    names = file_names(chosen)
    files: dict[str, bytes] = {}
    together = diagnosis.portfolio_agreed or diagnosis.provenance.internal or len(chosen) == 1
    if communities is None and together:
        files[f"{mark}diagnosis.{kind}"] = _table(diagnosis, kind, language)
    else:
        for one in chosen:
            files[f"{mark}{names[one]}.{kind}"] = _table(diagnosis.only(one), kind, language)
            done()
    return files


def _pages(
    diagnosis: Diagnosis,
    chosen: Sequence[str],
    mark: str,
    language: str,
    explore: bool,
    done: Callable[[], None],
) -> dict[str, bytes]:
    from lcdiag.views.index import render_index
    from lcdiag.views.render import render_dashboard

    names = file_names(chosen)
    files: dict[str, bytes] = {}
    for one in chosen:
        page = render_dashboard(diagnosis, one, language=language, explore=explore)
        files[f"{mark}{names[one]}.html"] = page.encode("utf-8")
        done()
    if len(chosen) > 1:
        entries = [(one, f"{mark}{names[one]}.html") for one in chosen]
        files[f"{mark}index.html"] = render_index(diagnosis, entries, language).encode("utf-8")
    return files


def _table(diagnosis: Diagnosis, kind: str, language: str) -> bytes:
    from lcdiag.views import tables

    if kind == "json":
        return diagnosis.to_json().encode("utf-8")
    if kind == "csv":
        return tables.to_csv(diagnosis, language).encode("utf-8-sig")
    if kind == "xlsx":
        return tables.to_xlsx(diagnosis, language)
    from lcdiag.views.data_files import to_parquet, to_sav

    return {"parquet": to_parquet, "sav": to_sav}[kind](diagnosis, language)


def diagnosis_schema_json() -> str:
    """Return the JSON Schema of a diagnosis."""
    from lcdiag.base.records import canonical_json
    from lcdiag.diagnosis.schema import diagnosis_schema

    return canonical_json(diagnosis_schema())
