"""How many small faults the proofs of the statistics room notice: mutation testing.

    python benchmarks/mutation.py                      # 240 mutants
    python benchmarks/mutation.py --modules moments items --sample 60
    python benchmarks/mutation.py --write              # and put the figure in docs/quality.md

A mutant is one module of ``lcdiag/statistics`` with one small fault: a sign turned, a limit moved,
an argument dropped, a word changed. mutmut (``pip install lcdiag[mutation]``) says which faults
there are; all their names are sorted and ``random.Random(1).sample`` draws from them. Each runs in
a copy of the tree, in a process of its own, against the tests of the room that reach the changed
statement, the quickest first. A mutant that fails a test, or never ends, is killed. A survivor
counts as equivalent only where ``equivalent_mutants.toml`` proves that it cannot be told apart.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# a benchmark is called like a module of Python, which must be found first
sys.path[:] = [*(entry for entry in sys.path if Path(entry).resolve() != HERE), str(HERE)]

import pytest  # noqa: E402
from quality import write_section  # noqa: E402

ROOT = HERE.parent
ROOM = Path("lcdiag") / "statistics"
TESTS = "tests/statistics"
LEFT_BEHIND = (".git", "__pycache__", ".hypothesis", ".*_cache", "mutants", "dist", "build")
REQUIRED = 0.85


@dataclass(frozen=True)
class Mutant:
    """One module with one fault; the diff without context is what it is known by."""

    name: str
    module: str
    code: str
    removed: str
    added: str
    line: int


@dataclass
class Verdict:
    """What became of a mutant: killed, timeout, survived, or equivalent with its proof."""

    name: str
    module: str
    line: int
    removed: str
    added: str
    outcome: str
    tests: int
    seconds: float
    proof: str = ""


def mutants_of(path: Path) -> dict[str, Callable[[], Mutant]]:
    """Return what makes each mutant mutmut knows of the functions of a module, by its name."""
    import libcst as cst
    from mutmut.mutation.file_mutation import create_mutations
    from mutmut.mutation.trampoline_templates import mangle_function_name

    code = path.read_text(encoding="utf-8")
    module, mutations, _, _ = create_mutations(str(path), code)
    classes = {
        method: top.name.value
        for top in module.body
        if isinstance(top, cst.ClassDef)
        for method in top.body.body
    }

    def make(name: str, mutation: Any) -> Mutant:
        changed = module.deep_replace(mutation.original_node, mutation.mutated_node).code
        return Mutant(name, path.stem, changed, *difference(code, changed))

    seen: Counter[Any] = Counter()
    found: dict[str, Callable[[], Mutant]] = {}
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        if not isinstance(function, cst.FunctionDef):
            continue
        seen[function] += 1
        mangled = mangle_function_name(name=function.name.value, class_name=classes.get(function))
        name = f"{path.stem}.{mangled}__mutmut_{seen[function]}"
        found[name] = partial(make, name, mutation)
    return found


def difference(before: str, after: str) -> tuple[str, str, int]:
    """Return the lines taken away, the lines put instead, and the first line's number."""
    old, new = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    parts = [part for part in matcher.get_opcodes() if part[0] != "equal"]
    first, last = parts[0], parts[-1]
    removed = [line.strip() for line in old[first[1] : last[2]]]
    added = [line.strip() for line in new[first[3] : last[4]]]
    return "\n".join(removed), "\n".join(added), first[1] + 1


def statement_lines(code: str) -> dict[int, range]:
    """Return for each line the lines of the innermost simple statement or head it is in.

    A change in the head of a function, such as a default, concerns the whole function.
    """
    found: dict[int, range] = {}
    for node in ast.walk(ast.parse(code)):  # outer statements come first
        if not isinstance(node, ast.stmt):
            continue
        last = node.end_lineno or node.lineno
        body = getattr(node, "body", None)
        head = isinstance(node, ast.FunctionDef | ast.ClassDef)
        own = range(node.lineno, last + 1 if head or not body else body[0].lineno)
        for line in range(node.lineno, last + 1):
            found[line] = own if line in own else found.get(line, own)
    return found


class Recorder:
    """A pytest plugin: which test reaches which line, how long each takes, which fail."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Let what follows count for this test."""
        self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Add the seconds of a step of a test."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.add(report.nodeid)


class Chosen:
    """A pytest plugin: only these tests, in this order."""

    def __init__(self, order: Sequence[str]) -> None:
        self.place = {name: place for place, name in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Choose and sort."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.place),
            key=lambda item: self.place[item.nodeid],
        )


class Repeatable:
    """A pytest plugin: properties try the same examples for every mutant."""

    def pytest_configure(self) -> None:
        """Replace the profile of the suite."""
        from hypothesis import settings

        known = settings.get_profile("patient")
        settings.register_profile("repeatable", known, derandomize=True, database=None)
        settings.load_profile("repeatable")


def run_pytest(tree: Path, arguments: Sequence[str], plugins: Sequence[Any]) -> int:
    """Run tests in a copy of the tree, in a process that ends afterwards; return pytest's code."""
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments]
    code = int(pytest.main(options, plugins=[*plugins, Repeatable()]))
    import lcdiag

    if Path(lcdiag.__file__).resolve().parent.parent != tree.resolve():
        return 70  # another lcdiag was tested than the copy
    return code


def reach(tree: Path) -> dict[str, Any]:
    """Return which tests reach each line of each module, their seconds, and which fail."""
    report = tree / "reach.json"
    child = os.fork()
    if child == 0:
        with (tree / "first-run.txt").open("w") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            from coverage import Coverage

            coverage = Coverage(data_file=None, include=[f"{tree}/{ROOM}/*"], config_file=False)
            recorder = Recorder(coverage)
            coverage.start()
            run_pytest(tree, [TESTS], [recorder])
            coverage.stop()
            data = coverage.get_data()
            lines = {
                Path(file).stem: {
                    line: [name for name in names if name]
                    for line, names in data.contexts_by_lineno(file).items()
                }
                for file in data.measured_files()
            }
            failed = sorted(recorder.failed)
            content = {"lines": lines, "seconds": recorder.seconds, "failed": failed}
            report.write_text(json.dumps(content), encoding="utf-8")
            os._exit(0)
    os.waitpid(child, 0)
    if not report.is_file():
        sys.exit((tree / "first-run.txt").read_text(encoding="utf-8"))
    return dict(json.loads(report.read_text(encoding="utf-8")))


def tests_for(mutant: Mutant, statements: dict[int, range], reached: dict[str, Any]) -> list[str]:
    """Return the tests that reach the changed statement, the quickest first."""
    lines = reached["lines"].get(mutant.module, {})
    names = {
        name
        for line in statements.get(mutant.line, range(mutant.line, mutant.line + 1))
        for name in lines.get(str(line), [])
    } - set(reached["failed"])
    return sorted(names, key=lambda name: (reached["seconds"][name], name))


def start(tree: Path, mutant: Mutant, tests: Sequence[str]) -> int:
    """Start a process that tests a mutant in a copy of the tree; return its number."""
    target = tree / ROOM / f"{mutant.module}.py"
    target.write_text(mutant.code, encoding="utf-8")
    child = os.fork()
    if child:
        return child
    os.setsid()
    with (tree / "out.txt").open("w") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
        sys.dont_write_bytecode = True  # a changed module must not leave its like behind
        files = list(dict.fromkeys(name.split("::")[0] for name in tests))
        try:
            code = run_pytest(tree, ["-x", *files], [Chosen(tests)])
        except BaseException:  # a mutant may break anything, pytest included
            code = 1
        os._exit(code)


def run_all(
    mutants: Sequence[Mutant], trees: Sequence[Path], reached: dict[str, Any]
) -> Iterator[tuple[Mutant, str, int, float]]:
    """Yield each mutant with its outcome, the number of its tests, and the seconds it took."""
    originals = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / ROOM).glob("*.py")}
    statements = {name: statement_lines(code) for name, code in originals.items()}
    waiting = list(reversed(mutants))
    free, busy = list(trees), {}
    while waiting or busy:
        while waiting and free:
            mutant, tree = waiting.pop(), free.pop()
            tests = tests_for(mutant, statements[f"{mutant.module}.py"], reached)
            if not tests:
                free.append(tree)
                yield mutant, "survived", 0, 0.0
                continue
            limit = 20 + 5 * sum(reached["seconds"][name] for name in tests)
            began = time.monotonic()
            busy[start(tree, mutant, tests)] = (mutant, tree, len(tests), began, limit)
        time.sleep(0.02)
        for child, (mutant, tree, count, began, limit) in list(busy.items()):
            spent = time.monotonic() - began
            done, status = os.waitpid(child, os.WNOHANG)
            if not done and spent < limit:
                continue
            outcome = "timeout"
            if not done:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
            else:
                code = os.waitstatus_to_exitcode(status)
                if code in (4, 5, 70):
                    sys.exit(f"{mutant.name}: pytest said {code}\n{(tree / 'out.txt').read_text()}")
                outcome = "survived" if code == 0 else "killed"
            (tree / ROOM / f"{mutant.module}.py").write_text(
                originals[f"{mutant.module}.py"], encoding="utf-8"
            )
            del busy[child]
            free.append(tree)
            yield mutant, outcome, count, spent


def proofs() -> dict[tuple[str, str, str], str]:
    """Return why mutants are equivalent, by module and diff."""
    table = tomllib.loads((HERE / "equivalent_mutants.toml").read_text(encoding="utf-8"))
    return {
        (one["module"], one["removed"].strip(), one["added"].strip()): one["proof"].strip()
        for one in table["mutant"]
    }


def test_all(mutants: Sequence[Mutant], workers: int) -> list[Verdict]:
    """Return the verdict on each mutant, printing those that live as they come."""
    known = proofs()
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        trees = [Path(folder) / f"tree{place}" for place in range(workers)]
        leave = shutil.ignore_patterns(*LEFT_BEHIND)
        shutil.copytree(ROOT, trees[0], ignore=leave)
        reached = reach(trees[0])
        for name in reached["failed"]:
            print(f"fails without any mutant and is left out: {name}")
        print(
            f"{len(reached['seconds'])} tests, {sum(reached['seconds'].values()):.0f} s", flush=True
        )
        for tree in trees[1:]:
            shutil.copytree(trees[0], tree)
        for number, (mutant, outcome, tests, seconds) in enumerate(
            run_all(mutants, trees, reached), 1
        ):
            proof = known.get((mutant.module, mutant.removed, mutant.added), "")
            if outcome == "survived" and proof:
                outcome = "equivalent"
            verdicts.append(
                Verdict(
                    mutant.name,
                    mutant.module,
                    mutant.line,
                    mutant.removed,
                    mutant.added,
                    outcome,
                    tests,
                    round(seconds, 1),
                    proof if outcome == "equivalent" else "",
                )
            )
            if outcome != "killed":
                print(f"{number} {outcome} {mutant.name}, line {mutant.line}, {tests} tests")
                print(f"    - {mutant.removed}\n    + {mutant.added}", flush=True)
    return verdicts


def figures(verdicts: Sequence[Verdict], of: int) -> str:
    """Return the figure in words."""
    count = Counter(verdict.outcome for verdict in verdicts)
    killed = count["killed"] + count["timeout"]
    judged = len(verdicts) - count["equivalent"]
    return (
        f"{len(verdicts)} of {of} mutants: {killed} killed ({count['timeout']} of them never "
        f"ended), {count['survived']} survived, {count['equivalent']} equivalent; "
        f"{killed / max(judged, 1):.1%} of those that can be told apart"
    )


def as_markdown(verdicts: Sequence[Verdict], of: int, modules: int) -> str:
    """Return the section of docs/quality.md."""
    from importlib.metadata import version

    lines = [
        f"{figures(verdicts, of)}; at least {REQUIRED:.0%} is asked.",
        "",
        f"Mutants by mutmut {version('mutmut')} over all {modules} modules of "
        "`lcdiag/statistics`: the names sorted, then",
        f"`random.Random(1).sample(names, {len(verdicts)})`. Each ran against the tests of "
        "`tests/statistics` that reach the changed",
        "statement. Repeat: `python benchmarks/mutation.py --write`.",
    ]
    for outcome, title in (("survived", "Survivors"), ("equivalent", "Equivalent, with proof")):
        chosen = sorted((v for v in verdicts if v.outcome == outcome), key=lambda v: v.name)
        lines += ["", f"### {title}", ""]
        if not chosen:
            lines.append("None.")
        for verdict in chosen:
            removed, added = " ".join(verdict.removed.split()), " ".join(verdict.added.split())
            lines.append(f"- `{verdict.name}`: `{removed}` became `{added}`")
            if verdict.proof:
                lines.append(f"  Proof: {' '.join(verdict.proof.split())}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figure; return 1 where too few mutants are killed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=240, help="how many mutants")
    parser.add_argument("--modules", nargs="*", default=[], help="only these modules")
    parser.add_argument("--start", type=int, default=1, help="start of the draw")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, help="write every verdict to a file")
    parser.add_argument("--write", action="store_true", help="write docs/quality.md")
    options = parser.parse_args(arguments)
    if options.write and (options.modules or options.start != 1):
        parser.error("the document holds the draw with start 1 over all modules")
    os.chdir(ROOT)  # where mutmut looks for its settings
    paths = sorted((ROOT / ROOM).glob("*.py"))
    chosen = [path for path in paths if not options.modules or path.stem in options.modules]
    made = {name: make for path in chosen for name, make in mutants_of(path).items()}
    names = sorted(made)
    drawn = random.Random(options.start).sample(names, min(options.sample, len(names)))
    verdicts = test_all([made[name]() for name in drawn], options.workers)
    print(figures(verdicts, len(names)))
    if options.json:
        content = [asdict(verdict) for verdict in verdicts]
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if options.write:
        write_section("mutation", as_markdown(verdicts, len(names), len(paths)))
    alive = sum(verdict.outcome == "survived" for verdict in verdicts)
    judged = sum(verdict.outcome != "equivalent" for verdict in verdicts)
    return int(judged - alive < REQUIRED * judged)


if __name__ == "__main__":
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    os.environ.setdefault("LCDIAG_REFERENCE_DATA", str(ROOT.parent / "shared" / "oracles"))
    # loaded once for all the processes that test a mutant; lcdiag itself is not among them
    for library in ("numpy", "pandas", "scipy.stats", "scipy.optimize", "scipy.sparse.linalg"):
        import_module(library)

    sys.exit(main())
