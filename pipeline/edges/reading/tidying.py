r"""Bring text from any source to one form. Touches nothing."""

import re
import unicodedata

MAX_CHARACTERS = 10_000_000
"""About 3,000 dense pages; more is no letter."""

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\xa0": " ",
        "\xad": "",
    }
)
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ud800-\udfff\ufeff]")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


def tidy(text: str) -> str:
    r"""Bring text to one form: NFC, ``\n`` line ends, no odd marks, at most one empty line in a row."""
    even = unicodedata.normalize("NFC", text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n"))
    clean = _ODD.sub("", even.translate(_LIGATURES))
    lines = "\n".join(line.rstrip() for line in clean.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()
