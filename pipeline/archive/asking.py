"""What the draft says that asks a sender for a copy that can be read.

Pure: values in, a context out. The secretary sends the mail, or does not.
"""

from pipeline.contexts import SECRETARY_FUNCTION, ReadableCopyMailContext
from pipeline.dates import dutch_weekday_date, legal_day
from pipeline.values import Address, Council, HeldPaper, Obstacle

_WHY = {
    Obstacle.PASSWORD: "Het bestand is met een wachtwoord beveiligd.",
    Obstacle.DAMAGED: "Het bestand is beschadigd of niet volledig aangekomen.",
    Obstacle.EMPTY: "Er staat niets in het bestand.",
    Obstacle.ENCRYPTED_MAIL: "De mail is versleuteld.",
}
_WANTED = {
    Obstacle.PASSWORD: "Wilt u ons een exemplaar zonder wachtwoord sturen?",
    Obstacle.DAMAGED: "Wilt u ons het stuk opnieuw sturen, het liefst als pdf?",
    Obstacle.EMPTY: "Wilt u ons het stuk opnieuw sturen?",
    Obstacle.ENCRYPTED_MAIL: "Wilt u ons de mail, met de bijlagen, zonder versleuteling sturen?",
}


def readable_copy(paper: HeldPaper, correspondent: Address, council: Council) -> ReadableCopyMailContext:
    """Fill in the mail.

    Args:
        paper: A held paper with an obstacle.
        correspondent: Who is asked.
        council: Who asks.
    """
    encrypted = paper.obstacle is Obstacle.ENCRYPTED_MAIL
    name = "" if encrypted else paper.origin.name or paper.place
    return ReadableCopyMailContext(
        onderwerp="Verzoek om een leesbaar exemplaar" + (f": {name}" if name else ""),
        raad=council.name,
        aanhef=f"Geachte {correspondent.name}" if correspondent.name else "Geachte heer, mevrouw",
        stuk=name,
        mail=paper.origin.mail_subject,
        ontvangen=dutch_weekday_date(legal_day(paper.received.at)),
        waarom=_WHY[paper.obstacle],
        verzoek=_WANTED[paper.obstacle],
        secretaris=council.secretary.name,
        functie=SECRETARY_FUNCTION,
    )
