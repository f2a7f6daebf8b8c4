"""The documents keep up with the code: commands, modules, kinds and templates are all described."""

import re
from pathlib import Path

import click
import docx
import pytest

from pipeline.cli import cli
from pipeline.values import Kind, Place

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MAP = (ROOT / "pipeline" / "README.md").read_text("utf-8")


def commands(group: click.Group, prefix: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found.append(f"{prefix}{name}")
        if isinstance(command, click.Group):
            found += commands(command, f"{prefix}{name} ")
    return found


@pytest.mark.parametrize("command", [name for name in commands(cli) if name not in ("journal", "templates")])
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"`{command}" in README


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_stands_in_the_glossary(kind: Kind) -> None:
    assert f"`{kind.value}`" in MAP


@pytest.mark.parametrize(
    "name",
    sorted(
        path.stem
        for path in (ROOT / "pipeline").iterdir()
        if (path.is_dir() and (path / "__init__.py").is_file()) or path.suffix == ".py"
    ),
)
def test_every_module_stands_on_the_map(name: str) -> None:
    if name.startswith("__"):
        return
    assert re.search(rf"\b{name}\b", MAP), name


def test_the_two_commands_stand_at_the_top_of_the_readme() -> None:
    top = README[:400]
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/stukkenstroom demo" in top
    assert "sh tests/run.sh" in top


def test_every_module_says_what_it_is_for() -> None:
    """Each module begins with a docstring of at least one sentence."""
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "pipeline").rglob("*.py")
        if not re.match(r'(#!.*\n)?(r)?"""\S.{15,}', path.read_text("utf-8"), re.DOTALL)
    ]
    assert silent == []


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "pipeline").rglob("*.py")
        if path.name not in ("values.py", "ports.py")
        and (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_the_read_me_names_every_folder_she_works_with() -> None:
    table = docx.Document(str(ROOT / "templates" / "leesmij.docx")).tables[0]
    named = " ".join(row.cells[0].text.replace(" \u203a ", "/") for row in table.rows)
    below = (Place.BRIEVEN_CONCEPT, Place.BRIEVEN_VERSTUREN, Place.BRIEVEN_VERSTUURD, Place.SJABLONEN)
    assert [place for place in Place if place not in below and place not in named] == []
