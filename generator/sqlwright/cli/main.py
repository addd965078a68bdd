"""The command `sqlwright`: a group whose commands are loaded when they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from .. import __version__

_INTERRUPTED: Final = 130
COMMANDS: Final = ("init", "generate", "check", "analyze")
"""Each is a module of this folder with a `command`, in the order that `--help` shows them."""


class _Commands(click.Group):
    """Only the command that runs is imported; `--help` imports all, so their heavy imports stand inside them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: object = import_module(f".{cmd_name}", __package__).command
        assert isinstance(found, click.Command)
        return found

    def invoke(self, ctx: click.Context) -> object:
        """An interrupt is no failure: click would say "Aborted!", and give the status of one."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise SystemExit(_INTERRUPTED) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """An unknown command names the nearest one there is."""
        from ..diagnostics import suggestion

        name = args[0]
        meant = suggestion(name, COMMANDS) if name not in COMMANDS and not name.startswith("-") else None
        if meant is not None:
            ctx.fail(f"No such command '{name}'. Did you mean '{meant}'?")
        return super().resolve_command(ctx, args)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sqlwright", message="%(prog)s %(version)s")
def command() -> None:
    """Plain .sql in, typed Python out."""
