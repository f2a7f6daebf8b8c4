"""Read the headers of a mail or a part so that no header, however broken, raises.

Standard library only; touches nothing. Every value handed out is one line of printable
text: no CR, LF, control or direction-override characters. Instants are aware UTC.
"""

import re
from base64 import b64decode, b64encode
from binascii import a2b_qp
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import AddressHeader, DateHeader, HeaderRegistry
from email.message import EmailMessage
from email.parser import Parser
from email.policy import EmailPolicy
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime
from functools import cache
from typing import Any, cast

from pipeline.edges.reading.charset import one_line
from pipeline.values import Address

HEADER_ERRORS = (
    MessageError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
)
"""What the standard library was seen to raise on hostile headers."""

_WRITTEN_BOUNDARY = re.compile(r"""(?i)boundary\s*=\s*(?:"([^"]*)"?|([^;]*))""")
_ENCODED_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?\s]*)\?=")
_ENCODED_RUN = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=(?:\s+=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=)+")
_BRACKETED = re.compile(r"<([^<>\s]+)>")


class _ForgivingPolicy(EmailPolicy):
    """The default policy, but a header it cannot parse comes out as plain text."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value)
        except HEADER_ERRORS:
            return one_line(value)


class _Registry(HeaderRegistry):
    """The registry of the standard library, which makes a new class for every header it reads."""

    def __getitem__(self, name: str) -> type:
        return _header_class(self.registry.get(name.lower(), self.default_class), self.base_class)


@cache
def _header_class(kind: type, base: type) -> type:
    return type(f"_{kind.__name__}", (kind, base), {})


def _remembering() -> _ForgivingPolicy:
    """Make a policy for one header block, so that a header that is asked for again is parsed once."""
    return _ForgivingPolicy(header_factory=cache(_REGISTRY))


_REGISTRY = _Registry()


def read_headers(block: bytes) -> EmailMessage:
    """Read a header block; raw 8-bit text is taken as UTF-8, else as Windows-1252."""
    parser = Parser(EmailMessage, policy=_remembering())
    return cast("EmailMessage", parser.parsestr(_join_words(_decode_block(block)), headersonly=True))


def text_of(headers: EmailMessage, name: str) -> str:
    """Give the first header of this name as one decoded line; empty when there is none."""
    return one_line(headers.get(name, ""))


def texts_of(headers: EmailMessage, name: str) -> tuple[str, ...]:
    """Give all headers of this name, topmost first, each as one line."""
    return tuple(one_line(value) for value in headers.get_all(name, []))


def trace(headers: EmailMessage) -> tuple[str, ...]:
    """Give what servers wrote on the way, topmost first: ``Received: …``, ``Authentication-Results: …``."""
    kept = {"received": "Received", "authentication-results": "Authentication-Results"}
    raw = ((kept.get(name.lower()), value) for name, value in headers.raw_items())
    return tuple(f"{name}: {one_line(value)}" for name, value in raw if name)


def content_type(headers: EmailMessage, default: str) -> str:
    """Give the declared content type in lower case; ``default`` when there is none.

    A header that is present but is no ``type/subtype`` gives ``text/plain`` (RFC 2045, 5.2).
    """
    declared = text_of(headers, "Content-Type").partition(";")[0].strip().lower()
    if not declared:
        return default
    return declared if re.fullmatch(r"[^\s/]+/[^\s/]+", declared) else "text/plain"


def parameter(headers: EmailMessage, header: str, name: str) -> str:
    """Give a parameter of a structured header, decoded (RFC 2231, RFC 2047); empty when absent."""
    value = headers.get(header, "")
    found = getattr(value, "params", {}).get(name)
    if found is None:
        found = _parameter_in_text(headers, header, name)
    return one_line(found)


def boundaries(headers: EmailMessage) -> tuple[str, ...]:
    """Give the boundaries a multipart may mean, likeliest first: as parsed, and as written."""
    raw = (one_line(value) for name, value in headers.raw_items() if name.lower() == "content-type")
    written = _WRITTEN_BOUNDARY.search(next(raw, ""))
    loose = (written[1] or written[2] or "").strip() if written else ""
    found = (parameter(headers, "Content-Type", "boundary"), loose)
    return tuple(dict.fromkeys(boundary for boundary in found if boundary))


def message_ids(*values: str) -> tuple[str, ...]:
    """Find the bracketed message ids in these headers, in order, each once."""
    return tuple(dict.fromkeys(found for value in values for found in _BRACKETED.findall(value)))


def instant(headers: EmailMessage, name: str) -> datetime | None:
    """Give a date header as aware UTC; None when it is missing or unreadable."""
    value = headers.get(name)
    if value is None:
        return None
    if isinstance(value, DateHeader) and value.datetime is not None:
        return _in_utc(value.datetime)
    return instant_in(one_line(value))


def instant_in(text: str) -> datetime | None:
    """Read a mail date from text, as aware UTC; None when it is not one."""
    try:
        return _in_utc(parsedate_to_datetime(text))
    except HEADER_ERRORS:
        return None


def addresses(headers: EmailMessage, *names: str) -> tuple[Address, ...]:
    """Give the addresses in these headers, in order, groups flattened."""
    found = (value for name in names for value in headers.get_all(name, []))
    return tuple(address for value in found for address in _addresses_in(value))


def _join_words(text: str) -> str:
    """Join neighbouring encoded words of one charset into one.

    The standard library puts a space between two of them in a name, and cannot read a character
    of which one half stands in the first word and the other half in the second.
    """
    return _ENCODED_RUN.sub(lambda run: _joined(run[0]), text)


def _joined(run: str) -> str:
    words = _ENCODED_WORD.findall(run)
    if len({charset.lower() for charset, _, _ in words}) != 1:
        return run
    try:
        content = b"".join(_word_bytes(encoding, text) for _, encoding, text in words)
    except ValueError:
        return run
    return f"=?{words[0][0]}?b?{b64encode(content).decode('ascii')}?="


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        return a2b_qp(text.encode("ascii"), header=True)
    return b64decode(text + "=" * (-len(text) % 4))


def _decode_block(block: bytes) -> str:
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return block.decode("cp1252", "replace")


def _in_utc(moment: datetime) -> datetime | None:
    """Make an instant aware; a mail date without zone (``-0000``) is UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _parameter_in_text(headers: EmailMessage, header: str, name: str) -> str:
    try:
        value = headers.get_param(name, "", header)
        return collapse_rfc2231_value(value) if value else ""
    except HEADER_ERRORS:
        return ""


def _addresses_in(value: object) -> Iterable[Address]:
    if isinstance(value, AddressHeader):
        pairs = [(str(entry.display_name), str(entry.addr_spec)) for entry in value.addresses]
    else:
        pairs = []
    if not any("@" in spec for _, spec in pairs):
        pairs = getaddresses([one_line(value)]) or pairs
    return filter(None, (_address(name, spec) for name, spec in pairs))


def _address(name: str, spec: str) -> Address | None:
    """Make an address; text without ``@`` can only be a name."""
    name, spec = one_line(name), one_line(spec).strip("<>").lower()
    if spec.strip("@ ") == "":
        spec = ""
    if spec and "@" not in spec:
        name, spec = name or spec, ""
    return Address(email=spec.replace(" ", ""), name=name) if name or spec else None
