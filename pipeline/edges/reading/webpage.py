"""Read web pages and HTML mail: the text a person sees, and a copy that fetches and runs nothing.

Both are made with the parser of the standard library, which takes any soup. Touches nothing.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_UNSEEN = _words(
    "script style head title template noscript iframe object embed applet audio video canvas svg math select"
    " textarea datalist frameset noembed noframes"
)
_BLOCKS = _words(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_CELLS = _words("td th")
_SIBLING_CLOSES = _words("li td th tr dd dt p")
_PARAGRAPHS = _words("p h1 h2 h3 h4 h5 h6 pre")
_PARAGRAPH_ENDS = 2
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_AROUND_TAB = re.compile(r" *\t *")
_BLANK_LINES = re.compile(r"\n{3,}")
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,30})", re.IGNORECASE)
_DECLARED_WITHIN = 4_096
MAX_DEPTH = 10_000

_MARKED_SECTION = re.compile(r"<!\[[^<>\]]*\]>")
_PIECE = 256 * 1024
_LONGEST_TAG = 8 * 1024**2
"""A tag may hold a whole picture."""

_KEPT_TAGS = (
    _BLOCKS
    | _CELLS
    | _words(
        "a abbr b big br caption cite code col colgroup del em font i ins kbd mark q s small span strike"
    )
    | _words("strong sub sup tt u")
) - _words("body form")
_KEPT_ATTRIBUTES = _words("align border cellpadding cellspacing colspan rowspan valign width start")
_PLAIN_VALUE = re.compile(r"[\w .%-]{1,40}")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+", re.IGNORECASE)
_INNER_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)

_STYLE = (
    "body, p, li, td, th, h1, h2, h3, h4, h5, h6 { font-family: Calibri; font-size: 10.5pt }"
    " h1 { font-size: 15pt } h2 { font-size: 13pt } h3 { font-size: 11.5pt }"
)

Attributes = list[tuple[str, str | None]]


def _is_hidden(attributes: Attributes) -> bool:
    values = dict(attributes)
    return "hidden" in values or bool(_HIDDEN_STYLE.search(values.get("style") or ""))


class _SeenParser(HTMLParser):
    """Walk over a page, telling what is seen from what is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._unseen: list[str] = []
        """Open elements from the first unseen one inwards; empty while things are seen."""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._unseen and self._ends_unseen(tag):
            self._unseen.clear()
        if self._unseen:
            # Of what is unseen only the same tag can close it again; others need no counting.
            if tag == self._unseen[0] and len(self._unseen) < MAX_DEPTH:
                self._unseen.append(tag)
        elif tag not in _VOID and (tag in _UNSEEN or _is_hidden(attrs)):
            self._unseen.append(tag)
        else:
            self.open(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        # HTML knows no <p/>: browsers take it for <p>.
        self.handle_starttag(tag, attrs)

    def _ends_unseen(self, tag: str) -> bool:
        """Tell whether a start tag closes the unseen element, as it does when an end tag was left out."""
        unseen = self._unseen[0]
        if unseen == "p":
            return tag in _BLOCKS
        return (unseen in ("head", "title") and tag == "body") or (unseen == tag and tag in _SIBLING_CLOSES)

    def handle_endtag(self, tag: str) -> None:
        if not self._unseen:
            self.close_tag(tag)
        elif tag == self._unseen[0] or (tag == "html" and self._unseen[0] == "head"):
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.seen(data)

    def open(self, tag: str, attrs: Attributes) -> None:
        """Take the start of a seen element."""

    def close_tag(self, tag: str) -> None:
        """Take the end of a seen element."""

    def seen(self, data: str) -> None:
        """Take seen text."""


class TextParser(_SeenParser):
    """Collect the text of a page, with line ends where blocks begin and end.

    Attributes:
        pieces: What was found so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._pre = 0
        self._line_ends = _PARAGRAPH_ENDS
        """Line ends since the last text; at the beginning no more are wanted."""

    def open(self, tag: str, attrs: Attributes) -> None:  # noqa: ARG002 - the base hands them on
        """Take the start of a seen element: a line end, a tab or a dash where one belongs."""
        self._break(tag)
        if tag == "br":
            self._add("\n", self._line_ends + 1)
        elif tag in _CELLS and not self._line_ends:
            self._add("\t", 0)
        elif tag == "li":
            # A paragraph in an item begins on the line of its dash.
            self._add("- ", _PARAGRAPH_ENDS)
        self._pre += tag == "pre"

    def close_tag(self, tag: str) -> None:
        """Take the end of a seen element."""
        self._break(tag)
        if tag == "pre":
            self._pre = max(0, self._pre - 1)

    def seen(self, data: str) -> None:
        """Take seen text; only a ``pre`` keeps its spaces."""
        if self._pre:
            self._add(data, len(data) - len(data.rstrip("\n")))
            return
        text = _SPACES.sub(" ", data)
        if text.strip(" ") or not self._line_ends:
            self._add(text, 0)

    def text(self) -> str:
        """Give what was collected: no spaces around a line, at most one empty line in a row."""
        text = _AROUND_TAB.sub("\t", "".join(self.pieces).replace("\xa0", " "))
        lines = (line.strip() for line in text.split("\n"))
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()

    def _break(self, tag: str) -> None:
        """End the line at the border of a block, and leave one empty around a paragraph."""
        if tag in _BLOCKS:
            wanted = _PARAGRAPH_ENDS if tag in _PARAGRAPHS else 1
            missing = max(0, wanted - self._line_ends)
            self._add("\n" * missing, self._line_ends + missing)

    def _add(self, text: str, line_ends: int) -> None:
        self.pieces.append(text)
        self._line_ends = line_ends


class _TitleParser(HTMLParser):
    """Find the title of a page, else its first heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:  # noqa: ARG002 - as in the library
        if tag in ("title", "h1") and tag not in self.found:
            self._inside = tag
            self.found[tag] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[self._inside] += data


class _StrippedParser(_SeenParser):
    """Write a page anew with nothing in it but text, structure and plain links."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def open(self, tag: str, attrs: Attributes) -> None:
        if tag == "img":
            self.pieces.append(_picture(attrs))
        elif tag in _KEPT_TAGS:
            self.pieces.append(f"<{tag}{_kept(attrs)}>")

    def close_tag(self, tag: str) -> None:
        if tag in _KEPT_TAGS and tag not in _VOID:
            self.pieces.append(f"</{tag}>")

    def seen(self, data: str) -> None:
        self.pieces.append(escape(data, quote=False))


def feed(parser: HTMLParser, page: str) -> None:
    """Parse a page in time that grows with its length only.

    The parser of the library tries a tag that is never closed again from each of its characters, and
    stops at marked sections it does not know. So it is fed in pieces, what stays open too long is taken
    as text, and marked sections (Word's conditions) are taken out before.
    """
    tame = _MARKED_SECTION.sub("", page).replace("<![", "&lt;![")
    for start in range(0, len(tame), _PIECE):
        parser.feed(tame[start : start + _PIECE])
        if len(parser.rawdata) > _LONGEST_TAG:
            _take_as_text(parser)
    _take_as_text(parser)


def _take_as_text(parser: HTMLParser) -> None:
    rest, parser.rawdata = parser.rawdata, ""
    parser.handle_data(unescape(rest))


def _picture(attributes: Attributes) -> str:
    """Keep a picture that lies inside the page; of any other only its description."""
    values = dict(attributes)
    source = (values.get("src") or "").strip()
    if _INNER_PICTURE.fullmatch(source):
        return f'<img src="{source}">'
    return escape((values.get("alt") or "").strip(), quote=False)


def _kept(attributes: Attributes) -> str:
    kept = []
    for name, value in attributes:
        plain = name in _KEPT_ATTRIBUTES and value and _PLAIN_VALUE.fullmatch(value)
        link = name == "href" and value and _SAFE_LINK.fullmatch(value.strip())
        if plain or link:
            kept.append(f' {name}="{escape((value or "").strip())}"')
    return "".join(kept)


def declared_charset(page: bytes) -> str:
    """Give the character set that a page says it is in; empty when it says nothing."""
    found = _DECLARED.search(page[:_DECLARED_WITHIN])
    return found[1].decode("ascii") if found else ""


def visible_text(page: str) -> str:
    """Give the text that a person sees: no scripts, styles or hidden parts; entities resolved.

    Returns:
        Text with a line end for each block and a tab between cells; at most one empty line in a row.
    """
    parser = TextParser()
    feed(parser, page)
    return parser.text()


def title_of(page: str) -> str:
    """Give the title of a page, else its first heading, else nothing."""
    parser = _TitleParser()
    feed(parser, page)
    return _SPACES.sub(" ", parser.found.get("title", "").strip() or parser.found.get("h1", "")).strip()


def stripped(page: str) -> str:
    """Write a page anew so that opening it fetches nothing and runs nothing.

    Kept are text, structure, tables, pictures that lie inside the page, and links to web and mail
    (which do nothing until somebody clicks).
    """
    parser = _StrippedParser()
    feed(parser, page)
    return (
        '<!DOCTYPE html>\n<html lang="nl"><head><meta charset="utf-8">'
        f"<style>{_STYLE}</style></head><body>" + "".join(parser.pieces) + "</body></html>\n"
    )
