"""Turn one Word document into PDF with dxpdf, in a process of its own.

A script, because dxpdf is native code and the document may come from anyone: whatever goes wrong
ends this process only. Uses the standard library and dxpdf. Usage:
``dxpdf_worker.py FOLDER_OF_DXPDF SOURCE TARGET``; exit code 0 when TARGET has been written.
"""

import contextlib
import sys
from pathlib import Path

MEMORY_BYTES = 2 * 1024**3


def limit_memory() -> None:
    """Keep a document that blows up from taking the machine along."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - does not exist everywhere

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> None:
    """Convert; any error goes to stderr as a traceback."""
    folder, source, target = sys.argv[1:]
    sys.path.append(folder)
    import dxpdf  # noqa: PLC0415 - found through the folder above

    limit_memory()
    Path(target).write_bytes(dxpdf.convert(Path(source).read_bytes()))


if __name__ == "__main__":
    main()
