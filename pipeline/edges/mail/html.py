"""Turn the HTML body of a mail into plain text in which quotations are marked with ``>``.

The text is what a person sees, as of any web page; a ``blockquote`` becomes quoted lines besides,
because that is what tells an answer from the text it answers. Touches nothing.
"""

import re

from pipeline.edges.reading.webpage import Attributes, TextParser, feed

_MAX_CHARACTERS = 3_000_000
_MAX_DEPTH = 10
"""Deeper quotations are shown as this deep."""
_IN, _OUT = "\x0e", "\x0f"
"""Stand in the text where a quotation begins and ends; no page can put them there itself."""
_MARKS = re.compile(f"[{_IN}{_OUT}]")
_BLANK_LINES = re.compile(r"\n(?:>*\n){2,}")


def html_to_text(html: str) -> str:
    r"""Give the text of an HTML mail, with ``\n`` line ends; broken HTML never raises."""
    parser = _QuotingParser()
    feed(parser, _MARKS.sub("", html[:_MAX_CHARACTERS]))
    return _BLANK_LINES.sub("\n\n", _quoted(parser.text())).strip()


class _QuotingParser(TextParser):
    """Marks where quotations begin and end."""

    def open(self, tag: str, attrs: Attributes) -> None:
        super().open(tag, attrs)
        if tag == "blockquote":
            self.pieces.append(_IN)

    def close_tag(self, tag: str) -> None:
        super().close_tag(tag)
        if tag == "blockquote":
            self.pieces.append(_OUT)


def _quoted(text: str) -> str:
    """Put ``>`` before each line of a quotation, once for each it stands in."""
    depth, lines = 0, []
    for line in text.split("\n"):
        for mark in _MARKS.findall(line):
            depth = max(0, depth + 1 if mark == _IN else depth - 1)
        prefix = ">" * min(depth, _MAX_DEPTH)
        lines.append(f"{prefix} {_MARKS.sub('', line).strip()}".strip())
    return "\n".join(lines)
