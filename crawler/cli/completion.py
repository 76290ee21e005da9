"""`hirewire completion SHELL`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    r"""Print the completion script of SHELL.

    \b
    bash: hirewire completion bash > ~/.local/share/bash-completion/completions/hirewire
    zsh:  hirewire completion zsh > a folder of $fpath/_hirewire
    fish: hirewire completion fish > ~/.config/fish/completions/hirewire.fish
    """
    from crawler.cli import hirewire  # noqa: PLC0415 - the group imports this module

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(hirewire, {}, "hirewire", "_HIREWIRE_COMPLETE").source())
