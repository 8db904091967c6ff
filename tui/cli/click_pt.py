"""click in Portuguese: its own headings, its help option and its complaints."""

import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING

import click
from click.formatting import HelpFormatter

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Command(click.Command):
    """A command whose help is in one language."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Read the words of the command; complain of one too many in the same language."""
        # click itself would complain in English
        context = super().make_context(info_name, args, parent, allow_extra_args=True, **extra)
        if context.args and not isinstance(self, click.Group) and not context.resilient_parsing:
            context.fail(f"não se espera {' '.join(context.args)}.")
        return context

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Uso: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what may stand behind the command."""
        arguments = [param.make_metavar(ctx) for param in self.params if isinstance(param, click.Argument)]
        return ["[OPÇÕES]", *arguments]

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write the options."""
        records = [
            record
            for param in self.get_params(ctx)
            if not isinstance(param, click.Argument) and (record := param.get_help_record(ctx))
        ]
        if records:
            with formatter.section("Opções"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Mostra esta ajuda."
        return option


class Group(Command, click.Group):
    """A group of commands, in the order in which they were written."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in their order."""
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what may stand behind the program."""
        return ["[OPÇÕES]", "[COMANDO]"]

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write the options and the commands."""
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str(100)) for name, command in self.commands.items()]
        with formatter.section("Comandos"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; complain in the same language."""
        mistaken = args[0] not in self.commands and not args[0].startswith("-")
        if mistaken and not ctx.resilient_parsing:  # while a shell completes, a line is only half written
            near = difflib.get_close_matches(args[0], self.commands, n=1)
            hint = f"; seria {near[0]}?" if near else f"; existem {', '.join(self.commands)}."
            ctx.fail(f"não existe o comando {args[0]}{hint}")
        return super().resolve_command(ctx, args)


def local(
    name: str,
) -> Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]:
    """Return what completes an argument: the function ``name`` of `completion`, imported once it is asked."""

    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> "list[CompletionItem]":
        from . import completion

        found: list[CompletionItem] = getattr(completion, name)(context, parameter, begun)
        return found

    return complete


def complaint(error: click.ClickException) -> str:
    """Say what was wrong with the words on the command line."""
    match error:
        case click.NoSuchOption():
            near = f"; seria {error.possibilities[0]}?" if error.possibilities else "."
            return f"não existe a opção {error.option_name}{near}"
        case click.MissingParameter() if error.param is not None and error.ctx is not None:
            return f"falta {error.param.make_metavar(error.ctx)}."
        case click.BadParameter() if error.param is not None:
            return f"{error.param.human_readable_name} precisa ser {_wanted(error.param.type)}."
        case click.BadOptionUsage():
            return f"a opção {error.option_name} precisa de um valor, ou não aceita nenhum."
        case _:
            return error.format_message()


def _wanted(kind: object) -> str:
    match kind:
        case click.IntRange():
            return "um número inteiro, 1 ou mais"
        case click.Choice(choices=choices):
            return f"um destes: {', '.join(map(str, choices))}"
        case click.Path(dir_okay=False):
            return "um arquivo"
        case click.Path(file_okay=False):
            return "uma pasta"
    return "outro"
