"""Every error of the product, sorted by who must act.

An error has two faces. ``for_secretary()`` is Dutch: what is wrong, what to do, and a
code; never a path of the service, a class name or a traceback. ``str(error)`` is English,
for the log. Held, duplicate and ignored are values (see ``values.py``), not errors.
"""

from dataclasses import dataclass


class StukkenstroomError(Exception):
    """Base of all errors that the product raises on purpose.

    Attributes:
        code: Stable code, shown to people and explained by ``doctor --codes``.
        wat: Dutch sentence that says what is wrong.
        doe: Dutch sentence that says what to do now.
    """

    code = "ONBEKEND"
    wat = "Er ging iets mis."
    doe = "Neem contact op met de beheerder."

    def __init__(self, detail: str = "", *, wat: str = "", doe: str = "") -> None:
        super().__init__(detail or type(self).__name__)
        self.wat = wat or self.wat
        self.doe = doe or self.doe

    def for_secretary(self) -> str:
        """Tell a person what is wrong and what to do, in Dutch."""
        return f"{self.wat} {self.doe} (code {self.code})"


class SecretaryError(StukkenstroomError):
    """Something only the secretary can put right; never retried."""


class OperatorError(StukkenstroomError):
    """Something of the machine or a service; retried with back-off, then reported.

    Attributes:
        retry_after: Seconds after which it may be tried again, when the other side told; else None.
    """

    def __init__(
        self, detail: str = "", *, wat: str = "", doe: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(detail, wat=wat, doe=doe)
        self.retry_after = retry_after


class WrongUseError(StukkenstroomError):
    """The command cannot be carried out as given; nothing was touched (exit code 2)."""

    code = "GEBRUIK-01"
    wat = "De opdracht kan zo niet worden uitgevoerd."
    doe = "Zie stukkenstroom --help."


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault in something a person wrote: where it stands, what is wrong, what to do.

    Attributes:
        place: File and place in it, in Dutch, e.g. ``raad.toml [relaties 3].e-mail``.
        text: Dutch sentence with the remedy.
    """

    place: str
    text: str

    def __str__(self) -> str:
        """Give the problem as one line."""
        return f"{self.place}: {self.text}"


class SettingsError(WrongUseError):
    """One or more settings are wrong; carries all problems at once."""

    code = "INSTELLING-01"
    doe = "Verbeter dit en probeer het opnieuw; er is niets gewijzigd."

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        lines = "\n".join(f"- {problem}" for problem in problems)
        count = "1 fout" if len(problems) == 1 else f"{len(problems)} fouten"
        super().__init__(
            f"{len(problems)} problem(s) in the settings", wat=f"De instellingen bevatten {count}:\n{lines}"
        )
        self.problems = problems

    def for_secretary(self) -> str:
        """Tell all problems, one a line, and below them what to do."""
        return f"{self.wat}\n{self.doe} (code {self.code})"


class NoWerkmapError(WrongUseError):
    """No werkmap was named, and none of the parent folders is one."""

    code = "WERKMAP-01"
    wat = "Er is geen werkmap opgegeven en de huidige map ligt niet in een werkmap."
    doe = "Geef de map op met --werkmap, of maak er een met stukkenstroom init."


class WerkmapAwayError(OperatorError):
    """The werkmap, or its marker, is not there: an unmounted share is not an empty one."""

    code = "WERKMAP-02"
    wat = "De werkmap is niet bereikbaar of haar kenmerk ontbreekt."
    doe = "Controleer of de netwerkmap verbonden is; er wordt niets gewijzigd zolang dat niet zo is."


class ForeignWerkmapError(WrongUseError):
    """Another installation owns this werkmap."""

    code = "WERKMAP-03"
    wat = "Deze werkmap wordt door een andere installatie verzorgd."
    doe = "Stop die installatie en geef daarna: stukkenstroom overnemen."


class DiskFullError(OperatorError):
    """There is no room left to write; the source stays where it is."""

    code = "SCHIJF-01"
    wat = "De schijf is vol."
    doe = "Maak ruimte; wat niet kon worden verwerkt staat nog waar het stond en wordt vanzelf opgepakt."


class CorruptCopyError(OperatorError):
    """A file read back after writing differs from what was written."""

    code = "SCHIJF-02"
    wat = "Een kopie bleek na het schrijven niet gelijk aan het origineel."
    doe = "Laat de schijf nakijken; het origineel is bewaard en er wordt opnieuw geprobeerd."


class FolderError(OperatorError):
    """A file or folder cannot be read or written."""

    code = "MAP-01"
    wat = "Een bestand of map kan niet worden gelezen of geschreven."
    doe = "Sluit het bestand als het openstaat en controleer de rechten op de map; we proberen het opnieuw."


class JournalAwayError(OperatorError):
    """The database cannot be opened or written."""

    code = "JOURNAAL-01"
    wat = "Het journaal van de dienst kan niet worden geopend of geschreven."
    doe = "Controleer de datamap en de vrije ruimte op de schijf."


class AlreadyRunningError(WrongUseError):
    """Another process of this installation works on the same data folder."""

    code = "DIENST-01"
    wat = "De dienst draait al voor deze werkmap."
    doe = "Wacht tot die klaar is, of stop de dienst eerst."


class PostbusAwayError(OperatorError):
    """The postbus cannot be reached: a folder that is away is not an empty one."""

    code = "POSTBUS-01"
    wat = "De postbus is niet bereikbaar."
    doe = "Controleer of de map bestaat en of de dienst haar mag lezen; er gaat niets verloren."


class SignInRefusedError(PostbusAwayError):
    """The mail server where the post comes in does not let the service in."""

    code = "POSTBUS-02"
    wat = "De mailserver waar de post binnenkomt weigert de aanmelding van de dienst."
    doe = (
        "Laat de beheerder gebruikersnaam en wachtwoord nakijken; "
        "om het account niet te blokkeren wacht de dienst steeds langer met een nieuwe poging."
    )


class AccessDeniedError(PostbusAwayError):
    """We are known, but may not do this: a permission is missing, or a policy forbids it."""

    code = "POSTBUS-03"
    wat = "De dienst heeft geen toegang tot de postbus of de map bij Microsoft 365."
    doe = "Controleer de rechten van de toepassing; stukkenstroom login noemt ze."


class MailStuckError(PostbusAwayError):
    """The mailbox can be reached, but one of its mails cannot be fetched; the others were."""

    code = "POSTBUS-04"
    wat = "Een bericht in de postbus kan niet worden opgehaald; de andere post is wel binnengekomen."
    doe = "Kijk in de postbus welk bericht daar is blijven staan en laat de beheerder de mailserver nakijken."


class UnreadableError(SecretaryError):
    """A document cannot be read or converted; ``wat`` says why."""

    code = "STUK-01"
    wat = "Het bestand kan niet worden gelezen."
    doe = "Vraag de afzender om een leesbaar exemplaar en zet dat in Inkomend."


class ConversionError(UnreadableError):
    """A document cannot be turned into PDF pages."""

    code = "STUK-02"
    wat = "Het bestand kan niet naar pdf worden omgezet."
    doe = "Sla het zelf op als pdf en zet die in de map."


class OfficeStartError(OperatorError):
    """LibreOffice is installed but does not start."""

    code = "OMZETTEN-01"
    wat = "LibreOffice start niet."
    doe = "Laat de installatie van LibreOffice nakijken; het omzetten wordt vanzelf opnieuw geprobeerd."


class ReaderStartError(OperatorError):
    """The worker process in which foreign files are read does not start."""

    code = "LEZEN-01"
    wat = "Het leesprogramma voor binnengekomen stukken start niet."
    doe = "Laat de installatie nakijken; de stukken worden daarna vanzelf gelezen."


class ListUnreadableError(SecretaryError):
    """A list that the secretary keeps in Excel cannot be read."""

    code = "LIJST-01"
    wat = "De lijst kan niet worden gelezen."
    doe = "Sluit het bestand in Excel of zet de laatste goede versie terug."


class ListOpenError(ListUnreadableError):
    """Somebody has the list open in Excel: wait, for what lies on disk is not her last word."""

    code = "LIJST-02"
    doe = "Sluit het bestand in Excel; daarna gaat het vanzelf verder."


class TemplateError(SecretaryError):
    """A Word template is wrong: an unknown field, or a construct that is not allowed."""

    code = "SJABLOON-01"
    wat = "Een sjabloon bevat een fout."
    doe = "Verbeter het sjabloon in Word en controleer het met: stukkenstroom templates check."


class NaiveInstantError(WrongUseError):
    """An instant without time zone has no legal day."""

    code = "DATUM-01"
    wat = "Bij een tijdstip ontbreekt de tijdzone."


class NotInCalendarError(SecretaryError):
    """A term runs into years for which the calendar has no data."""

    code = "TERMIJN-01"
    wat = "De kalender bevat dit jaar niet."
    doe = "Vul de kalender aan of controleer de datum met de hand."


class TermInputError(WrongUseError):
    """A term was asked for with options that do not make sense together."""

    code = "TERMIJN-02"
    wat = "Deze termijn kan zo niet worden berekend."
    doe = "Zie stukkenstroom deadlines compute --help."


class TransportError(OperatorError):
    """A message could not be handed over; it is certain that it did not leave."""

    code = "VERZEND-01"
    wat = "Een bericht kon niet worden overgedragen."
    doe = "De dienst probeert het vanzelf opnieuw."


class UncertainTransportError(SecretaryError):
    """A message may have left already; it is never repeated on a guess."""

    code = "VERZEND-02"
    wat = "Een bericht is mogelijk al verzonden."
    doe = "Kijk na of het is aangekomen en beslis daarna zelf."


class AddressUnusableError(SecretaryError):
    """An address or Message-ID cannot be put in a mail as it stands."""

    code = "VERZEND-03"
    wat = "Een e-mailadres kan niet worden gebruikt."
    doe = "Verbeter het adres in leden.xlsx of raad.toml."


class RefusedTransportError(TransportError):
    """The server refused the mail for good; trying again will not help."""

    code = "VERZEND-04"
    wat = "De mailserver heeft een bericht geweigerd."
    doe = "Controleer het e-mailadres en de instellingen van de mailserver."


class UnsafeTransportError(WrongUseError):
    """Mail would cross a network unprotected."""

    code = "VERZEND-05"
    wat = "De verbinding met de mailserver is niet beveiligd."
    doe = "Kies starttls of tls; geen mag alleen voor een mailserver op deze computer zelf."


class TooLargeTransportError(RefusedTransportError):
    """A mail is larger than the mail server takes; it was not offered."""

    code = "VERZEND-06"
    wat = "Een bericht is groter dan de mailserver aanneemt."
    doe = "Maak de bijlage kleiner of laat de beheerder de grens van de mailserver verhogen."


class SignInTransportError(TransportError):
    """The server that sends our mail does not let the service in; no message is to blame."""

    code = "VERZEND-07"
    wat = "De mailserver voor verzending weigert de aanmelding van de dienst; er is niets verzonden."
    doe = (
        "Laat de beheerder gebruikersnaam en wachtwoord nakijken; de berichten gaan daarna vanzelf, en "
        "om het account niet te blokkeren wacht de dienst steeds langer met een nieuwe poging."
    )


class LinkFolderAwayError(OperatorError):
    """The folder for files that are fetched by a link is not there: a share that is not mounted."""

    code = "KOPPELING-01"
    wat = "De map voor links naar te grote bundels is niet bereikbaar."
    doe = (
        "Laat de beheerder de map verbinden, of [koppeling] in dienst.toml nakijken; "
        "de dienst probeert het vanzelf opnieuw."
    )


class LearningFailedError(OperatorError):
    """A new model could not be made; the one that counted goes on counting."""

    code = "LEREN-01"
    wat = "De dienst kon nog niet van uw beslissingen leren."
    doe = "U hoeft niets te doen: de dienst probeert het opnieuw en werkt intussen zoals voorheen."
