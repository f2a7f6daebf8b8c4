"""``python -m pipeline`` is the command line ``stukkenstroom``."""

from pipeline.cli import main

main()
