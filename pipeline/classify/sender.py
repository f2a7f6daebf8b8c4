"""What a sender is to the council, from its own lists; an address that is not there is unknown.

Pure. Whether the address is real (``Authentication-Results``) is not judged here.
"""

import re

from pipeline.values import Council, SenderRole


def sender_role(address: str, council: Council | None, *, via_folder: bool) -> SenderRole:
    """Tell the role of a sender.

    An exact address wins over a ``@domain``. A domain does not cover its subdomains: ``@school.nl``
    says nothing of ``x@mail.school.nl``.

    Args:
        address: Mail address of the writer, any case; empty when not known.
        council: The council; None when none was given.
        via_folder: The paper was dropped in a folder by the secretary.

    Returns:
        The role. A paper from a folder is always ``SECRETARIS_MAP``: who wrote it is read from
        its text.
    """
    if via_folder:
        return SenderRole.SECRETARIS_MAP
    email = address.strip().strip("<>").lower()
    if council is None or email.count("@") != 1 or email.startswith("@"):
        return SenderRole.ONBEKEND
    own = {council.mailbox.email, council.secretary.email, council.chair.email, *council.own_addresses}
    exact = {relation.email.strip().lower(): relation.role for relation in council.relations}
    if email in {one.lower() for one in own if one}:
        return SenderRole.RAAD
    domain = email[email.index("@") :]
    return exact.get(email) or exact.get(domain) or SenderRole.ONBEKEND


def may_be_trusted(authentication: tuple[str, ...]) -> bool:
    """Tell whether a mail may be taken for its sender's.

    A server that checked the sender's domain and found it false makes the mail a stranger's,
    whichever server said so: believing a bad report too easily only means that a person looks.

    Args:
        authentication: Raw ``Authentication-Results`` headers.
    """
    return not any(_FALSE_SENDER.search(header) for header in authentication)


_FALSE_SENDER = re.compile(r"(?i)\bdmarc\s*=\s*(?:fail|permerror)\b|\bspf\s*=\s*fail\b")
