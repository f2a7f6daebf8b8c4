"""What a sender is to the council, from its own lists, and whether the mail really is from there.

Pure. An address that is not in the lists is unknown; whether an address is real is told by
``authenticity``.
"""

from dataclasses import dataclass

from pipeline.classify.authenticity import is_refuted, may_be_trusted
from pipeline.values import Council, Message, SenderRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the sender of a paper is to the council.

    Attributes:
        role: The role; unknown when a known address could not be believed.
        doubt: Dutch, why a known address is not believed; empty otherwise.
    """

    role: SenderRole
    doubt: str = ""


def standing_of(
    message: Message | None, council: Council | None, servers: tuple[str, ...], *, dropped: bool
) -> Standing:
    """Tell what the sender of a paper is to the council, and whether that may be believed.

    What the secretary dropped in a folder is hers to vouch for: a mail of hers whose sender is
    unknown, or was not confirmed, counts as handed in by her, and its text has to say who wrote it.
    Not so a mail that a server found to be false: that she may not have seen.

    Args:
        message: The mail; None for a file that came by itself.
        council: The council; None when none was given.
        servers: The council's own receiving servers, see ``authenticity``.
        dropped: It was put in a folder of the werkmap, not delivered by mail.
    """
    if message is None:
        return Standing(role=SenderRole.SECRETARIS_MAP)
    email = message.sender.email if message.sender else ""
    role = sender_role(email, council)
    is_believed = may_be_trusted(message, servers)
    if dropped and not is_refuted(message) and (role is SenderRole.ONBEKEND or not is_believed):
        return Standing(role=SenderRole.SECRETARIS_MAP)
    if not is_believed:
        return Standing(role=SenderRole.ONBEKEND, doubt=_doubt(email, role, servers))
    passed_on = message.forwarded is not None and role is SenderRole.RAAD
    return Standing(role=SenderRole.SECRETARIS_MAP if passed_on else role)


def _doubt(email: str, role: SenderRole, servers: tuple[str, ...]) -> str:
    if role is SenderRole.ONBEKEND:
        return ""
    if servers:
        return (
            f"Uw mailserver heeft niet bevestigd dat deze mail echt van {email} komt. "
            "Ga dat na bij de afzender, bijvoorbeeld per telefoon; beantwoord deze mail niet."
        )
    return (
        f"Een mailserver meldt dat deze mail niet echt van {email} komt. "
        "Ga dat na bij de afzender, bijvoorbeeld per telefoon; beantwoord deze mail niet."
    )


def sender_role(address: str, council: Council | None) -> SenderRole:
    """Tell the role of an address.

    An exact address wins over a ``@domain``. A domain does not cover its subdomains: ``@school.nl``
    says nothing of ``x@mail.school.nl``.

    Args:
        address: Mail address of the writer, any case; empty when not known.
        council: The council; None when none was given.
    """
    email = address.strip().strip("<>").lower()
    if council is None or email.count("@") != 1 or email.startswith("@"):
        return SenderRole.ONBEKEND
    own = {council.mailbox.email, council.secretary.email, council.chair.email, *council.own_addresses}
    exact = {relation.email.strip().lower(): relation.role for relation in council.relations}
    if email in {one.lower() for one in own if one}:
        return SenderRole.RAAD
    domain = email[email.index("@") :]
    return exact.get(email) or exact.get(domain) or SenderRole.ONBEKEND
