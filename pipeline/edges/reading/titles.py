"""Judge whether the title in a document's properties is a title at all.

Programs fill that field with file names, placeholders and their own name. Touches nothing.
"""

import re

MAX_CHARACTERS = 150
_LOOKED_AT = 500
_FEWEST_LETTERS = 3
_BY_PROGRAM = re.compile(
    r"^(?:Microsoft (?:Office )?(?:Word|Excel|PowerPoint)|LibreOffice|PDF ?Creator)\b.*", re.IGNORECASE
)
_FILE_NAME = re.compile(
    r"\.(?:docx?|docm|dotx?|xlsx?|pptx?|pdf|odt|rtf|txt|html?|indd|pages|tmp)$", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"(?:untitled|naamloos|zonder titel|geen titel|titel|title|document|word[- ]document|presentatie"
    r"|presentation|powerpoint-presentatie|werkmap|map|sjabloon|template|scan|dia|slide|afbeelding|image|img|foto|kopie"
    r"|copy)"
    r"[\s_-]*\d*",
    re.IGNORECASE,
)
_CODE = re.compile(r"\S*_\S*|[^\s-]*-[^\s-]*-\S*|\S*\d\S*-\S*|\S*-\S*\d\S*")
"""One word with underscores, two hyphens, or a hyphen and a digit: a file name or a number of a form."""
_SPACES = re.compile(r"\s+")


def sensible_title(raw: str) -> str:
    """Give a title on one line, or nothing when it was not written for readers.

    Args:
        raw: What the document's property holds.

    Returns:
        The title, at most ``MAX_CHARACTERS``; empty for a file name, a path, a placeholder
        (``Document1``), the mark of a program (``Microsoft Word - x.doc``) or mere digits.
    """
    title = _SPACES.sub(
        " ", "".join(mark if mark.isprintable() else " " for mark in raw[:_LOOKED_AT])
    ).strip()
    letters = sum(mark.isalpha() for mark in title)
    if letters < _FEWEST_LETTERS or _BY_PROGRAM.match(title) or _PLACEHOLDER.fullmatch(title):
        return ""
    if _FILE_NAME.search(title) or "\\" in title or _CODE.fullmatch(title):
        return ""
    if len(title) <= MAX_CHARACTERS:
        return title
    return title[:MAX_CHARACTERS].rsplit(" ", 1)[0] + " …"
