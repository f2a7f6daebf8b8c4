"""Decide whether an answer is a yes. Pure; anything that is not plainly a yes is none."""

import re

_YES = re.compile(
    r"(?i)^\W*(?:(?:beste|hallo|hoi|dag|goede(?:morgen|middag|avond))\b[^\n]{0,60}\n\s*)?"
    r"(?:ja|akkoord|oke|oké|ok|goed|klopt|(?:dat|deze|dit|de adressen) klop(?:t|pen))\b"
)
_BUT = re.compile(r"(?i)\b(?:niet|geen|nee|maar|behalve|uitgezonderd|wacht|stop|fout|verkeerd|anders)\b|\?")
_LONGEST = 400


def says_yes(text: str) -> bool:
    """Tell whether a person plainly says yes: the answer begins so, is short and makes no reservation.

    Args:
        text: What she wrote now, without what she quotes.
    """
    answer = text.strip()
    return len(answer) <= _LONGEST and _YES.match(answer) is not None and _BUT.search(answer) is None
