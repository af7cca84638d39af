"""What is loaded when: the root package and the help are light."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "numpy", "pandas", "scipy", "plotly", "pingouin", "pydantic", "jinja2", "starlette", "duckdb",
    "openpyxl",
}  # fmt: skip


def loaded(code: str) -> set[str]:
    probe = f"import sys\n{code}\nprint('|'.join(sorted(m for m in sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return {module.split(".")[0] for module in done.stdout.splitlines()[-1].split("|")}


def test_importing_the_package_loads_no_heavy_library() -> None:
    assert not loaded("import lcdiag") & HEAVY


def test_help_loads_no_heavy_library() -> None:
    assert not loaded("from lcdiag.cli.main import call; call(['--help'])") & HEAVY


def test_every_public_name_is_there_and_documented() -> None:
    import lcdiag

    for name in lcdiag.__all__:
        thing = getattr(lcdiag, name)
        assert name == "__version__" or (thing.__doc__ or "").strip(), name
