"""Open Office files behind a password (.docx, .xlsx, .pptx and the old kinds) with the council's list.

In memory only; the file itself stays as it is. Touches nothing.
"""

import io
import struct

from pipeline.edges.reading.problems import LockedError

MAX_TRIES = 25
"""Each try takes a tenth of a second or more, by design of these files."""

_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)


def unlocked(content: bytes, passwords: tuple[str, ...]) -> bytes:
    """Give the file without its password.

    Args:
        content: The whole file.
        passwords: Tried in this order, at most ``MAX_TRIES`` of them.

    Raises:
        LockedError: None of them opens it, or it is locked in a way that is not known.
    """
    for password in passwords[:MAX_TRIES]:
        if opened := _tried(content, password):
            return opened
    raise LockedError


def _tried(content: bytes, password: str) -> bytes:
    """Try one password; nothing when it does not fit."""
    from msoffcrypto import OfficeFile  # noqa: PLC0415 - only with a list of passwords
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, ParseError  # noqa: PLC0415

    target = io.BytesIO()
    try:
        locked = OfficeFile(io.BytesIO(content))
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(target)
    except (DecryptionError, FileFormatError, ParseError, *_BROKEN):
        return b""
    return target.getvalue()
