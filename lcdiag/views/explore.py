"""The explore layer: plotly's own script, packed once, and the fingerprints it needs."""

from __future__ import annotations

import base64
import gzip
import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lcdiag.views.theme import fingerprint

_STYLE = re.compile(
    r"\.textContent=(?P<quote>['\"])(?P<css>\.(?:\\.|(?!(?P=quote)).)*)(?P=quote)", re.S
)
"""A style sheet that the script writes as one string: it starts with a class."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What a file with the explore layer carries.

    Attributes
    ----------
    script : str
        Plotly's script, gzipped without a time and written in base64.
    source : str
        Its fingerprint for ``script-src``.
    styles : tuple of str
        Fingerprints of the style sheets it inserts for ``style-src``.
    """

    script: str
    source: str
    styles: tuple[str, ...]


@cache
def packed() -> Packed:
    """Return plotly's script as it stands in the installed package, without importing it.

    Raises
    ------
    FileNotFoundError
        If plotly is not installed whole.
    """
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("plotly is not installed: the explore layer needs its script")
    raw = (Path(spec.origin).parent / "package_data" / "plotly.min.js").read_bytes()
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    packed_script = gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
    return Packed(
        script=base64.b64encode(packed_script).decode("ascii"),
        source=fingerprint(text),
        styles=style_sources(text),
    )


def style_sources(script: str) -> tuple[str, ...]:
    """Return the fingerprints of the style sheets that plotly's script inserts.

    It inserts one empty sheet, which it fills rule by rule, and sheets that it carries whole.
    """
    sheets = [_unquoted(found["css"]) for found in _STYLE.finditer(script)]
    return tuple(fingerprint(sheet) for sheet in ("", *sheets))


def _unquoted(text: str) -> str:
    known = {"n": "\n", "t": "\t", "r": "\r"}
    return re.sub(
        r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)",
        lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else known.get(m[1], m[1]),
        text,
        flags=re.S,
    )
