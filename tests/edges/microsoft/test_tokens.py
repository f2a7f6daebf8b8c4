"""Tokens of a person lie in a file that only its owner reads, encrypted where the system keeps a key."""

import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from pipeline.edges.microsoft.tokens import FileTokens

TOKENS = {"RefreshToken": {"home-1": {"secret": "verversing-1", "home_account_id": "home-1"}}}


class Kept(KeyringBackend):
    """A keyring that keeps secrets in memory, as that of a desktop does on disk."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password


class OnlyNow(Kept):
    """Says of itself that it is not recommended."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def saved(path: Path) -> bytes:
    tokens = FileTokens(path)
    tokens._cache = TOKENS
    assert tokens.save_token(force=True)
    return path.read_bytes()


def loaded(path: Path) -> object:
    tokens = FileTokens(path)
    return tokens._cache if tokens.load_token() else None


def test_where_the_system_keeps_a_key_nothing_of_a_token_stands_in_the_file(tmp_path: Path) -> None:
    keyring.set_keyring(Kept())
    content = saved(tmp_path / "t.json")
    assert b"verversing" not in content
    assert b"RefreshToken" not in content
    assert loaded(tmp_path / "t.json") == TOKENS


class Several(ChainerBackend):
    """Two keyrings of which neither is recommended; together they say that they are."""

    backends = (OnlyNow(), OnlyNow())  # type: ignore[assignment]


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, OnlyNow, Several])
def test_where_it_keeps_none_the_rights_on_the_file_protect_them(
    tmp_path: Path, backend: type[KeyringBackend]
) -> None:
    keyring.set_keyring(backend())
    assert b"verversing-1" in saved(tmp_path / "t.json")
    assert stat.S_IMODE((tmp_path / "t.json").stat().st_mode) == 0o600
    assert loaded(tmp_path / "t.json") == TOKENS


def test_a_key_that_is_away_gives_no_tokens_and_they_come_back_with_it(tmp_path: Path) -> None:
    kept = Kept()
    keyring.set_keyring(kept)
    before = saved(tmp_path / "t.json")
    kept.locked = True
    assert loaded(tmp_path / "t.json") is None
    assert saved(tmp_path / "t.json") == before, "and are never written in the clear in the meantime"
    kept.locked = False
    assert loaded(tmp_path / "t.json") == TOKENS
    assert (tmp_path / "t.json").read_bytes() == before


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    keyring.set_keyring(Kept())
    saved(tmp_path / "t.json")
    keyring.set_keyring(Kept())
    assert loaded(tmp_path / "t.json") is None


def test_tokens_from_before_are_read_and_encrypted_when_they_are_written_again(tmp_path: Path) -> None:
    keyring.set_keyring(null.Keyring())
    saved(tmp_path / "t.json")
    keyring.set_keyring(Kept())
    assert loaded(tmp_path / "t.json") == TOKENS
    assert b"verversing" not in saved(tmp_path / "t.json")
