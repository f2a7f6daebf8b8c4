"""click in Dutch: headings, help texts and complaints about wrong use.

click's own words are English and cannot all be set; what a person may see of them is said
here in Dutch. Touches nothing but click.
"""

from collections.abc import Sequence
from typing import Any

import click

HELP_OPTION = "Toon deze uitleg en stop."


class DutchFormatter(click.HelpFormatter):
    """Writes ``Gebruik:`` where click writes ``Usage:``."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is used."""
        words = args.replace("[OPTIONS]", "[OPTIES]").replace("[COMMAND] [ARGS]...", "[OPDRACHT …]")
        words = words.replace("COMMAND [ARGS]...", "OPDRACHT …")
        super().write_usage(prog, words, prefix=prefix or "Gebruik: ")


class DutchContext(click.Context):
    """Gives every command the Dutch formatter."""

    formatter_class = DutchFormatter


class DutchCommand(click.Command):
    """A command whose help is Dutch."""

    context_class = DutchContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe ``--help`` in Dutch."""
        return _in_dutch(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options under a Dutch heading."""
        _write_options(self, ctx, formatter)


class DutchGroup(click.Group):
    """A group of commands whose help is Dutch."""

    context_class = DutchContext
    command_class = DutchCommand
    group_class = type

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe ``--help`` in Dutch."""
        return _in_dutch(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List options and commands under Dutch headings."""
        _write_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(limit=100))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None and not command.hidden
        ]
        if rows:
            with formatter.section("Opdrachten"):
                formatter.write_dl(rows)


def _in_dutch(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = HELP_OPTION
    return option


class Argument(click.Argument):
    """What is given without a dash, with a line that explains it."""

    def __init__(self, param_decls: Sequence[str], *, explained: str, **attrs: Any) -> None:
        """Make it; ``explained`` is a Dutch sentence, the rest is click's."""
        super().__init__(param_decls, **attrs)
        self.explained = explained


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """List arguments and options, each under its own heading."""
    given = command.get_params(ctx)
    arguments = [(_shown(one), one.explained) for one in given if isinstance(one, Argument)]
    records = [one.get_help_record(ctx) for one in given if isinstance(one, click.Option)]
    options = [record for record in records if record is not None]
    for heading, rows in (("Argumenten", arguments), ("Opties", options)):
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _shown(argument: click.Parameter) -> str:
    """Name an argument: ``MAP`` of ``[MAP]``, ``BESTAND`` of ``BESTAND…``."""
    return argument.human_readable_name.strip("[]…")


def complaint(fault: click.ClickException) -> str:
    """Say in Dutch what is wrong with a command line."""
    if isinstance(fault, click.NoSuchOption):
        near = f" Bedoelde u {_one_of(fault.possibilities)}?" if fault.possibilities else ""
        return f"De optie {fault.option_name} bestaat niet.{near}"
    if isinstance(fault, click.MissingParameter):
        return f"Er ontbreekt iets op de opdrachtregel: {_shown(fault.param) if fault.param else '?'}."
    if isinstance(fault, click.BadParameter):
        name = f" bij {'/'.join(fault.param.opts)}" if fault.param else ""
        return f"Deze waarde is niet goed{name}: {_wrong_value(fault.message)}"
    if isinstance(fault, click.BadOptionUsage):
        return f"Achter de optie {fault.option_name} ontbreekt een waarde."
    return _wrong_shape(fault.message)


def _wrong_value(message: str) -> str:
    """Translate what click says of the value of an option."""
    value = message.partition("'")[2].partition("'")[0]
    if "not a valid integer" in message:
        return f"'{value}' is geen heel getal."
    if "is a directory" in message:
        return f"'{value}' is een map; geef een bestand."
    if "is a file" in message:
        return f"'{value}' is een bestand; geef een map."
    return f"'{value}'."


def _wrong_shape(message: str) -> str:
    """Translate what click says of a command line as a whole."""
    if "No such command" in message:
        return f"Deze opdracht bestaat niet: {message.partition(chr(39))[2].partition(chr(39))[0]}."
    if "Missing command" in message:
        return "Geef een opdracht."
    if "unexpected extra argument" in message:
        return "Er staat te veel op de opdrachtregel."
    if "does not take a value" in message:
        return "Achter een van de opties hoort geen waarde."
    return "De opdrachtregel klopt niet."


def _one_of(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"een van: {', '.join(words)}"
