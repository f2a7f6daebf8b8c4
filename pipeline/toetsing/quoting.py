"""Quote the sentence in which something was found, so that a reader sees it without the letter. Pure."""

import re

from pipeline.folding import Zone
from pipeline.phrase_search import Phrase

LONGEST = 240
_BEFORE = 90
"""Characters shown before what was found, of a sentence that is too long."""
_END = re.compile(r"[!?](?=\s)|(?<=[\w)\"”€%])(?<![ .(]\w)\.(?=\s[^\sa-z\d])|\n")


def first(cues: tuple[Phrase, ...], zone: Zone) -> re.Match[str] | None:
    """Find the first of the cues, in their order, that stands in a text."""
    return next((match for cue in cues if (match := cue.search(zone))), None)


def quote(cues: tuple[Phrase, ...], zone: Zone) -> str:
    """Give the sentence of the first cue that stands in a text; empty when none does."""
    match = first(cues, zone)
    return sentence_at(zone, match) if match else ""


def sentence_start(zone: Zone, position: int) -> int:
    """Give where the sentence around a position begins, at most 240 characters before it."""
    furthest = max(0, position - LONGEST)
    ends = (end.end() for end in _END.finditer(zone.text, furthest, position + 1))
    return max((end for end in ends if end <= position), default=furthest)


def sentence_at(zone: Zone, match: re.Match[str]) -> str:
    """Give the sentence around a match, at most 240 characters; an ellipsis shows where it was cut."""
    begin = sentence_start(zone, match.start())
    stop = _END.search(zone.text, max(match.start(), match.end() - 1))
    end = stop.end() if stop else len(zone.text)
    is_cut = 0 < begin == match.start() - LONGEST
    if end - begin > LONGEST and begin < match.start() - _BEFORE:
        begin, is_cut = match.start() - _BEFORE, True
    whole = zone.text[begin:end].strip()
    shown = f"… {whole.partition(' ')[2]}" if is_cut else whole
    return shown if len(shown) <= LONGEST else _shortened(shown)


def _shortened(text: str) -> str:
    return f"{' '.join(text[: LONGEST - 2].split()[:-1])} …"
