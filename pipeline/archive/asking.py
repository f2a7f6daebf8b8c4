"""What the draft says that asks a sender for a copy that can be read.

Pure: values in, a context out. The secretary sends the mail, or does not.
"""

import re

from pipeline.contexts import SECRETARY_FUNCTION, ReadableCopyMailContext
from pipeline.dates import dutch_weekday_date, legal_day
from pipeline.values import Council, HeldPaper, Obstacle

_WHY = {
    Obstacle.PASSWORD: "Het bestand is met een wachtwoord beveiligd.",
    Obstacle.DAMAGED: "Het bestand is beschadigd of niet volledig aangekomen.",
    Obstacle.EMPTY: "Er staat niets in het bestand.",
    Obstacle.NO_TEXT: "Er staat geen tekst in het bestand; misschien bestaat het alleen uit afbeeldingen.",
    Obstacle.PACKED: "Het is een ingepakt bestand dat wij niet kunnen openen.",
    Obstacle.ENCRYPTED_MAIL: "De mail is versleuteld.",
}
_WANTED = {
    Obstacle.PASSWORD: "Wilt u ons een exemplaar zonder wachtwoord sturen?",
    Obstacle.DAMAGED: "Wilt u ons het stuk opnieuw sturen, het liefst als pdf?",
    Obstacle.EMPTY: "Wilt u ons het stuk opnieuw sturen?",
    Obstacle.NO_TEXT: "Wilt u ons een exemplaar met leesbare tekst sturen, het liefst als pdf?",
    Obstacle.PACKED: "Wilt u ons de stukken als losse bijlagen sturen, zonder wachtwoord?",
    Obstacle.ENCRYPTED_MAIL: "Wilt u ons de mail, met de bijlagen, zonder versleuteling sturen?",
}
_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|bmp|webp|tiff?|hei[cf])$")
_OF_A_PHOTO = (
    "De foto is beschadigd of niet volledig aangekomen.",
    "Wilt u ons de foto opnieuw sturen, of liever nog het stuk zelf als pdf?",
)
_TO_ANYBODY = "Geachte heer/mevrouw"
"""The name a mail gives its sender may be of an office, or made up."""


def readable_copy(paper: HeldPaper, council: Council) -> ReadableCopyMailContext:
    """Fill in the mail.

    Args:
        paper: A held paper with an obstacle.
        council: Who asks.
    """
    encrypted = paper.obstacle is Obstacle.ENCRYPTED_MAIL
    name = "" if encrypted else paper.origin.name or paper.place
    is_photo = paper.obstacle is Obstacle.DAMAGED and _PICTURE.search(name)
    waarom, verzoek = _OF_A_PHOTO if is_photo else (_WHY[paper.obstacle], _WANTED[paper.obstacle])
    return ReadableCopyMailContext(
        onderwerp="Verzoek om een leesbaar exemplaar" + (f": {name}" if name else ""),
        raad=council.name,
        aanhef=_TO_ANYBODY,
        stuk=name,
        mail=paper.origin.mail_subject,
        ontvangen=dutch_weekday_date(legal_day(paper.received.at)),
        waarom=waarom,
        verzoek=verzoek,
        secretaris=council.secretary.name,
        functie=SECRETARY_FUNCTION,
    )
