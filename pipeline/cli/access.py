"""What an administrator of Microsoft 365 has to permit, in Dutch, with the lines to type.

Pure. As little as will do: one mailbox, nothing of other people's, and only what is used. The names of
permissions and commands are those of Microsoft's documentation of November 2026.
"""

from dataclasses import dataclass

ADMINISTRATOR = "https://entra.microsoft.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the service is to be permitted.

    Attributes:
        tenant: The organisation.
        app: Id of the application.
        mailbox: The one mailbox.
        by_person: It acts for a person who signs in, not as an application.
        reads: The mailbox is read through Graph.
        sends: Mail is sent through Graph.
        drive: A folder in SharePoint or OneDrive is read.
        imap: The mailbox is read by IMAP.
        smtp: Mail is sent by SMTP.
    """

    tenant: str
    app: str
    mailbox: str
    by_person: bool
    reads: bool
    sends: bool
    drive: bool
    imap: bool
    smtp: bool

    @property
    def nothing(self) -> bool:
        """Nothing of Microsoft 365 is used."""
        return not any((self.reads, self.sends, self.drive, self.imap, self.smtp))


def explained(wanted: Wanted) -> str:
    """Say what has to be permitted, and how that is kept to one mailbox."""
    return "\n".join((*_for_person(wanted),) if wanted.by_person else (*_for_application(wanted),))


def permissions(wanted: Wanted) -> tuple[str, ...]:
    """Name the permissions, in Microsoft's words."""
    names: tuple[tuple[str, bool], ...]
    if wanted.by_person:
        names = (
            ("Mail.ReadWrite.Shared", wanted.reads or wanted.sends),
            ("Mail.Send.Shared", wanted.reads or wanted.sends),
            ("Sites.Selected", wanted.drive),
            ("IMAP.AccessAsUser.All", wanted.imap),
            ("SMTP.Send", wanted.smtp),
            ("offline_access", True),
        )
    else:
        names = (
            ("Mail.ReadWrite", wanted.reads or wanted.sends),
            ("Mail.Send", wanted.sends),
            ("Sites.Selected", wanted.drive),
            ("IMAP.AccessAsApp", wanted.imap),
            ("SMTP.SendAsApp", wanted.smtp),
        )
    return tuple(name for name, used in names if used)


def _for_application(wanted: Wanted) -> tuple[str, ...]:
    """Say it of an application: rights on one mailbox by RBAC, or the older access policy."""
    mail = [name for name in permissions(wanted) if name.startswith("Mail.")]
    lines = [
        f"De dienst meldt zich aan als toepassing {wanted.app} van {wanted.tenant}.",
        f"Machtigingen (van het soort Toepassing): {', '.join(permissions(wanted))}.",
        "",
    ]
    if mail:
        lines += [
            f"Zo mag de toepassing alleen bij {wanted.mailbox}. In PowerShell, als beheerder van Exchange",
            f"Online (<object-id> = de object-id bij Bedrijfstoepassingen in {ADMINISTRATOR}):",
            "",
            "  Connect-ExchangeOnline",
            f"  New-ServicePrincipal -AppId {wanted.app} -ObjectId <object-id> -DisplayName Stukkenstroom",
            "  New-ManagementScope -Name Stukkenstroom `",
            f"    -RecipientRestrictionFilter \"PrimarySmtpAddress -eq '{wanted.mailbox}'\"",
            *(
                f'  New-ManagementRoleAssignment -App <object-id> -Role "Application {name}" '
                "-CustomResourceScope Stukkenstroom"
                for name in mail
            ),
            f"  Test-ServicePrincipalAuthorization -Identity {wanted.app} -Resource {wanted.mailbox}",
            "",
            "Geef deze machtigingen voor mail dan niet ook in Entra: daar gelden zij voor alle postbussen.",
            "Staan zij er al, of werkt uw organisatie nog met een toegangsbeleid, beperk ze dan zo:",
            "",
            "  New-DistributionGroup -Name Stukkenstroom -Type Security `",
            f"    -Members {wanted.mailbox}",
            f"  New-ApplicationAccessPolicy -AppId {wanted.app} -PolicyScopeGroupId Stukkenstroom `",
            '    -AccessRight RestrictAccess -Description "Alleen de postbus van de raad"',
            f"  Test-ApplicationAccessPolicy -Identity {wanted.mailbox} -AppId {wanted.app}",
            "",
            "Het duurt 30 minuten tot 2 uur voordat een wijziging werkt.",
        ]
    if wanted.imap or wanted.smtp:
        lines += [
            "Voor IMAP of SMTP geeft u de machtigingen van Office 365 Exchange Online in Entra, en daarna:",
            "",
            f"  New-ServicePrincipal -AppId {wanted.app} -ObjectId <object-id> -DisplayName Stukkenstroom",
            f"  Add-MailboxPermission -Identity {wanted.mailbox} -User <object-id> -AccessRights FullAccess",
        ]
    return (*lines, *_for_drive(wanted))


def _for_person(wanted: Wanted) -> tuple[str, ...]:
    """Say it of a person who signs in once."""
    return (
        f"De dienst werkt namens iemand die zich aanmeldt bij toepassing {wanted.app} van {wanted.tenant}.",
        f"Machtigingen (van het soort Gedelegeerd): {', '.join(permissions(wanted))}.",
        f"Zet in {ADMINISTRATOR} bij de toepassing 'Openbare clientstromen toestaan' op Ja.",
        "",
        f"Die persoon moet bij {wanted.mailbox} mogen. In PowerShell, als beheerder van Exchange Online:",
        "",
        "  Connect-ExchangeOnline",
        f"  Add-MailboxPermission -Identity {wanted.mailbox} -User <persoon> -AccessRights FullAccess",
        f"  Add-RecipientPermission -Identity {wanted.mailbox} -Trustee <persoon> -AccessRights SendAs",
        "",
        "Neem daarvoor een account zonder andere rechten: de toepassing mag dan niet meer dan dit.",
        *_for_drive(wanted),
    )


def _for_drive(wanted: Wanted) -> tuple[str, ...]:
    if not wanted.drive:
        return ()
    return (
        "",
        "Voor de map in SharePoint of OneDrive geeft u daarna schrijfrecht op die ene site:",
        "",
        f"  Grant-PnPAzureADAppSitePermission -AppId {wanted.app} -DisplayName Stukkenstroom `",
        "    -Site <adres van de site> -Permissions Write",
    )
