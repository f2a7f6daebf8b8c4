"""Is a mail really from the domain it names? Read from what the receiving server wrote down.

Pure. Anybody can write ``Authentication-Results``; only what the council's own receiving server
wrote counts, and only when the machine file names that server. It stands near the top of the
mail: above, or right below, the ``Received`` of that server. Headers below a ``Received`` of
another organisation, or below the first block that was found, came along with the mail and may be
forged; of several headers in the block the topmost one that speaks of a method counts.

Not knowable from a mail alone: whether the server takes forged headers of its own name away
(RFC 8601, 5 asks that of it). The README says so to who sets it up.

Source:
    RFC 8601 (Authentication-Results), RFC 7489 3.1 (alignment with the domain of From).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from pipeline.values import Message

MICROSOFT_365 = "microsoft365"
"""Stands for Exchange Online, which writes its results without the name of a server."""

_DEPTH = 4
_COMMENT = re.compile(r"\([^()]*\)")
_METHOD = re.compile(r"\s*([a-z][\w-]*)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(smtp\.mailfrom|header\.(?:d|i|from))\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+\[?([^\s;()\]]+)", re.IGNORECASE)
_NUMERIC = re.compile(r"[\d.:a-f]+", re.IGNORECASE)
_FALSE_SENDER = re.compile(r"(?i)\bdmarc\s*=\s*(?:fail|permerror)\b|\bspf\s*=\s*fail\b")
_LABELS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """One method with its result, and the domains it speaks of."""

    method: str
    result: str
    domains: tuple[str, ...]


def may_be_trusted(message: Message, servers: tuple[str, ...]) -> bool:
    """Tell whether a mail may be taken for its sender's.

    Args:
        message: The mail.
        servers: Names (authserv-id) of the council's own receiving servers; with none configured
            only a bad report counts, whoever made it: believing that too easily only means that a
            person looks.
    """
    return is_confirmed(message, servers) if servers else not is_refuted(message)


def is_refuted(message: Message) -> bool:
    """Tell whether any server found that the mail is not from the domain it names."""
    return any(_FALSE_SENDER.search(header) for header in message.authentication)


def is_confirmed(message: Message, servers: tuple[str, ...]) -> bool:
    """Tell whether one of these servers found that the mail is from the domain it names.

    DMARC decides when it says yes or no; else SPF or DKIM that passed for the domain of the sender.
    """
    domain = message.sender.email.rpartition("@")[2].lower() if message.sender else ""
    results = tuple(_results(_written_by(message.trace, servers)))
    dmarc = next((one for one in results if one.method == "dmarc"), None)
    if dmarc is not None and dmarc.result in ("pass", "fail", "permerror"):
        return dmarc.result == "pass" and all(_is_aligned(one, domain) for one in dmarc.domains)
    return any(
        one.method in ("spf", "dkim")
        and one.result == "pass"
        and any(_is_aligned(named, domain) for named in one.domains)
        for one in results
    )


def _is_aligned(named: str, domain: str) -> bool:
    """Tell whether two domains are of one organisation: the same, or one within the other."""
    shorter = min(named, domain, key=len)
    is_within = named == domain or named.endswith(f".{domain}") or domain.endswith(f".{named}")
    return is_within and len(shorter.split(".")) >= _LABELS


# --- the headers that count ---------------------------------------------------------------


def _written_by(trace: tuple[str, ...], servers: tuple[str, ...]) -> tuple[str, ...]:
    """Give the values of the first block of results that these servers wrote."""
    known = {one.lower() for one in servers}
    within = tuple(takewhile(lambda line: not _is_foreign_hop(line, known), trace))
    start = next((place for place, line in enumerate(within) if _is_own(line, known)), len(within))
    block = takewhile(lambda line: not line.startswith("Received:"), within[start:])
    return tuple(line.partition(":")[2] for line in block if _is_own(line, known))


def _is_own(line: str, servers: set[str]) -> bool:
    name, _, value = line.partition(":")
    if name != "Authentication-Results":
        return False
    first = _without_comments(value).partition(";")[0].split()
    written = first[0].lower() if first else ""
    return written in servers or ("=" in written and MICROSOFT_365 in servers)


def _is_foreign_hop(line: str, servers: set[str]) -> bool:
    """Tell whether a ``Received`` was written by a machine of another organisation."""
    name, _, value = line.partition(":")
    found = _BY.search(_without_comments(value)) if name == "Received" else None
    if found is None:
        return False
    host = found[1].lower()
    if "." not in host or _NUMERIC.fullmatch(host):
        return False
    return not any(host == own or host.endswith(f".{own}") for own in map(_organisation, servers))


def _organisation(server: str) -> str:
    if server == MICROSOFT_365:
        return "outlook.com"
    labels = server.split(".")
    return ".".join(labels[1:]) if len(labels) > _LABELS else server


def _without_comments(value: str) -> str:
    for _ in range(_DEPTH):
        value = _COMMENT.sub(" ", value)
    return value


def _results(headers: tuple[str, ...]) -> Iterator[_Result]:
    """Read the results; of each method only those in the topmost header that speaks of it."""
    told: set[str] = set()
    for header in headers:
        here = [one for part in _without_comments(header).split(";") if (one := _result(part))]
        yield from (one for one in here if one.method not in told)
        told |= {one.method for one in here}


def _result(part: str) -> _Result | None:
    found = _METHOD.match(part)
    if found is None:
        return None
    domains = (value.rpartition("@")[2].lower().rstrip(".") for _, value in _PROPERTY.findall(part))
    return _Result(method=found[1].lower(), result=found[2].lower(), domains=tuple(domains))
