"""Name who wrote a filed paper, for lists that others read: never by an address. Pure."""

from pipeline.values import Council, Filed, Kind

_KNOWN_TO_SECRETARY = "naam bekend bij de secretaris"
_OWN_KINDS = (
    Kind.ADVIES_OF_INSTEMMING_RAAD,
    Kind.AGENDA,
    Kind.BESLUITENLIJST_ACTIELIJST,
    Kind.INITIATIEFVOORSTEL,
    Kind.JAARPLAN_VERGADERROOSTER,
    Kind.JAARVERSLAG,
    Kind.NOTULEN,
)
"""Kinds of papers that a council makes itself, when nobody else is named as their writer."""


def sender_words(paper: Filed, council: Council) -> str:
    """Name who wrote a paper: as the council knows them, else as they name themselves.

    Who is no known correspondent is a private person until shown otherwise: where the council has an
    edition that anybody may read, such a name stays with the secretary.

    Args:
        paper: The paper.
        council: The council.

    Returns:
        The name; empty when nothing tells who wrote it.
    """
    sender = paper.facts.sender or paper.origin.sender
    known = _known(sender, council)
    if known:
        return known
    name = next((one for one in (paper.facts.signed, sender) if one and "@" not in one), "")
    if sender or name:
        return _KNOWN_TO_SECRETARY if council.public_edition or not name else name
    return council.name if paper.kind in _OWN_KINDS else ""


def _known(sender: str, council: Council) -> str:
    """Find the name of a sender whom the council knows; empty for others."""
    people = (council.mailbox, council.secretary, council.chair)
    names = dict.fromkeys((one for one in council.own_addresses if one), council.name)
    names |= {one.email: one.name or council.name for one in people if one.email}
    names |= {relation.email.lower(): relation.name for relation in council.relations}
    return names.get(sender) or names.get(f"@{sender.rpartition('@')[2]}", "")
