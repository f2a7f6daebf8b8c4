"""The block [koppeling] of dienst.toml: the folder whose files can be fetched by a link.

Pure. Whether the folder is there is seen by whoever lays a file in it.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, quote, urlsplit

from pydantic import Field

from pipeline.settings.problems import Table
from pipeline.values import LinkFolder

_KEPT = "/%:@=,+!$()*;"
"""What stays in an address as it is written: it means something there, and nothing in HTML."""


class LinkTable(Table):
    """De map waaruit leden een te grote bundel ophalen met een link."""

    map: str = Field(
        default="",
        description=(
            "Bestaande map op deze machine die een webserver aanbiedt, of die met SharePoint, OneDrive of "
            "Nextcloud wordt gesynchroniseerd; leeg = geen links"
        ),
    )
    adres: str = Field(default="", description="Het https-adres waaronder die map is te bereiken")
    bewaren_dagen: Annotated[int, Field(ge=1, le=366)] = Field(
        default=60, description="Zo veel dagen werkt een link; daarna ruimt de dienst het bestand daar op"
    )


def link_folder(table: LinkTable, data: Path) -> LinkFolder | None:
    """Make the folder of its block; a relative one starts in the data folder; None without one."""
    if not table.map:
        return None
    return LinkFolder(
        folder=data / table.map, written=table.map, address=_address(urlsplit(table.adres.strip()))
    )


def _address(parts: SplitResult) -> str:
    """Write an address as it stands in a mail: spaces and letters with accents as ``%20``, no last slash."""
    return f"{parts.scheme}://{parts.netloc}{quote(parts.path, safe=_KEPT)}".rstrip("/")


def link_problems(table: LinkTable, *, wanted: bool) -> Iterator[tuple[str, str]]:
    """Name what is wrong in the block: a setting and, in Dutch, what to do.

    Args:
        table: The block.
        wanted: A bundle that is too large goes as a link.
    """
    for name, value in (("map", table.map), ("adres", table.adres)):
        if not value and (wanted or table.map or table.adres):
            yield name, "Vul dit in, of zet te_groot in [verzending] op 'delen' en haal dit blok weg."
    if table.adres and not _is_usable(table.adres.strip()):
        yield "adres", _UNUSABLE


_UNUSABLE = (
    "Geef het adres zoals https://stukken.school.example/mr: met https (http mag alleen op deze machine "
    "zelf), zonder gebruikersnaam en zonder vraagteken of hekje."
)


def _is_usable(address: str) -> bool:
    """Tell whether the name of a file can be written behind an address, and the way there is protected."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    protected = parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))
    plain = not any(mark in address for mark in "?#\\") and "@" not in parts.netloc
    return protected and plain and bool(host) and host.isascii() and " " not in parts.netloc


def _is_here(host: str) -> bool:
    """Tell whether a name or address is this machine itself; a name is never looked up."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
