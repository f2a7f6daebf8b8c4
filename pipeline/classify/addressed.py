"""To whom a request is addressed: this council, another council, or a body that is none.

A request to another body starts no term here, however clear it is. Pure.
"""

import re

from pipeline.classify.case import Case
from pipeline.classify.direction import names_council
from pipeline.folding import fold
from pipeline.values import Council

_FAMILIES = (
    ("or", re.compile(r"ondernemingsraad|\bp?[cg]?or\b|\bpvt\b")),
    ("clientenraad", re.compile(r"clientenraad|\bc?cr\b")),
    ("gmr", re.compile(r"gemeenschappelijke|\bp?gmr\b|-gmr\b")),
    ("cmr", re.compile(r"centrale medezeggenschapsraad|\bcmr\b")),
    ("mr", re.compile(r"medezeggenschapsraad|\bmr\b")),
)
_ALSO = {("cmr", "mr")}
_HEAD = 1_000
_TO = (
    r"^[ \t]{0,8}(?:aan\b|t\.?a\.?v\.?|ter attentie|geachte?\b|beste\b|dag\b|hallo\b|leden\b)[^\n.]{0,40}?\b"
)
_NO_COUNCIL = re.compile(
    "(?m)" + _TO + r"(ouderraad|oudercommissie|oudervereniging|leerlingenraad|studentenraad"
    r"|raad van (?:toezicht|commissarissen)|toezichthouders)\b"
)
_ASKED_OF = re.compile(
    r"\b(?:verzoek(?:en|t)?|vra(?:ag|agt|gen)) (?:(?:wij|we|ik) )?de (?P<name>p?gmr|cmr|ccr|cor|pgor)\b"
)
"""How the text of a request names the council above or below ours that is asked."""
_NAMED = re.compile(
    "(?m)(?i:(?:"
    + _TO
    + r"|^[ \t]{0,8})(?:medezeggenschapsraad|ondernemingsraad|cli[eë]ntenraad|g?mr|or|cr)[ \t]+van[ \t]+)"
    r"(?:(?:de|het|onze|uw|scholengemeenschap|stichting|basisschool|school|zorggroep)[ \t]+){0,2}"
    r"(?P<name>[A-Z][\w'-]{2,30}(?:[ \t]+[A-Z][\w'-]{1,30}){0,3})"
)


def other_body(case: Case) -> str:
    """Hold a request to a body that is not this council."""
    council = case.paper.council
    if not case.is_request or council is None:
        return ""
    addressee = (
        _other_family(case, council)
        or _no_council(case)
        or _named_otherwise(case, council)
        or _asked_of_another(case, council)
    )
    return (
        f"Het verzoek is gericht aan {addressee}; dat is een ander orgaan dan deze raad." if addressee else ""
    )


def _other_family(case: Case, council: Council) -> str:
    addressee = case.paper.facts.addressee
    return "" if not names_council(addressee) or _is_ours(fold(addressee), council) else addressee


def _asked_of_another(case: Case, council: Council) -> str:
    """Give the council of which the text asks it, when that is not ours."""
    found = _ASKED_OF.search(fold(case.paper.text[:_HEAD]))
    return "" if found is None or _is_ours(found["name"], council) else f"de {found['name'].upper()}"


def _is_ours(name: str, council: Council) -> bool:
    family = next((family for family, pattern in _FAMILIES if pattern.search(name)), council.organ)
    return family == council.organ or (council.organ, family) in _ALSO


def _no_council(case: Case) -> str:
    """Give the body that is greeted or addressed, when it is one the law of councils does not know."""
    head = case.paper.text[:_HEAD]
    found = _NO_COUNCIL.search(fold(head))
    if found is None or names_council(head[found.start() : found.end()]):
        return ""
    return f"de {head[found.start(1) : found.end(1)]}"


def _named_otherwise(case: Case, council: Council) -> str:
    """Give the council that is named in full, when its name shares no word with ours or our board's."""
    found = _NAMED.search(case.paper.text[:_HEAD])
    if found is None:
        return ""
    ours = fold(f"{council.name} {council.short} {council.board}")
    words = (word for word in re.findall(r"\w{3,30}", fold(found["name"])))
    return "" if any(word in ours for word in words) else f"de raad van {found['name']}"
