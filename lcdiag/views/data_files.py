"""The released cells for statistical programs: Parquet for R and Python, sav for SPSS."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from lcdiag.base.cells import INTERNAL_STAMP
from lcdiag.base.errors import LcdiagError
from lcdiag.base.text import Message, resolve
from lcdiag.views.tables import COLUMNS, NUMBERS, head, stamped, table_rows

if TYPE_CHECKING:
    from lcdiag.diagnosis.model import Diagnosis

EXTRAS = {"parquet": ("pyarrow", "parquet"), "sav": ("pyreadstat", "spss")}
"""Which package a kind of file needs, and the extra of lcdiag that installs it."""

_WHOLE = ("wave", "n")


def need_writer(kind: str) -> None:
    """Do nothing where this kind of file can be written here.

    Raises
    ------
    LcdiagError
        ``tables.needs-extra``, which names the extra to install.
    """
    package, extra = EXTRAS.get(kind, ("", ""))
    if package and find_spec(package) is None:
        facts = {"kind": kind, "package": package, "extra": extra}
        raise LcdiagError.single("tables.needs-extra", "", facts)


def to_parquet(diagnosis: Diagnosis, language: str = "en") -> bytes:
    """Return the rows of `tables.to_frame` as a Parquet file; the same input gives the same bytes.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of a study or of one community.
    language : str
        Of the labels. Each column carries its description as the metadata ``label``.

    Returns
    -------
    bytes
        Hidden and absent cells are null. An internal file begins with the column ``stamp``.

    Raises
    ------
    LcdiagError
        Where pyarrow, the extra ``parquet``, is not installed.
    """
    need_writer("parquet")
    import pyarrow as pa
    from pyarrow import parquet

    kinds = dict.fromkeys(NUMBERS, pa.float64()) | dict.fromkeys(_WHOLE, pa.int64())
    fields = [
        pa.field(name, kinds.get(name, pa.string()), metadata={"label": label})
        for name, label in _labels(diagnosis, language).items()
    ]
    content = _columns(diagnosis, language)
    arrays = [pa.array(content[field.name], type=field.type) for field in fields]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), sink)
    return bytes(sink.getvalue().to_pybytes())


def to_sav(diagnosis: Diagnosis, language: str = "en") -> bytes:
    """Return the same rows as a file for SPSS; the same input gives the same bytes.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of a study or of one community.
    language : str
        Of the variable labels.

    Returns
    -------
    bytes
        Hidden and absent cells are system-missing; ``state`` says which of the two, and why. An
        internal file begins with the variable ``stamp``. The moment of writing, which the format
        has in its head, is a fixed one.

    Raises
    ------
    LcdiagError
        Where pyreadstat, the extra ``spss``, is not installed.
    """
    need_writer("sav")
    import pandas as pd

    from lcdiag.base.spss import sav_bytes

    labels = _labels(diagnosis, language)
    numbers = (*NUMBERS, *_WHOLE)
    content = _columns(diagnosis, language)
    # SPSS has one kind of number, and an empty text is its missing text
    series = {
        name: pd.Series(content[name], dtype="float64" if name in numbers else "str")
        for name in labels
    }
    return sav_bytes(
        pd.DataFrame(series),
        title=INTERNAL_STAMP if diagnosis.provenance.internal else "",
        labels=list(labels.values()),
        note=[f"answers {diagnosis.provenance.responses}"],
        formats=dict.fromkeys(NUMBERS, "F10.4") | dict.fromkeys(_WHOLE, "F6.0"),
    )


def _columns(diagnosis: Diagnosis, language: str) -> dict[str, list[Any]]:
    """Return the values of each column, also where there is no row."""
    rows = [stamped(diagnosis, list(row)) for row in table_rows(diagnosis, language)]
    names = head(diagnosis)
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _labels(diagnosis: Diagnosis, language: str) -> dict[str, str]:
    """Return what each column is, in the order of the file."""
    told = {name: resolve(Message(f"tables.column-{name}"), language) for name in COLUMNS}
    return {name: told.get(name, INTERNAL_STAMP) for name in head(diagnosis)}
