"""Tokens of a person, kept in the data folder between runs, for its owner's eyes only.

An O365 token backend is the token cache of msal itself; this one writes whole or not at all, mode
0600, and encrypted where the system keeps a key for us. An application needs no such file: it gets its
tokens anew and keeps them in memory.
"""

from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from O365 import Connection
from O365.utils.token import BaseTokenBackend, MemoryTokenBackend

from pipeline.edges import files
from pipeline.edges.own_key import KeyNotGivenError, own_key


class _Tokens(BaseTokenBackend):  # type: ignore[misc]  # O365 has no types
    """Tokens that only ``SignIn`` renews: O365 would choose among them, and take one for IMAP."""

    def should_refresh_token(
        self,
        con: Connection | None = None,  # noqa: ARG002 - the interface of O365
        *,
        username: str | None = None,  # noqa: ARG002 - idem
    ) -> bool | None:
        """Tell O365 that nothing is left to renew."""
        return None


class MemoryTokens(_Tokens, MemoryTokenBackend):  # type: ignore[misc]  # idem
    """The token cache of msal, in memory."""


class FileTokens(_Tokens):
    """The token cache of msal, in a file.

    Args:
        path: The file; need not exist.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def load_token(self) -> bool:
        """Read the tokens; False when there are none, the file is damaged, or its key is away."""
        try:
            self._cache = self.deserialize(_opened(self._path.read_bytes(), str(self._path)))
        except (OSError, ValueError, KeyNotGivenError):
            return False
        return bool(self._cache)

    def save_token(self, force: bool = False) -> bool:  # noqa: FBT001, FBT002 - the interface of O365
        """Write the tokens when they changed; those from before stay while the key for them is away."""
        if not self._cache or not (force or self._has_state_changed):
            return bool(self._cache)
        content = str(self.serialize()).encode()
        with suppress(KeyNotGivenError):
            locked = _locked(content, str(self._path))
            files.make_folder(self._path.parent)
            files.write_private(self._path, locked)
        return True

    def delete_token(self) -> bool:
        """Forget the tokens."""
        self._cache = {}
        with suppress(FileNotFoundError):
            self._path.unlink()
            return True
        return False

    def check_token(self) -> bool:
        """Tell whether there is a file with tokens."""
        return self._path.is_file()


def _locked(content: bytes, name: str) -> bytes:
    """Encrypt tokens where the system keeps a key for them."""
    key = own_key(name)
    return Fernet(key).encrypt(content) if key else content


def _opened(content: bytes, name: str) -> str:
    """Give tokens as they were before they were encrypted, if they were.

    Raises:
        ValueError: They are encrypted, and not with a key that the system gives now.
    """
    if content.startswith(b"{"):
        return content.decode("utf-8")
    key = own_key(name)
    try:
        return Fernet(key or b"").decrypt(content).decode("utf-8")
    except InvalidToken as error:
        raise ValueError("tokens under another key") from error
