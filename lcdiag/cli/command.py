"""Commands that explain themselves in the reader's language."""

from __future__ import annotations

import pkgutil
from typing import Any

import click

from lcdiag.base.text import languages
from lcdiag.cli.language import say


class _Speaking(click.Command):
    """Headings, usage line and help option in the language of the messages."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("heading.usage") + " ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words after the command's name."""
        pieces = super().collect_usage_pieces(ctx)
        words = {
            "[OPTIONS]": say("heading.usage-options"),
            "COMMAND [ARGS]...": say("heading.usage-command"),
        }
        return [words.get(piece, piece) for piece in pieces]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their heading."""
        shown = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [param.get_help_record(ctx) for param in shown]
        rows = [record for record in records if record is not None]
        if rows:
            with formatter.section(say("heading.options")):
                formatter.write_dl(rows)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters, with the kind of value in the reader's language."""
        params = super().get_params(ctx)
        for param in params:
            if isinstance(param, click.Option) and param.metavar is None and not param.is_flag:
                if isinstance(param.type, click.Path):
                    param.metavar = say("metavar.path")
                elif param.type is click.STRING:
                    param.metavar = say("metavar.text")
        return params

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with its own words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("option.help")
        return option


class Command(_Speaking):
    """A command; `language` and `quiet` are options of every one.

    A command whose `language` is about something else brings its own.

    Parameters
    ----------
    findings : bool
        Whether it can print its findings as JSON (``--json``).
    """

    def __init__(self, *args: Any, findings: bool = True, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if all(param.name != "language" for param in self.params):
            self.params.append(
                click.Option(
                    ["--language"], type=click.Choice(languages()), help=say("option.language")
                )
            )
        self.params.append(click.Option(["--quiet"], is_flag=True, help=say("option.quiet")))
        if findings:
            self.params.append(
                click.Option(["--json", "as_json"], is_flag=True, help=say("option.json"))
            )


class Commands(_Speaking, click.Group):
    """A group whose commands are the modules of a folder, loaded only when they are called."""

    def __init__(self, package: str, **settings: Any) -> None:
        super().__init__(**settings)
        self.package = package
        self.noun = "" if package.endswith(".commands") else package.rsplit(".", 1)[-1] + "-"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the module names; a folder is a noun with commands of its own."""
        import importlib

        folder = importlib.import_module(self.package)
        return sorted(info.name for info in pkgutil.iter_modules(folder.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded now; None where there is no such module."""
        import importlib

        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{self.package}.{cmd_name}")
        command: click.Command = module.build()
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then one line a command without loading any."""
        super().format_options(ctx, formatter)
        rows = [(name, say(f"short.{self.noun}{name}")) for name in self.list_commands(ctx)]
        with formatter.section(say("heading.commands")):
            formatter.write_dl(rows)
