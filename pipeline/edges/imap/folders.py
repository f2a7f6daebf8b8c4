"""Names of folders at an IMAP server: its own delimiter, and the prefix of personal folders."""

from contextlib import suppress

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

INBOX = "INBOX"


def inbox_name(client: IMAPClient, wanted: str) -> str:
    """Give the name at the server of the folder that is read.

    Args:
        client: Signed in.
        wanted: As it was set, levels apart by ``/``; empty for the inbox.
    """
    if not wanted or wanted.upper() == INBOX:
        return INBOX
    return wanted if client.folder_exists(wanted) else _at_server(client, wanted)


def done_name(client: IMAPClient, wanted: str) -> str:
    """Give the name at the server of the folder for mail that is done; made when it is missing.

    Args:
        client: Signed in.
        wanted: As it was set, levels apart by ``/``.
    """
    name = _at_server(client, wanted)
    if not client.folder_exists(name):
        client.create_folder(name)
        with suppress(IMAPClientError):
            client.subscribe_folder(name)
    return name


def existing_done(client: IMAPClient, wanted: str) -> str:
    """Give the name at the server of the folder for mail that is done; empty when there is none."""
    name = _at_server(client, wanted)
    return name if client.folder_exists(name) else ""


def _at_server(client: IMAPClient, wanted: str) -> str:
    prefix, delimiter = _personal(client)
    name = wanted.replace("/", delimiter) if delimiter else wanted
    return name if not prefix or name.startswith(prefix) else f"{prefix}{name}"


def _personal(client: IMAPClient) -> tuple[str, str]:
    """Give the prefix and the delimiter of personal folders; both may be empty."""
    if client.has_capability("NAMESPACE"):
        personal = client.namespace().personal
        if personal:
            prefix, delimiter = personal[0]
            return str(prefix), _text(delimiter)
    listed = client.list_folders("", "")
    return "", _text(listed[0][1]) if listed else ""


def _text(delimiter: bytes | str | None) -> str:
    return delimiter.decode("ascii") if isinstance(delimiter, bytes) else delimiter or ""
