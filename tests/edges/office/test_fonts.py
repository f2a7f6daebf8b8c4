"""The font configuration that is handed to the programs that make pages."""

import subprocess
from pathlib import Path

import pytest

from pipeline.edges.office.fonts import CARRIED_FAMILY, write_fonts_conf, write_narrow_conf


def match(conf: Path, family: str) -> str:
    """Ask fontconfig which family it would take."""
    asked = subprocess.run(
        ["fc-match", "--format=%{family[0]}", family],
        env={"FONTCONFIG_FILE": str(conf), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout


@pytest.mark.parametrize("family", ["Calibri", "Arial", "Times New Roman", "Onbekend", "serif", ""])
def test_machine_without_fonts_has_ours(family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "is-er-niet.conf"))
    assert match(write_fonts_conf(tmp_path), family) == CARRIED_FAMILY


def test_font_that_the_machine_has_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if "DejaVu" not in subprocess.run(["fc-list"], capture_output=True, text=True, check=True).stdout:
        pytest.skip("DejaVu is not installed here")
    assert match(write_fonts_conf(tmp_path), "DejaVu Sans") == "DejaVu Sans"


def test_folder_with_odd_marks(tmp_path: Path) -> None:
    """A work folder may be called anything; the file stays well-formed."""
    odd = tmp_path / "a & b <c> 'd'"
    odd.mkdir()
    assert match(write_fonts_conf(odd), CARRIED_FAMILY) == CARRIED_FAMILY


@pytest.mark.parametrize("family", ["Calibri", "DejaVu Serif", "Onbekend"])
def test_the_narrow_choice_leaves_letters_for_everything(family: str, tmp_path: Path) -> None:
    narrow = write_narrow_conf(tmp_path, write_fonts_conf(tmp_path))
    assert match(narrow, family) in (CARRIED_FAMILY, "Carlito")


def test_the_narrow_choice_keeps_one_font_for_rare_signs(tmp_path: Path) -> None:
    narrow = write_narrow_conf(tmp_path, write_fonts_conf(tmp_path))
    listed = subprocess.run(
        ["fc-list", ":", "family", "style"],
        env={"FONTCONFIG_FILE": str(narrow), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "DejaVu Serif" not in listed
    assert CARRIED_FAMILY in listed
