"""The machine file (dienst.toml): transport and mailbox, outside the werkmap.

Who can write in the werkmap must not be able to change these; so they are looked for in the
service's own data folder, the user's config folder and /etc, never in the werkmap.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pipeline.errors import Problem, SettingsError
from pipeline.settings.accounts import (
    ImapAccount,
    ImapTable,
    Mailbox,
    MicrosoftAccount,
    MicrosoftTable,
    Port,
    PostbusTable,
    Sign,
    imap_account,
    is_one_folder,
    mailbox,
    microsoft_account,
    missing,
)
from pipeline.settings.links import LinkTable, link_folder, link_problems
from pipeline.settings.problems import Table, read_toml, validate
from pipeline.values import LinkFolder


class _Ontvangst(Table):
    """Wie de post voor de raad ontvangt."""

    server: str | list[str] = Field(
        default=[],
        description=(
            "Naam waaronder de ontvangende mailserver Authentication-Results schrijft (authserv-id), of een "
            "lijst; 'microsoft365' voor Exchange Online; leeg = niet nagaan of een afzender echt is"
        ),
    )


class _Verzending(Table):
    """Hoe berichten vertrekken."""

    wijze: Literal["map", "smtp", "microsoft365"] = Field(
        default="map", description="Naar een map met .eml-bestanden, met SMTP, of met Microsoft 365"
    )
    map: str = Field(default="", description="Map voor uitgaande .eml-bestanden; leeg = uit/ in de datamap")
    server: str = Field(default="", description="Naam van de SMTP-server")
    poort: Port = Field(default=587, description="Poort van de SMTP-server")
    beveiliging: Literal["starttls", "tls", "geen"] = Field(
        default="starttls", description="'geen' mag alleen naar deze machine zelf"
    )
    gebruiker: str = Field(default="", description="Gebruikersnaam; leeg = geen aanmelding")
    aanmelding: Sign = Field(
        default="wachtwoord", description="Met een wachtwoord, of met oauth via [microsoft365]"
    )
    wachtwoord_variabele: str = Field(
        default="STUKKENSTROOM_SMTP_WACHTWOORD", description="Omgevingsvariabele met het wachtwoord"
    )
    aan_leden: Literal["apart", "samen"] = Field(
        default="apart",
        description=(
            "'apart': ieder lid een eigen bericht; 'samen': wie hetzelfde bestand krijgt samen één bericht, "
            "in bcc. Een exemplaar met wachtwoord of naam gaat altijd apart"
        ),
    )
    domeinen: list[str] = Field(default=[], description="Toegestane domeinen van ontvangers; leeg = alle")
    grootste_bericht_mb: Annotated[int, Field(ge=1, le=150)] = Field(
        default=20,
        description="Grootste bericht in MB, zoals het vertrekt; een grotere bundel gaat kleiner of in delen",
    )
    te_groot: Literal["delen", "koppeling"] = Field(
        default="delen",
        description=(
            "Wat ook met kleinere afbeeldingen niet past, gaat in delen, of als een link naar het bestand "
            "(zie [koppeling]); vertrouwelijke stukken gaan altijd in delen"
        ),
    )


class _Map(Table):
    """Hoe de gedeelde map wordt gelezen."""

    rust_seconden: Annotated[int, Field(ge=0, le=300)] = Field(
        default=5, description="Zo lang moet een bestand stilstaan voordat het compleet heet"
    )


class _Lezen(Table):
    """Hoe stukken worden gelezen."""

    wachtwoorden_bestand: str = Field(
        default="", description="Bestand met wachtwoorden voor beveiligde stukken, één per regel; leeg = geen"
    )


class MachineFile(Table):
    """dienst.toml."""

    postbus: PostbusTable = Field(default=PostbusTable())
    imap: ImapTable = Field(default=ImapTable())
    microsoft365: MicrosoftTable = Field(default=MicrosoftTable())
    ontvangst: _Ontvangst = Field(default=_Ontvangst())
    verzending: _Verzending = Field(default=_Verzending())
    koppeling: LinkTable = Field(default=LinkTable())
    map: _Map = Field(default=_Map())
    lezen: _Lezen = Field(default=_Lezen())


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Transport, mailbox and folder timing of this installation.

    Attributes:
        mailbox: Which mail is fetched, and what happens to it then.
        imap: The IMAP server; None without one.
        microsoft: Access to Microsoft 365; None without it.
        transport: ``map``, ``smtp`` or ``microsoft365``.
        outbox: Folder for outgoing mail when transport is ``map``.
        smtp_host: Server for ``smtp``.
        smtp_port: Its port.
        smtp_security: ``starttls``, ``tls`` or ``geen``.
        smtp_user: Empty for no login.
        smtp_oauth: True to sign in with a token of Microsoft 365.
        smtp_password_variable: Name of the environment variable that holds the password.
        joint: True when members who get the same file get it in one message, in bcc.
        domains: Allowed recipient domains, lower case; empty = all.
        largest_mail_mb: Largest message as it is sent, in megabytes.
        settle_seconds: Time a file must stand still when its closing cannot be seen.
        passwords_file: List of passwords for locked papers; None without one.
        servers: Names (authserv-id) of the council's own receiving servers, lower case; none = the
            sender of a mail is only disbelieved when a server found it false.
        links: Where files are laid that are fetched by a link; None without such a folder.
        link_days: So many days a link works that goes in place of parts; 0 = such a bundle goes in parts.
    """

    mailbox: Mailbox
    imap: ImapAccount | None
    microsoft: MicrosoftAccount | None
    transport: str
    outbox: Path
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    smtp_oauth: bool
    smtp_password_variable: str
    domains: tuple[str, ...]
    settle_seconds: int
    largest_mail_mb: int = 20
    passwords_file: Path | None = None
    servers: tuple[str, ...] = ()
    joint: bool = False
    links: LinkFolder | None = None
    link_days: int = 0


def load_machine(places: tuple[Path, ...], data: Path) -> Machine:
    """Read the first machine file that exists; without one, the embedded defaults.

    Args:
        places: Where a ``dienst.toml`` may lie, first one wins.
        data: The service's data folder; relative folders in the file start here.

    Raises:
        SettingsError: With every problem in the file.
    """
    place = next((path for path in places if path.is_file()), None)
    file = MachineFile() if place is None else _checked(place)
    sending = file.verzending
    return Machine(
        mailbox=mailbox(file.postbus, data),
        imap=imap_account(file.imap),
        microsoft=microsoft_account(file.microsoft365, data),
        transport=sending.wijze,
        outbox=data / (sending.map or "uit"),
        smtp_host=sending.server,
        smtp_port=sending.poort,
        smtp_security=sending.beveiliging,
        smtp_user=sending.gebruiker,
        smtp_oauth=sending.aanmelding == "oauth",
        smtp_password_variable=sending.wachtwoord_variabele,
        domains=tuple(domain.lower().removeprefix("@") for domain in sending.domeinen),
        largest_mail_mb=sending.grootste_bericht_mb,
        settle_seconds=file.map.rust_seconden,
        passwords_file=data / file.lezen.wachtwoorden_bestand if file.lezen.wachtwoorden_bestand else None,
        servers=_servers(file.ontvangst.server),
        joint=sending.aan_leden == "samen",
        links=link_folder(file.koppeling, data),
        link_days=file.koppeling.bewaren_dagen if sending.te_groot == "koppeling" else 0,
    )


def _servers(told: str | list[str]) -> tuple[str, ...]:
    names = [told] if isinstance(told, str) else told
    return tuple(name.strip().lower() for name in names if name.strip())


def _checked(path: Path) -> MachineFile:
    table, problems = read_toml(path.read_text("utf-8-sig"), path.name)
    file, more = (None, ()) if problems else validate(MachineFile, table, path.name)
    if file is None:
        raise SettingsError(problems + more)
    wrong = [
        Problem(place=f"{path.name} {place}", text="Vul dit in voor de gekozen postbus of verzending.")
        for place in _missing(file)
    ]
    wrong += [
        Problem(place=f"{path.name} [koppeling].{name}", text=text)
        for name, text in link_problems(file.koppeling, wanted=file.verzending.te_groot == "koppeling")
    ]
    if file.postbus.soort == "map" and not is_one_folder(file.postbus.verwerkt):
        text = "Bij een map is dit de naam van één map daarin, zonder / of \\."
        wrong.append(Problem(place=f"{path.name} [postbus].verwerkt", text=text))
    if wrong:
        raise SettingsError(tuple(wrong))
    return file


def _missing(file: MachineFile) -> tuple[str, ...]:
    """Name what must be filled in for how mail is fetched and handed over."""
    sending = file.verzending
    by_smtp = sending.wijze == "smtp"
    lacking = missing(
        fetching=file.postbus.soort,
        imap=file.imap,
        microsoft=file.microsoft365,
        uses_microsoft="microsoft365" in (file.postbus.soort, sending.wijze)
        or (by_smtp and sending.aanmelding == "oauth")
        or bool(file.microsoft365.inkomend),
    )
    return (*lacking, *(("[verzending].server",) if by_smtp and not sending.server else ()))
