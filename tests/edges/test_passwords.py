"""The list of passwords for locked papers."""

from pathlib import Path

import pytest

from pipeline.edges.passwords import read_passwords


def list_of(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "wachtwoorden.txt"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_one_per_line_in_order_and_once(tmp_path: Path) -> None:
    """Spaces belong to a password; empty lines, doubles and a mark of Notepad do not."""
    path = list_of(tmp_path, b"\xef\xbb\xbfraad 2026\r\n\r\ngeh\xc3\xa9im\r\nraad 2026\r\n")
    assert read_passwords(path) == (("raad 2026", "gehéim"), "")


def test_without_a_list(tmp_path: Path) -> None:
    assert read_passwords(None) == ((), "")


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_list_that_others_can_read_is_told(tmp_path: Path, mode: int) -> None:
    passwords, wrong = read_passwords(list_of(tmp_path, b"raad2026\n", mode))
    assert passwords == ("raad2026",)
    assert "door anderen" in wrong
    assert "raad2026" not in wrong


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_a_list_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "weg.txt" if content is None else list_of(tmp_path, content)
    passwords, wrong = read_passwords(path)
    assert passwords == ()
    assert "beheerder" in wrong
