"""Writes docs/statistics.md from the docstrings of the statistics and the cases that prove them.

Run: python docs/make_statistics.py [--check]

--check writes nothing and ends with 1 where the document is not what would be written.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "statistics.md"
sys.path.insert(0, str(ROOT / "tests"))

SECTIONS = (
    "Parameters",
    "Forks",
    "Attributes",
    "Returns",
    "Yields",
    "Raises",
    "Notes",
    "References",
)
ELSEWHERE = (
    "See the forks and notes of this module.",
    "More in the notes of this module.",
)
"""What a docstring says where its module goes on."""
LEADS = ("Formula:", "Default:", "Absent when:", "Agrees with", "Differs from")


def public_functions(module: str) -> dict[str, Callable[..., Any]]:
    """Return the public functions of a module, in the order it names them."""
    found = importlib.import_module(f"lcdiag.statistics.{module}")
    names = getattr(found, "__all__", None) or [
        name
        for name, value in vars(found).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == found.__name__
    ]
    functions = {name: getattr(found, name) for name in names}
    return {name: value for name, value in functions.items() if inspect.isfunction(value)}


def parts(text: str) -> dict[str, str]:
    """Return the sections of a docstring; what stands before the first one is under ""."""
    found: dict[str, list[str]] = {"": []}
    lines = inspect.cleandoc(text).splitlines()
    here = ""
    for number, line in enumerate(lines):
        under = lines[number + 1] if number + 1 < len(lines) else ""
        if line in SECTIONS and set(under) == {"-"}:
            here = line
            found[here] = []
        elif not (set(line) == {"-"} and lines[number - 1] in SECTIONS):
            found[here].append(line)
    return {name: "\n".join(body).strip() for name, body in found.items()}


def paragraphs(text: str) -> list[str]:
    """Return paragraphs, each on one line."""
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", text) if one.strip()]


def code(text: str) -> str:
    """Return the text with reST's double backticks as Markdown's."""
    return re.sub(r"(?<!`)``([^`]+)``(?!`)", r"`\1`", text)


def forks(function: Callable[..., Any], parameters: str) -> Iterator[str]:
    """Yield one table row a parameter that has a default: name, default, choices and words."""
    said: dict[str, tuple[str, str]] = {}
    for block in re.split(r"\n(?=\S)", parameters):
        head, _, body = block.partition("\n")
        names, _, kind = head.partition(" : ")
        for name in names.split(","):
            said[name.strip().lstrip("*")] = (kind.strip(), " ".join(body.split()))
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default is inspect.Parameter.empty:
            continue
        kind, words = said.get(name, ("", ""))
        choices = kind if kind.startswith("{") else ""
        told = " ".join(filter(None, [choices, words])).replace("|", "\\|")
        yield f"| `{name}` | `{parameter.default!r}` | {code(told)} |"


def sentence(text: str) -> str:
    """Return a definition without the word it begins with in the code."""
    text = re.sub(r"^(Return|Yield|Raise)s?\s+", "", text)
    return text[:1].upper() + text[1:]


def whole_story(function: Callable[..., Any]) -> dict[str, str]:
    """Return the sections of a function, and of its module where it sends the reader there."""
    sections = parts(function.__doc__ or "")
    if not goes_on(function):
        return sections
    for words in ELSEWHERE:
        sections = {name: body.replace(words, "") for name, body in sections.items()}
    module = parts(inspect.getmodule(function).__doc__ or "")
    for name, order in (
        ("Parameters", (sections.get("Parameters", ""), module.get("Forks", ""))),
        ("Notes", (module.get("Notes", ""), sections.get("Notes", ""))),
        ("References", (module.get("References", ""), sections.get("References", ""))),
    ):
        between = "\n" if name == "Parameters" else "\n\n"
        sections[name] = between.join(body.strip("\n") for body in order if body.strip())
    return sections


def goes_on(function: Callable[..., Any]) -> bool:
    """Return whether the docstring of a function goes on in that of its module."""
    return any(words in (function.__doc__ or "") for words in ELSEWHERE)


def on_function(module: str, name: str, function: Callable[..., Any]) -> list[str]:
    """Return the lines on one function, without its proofs."""
    sections = whole_story(function)
    definition, *more = paragraphs(sections[""])
    lines = [f"### {module}.{name}", "", code(sentence(definition)), ""]
    for paragraph in more:
        lines += [code(paragraph), ""]
    rows = list(forks(function, sections.get("Parameters", "")))
    if rows:
        lines += ["| argument | default | choices and meaning |", "|---|---|---|", *rows, ""]
    if returned := sections.get("Returns"):
        kind, _, body = returned.partition("\n")
        lines += [code(f"Returns `{kind.strip()}`. {' '.join(body.split())}".strip()), ""]
    for paragraph in paragraphs(sections.get("Notes", "")):
        lead = next((lead for lead in LEADS if paragraph.startswith(lead)), "")
        shown = f"**{lead}**{paragraph[len(lead) :]}" if lead else paragraph
        lines += [code(shown), ""]
    if references := sections.get("References"):
        lines += [f"References: {code(' '.join(references.split()))}", ""]
    return lines


def own_entries() -> dict[str, dict[str, Any]]:
    """Return the reference values that may be stored here, whatever this machine has besides."""
    from reference_cases import OWN

    found: dict[str, dict[str, Any]] = {}
    for path in (OWN / "expected.json", *sorted((OWN / "r").glob("*.json"))):
        content = json.loads(path.read_text(encoding="utf-8"))
        found.update({entry["id"]: entry for entry in content["entries"]})
    return found


def numbers(value: Any) -> list[float]:
    """Return all numbers of a reference value, in order."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return []
    if isinstance(value, (int, float)):
        return [float(value)]
    children = value.values() if isinstance(value, dict) else value
    return [number for child in children for number in numbers(child)]


def shown(value: Any) -> str:
    """Return a reference value in a cell: up to three numbers, and how many there are."""
    all_numbers = numbers(value)
    first = ", ".join(f"{number:.6g}" for number in all_numbers[:3])
    rest = len(all_numbers) - 3
    return f"{first} ... ({len(all_numbers)} numbers)" if rest > 0 else first


def proofs(function: str, cases: dict[str, Any], entries: dict[str, Any]) -> list[str]:
    """Return the table of reference values of one function."""
    rows = []
    for name, case in cases.items():
        if case.function != function:
            continue
        entry = entries.get(name)
        forks_ = f"`{case.forks}`" if case.forks else ""
        part = f" ({case.part})" if case.part else ""
        if entry is None:
            rows.append(f"| {name}{part} | {forks_} | data under the GPL, not stored here | | |")
            continue
        program = f"{entry['package']} {entry['version']}"
        tolerance = f"{entry['tol']:g}"
        cell = shown(entry["value"])
        rows.append(f"| {name}{part} | {forks_} | {program} | {cell} | {tolerance} |")
    if not rows:
        return []
    head = "| reference value | arguments | computed by | value | tolerance |"
    return [head, "|---|---|---|---|---|", *rows, ""]


INTRODUCTION = """# The statistics, and what they were checked against

Made by `python docs/make_statistics.py` from the functions' own texts and from the cases in
`tests/oracle_cases`; a test fails when it is out of date. `items` is an (n, k) array or data frame
with one row a person and NaN for a missing answer; `groups` and `cluster` are one label a row. A
single number comes back as an `Estimate`: value, limits, confidence, n, method, or the reason why
it is absent.

A reference value matches when |got - value| <= tolerance x max(1, |value|), for every number in
it. Values of data sets under the GPL are not stored in this project; where a machine has them, the
tests read them too.
"""


EXCEPTIONS = """## Where a reference value is not matched, and why

Not computed at all, because they are no statistics with a definition: `glb_fa` (called a greatest
lower bound, and below lambda 4 on the same data), `omega_nf1_minres` (a hierarchical omega above
the total one, for one factor), `unidim`, and the chance-corrected coefficients beside
Krippendorff's alpha. Values by simulation are matched as far as chance allows; of `parallel` the
eigenvalues of the data are.

In part:

1. `guttman`: lambda 4, beta and glb, with r.pc and beta.pc (r.pc stepped up). They come from
   heuristic searches of that program. Definition: lambda 4 is the largest, beta the smallest
   coefficient over all splits; `split_halves` tries all of them and matches `split_half_*`. No
   division of these items in two, of any sizes, has the correlation r.pc.
2. `polycor_first_pair`, its maximum likelihood half: rho = .63239 is not the maximum. Proof: the
   likelihood of the table at the estimate here (.63197, with its thresholds) is higher; a test
   works both out from the definition, sum of counts times log of the cells' probabilities.
3. `omega_nf3_minres` of bfi_agree, bfi_agree_listwise and attitude, the second layer only (loadings
   on the general factor, hierarchical omega and its limit). Definition: the layer minimises the sum
   of squared residuals of the factors' correlations. Here one of three factors loads beyond 1 on
   the general one, the minimum lies on the bound of its own variance, and the search of psych's
   `minres` ends beside it, at a point that depends on where it starts. psych's `uls` reaches the
   minimum, and equals the values here (`explored/*/layers_uls`).
"""


def document() -> str:
    """Return the whole document."""
    from oracle_cases.case import PUBLIC, all_cases

    cases, entries = all_cases(), own_entries()
    lines = [INTRODUCTION]
    done: set[Any] = set()
    for module in PUBLIC:
        found = importlib.import_module(f"lcdiag.statistics.{module}")
        functions = {
            name: function
            for name, function in public_functions(module).items()
            if function not in done
        }
        done.update(functions.values())
        lines += [f"## {module}", ""]
        for paragraph in paragraphs(parts(found.__doc__ or "")[""]):
            lines += [code(paragraph), ""]
        told = any(goes_on(one) for one in functions.values() if one.__module__ == found.__name__)
        references = "" if told else parts(found.__doc__ or "").get("References")
        if references:
            lines += [f"References: {code(' '.join(references.split()))}", ""]
        for name, function in functions.items():
            lines += on_function(module, name, function)
            lines += proofs(f"{module}.{name}", cases, entries)
    stored = sum(name in entries for name in cases)
    lines += [
        EXCEPTIONS,
        "## How much was compared",
        "",
        f"{len(cases)} reference values, {stored} of them stored here with their numbers.",
    ]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Write the document, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = document()
    if parser.parse_args().check:
        return int(DOCUMENT.read_text(encoding="utf-8") != text)
    DOCUMENT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
