"""Time the demo with and without LibreOffice, and ``--help``; figures for README and notes, not a test.

    python tests/benchmarks/demo.py [RUNS]

Prints the median of RUNS (default 3) in seconds, and the demo as a multiple of ``--help``, which
says more than seconds on a noisy machine.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WITHOUT_OFFICE = "STUKKENSTROOM_ZONDER_LIBREOFFICE"


def seconds(arguments: list[str], **environment: str) -> float:
    """Run a command of the product and time it from outside."""
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return time.monotonic() - started


def main() -> None:
    """Print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    helps = statistics.median(seconds(["--help"]) for _ in range(runs))
    print(f"--help                {helps:6.2f} s")
    for name, without in (("met LibreOffice", "0"), ("zonder LibreOffice", "1")):
        found = []
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as folder:
                place = str(Path(folder) / "demo")
                found.append(seconds(["demo", place], **{WITHOUT_OFFICE: without}))
        median = statistics.median(found)
        print(f"demo {name:18}{median:5.1f} s  ({median / helps:.0f} x --help)")


if __name__ == "__main__":
    main()
