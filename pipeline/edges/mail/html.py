"""Turn the HTML body of a mail into plain text in which quotations are marked with ``>``.

Standard library only; nothing is fetched, no script is run. Scripts, styles and the head are
left out; a ``blockquote`` becomes quoted lines, because that is what tells an answer from the
text it answers. Links keep their text only.
"""

import re
from html import unescape
from html.parser import HTMLParser

_MAX_CHARACTERS = 3_000_000
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr"})
_LINES = frozenset(
    {"div", "tr", "li", "blockquote", "dt", "dd", "section", "article", "header", "footer", "center", "pre"}
)


def html_to_text(html: str) -> str:
    r"""Give the text of an HTML mail, with ``\n`` line ends.

    Broken HTML never raises: what the parser cannot follow is stripped of its tags only.
    """
    reader = _Reader()
    try:
        reader.feed(html[:_MAX_CHARACTERS])
        reader.close()
    except (AssertionError, ValueError):
        return _strip_tags(html[:_MAX_CHARACTERS])
    return reader.text()


def _strip_tags(html: str) -> str:
    """Take off everything between angle brackets."""
    lines = unescape(re.sub(r"<[^<>]{0,2000}>", " ", html)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


class _Reader(HTMLParser):
    """Collects lines of text with the depth of quotation they stand at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._quoted = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the signature of the base class
        if tag in _SILENT:
            self._silent += 1
        elif tag == "body":
            self._silent = 0
        elif tag == "br":
            self._end_line(always=True)
        elif tag in ("td", "th"):
            self._line += "\t" if self._line.strip() else ""
        else:
            self._block(tag)
        if tag == "blockquote":
            self._quoted += 1
        if tag == "li":
            self._line = "- "

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
            return
        self._block(tag)
        if tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line += re.sub(r"[ \t\r\n\f]+", " ", data)

    def text(self) -> str:
        """Give what was collected, at most one blank line in a row."""
        self._end_line()
        return re.sub(r"\n(?:>* ?\n){2,}", "\n\n", "\n".join(self._lines)).strip()

    def _block(self, tag: str) -> None:
        if tag in _PARAGRAPHS or tag in _LINES:
            self._end_line()
        if tag in _PARAGRAPHS and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._prefix().rstrip())

    def _end_line(self, *, always: bool = False) -> None:
        text = "\t".join(" ".join(cell.split()) for cell in self._line.split("\t")).strip()
        if text or always:
            self._lines.append((self._prefix() + text).rstrip())
        self._line = ""

    def _prefix(self) -> str:
        return ">" * self._quoted + " " if self._quoted else ""
