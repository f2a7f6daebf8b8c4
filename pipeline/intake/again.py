"""Tell whether the words that come with papers that were here before say anything new. Pure."""

import re

ALREADY_RECEIVED = "Dit stuk was al eerder ontvangen."
"""Reason of a part that is known; ``identity`` names the first one."""

_SAYS_NOTHING = re.compile(
    r"(?i)\W*(?:(?:zie|in)\s+(?:de\s+|het\s+)?)?(?:bijlagen?|bijgaande?|bijgevoegde?|attached|fyi|t\.?k\.?n"
    r"|ter\s+(?:info(?:rmatie)?|kennisgeving|kennisneming|kennisname))?\W*"
)
_UNCHANGED = re.compile(
    r"(?i)\b(?:er\s+is\s+)?niets\s+(?:gewijzigd|veranderd)|\bongewijzigd|\bdezelfde\s+(?:brief|bijlage)"
)
_EXPECTS = re.compile(r"(?i)\?|\b(?:reactie|antwoord|reageren|besluit|advies|instemming|herinner)")


def brings_no_news(text: str) -> bool:
    """Tell whether a text says nothing, or that nothing has changed; what asks anything is news."""
    says_unchanged = _UNCHANGED.search(text) is not None and not _EXPECTS.search(text)
    return says_unchanged or _SAYS_NOTHING.fullmatch(text) is not None
