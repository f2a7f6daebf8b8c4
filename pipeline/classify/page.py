"""A paper as the rules see it: a few zones of text, folded so that spelling matters less.

Pure. Folding keeps the length (one character stays one character), so that the sentence around
a cue can be shown as it was written. The first 14,000 and the last 3,000 characters count: what
a paper is stands at its beginning and its end, and hostile length must not cost time.
"""

import re
from dataclasses import dataclass

from pipeline.folding import Zone, flatten, fold, without_empty_boxes, zone_of

_FIRST = 14_000
_LAST = 3_000
_OPENING = 2_500
_CLOSING = 900
_TITLE_LINES = 9
_LINE = 130
_MOST_LINES = 300

_ITEM = re.compile(r"^\s{0,8}(?:\d{1,2}[a-z]?(?:\.\d)?\s?[.):]?|[-*\u2022\u00b7o])\s{1,8}\S")
_SUBJECT_LINE = re.compile(
    r"^\W{0,3}(?:betreft|betr\.?|onderwerp|inzake|subject|over)(?:\s{0,12}:|\t[^\t]{0,200}$)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^\W{0,3}(?:geachte?|beste|dag|hallo|hoi|hi|l\.s\.|aan allen|lieve|goede(?:morgen|middag|navond|ndag))"
    r"(?=[\s,!:]|$)",
    re.IGNORECASE,
)
_GREETING_BELOW = re.compile(
    r"^\W{0,3}(?:(?:met|m\.)?\s?(?:een\s|de\s)?(?:vriendelijke|hartelijke|beste)\sgroet|groet(?:en|jes)?\b"
    r"|gr\b|hoogachtend|met\s(?:groet|hoogachting)|mvg\b)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^\s{0,5}(?:(?:re|fw|fwd|antw|doorst|tr)\s?:\s{0,5}){0,9}", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The zones of one paper.

    Attributes:
        title: The paper's own heading lines and its ``Betreft`` line.
        subject: Subject of the mail it came in, without RE: and FW:.
        file_name: Words of the file name.
        opening: The first 2,500 characters.
        closing: The last 900 characters.
        body: Everything that counts; paragraphs are separated by one line end.
        lines: The first lines, without surrounding space.
        folded_lines: Their folded twins.
        has_salutation: It is written to somebody (``Geachte …``, ``Beste …``).
        is_signed: It ends as a letter does, with a greeting and a name below it.
        above: What stands above the greeting when another letter follows below it; else empty.
    """

    title: Zone
    subject: Zone
    file_name: Zone
    opening: Zone
    closing: Zone
    body: Zone
    lines: tuple[str, ...]
    folded_lines: tuple[str, ...]
    has_salutation: bool
    is_signed: bool
    above: str


def read_page(text: str, subject: str, file_name: str) -> Page:
    """Cut a text into the zones in which cues are looked for."""
    kept = text if len(text) <= _FIRST + _LAST else f"{text[:_FIRST]}\n\n{text[-_LAST:]}"
    kept = without_empty_boxes(kept)
    lines = tuple(line.strip() for line in kept.split("\n")[:_MOST_LINES])
    flat = flatten(kept)
    zones = {
        "title": zone_of("\n".join(_title_lines(lines))),
        "subject": zone_of(_REPLY.sub("", subject[:_LINE], count=1)),
        "file_name": zone_of(re.sub(r"[_.]", " ", _EXTENSION.sub("", file_name[:_LINE]))),
        "opening": zone_of(flat[:_OPENING]),
        "closing": zone_of(flat[-_CLOSING:]),
        "body": zone_of(flat),
    }
    return Page(
        **zones,
        lines=lines,
        folded_lines=tuple(fold("\n".join(lines)).split("\n")),
        has_salutation=any(_SALUTATION.match(line) for line in lines),
        is_signed=_is_signed(lines),
        above=_above_another_letter(lines),
    )


def is_item(line: str) -> bool:
    """Tell whether a line is a numbered or bulleted item."""
    return _ITEM.match(line) is not None and len(line) <= _LINE


def _is_signed(lines: tuple[str, ...]) -> bool:
    below = (index for index, line in enumerate(lines) if _GREETING_BELOW.match(line))
    return any(any(lines[index + 1 :]) or "," in lines[index].rstrip(",") for index in below)


def _above_another_letter(lines: tuple[str, ...]) -> str:
    end = next((index for index, line in enumerate(lines) if _GREETING_BELOW.match(line)), None)
    if end is None or not any(_SALUTATION.match(line) for line in lines[end + 1 :]):
        return ""
    return " ".join(" ".join(lines[: end + 1]).split())


def _title_lines(lines: tuple[str, ...]) -> list[str]:
    named = [line[:_LINE] for line in lines if _SUBJECT_LINE.match(line)][:2]
    top: list[str] = []
    for line in [line for line in lines if line][:_TITLE_LINES]:
        if _SALUTATION.match(line) or len(line) > _LINE:
            break
        if not is_item(line) and "\t" not in line and not line.endswith((".", "?")):
            top.append(line)
    return named + [line for line in top if line not in named]
