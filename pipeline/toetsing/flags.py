"""What in a request needs a person's eye: politiek primaat, and secrecy that is asked. Pure."""

import re

from pipeline.folding import Zone, zone_of
from pipeline.toetsing.checklist import Checklist, Flag, Group, Secrecy
from pipeline.toetsing.quoting import first, sentence_at, sentence_start

_AFTER = 300
"""Characters after the request for secrecy in which it says what it is about."""
_CLAUSE_END = re.compile(r"[,;:!?\n()]|\.(?=\s|\Z)")
_LONGEST_QUOTE = 120


def flags_of(zone: Zone, regime: str, checklist: Checklist) -> tuple[str, ...]:
    """Give every flag of a text, in Dutch."""
    raised = (_raised(flag, zone) for flag in checklist.flags if regime in flag.regimes)
    return tuple(text for text in (*raised, _secrecy(zone, checklist.secrecy)) if text)


def _raised(flag: Flag, zone: Zone) -> str:
    match = first(flag.cues, zone)
    if match is None:
        return ""
    sentence = sentence_at(zone, match)
    return f"{flag.id.capitalize()} ({flag.basis}): “{sentence}” {flag.text}"


def _secrecy(zone: Zone, secrecy: Secrecy) -> str:
    match = first(secrecy.asked, zone)
    if match is None:
        return ""
    near = _around(zone, match)
    told = [_aspect(aspect, near) for aspect in secrecy.aspects]
    silent = [aspect.name for aspect, quote in zip(secrecy.aspects, told, strict=True) if not quote]
    said = [f"{aspect.name}: “{quote}”" for aspect, quote in zip(secrecy.aspects, told, strict=True) if quote]
    parts = [f"Het bestuur vraagt geheimhouding ({secrecy.basis}): “{sentence_at(zone, match)}”"]
    parts += [f"Het zegt {'; '.join(said)}."] if said else []
    parts += [f"Het zegt niet: {', '.join(silent)}. Vraag dat na."] if silent else []
    return " ".join(parts)


def _around(zone: Zone, match: re.Match[str]) -> Zone:
    """Give the sentence in which secrecy is asked, and what follows it."""
    return zone_of(zone.text[sentence_start(zone, match.start()) : match.end() + _AFTER])


def _aspect(aspect: Group, near: Zone) -> str:
    match = first(aspect.cues, near)
    if match is None:
        return ""
    stop = _CLAUSE_END.search(near.text, match.end())
    end = min(stop.start() if stop else len(near.text), match.start() + _LONGEST_QUOTE)
    return " ".join(near.text[match.start() : end].split())
