"""``python -m lcdiag``: the command line."""

from lcdiag.cli.main import run

run()
