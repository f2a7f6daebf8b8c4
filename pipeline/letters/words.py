"""The words of the council's letters: who is addressed, who holds the right, how long a term is.

Pure; Dutch.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from pipeline.values import BylawTerm, Council, holder_words

_UNITS = {"dag": ("dag", "dagen"), "week": ("week", "weken"), "maand": ("maand", "maanden")}
_NUMBERS = (
    *("", "één", "twee", "drie", "vier", "vijf", "zes"),
    *("zeven", "acht", "negen", "tien", "elf", "twaalf"),
)
_SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "wms-po": ("personeel", "ouders"),
        "wms-so": ("personeel", "ouders"),
        "wms-vo": ("personeel", "ouders", "leerlingen"),
    }
)
TO_SECTIONS = "Geachte leden"
"""Salutation of a letter to other sections of the council."""


def to_board(council: Council) -> str:
    """Give the salutation of a letter to who decides."""
    return "Geachte bestuurder" if council.regime == "wor" else "Geacht bestuur"


def other_sections(holder: str, regime: str) -> tuple[str, ...]:
    """Name the sections of a council that do not hold a right; they are told (ter kennisneming)."""
    return tuple(holder_words(one) for one in _SECTIONS.get(regime, ()) if one not in holder.split())


def of_law(words: str) -> str:
    """Cite a right in a sentence: ``artikel 11 onder m van de WMS``."""
    found = _CITED.fullmatch(words)
    return f"{found[1]} van de {found[2]}" if found else words


_CITED = re.compile(r"(artikel .+?) ([A-Z][A-Za-z]+(?: \d{4})?)")


def words_for(term: BylawTerm) -> str:
    """Write a term in words: ``zes weken buiten de schoolvakanties``."""
    one, many = _UNITS[term.unit]
    number = _NUMBERS[term.length] if term.length < len(_NUMBERS) else str(term.length)
    which = "zomervakantie" if term.only_summer else "schoolvakanties"
    pauses = f" buiten de {which}" if term.without_school_holidays or term.only_summer else ""
    return f"{number} {one if term.length == 1 else many}{pauses}"
