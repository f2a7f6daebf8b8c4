"""Where a part lies in its arrival: in which containers, in which mail, among which versions of one text.

Pure. The tree is the numbers: part ``2.1`` lies in part ``2``.
"""

from collections.abc import Iterator, Mapping
from itertools import takewhile

from pipeline.intake import part_kinds as kinds
from pipeline.values import Part


def _parent(number: str, tree: Mapping[str, Part]) -> str:
    """Give the number of the container a part lies in; empty at the top.

    The children of a mail that is a multipart as a whole lie in its ``0`` (see ``edges.mime_tree``).
    """
    above, _, last = number.rpartition(".")
    whole = f"{above}.0" if above else "0"
    return whole if last != "0" and whole in tree else above


def containers_of(part: Part, tree: Mapping[str, Part]) -> Iterator[Part]:
    """Give the containers a part lies in, innermost first."""
    above = tree.get(_parent(part.number, tree))
    while above is not None:
        yield above
        above = tree.get(_parent(above.number, tree))


def mail_of(part: Part, tree: Mapping[str, Part]) -> str:
    """Give the number of the embedded mail a part belongs to; empty for the mail itself."""
    mails = (above.number for above in containers_of(part, tree) if kinds.is_mail(above))
    return next(mails, "")


def alternative_of(part: Part, tree: Mapping[str, Part]) -> str:
    """Give the number of the multipart/alternative around a part, at any depth within its mail."""
    within = takewhile(lambda above: not kinds.is_mail(above), containers_of(part, tree))
    return next((above.number for above in within if above.content_type == "multipart/alternative"), "")


def in_envelope(part: Part, tree: Mapping[str, Part]) -> bool:
    """Tell whether a part came out of a winmail.dat, within its mail."""
    within = takewhile(lambda above: not kinds.is_mail(above), containers_of(part, tree))
    return any(kinds.is_envelope(above) for above in within)
