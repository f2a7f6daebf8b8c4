"""Decide who gets a letter of the council: the board, or the sections that do not hold the right. Pure."""

import re
from datetime import date

from pipeline.values import Address, Council, Filed, Member, Procedure, SenderRole


def board_address(council: Council, sender: str) -> Address | None:
    """Give the board's address: of who sent the request, if it is the board's; else its first one.

    Args:
        council: Names the board's addresses.
        sender: Who sent the request; may be empty.
    """
    board = [one for one in council.relations if one.role is SenderRole.BEVOEGD_GEZAG]
    named = [one for one in board if not one.email.startswith("@")]
    known = next((one for one in named if one.email == sender), None)
    domains = [one.email for one in board if one.email.startswith("@")]
    if known is None and any(sender.endswith(domain) for domain in domains):
        return Address(email=sender, name=council.board)
    chosen = known or next(iter(named), None)
    return Address(email=chosen.email, name=chosen.name) if chosen else None


def other_sections(members: tuple[Member, ...], holder: str, day: date) -> tuple[Address, ...]:
    """Name the members of the sections that do not hold a right; for them the papers are for information.

    Args:
        members: Rows of leden.xlsx.
        holder: Who holds the right: ``personeel``, ``ouders en leerlingen``.
        day: Day of sending: who is a member then.
    """
    return tuple(
        Address(email=one.email, name=one.name)
        for one in members
        if one.email and one.geleding and one.is_member_on(day) and not _holds(one.geleding, holder)
    )


def goes_along(procedure: Procedure, filed: tuple[Filed, ...]) -> tuple[Filed, ...]:
    """Name the papers that the other sections get: the request and what came with it, nothing confidential.

    What was added to the dossier later may be the council's own; it never goes along by itself.
    """
    request = next((one for one in filed if one.kenmerk == procedure.paper), None)
    if request is None:
        return ()
    together = (one for one in filed if one.origin.arrival == request.origin.arrival)
    mine = (one for one in together if one.dossier == procedure.dossier)
    return tuple(one for one in mine if not _SECRET.search(f"{one.title} {one.origin.name}"))


_SECRET = re.compile(r"vertrouwelijk|geheim|besloten|embargo", re.IGNORECASE)


def _holds(geleding: str, holder: str) -> bool:
    return geleding.casefold().removesuffix("geleding") in holder.casefold()
