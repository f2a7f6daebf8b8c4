"""The command line ``stukkenstroom``: Dutch for people, JSON for programs.

``main`` is the one place where an error becomes a sentence and an exit code: 0 done, 1 done but
something needs a person, 2 wrong use (nothing was touched), 3 failed. Commands import what is
heavy only when they run.
"""

import logging
import sys
import uuid

import click

from pipeline import __version__
from pipeline.cli import dutch
from pipeline.cli.options import FAILED, WRONG_USE
from pipeline.errors import StukkenstroomError, WrongUseError


@click.group(cls=dutch.DutchGroup, context_settings={"max_content_width": 100})
@click.version_option(__version__, help="Toon het versienummer en stop.", message="%(version)s")
def cli() -> None:
    """Stukkenstroom: de stukken van de medezeggenschapsraad, van brief tot vergaderbundel."""


def main() -> None:
    """Run a command; every failure becomes a Dutch sentence on stderr and an exit code."""
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.ERROR)
    sys.exit(_run())


def _run() -> int:
    try:
        return int(cli(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        click.echo("Afgebroken.", err=True)
        return FAILED
    except click.ClickException as fault:
        click.echo(f"{dutch.complaint(fault)} Zie stukkenstroom --help.", err=True)
        return WRONG_USE
    except WrongUseError as fault:
        click.echo(fault.for_secretary(), err=True)
        return WRONG_USE
    except StukkenstroomError as fault:
        logging.getLogger("stukkenstroom").info("failed code=%s cause=%s", fault.code, fault)
        click.echo(fault.for_secretary(), err=True)
        return FAILED
    except Exception:
        reference = uuid.uuid4().hex[:8]
        logging.getLogger("stukkenstroom").exception("command-bug ref=%s", reference)
        click.echo(f"{StukkenstroomError.wat} {StukkenstroomError.doe} (ONBEKEND, ref {reference})", err=True)
        return FAILED


from pipeline.cli import bundles, login, papers, procedures, service, terms  # noqa: E402  # they hang their commands on ``cli``

__all__ = ["bundles", "cli", "login", "main", "papers", "procedures", "service", "terms"]
