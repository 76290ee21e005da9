"""The `hirewire` command: one file a verb, imported only when called, so that `--help` stays instant.

Exit codes: 0 done; 1 the work failed; 2 wrong usage or settings; 130 interrupted (the state is consistent).
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from pipeline.errors import HirewireError

INTERRUPTED = 130

# name -> (module, what it is for); the module holds a click command of the verb's name in `command`.
VERBS = {
    "analyze": ("crawler.cli.analyze", "Analyse documents; store nothing."),
    "article": ("crawler.cli.article", "Show one stored article, or how its wording has changed."),
    "articles": ("crawler.cli.reading", "List stored articles, newest first."),
    "crawl": ("crawler.cli.crawl", "Visit sources now."),
    "completion": ("crawler.cli.completion", "Print the completion script of a shell."),
    "db": ("crawler.cli.db", "Look after the database."),
    "delete": ("crawler.cli.delete", "Remove an article everywhere and keep it away."),
    "demo": ("crawler.cli.demo", "Crawl a small newsroom on this machine and show its digest."),
    "digest": ("crawler.cli.digest", "Show or write a digest of new LLM-hiring news."),
    "doctor": ("crawler.cli.doctor", "Check settings, database, sources and packages."),
    "explain": ("crawler.cli.explain", "Tell what became of a URL or file, and why."),
    "hiring": ("crawler.cli.reading", "List hiring facts, newest first."),
    "ingest": ("crawler.cli.ingest", "Store documents from files."),
    "players": ("crawler.cli.players", "Look into the registry of LLM players; tag anew."),
    "reprocess": ("crawler.cli.reprocess", "Extract archived pages again, and show or store what changes."),
    "run": ("crawler.cli.run", "Run crawls and digests on their schedules until stopped."),
    "sources": ("crawler.cli.sources", "Look into the registry of sources."),
    "stories": ("crawler.cli.stories", "List stories; merge, split and explain them."),
}


class Verbs(click.Group):
    """A group that imports a verb's module only when the verb is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb."""
        if cmd_name not in VERBS:
            return None
        command = getattr(import_module(VERBS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, VERBS[name][1]) for name in sorted(VERBS)])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hirewire")
def hirewire() -> None:
    """Tell who is hiring, poaching, paying and losing people for LLM work: once, correctly, with proof."""


def main(args: list[str] | None = None) -> None:
    """Run the command and leave with its exit code; an error is a message and a remedy, never a traceback."""
    try:
        code: Any = hirewire.main(args, prog_name="hirewire", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted; what was stored is consistent", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except HirewireError as error:
        click.echo(f"hirewire: {error.message}", err=True)
        if error.remedy:
            click.echo(f"  {error.remedy}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nothing more to say
        code = 0
    finally:
        if context := sys.modules.get("crawler.cli.context"):  # not loaded by --help
            context.close_stores()
    sys.exit(code if isinstance(code, int) else 0)
