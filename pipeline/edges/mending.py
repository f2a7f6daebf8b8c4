"""Names that are no text: where an old program left bytes, they are read the way old Windows wrote them.

Touches only the folder it is given.
"""

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from pipeline.edges.files import guarded, rename_new

_LONGEST_NAME_BYTES, _LONGEST_SUFFIX_BYTES = 240, 40


def mend_names(folder: Path) -> None:
    """Give what lies below a folder a name that is text, where an old program left bytes that are not.

    Such a name can be kept nowhere: not in the journal, not in a list. It is read the way old
    Windows programs wrote it, deepest first; nothing is ever replaced. What goes away meanwhile is fine.

    Args:
        folder: Where to look; need not be there, and keeps its own name.
    """
    with guarded():
        for parent, folders, names in os.walk(folder, topdown=False):
            for name in (*folders, *names):
                if not _is_text(name):
                    with suppress(FileNotFoundError):
                        _mend_name(Path(parent, name))


def _is_text(name: str) -> bool:
    """Tell whether a name can be written down; bytes that are no UTF-8 come as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _mend_name(path: Path) -> None:
    """Rename to the first readable name that is free."""
    whole = Path(os.fsencode(path.name).decode("cp1252", errors="replace"))
    suffix = _shortened(whole.suffix, _LONGEST_SUFFIX_BYTES)
    for number in count(1):
        ending = f" ({number}){suffix}" if number > 1 else suffix
        target = path.with_name(_shortened(whole.stem, _LONGEST_NAME_BYTES - len(ending.encode())) + ending)
        if os.path.lexists(target):
            continue
        with suppress(FileExistsError):
            if path.is_file() and not path.is_symlink():
                rename_new(path, target)
            else:
                path.rename(target)
            return


def _shortened(text: str, most_bytes: int) -> str:
    """Cut a text to what fits in a number of bytes, between characters."""
    return text.encode()[:most_bytes].decode(errors="ignore")
