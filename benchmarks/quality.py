"""docs/quality.md: how the statistics room is proven, its figures written by the benchmarks."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "quality.md"
TESTS = ROOT / "tests" / "statistics"

FRAME = """# How the numbers are proven

What stands below is written by `benchmarks/mutation.py` and `benchmarks/statistics.py`, each
with `--write`.

## Proofs

<!-- proofs -->
<!-- end of proofs -->

## Mutants

<!-- mutation -->
<!-- end of mutation -->

## Speed

<!-- speed -->
<!-- end of speed -->
"""


def write_section(name: str, text: str) -> None:
    """Put text in its place in the document, and count the proofs anew."""
    whole = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.is_file() else FRAME
    for section, content in ((name, text), ("proofs", proofs())):
        begin, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
        before, rest = whole.split(begin)
        whole = f"{before}{begin}\n{content}\n{end}{rest.split(end)[1]}"
    DOCUMENT.write_text(whole, encoding="utf-8")


def test_functions() -> Iterator[ast.FunctionDef]:
    """Yield every test of the room."""
    for path in sorted(TESTS.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node


def is_property(function: ast.FunctionDef) -> bool:
    """Return whether hypothesis tries a test on examples of its own."""
    return any(
        re.match(r"(\w+\.)?given\(", ast.unparse(decorator))
        for decorator in function.decorator_list
    )


def proofs() -> str:
    """Return how many reference values, properties and other tests there are."""
    sys.path.insert(0, str(ROOT / "tests"))
    from oracle_cases.case import all_cases
    from reference_cases import entries

    known = entries()
    cases = all_cases()
    own = sum(
        len(json.loads(path.read_text(encoding="utf-8"))["entries"])
        for path in sorted((ROOT / "tests" / "reference" / "r").glob("*.json"))
    )
    covered = [name for name in known if name in cases]
    left = sorted(set(known) - set(cases))
    partly = sorted(name for name in covered if cases[name].part)
    functions = list(test_functions())
    given = sum(map(is_property, functions))
    lines = [
        f"- Reference values of other programs: {len(known)} entries ({own} of them with their R "
        f"script in `tests/reference/r`); {len(covered)} are",
        "  compared, each within its own tolerance, and a test fails while one has neither a case "
        "nor a reason.",
        f"- Compared in part, because the rest is no defined statistic or depends on chance: "
        f"{len(partly)}. Each says why in `tests/oracle_cases`.",
        f"- Not compared, with the reason in `tests/statistics/test_oracles.py`: {len(left)}"
        + (f" ({', '.join(f'`{name}`' for name in left)})." if left else "."),
        f"- Properties tried on at least 200 examples each in the gate (hypothesis): {given}; "
        f"other tests of the room, by hand, closed form or hostile input: "
        f"{len(functions) - given}.",
    ]
    return "\n".join(lines)
