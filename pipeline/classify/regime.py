"""Which law a paper moves in; the council's own regime when a council was given. Pure."""

import re

from pipeline.classify.case import Paper
from pipeline.classify.page import Page

_SIGNS = (
    ("wor", re.compile(r"\bwor\b|wet op de ondernemingsraden|\bondernemingsraad\b")),
    ("wmcz", re.compile(r"\bwmcz\b|medezeggenschap clienten|\bclientenraad\b")),
    ("wms-so", re.compile(r"\bspeciaal onderwijs\b|\bvso\b|\bwec\b")),
    (
        "wms-vo",
        re.compile(r"\b(?:voortgezet onderwijs|wvo|vmbo|havo|mavo|vwo|gymnasium|lyceum)\b"),
    ),
    (
        "wms-po",
        re.compile(r"\b(?:basisschool|basisscholen|primair onderwijs|wpo|basisonderwijs|groep [1-8])\b"),
    ),
)


def find_regime(page: Page, paper: Paper) -> str:
    """Give ``wms-po``, ``wms-vo``, ``wms-so``, ``wor``, ``wmcz``; empty when the text does not tell.

    Without a council the text must point to one law only.
    """
    if paper.council is not None:
        return paper.council.regime
    found = [name for name, pattern in _SIGNS if pattern.search(page.body.folded)]
    return found[0] if len(found) == 1 else ""
