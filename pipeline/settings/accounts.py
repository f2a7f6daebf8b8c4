"""Where the post is fetched and handed over: the blocks of dienst.toml, and the accounts made of them.

Pure. A password or secret never stands here: only the name of the environment variable that
holds it. What belongs together is checked together.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pipeline.settings.problems import Table

Port = Annotated[int, Field(ge=1, le=65535)]
Sign = Literal["wachtwoord", "oauth"]
_PROTECTION = Literal["starttls", "tls", "geen"]
_ONLY_HERE = "'geen' mag alleen naar deze machine zelf"
_DayOrEmpty = Annotated[date | None, BeforeValidator(lambda told: None if told == "" else told)]


class PostbusTable(Table):
    """Waar de post binnenkomt."""

    soort: Literal["map", "imap", "microsoft365"] = Field(
        default="map", description="Een map of Maildir op deze machine, een IMAP-server, of Microsoft 365"
    )
    map: str = Field(
        default="", description="Map of Maildir met .eml-bestanden; leeg = postbus/ in de datamap"
    )
    postvak: str = Field(default="", description="Map in de postbus die wordt gelezen; leeg = Postvak IN")
    na_verwerking: Literal["verplaatsen", "markeren"] = Field(
        default="verplaatsen",
        description=(
            "Een verwerkt bericht naar de map Verwerkt verplaatsen, of het laten staan met een merk; bij "
            "soort 'map' wordt altijd verplaatst"
        ),
    )
    verwerkt: Annotated[str, Field(min_length=1)] = Field(
        default="Verwerkt",
        description=(
            "Naam van de map, of van het merk, voor verwerkte berichten; bij soort 'map' een map daarin, "
            "zonder / of \\"
        ),
    )
    vanaf: _DayOrEmpty = Field(
        default=None,
        description=(
            "Alleen post vanaf deze datum, zoals 2026-08-01; leeg = alles. Oudere post blijft liggen. In een "
            "map telt de tijd van het bestand, in een Maildir de aflevering"
        ),
    )


class ImapTable(Table):
    """De IMAP-server waar de post binnenkomt."""

    server: str = Field(default="", description="Naam van de IMAP-server")
    poort: Port = Field(default=993, description="Poort van de IMAP-server")
    beveiliging: _PROTECTION = Field(default="tls", description=_ONLY_HERE)
    gebruiker: str = Field(default="", description="Gebruikersnaam, meestal het e-mailadres")
    aanmelding: Sign = Field(
        default="wachtwoord", description="Met een wachtwoord, of met oauth via [microsoft365]"
    )
    wachtwoord_variabele: str = Field(
        default="STUKKENSTROOM_IMAP_WACHTWOORD", description="Omgevingsvariabele met het wachtwoord"
    )


class MicrosoftTable(Table):
    """De toegang tot Microsoft 365."""

    tenant: str = Field(default="", description="Tenant: de id of het domein van de organisatie")
    app: str = Field(default="", description="Id van de toepassing (client-id) in Microsoft Entra")
    postbus: str = Field(default="", description="E-mailadres van de postbus van de raad")
    aanmelding: Literal["certificaat", "geheim", "apparaatcode"] = Field(
        default="certificaat",
        description="Als toepassing met een certificaat of een geheim, of namens een persoon (apparaatcode)",
    )
    certificaat: str = Field(
        default="", description="Bestand met het certificaat en de RSA-sleutel (PEM); leeg = in de datamap"
    )
    geheim_variabele: str = Field(
        default="STUKKENSTROOM_MS365_GEHEIM", description="Omgevingsvariabele met het geheim"
    )
    inkomend: str = Field(
        default="",
        pattern=r"^(/?drives/[^/]+(/[^/]+)+/?)?$",
        description=(
            "Map in SharePoint of OneDrive als tweede Inkomend: drives/<id>/<pad>; leeg = geen. "
            "Wie daar kan schrijven, levert stukken in zoals de secretaris"
        ),
    )


class SignIn(StrEnum):
    """How Microsoft 365 is told who we are."""

    CERTIFICAAT = "certificaat"
    GEHEIM = "geheim"
    APPARAATCODE = "apparaatcode"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """An IMAP server.

    Attributes:
        host: Its name.
        port: Its port.
        security: ``tls``, ``starttls`` or ``geen``.
        user: Who signs in.
        oauth: True to sign in with a token of Microsoft 365, False with a password.
        password_variable: Name of the environment variable that holds the password.
    """

    host: str
    port: int
    security: str
    user: str
    oauth: bool
    password_variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftAccount:
    """Access to Microsoft 365.

    Attributes:
        tenant: Id or domain of the organisation.
        app: Id of the application (client id).
        mailbox: Address of the council's mailbox, lower case.
        sign_in: How it is told who we are.
        certificate: PEM file with certificate and RSA key.
        secret_variable: Name of the environment variable that holds the secret.
        drive: Folder that counts as a second ``Inkomend/``: ``drives/<id>/<path>``; empty for none.
    """

    tenant: str
    app: str
    mailbox: str
    sign_in: SignIn
    certificate: Path
    secret_variable: str
    drive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Which mail is fetched, and what happens to it then.

    Attributes:
        sort: ``map``, ``imap`` or ``microsoft365``.
        folder: Folder or Maildir on this machine, for ``map``.
        inbox: Folder of the mailbox that is read; empty for its inbox.
        keeps: True to leave what was taken in where it is, marked; False to move it.
        done: Name of the folder, or of the mark.
        since: Only what came on or after this day is taken in; None for everything.
    """

    sort: str
    folder: Path
    inbox: str = ""
    keeps: bool = False
    done: str = "Verwerkt"
    since: date | None = None


def mailbox(table: PostbusTable, data: Path) -> Mailbox:
    """Make the mailbox of its block; a relative folder starts in the data folder."""
    return Mailbox(
        sort=table.soort,
        folder=data / (table.map or "postbus"),
        inbox=table.postvak,
        keeps=table.na_verwerking == "markeren",
        done=table.verwerkt,
        since=table.vanaf,
    )


def is_one_folder(name: str) -> bool:
    """Tell whether a name is that of a folder inside another one, and not a path that leads elsewhere."""
    return not any(sign in name for sign in "/\\:\0") and name.strip(". ") != ""


def imap_account(table: ImapTable) -> ImapAccount | None:
    """Make the account of its block; None without a server."""
    if not table.server:
        return None
    return ImapAccount(
        host=table.server,
        port=table.poort,
        security=table.beveiliging,
        user=table.gebruiker,
        oauth=table.aanmelding == "oauth",
        password_variable=table.wachtwoord_variabele,
    )


def microsoft_account(table: MicrosoftTable, data: Path) -> MicrosoftAccount | None:
    """Make the account of its block; None without an application."""
    if not table.app:
        return None
    return MicrosoftAccount(
        tenant=table.tenant,
        app=table.app,
        mailbox=table.postbus.lower(),
        sign_in=SignIn(table.aanmelding),
        certificate=data / (table.certificaat or "microsoft365.pem"),
        secret_variable=table.geheim_variabele,
        drive=table.inkomend.strip("/"),
    )


def missing(
    *, fetching: str, imap: ImapTable, microsoft: MicrosoftTable, uses_microsoft: bool
) -> tuple[str, ...]:
    """Name the settings that must be filled in for what was chosen, as ``[imap].server``.

    Args:
        fetching: ``map``, ``imap`` or ``microsoft365``.
        imap: Its block.
        microsoft: Its block.
        uses_microsoft: True when anything is fetched, handed over or signed in for through Microsoft 365.
    """
    wanted = {"[imap].server": imap.server, "[imap].gebruiker": imap.gebruiker} if fetching == "imap" else {}
    if uses_microsoft or (fetching == "imap" and imap.aanmelding == "oauth"):
        wanted |= {
            "[microsoft365].tenant": microsoft.tenant,
            "[microsoft365].app": microsoft.app,
            "[microsoft365].postbus": microsoft.postbus,
        }
    return tuple(place for place, value in wanted.items() if not value)
