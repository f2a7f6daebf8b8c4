"""A key that the system keeps for this service: Keychain, Windows Credential Locker, Secret Service.

Only asks the keyring of whoever the service runs as. A server without a desktop has none; what would be
locked with the key is then as safe as the rights on its file. A keyring that keeps its secrets in
the open, or only says that it keeps them, counts as none.
"""

from cryptography.fernet import Fernet

SERVICE = "stukkenstroom"
_RECOMMENDED = 1
"""Priority of a keyring that is meant for use, in its own scale; null and failing ones lie below it."""


class KeyNotGivenError(Exception):
    """The system keeps a key, and does not give it now: its keyring is locked."""


def own_key(name: str) -> bytes | None:
    """Give the key of this name, made the first time.

    Args:
        name: What is locked with it; two things never share a key.

    Returns:
        A key for ``Fernet``; None when the system keeps none.

    Raises:
        KeyNotGivenError: It keeps one, and does not give it now.
    """
    import keyring  # noqa: PLC0415 - seldom wanted, and it looks for every keyring that there may be
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    kept = keyring.get_keyring()
    first = next(iter(kept.backends), kept) if isinstance(kept, ChainerBackend) else kept
    if first.priority < _RECOMMENDED:
        return None
    try:
        if (known := keyring.get_password(SERVICE, name)) is None:
            known = Fernet.generate_key().decode("ascii")
            keyring.set_password(SERVICE, name, known)
    except (KeyringError, RuntimeError) as error:
        raise KeyNotGivenError from error
    return known.encode("ascii")
