"""The entry point: finds the command, speaks the reader's language, returns an exit code."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from lcdiag.base.errors import LcdiagError
from lcdiag.cli.command import Commands
from lcdiag.cli.language import language_of, say, speak

FINE, REJECTED, MISUSED, OUR_FAULT = 0, 1, 2, 3


def main_group() -> click.Group:
    """Return the whole command line in the language that is spoken now."""
    group = Commands(
        "lcdiag.cli.commands",
        name="lcdiag",
        help=say("help.lcdiag"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.params += [
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            callback=_version,
            expose_value=False,
            help=say("option.version"),
        ),
        click.Option(["--language"], expose_value=False, help=say("option.language")),
    ]
    return group


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(call(sys.argv[1:] if arguments is None else list(arguments)))


def call(arguments: list[str]) -> int:
    """Run the command line and return its exit code.

    0 fine, 1 material rejected, 2 misuse of the command, 3 a fault in lcdiag.
    """
    _let_consoles_write()
    speak(language_of(arguments))
    try:
        code = main_group().main(arguments, prog_name="lcdiag", standalone_mode=False)
    except LcdiagError as error:
        from lcdiag.cli.output import write_findings

        write_findings(error.findings, as_json="--json" in arguments)
        return REJECTED
    except NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return MISUSED
    except click.UsageError as error:
        if error.message == "Missing command." and error.ctx is not None:
            click.echo(error.ctx.get_help())
        else:
            click.echo(_misuse(error), err=True)
        return MISUSED
    except click.ClickException as error:
        click.echo(_misuse(error), err=True)
        return MISUSED
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("stopped"), err=True)
        return REJECTED
    except BrokenPipeError:
        return FINE
    except Exception:
        import traceback

        click.echo(say("our-fault"), err=True)
        traceback.print_exc()
        return OUR_FAULT
    return code if isinstance(code, int) else FINE


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from lcdiag import __version__

        click.echo(f"lcdiag {__version__}")
        ctx.exit()


def _misuse(error: click.ClickException) -> str:
    """Return what is wrong with the words of the command, in the reader's language."""
    from lcdiag.base.findings import near_miss

    help_line = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        help_line = "\n" + say("misuse.help", command=error.ctx.command_path)
    if isinstance(error, click.NoSuchOption):
        near = near_miss(error.option_name, error.possibilities or ())
        return say("misuse.option", name=error.option_name) + _or_perhaps(near) + help_line
    if isinstance(error, NoSuchCommand):
        group = error.ctx.command if error.ctx else None
        known = group.list_commands(error.ctx) if isinstance(group, Commands) and error.ctx else ()
        near = near_miss(error.command_name, known)
        return say("misuse.command", name=error.command_name) + _or_perhaps(near) + help_line
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return say("misuse.missing", name=_name_of(error.param, error.ctx)) + help_line
    if isinstance(error, click.BadOptionUsage):
        kind = "no-value" if "does not take" in error.message else "needs-value"
        return say(f"misuse.{kind}", name=error.option_name) + help_line
    if isinstance(error, click.BadParameter) and isinstance(
        getattr(error.param, "type", None), click.Choice
    ):
        return _not_a_choice(error) + help_line
    if extra := re.search(r"unexpected extra arguments? \((.*)\)$", error.message):
        return say("misuse.extra", words=extra[1]) + help_line
    return say("misuse.other", message=error.format_message()) + help_line


def _name_of(param: click.Parameter, ctx: click.Context | None) -> str:
    """Return a parameter as the help writes it: an option by its name, an argument in capitals."""
    if isinstance(param, click.Option) or ctx is None:
        return max(param.opts, key=len)
    return param.make_metavar(ctx)


def _not_a_choice(error: click.BadParameter) -> str:
    """Return which values an option takes; the value itself stands in click's message."""
    from lcdiag.base.findings import near_miss

    assert error.param is not None
    assert isinstance(error.param.type, click.Choice)
    known = [str(choice) for choice in error.param.type.choices]
    found = re.match(r"'(.*)' is not one of", error.message)
    value = found[1] if found else ""
    text = say(
        "misuse.choice", name=_name_of(error.param, None), value=value, known=", ".join(known)
    )
    return text + _or_perhaps(near_miss(value, known))


def _or_perhaps(near: str) -> str:
    return f" {say('misuse.near', near=near)}" if near else ""


def _let_consoles_write() -> None:
    """Replace what a console without UTF-8 cannot show, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (getattr(stream, "encoding", "") or "").lower() not in ("utf-8", "utf8"):
            reconfigure(errors="replace")
