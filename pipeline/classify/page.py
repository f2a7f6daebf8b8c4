"""A paper as the rules see it: a few zones of text, folded so that spelling matters less.

Pure. Folding keeps the length (one character stays one character), so that the sentence around
a cue can be shown as it was written. The first 14,000 and the last 3,000 characters count: what
a paper is stands at its beginning and its end, and hostile length must not cost time.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_FIRST = 14_000
_LAST = 3_000
_OPENING = 2_500
_CLOSING = 900
_TITLE_LINES = 9
_LINE = 130
_SENTENCE = 240
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
    r"|hoogachtend|met\s(?:groet|hoogachting)|mvg\b)",
    re.IGNORECASE,
)
_EMPTY_BOX = re.compile(r"(?:\[[ _]?\]|\u2610)[^\n]{0,80}")
_REPLY = re.compile(r"^\s{0,5}(?:(?:re|fw|fwd|antw|doorst|tr)\s?:\s{0,5}){0,9}", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of text and its folded twin of the same length."""

    text: str
    folded: str

    def sentence_at(self, start: int, end: int) -> str:
        """Give the sentence around a match, on one line, at most 240 characters."""
        reach = _SENTENCE - min(end - start, _SENTENCE)
        left = self.text[max(0, start - reach) : start]
        right = self.text[end : end + reach]
        left = re.split(r"[!?]\s|(?<=[^\W\d_]{3})\.\s|\n", left)[-1]
        right = re.split(r"(?<=[!?])\s|(?<=[^\W\d_]{2}\.)\s|\n", right, maxsplit=1)[0]
        return _clip(left, self.text[start:end], right)


def _clip(left: str, middle: str, right: str) -> str:
    whole = " ".join(f"{left}{middle}{right}".split())
    if len(whole) <= _SENTENCE:
        return whole
    keep_left = max(0, (_SENTENCE - len(middle)) // 2)
    return " ".join(f"{left[-keep_left:] if keep_left else ''}{middle}{right}".split())[:_SENTENCE]


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
        has_salutation: It is written to somebody (``Geachte …``, ``Beste …``).
        is_signed: It ends as a letter does, with a greeting and a name below it.
    """

    title: Zone
    subject: Zone
    file_name: Zone
    opening: Zone
    closing: Zone
    body: Zone
    lines: tuple[str, ...]
    has_salutation: bool
    is_signed: bool


def read_page(text: str, subject: str, file_name: str) -> Page:
    """Cut a text into the zones in which cues are looked for."""
    kept = text if len(text) <= _FIRST + _LAST else f"{text[:_FIRST]}\n\n{text[-_LAST:]}"
    kept = _EMPTY_BOX.sub("", kept)
    lines = tuple(line.strip() for line in kept.split("\n")[:_MOST_LINES])
    flat = _flatten(kept)
    return Page(
        title=_zone("\n".join(_title_lines(lines))),
        subject=_zone(_REPLY.sub("", subject[:_LINE], count=1)),
        file_name=_zone(re.sub(r"[_.]", " ", _EXTENSION.sub("", file_name[:_LINE]))),
        opening=_zone(flat[:_OPENING]),
        closing=_zone(flat[-_CLOSING:]),
        body=_zone(flat),
        lines=lines,
        has_salutation=any(_SALUTATION.match(line) for line in lines),
        is_signed=_is_signed(lines),
    )


def is_item(line: str) -> bool:
    """Tell whether a line is a numbered or bulleted item."""
    return _ITEM.match(line) is not None and len(line) <= _LINE


def fold(text: str) -> str:
    """Lower the case and take the accents off; the result has the same length."""
    return "".join(map(_fold_character, text)) if not text.isascii() else text.lower()


def _is_signed(lines: tuple[str, ...]) -> bool:
    below = (index for index, line in enumerate(lines) if _GREETING_BELOW.match(line))
    return any(any(lines[index + 1 :]) or "," in lines[index].rstrip(",") for index in below)


def _title_lines(lines: tuple[str, ...]) -> list[str]:
    named = [line[:_LINE] for line in lines if _SUBJECT_LINE.match(line)][:2]
    top: list[str] = []
    for line in [line for line in lines if line][:_TITLE_LINES]:
        if _SALUTATION.match(line) or len(line) > _LINE:
            break
        if not is_item(line) and "\t" not in line and not line.endswith((".", "?")):
            top.append(line)
    return named + [line for line in top if line not in named]


def _flatten(text: str) -> str:
    """Join the lines of a paragraph; a blank line, or an item, begins a new paragraph."""
    text = re.sub(r"[^\S\n]{1,1000}", " ", unicodedata.normalize("NFC", text))
    text = re.sub(r"-\n(?=[a-z])", "", text)
    paragraphs = re.split(r" ?\n ?\n[ \n]{0,1000}|\n(?= ?(?:\d{1,2}[a-z]?[.)]|[-*\u2022]) )", text)
    return "\n".join(paragraph.replace("\n", " ").strip() for paragraph in paragraphs if paragraph.strip())


def _zone(text: str) -> Zone:
    text = unicodedata.normalize("NFC", text)
    return Zone(text=text, folded=fold(text))


@cache
def _fold_character(character: str) -> str:
    if character in "\u2019\u2018\u00b4`":
        return "'"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
